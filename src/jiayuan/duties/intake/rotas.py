# SPDX-License-Identifier: Apache-2.0
"""Words → typed rotas and turns, or refusals beside what is wrong. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import pgettext_lazy

from jiayuan.duties.intake.frontages import read_by_all
from jiayuan.duties.intake.lists import Gathering, day_of
from jiayuan.duties.intake.zones import HolderFinders, one_of_three
from jiayuan.duties.rules import bits_of, monday_of
from jiayuan.kernel.errors import Refused

MOST_WEEKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaInput:
    """A rota of a zone: what is to be done, whether holidays are left out, from when."""

    zone_id: int
    name: str
    what: str
    skips_holidays: bool
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnInput:
    """Who takes turns, every so many weeks on which days of the week; exactly one of unit, person and name."""

    organisation_id: int | None
    person_id: int | None
    named: str
    every: int
    weekdays: int
    starts_on: date
    ends_on: date | None


def rota_from(raw: Mapping[str, str], *, zone: Callable[[str], int]) -> RotaInput:
    """A rota, or all that is wrong with it."""
    gathering = Gathering()
    take = gathering.take
    found = RotaInput(
        zone_id=take(lambda: zone(raw.get("zone", "").strip()), 0),
        name=take(lambda: read_by_all(raw, "name", 60), ""),
        what=take(lambda: read_by_all(raw, "what", 200), ""),
        skips_holidays=raw.get("skips_holidays", "") in ("on", "1"),
        starts_on=take(lambda: day_of(raw, "starts_on"), date.min),
    )
    gathering.finish()
    return found


def turn_from(raw: Mapping[str, str], *, finders: HolderFinders) -> TurnInput:
    """A turn, or all that is wrong with it. ``weekdays`` are figures from 1 to 7 with commas between them."""
    gathering = Gathering()
    take = gathering.take
    organisation_id, person_id, named = one_of_three(raw, gathering, finders)
    if named:
        take(lambda: read_by_all(raw, "named", 60), "")
    found = TurnInput(
        organisation_id=organisation_id,
        person_id=person_id,
        named=named,
        every=take(lambda: _every(raw.get("every", "")), 1),
        weekdays=take(lambda: _weekdays(raw.get("weekdays", "")), 1),
        starts_on=take(lambda: day_of(raw, "starts_on"), date.min),
        ends_on=take(lambda: day_of(raw, "ends_on") if raw.get("ends_on", "").strip() else None, None),
    )
    gathering.check_span(found.starts_on, found.ends_on)
    gathering.finish()
    return found


def go_from(text: str) -> tuple[int, date]:
    """Which turn in which week a button means: its number, a dot, the Monday. Anything else is no turn."""
    number, _dot, week = text.partition(".")
    try:
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise ValueError(text)
        on = date.fromisoformat(week)
        # At the ends of the calendar there is no whole week around a day.
        if not date.min.year < on.year < date.max.year:
            raise ValueError(text)
        return int(number), monday_of(on)
    except ValueError:
        raise Refused("no_go", pgettext_lazy("duties", "There is no such turn.")) from None


def _every(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:3]) <= MOST_WEEKS:
        return int(text)
    message = pgettext_lazy("duties", "Between one and %(most)s weeks.")
    raise Refused("every", message, field="every", most=MOST_WEEKS)


def _weekdays(text: str) -> int:
    days = [word.strip() for word in text.split(",") if word.strip()]
    if not days or any(day not in "1234567" or len(day) != 1 for day in days):
        raise Refused("weekdays", pgettext_lazy("duties", "Tick at least one day of the week."), field="weekdays")
    return bits_of(map(int, days))
