# SPDX-License-Identifier: Apache-2.0
"""What the responsibility lists say about a case: the entries that cover its class, and who may not be given it."""

from datetime import date

from jiayuan.duties import queries as duties
from jiayuan.duties.queries import Cited
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards


def entries_covering(class_id: int, on: date) -> tuple[Cited, ...]:
    """The entries in force that cover a class, those that were taken back from the towns first."""
    return duties.entries_for(str(standards.problem_class(class_id).key), on)


def taken_back(class_id: int, on: date) -> Cited | None:
    """The entry by which a department took a class back from the towns; None where they may be given it."""
    return duties.taken_back(str(standards.problem_class(class_id).key), on)


def against_list(class_id: int, unit_id: int, on: date) -> Cited | None:
    """The entry against which a case of this class would be sent to this unit; None where the lists allow it."""
    unit = places.organisation(unit_id)
    if unit is None or not duties.is_of_a_town(unit):
        return None
    return taken_back(class_id, on)
