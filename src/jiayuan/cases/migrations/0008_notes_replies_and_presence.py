# SPDX-License-Identifier: Apache-2.0
"""Reserved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_search_words_and_saved_lists"),
    ]

    operations = []
