# SPDX-License-Identifier: Apache-2.0
"""Standard replies, and words among colleagues about a case. Presence is no table: it lives in the cache."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_search_words_and_saved_lists"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
        ("standards", "0001_schemes_campaigns_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
    ]
