# SPDX-License-Identifier: Apache-2.0
"""Ledgers from elsewhere, their rows, and what their columns say."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_notes_replies_and_presence"),
        ("people", "0001_accounts_persons_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("area", models.CharField(max_length=12)),
                ("source", models.CharField(max_length=12)),
                (
                    "ended",
                    models.CharField(
                        choices=[("leave_out", "Leave them out"), ("take_in", "Take them in as reports that say so")],
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
            },
        ),
        migrations.CreateModel(
            name="LedgerMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            },
        ),
        migrations.AddIndex(
            model_name="ledgerimport",
            index=models.Index(fields=["account", "-uploaded_at", "-id"], name="cases_ledger_newest"),
        ),
        migrations.AddIndex(
            model_name="ledgerimport",
            index=models.Index(fields=["state", "id"], name="cases_ledger_by_state"),
        ),
        migrations.AddIndex(
            model_name="ledgerimport",
            index=models.Index(fields=["sha256"], name="cases_ledger_by_file"),
        ),
        migrations.AddConstraint(
            model_name="ledgerimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["uploaded", "checked", "importing", "done"])),
                name="cases_ledger_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("ended_at__isnull", True)),
                    _connector="OR",
                ),
                name="cases_ledger_done_has_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerrow",
            index=models.Index(fields=["ledger", "state", "number"], name="cases_ledger_row_by_state"),
        ),
        migrations.AddConstraint(
            model_name="ledgerrow",
            constraint=models.UniqueConstraint(fields=("ledger", "number"), name="cases_ledger_row_number_once"),
        ),
        migrations.AddConstraint(
            model_name="ledgerrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "imported")), fields=("digest",), name="cases_ledger_row_imported_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["good", "wrong", "known", "left_out", "imported"])),
                name="cases_ledger_row_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerrow",
            constraint=models.CheckConstraint(
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
        ),
    ]
