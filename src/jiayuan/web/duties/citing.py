# SPDX-License-Identifier: Apache-2.0
"""What the lists say, where a case is dispatched or returned."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext

from jiayuan.cases.queries import Case, entries_covering
from jiayuan.duties import queries as duties
from jiayuan.kernel import clock
from jiayuan.places import queries as places
from jiayuan.web.duties import wording


@dataclass(frozen=True, slots=True)
class Said:
    """The units of a dispatch with the lead first, and the entries that cover the class, a sentence each."""

    units: list[tuple[str, str]]
    entries: tuple[str, ...]


def units_by_list(case: Case) -> Said:
    """The units that can answer for a place as the lists order them; a town's that may not get it says so."""
    covering = entries_covering(case.problem_class_id, clock.today())
    leads = {cited.entry.lead for cited in covering if cited.entry.lead}
    is_taken_back = bool(covering) and covering[0].entry.is_taken_back
    units = sorted(
        places.units_for(case.village), key=lambda unit: (unit.code not in leads, _kept_out(unit, is_taken_back))
    )
    closed = pgettext("cases", "%(unit)s – not by the responsibility list")
    return Said(
        [
            (str(unit.id), closed % {"unit": unit.short_name} if _kept_out(unit, is_taken_back) else unit.short_name)
            for unit in units
        ],
        tuple(wording.sentence(cited) for cited in covering),
    )


def _kept_out(unit: places.Unit, is_taken_back: bool) -> bool:
    return is_taken_back and duties.is_of_a_town(unit)


def clauses_for(case: Case) -> Sequence[tuple[str, str]]:
    """The entries on which a return of this case may rely."""
    covering = entries_covering(case.problem_class_id, clock.today())
    return [(cited.code, wording.sentence(cited)) for cited in covering]
