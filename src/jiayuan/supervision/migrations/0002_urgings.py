# SPDX-License-Identifier: Apache-2.0
"""Supervision sheets with the colours they went through; a text may be a reply."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0001_offices_numbers_papers"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
        ("supervision", "0001_sheets_items_escalations"),
    ]

    operations = [
        migrations.AlterField(
            model_name="itemtext",
            name="kind",
            field=models.CharField(
                choices=[
                    ("matter", "Problem"),
                    ("measures", "Measures"),
                    ("plan", "What is done meanwhile"),
                    ("note", "Note"),
                    ("reply", "Reply"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Urging",
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
                        choices=[
                            ("open", "Reply to come"),
                            ("replied", "Replied, to be looked at"),
                            ("accepted", "Reply accepted"),
                            ("closed", "Over"),
                            ("void", "Void"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "pattern",
                    models.CharField(
                        choices=[
                            ("state", "Colours say how an item stands"),
                            ("escalation", "Colours say how hard it is pressed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No colour"),
                            ("blue", "Blue"),
                            ("yellow", "Yellow"),
                            ("orange", "Orange"),
                            ("red", "Red"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("slow", "It goes on slowly"),
                            ("poor", "It is badly done"),
                            ("overdue", "It is overdue"),
                            ("back", "It came back"),
                        ],
                        max_length=7,
                    ),
                ),
                ("requirement", models.CharField(blank=True, default="", max_length=400)),
                ("days", models.PositiveSmallIntegerField()),
                ("number", models.CharField(blank=True, default="", max_length=60)),
                ("issued_at", models.DateTimeField()),
                ("issued_on", models.DateField()),
                ("reply_due_at", models.DateTimeField()),
                ("reply_due_is_provisional", models.BooleanField(default=False)),
                ("replied_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "void_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistaken", "Issued by mistake"),
                            ("twice", "It stands on another sheet"),
                            ("wrong_unit", "Another unit answers for it"),
                            ("no_case", "Its case was made void or merged"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supervision.item",
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supervision.scheme",
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
                "db_table": "supervision_urging",
            },
        ),
        migrations.CreateModel(
            name="UrgingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_colour",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No colour"),
                            ("blue", "Blue"),
                            ("yellow", "Yellow"),
                            ("orange", "Orange"),
                            ("red", "Red"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "to_colour",
                    models.CharField(
                        choices=[
                            ("", "No colour"),
                            ("blue", "Blue"),
                            ("yellow", "Yellow"),
                            ("orange", "Orange"),
                            ("red", "Red"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("important", "Important matter"),
                            ("danger", "Danger to people"),
                            ("repeated", "It came back again and again"),
                            ("order", "Order of a leader"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                ("by_clock", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "urging",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="supervision.urging",
                    ),
                ),
            ],
            options={
                "db_table": "supervision_urging_step",
            },
        ),
        migrations.AddIndex(
            model_name="urging",
            index=models.Index(fields=["-issued_at", "-id"], name="supervision_urging_newest"),
        ),
        migrations.AddIndex(
            model_name="urging",
            index=models.Index(fields=["county", "-issued_at", "-id"], name="supervision_urging_by_county"),
        ),
        migrations.AddIndex(
            model_name="urging",
            index=models.Index(fields=["town", "-issued_at", "-id"], name="supervision_urging_by_town"),
        ),
        migrations.AddIndex(
            model_name="urging",
            index=models.Index(fields=["unit", "-issued_at", "-id"], name="supervision_urging_by_unit"),
        ),
        migrations.AddIndex(
            model_name="urging",
            index=models.Index(fields=["item"], name="supervision_urging_of_item"),
        ),
        migrations.AddIndex(
            model_name="urging",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["reply_due_at", "id"], name="supervision_urging_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.UniqueConstraint(fields=("issued_by", "client_id"), name="supervision_urging_told_once"),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("number",),
                name="supervision_urging_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "replied", "accepted"])),
                fields=("item",),
                name="supervision_urging_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "replied", "accepted", "closed", "void"])),
                name="supervision_urging_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("colour__in", ["blue", "orange", "red"]), ("pattern", "escalation")),
                    models.Q(("colour", ""), ("pattern", "state")),
                    _connector="OR",
                ),
                name="supervision_urging_patterns_never_mixed",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(("pattern", "state"), ("scheme__isnull", False), _connector="OR"),
                name="supervision_urging_coloured_by_choice",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replied_at__isnull", True), ("state", "open")),
                    models.Q(("replied_at__isnull", False), ("state__in", ["replied", "accepted"])),
                    ("state__in", ["closed", "void"]),
                    _connector="OR",
                ),
                name="supervision_urging_replied_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state__in", ["open", "replied", "accepted"])),
                    models.Q(
                        models.Q(("state__in", ["open", "replied", "accepted"]), _negated=True),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="supervision_urging_over_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "void"), models.Q(("void_reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "void"), _negated=True), ("void_reason", "")),
                    _connector="OR",
                ),
                name="supervision_urging_void_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="urgingstep",
            constraint=models.UniqueConstraint(fields=("urging", "to_colour"), name="supervision_urging_colour_once"),
        ),
        migrations.AddConstraint(
            model_name="urgingstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_colour", ""), ("to_colour", "blue")),
                    models.Q(("from_colour", "blue"), ("to_colour", "orange")),
                    models.Q(("from_colour", "orange"), ("to_colour", "red")),
                    models.Q(
                        models.Q(
                            models.Q(("from_colour", ""), ("to_colour__in", ["orange", "red"])),
                            models.Q(("from_colour", "blue"), ("to_colour", "red")),
                            _connector="OR",
                        ),
                        models.Q(("reason", ""), _negated=True),
                        ("by_clock", False),
                    ),
                    _connector="OR",
                ),
                name="supervision_urging_colours_in_order",
            ),
        ),
    ]
