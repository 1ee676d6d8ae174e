# SPDX-License-Identifier: Apache-2.0
"""The work guide and its versions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_ledger_imports"),
        ("people", "0001_accounts_persons_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuidePage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("general", "The work in general"),
                            ("class", "Kinds of problems"),
                            ("move", "Steps of a case"),
                        ],
                        max_length=8,
                    ),
                ),
                ("keys", models.CharField(blank=True, default="", max_length=400)),
                ("order", models.PositiveSmallIntegerField(default=100)),
                ("is_public", models.BooleanField(default=False)),
                ("is_illustrative", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "cases_guide_page",
                "indexes": [models.Index(fields=["order", "code"], name="cases_guide_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["general", "class", "move"])), name="cases_guide_about_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GuideVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("is_latest", models.BooleanField(default=True)),
                ("title", models.CharField(max_length=80)),
                ("title_hant", models.CharField(blank=True, default="", max_length=80)),
                ("title_en", models.CharField(blank=True, default="", max_length=160)),
                ("body", models.TextField()),
                ("body_hant", models.TextField(blank=True, default="")),
                ("body_en", models.TextField(blank=True, default="")),
                ("change", models.CharField(max_length=200)),
                ("valid_from", models.DateTimeField()),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="cases.guidepage"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "db_table": "cases_guide_version",
                "constraints": [
                    models.UniqueConstraint(fields=("page", "number"), name="cases_guide_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_latest", True)), fields=("page",), name="cases_guide_one_latest_version"
                    ),
                ],
            },
        ),
    ]
