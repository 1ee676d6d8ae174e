# SPDX-License-Identifier: Apache-2.0
"""Bulletins with their parts and the facts behind their numbers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0001_offices_numbers_papers"),
        ("people", "0001_accounts_persons_posts"),
        ("supervision", "0002_urgings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("client_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("round", "Round of inspection"), ("period", "Cases of a span of days")], max_length=6
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("handed_up", "Waiting to be signed"),
                            ("issued", "Published"),
                            ("discarded", "Discarded"),
                        ],
                        max_length=9,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                ("office", models.CharField(max_length=32)),
                ("area", models.CharField(max_length=12)),
                ("county", models.CharField(blank=True, max_length=6)),
                ("town", models.CharField(blank=True, max_length=9)),
                ("village", models.CharField(blank=True, max_length=12)),
                ("round_handle", models.CharField(blank=True, default="", max_length=11)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("title", models.CharField(max_length=120)),
                ("position", models.BigIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(null=True)),
                ("number", models.CharField(blank=True, default="", max_length=60)),
                ("moved_at", models.DateTimeField()),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="supervision.bulletin",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_bulletin",
            },
        ),
        migrations.CreateModel(
            name="BulletinFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("text", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=80)),
                ("arguments", models.TextField()),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="supervision.bulletin"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_bulletin_fact",
            },
        ),
        migrations.CreateModel(
            name="BulletinPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=9)),
                ("text", models.TextField(blank=True, max_length=2000)),
                ("proposed", models.TextField(blank=True, max_length=2000)),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="supervision.bulletin"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_bulletin_part",
            },
        ),
        migrations.AddIndex(
            model_name="bulletin",
            index=models.Index(fields=["-made_at", "-id"], name="supervision_bulletin_newest"),
        ),
        migrations.AddIndex(
            model_name="bulletin",
            index=models.Index(fields=["county", "-made_at", "-id"], name="supervision_bulletin_by_county"),
        ),
        migrations.AddIndex(
            model_name="bulletin",
            index=models.Index(fields=["town", "-made_at", "-id"], name="supervision_bulletin_by_town"),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(fields=("made_by", "client_id"), name="supervision_bulletin_told_once"),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "handed_up", "issued", "discarded"])),
                name="supervision_bulletin_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("issued_at__isnull", False),
                        ("paper__isnull", False),
                        ("state", "issued"),
                        models.Q(("number", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "issued"), _negated=True),
                        ("issued_at__isnull", True),
                        ("number", ""),
                        ("paper__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="supervision_bulletin_issued_is_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "round"),
                        ("since__isnull", True),
                        ("until__isnull", True),
                        models.Q(("round_handle", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", "period"), ("round_handle", ""), ("since__isnull", False), ("until__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="supervision_bulletin_is_about_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_by__isnull", True),
                    models.Q(("signed_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="supervision_bulletin_signed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletinfact",
            constraint=models.UniqueConstraint(fields=("bulletin", "name"), name="supervision_fact_named_once"),
        ),
        migrations.AddConstraint(
            model_name="bulletinpart",
            constraint=models.UniqueConstraint(fields=("bulletin", "number"), name="supervision_part_numbered_once"),
        ),
    ]
