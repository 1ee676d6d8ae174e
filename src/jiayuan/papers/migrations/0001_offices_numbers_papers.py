# SPDX-License-Identifier: Apache-2.0
"""Offices with their marks, the counters of numbers, and papers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("area", models.CharField(max_length=12)),
                ("unit", models.CharField(blank=True, default="", max_length=32)),
                ("is_synthetic", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("n", models.PositiveIntegerField(default=0)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.office"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "year", "office"), name="papers_counter_one")],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("mark", models.CharField(blank=True, default="", max_length=40)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="papers.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("office", "kind"), name="papers_mark_one_for_a_kind"),
                    models.UniqueConstraint(
                        condition=models.Q(("mark", ""), _negated=True),
                        fields=("mark",),
                        name="papers_mark_of_one_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("n", models.PositiveIntegerField()),
                ("mark", models.CharField(blank=True, default="", max_length=40)),
                ("form", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("on", models.DateField()),
                ("model", models.TextField()),
                ("model_sha256", models.CharField(max_length=64)),
                ("is_synthetic", models.BooleanField()),
                ("is_public", models.BooleanField()),
                ("about_kind", models.CharField(blank=True, default="", max_length=20)),
                ("about_id", models.BigIntegerField(null=True)),
                ("issued_at", models.DateTimeField()),
                ("standing", models.CharField(default="valid", max_length=10)),
                ("void_reason", models.CharField(blank=True, default="", max_length=10)),
                ("void_note", models.CharField(blank=True, default="", max_length=200)),
                ("voided_at", models.DateTimeField(null=True)),
                ("position", models.BigIntegerField(null=True)),
                ("printed_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("pages", models.PositiveSmallIntegerField(default=0)),
                ("pdf_sha256", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("formats", models.CharField(blank=True, default="", max_length=20)),
                ("fonts", models.TextField(blank=True, default="")),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="papers.paper",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="papers.office"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("printed_at__isnull", True)),
                        fields=["tries", "id"],
                        name="papers_paper_to_print",
                    ),
                    models.Index(fields=["office", "on", "id"], name="papers_paper_by_day"),
                    models.Index(fields=["about_kind", "about_id", "id"], name="papers_paper_about"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "year", "office", "n"), name="papers_paper_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("standing", "void"),
                                models.Q(("void_reason", ""), _negated=True),
                                ("voided_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("standing", "void"), _negated=True),
                                ("void_reason", ""),
                                ("voided_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="papers_paper_void_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pdf_sha256", ""), ("printed_at__isnull", True)),
                            models.Q(
                                ("position__isnull", False),
                                ("printed_at__isnull", False),
                                models.Q(("pdf_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="papers_paper_printed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about_id__isnull", True), ("about_kind", "")),
                            models.Q(models.Q(("about_kind", ""), _negated=True), ("about_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="papers_paper_about_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("corrects", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="papers_paper_corrects_another",
                    ),
                ],
            },
        ),
    ]
