# SPDX-License-Identifier: Apache-2.0
"""Joint meetings with their agendas, decisions and rolls; a sheet may go back to a meeting."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_who_checked_where_nobody_was_drawn"),
        ("papers", "0001_offices_numbers_papers"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
        ("supervision", "0003_bulletins"),
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
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=11, unique=True)),
                ("client_id", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held, minutes to come"),
                            ("issued", "Minutes issued"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=9,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                ("office", models.CharField(max_length=32)),
                ("area", models.CharField(max_length=12)),
                ("county", models.CharField(blank=True, max_length=6)),
                ("town", models.CharField(blank=True, max_length=9)),
                ("village", models.CharField(blank=True, max_length=12)),
                ("title", models.CharField(max_length=80)),
                ("venue", models.CharField(blank=True, default="", max_length=80)),
                ("chair", models.CharField(blank=True, default="", max_length=40)),
                ("meets_at", models.DateTimeField()),
                ("is_example", models.BooleanField(default=False)),
                ("number", models.CharField(blank=True, default="", max_length=60)),
                ("made_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(null=True)),
                ("moved_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_meeting",
            },
        ),
        migrations.CreateModel(
            name="Agendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("case", "Case returned three times"),
                            ("whistle", "Open whistle"),
                            ("matter", "Another matter"),
                        ],
                        max_length=7,
                    ),
                ),
                ("whistle", models.CharField(blank=True, default="", max_length=11)),
                ("matter", models.CharField(blank=True, default="", max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="supervision.meeting",
                    ),
                ),
            ],
            options={
                "db_table": "supervision_agendum",
            },
        ),
        migrations.CreateModel(
            name="Roll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attendance",
                    models.CharField(
                        choices=[("invited", "Invited"), ("present", "Present"), ("excused", "Excused")],
                        default="invited",
                        max_length=7,
                    ),
                ),
                ("post", models.CharField(blank=True, default="", max_length=40)),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rolls",
                        to="supervision.meeting",
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
                "db_table": "supervision_roll",
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=300)),
                ("until", models.DateField()),
                (
                    "agendum",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="supervision.agendum",
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.item"
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
                "db_table": "supervision_decision",
                "constraints": [
                    models.UniqueConstraint(fields=("agendum", "unit"), name="supervision_decision_one_for_a_unit")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["-meets_at", "-id"], name="supervision_meeting_newest"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["county", "-meets_at", "-id"], name="supervision_meeting_by_county"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("made_by", "client_id"), name="supervision_meeting_told_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("number",),
                name="supervision_meeting_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "held", "issued", "cancelled"])),
                name="supervision_meeting_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("issued_at__isnull", False),
                        ("paper__isnull", False),
                        ("state", "issued"),
                        models.Q(("number", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "issued"), _negated=True),
                        ("issued_at__isnull", True),
                        ("number", ""),
                        ("paper__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="supervision_meeting_issued_is_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendum",
            constraint=models.UniqueConstraint(fields=("meeting", "number"), name="supervision_agendum_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="agendum",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case__isnull", False)),
                fields=("meeting", "case"),
                name="supervision_agendum_case_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendum",
            constraint=models.UniqueConstraint(
                condition=models.Q(("whistle", ""), _negated=True),
                fields=("meeting", "whistle"),
                name="supervision_agendum_whistle_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("kind", "case"), ("matter", ""), ("whistle", "")),
                    models.Q(
                        ("case__isnull", True),
                        ("kind", "whistle"),
                        ("matter", ""),
                        models.Q(("whistle", ""), _negated=True),
                    ),
                    models.Q(
                        ("case__isnull", True),
                        ("kind", "matter"),
                        ("whistle", ""),
                        models.Q(("matter", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="supervision_agendum_is_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="roll",
            constraint=models.UniqueConstraint(fields=("meeting", "unit"), name="supervision_roll_once"),
        ),
        migrations.AddConstraint(
            model_name="roll",
            constraint=models.CheckConstraint(
                condition=models.Q(("attendance__in", ["invited", "present", "excused"])),
                name="supervision_roll_attendance_known",
            ),
        ),
    ]
