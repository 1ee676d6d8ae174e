# SPDX-License-Identifier: Apache-2.0
"""Every branch of a case's life: clocks of its stages, requests and answers, and what binds one case to another."""

import django.db.models.deletion
from django.db import migrations, models

from jiayuan.kernel.reshape import Reshape, Together


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_say_more_in_the_database"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        Reshape(
            "case",
            migrations.RemoveConstraint(
                model_name="case",
                name="cases_case_state_known",
            ),
            migrations.RemoveConstraint(
                model_name="case",
                name="cases_case_ended_has_moment",
            ),
            migrations.RemoveConstraint(
                model_name="case",
                name="cases_case_with_unit_has_due",
            ),
            migrations.RemoveConstraint(
                model_name="case",
                name="cases_case_unit_while_in_hand",
            ),
            migrations.RemoveConstraint(
                model_name="case",
                name="cases_case_taken_on_was_filed",
            ),
            migrations.RemoveConstraint(
                model_name="case",
                name="cases_case_handled_was_signed",
            ),
            migrations.RemoveConstraint(
                model_name="case",
                name="cases_case_in_time_once_fed_back",
            ),
            migrations.RemoveConstraint(
                model_name="case",
                name="cases_case_source_known",
            ),
            migrations.AddField(
                model_name="case",
                name="appealed",
                field=models.BooleanField(default=False),
            ),
            migrations.AddField(
                model_name="case",
                name="asking",
                field=models.CharField(blank=True, default="", max_length=40),
            ),
            migrations.AddField(
                model_name="case",
                name="callback",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("satisfied", "Satisfied"),
                        ("unsatisfied", "Not satisfied"),
                        ("not_reached", "Not reached"),
                    ],
                    default="",
                    max_length=12,
                ),
            ),
            migrations.AddField(
                model_name="case",
                name="checker",
                field=models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="people.person",
                ),
            ),
            migrations.AddField(
                model_name="case",
                name="excused",
                field=models.BooleanField(default=False),
            ),
            migrations.AddField(
                model_name="case",
                name="extensions",
                field=models.SmallIntegerField(default=0),
            ),
            migrations.AddField(
                model_name="case",
                name="forced",
                field=models.BooleanField(default=False),
            ),
            migrations.AddField(
                model_name="case",
                name="handed_in",
                field=models.SmallIntegerField(default=0),
            ),
            migrations.AddField(
                model_name="case",
                name="me_toos",
                field=models.PositiveIntegerField(default=0),
            ),
            migrations.AddField(
                model_name="case",
                name="merged_into",
                field=models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="merged",
                    to="cases.case",
                ),
            ),
            migrations.AddField(
                model_name="case",
                name="outside_due_at",
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name="case",
                name="outside_number",
                field=models.CharField(blank=True, default="", max_length=40),
            ),
            migrations.AddField(
                model_name="case",
                name="quantity",
                field=models.PositiveIntegerField(default=1),
            ),
            migrations.AddField(
                model_name="case",
                name="relapse_of",
                field=models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="relapses",
                    to="cases.case",
                ),
            ),
            migrations.AddField(
                model_name="case",
                name="reopens",
                field=models.SmallIntegerField(default=0),
            ),
            migrations.AddField(
                model_name="case",
                name="returned_by",
                field=models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="places.organisation",
                ),
            ),
            migrations.AddField(
                model_name="case",
                name="shelved_until",
                field=models.DateField(null=True),
            ),
            migrations.AddField(
                model_name="case",
                name="shelvings",
                field=models.SmallIntegerField(default=0),
            ),
            migrations.AddField(
                model_name="case",
                name="split_from",
                field=models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="parts",
                    to="cases.case",
                ),
            ),
            migrations.AddField(
                model_name="case",
                name="urgent",
                field=models.BooleanField(default=False),
            ),
            migrations.AddField(
                model_name="case",
                name="void_reason",
                field=models.CharField(blank=True, default="", max_length=12),
            ),
            migrations.AlterField(
                model_name="case",
                name="source",
                field=models.CharField(
                    choices=[
                        ("public", "Resident"),
                        ("grid", "Grid worker"),
                        ("inspector", "Inspector"),
                        ("patrol", "Patrol"),
                        ("caller", "Caller"),
                        ("hotline", "Hotline 12345"),
                        ("media", "Media"),
                        ("superior", "Order from above"),
                        ("department", "Department"),
                        ("look_back", "Look-back"),
                        ("sample", "Sample of a clearing list"),
                    ],
                    max_length=12,
                ),
            ),
            migrations.AlterField(
                model_name="case",
                name="state",
                field=models.CharField(
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
                        ("shelved", "Shelved"),
                        ("closed", "Closed"),
                        ("void", "Void"),
                        ("merged", "Merged into another case"),
                    ],
                    max_length=12,
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("asking", ""), _negated=True),
                    fields=["county", "asking", "moved_at"],
                    name="cases_asking",
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("shelved_until__isnull", False)), fields=["shelved_until"], name="cases_shelved"
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="cases_merged"
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("split_from__isnull", False)), fields=["split_from"], name="cases_split"
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("relapse_of__isnull", False)), fields=["relapse_of"], name="cases_relapsed"
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("checker__isnull", False)), fields=["checker", "state"], name="cases_by_checker"
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("outside_number", ""), _negated=True),
                    fields=["outside_number"],
                    name="cases_by_outside_number",
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("lat__isnull", False)), fields=["lat", "lon"], name="cases_by_position"
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(
                    condition=models.Q(("lon__isnull", False)),
                    fields=["lon", "lat", "state", "county", "town", "id"],
                    name="cases_on_map",
                ),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(fields=["state", "due_at", "id"], name="cases_due"),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(fields=["county", "state", "due_at", "id"], name="cases_due_in_county"),
            ),
            migrations.AddIndex(
                model_name="case",
                index=models.Index(fields=["town", "state", "due_at", "id"], name="cases_due_in_town"),
            ),
        ),
        Together(
            migrations.CreateModel(
                name="Timer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "stage",
                        models.CharField(
                            choices=[
                                ("verify", "Verifying"),
                                ("dispatch", "Dispatching"),
                                ("handle", "Handling"),
                                ("check", "Checking"),
                                ("whole", "From filing to closing"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("limit_kind", models.CharField(blank=True, default="", max_length=16)),
                    ("limit_value", models.PositiveSmallIntegerField(default=0)),
                    ("started_at", models.DateTimeField()),
                    ("due_at", models.DateTimeField(null=True)),
                    ("is_provisional", models.BooleanField(default=False)),
                    ("fixed", models.BooleanField(default=False)),
                    ("paused_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="timers", to="cases.case"
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="places.organisation",
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_timer",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("ended_at__isnull", True), ("is_provisional", True)),
                            fields=["is_provisional"],
                            name="cases_timer_provisional",
                        ),
                        models.Index(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=["due_at", "id"],
                            name="cases_timer_running",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=("case", "stage"),
                            name="cases_timer_one_runs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("stage__in", ["verify", "dispatch", "handle", "check", "whole"])),
                            name="cases_timer_stage_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("due_at__isnull", True), ("limit_kind", "")),
                                models.Q(
                                    ("due_at__isnull", False),
                                    ("limit_kind__in", ["urgent", "working_hours", "working_days", "calendar_days"]),
                                ),
                                models.Q(("due_at__isnull", False), ("fixed", True), ("limit_kind", "")),
                                _connector="OR",
                            ),
                            name="cases_timer_limit_has_due",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                            ),
                            name="cases_timer_ends_later",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ended_at__isnull", True), ("paused_at__isnull", True), _connector="OR"
                            ),
                            name="cases_timer_ended_is_not_paused",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Pause",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "reason",
                        models.CharField(
                            choices=[("shelved", "Shelved"), ("returned", "Returned, until that is decided")],
                            max_length=8,
                        ),
                    ),
                    ("from_at", models.DateTimeField()),
                    ("until_at", models.DateTimeField(null=True)),
                    (
                        "timer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="cases.timer"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_pause",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("until_at__isnull", True)),
                            fields=("timer",),
                            name="cases_pause_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"
                            ),
                            name="cases_pause_ends_later",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Request",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("extension", "More time"),
                                ("shelving", "Shelving"),
                                ("appeal", "Appeal against the overrun"),
                                ("reopening", "Reopening"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "Waits for an answer"),
                                ("granted", "Granted"),
                                ("refused", "Refused"),
                                ("lapsed", "No longer needed"),
                            ],
                            default="open",
                            max_length=8,
                        ),
                    ),
                    ("reason", models.CharField(max_length=16)),
                    ("until", models.DateTimeField(null=True)),
                    ("asked_at", models.DateTimeField()),
                    ("reviewed_at", models.DateTimeField(null=True)),
                    ("supported", models.BooleanField(null=True)),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("denial", models.CharField(blank=True, default="", max_length=16)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="cases.case"
                        ),
                    ),
                    (
                        "text",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="cases.text",
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_request",
                    "indexes": [models.Index(fields=["case", "kind", "asked_at"], name="cases_request_of_case")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "open")),
                            fields=("case", "kind"),
                            name="cases_request_one_open_of_a_kind",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("kind__in", ["extension", "shelving", "appeal", "reopening"])),
                            name="cases_request_kind_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at__isnull", True), ("state", "open")),
                                models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="cases_request_answered_has_moment",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CallBack",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "result",
                        models.CharField(
                            choices=[
                                ("satisfied", "Satisfied"),
                                ("unsatisfied", "Not satisfied"),
                                ("not_reached", "Not reached"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, default="", max_length=16)),
                    ("called_at", models.DateTimeField()),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="call_backs", to="cases.case"
                        ),
                    ),
                    (
                        "text",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="cases.text",
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_call_back",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("result__in", ["satisfied", "unsatisfied", "not_reached"])),
                            name="cases_call_back_result_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("result", "unsatisfied"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="cases_call_back_discontent_has_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LookBack",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "result",
                        models.CharField(choices=[("holds", "Still clean"), ("relapsed", "It is back")], max_length=8),
                    ),
                    ("looked_at", models.DateTimeField()),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="look_backs", to="cases.case"
                        ),
                    ),
                    (
                        "relapse",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.case",
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_look_back",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("relapse__isnull", False), ("result", "relapsed")),
                                models.Q(("relapse__isnull", True), ("result", "holds")),
                                _connector="OR",
                            ),
                            name="cases_look_back_relapse_is_a_case",
                        )
                    ],
                },
            ),
        ),
    ]
