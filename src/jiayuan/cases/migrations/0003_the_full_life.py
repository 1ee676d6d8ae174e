# SPDX-License-Identifier: Apache-2.0
"""Reserved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_say_more_in_the_database"),
    ]

    operations = []
