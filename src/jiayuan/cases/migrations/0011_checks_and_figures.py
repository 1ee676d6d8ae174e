# SPDX-License-Identifier: Apache-2.0
"""The draws of checkers, and what checkers are told about pictures."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_work_guide"),
        ("media", "0002_bands_and_drawn_pictures"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("attempt", models.PositiveSmallIntegerField()),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("fed_back", "The unit fed back"),
                            ("declined", "The one drawn before declined"),
                            ("silent", "The one drawn before did not answer in time"),
                            ("ordered", "Another draw was ordered"),
                        ],
                        max_length=10,
                    ),
                ),
                ("seed", models.CharField(max_length=32)),
                ("eligible", models.PositiveIntegerField()),
                ("eligible_digest", models.CharField(max_length=64)),
                ("relaxed", models.BooleanField()),
                ("drawn_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("checked", "Checked"), ("replaced", "Another one was drawn")],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "declined",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("away", "Away or ill"),
                            ("knows", "Knows the people who handled it"),
                            ("too_much", "Too many checks at once"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draws", to="cases.case"
                    ),
                ),
                (
                    "checker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "cases_check_draw",
                "indexes": [
                    models.Index(fields=["unit", "-id"], name="cases_check_draw_by_unit"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["answer_by"],
                        name="cases_check_draw_silent",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "round", "attempt"), name="cases_check_draw_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("case",),
                        name="cases_check_draw_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ending", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="cases_check_draw_ends_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checker__isnull", False), ("eligible__gte", 1)),
                            models.Q(("checker__isnull", True), ("eligible", 0)),
                            _connector="OR",
                        ),
                        name="cases_check_draw_among_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "flag",
                    models.CharField(
                        choices=[
                            ("same", "Used before"),
                            ("nearly_same", "Nearly the same as an earlier picture"),
                            ("same_as_before", "Used before in this case"),
                            ("far", "Taken far away"),
                            ("early", "Taken too early"),
                            ("backwards", "Taken the wrong way round"),
                            ("edited", "Edited by software"),
                            ("clock", "Camera clock is wrong"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "weight",
                    models.CharField(choices=[("strong", "Look closely"), ("hint", "Keep in mind")], max_length=8),
                ),
                ("metres", models.PositiveIntegerField(null=True)),
                ("minutes", models.IntegerField(null=True)),
                ("word", models.CharField(blank=True, default="", max_length=60)),
                ("raised_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="flags", to="cases.case"
                    ),
                ),
                (
                    "other_case",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "other_photo",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="media.photo",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="media.photo"),
                ),
            ],
            options={
                "db_table": "cases_check_flag",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "photo", "flag"), name="cases_check_flag_once")
                ],
            },
        ),
    ]
