# SPDX-License-Identifier: Apache-2.0
"""Frontages that shops signed for, and the schemes by which they did."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0003_whistles_and_called_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrontageScheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=200)),
                ("is_illustrative", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "duties_frontage_scheme",
            },
        ),
        migrations.CreateModel(
            name="FrontageItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=20)),
                ("words", models.CharField(max_length=200)),
                (
                    "scheme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="duties.frontagescheme",
                    ),
                ),
            ],
            options={
                "db_table": "duties_frontage_item",
                "constraints": [models.UniqueConstraint(fields=("scheme", "number"), name="duties_frontage_item_once")],
            },
        ),
        migrations.CreateModel(
            name="Frontage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("county", models.CharField(max_length=6)),
                ("town", models.CharField(max_length=9)),
                ("village", models.CharField(max_length=12)),
                ("shop", models.CharField(max_length=60)),
                ("address", models.CharField(max_length=120)),
                ("signed_on", models.DateField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="duties.frontagescheme"
                    ),
                ),
            ],
            options={
                "db_table": "duties_frontage",
                "indexes": [
                    models.Index(fields=["village", "id"], name="duties_frontage_by_village"),
                    models.Index(fields=["town", "id"], name="duties_frontage_by_town"),
                    models.Index(fields=["county", "id"], name="duties_frontage_by_county"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="duties_frontage_ends_later",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("village", "address", "shop"),
                        name="duties_frontage_one_open_of_a_shop",
                    ),
                ],
            },
        ),
    ]
