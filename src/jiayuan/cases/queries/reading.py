# SPDX-License-Identifier: Apache-2.0
"""Reading cases: to-do lists live, one case, its timeline, and what a visitor may see of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from jiayuan.cases.access import May
from jiayuan.cases.enums import ENDED, State, V
from jiayuan.cases.events import HANDS, CaseAppealReviewed
from jiayuan.cases.lifecycle import LIFE, moves_from
from jiayuan.cases.models import Case, Contact, Text
from jiayuan.cases.queries.outsiders import kept_away
from jiayuan.cases.rules import Facts, Handling, may_check, obstacle
from jiayuan.cases.rules.life import RETURNS_FOR_A_MEETING, SECOND_STAGE
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Permission, Spot, arms, may
from jiayuan.kernel.handles import read_handle
from jiayuan.record.queries import Happened, happened_to
from jiayuan.standards import queries as standards

PAGE = 50
ROW_FIELDS = (
    "id",
    "handle",
    "state",
    "source",
    "village",
    "problem_class_id",
    "condition_id",
    "tile",
    "unit_id",
    "reported_at",
    "due_at",
    "fed_back_at",
    "ended_at",
    "in_time",
    "reworks",
    "returns",
    "urgent",
    "asking",
    "version",
    "quantity",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case as a line of a list: nothing that has to be looked up elsewhere, nothing about the reporter."""

    id: int
    handle: str
    state: State
    source: str
    village: str
    problem_class_id: int
    condition_id: int | None
    tile: str
    unit_id: int | None
    reported_at: datetime
    due_at: datetime | None
    fed_back_at: datetime | None
    ended_at: datetime | None
    in_time: bool | None
    reworks: int
    returns: int
    urgent: bool
    asking: str
    version: int
    quantity: int

    @property
    def spot(self) -> Spot:
        """Where the case stands for permission."""
        return Spot(code=self.village, unit_id=self.unit_id)


def cases_seen_by(actor: Actor) -> QuerySet[Case]:
    """The cases that exist for an actor; outside this set a case is not found, whatever its number."""
    found = arms(actor, May.SEE)
    if not found:
        return Case.objects.none()
    narrowed = Q()
    for arm in found:
        narrowed |= Q(**arm.lookup)
    return Case.objects.filter(narrowed)


def case_seen_by(actor: Actor, handle: str) -> Case | None:
    """One case inside the actor's reach, or None."""
    canonical = read_handle(handle)
    # The contact comes along, the case that came back as this one, and the row that became it: three queries fewer.
    # ``contact_of`` alone hands the contact out, and only to those who may know.
    whole = Case.objects.select_related("contact", "relapse_of", "clearing_row__list")
    case = whole.filter(handle=canonical).first() if canonical else None
    return case if case is not None and may(actor, May.SEE, at=case.spot) else None


def handle_of(case_id: int) -> str:
    """The receipt code of a case; empty when there is none. Whoever asks has asked for permission."""
    return Case.objects.filter(pk=case_id).values_list("handle", flat=True).first() or ""


def spot_of(case_id: int) -> Spot | None:
    """Where a case stands for permission, or None if there is no such case."""
    found = Case.objects.filter(pk=case_id).values_list("village", "unit_id").first()
    return Spot(code=found[0], unit_id=found[1]) if found else None


def cases_by_id(ids: Collection[int]) -> list[Case]:
    """The cases with these ids, for rooms above that hold them; whoever asks has asked for permission."""
    return list(Case.objects.filter(pk__in=ids).order_by("pk"))


def closed_cases(*, before: datetime) -> list[Case]:
    """The cases that were checked and closed before a moment, for rooms above; by unit and day of dispatch."""
    found = Case.objects.filter(state=State.CLOSED, ended_at__lt=before, forced=False, reopens=0)
    needed = ("handle", "state", "village", "problem_class_id", "unit_id", "dispatched_at", "fed_back_at", "ended_at")
    return list(found.only(*needed).order_by("unit_id", "dispatched_at", "pk"))


