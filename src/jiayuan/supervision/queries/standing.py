# SPDX-License-Identifier: Apache-2.0
"""How items stand for balances, escalation and colours: rows as the pure rules want them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings

from jiayuan.kernel.errors import Refused
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind
from jiayuan.supervision.enums import Colour, ItemState, Pattern, Rung
from jiayuan.supervision.models import Item, Scheme
from jiayuan.supervision.rules.balance import Standing
from jiayuan.supervision.rules.colours import colour_of_state
from jiayuan.supervision.rules.escalation import Pressed, Span

_HOUR = timedelta(hours=1)


def standing_of(item: Item) -> Standing:
    """An item of an issued sheet as balances want it."""
    if item.due_at is None:
        raise ValueError("an item of a draft stands nowhere yet")
    return Standing(
        due_at=item.due_at,
        fed_back_at=item.fed_back_at,
        struck_at=item.struck_at,
        paused=item.paused_at is not None,
    )


def pressed_of(item: Item) -> Pressed:
    """An item of an issued sheet as escalation wants it; its pauses and levels are read along."""
    if item.due_at is None or item.rung_since is None:
        raise ValueError("an item of a draft presses nobody yet")
    return Pressed(
        rung=item.rung,
        since=item.rung_since,
        due_at=item.due_at,
        pressed=frozenset(one.to_rung for one in item.escalations.all()),
        pauses=tuple(Span(from_at=one.from_at, until_at=one.until_at) for one in item.pauses.all()),
        with_unit=item.state == ItemState.OPEN,
    )


def waits() -> Mapping[str, timedelta]:
    """How much working time each level has before the next one takes over."""
    return {rung: settings.ESCALATION_HOURS[rung] * _HOUR for rung in Rung.values}


def worked(start: datetime, end: datetime) -> timedelta:
    """The working time between two moments; refused where the calendar does not reach one of them."""
    return standards.worked_between(start, end)


def pattern_of(campaign: str) -> Pattern | None:
    """What colours mean in a campaign; None while nobody has chosen."""
    found = Scheme.objects.filter(campaign=campaign).values_list("pattern", flat=True).first()
    return Pattern(found) if found else None


def colours_of(items: Iterable[Item], *, now: datetime) -> dict[int, Colour]:
    """The colour of each item where colours say how it stands."""
    soon = _soon(now)
    return {
        item.pk: Colour(colour_of_state(standing_of(item), refusals=item.refusals, now=now, soon=soon))
        for item in items
        if item.due_at is not None and item.state != ItemState.VOID
    }


def _soon(now: datetime) -> timedelta:
    """How near a deadline turns blue: so many working hours ahead, as the clock has them now."""
    limit = standards.Limit(kind=LimitKind.WORKING_HOURS, value=settings.DUE_SOON_HOURS)
    try:
        return standards.deadline_for(start=now, limit=limit).at - now
    except Refused:
        # The calendar ends within these hours: a page must not fail over a colour.
        return settings.DUE_SOON_HOURS * _HOUR
