# SPDX-License-Identifier: Apache-2.0
"""What of a photo the public sees: its release, decided by a person, and the parts of it that are covered."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0002_bands_and_drawn_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=10)),
                ("version", models.IntegerField(default=0)),
                ("rendered", models.IntegerField(null=True)),
                ("waits", models.BooleanField(default=True)),
                ("detector", models.CharField(blank=True, default="", max_length=60)),
                ("place", models.CharField(max_length=12)),
                ("county", models.CharField(max_length=6)),
                ("town", models.CharField(max_length=9)),
                ("village", models.CharField(max_length=12)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "photo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="release", to="media.photo"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("waits", True)), fields=["asked_at", "id"], name="media_release_to_do"
                    ),
                    models.Index(
                        condition=models.Q(("state", "proposed")), fields=["asked_at", "id"], name="media_release_all"
                    ),
                    models.Index(
                        condition=models.Q(("state", "proposed")),
                        fields=["county", "asked_at"],
                        name="media_release_county",
                    ),
                    models.Index(
                        condition=models.Q(("state", "proposed")),
                        fields=["town", "asked_at"],
                        name="media_release_town",
                    ),
                    models.Index(
                        condition=models.Q(("state", "proposed")),
                        fields=["village", "asked_at"],
                        name="media_release_village",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="media_release_confirmed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "proposed", "confirmed", "withdrawn"])),
                        name="media_release_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=5)),
                ("state", models.CharField(max_length=8)),
                ("left", models.PositiveSmallIntegerField()),
                ("top", models.PositiveSmallIntegerField()),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="regions", to="media.release"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("height__gt", 0),
                            ("left__gte", 0),
                            ("top__gte", 0),
                            ("width__gt", 0),
                            (
                                "left__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(10000), "-", models.F("width")
                                ),
                            ),
                            (
                                "top__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(10000), "-", models.F("height")
                                ),
                            ),
                        ),
                        name="media_region_inside",
                    )
                ]
            },
        ),
    ]
