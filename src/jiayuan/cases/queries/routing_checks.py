# SPDX-License-Identifier: Apache-2.0
"""Whether what somebody wants a rule to say can be: kinds in the standards, known places, a unit that may get cases.

A trial asks the same before anything is kept as the command that keeps it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import RuleChange
from jiayuan.cases.intake.routing import RuleInput
from jiayuan.cases.models import RoutingVersion
from jiayuan.cases.queries.routing import RuleView, classes_of, touches, view_of
from jiayuan.kernel import clock
from jiayuan.kernel.errors import Problems, Refused
from jiayuan.places import queries as places
from jiayuan.places.enums import Level

UNWRITTEN = 10**9
"""The number of a rule under trial: younger than every written one."""
_LEVELS = (Level.CITY, Level.COUNTY, Level.TOWN, Level.VILLAGE)


def view_from(given: RuleInput, *, number: int = UNWRITTEN, at: datetime) -> RuleView:
    """The rule as it would be kept, or all that is wrong with what was given."""
    content = content_from(given, on=clock.on(at))
    return view_of(RoutingVersion(rule_id=number, version=0, change=RuleChange.MADE, made_at=at, **content))


def content_from(given: RuleInput, *, on: date) -> dict[str, Any]:
    """The columns of a version, or all that is wrong with what was given."""
    wrong: list[Refused] = []
    if any(not classes_of(kind) for kind in given.kinds):
        message = pgettext_lazy("cases", "One of these kinds is not in the standards. Choose again.")
        wrong.append(Refused("unknown_kind", message, field="kinds"))
    codes = _known_places(given.places, wrong)
    unit_id = _known_unit(given.unit, codes, wrong, on=on) if given.unit else None
    if wrong:
        raise Problems(wrong)
    return {
        "is_off": False,
        "kinds": " ".join(sorted(given.kinds)),
        "places": " ".join(codes),
        "sources": " ".join(sorted(given.sources)),
        "setting": given.setting,
        "weekdays": "".join(str(day) for day in given.weekdays),
        "hours": given.hours.value,
        "starts": given.starts,
        "ends": given.ends,
        "unit_id": unit_id,
        "priority": given.priority,
        "valid_from": given.valid_from,
        "valid_until": given.valid_until,
        "at_once": given.at_once,
        "basis": given.basis,
    }


def _known_places(codes: Sequence[str], wrong: list[Refused]) -> list[str]:
    """The places in the order of their codes; none for the whole city."""
    found = [places.division(code) for code in codes]
    if any(place is None or place.level not in _LEVELS for place in found):
        message = pgettext_lazy("cases", "One of these places is not known here. Choose again.")
        wrong.append(Refused("unknown_place", message, field="places"))
    if any(place is not None and place.level is Level.CITY for place in found):
        return []
    return sorted({place.code for place in found if place is not None})


def _known_unit(code: str, codes: Sequence[str], wrong: list[Refused], *, on: date) -> int | None:
    unit = places.organisation_by_code(code)
    if unit is None:
        wrong.append(Refused("unknown_unit", pgettext_lazy("cases", "Choose a unit from the list."), field="unit"))
        return None
    if not touches(unit.id, codes, on=on):
        message = pgettext_lazy("cases", "%(unit)s answers for none of these places, so no case may go there.")
        wrong.append(Refused("unit_elsewhere", message, field="unit", unit=unit.short_name))
    return unit.id
