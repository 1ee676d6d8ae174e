# SPDX-License-Identifier: Apache-2.0
"""Lists that people come back to, what left the house as a table, and cases in the order of their limits."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_followers_of_a_case"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, default="", max_length=20)),
                ("address", models.CharField(blank=True, default="", max_length=500)),
                ("columns", models.CharField(blank=True, default="", max_length=200)),
                ("saved_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                "db_table": "cases_saved_list",
                "constraints": [
                    models.UniqueConstraint(fields=("account", "name"), name="cases_saved_list_named_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("address", ""), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="cases_saved_list_nameless_is_own",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(choices=[("csv", "CSV table"), ("xlsx", "Excel table")], max_length=4)),
                ("rows", models.PositiveIntegerField()),
                ("address", models.CharField(blank=True, default="", max_length=500)),
                ("made_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "cases_export"},
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
    ]
