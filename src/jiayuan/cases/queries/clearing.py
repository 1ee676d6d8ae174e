# SPDX-License-Identifier: Apache-2.0
"""Reading clearing lists: pages of lists by keyset, one list, what waits to be drawn, samples, and what counts."""

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from heapq import merge
from itertools import islice

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import Coalesce

from jiayuan.cases.access import May
from jiayuan.cases.enums import LIVE, WRITABLE, L, ListState, ListTextKind, RowState, Source
from jiayuan.cases.lifecycle.clearing import CLEARING, moves_of_list
from jiayuan.cases.models import (
    Case,
    ClearingCount,
    ClearingDraw,
    ClearingList,
    ClearingRow,
    ClearingSample,
    ClearingText,
)
from jiayuan.cases.rules.clearing import may_accept
from jiayuan.kernel.access import Actor, Arm, Permission, Spot, arms, may
from jiayuan.kernel.handles import read_handle
from jiayuan.record.queries import Happened, happened_to
from jiayuan.standards import queries as standards

LISTS_ON_A_PAGE = 50
MOST_LOTS = 200
_LIST_FIELDS = ("id", "handle", "state", "village", "week", "made_at", "handed_in_at", "sample_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A clearing list as a line: how many rows live on it, how many of them are cleared, and how much that is."""

    id: int
    handle: str
    state: ListState
    village: str
    week: str
    made_at: datetime
    handed_in_at: datetime | None
    sample_id: int | None
    rows: int
    cleared: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of lists and the key from which the next one starts."""

    rows: tuple[ListRow, ...]
    next_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What one village handed in in one week and nobody has drawn from yet."""

    village: str
    week: str
    lists: int
    rows: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSum:
    """How much villages cleared themselves of one task of a campaign, and of how many rows that is the sum."""

    task: standards.Task
    quantity: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A line behind a figure: a row of a list, what it is, how many, and on which day it began or ceased to count."""

    handle: str
    number: int
    village: str
    class_id: int
    on: date
    quantity: int


def list_seen_by(actor: Actor, handle: str) -> ClearingList | None:
    """One list inside the actor's reach, with the name of its team, or None."""
    canonical = read_handle(handle)
    team = _text(ClearingText.objects.filter(list=OuterRef("pk"), kind=ListTextKind.TEAM))
    found = ClearingList.objects.annotate(told_team=team).filter(handle=canonical).first() if canonical else None
    if found is None or not may(actor, May.SEE_CLEARING, at=found.spot):
        return None
    found.team = found.told_team
    return found


def _text(found: QuerySet[ClearingText]) -> Coalesce:
    """The first of some texts, empty where there is none or it was erased: one query fewer for a page."""
    return Coalesce(Subquery(found.order_by("id").values("body")[:1]), Value("", output_field=TextField()))


def page_of_lists(
    actor: Actor, *, states: Sequence[ListState] = (), after: str = "", size: int = LISTS_ON_A_PAGE
) -> ListPage:
    """One page of the lists in the actor's reach, newest first: one query per grant, one for the rows of all."""
    key = _key_from(after)
    found = [_arm_lists(arm, states, key, size) for arm in _area_arms(actor, May.SEE_CLEARING)]
    merged = merge(*found, key=lambda line: (line.made_at, line.pk), reverse=True)
    lines = list(islice(merged, size + 1))
    shown = lines[:size]
    next_key = f"{shown[-1].made_at.timestamp():.6f}_{shown[-1].pk}" if len(lines) > size else ""
    return ListPage(rows=_with_sums(shown), next_key=next_key)


def _area_arms(actor: Actor, permission: Permission) -> list[Arm]:
    """The arms of a reach over areas; a list is in no unit's hands."""
    return [arm for arm in arms(actor, permission) if arm.column != "unit_id"]


def _arm_lists(
    arm: Arm, states: Sequence[ListState], key: tuple[datetime, int] | None, size: int
) -> list[ClearingList]:
    found = ClearingList.objects.filter(**arm.lookup)
    if states:
        found = found.filter(state__in=states)
    if key is not None:
        made_at, last_id = key
        found = found.filter(Q(made_at__lt=made_at) | Q(made_at=made_at, id__lt=last_id))
    return list(found.order_by("-made_at", "-id").only(*_LIST_FIELDS)[: size + 1])


def _key_from(text: str) -> tuple[datetime, int] | None:
    from_text, _, row_id = text.partition("_")
    try:
        return (datetime.fromtimestamp(float(from_text), tz=UTC), int(row_id)) if text else None
    except (ValueError, OverflowError, OSError):
        return None


def _with_sums(lines: Sequence[ClearingList]) -> tuple[ListRow, ...]:
    """The lines with what their rows add up to, in one query for all of them."""
    rows = ClearingRow.objects.filter(list_id__in=[line.pk for line in lines], state__in=LIVE)
    waiting = Count("id", filter=Q(state=RowState.LISTED))
    sums = {
        list_id: (n, left, total)
        for list_id, n, left, total in rows.order_by("list_id")
        .values("list_id")
        .annotate(n=Count("id"), left=waiting, total=Sum("quantity"))
        .values_list("list_id", "n", "left", "total")
    }
    return tuple(_list_row(line, *sums.get(line.pk, (0, 0, 0))) for line in lines)


def _list_row(line: ClearingList, rows: int, waiting: int, quantity: int) -> ListRow:
    return ListRow(
        id=line.pk,
        handle=line.handle,
        state=ListState(line.state),
        village=line.village,
        week=line.week,
        made_at=line.made_at,
        handed_in_at=line.handed_in_at,
        sample_id=line.sample_id,
        rows=rows,
        cleared=rows - waiting,
        quantity=quantity,
    )


def lists_in_hand(actor: Actor, *, size: int = 30) -> tuple[ListRow, ...]:
    """What waits for a village on its own lists: begun, or opened again; newest first."""
    found: dict[int, ClearingList] = {}
    for arm in _area_arms(actor, May.LIST_CLEARING):
        for line in _arm_lists(arm, WRITABLE, None, size):
            found[line.pk] = line
    return _with_sums(list(found.values())[:size])


def lots_waiting(actor: Actor) -> tuple[Lot, ...]:
    """What waits to be drawn from in the actor's area, by village and week, the oldest week first."""
    found: dict[tuple[str, str], Lot] = {}
    for arm in _area_arms(actor, May.ACCEPT_CLEARING):
        waiting = ClearingRow.objects.filter(
            **{f"list__{column}": value for column, value in arm.lookup.items()},
            list__state=ListState.HANDED_IN,
            list__sample=None,
            state=RowState.CLEARED,
        )
        sums = waiting.values("list__village", "list__week").annotate(
            lists=Count("list", distinct=True), n=Count("id"), total=Sum("quantity")
        )
        for entry in sums.order_by("list__week", "list__village")[:MOST_LOTS]:
            key = (entry["list__week"], entry["list__village"])
            found[key] = Lot(
                village=key[1], week=key[0], lists=entry["lists"], rows=entry["n"], quantity=entry["total"]
            )
    return tuple(found[key] for key in sorted(found))


def samples_waiting(actor: Actor) -> tuple[ClearingSample, ...]:
    """The samples that were drawn in the actor's area and are not decided yet, oldest first."""
    found: dict[int, ClearingSample] = {}
    for arm in _area_arms(actor, May.ACCEPT_CLEARING):
        for sample in ClearingSample.objects.filter(**arm.lookup, decided_at=None).order_by("pk")[:MOST_LOTS]:
            found[sample.pk] = sample
    return tuple(found[key] for key in sorted(found))


def sample_seen_by(actor: Actor, sample_id: int) -> ClearingSample | None:
    """One sample inside the actor's reach, or None."""
    found = ClearingSample.objects.filter(pk=sample_id).first()
    return found if found is not None and may(actor, May.SEE_CLEARING, at=found.spot) else None


def draws_of(sample: ClearingSample) -> tuple[ClearingDraw, ...]:
    """The drawn rows of a sample with their lists, in the order of the draw."""
    place = _text(ClearingText.objects.filter(row=OuterRef("row"), kind=ListTextKind.PLACE))
    draws = ClearingDraw.objects.filter(sample=sample).annotate(told_place=place)
    found = tuple(draws.select_related("row__list", "row__case").order_by("place"))
    for draw in found:
        draw.row.place_text = draw.told_place
    return found


def latest_sample_of(found: ClearingList) -> ClearingSample | None:
    """The sample in which a list's rows were drawn latest, if any were."""
    drawn = ClearingDraw.objects.filter(row__list=found).select_related("sample").order_by("-sample_id").first()
    return drawn.sample if drawn is not None else None


def rows_of(found: ClearingList) -> tuple[ClearingRow, ...]:
    """The rows of a list by number with their places, the struck ones too, and the cases that some became."""
    place = _text(ClearingText.objects.filter(row=OuterRef("pk"), kind=ListTextKind.PLACE))
    rows = ClearingRow.objects.filter(list=found).annotate(told_place=place)
    read = tuple(rows.select_related("case").order_by("number"))
    for row in read:
        row.place_text = row.told_place
    return read


def history_of_list(found: ClearingList) -> list[Happened]:
    """Everything that happened to a list, oldest first."""
    return happened_to(found.ref)


def spot_of_row(row_id: int) -> tuple[Spot, bool] | None:
    """Where a row stands for permission, with the unit of the case that it became, and whether it became one."""
    columns = ("list__village", "case__unit_id", "case_id")
    found = ClearingRow.objects.filter(pk=row_id).values_list(*columns).first()
    return (Spot(code=found[0], unit_id=found[1]), found[2] is not None) if found else None


def row_behind(case: Case) -> ClearingRow | None:
    """The row of a clearing list that became this case, with its list, or None; ``case_seen_by`` has read it along."""
    return getattr(case, "clearing_row", None) if case.source == Source.SAMPLE else None


def moves_of_clearing(actor: Actor, found: ClearingList, rows: Sequence[ClearingRow]) -> frozenset[L]:
    """The moves that this actor may make with this list now; buttons come from here."""
    hands = {found.made_by_id, found.handed_in_by_id}
    hands |= {person for row in rows for person in (row.listed_by_id, row.cleared_by_id)}
    free = actor.is_system or may_accept({one for one in hands if one}, person_id=actor.person_id)
    return frozenset(
        verb
        for verb in moves_of_list(ListState(found.state))
        if may(actor, CLEARING[verb].by, at=found.spot) and (free or CLEARING[verb].by is not May.ACCEPT_CLEARING)
    )


def self_cleared(*, as_of: date, campaign: str, area: str = "") -> tuple[TaskSum, ...]:
    """What villages cleared themselves up to a day, by the tasks of a campaign; ``area`` narrows it by 6 to 12 digits.

    A task to which nothing counts yet is there with nought.
    """
    targets = standards.targets_of(campaign)
    sums: Tally[int] = Tally()
    rows: Tally[int] = Tally()
    for class_id, quantity, n in _summed(as_of, area):
        task = targets.get(class_id)
        if task is not None:
            sums[task.id] += quantity
            rows[task.id] += n
    return tuple(
        TaskSum(task=task, quantity=sums[task.id], rows=rows[task.id]) for task in standards.tasks_of(campaign)
    )


def _summed(as_of: date, area: str) -> list[tuple[int, int, int]]:
    """Class, quantity and rows of what counts up to a day."""
    rows = Count("id", filter=Q(quantity__gt=0)) - Count("id", filter=Q(quantity__lt=0))
    summed = (
        _counted(as_of, area)
        .order_by("problem_class_id")
        .values("problem_class_id")
        .annotate(total=Sum("quantity"), n=rows)
    )
    return list(summed.values_list("problem_class_id", "total", "n"))


def _counted(as_of: date, area: str) -> QuerySet[ClearingCount]:
    found = ClearingCount.objects.filter(on__lte=as_of)
    return found.filter(**{_AREA_COLUMN[len(area)]: area}) if area else found


_AREA_COLUMN = {6: "county", 9: "town", 12: "village"}


def behind_self_cleared(
    *, as_of: date, campaign: str, task: str, area: str = "", after: int = 0, size: int = 500
) -> tuple[Counted, ...]:
    """The lines whose sum is a figure of ``self_cleared``, oldest first; ``after`` is how many were read already."""
    classes = [class_id for class_id, target in standards.targets_of(campaign).items() if target.code == task]
    lines = _counted(as_of, area).filter(problem_class_id__in=classes).order_by("on", "id")
    columns = ("row__list__handle", "row__number", "village", "problem_class_id", "on", "quantity")
    return tuple(
        Counted(handle=handle, number=number, village=village, class_id=class_id, on=on, quantity=quantity)
        for handle, number, village, class_id, on, quantity in lines.values_list(*columns)[after : after + size]
    )
