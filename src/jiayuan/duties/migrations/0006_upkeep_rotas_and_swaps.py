# SPDX-License-Identifier: Apache-2.0
"""Upkeep rotas of zones, the turns of whoever looks after them, and who stands in for whom."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0005_leading_groups_and_members"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rota",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("what", models.CharField(max_length=200)),
                ("skips_holidays", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rotas", to="duties.zone"
                    ),
                ),
            ],
            options={
                "db_table": "duties_rota",
            },
        ),
        migrations.CreateModel(
            name="RotaHand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("card", models.CharField(max_length=11, unique=True)),
                ("named", models.CharField(blank=True, default="", max_length=60)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hands", to="duties.rota"
                    ),
                ),
            ],
            options={
                "db_table": "duties_rota_hand",
            },
        ),
        migrations.CreateModel(
            name="RotaTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("every", models.PositiveSmallIntegerField()),
                ("weekdays", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "hand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turns", to="duties.rotahand"
                    ),
                ),
            ],
            options={
                "db_table": "duties_rota_turn",
            },
        ),
        migrations.CreateModel(
            name="RotaSwap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "somebody is looked for"),
                            ("taken", "somebody stands in"),
                            ("withdrawn", "comes after all"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="duties.rotahand"
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="swaps",
                        to="duties.rotaturn",
                    ),
                ),
            ],
            options={
                "db_table": "duties_rota_swap",
            },
        ),
        migrations.AddConstraint(
            model_name="rota",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="duties_rota_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="rotahand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("named", ""), ("organisation__isnull", False), ("person__isnull", True)),
                    models.Q(("named", ""), ("organisation__isnull", True), ("person__isnull", False)),
                    models.Q(
                        ("organisation__isnull", True), ("person__isnull", True), models.Q(("named", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="duties_rota_hand_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="rotahand",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", False)),
                fields=("rota", "organisation"),
                name="duties_rota_unit_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rotahand",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)), fields=("rota", "person"), name="duties_rota_person_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotahand",
            constraint=models.UniqueConstraint(
                condition=models.Q(("named", ""), _negated=True), fields=("rota", "named"), name="duties_rota_body_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__gte", 1), ("every__lte", 12)), name="duties_rota_turn_weeks"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__gte", 1), ("weekdays__lte", 127)), name="duties_rota_turn_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="duties_rota_turn_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaswap",
            constraint=models.UniqueConstraint(fields=("turn", "week_on"), name="duties_rota_swap_once"),
        ),
        migrations.AddConstraint(
            model_name="rotaswap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "taken"), ("taken_by__isnull", False)),
                    models.Q(("state__in", ["asked", "withdrawn"]), ("taken_by__isnull", True)),
                    _connector="OR",
                ),
                name="duties_rota_swap_taken_by",
            ),
        ),
    ]
