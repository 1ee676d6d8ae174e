# SPDX-License-Identifier: Apache-2.0
"""The tables of people, the user model among them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(max_length=6)),
                ("town", models.CharField(max_length=9)),
                ("village", models.CharField(max_length=12)),
                ("door", models.CharField(blank=True, default="", max_length=40)),
            ],
            options={
                "db_table": "people_household",
                "indexes": [models.Index(fields=["village", "id"], name="people_household_by_village")],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, default="", max_length=40)),
                ("phone", models.CharField(blank=True, default="", max_length=16)),
                ("forgotten_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "people_person",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forgotten_at__isnull", True), models.Q(("name", ""), ("phone", "")), _connector="OR"
                        ),
                        name="people_person_forgotten_is_empty",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[("head", "Head of the household"), ("member", "Member of the household")], max_length=6
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="people.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="people.person"
                    ),
                ),
            ],
            options={
                "db_table": "people_membership",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="people_membership_ends_later",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("person",),
                        name="people_membership_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("relation", "head")),
                        fields=("household",),
                        name="people_membership_one_head",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("username", models.CharField(max_length=20, unique=True)),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("phone", models.CharField(blank=True, default="", max_length=16)),
                ("phone_verified", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("zh-hans", "Simplified Chinese"),
                            ("zh-hant", "Traditional Chinese"),
                            ("en", "English"),
                        ],
                        default="zh-hans",
                        max_length=7,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "db_table": "people_account",
                "indexes": [models.Index(fields=["email"], name="people_account_by_email")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("phone", ""), _negated=True),
                        fields=("phone",),
                        name="people_account_one_phone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["zh-hans", "zh-hant", "en"])),
                        name="people_account_language_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=30)),
                ("area", models.CharField(max_length=12)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="people.person"
                    ),
                ),
            ],
            options={
                "db_table": "people_post",
                "indexes": [
                    models.Index(fields=["area", "role", "id"], name="people_post_by_area"),
                    models.Index(fields=["organisation", "role", "id"], name="people_post_by_organisation"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="people_post_ends_later",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("organisation__isnull", False)),
                        fields=("person", "role", "area", "organisation"),
                        name="people_post_one_open_in_unit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("organisation__isnull", True)),
                        fields=("person", "role", "area"),
                        name="people_post_one_open",
                    ),
                ],
            },
        ),
    ]
