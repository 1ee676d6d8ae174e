# SPDX-License-Identifier: Apache-2.0
"""Who follows a case, by which words it is found, what colleagues say and keep, and who checks what."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiayuan.cases.fulltext import install, remove
from jiayuan.kernel.reshape import Together


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_rules_guides_and_ledgers"),
        ("media", "0001_photos_and_links"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
        ("standards", "0001_schemes_campaigns_calendar"),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Follower",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("handle", models.CharField(max_length=11, unique=True)),
                    ("device", models.CharField(blank=True, default="", max_length=40)),
                    ("phone", models.CharField(blank=True, default="", max_length=20)),
                    ("language", models.CharField(blank=True, default="", max_length=10)),
                    ("since", models.DateTimeField()),
                    (
                        "text",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="cases.text",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="cases.case"
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_follower",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("phone", ""), _negated=True),
                            fields=["phone"],
                            name="cases_follower_phone",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("person__isnull", False)),
                            fields=("case", "person"),
                            name="cases_follower_person_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("device", ""), _negated=True),
                            fields=("case", "device"),
                            name="cases_follower_device_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SearchWords",
                fields=[
                    (
                        "text",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="search_words",
                            serialize=False,
                            to="cases.text",
                        ),
                    ),
                    ("words", models.TextField()),
                ],
                options={
                    "db_table": "cases_search_words",
                },
            ),
            migrations.CreateModel(
                name="Reminder",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(choices=[("soon", "Due soon"), ("overdue", "Overdue")], max_length=8)),
                    ("due_at", models.DateTimeField()),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="cases.case"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_reminder",
                    "constraints": [
                        models.UniqueConstraint(fields=("case", "kind", "due_at"), name="cases_reminder_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="SavedList",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
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
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
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
                options={
                    "db_table": "cases_export",
                },
            ),
            migrations.CreateModel(
                name="Reply",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("area", models.CharField(max_length=12)),
                    ("verb", models.CharField(blank=True, default="", max_length=20)),
                    ("body", models.CharField(max_length=200)),
                    ("is_off", models.BooleanField(default=False)),
                    ("changed_at", models.DateTimeField()),
                    (
                        "problem_class",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="standards.problemclass",
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_reply",
                    "verbose_name_plural": "replies",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("body", ""), _negated=True), name="cases_reply_says_something"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Note",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("client_id", models.UUIDField(unique=True)),
                    ("body", models.TextField(max_length=1000)),
                    ("for_unit", models.BooleanField(default=False)),
                    ("written_at", models.DateTimeField()),
                    (
                        "author",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                        ),
                    ),
                    (
                        "author_unit",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="places.organisation",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="cases.case"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_note",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("author_unit__isnull", True), ("for_unit", True), _connector="OR"),
                            name="cases_note_of_unit_is_for_unit",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Mention",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "note",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="cases.note"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_mention",
                    "constraints": [models.UniqueConstraint(fields=("note", "account"), name="cases_mention_once")],
                },
            ),
            migrations.CreateModel(
                name="CheckDraw",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
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
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
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
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="media.photo"
                        ),
                    ),
                ],
                options={
                    "db_table": "cases_check_flag",
                    "constraints": [
                        models.UniqueConstraint(fields=("case", "photo", "flag"), name="cases_check_flag_once")
                    ],
                },
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True), fields=["phone"], name="cases_contact_phone"
            ),
        ),
        migrations.RunPython(install, remove),
    ]
