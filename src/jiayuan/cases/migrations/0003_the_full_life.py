# SPDX-License-Identifier: Apache-2.0
"""Every branch of a case's life: clocks of its stages, requests and answers, and what binds one case to another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_say_more_in_the_database"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
        ("standards", "0001_schemes_campaigns_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "db_table": "cases_call_back",
            },
        ),
        migrations.CreateModel(
            name="LookBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "result",
                    models.CharField(choices=[("holds", "Still clean"), ("relapsed", "It is back")], max_length=8),
                ),
                ("looked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "cases_look_back",
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[("shelved", "Shelved"), ("returned", "Returned, until that is decided")], max_length=8
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "cases_pause",
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "db_table": "cases_request",
            },
        ),
        migrations.CreateModel(
            name="Timer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "db_table": "cases_timer",
            },
        ),
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
                choices=[("satisfied", "Satisfied"), ("unsatisfied", "Not satisfied"), ("not_reached", "Not reached")],
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
                            "shelved",
                            "closed",
                            "void",
                            "merged",
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
                    models.Q(("ended_at__isnull", False), ("state__in", ["closed", "rejected", "void", "merged"])),
                    models.Q(
                        models.Q(("state__in", ["closed", "rejected", "void", "merged"]), _negated=True),
                        ("ended_at__isnull", True),
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
                    models.Q(("state__in", ["dispatched", "handling", "shelved", "fed_back", "rework"]), _negated=True),
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
                    models.Q(
                        ("state__in", ["dispatched", "handling", "shelved", "fed_back", "rework", "closed"]),
                        ("unit__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ["dispatched", "handling", "shelved", "fed_back", "rework", "closed"]),
                            _negated=True,
                        ),
                        ("due_at__isnull", True),
                        ("unit__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="cases_case_unit_while_in_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            ["filed", "returned", "dispatched", "handling", "shelved", "fed_back", "rework", "closed"],
                        ),
                        _negated=True,
                    ),
                    models.Q(("condition__isnull", False), ("filed_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_case_taken_on_was_filed",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["handling", "shelved", "fed_back", "rework", "closed"]), _negated=True),
                    ("signed_at__isnull", False),
                    models.Q(("forced", True), ("state", "closed")),
                    _connector="OR",
                ),
                name="cases_case_handled_was_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("fed_back_at__isnull", False),
                        ("in_time__isnull", False),
                        ("state__in", ["fed_back", "closed"]),
                    ),
                    models.Q(("forced", True), ("in_time__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state__in", ["fed_back", "closed"]), _negated=True), ("in_time__isnull", True)),
                    _connector="OR",
                ),
                name="cases_case_in_time_once_fed_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "source__in",
                        [
                            "public",
                            "grid",
                            "inspector",
                            "patrol",
                            "caller",
                            "hotline",
                            "media",
                            "superior",
                            "department",
                            "look_back",
                            "sample",
                        ],
                    )
                ),
                name="cases_case_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "void"), models.Q(("void_reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "void"), _negated=True), ("void_reason", "")),
                    _connector="OR",
                ),
                name="cases_case_void_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)),
                    _connector="OR",
                ),
                name="cases_case_merged_into_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="cases_case_merged_into_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shelved_until__isnull", False), ("state", "shelved")),
                    models.Q(models.Q(("state", "shelved"), _negated=True), ("shelved_until__isnull", True)),
                    _connector="OR",
                ),
                name="cases_case_shelved_until_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_by__isnull", False), ("state", "returned")),
                    models.Q(models.Q(("state", "returned"), _negated=True), ("returned_by__isnull", True)),
                    _connector="OR",
                ),
                name="cases_case_returned_by_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("excused", False),
                    models.Q(("appealed", True), ("in_time", False), ("state", "closed")),
                    _connector="OR",
                ),
                name="cases_case_excused_was_late",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("forced", False), ("state", "closed"), _connector="OR"),
                name="cases_case_forced_is_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="cases_case_quantity_positive"
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="call_backs", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="text",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cases.text",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="look_backs", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="relapse",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="request",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="request",
            name="text",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cases.text",
            ),
        ),
        migrations.AddField(
            model_name="timer",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="timers", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="timer",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.organisation",
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="timer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="cases.timer"
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["satisfied", "unsatisfied", "not_reached"])),
                name="cases_call_back_result_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "unsatisfied"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="cases_call_back_discontent_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("relapse__isnull", False), ("result", "relapsed")),
                    models.Q(("relapse__isnull", True), ("result", "holds")),
                    _connector="OR",
                ),
                name="cases_look_back_relapse_is_a_case",
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["case", "kind", "asked_at"], name="cases_request_of_case"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("case", "kind"), name="cases_request_one_open_of_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["extension", "shelving", "appeal", "reopening"])),
                name="cases_request_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_request_answered_has_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="timer",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("is_provisional", True)),
                fields=["is_provisional"],
                name="cases_timer_provisional",
            ),
        ),
        migrations.AddIndex(
            model_name="timer",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["due_at", "id"], name="cases_timer_running"
            ),
        ),
        migrations.AddConstraint(
            model_name="timer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("case", "stage"), name="cases_timer_one_runs"
            ),
        ),
        migrations.AddConstraint(
            model_name="timer",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["verify", "dispatch", "handle", "check", "whole"])),
                name="cases_timer_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="timer",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="timer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                ),
                name="cases_timer_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="timer",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("paused_at__isnull", True), _connector="OR"),
                name="cases_timer_ended_is_not_paused",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_at__isnull", True)), fields=("timer",), name="cases_pause_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"),
                name="cases_pause_ends_later",
            ),
        ),
    ]
