# SPDX-License-Identifier: Apache-2.0
"""Summons talks; a sheet may go back to one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0001_offices_numbers_papers"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
        ("supervision", "0004_joint_meetings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="sheet",
            name="source",
            field=models.CharField(
                choices=[
                    ("inspection", "Spot check"),
                    ("desk", "Open cases at the desk"),
                    ("hotline", "Hotline 12345"),
                    ("order", "Order of a leader"),
                    ("media", "Media"),
                    ("meeting", "Joint meeting"),
                    ("talk", "Summons talk"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("client_id", models.UUIDField()),
                ("version", models.IntegerField(default=0)),
                ("office", models.CharField(max_length=32)),
                ("area", models.CharField(max_length=12)),
                ("county", models.CharField(blank=True, max_length=6)),
                ("town", models.CharField(blank=True, max_length=9)),
                ("village", models.CharField(blank=True, max_length=12)),
                ("moved_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("called", "Summoned"), ("held", "Held"), ("cancelled", "Cancelled")], max_length=9
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("overdue", "Overdue in spite of pressure"),
                            ("relapse", "It came back again and again"),
                            ("faked", "Faked rectification"),
                            ("order", "Order of a leader"),
                        ],
                        max_length=7,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("summoned", models.CharField(max_length=40)),
                ("host", models.CharField(max_length=40)),
                ("meets_at", models.DateTimeField()),
                ("venue", models.CharField(max_length=80)),
                ("number", models.CharField(blank=True, default="", max_length=60)),
                ("made_at", models.DateTimeField()),
                ("held_at", models.DateTimeField(null=True)),
                ("present", models.CharField(blank=True, default="", max_length=200)),
                ("minutes", models.TextField(blank=True, default="", max_length=1000)),
                (
                    "item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.item"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "minutes_paper",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                    ),
                ),
                (
                    "sheet",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.sheet"
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
                "db_table": "supervision_talk",
                "indexes": [
                    models.Index(fields=["-meets_at", "-id"], name="supervision_talk_newest"),
                    models.Index(fields=["county", "-meets_at", "-id"], name="supervision_talk_by_county"),
                    models.Index(fields=["town", "-meets_at", "-id"], name="supervision_talk_by_town"),
                    models.Index(fields=["unit", "-meets_at", "-id"], name="supervision_talk_by_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("made_by", "client_id"), name="supervision_talk_told_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="supervision_talk_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "called")), fields=("unit",), name="supervision_talk_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["called", "held", "cancelled"])),
                        name="supervision_talk_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("item__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="supervision_talk_has_a_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held_at__isnull", False),
                                ("minutes_paper__isnull", False),
                                ("sheet__isnull", False),
                                ("state", "held"),
                            ),
                            models.Q(
                                models.Q(("state", "held"), _negated=True),
                                ("held_at__isnull", True),
                                ("minutes_paper__isnull", True),
                                ("sheet__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="supervision_talk_held_is_written_up",
                    ),
                ],
            },
        ),
    ]
