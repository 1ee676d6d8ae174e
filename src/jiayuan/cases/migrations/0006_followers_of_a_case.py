# SPDX-License-Identifier: Apache-2.0
"""Who follows a case, what lies near a point, and the words by which reports are found."""

import django.db.models.deletion
from django.db import migrations, models

from jiayuan.cases.fulltext import install, remove


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_routing_rules"),
        ("people", "0001_accounts_persons_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Follower",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        fields=["phone"], name="cases_follower_phone", condition=models.Q(("phone", ""), _negated=True)
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["case", "person"],
                        condition=models.Q(("person__isnull", False)),
                        name="cases_follower_person_once",
                    ),
                    models.UniqueConstraint(
                        fields=["case", "device"],
                        condition=models.Q(("device", ""), _negated=True),
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
            options={"db_table": "cases_search_words"},
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("soon", "Due soon"), ("overdue", "Overdue")], max_length=8),
                ),
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
                "constraints": [models.UniqueConstraint(fields=["case", "kind", "due_at"], name="cases_reminder_once")],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["lat", "lon"], name="cases_by_position", condition=models.Q(("lat__isnull", False))
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                fields=["phone"], name="cases_contact_phone", condition=models.Q(("phone", ""), _negated=True)
            ),
        ),
        migrations.RunPython(install, remove),
    ]
