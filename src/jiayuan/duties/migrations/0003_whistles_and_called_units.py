# SPDX-License-Identifier: Apache-2.0
"""Whistles, the units called by each, what was told, and cases named by their codes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0002_zones_and_guarantors"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Whistle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("client_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("daily", "Daily whistle"),
                            ("hard_task", "Hard-task whistle"),
                            ("emergency", "Emergency whistle"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "With the town's leader"),
                            ("triage", "With the triage office"),
                            ("called", "Units called"),
                            ("answered", "Answered, to be rated"),
                            ("rated", "Rated and closed"),
                            ("turned_down", "Turned down"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                ("place", models.CharField(max_length=12)),
                ("county", models.CharField(max_length=6)),
                ("town", models.CharField(max_length=9)),
                ("village", models.CharField(blank=True, max_length=12)),
                ("class_key", models.CharField(max_length=60)),
                ("applied_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("moved_at", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own_work", "The town can solve it itself"),
                            ("ordinary", "Ordinary work: report it as a case"),
                            ("twice", "Whistled for already"),
                            ("unclear", "It is not clear what is wanted"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("speed", models.SmallIntegerField(null=True)),
                ("handling", models.SmallIntegerField(null=True)),
                ("result", models.SmallIntegerField(null=True)),
                (
                    "applicant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "db_table": "duties_whistle",
            },
        ),
        migrations.CreateModel(
            name="WhistleCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11)),
                (
                    "whistle",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="duties.whistle",
                    ),
                ),
            ],
            options={
                "db_table": "duties_whistle_case",
            },
        ),
        migrations.CreateModel(
            name="WhistleUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=[("lead", "leads"), ("assist", "assists")], max_length=6)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("called", "to sign on"),
                            ("signed", "signed on"),
                            ("on_site", "on site"),
                            ("answered", "result told"),
                            ("refusing", "refuses, to be decided"),
                            ("released", "released"),
                        ],
                        default="called",
                        max_length=8,
                    ),
                ),
                (
                    "outside",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("silent", "The list says nothing about it"),
                            ("beyond", "The matter goes beyond its kind"),
                            ("leaders", "The leading group decided so"),
                            ("emergency", "Emergency"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                ("called_at", models.DateTimeField()),
                ("sign_limit", models.CharField(max_length=8)),
                ("result_limit", models.CharField(max_length=8)),
                ("sign_due_at", models.DateTimeField()),
                ("result_due_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("due_is_provisional", models.BooleanField(default=False)),
                ("signed_at", models.DateTimeField(null=True)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("clause", models.CharField(blank=True, default="", max_length=60)),
                ("soon_for", models.DateTimeField(null=True)),
                ("late_for", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
                (
                    "whistle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="units", to="duties.whistle"
                    ),
                ),
            ],
            options={
                "db_table": "duties_whistle_unit",
            },
        ),
        migrations.CreateModel(
            name="WhistleText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("words", "What is wanted"),
                            ("note", "Note"),
                            ("measures", "Measures"),
                            ("result", "Result"),
                            ("comment", "Comment"),
                        ],
                        max_length=8,
                    ),
                ),
                ("body", models.TextField(max_length=2000)),
                ("written_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "whistle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="duties.whistle"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="duties.whistleunit",
                    ),
                ),
            ],
            options={
                "db_table": "duties_whistle_text",
            },
        ),
        migrations.AddIndex(
            model_name="whistle",
            index=models.Index(fields=["-applied_at", "-id"], name="duties_whistle_newest"),
        ),
        migrations.AddIndex(
            model_name="whistle",
            index=models.Index(fields=["county", "-applied_at", "-id"], name="duties_whistle_by_county"),
        ),
        migrations.AddIndex(
            model_name="whistle",
            index=models.Index(fields=["town", "-applied_at", "-id"], name="duties_whistle_by_town"),
        ),
        migrations.AddIndex(
            model_name="whistle",
            index=models.Index(fields=["village", "-applied_at", "-id"], name="duties_whistle_by_village"),
        ),
        migrations.AddIndex(
            model_name="whistle",
            index=models.Index(fields=["state", "county", "town", "village"], name="duties_whistle_waiting"),
        ),
        migrations.AddConstraint(
            model_name="whistle",
            constraint=models.UniqueConstraint(fields=("applicant", "client_id"), name="duties_whistle_told_once"),
        ),
        migrations.AddConstraint(
            model_name="whistle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["applied", "triage", "called", "answered", "rated", "turned_down", "withdrawn"])
                ),
                name="duties_whistle_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistle",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["daily", "hard_task", "emergency"])), name="duties_whistle_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="whistle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "turned_down"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "turned_down"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="duties_whistle_turned_down_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ["rated", "turned_down", "withdrawn"])),
                    models.Q(
                        models.Q(("state__in", ["rated", "turned_down", "withdrawn"]), _negated=True),
                        ("ended_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="duties_whistle_over_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("handling__range", (1, 5)),
                        ("result__range", (1, 5)),
                        ("speed__range", (1, 5)),
                        ("state", "rated"),
                        ("handling__isnull", False),
                        ("result__isnull", False),
                        ("speed__isnull", False),
                    ),
                    models.Q(
                        models.Q(("state", "rated"), _negated=True),
                        ("handling__isnull", True),
                        ("result__isnull", True),
                        ("speed__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="duties_whistle_rated_on_three_things",
            ),
        ),
        migrations.AddIndex(
            model_name="whistlecase",
            index=models.Index(fields=["handle"], name="duties_whistle_by_case"),
        ),
        migrations.AddConstraint(
            model_name="whistlecase",
            constraint=models.UniqueConstraint(fields=("whistle", "handle"), name="duties_whistle_case_once"),
        ),
        migrations.AddIndex(
            model_name="whistleunit",
            index=models.Index(fields=["organisation", "state", "due_at", "id"], name="duties_called_by_unit"),
        ),
        migrations.AddIndex(
            model_name="whistleunit",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at", "id"], name="duties_called_due"
            ),
        ),
        migrations.AddIndex(
            model_name="whistleunit",
            index=models.Index(fields=["called_at", "organisation"], name="duties_called_at"),
        ),
        migrations.AddIndex(
            model_name="whistleunit",
            index=models.Index(
                condition=models.Q(("due_is_provisional", True)), fields=["id"], name="duties_called_provisional"
            ),
        ),
        migrations.AddConstraint(
            model_name="whistleunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["called", "signed", "on_site", "answered", "refusing", "released"])),
                name="duties_called_unit_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistleunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["lead", "assist"])), name="duties_called_unit_role_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="whistleunit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "released"), _negated=True),
                fields=("whistle", "organisation"),
                name="duties_unit_called_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistleunit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "lead"), models.Q(("state", "released"), _negated=True)),
                fields=("whistle",),
                name="duties_whistle_has_one_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistleunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_at__isnull", False), ("state__in", ["called", "signed", "on_site"])),
                    models.Q(
                        models.Q(("state__in", ["called", "signed", "on_site"]), _negated=True),
                        ("due_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="duties_called_unit_clock_runs",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistleunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["signed", "on_site", "answered"]), _negated=True),
                    ("signed_at__isnull", False),
                    _connector="OR",
                ),
                name="duties_called_unit_signed_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistleunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["on_site", "answered"]), _negated=True),
                    ("arrived_at__isnull", False),
                    _connector="OR",
                ),
                name="duties_called_unit_arrived",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistleunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", False), ("state", "answered")),
                    models.Q(models.Q(("state", "answered"), _negated=True), ("answered_at__isnull", True)),
                    _connector="OR",
                ),
                name="duties_called_unit_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="whistleunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["refusing", "released"]), _negated=True),
                    models.Q(("clause", ""), _negated=True),
                    _connector="OR",
                ),
                name="duties_refusal_cites_a_clause",
            ),
        ),
    ]
