# SPDX-License-Identifier: Apache-2.0
"""Routing rules with every version of theirs, the work guide, and ledgers from elsewhere, each row once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiayuan.kernel.reshape import Together


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_lists_of_villages"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="RoutingRule",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("client_id", models.UUIDField(unique=True)),
                    ("version", models.IntegerField(default=1)),
                ],
                options={
                    "db_table": "cases_routing_rule",
                },
            ),
            migrations.CreateModel(
                name="RoutingVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.IntegerField()),
                    ("change", models.CharField(max_length=12)),
                    ("made_at", models.DateTimeField()),
                    ("is_off", models.BooleanField(default=False)),
                    ("kinds", models.TextField(blank=True, default="")),
                    ("places", models.TextField(blank=True, default="")),
                    ("sources", models.CharField(blank=True, default="", max_length=200)),
                    ("setting", models.CharField(blank=True, default="", max_length=8)),
                    ("weekdays", models.CharField(blank=True, default="", max_length=7)),
                    ("hours", models.CharField(blank=True, default="", max_length=8)),
                    ("starts", models.SmallIntegerField(default=0)),
                    ("ends", models.SmallIntegerField(default=0)),
                    ("priority", models.SmallIntegerField()),
                    ("valid_from", models.DateField()),
                    ("valid_until", models.DateField(null=True)),
                    ("at_once", models.BooleanField(default=False)),
                    ("basis", models.CharField(blank=True, default="", max_length=100)),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="cases.routingrule"
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
                    "db_table": "cases_routing_version",
                    "constraints": [
                        models.UniqueConstraint(fields=("rule", "version"), name="cases_routing_version_once"),
                        models.CheckConstraint(
                            condition=models.Q(("priority__gte", 1), ("priority__lte", 9)),
                            name="cases_routing_priority",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("hours__in", ["", "working", "off", "span"])),
                            name="cases_routing_hours_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends__gte", 0), ("ends__lt", 1440), ("starts__gte", 0), ("starts__lt", 1440)
                            ),
                            name="cases_routing_minutes",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_until__isnull", True),
                                ("valid_until__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="cases_routing_ends_later",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RoutedCase",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("position", models.BigIntegerField(unique=True)),
                    ("version", models.IntegerField()),
                    ("at", models.DateTimeField()),
                    ("returned_at", models.DateTimeField(null=True)),
                    ("was_wrong", models.BooleanField(default=False)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                        ),
                    ),
                    (
                        "proposed",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.routingrule"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_routed_case",
                    "indexes": [models.Index(fields=["rule", "at"], name="cases_routed_by_rule")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("was_wrong", False), ("returned_at__isnull", False), _connector="OR"),
                            name="cases_routed_wrong_came_back",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="GuidePage",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
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
                            condition=models.Q(("about__in", ["general", "class", "move"])),
                            name="cases_guide_about_known",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="GuideVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
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
                            condition=models.Q(("is_latest", True)),
                            fields=("page",),
                            name="cases_guide_one_latest_version",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LedgerImport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("handle", models.CharField(max_length=11, unique=True)),
                    ("area", models.CharField(max_length=12)),
                    ("source", models.CharField(max_length=12)),
                    (
                        "ended",
                        models.CharField(
                            choices=[
                                ("leave_out", "Leave them out"),
                                ("take_in", "Take them in as reports that say so"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("file_name", models.CharField(max_length=120)),
                    ("sha256", models.CharField(max_length=64)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("uploaded", "Columns to be confirmed"),
                                ("checked", "Tried out, nothing imported yet"),
                                ("importing", "Being imported"),
                                ("done", "Imported"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("sheets", models.BinaryField(null=True)),
                    ("sheet", models.PositiveSmallIntegerField(default=0)),
                    ("columns", models.JSONField(default=dict)),
                    ("uploaded_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("good", models.PositiveIntegerField(default=0)),
                    ("wrong", models.PositiveIntegerField(default=0)),
                    ("known", models.PositiveIntegerField(default=0)),
                    ("left_out", models.PositiveIntegerField(default=0)),
                    ("imported", models.PositiveIntegerField(default=0)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_ledger",
                    "indexes": [
                        models.Index(fields=["account", "-uploaded_at", "-id"], name="cases_ledger_newest"),
                        models.Index(fields=["state", "id"], name="cases_ledger_by_state"),
                        models.Index(fields=["sha256"], name="cases_ledger_by_file"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("state__in", ["uploaded", "checked", "importing", "done"])),
                            name="cases_ledger_state_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at__isnull", False), ("state", "done")),
                                models.Q(models.Q(("state", "done"), _negated=True), ("ended_at__isnull", True)),
                                _connector="OR",
                            ),
                            name="cases_ledger_done_has_moment",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LedgerMapping",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("area", models.CharField(max_length=12)),
                    ("fingerprint", models.CharField(max_length=64)),
                    ("columns", models.JSONField()),
                    ("saved_at", models.DateTimeField()),
                ],
                options={
                    "db_table": "cases_ledger_mapping",
                    "constraints": [
                        models.UniqueConstraint(fields=("area", "fingerprint"), name="cases_ledger_mapping_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="LedgerRow",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("digest", models.CharField(blank=True, default="", max_length=64)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("good", "Good"),
                                ("wrong", "To be corrected"),
                                ("known", "Known already"),
                                ("left_out", "Left out"),
                                ("imported", "Imported"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("values", models.JSONField(default=dict)),
                    ("remarks", models.JSONField(default=list)),
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
                        "ledger",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="cases.ledgerimport"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_ledger_row",
                    "indexes": [models.Index(fields=["ledger", "state", "number"], name="cases_ledger_row_by_state")],
                    "constraints": [
                        models.UniqueConstraint(fields=("ledger", "number"), name="cases_ledger_row_number_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "imported")),
                            fields=("digest",),
                            name="cases_ledger_row_imported_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("state__in", ["good", "wrong", "known", "left_out", "imported"])),
                            name="cases_ledger_row_state_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("case__isnull", False), ("state", "imported")),
                                models.Q(
                                    models.Q(("state", "imported"), _negated=True),
                                    models.Q(("case__isnull", True), ("state", "known"), _connector="OR"),
                                ),
                                _connector="OR",
                            ),
                            name="cases_ledger_row_imported_has_case",
                        ),
                    ],
                },
            ),
        ),
    ]
