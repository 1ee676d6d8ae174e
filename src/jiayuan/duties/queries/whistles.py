# SPDX-License-Identifier: Apache-2.0
"""Reading whistles: one, pages of them by keyset, what waits for somebody, and what may be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from jiayuan.duties.access import May
from jiayuan.duties.enums import UNIT_AT_WORK, WHISTLE_OVER, U, UnitState, W, WhistleState
from jiayuan.duties.lifecycle import CALLED_UNIT, UNPRESSED, WHISTLE
from jiayuan.duties.models import Whistle, WhistleCase, WhistleText, WhistleUnit
from jiayuan.kernel.access import Actor, Arm, Permission, Spot, arms, may
from jiayuan.kernel.handles import read_handle
from jiayuan.record.queries import Happened, happened_to

WHISTLES_ON_A_PAGE = 50
MOST_WAITING = 100
MINE, RUNNING, OVER, ALL = "mine", "running", "over", "all"
GROUPS = (RUNNING, MINE, OVER, ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhistlePage:
    """One page of whistles, newest first, and the key from which the next one starts."""

    rows: tuple[Whistle, ...]
    next_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhistleHeap:
    """What waits for somebody: ``verb`` names the next move; a row is a whistle, or a called unit of one."""

    verb: str
    whistles: tuple[Whistle, ...] = ()
    units: tuple[WhistleUnit, ...] = ()


def _inside(arm: Arm) -> Q:
    """A reach over whistles: an area by its column, a unit by what it was ever called to."""
    if arm.column == "unit_id":
        called = WhistleUnit.objects.filter(whistle=OuterRef("pk"), organisation_id=arm.value)
        return Q(Exists(called))
    return Q(**arm.lookup) if arm.column else Q(pk__isnull=False)


def _reach(actor: Actor, permission: Permission) -> Q:
    reach = Q(pk__in=())
    for arm in arms(actor, permission):
        reach |= _inside(arm)
    return reach


def _whole() -> QuerySet[Whistle]:
    units = WhistleUnit.objects.select_related("organisation").order_by("-role", "id")
    return Whistle.objects.prefetch_related(Prefetch("units", queryset=units))


def whistle_seen_by(actor: Actor, handle: str) -> Whistle | None:
    """One whistle inside the actor's reach with its units, texts and cases, or None."""
    canonical = read_handle(handle)
    if canonical is None:
        return None
    texts = WhistleText.objects.order_by("id")
    cases = WhistleCase.objects.order_by("id")
    found = _whole().prefetch_related(Prefetch("texts", queryset=texts), Prefetch("cases", queryset=cases))
    return found.filter(_reach(actor, May.SEE_WHISTLES), handle=canonical).first()


def page_of_whistles(actor: Actor, *, group: str, after: str = "", size: int = WHISTLES_ON_A_PAGE) -> WhistlePage:
    """One page of the whistles in the actor's reach, newest first."""
    found = _whole().filter(_reach(actor, May.SEE_WHISTLES), _of_group(group, actor))
    key = _key_from(after)
    if key is not None:
        at, last_id = key
        found = found.filter(Q(applied_at__lt=at) | Q(applied_at=at, id__lt=last_id))
    lines = list(found.order_by("-applied_at", "-id")[: size + 1])
    shown = tuple(lines[:size])
    next_key = f"{shown[-1].applied_at.timestamp():.6f}_{shown[-1].pk}" if len(lines) > size else ""
    return WhistlePage(rows=shown, next_key=next_key)


def _of_group(group: str, actor: Actor) -> Q:
    if group == MINE:
        return Q(applicant_id=actor.person_id) if actor.person_id else Q(pk__in=())
    if group == RUNNING:
        return ~Q(state__in=WHISTLE_OVER)
    return Q(state__in=WHISTLE_OVER) if group == OVER else Q()