def rows_from(found: QuerySet[Case]) -> list[Row]:
    """The cases as lines of a list."""
    return [Row(**values) for values in found.values(*ROW_FIELDS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """A heap of the to-do list: what is to be done, and the cases that wait for it, most urgent first."""

    verb: str
    rows: tuple[Row, ...]
    more: bool


_HEAPS: tuple[tuple[str, Permission, tuple[State, ...]], ...] = (
    ("handle", May.HANDLE, (State.REWORK, State.DISPATCHED, State.HANDLING)),
    ("check", May.CHECK, (State.FED_BACK,)),
    ("triage", May.TRIAGE, (State.REPORTED, State.VERIFIED)),
    ("verify", May.VERIFY, (State.VERIFYING,)),
    ("dispatch", May.DISPATCH, (State.FILED,)),
    ("returned", May.APPROVE, (State.RETURNED,)),
)

_ASKED: tuple[tuple[str, Permission, tuple[str, ...]], ...] = (
    ("answer", May.APPROVE, ("extension", "shelving", "appeal", "reopening")),
    ("decide_appeal", May.DECIDE_APPEAL, (SECOND_STAGE,)),
)


def to_do(actor: Actor, *, size: int = 30) -> list[Heap]:
    """What waits for this actor, read live: one heap per kind of work, one query per grant."""
    heaps = []
    for verb, permission, states in _HEAPS:
        rows = _waiting(actor, permission, states, size)
        if rows:
            heaps.append(Heap(verb=verb, rows=tuple(rows[:size]), more=len(rows) > size))
    for verb, permission, kinds in _ASKED:
        if rows := _asked(actor, permission, kinds, size):
            heaps.append(Heap(verb=verb, rows=tuple(rows[:size]), more=len(rows) > size))
    return heaps


def _asked(actor: Actor, permission: Permission, kinds: Sequence[str], size: int) -> list[Row]:
    """The cases in which somebody waits for an answer, the longest waiting first."""
    wanted = Q()
    for kind in kinds:
        # Few rows wait at all, and an index holds just those.
        wanted |= Q(asking=kind) | Q(asking__startswith=f"{kind} ") | Q(asking__endswith=f" {kind}")
    found: dict[int, Row] = {}
    for arm in arms(actor, permission):
        cases = Case.objects.filter(**arm.lookup).exclude(asking="").exclude(unit_id__in=actor.unit_ids).filter(wanted)
        for row in rows_from(cases.order_by("moved_at", "id")[: size + 1]):
            found[row.id] = row
    return sorted(found.values(), key=lambda row: (row.reported_at, row.id))[: size + 1]


def for_the_meeting(actor: Actor, *, size: int = PAGE) -> list[Row]:
    """Cases returned three times or more: a matter for the joint meeting."""
    found: dict[int, Row] = {}
    for arm in arms(actor, May.APPROVE):
        cases = Case.objects.filter(**arm.lookup, state=State.RETURNED, returns__gte=RETURNS_FOR_A_MEETING)
        for row in rows_from(cases.order_by("reported_at", "id")[:size]):
            found[row.id] = row
    return sorted(found.values(), key=lambda row: (row.reported_at, row.id))[:size]


def _waiting(actor: Actor, permission: Permission, states: Sequence[State], size: int) -> list[Row]:
    found: dict[int, Row] = {}
    for arm in arms(actor, permission):
        cases = Case.objects.filter(**arm.lookup, state__in=states)
        if permission is May.CHECK:
            cases = cases.exclude(unit_id__in=actor.unit_ids).filter(_drawn_for(actor))
        if permission is May.APPROVE:
            cases = cases.exclude(returned_by_id__in=actor.unit_ids)
        for row in rows_from(cases.order_by("due_at", "reported_at", "id")[: size + 1]):
            found[row.id] = row
    # The order of the database, so that each arm's first rows are the first rows of all; a heap has due dates or none.
    return sorted(found.values(), key=lambda row: (row.due_at or row.reported_at, row.reported_at, row.id))[: size + 1]


def _drawn_for(actor: Actor) -> Q:
    """The checks that wait for this actor: drawn for them, or for nobody in particular."""
    nobody = Q(checker__isnull=True)
    return nobody if actor.person_id is None else nobody | Q(checker_id=actor.person_id)


def moves_of(actor: Actor, case: Case, history: Sequence[Happened], *, at: datetime) -> tuple[V, ...]:
    """The moves that this actor may make with this case now; buttons come from here."""
    known = facts_of(case, at, by=actor)
    hands = frozenset(item.person_id for item in history if item.event.KIND in HANDS and item.person_id)
    handling = Handling(unit_id=case.unit_id, person_ids=hands)
    free = actor.is_system or may_check(handling, unit_ids=actor.unit_ids, person_id=actor.person_id)
    return tuple(
        verb
        for verb in moves_from(State(case.state))
        if may(actor, LIFE[verb].by, at=case.spot)
        and (free or LIFE[verb].by is not May.CHECK)
        and (verb not in _BY_THE_DRAWN or waits_for(actor, case, hands, at=at))
        and (verb is not V.DECIDE_APPEAL or not _reviewed(actor, history))
        and not obstacle(verb, known)
    )


_BY_THE_DRAWN = (V.CLOSE, V.SEND_BACK)


def waits_for(actor: Actor, case: Case, hands: Collection[int], *, at: datetime) -> bool:
    """Whether the check waits for the actor: they were drawn, or nobody was left and the draw's rules let them."""
    if case.state != State.FED_BACK or actor.is_system:
        return case.state == State.FED_BACK
    if case.checker_id is not None:
        return case.checker_id == actor.person_id
    return may(actor, May.CHECK, at=case.spot) and actor.person_id not in kept_away(case, hands, on=clock.on(at))


def _reviewed(actor: Actor, history: Sequence[Happened]) -> bool:
    """Whether the actor answered in the first stage of the appeal; the second stage is somebody else's."""
    reviews = (item.person_id for item in history if item.event.KIND == CaseAppealReviewed.KIND)
    return actor.person_id is not None and actor.person_id in reviews


def is_of_its_unit(actor: Actor, case: Case) -> bool:
    """Whether the actor works, by any post, for the unit that has a case, or that returned it and waits."""
    return not actor.unit_ids.isdisjoint({case.unit_id, case.returned_by_id})


def facts_of(case: Case, at: datetime, *, by: Actor) -> Facts:
    """What the rules want to know of a case."""
    limit = standards.condition(case.condition_id).limit if case.condition_id is not None else None
    return Facts(
        state=State(case.state),
        at=at,
        asking=case.asked,
        must_verify=case.source in settings.VERIFY_FIRST,
        urgent=case.urgent,
        in_time=case.in_time,
        due_at=case.due_at,
        limit_kind=limit.kind if limit else None,
        limit_value=limit.value if limit else 0,
        extensions=case.extensions,
        shelvings=case.shelvings,
        appealed=case.appealed,
        own_unit=is_of_its_unit(by, case),
    )


def history_of(case: Case) -> list[Happened]:
    """Everything that happened to a case, oldest first."""
    return happened_to(case.ref)


def texts_of(case: Case) -> dict[int, Text]:
    """The texts of a case that are not erased, by id."""
    return {text.pk: text for text in Text.objects.filter(case=case).order_by("id")}


def contact_of(actor: Actor, case: Case) -> Contact | None:
    """How to reach the reporter, for those who may know; never for the unit that has the case, by whatever post."""
    if is_of_its_unit(actor, case) or not may(actor, May.SEE_REPORTER, at=case.spot):
        return None
    return getattr(case, "contact", None)


def is_ended(state: str) -> bool:
    """Whether nothing is left to do."""
    return state in ENDED
