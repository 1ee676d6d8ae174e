# SPDX-License-Identifier: Apache-2.0
"""How many pictures a class needs, and how near two reports of it are likely the same."""

from django.db import migrations, models

from jiayuan.kernel.reshape import Reshape


class Migration(migrations.Migration):
    dependencies = [
        ("standards", "0001_schemes_campaigns_calendar"),
    ]

    operations = [
        Reshape(
            "problemclass",
            migrations.AddField("problemclass", "photos_before", models.PositiveSmallIntegerField(default=1)),
            migrations.AddField("problemclass", "photos_after", models.PositiveSmallIntegerField(default=1)),
            migrations.AddField("problemclass", "same_within_m", models.PositiveIntegerField(default=60)),
            migrations.AddField("problemclass", "same_within_days", models.PositiveSmallIntegerField(default=30)),
            migrations.AddConstraint(
                "problemclass",
                models.CheckConstraint(
                    condition=models.Q(photos_before__lte=9, photos_after__lte=9),
                    name="standards_class_photos_at_most_nine",
                ),
            ),
            migrations.AddConstraint(
                "problemclass",
                models.CheckConstraint(
                    condition=models.Q(same_within_m__gte=1, same_within_days__gte=1),
                    name="standards_class_same_within",
                ),
            ),
        ),
    ]
