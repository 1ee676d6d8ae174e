# SPDX-License-Identifier: Apache-2.0
"""Zones with their places and claims, and guarantors of places."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_documents_versions_entries"),
        ("people", "0001_accounts_persons_posts"),
        ("places", "0001_divisions_organisations_jurisdictions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Zone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("road", "Road section"), ("area", "Area"), ("places", "List of places")], max_length=8
                    ),
                ),
                ("description", models.CharField(max_length=300)),
                ("geometry", models.TextField(blank=True, default="")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "duties_zone",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["road", "area", "places"])), name="duties_zone_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="duties_zone_ends_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guarantee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named", models.CharField(blank=True, default="", max_length=60)),
                ("duty", models.CharField(max_length=40)),
                ("is_shown", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("document", models.CharField(blank=True, default="", max_length=200)),
                ("place", models.CharField(max_length=12)),
                ("county", models.CharField(blank=True, max_length=6)),
                ("town", models.CharField(blank=True, max_length=9)),
                ("village", models.CharField(blank=True, max_length=12)),
                ("hamlet", models.CharField(blank=True, default="", max_length=40)),
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
                "db_table": "duties_guarantee",
                "indexes": [
                    models.Index(fields=["place", "id"], name="duties_guarantee_by_place"),
                    models.Index(fields=["town", "id"], name="duties_guarantee_by_town"),
                    models.Index(fields=["county", "id"], name="duties_guarantee_by_county"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("named", ""), ("organisation__isnull", False), ("person__isnull", True)),
                            models.Q(("named", ""), ("organisation__isnull", True), ("person__isnull", False)),
                            models.Q(
                                ("organisation__isnull", True),
                                ("person__isnull", True),
                                models.Q(("named", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="duties_guarantee_one_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="duties_guarantee_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hamlet", ""), models.Q(("village", ""), _negated=True), _connector="OR"),
                        name="duties_guarantee_hamlet_in_village",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("organisation__isnull", False)),
                        fields=("place", "hamlet", "organisation"),
                        name="duties_guarantee_one_open_of_unit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("person__isnull", False)),
                        fields=("place", "hamlet", "person"),
                        name="duties_guarantee_one_open_of_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), models.Q(("named", ""), _negated=True)),
                        fields=("place", "hamlet", "named"),
                        name="duties_guarantee_one_open_of_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named", models.CharField(blank=True, default="", max_length=60)),
                ("duty", models.CharField(max_length=40)),
                ("is_shown", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("document", models.CharField(blank=True, default="", max_length=200)),
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
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="duties.zone"
                    ),
                ),
            ],
            options={
                "db_table": "duties_claim",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("named", ""), ("organisation__isnull", False), ("person__isnull", True)),
                            models.Q(("named", ""), ("organisation__isnull", True), ("person__isnull", False)),
                            models.Q(
                                ("organisation__isnull", True),
                                ("person__isnull", True),
                                models.Q(("named", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="duties_claim_one_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="duties_claim_ends_later",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("organisation__isnull", False)),
                        fields=("zone", "organisation"),
                        name="duties_claim_one_open_of_a_unit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("person__isnull", False)),
                        fields=("zone", "person"),
                        name="duties_claim_one_open_of_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), models.Q(("named", ""), _negated=True)),
                        fields=("zone", "named"),
                        name="duties_claim_one_open_of_a_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZonePlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(max_length=6)),
                ("town", models.CharField(max_length=9)),
                ("village", models.CharField(max_length=12)),
                (
                    "zone",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="duties.zone",
                    ),
                ),
            ],
            options={
                "db_table": "duties_zone_place",
                "indexes": [
                    models.Index(fields=["village", "zone"], name="duties_zone_by_village"),
                    models.Index(fields=["town", "zone"], name="duties_zone_by_town"),
                    models.Index(fields=["county", "zone"], name="duties_zone_by_county"),
                ],
                "constraints": [models.UniqueConstraint(fields=("zone", "village"), name="duties_zone_place_once")],
            },
        ),
    ]
