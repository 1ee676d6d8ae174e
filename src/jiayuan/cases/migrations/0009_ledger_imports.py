# SPDX-License-Identifier: Apache-2.0
"""Reserved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_notes_replies_and_presence"),
    ]

    operations = []
