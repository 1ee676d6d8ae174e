# SPDX-License-Identifier: Apache-2.0
"""The limiter's windows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LimitWindow",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("taken", models.PositiveIntegerField()),
                ("ends_ms", models.BigIntegerField(db_index=True)),
            ],
            options={
                "db_table": "kernel_limitwindow",
            },
        ),
    ]
