# SPDX-License-Identifier: Apache-2.0
"""Sheets with their items, pauses and requests; levels that took over; the pattern of colours of a campaign."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0011_who_checked_where_nobody_was_drawn"),
        ("papers", "0001_offices_numbers_papers"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
        ("standards", "0002_evidence_of_classes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Being put right"),
                            ("fed_back", "Waiting for acceptance"),
                            ("struck", "Struck off"),
                            ("void", "Void"),
                        ],
                        max_length=8,
                    ),
                ),
                ("place", models.CharField(max_length=12)),
                ("responsible", models.CharField(blank=True, default="", max_length=40)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_is_provisional", models.BooleanField(default=False)),
                ("fed_back_at", models.DateTimeField(null=True)),
                ("struck_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("extensions", models.PositiveSmallIntegerField(default=0)),
                ("refusals", models.PositiveSmallIntegerField(default=0)),
                ("asking", models.BooleanField(default=False)),
                (
                    "rung",
                    models.CharField(
                        choices=[("village", "Village"), ("town", "Town"), ("county", "County"), ("city", "City")],
                        max_length=7,
                    ),
                ),
                ("rung_since", models.DateTimeField(null=True)),
                (
                    "void_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistaken", "Issued by mistake"),
                            ("twice", "It stands on another sheet"),
                            ("wrong_unit", "Another unit answers for it"),
                            ("no_case", "Its case was made void or merged"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "problem_class",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="standards.problemclass",
                    ),
                ),
            ],
            options={
                "db_table": "supervision_item",
            },
        ),
        migrations.CreateModel(
            name="ItemText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("matter", "Problem"),
                            ("measures", "Measures"),
                            ("plan", "What is done meanwhile"),
                            ("note", "Note"),
                        ],
                        max_length=8,
                    ),
                ),
                ("body", models.TextField(max_length=1000)),
                ("written_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="supervision.item"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_text",
            },
        ),
        migrations.CreateModel(
            name="Scheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("campaign", models.CharField(max_length=30, unique=True)),
                (
                    "pattern",
                    models.CharField(
                        choices=[
                            ("state", "Colours say how an item stands"),
                            ("escalation", "Colours say how hard it is pressed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("chosen_at", models.DateTimeField()),
            ],
            options={
                "db_table": "supervision_scheme",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pattern__in", ["state", "escalation"])),
                        name="supervision_scheme_pattern_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("client_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("list", "Rectification list"),
                            ("assignment", "Assignment sheet"),
                            ("notice", "Rectification notice"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("issued", "Issued"), ("settled", "Settled"), ("void", "Void")],
                        max_length=7,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                ("office", models.CharField(max_length=32)),
                ("area", models.CharField(max_length=12)),
                ("county", models.CharField(blank=True, max_length=6)),
                ("town", models.CharField(blank=True, max_length=9)),
                ("village", models.CharField(blank=True, max_length=12)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("inspection", "Spot check"),
                            ("desk", "Open cases at the desk"),
                            ("hotline", "Hotline 12345"),
                            ("order", "Order of a leader"),
                            ("media", "Media"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source_ref", models.CharField(blank=True, default="", max_length=40)),
                ("campaign", models.CharField(blank=True, default="", max_length=30)),
                ("requirement", models.CharField(blank=True, default="", max_length=400)),
                ("days", models.PositiveSmallIntegerField()),
                ("number", models.CharField(blank=True, default="", max_length=60)),
                ("made_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(null=True)),
                ("issued_on", models.DateField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "void_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistaken", "Issued by mistake"),
                            ("twice", "It stands on another sheet"),
                            ("wrong_unit", "Another unit answers for it"),
                            ("no_case", "Its case was made void or merged"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("moved_at", models.DateTimeField()),
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_sheet",
            },
        ),
        migrations.AddField(
            model_name="item",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="supervision.sheet"
            ),
        ),
        migrations.CreateModel(
            name="SheetCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="supervision.sheet"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_copy",
            },
        ),
        migrations.CreateModel(
            name="TimeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Asked"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("lapsed", "Overtaken"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("weather", "Weather"),
                            ("material", "Machines or material are missing"),
                            ("others", "Somebody else has to act first"),
                            ("size", "More to do than it seemed"),
                        ],
                        max_length=8,
                    ),
                ),
                ("until", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "denial",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("small", "It can be done in time"),
                            ("danger", "It is dangerous as it is"),
                            ("again", "More time was granted before"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="supervision.item"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="supervision.itemtext",
                    ),
                ),
            ],
            options={
                "db_table": "supervision_time_request",
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_rung",
                    models.CharField(
                        choices=[("village", "Village"), ("town", "Town"), ("county", "County"), ("city", "City")],
                        max_length=7,
                    ),
                ),
                (
                    "to_rung",
                    models.CharField(
                        choices=[("village", "Village"), ("town", "Town"), ("county", "County"), ("city", "City")],
                        max_length=7,
                    ),
                ),
                ("after_minutes", models.PositiveIntegerField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("important", "Important matter"),
                            ("danger", "Danger to people"),
                            ("repeated", "It came back again and again"),
                            ("order", "Order of a leader"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="escalations", to="supervision.item"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_escalation",
                "indexes": [models.Index(fields=["item", "at"], name="supervision_escalation_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "to_rung"), name="supervision_escalation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("to_rung__in", ["village", "town", "county", "city"])),
                        name="supervision_escalation_rung_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="supervision.item"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_pause",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at__isnull", True)),
                        fields=("item",),
                        name="supervision_pause_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="supervision_pause_ends_later",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["-made_at", "-id"], name="supervision_sheet_newest"),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["county", "-made_at", "-id"], name="supervision_sheet_by_county"),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["town", "-made_at", "-id"], name="supervision_sheet_by_town"),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["unit", "-made_at", "-id"], name="supervision_sheet_by_unit"),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["office", "issued_on"], name="supervision_sheet_by_office"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(fields=("made_by", "client_id"), name="supervision_sheet_told_once"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("number",),
                name="supervision_sheet_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "issued", "settled", "void"])),
                name="supervision_sheet_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["list", "assignment", "notice"])), name="supervision_sheet_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["issued", "settled"]), _negated=True),
                    models.Q(
                        ("issued_at__isnull", False),
                        ("issued_on__isnull", False),
                        ("paper__isnull", False),
                        models.Q(("number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="supervision_sheet_issued_is_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", False), ("state", "settled")),
                    models.Q(models.Q(("state", "settled"), _negated=True), ("settled_at__isnull", True)),
                    _connector="OR",
                ),
                name="supervision_sheet_settled_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("signed_at__isnull", True), ("issued_at__isnull", False), _connector="OR"),
                name="supervision_sheet_signed_issued",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "void"), ("void_reason", ""), _connector="OR"),
                name="supervision_sheet_void_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["due_at", "id"], name="supervision_item_running"
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("case__isnull", False)), fields=["case"], name="supervision_item_of_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("sheet", "number"), name="supervision_item_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case__isnull", False), ("state__in", ["open", "fed_back"])),
                fields=("case",),
                name="supervision_item_case_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "fed_back", "struck", "void"])),
                name="supervision_item_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("rung__in", ["village", "town", "county", "city"])),
                name="supervision_item_rung_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["fed_back", "struck"]), _negated=True),
                    models.Q(("due_at__isnull", False), ("fed_back_at__isnull", False)),
                    _connector="OR",
                ),
                name="supervision_item_fed_back_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "struck"), ("struck_at__isnull", False)),
                    models.Q(models.Q(("state", "struck"), _negated=True), ("struck_at__isnull", True)),
                    _connector="OR",
                ),
                name="supervision_item_struck_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "void"), models.Q(("void_reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "void"), _negated=True), ("void_reason", "")),
                    _connector="OR",
                ),
                name="supervision_item_void_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetcopy",
            constraint=models.UniqueConstraint(fields=("sheet", "organisation"), name="supervision_copy_once"),
        ),
        migrations.AddConstraint(
            model_name="timerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("item",), name="supervision_request_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="timerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="supervision_request_answered",
            ),
        ),
    ]
