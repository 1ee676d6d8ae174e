# SPDX-License-Identifier: Apache-2.0
"""Score sheets with versions, plans with lines, rounds with their exclusions, draws and visits."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_accounts_persons_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "inspections_sheet",
            },
        ),
        migrations.CreateModel(
            name="SheetItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("full", models.PositiveIntegerField()),
                ("cap", models.PositiveIntegerField()),
                ("may_be_absent", models.BooleanField(default=False)),
                ("is_bonus", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "inspections_sheet_item",
            },
        ),
        migrations.CreateModel(
            name="SheetModule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=60)),
                ("weight", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "inspections_sheet_module",
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("area", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=120)),
                ("source_number", models.CharField(max_length=60)),
                ("adopted_on", models.DateField()),
                ("is_illustrative", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "inspections_plan",
                "constraints": [models.UniqueConstraint(fields=("area", "year"), name="inspections_plan_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=10)),
                ("subject", models.CharField(max_length=200)),
                ("lead", models.CharField(max_length=60)),
                ("rounds", models.PositiveSmallIntegerField()),
                ("per_place", models.PositiveSmallIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="inspections.plan",
                    ),
                ),
            ],
            options={
                "db_table": "inspections_plan_line",
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("title", models.CharField(max_length=120)),
                ("manner", models.CharField(choices=[("open", "Open"), ("undercover", "Undercover")], max_length=12)),
                ("area", models.CharField(max_length=12)),
                (
                    "strata_by",
                    models.CharField(
                        choices=[
                            ("whole", "Not at all"),
                            ("county", "By county"),
                            ("town", "By town"),
                            ("setting", "Villages and communities"),
                            ("listed", "As the list says"),
                        ],
                        max_length=8,
                    ),
                ),
                ("per_stratum", models.PositiveSmallIntegerField()),
                ("listed", models.TextField(blank=True, default="")),
                (
                    "weighting",
                    models.CharField(
                        choices=[
                            ("equal", "Every drawn place counts the same, every town counts the same"),
                            ("stands_for", "Every drawn place counts for the places it stands for"),
                        ],
                        max_length=12,
                    ),
                ),
                ("red_from", models.PositiveIntegerField(null=True)),
                ("black_below", models.PositiveIntegerField(null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "Being prepared"),
                            ("drawn", "Places drawn"),
                            ("published", "Scores published"),
                            ("void", "Void"),
                        ],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                ("is_synthetic", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("appeals_until", models.DateTimeField(null=True)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cited_by", to="inspections.planline"
                    ),
                ),
            ],
            options={
                "db_table": "inspections_round",
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("village", models.CharField(max_length=12)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("works", "Building works make it unfit to be scored"),
                            ("disaster", "Struck by weather, flood or epidemic"),
                            ("inspected", "Inspected as often as the plan allows"),
                            ("resettled", "Resettled, nobody lives there"),
                            ("other", "Another reason, written down"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="inspections.round",
                    ),
                ),
            ],
            options={
                "db_table": "inspections_exclusion",
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attempt", models.PositiveSmallIntegerField()),
                ("listing", models.TextField()),
                ("listing_digest", models.CharField(max_length=64)),
                ("seed", models.CharField(max_length=32)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("drawn_at", models.DateTimeField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="inspections.round",
                    ),
                ),
            ],
            options={
                "db_table": "inspections_draw",
            },
        ),
        migrations.CreateModel(
            name="SheetGround",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=4)),
                ("words", models.CharField(max_length=300)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("deduct", "Takes points off"),
                            ("add", "Adds points"),
                            ("zero_item", "The item scores nothing"),
                            ("zero_module", "The whole part scores nothing"),
                            ("zero_sheet", "The whole sheet scores nothing"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.PositiveIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("once", "once"),
                            ("place", "per place"),
                            ("piece", "per piece"),
                            ("household", "per household"),
                            ("person_time", "per person-time"),
                            ("item", "per matter"),
                            ("percent", "per percentage point"),
                        ],
                        max_length=12,
                    ),
                ),
                ("most", models.PositiveSmallIntegerField(default=0)),
                ("choice", models.CharField(blank=True, default="", max_length=10)),
                ("class_key", models.CharField(blank=True, default="", max_length=40)),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grounds",
                        to="inspections.sheetitem",
                    ),
                ),
            ],
            options={
                "db_table": "inspections_sheet_ground",
            },
        ),
        migrations.AddField(
            model_name="sheetitem",
            name="module",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="inspections.sheetmodule",
            ),
        ),
        migrations.CreateModel(
            name="SheetVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=200)),
                ("bonus_cap", models.PositiveIntegerField(default=0)),
                ("is_illustrative", models.BooleanField(default=False)),
                ("published_at", models.DateTimeField()),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="inspections.scoresheet",
                    ),
                ),
            ],
            options={
                "db_table": "inspections_sheet_version",
            },
        ),
        migrations.AddField(
            model_name="sheetmodule",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="modules",
                to="inspections.sheetversion",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inspections.sheetversion"
            ),
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("stratum", models.CharField(max_length=40)),
                ("stands_for", models.PositiveBigIntegerField()),
                ("county", models.CharField(max_length=6)),
                ("town", models.CharField(max_length=9)),
                ("village", models.CharField(max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawn", "To be inspected"),
                            ("under_way", "Being inspected"),
                            ("submitted", "Scored"),
                        ],
                        default="drawn",
                        max_length=10,
                    ),
                ),
                ("client_id", models.UUIDField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("submitted_on", models.DateField(null=True)),
                ("points", models.PositiveBigIntegerField(null=True)),
                (
                    "inspector",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="inspections.round",
                    ),
                ),
            ],
            options={
                "db_table": "inspections_visit",
            },
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.UniqueConstraint(fields=("plan", "key"), name="inspections_plan_line_once"),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(("per_place__gte", 1), ("rounds__gte", 1)), name="inspections_plan_line_plans"
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.UniqueConstraint(fields=("round", "village"), name="inspections_exclusion_once"),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["works", "disaster", "inspected", "resettled", "other"])),
                name="inspections_exclusion_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), ("reason", "other"), _negated=True),
                name="inspections_other_reason_is_written_down",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(fields=("round", "attempt"), name="inspections_draw_once"),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attempt", 1), ("note", "")),
                    models.Q(("attempt__gt", 1), models.Q(("note", ""), _negated=True)),
                    _connector="OR",
                ),
                name="inspections_drawn_again_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetground",
            constraint=models.UniqueConstraint(fields=("item", "key"), name="inspections_ground_once"),
        ),
        migrations.AddConstraint(
            model_name="sheetground",
            constraint=models.CheckConstraint(
                condition=models.Q(("effect__in", ["deduct", "add", "zero_item", "zero_module", "zero_sheet"])),
                name="inspections_ground_effect_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unit__in", ["once", "place", "piece", "household", "person_time", "item", "percent"])
                ),
                name="inspections_ground_unit_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("effect__in", ["deduct", "add"])),
                    models.Q(models.Q(("effect__in", ["deduct", "add"]), _negated=True), ("amount", 0)),
                    _connector="OR",
                ),
                name="inspections_ground_moves_points",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetitem",
            constraint=models.UniqueConstraint(fields=("module", "key"), name="inspections_item_once"),
        ),
        migrations.AddConstraint(
            model_name="sheetitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cap__gt", 0), ("full", 0), ("is_bonus", True)),
                    models.Q(("cap__lte", models.F("full")), ("full__gt", 0), ("is_bonus", False)),
                    _connector="OR",
                ),
                name="inspections_item_has_marks",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetversion",
            constraint=models.UniqueConstraint(fields=("sheet", "number"), name="inspections_version_once"),
        ),
        migrations.AddConstraint(
            model_name="sheetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="inspections_version_says_its_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetmodule",
            constraint=models.UniqueConstraint(fields=("version", "key"), name="inspections_module_once"),
        ),
        migrations.AddConstraint(
            model_name="sheetmodule",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0), ("weight__lte", 10000)), name="inspections_module_weighs"
            ),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["-starts_on", "-id"], name="inspections_newest_rounds"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["prepared", "drawn", "published", "void"])),
                name="inspections_round_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="inspections_round_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("per_stratum__gte", 1)), name="inspections_round_draws_some"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("red_from__isnull", True),
                    ("black_below__isnull", True),
                    ("red_from__gte", models.F("black_below")),
                    _connector="OR",
                ),
                name="inspections_round_red_above_black",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeals_until__isnull", False), ("published_at__isnull", False), ("state", "published")),
                    models.Q(
                        models.Q(("state", "published"), _negated=True),
                        ("appeals_until__isnull", True),
                        ("published_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="inspections_round_published_says_when",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["inspector", "state"], name="inspections_visits_of"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["village", "round"], name="inspections_visits_at"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["town", "state"], name="inspections_visits_in_town"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["county", "state"], name="inspections_visits_in_county"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(fields=("round", "village"), name="inspections_visit_once"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["drawn", "under_way", "submitted"])),
                name="inspections_visit_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), ("submitted_at__isnull", False), ("submitted_on__isnull", False)),
                    models.Q(
                        models.Q(("state", "submitted"), _negated=True),
                        ("points", None),
                        ("submitted_at__isnull", True),
                        ("submitted_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="inspections_visit_scored_when_submitted",
            ),
        ),
    ]
