# SPDX-License-Identifier: Apache-2.0
"""Reserved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_the_full_life"),
    ]

    operations = []
