# SPDX-License-Identifier: Apache-2.0
"""Villages' own lists, the rows on them, and the samples by which towns accept them."""

import django.db.models.deletion
from django.db import migrations, models

from jiayuan.kernel.reshape import Together


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_what_a_state_demands_now"),
        ("people", "0001_accounts_persons_posts"),
        ("standards", "0001_schemes_campaigns_calendar"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="ClearingSample",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("county", models.CharField(max_length=6)),
                    ("town", models.CharField(max_length=9)),
                    ("village", models.CharField(max_length=12)),
                    ("week", models.CharField(max_length=8)),
                    ("seed", models.CharField(max_length=64)),
                    ("percent", models.SmallIntegerField()),
                    ("eligible", models.IntegerField()),
                    ("size", models.IntegerField()),
                    ("digest", models.CharField(max_length=64)),
                    ("drawn_at", models.DateTimeField()),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("failed", models.IntegerField(default=0)),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                        ),
                    ),
                    (
                        "drawn_by",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_clearing_sample",
                    "indexes": [
                        models.Index(fields=["village", "week", "id"], name="cases_sample_by_week"),
                        models.Index(fields=["town", "-drawn_at", "-id"], name="cases_sample_by_town"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("size__gte", 1), ("size__lte", models.F("eligible"))),
                            name="cases_sample_size_in_bounds",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("decided_at__isnull", False), ("failed", 0), _connector="OR"),
                            name="cases_sample_fails_once_decided",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClearingList",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("handle", models.CharField(max_length=11, unique=True)),
                    ("client_id", models.UUIDField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "Being cleared"),
                                ("handed_in", "Handed in"),
                                ("accepted", "Accepted"),
                                ("reopened", "To be looked at again"),
                                ("void", "Void"),
                            ],
                            max_length=9,
                        ),
                    ),
                    ("version", models.IntegerField(default=0)),
                    ("county", models.CharField(max_length=6)),
                    ("town", models.CharField(max_length=9)),
                    ("village", models.CharField(max_length=12)),
                    ("made_at", models.DateTimeField()),
                    ("made_on", models.DateField()),
                    ("handed_in_at", models.DateTimeField(null=True)),
                    ("week", models.CharField(blank=True, default="", max_length=8)),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("reopens", models.SmallIntegerField(default=0)),
                    (
                        "void_reason",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("mistaken", "Entered by mistake"),
                                ("twice", "Listed twice"),
                                ("test", "Entered as a trial"),
                            ],
                            default="",
                            max_length=9,
                        ),
                    ),
                    ("moved_at", models.DateTimeField()),
                    (
                        "handed_in_by",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                        ),
                    ),
                    (
                        "sample",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lists",
                            to="cases.clearingsample",
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_clearing_list",
                    "indexes": [
                        models.Index(fields=["-made_at", "-id"], name="cases_list_newest"),
                        models.Index(fields=["county", "-made_at", "-id"], name="cases_list_by_county"),
                        models.Index(fields=["town", "-made_at", "-id"], name="cases_list_by_town"),
                        models.Index(fields=["village", "-made_at", "-id"], name="cases_list_by_village"),
                        models.Index(fields=["state", "town", "village", "week"], name="cases_list_waiting"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("made_by", "client_id"), name="cases_list_told_once"),
                        models.CheckConstraint(
                            condition=models.Q(("state__in", ["open", "handed_in", "accepted", "reopened", "void"])),
                            name="cases_list_state_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["handed_in", "accepted", "reopened"]), _negated=True),
                                models.Q(("handed_in_at__isnull", False), models.Q(("week", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="cases_list_handed_in_has_week",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("sample__isnull", True), ("state", "handed_in"), _connector="OR"),
                            name="cases_list_drawn_only_handed_in",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "void"), models.Q(("void_reason", ""), _negated=True)),
                                models.Q(models.Q(("state", "void"), _negated=True), ("void_reason", "")),
                                _connector="OR",
                            ),
                            name="cases_list_void_has_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClearingRow",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("client_id", models.UUIDField()),
                    ("number", models.SmallIntegerField()),
                    ("quantity", models.IntegerField()),
                    ("lon", models.FloatField(null=True)),
                    ("lat", models.FloatField(null=True)),
                    ("accuracy_m", models.IntegerField(null=True)),
                    ("position_source", models.CharField(blank=True, default="", max_length=12)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("listed", "To be cleared"),
                                ("cleared", "Cleared"),
                                ("accepted", "Accepted"),
                                ("failed", "Did not pass, now a case"),
                                ("void", "Struck out"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("listed_at", models.DateTimeField()),
                    ("cleared_at", models.DateTimeField(null=True)),
                    (
                        "case",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="clearing_row",
                            to="cases.case",
                        ),
                    ),
                    (
                        "cleared_by",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                        ),
                    ),
                    (
                        "list",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="cases.clearinglist"
                        ),
                    ),
                    (
                        "listed_by",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                        ),
                    ),
                    (
                        "problem_class",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="standards.problemclass"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_clearing_row",
                    "constraints": [
                        models.UniqueConstraint(fields=("list", "number"), name="cases_row_numbered_once"),
                        models.UniqueConstraint(fields=("list", "client_id"), name="cases_row_told_once"),
                        models.CheckConstraint(
                            condition=models.Q(("state__in", ["listed", "cleared", "accepted", "failed", "void"])),
                            name="cases_row_state_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("quantity__gte", 1), ("number__gte", 1)), name="cases_row_counts"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["cleared", "accepted", "failed"]), _negated=True),
                                ("cleared_at__isnull", False),
                                _connector="OR",
                            ),
                            name="cases_row_cleared_has_moment",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("case__isnull", False), ("state", "failed")),
                                models.Q(models.Q(("state", "failed"), _negated=True), ("case__isnull", True)),
                                _connector="OR",
                            ),
                            name="cases_row_failed_has_case",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClearingCount",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("county", models.CharField(max_length=6)),
                    ("town", models.CharField(max_length=9)),
                    ("village", models.CharField(max_length=12)),
                    ("on", models.DateField()),
                    ("quantity", models.IntegerField()),
                    (
                        "problem_class",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="standards.problemclass"
                        ),
                    ),
                    (
                        "row",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="counts", to="cases.clearingrow"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_clearing_count",
                    "indexes": [models.Index(fields=["problem_class", "on", "quantity"], name="cases_count_by_class")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("quantity", 0), _negated=True), name="cases_count_is_something"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClearingDraw",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("place", models.SmallIntegerField()),
                    ("passed", models.BooleanField(null=True)),
                    (
                        "flaw",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("not_done", "It is still there"),
                                ("partly", "Only part of it is done"),
                                ("wrong_photo", "The picture shows another place"),
                                ("back", "It is back"),
                            ],
                            default="",
                            max_length=11,
                        ),
                    ),
                    (
                        "row",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="cases.clearingrow"
                        ),
                    ),
                    (
                        "sample",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="draws", to="cases.clearingsample"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_clearing_draw",
                    "constraints": [
                        models.UniqueConstraint(fields=("sample", "row"), name="cases_draw_row_once"),
                        models.UniqueConstraint(fields=("sample", "place"), name="cases_draw_in_order"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("passed", False), models.Q(("flaw", ""), _negated=True)),
                                models.Q(
                                    models.Q(("passed__isnull", True), ("passed", True), _connector="OR"), ("flaw", "")
                                ),
                                _connector="OR",
                            ),
                            name="cases_draw_failed_has_flaw",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClearingText",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(choices=[("team", "Team"), ("place", "Place")], max_length=5)),
                    ("body", models.TextField(max_length=200)),
                    ("written_at", models.DateTimeField()),
                    (
                        "list",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="cases.clearinglist"
                        ),
                    ),
                    (
                        "row",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="texts",
                            to="cases.clearingrow",
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_clearing_text",
                },
            ),
        ),
    ]
