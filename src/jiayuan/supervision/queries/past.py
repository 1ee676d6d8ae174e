# SPDX-License-Identifier: Apache-2.0
"""Which lists a season could have had: closed cases of one unit that were open on the same morning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from jiayuan.cases import queries as cases
from jiayuan.kernel import clock
from jiayuan.kernel.handles import seeded
from jiayuan.standards import queries as standards

FEWEST, MOST = 3, 8
MORNING = time(9, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A list of the past: to whom, when, and which cases of that unit were open then."""

    unit_id: int
    issued_at: datetime
    cases: tuple["cases.Case", ...]


def lists_of_the_past(*, until: datetime, wanted: int, seed: int) -> list[Past]:
    """So many lists that fit into the lives of closed cases, in the order in which they were issued.

    Every case was with its unit when its list was issued and was closed before ``until``; a case stands on one list.
    """
    rng = seeded(seed)
    found = [past for group in _groups(until) for past in _from(group, rng)]
    rng.shuffle(found)
    return sorted(found[:wanted], key=lambda past: (past.issued_at, past.unit_id))


def _groups(until: datetime) -> Iterator[list["cases.Case"]]:
    """The closed cases of each unit, in the order of their dispatch."""
    held: dict[int, list[cases.Case]] = {}
    for case in cases.closed_cases(before=until - timedelta(days=1)):
        if case.unit_id is not None and case.dispatched_at is not None and case.fed_back_at is not None:
            held.setdefault(case.unit_id, []).append(case)
    yield from (held[unit_id] for unit_id in sorted(held))


def _from(group: Sequence["cases.Case"], rng: Random) -> Iterator[Past]:
    """Lists over one unit: on some mornings, of what the unit had in hand then."""
    used: set[int] = set()
    days = sorted({clock.on(case.dispatched_at) for case in group if case.dispatched_at is not None})
    for day in days[::4]:
        issued_at = datetime.combine(day + timedelta(days=1), MORNING, clock.ZONE)
        if not standards.is_working_day(clock.on(issued_at)):
            continue
        open_then = [case for case in group if case.pk not in used and _was_open(case, issued_at)]
        if len(open_then) >= FEWEST:
            chosen = tuple(open_then[: rng.randint(FEWEST, MOST)])
            used.update(case.pk for case in chosen)
            yield Past(unit_id=chosen[0].unit_id or 0, issued_at=issued_at, cases=chosen)


def _was_open(case: "cases.Case", at: datetime) -> bool:
    if case.dispatched_at is None or case.fed_back_at is None:
        return False
    return case.dispatched_at < at < case.fed_back_at
