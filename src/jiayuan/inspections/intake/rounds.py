# SPDX-License-Identifier: Apache-2.0
"""Words → plans, their lines, rounds and exclusions, or refusals beside their fields. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from django.utils.dateparse import parse_date
from django.utils.translation import pgettext_lazy

from jiayuan.cases.intake import Gathering
from jiayuan.inspections.enums import Excluded, Manner, StrataBy, Weighting
from jiayuan.inspections.intake.sheets import points_from
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line

MOST_LISTED = 5_000
LONGEST_STRATUM = 40
C = TypeVar("C", bound=Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLineInput:
    """A matter of a plan."""

    key: str
    subject: str
    lead: str
    rounds: int
    per_place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInput:
    """The plan of a year."""

    year: int
    area: str
    title: str
    source_number: str
    adopted_on: date
    lines: tuple[PlanLineInput, ...]
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInput:
    """A round to be prepared; ``listed`` are places with their strata where the list says them."""

    line_id: int
    version_id: int
    title: str
    manner: Manner
    area: str
    strata_by: StrataBy
    per_stratum: int
    weighting: Weighting
    red_from: int | None
    black_below: int | None
    starts_on: date
    ends_on: date
    listed: tuple[tuple[str, str], ...] = ()
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionInput:
    """A place that takes no part, and why."""

    village: str
    reason: Excluded
    note: str


def _day(raw: Mapping[str, str], field: str) -> date:
    try:
        found = parse_date(raw.get(field, "").strip())
    except ValueError:
        found = None
    if found is None:
        raise Refused(f"missing_{field}", pgettext_lazy("inspections", "Choose a day."), field=field)
    return found


def _number(raw: Mapping[str, str], field: str, most: int, least: int = 1) -> int:
    said = raw.get(field, "").strip()
    if not (said.isascii() and said.isdigit() and len(said) < 6 and least <= int(said) <= most):
        message = pgettext_lazy("inspections", "A number from %(least)s to %(most)s.")
        raise Refused("number", message, field=field, least=least, most=most)
    return int(said)


def _choice(raw: Mapping[str, str], field: str, kinds: type[C]) -> C:
    try:
        return kinds(raw.get(field, ""))
    except ValueError:
        message = pgettext_lazy("inspections", "Choose one of these.")
        raise Refused(f"missing_{field}", message, field=field) from None


def plan_line_from(raw: Mapping[str, str]) -> PlanLineInput:
    """A line of a plan, or all that is wrong with it."""
    gathering = Gathering()

    def text(field: str, longest: int) -> str:
        return gathering.take(lambda: one_line(raw.get(field, ""), field=field, longest=longest, needed=True), "")

    found = PlanLineInput(
        key=text("key", 10),
        subject=text("subject", 200),
        lead=text("lead", 60),
        rounds=gathering.take(lambda: _number(raw, "rounds", 60), 1),
        per_place=gathering.take(lambda: _number(raw, "per_place", 60), 1),
    )
    gathering.finish()
    return found


def plan_from(raw: Mapping[str, str], *, area: str, lines: tuple[PlanLineInput, ...]) -> PlanInput:
    """The plan of a year, or all that is wrong with its head."""
    gathering = Gathering()

    def text(field: str, longest: int) -> str:
        return gathering.take(lambda: one_line(raw.get(field, ""), field=field, longest=longest, needed=True), "")

    found = PlanInput(
        year=gathering.take(lambda: _number(raw, "year", 2100, 2000), 2000),
        area=area,
        title=text("title", 120),
        source_number=text("source_number", 60),
        adopted_on=gathering.take(lambda: _day(raw, "adopted_on"), date.min),
        lines=lines,
        is_illustrative=raw.get("illustrative", "") in ("1", "on"),
    )
    gathering.finish()
    return found


def round_from(raw: Mapping[str, str], *, place: Callable[[str, str], str]) -> RoundInput:
    """A round to be prepared, or all that is wrong with it; ``place`` finds a place in words, named for its field."""
    gathering = Gathering()
    title = gathering.take(lambda: one_line(raw.get("title", ""), field="title", longest=120, needed=True), "")
    strata_by = gathering.take(lambda: _choice(raw, "strata_by", StrataBy), StrataBy.TOWN)
    found = RoundInput(
        line_id=gathering.take(lambda: _key(raw, "line"), 0),
        version_id=gathering.take(lambda: _key(raw, "version"), 0),
        title=title,
        manner=gathering.take(lambda: _choice(raw, "manner", Manner), Manner.OPEN),
        area=gathering.take(lambda: place(raw.get("area", ""), "area"), ""),
        strata_by=strata_by,
        per_stratum=gathering.take(lambda: _number(raw, "per_stratum", 999), 1),
        weighting=gathering.take(lambda: _choice(raw, "weighting", Weighting), Weighting.EQUAL),
        red_from=gathering.take(lambda: points_from(raw.get("red_from", ""), field="red_from"), 0) or None,
        black_below=gathering.take(lambda: points_from(raw.get("black_below", ""), field="black_below"), 0) or None,
        starts_on=gathering.take(lambda: _day(raw, "starts_on"), date.min),
        ends_on=gathering.take(lambda: _day(raw, "ends_on"), date.max),
        listed=gathering.take(lambda: _listed(raw, strata_by, place), ()),
        is_synthetic=raw.get("synthetic", "") in ("1", "on"),
    )
    if found.ends_on < found.starts_on:
        message = pgettext_lazy("inspections", "The last day lies before the first.")
        gathering.refusals.append(Refused("ends_before", message, field="ends_on"))
    if found.red_from and found.black_below and found.red_from < found.black_below:
        message = pgettext_lazy("inspections", "Red begins no lower than black ends.")
        gathering.refusals.append(Refused("red_below_black", message, field="red_from"))
    gathering.finish()
    return found


def _key(raw: Mapping[str, str], field: str) -> int:
    said = raw.get(field, "")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise Refused(f"missing_{field}", pgettext_lazy("inspections", "Choose one of these."), field=field)
    return int(said)


def _listed(
    raw: Mapping[str, str], strata_by: StrataBy, place: Callable[[str, str], str]
) -> tuple[tuple[str, str], ...]:
    """Places with their strata, one in a line: the place, then a tab, a comma or a semicolon, then the stratum."""
    if strata_by is not StrataBy.LISTED:
        return ()
    lines = [line.strip() for line in raw.get("listed", "").splitlines() if line.strip()]
    if not 0 < len(lines) <= MOST_LISTED:
        message = pgettext_lazy("inspections", "List between one and %(most)s places, one in a line with its stratum.")
        raise Refused("listed", message, field="listed", most=MOST_LISTED)
    found: dict[str, str] = {}
    for line in lines:
        for mark in "，；;,":
            line = line.replace(mark, "\t")
        code, _, stratum = line.partition("\t")
        found[place(code.strip(), "listed")] = one_line(
            stratum, field="listed", longest=LONGEST_STRATUM, needed=True
        ).removeprefix("# ")
    return tuple(found.items())


def exclusion_from(raw: Mapping[str, str], *, place: Callable[[str, str], str]) -> ExclusionInput:
    """A place that takes no part, or all that is wrong with saying so."""
    gathering = Gathering()
    found = ExclusionInput(
        village=gathering.take(lambda: place(raw.get("village", ""), "village"), ""),
        reason=gathering.take(lambda: _choice(raw, "reason", Excluded), Excluded.OTHER),
        note=gathering.take(lambda: one_line(raw.get("note", ""), field="note", longest=200), ""),
    )
    if found.reason is Excluded.OTHER and not found.note and not gathering.refusals:
        message = pgettext_lazy("inspections", "Write down why it takes no part.")
        gathering.refusals.append(Refused("missing_note", message, field="note"))
    gathering.finish()
    return found
