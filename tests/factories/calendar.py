# SPDX-License-Identifier: Apache-2.0
"""Work calendars as they are between two yearly notices: not confirmed from some day on, or not there at all."""

from datetime import date

from jiayuan.standards import queries as standards
from jiayuan.standards.models import WorkDay


def make_up_saturday(on: date) -> None:
    """The notice of the year makes a Saturday a working day, and confirms everything."""
    WorkDay.objects.filter(on=on).update(is_working=True)
    WorkDay.objects.update(provisional=False)
    standards.forget()


def doubtful_from(on: date) -> None:
    """No notice confirms the days from this one on."""
    WorkDay.objects.filter(on__gte=on).update(provisional=True)
    standards.forget()


def ends_after(on: date) -> None:
    """This is the last day that the calendar knows."""
    WorkDay.objects.filter(on__gt=on).delete()
    standards.forget()
