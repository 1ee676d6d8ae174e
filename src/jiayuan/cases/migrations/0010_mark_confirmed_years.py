# SPDX-License-Identifier: Apache-2.0
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which confirmed years of the calendar deadlines are still to be computed anew for, and how far that is."""

    dependencies = [("cases", "0009_number_the_trials_of_a_ledger")]

    operations = [
        migrations.CreateModel(
            name="CalendarMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("marked_at", models.DateTimeField()),
                ("reached", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "cases_calendar_mark"},
        ),
    ]
