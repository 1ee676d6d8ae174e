# SPDX-License-Identifier: Apache-2.0
"""Routing rules with every version of theirs, and what came of their proposals."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_clearing_lists"),
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoutingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(unique=True)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "db_table": "cases_routing_rule",
            },
        ),
        migrations.CreateModel(
            name="RoutedCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.BigIntegerField(unique=True)),
                ("version", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("returned_at", models.DateTimeField(null=True)),
                ("was_wrong", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
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
            name="RoutingVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        condition=models.Q(("priority__gte", 1), ("priority__lte", 9)), name="cases_routing_priority"
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
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="cases_routing_ends_later",
                    ),
                ],
            },
        ),
    ]
