# SPDX-License-Identifier: Apache-2.0
"""Cases, their erasable texts, and how to reach a reporter."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
        ("places", "0001_divisions_organisations_jurisdictions"),
        ("standards", "0001_schemes_campaigns_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("client_id", models.UUIDField()),
                (
                    "source",
                    models.CharField(
                        choices=[("public", "Resident"), ("grid", "Grid worker"), ("inspector", "Inspector")],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("verifying", "Being verified on site"),
                            ("verified", "Verified on site"),
                            ("rejected", "Not filed"),
                            ("filed", "Filed"),
                            ("dispatched", "Dispatched"),
                            ("returned", "Returned by the unit"),
                            ("handling", "Being handled"),
                            ("fed_back", "Waiting for the check"),
                            ("rework", "Sent back for rework"),
                            ("closed", "Closed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                ("county", models.CharField(max_length=6)),
                ("town", models.CharField(max_length=9)),
                ("village", models.CharField(max_length=12)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("accuracy_m", models.IntegerField(null=True)),
                ("position_source", models.CharField(blank=True, default="", max_length=12)),
                ("tile", models.CharField(blank=True, default="", max_length=20)),
                ("reported_at", models.DateTimeField()),
                ("reported_on", models.DateField()),
                ("filed_at", models.DateTimeField(null=True)),
                ("dispatched_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_is_provisional", models.BooleanField(default=False)),
                ("signed_at", models.DateTimeField(null=True)),
                ("fed_back_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("moved_at", models.DateTimeField()),
                ("in_time", models.BooleanField(null=True)),
                ("refusal", models.CharField(blank=True, default="", max_length=12)),
                ("reworks", models.SmallIntegerField(default=0)),
                ("returns", models.SmallIntegerField(default=0)),
                (
                    "condition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="standards.filingcondition",
                    ),
                ),
                (
                    "problem_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="standards.problemclass"
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "cases_case",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="contact",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("language", models.CharField(max_length=10)),
            ],
            options={
                "db_table": "cases_contact",
            },
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("report", "Report"), ("place", "Place"), ("note", "Note")], max_length=8
                    ),
                ),
                ("body", models.TextField(max_length=2000)),
                ("written_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "cases_text",
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-reported_at", "-id"], name="cases_newest"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "-reported_at", "-id"], name="cases_by_state"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["county", "-reported_at", "-id"], name="cases_by_county"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["county", "state", "-reported_at", "-id"], name="cases_by_county_state"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["town", "-reported_at", "-id"], name="cases_by_town"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["town", "state", "-reported_at", "-id"], name="cases_by_town_state"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["village", "-reported_at", "-id"], name="cases_by_village"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["unit", "state", "due_at", "id"], name="cases_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("source", "client_id"), name="cases_case_told_once"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "reported",
                            "verifying",
                            "verified",
                            "rejected",
                            "filed",
                            "dispatched",
                            "returned",
                            "handling",
                            "fed_back",
                            "rework",
                            "closed",
                        ],
                    )
                ),
                name="cases_case_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ["closed", "rejected"])),
                    models.Q(
                        models.Q(("state__in", ["closed", "rejected"]), _negated=True), ("ended_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="cases_case_ended_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["dispatched", "handling", "fed_back", "rework"]), _negated=True),
                    models.Q(
                        ("condition__isnull", False),
                        ("dispatched_at__isnull", False),
                        ("due_at__isnull", False),
                        ("unit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="cases_case_with_unit_has_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("fed_back_at__isnull", False), ("in_time__isnull", False)),
                    _connector="OR",
                ),
                name="cases_case_closed_was_fed_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), ("ended_at__gte", models.F("reported_at")), _connector="OR"
                ),
                name="cases_case_ends_after_start",
            ),
        ),
    ]
