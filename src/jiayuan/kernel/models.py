# SPDX-License-Identifier: Apache-2.0
"""The kernel's only table. It is no memory of the city: it may be emptied at any time."""

from django.db import models


class LimitWindow(models.Model):
    """How often one key was taken in its running window. Keys are digests: no address is stored."""

    key = models.CharField(max_length=80, primary_key=True)
    taken = models.PositiveIntegerField()
    # Milliseconds since 1970, because this row is written by one statement that reads the same on both databases.
    ends_ms = models.BigIntegerField(db_index=True)

    class Meta:
        db_table = "kernel_limitwindow"
