# SPDX-License-Identifier: Apache-2.0
from django.db import migrations, models


class Migration(migrations.Migration):
    """A number for each trial of a ledger, so that two at once do not write among each other's rows."""

    dependencies = [("cases", "0008_followers_words_notes_and_checks")]

    operations = [
        migrations.AddField(
            model_name="ledgerimport",
            name="trial",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
