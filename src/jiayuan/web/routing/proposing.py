# SPDX-License-Identifier: Apache-2.0
"""What the rules propose, where cases wait for their dispatch: on a case's page and in the to-do list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import pgettext

from jiayuan.cases import queries
from jiayuan.cases.queries import Case, Row
from jiayuan.kernel import clock
from jiayuan.web.cases.wording import unit_name
from jiayuan.web.routing import wording


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit to be ticked beforehand, and why."""

    unit: str
    reason: str


def suggestion_for(case: Case) -> Suggestion | None:
    """The unit that the rules name for a case now; none that has given it back already."""
    back = queries.returned_by(case.pk) if case.returns else frozenset()
    found = queries.proposed_unit(case, at=clock.now(), returned_by=back)
    return Suggestion(str(found.unit_id), wording.reason(found)) if found else None


def suggested_units(rows: Iterable[Row], now: datetime) -> dict[int, str]:
    """Of cases that wait for their dispatch the unit that the rules name, with the rule's number, by the case's id."""
    said = pgettext("cases", "→ %(unit)s (rule %(number)s)")
    return {
        case_id: said % {"unit": unit_name(found.unit_id), "number": found.rule.number}
        for case_id, found in queries.proposed_units(rows, at=now).items()
    }