def _key_from(text: str) -> tuple[datetime, int] | None:
    from_text, _, row_id = text.partition("_")
    try:
        return (datetime.fromtimestamp(float(from_text), tz=UTC), int(row_id)) if text else None
    except (ValueError, OverflowError, OSError):
        return None


def moves_of_whistle(actor: Actor, whistle: Whistle) -> tuple[W, ...]:
    """The moves that this actor may make with the whistle now, in the order of the table."""
    state = WhistleState(whistle.state)
    return tuple(
        verb
        for verb, row in WHISTLE.items()
        if verb not in UNPRESSED and state in row.sources and may(actor, row.by, at=whistle.spot)
    )


def moves_of_unit(actor: Actor, whistle: Whistle, called: WhistleUnit) -> tuple[U, ...]:
    """The moves that this actor may make with a called unit now, in the order of the table."""
    if whistle.state != WhistleState.CALLED:
        return ()
    state, spot = UnitState(called.state), Spot(code=whistle.place, unit_id=called.organisation_id)
    return tuple(verb for verb, row in CALLED_UNIT.items() if state in row.sources and may(actor, row.by, at=spot))


def whistles_waiting(actor: Actor) -> tuple[WhistleHeap, ...]:
    """What waits for this actor, the most urgent first; heaps that are empty are left out."""
    heaps = [WhistleHeap(verb="answer", units=_to_answer(actor))]
    waits = ((May.TRIAGE_WHISTLE, WhistleState.TRIAGE), (May.REVIEW_WHISTLE, WhistleState.APPLIED))
    heaps += [WhistleHeap(verb=state.value, whistles=_waiting(actor, by, state)) for by, state in waits]
    heaps.append(WhistleHeap(verb="refusing", units=_refusing(actor)))
    heaps.append(WhistleHeap(verb="rate", whistles=_waiting(actor, May.WHISTLE, WhistleState.ANSWERED)))
    return tuple(heap for heap in heaps if heap.whistles or heap.units)


def _waiting(actor: Actor, permission: Permission, state: WhistleState) -> tuple[Whistle, ...]:
    if not arms(actor, permission):
        return ()
    found = Whistle.objects.filter(_reach(actor, permission), state=state)
    return tuple(found.order_by("moved_at", "id")[:MOST_WAITING])


def _to_answer(actor: Actor) -> tuple[WhistleUnit, ...]:
    mine = [arm.value for arm in arms(actor, May.ANSWER_WHISTLE) if arm.column == "unit_id"]
    if not mine:
        return ()
    found = WhistleUnit.objects.filter(organisation_id__in=mine, state__in=UNIT_AT_WORK)
    return tuple(found.select_related("whistle").order_by("due_at", "id")[:MOST_WAITING])


def _refusing(actor: Actor) -> tuple[WhistleUnit, ...]:
    reach = Q(pk__in=())
    for arm in arms(actor, May.TRIAGE_WHISTLE):
        reach |= Q(**{f"whistle__{arm.column}": arm.value}) if arm.column else Q(pk__isnull=False)
    if not arms(actor, May.TRIAGE_WHISTLE):
        return ()
    found = WhistleUnit.objects.filter(reach, state=UnitState.REFUSING)
    return tuple(found.select_related("whistle").order_by("whistle__moved_at", "id")[:MOST_WAITING])


def whistles_of_case(actor: Actor, handle: str) -> tuple[Whistle, ...]:
    """The whistles in the actor's reach to which a case belongs, oldest first."""
    if not arms(actor, May.SEE_WHISTLES):
        return ()
    named = Exists(WhistleCase.objects.filter(whistle=OuterRef("pk"), handle=handle))
    return tuple(Whistle.objects.filter(named, _reach(actor, May.SEE_WHISTLES)).order_by("id"))


def history_of_whistle(whistle: Whistle) -> Sequence[Happened]:
    """Everything that happened to a whistle, oldest first."""
    return happened_to(whistle.ref)
