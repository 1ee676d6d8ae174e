# SPDX-License-Identifier: Apache-2.0
"""Documents, their versions and entries, and the stamp by which processes notice a publication."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32)),
            ],
            options={
                "db_table": "duties_stamp",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("responsibility", "Responsibility list"),
                            ("towns", "Duty list of towns and sub-districts"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "duties_document",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["responsibility", "towns"])), name="duties_document_kind_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "standing",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")], default="draft", max_length=12
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("source", models.CharField(blank=True, default="", max_length=200)),
                ("source_number", models.CharField(blank=True, default="", max_length=60)),
                ("issuer", models.CharField(blank=True, default="", max_length=100)),
                ("issued_on", models.DateField(null=True)),
                ("valid_from", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("is_illustrative", models.BooleanField(default=False)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="duties.document"
                    ),
                ),
            ],
            options={
                "db_table": "duties_version",
            },
        ),
        migrations.CreateModel(
            name="DutyEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20)),
                ("group", models.CharField(max_length=40)),
                ("task", models.CharField(max_length=300)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("basic", "Basic duty"),
                            ("cooperative", "Cooperative duty"),
                            ("taken_back", "Taken back by the department"),
                        ],
                        max_length=12,
                    ),
                ),
                ("lead", models.CharField(blank=True, default="", max_length=40)),
                ("cooperating", models.TextField(blank=True, default="")),
                ("classes", models.TextField(blank=True, default="")),
                ("department_does", models.CharField(blank=True, default="", max_length=600)),
                ("town_does", models.CharField(blank=True, default="", max_length=600)),
                ("clause", models.CharField(blank=True, default="", max_length=120)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="duties.version"
                    ),
                ),
            ],
            options={
                "db_table": "duties_entry",
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="duties_version_once"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("standing", "draft")), fields=("document",), name="duties_one_draft_of_a_document"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("standing", "published")),
                fields=("document", "valid_from"),
                name="duties_one_version_begins_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("standing", "draft"), ("valid_from__isnull", True)),
                    models.Q(
                        ("issued_on__isnull", False),
                        ("published_at__isnull", False),
                        ("standing", "published"),
                        ("valid_from__isnull", False),
                        models.Q(("source", ""), _negated=True),
                        models.Q(("source_number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="duties_published_says_its_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyentry",
            constraint=models.UniqueConstraint(fields=("version", "key"), name="duties_entry_once_in_a_version"),
        ),
        migrations.AddConstraint(
            model_name="dutyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["basic", "cooperative", "taken_back"])), name="duties_entry_part_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead", ""), ("part", "taken_back"), _negated=True),
                name="duties_who_takes_back_leads",
            ),
        ),
    ]
