# SPDX-License-Identifier: Apache-2.0
"""What everything that presses one unit has in common: the unit, where it is at home, and the office that presses."""

from django.db import models

from jiayuan.kernel.access import Spot
from jiayuan.places.models import Organisation


class AtUnit(models.Model):
    """Stands where its unit is at home, in the hands of that unit; the columns of reach answer lists."""

    handle = models.CharField(max_length=11, unique=True)
    client_id = models.UUIDField()
    version = models.IntegerField(default=0)
    # The code of the office that issues papers.
    office = models.CharField(max_length=32)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=12)
    county = models.CharField(max_length=6, blank=True)
    town = models.CharField(max_length=9, blank=True)
    village = models.CharField(max_length=12, blank=True)
    moved_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def spot(self) -> Spot:
        """Where it stands for permission."""
        return Spot(code=self.area, unit_id=self.unit_id)
