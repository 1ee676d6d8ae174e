# SPDX-License-Identifier: Apache-2.0
"""Bulletins show photos."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0005_summons_talks"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulletinPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.UUIDField()),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="supervision.bulletin"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_bulletin_photo",
                "constraints": [
                    models.UniqueConstraint(fields=("bulletin", "handle"), name="supervision_photo_chosen_once")
                ],
            },
        ),
    ]
