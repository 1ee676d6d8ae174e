# SPDX-License-Identifier: Apache-2.0
"""What stands is found without reading the days between."""

from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index on the sums over all days alone."""

    dependencies = [("record", "0002_append_only_triggers")]

    operations = [
        migrations.AddIndex(
            model_name="counter",
            index=models.Index(
                condition=models.Q(("on", date(1, 1, 1))),
                fields=["measure", "level", "code", "class_code"],
                name="record_counter_standing",
            ),
        )
    ]
