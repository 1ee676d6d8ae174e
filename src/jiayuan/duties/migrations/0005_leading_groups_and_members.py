# SPDX-License-Identifier: Apache-2.0
"""Leading groups and task forces, and who belongs to them from when to when."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0004_frontages_and_their_schemes"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("leading", "Leading group"), ("task_force", "Task force")], max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("task", models.CharField(max_length=300)),
                ("place", models.CharField(max_length=12)),
                ("county", models.CharField(blank=True, max_length=6)),
                ("town", models.CharField(blank=True, max_length=9)),
                ("village", models.CharField(blank=True, max_length=12)),
                ("founded_by", models.CharField(max_length=200)),
                ("founded_number", models.CharField(blank=True, default="", max_length=60)),
                ("founded_on", models.DateField()),
                ("dissolved_by", models.CharField(blank=True, default="", max_length=200)),
                ("dissolved_number", models.CharField(blank=True, default="", max_length=60)),
                ("dissolved_on", models.DateField(null=True)),
                ("is_illustrative", models.BooleanField(default=False)),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "duties_group",
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head", "Head of the group"),
                            ("deputy", "Deputy head"),
                            ("member", "Member"),
                            ("office_head", "Head of its office"),
                            ("office_deputy", "Deputy head of its office"),
                            ("liaison", "Liaison"),
                        ],
                        max_length=14,
                    ),
                ),
                ("post", models.CharField(blank=True, default="", max_length=40)),
                ("is_shown", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="duties.group"
                    ),
                ),
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "db_table": "duties_group_member",
            },
        ),
        migrations.AddIndex(
            model_name="group",
            index=models.Index(fields=["place", "id"], name="duties_group_by_place"),
        ),
        migrations.AddIndex(
            model_name="group",
            index=models.Index(fields=["village", "id"], name="duties_group_by_village"),
        ),
        migrations.AddIndex(
            model_name="group",
            index=models.Index(fields=["town", "id"], name="duties_group_by_town"),
        ),
        migrations.AddIndex(
            model_name="group",
            index=models.Index(fields=["county", "id"], name="duties_group_by_county"),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["leading", "task_force"])), name="duties_group_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dissolved_by", ""), ("dissolved_on__isnull", True)),
                    models.Q(
                        ("dissolved_on__gte", models.F("founded_on")), models.Q(("dissolved_by", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="duties_group_dissolved_by_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["head", "deputy", "member", "office_head", "office_deputy", "liaison"])
                ),
                name="duties_group_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("post", "")),
                    models.Q(
                        ("organisation__isnull", False), ("person__isnull", True), models.Q(("post", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="duties_group_person_or_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="duties_group_member_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True), ("person__isnull", False)),
                fields=("group", "role", "person"),
                name="duties_group_one_open_of_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True), models.Q(("post", ""), _negated=True)),
                fields=("group", "role", "organisation", "post"),
                name="duties_group_one_open_of_a_post",
            ),
        ),
    ]
