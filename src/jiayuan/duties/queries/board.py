# SPDX-License-Identifier: Apache-2.0
"""The departments' board: how each department stands with the whistles that called it. Never who whistled how often."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from jiayuan.duties.access import May
from jiayuan.duties.enums import UNIT_AT_WORK, UnitState
from jiayuan.duties.models import WhistleUnit
from jiayuan.duties.rules import median, span_from
from jiayuan.kernel.access import Actor, arms
from jiayuan.places import queries as places
from jiayuan.places.queries import Unit
from jiayuan.standards import queries as standards

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One department: what it has open and late now, how it signed on in the window, in minutes as its limits run."""

    unit: Unit
    open: int
    late: int
    signed: int
    signed_in_time: int
    median_minutes: int | None


def whistle_board(actor: Actor, *, since: datetime, now: datetime) -> tuple[BoardLine, ...]:
    """A line for every department that was called in the actor's area, in the order of organisations.

    What is open counts whenever it was called; signing on counts from ``since``.
    """
    reach = Q(pk__in=())
    for arm in arms(actor, May.SEE_BOARD):
        reach |= Q(**{f"whistle__{arm.column}": arm.value}) if arm.column else Q(pk__isnull=False)
    wanted = Q(state__in=UNIT_AT_WORK) | Q(called_at__gte=since)
    found = WhistleUnit.objects.filter(reach, wanted).exclude(state=UnitState.RELEASED)
    by_unit: dict[int, list[WhistleUnit]] = defaultdict(list)
    for row in found.order_by("id"):
        by_unit[row.organisation_id].append(row)
    lines = [_line(unit, by_unit[unit.id], since, now) for unit in places.organisations() if unit.id in by_unit]
    return tuple(sorted(lines, key=lambda line: line.unit.code))


def _line(unit: Unit, rows: Iterable[WhistleUnit], since: datetime, now: datetime) -> BoardLine:
    running = [row.due_at for row in rows if row.due_at is not None]
    signed = [(row, row.signed_at) for row in rows if row.signed_at is not None and row.called_at >= since]
    return BoardLine(
        unit=unit,
        open=len(running),
        late=sum(due < now for due in running),
        signed=len(signed),
        signed_in_time=sum(at <= row.sign_due_at for row, at in signed),
        median_minutes=median([_minutes(row, at) for row, at in signed]),
    )


def _minutes(row: WhistleUnit, signed_at: datetime) -> int:
    """From being called to signing on, in the time in which the limit runs: by the clock, or as worked."""
    kind = span_from(row.sign_limit).limit
    return standards.time_between(row.called_at, signed_at, kind) // _MINUTE
