# SPDX-License-Identifier: Apache-2.0
"""What this process remembers of the tables, and how it notices that they changed.

Every write renews one stamp. A process looks at the stamp at most every few seconds and reads the tables again when it
is another one, so a page costs no query for classes, tiles, targets or the calendar.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Generic, TypeVar

from jiayuan.standards import models
from jiayuan.standards.book import (
    Campaign,
    ClassKey,
    Condition,
    Mapped,
    Phase,
    PhotoRule,
    ProblemClass,
    Sameness,
    Task,
    Tile,
    Words,
)
from jiayuan.standards.enums import Kind, LimitKind, Relation, Setting
from jiayuan.standards.rules.calendar import CalendarDay, WorkCalendar, hours_of
from jiayuan.standards.rules.deadlines import Limit
from jiayuan.standards.rules.plain_words import TileWord, WordTable

T = TypeVar("T")
STALE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything but the calendar."""

    classes: Mapping[int, ProblemClass]
    by_key: Mapping[ClassKey, ProblemClass]
    conditions: Mapping[int, Condition]
    conditions_of: Mapping[int, tuple[Condition, ...]]
    mapped: Mapping[int, Mapped]
    campaigns: Mapping[str, Campaign]
    targets: Mapping[str, Mapping[int, Task]]
    tiles: Mapping[str, Tile]
    words: WordTable


@dataclass(slots=True)
class _Keeper(Generic[T]):
    """One remembered value and the stamp under which it was read."""

    read: Callable[[], T]
    values: dict[str, T] = field(default_factory=dict)

    def value(self) -> T:
        token = _token()
        if token not in self.values:
            self.values = {token: self.read()}
        return self.values[token]


@dataclass(slots=True)
class _Stamp:
    """The stamp as last seen, and when."""

    token: str = ""
    seen: float | None = None


_stamp = _Stamp()


def _token() -> str:
    """The stamp of the tables, at most a few seconds old."""
    now = monotonic()
    if _stamp.seen is None or now - _stamp.seen >= STALE_SECONDS:
        _stamp.token = models.Stamp.objects.filter(pk=1).values_list("token", flat=True).first() or ""
        _stamp.seen = now
    return _stamp.token


def forget() -> None:
    """Drop this process's copies; the next question reads the tables again. Called after every write."""
    _stamp.seen = None
    _book.values.clear()
    _calendar.values.clear()


def book() -> Book:
    """Classes, conditions, campaigns, targets and tiles."""
    return _book.value()


def calendar() -> WorkCalendar | None:
    """The work calendar; None before it is seeded."""
    return _calendar.value()


def _words(row: models.Named) -> Words:
    return Words(zh_hans=row.name, zh_hant=row.name_hant, en=row.name_en)


def _read_book() -> Book:
    classes = _read_classes()
    conditions = _read_conditions()
    tasks = _read_tasks()
    tiles = _read_tiles(classes)
    return Book(
        classes=classes,
        by_key={row.key: row for row in classes.values()},
        conditions=conditions,
        conditions_of=_grouped(row for row in conditions.values() if not row.is_retired),
        mapped=_read_mapped(classes),
        campaigns=_read_campaigns(tasks.values()),
        targets=_read_targets(tasks),
        tiles=tiles,
        words=_read_words(tiles),
    )


def _read_classes() -> dict[int, ProblemClass]:
    rows = models.ProblemClass.objects.select_related("scheme", "group").order_by("scheme__code", "kind", "code", "id")
    return {
        row.pk: ProblemClass(
            id=row.pk,
            key=ClassKey(row.scheme.code, Kind(row.kind), row.code),
            name=_words(row),
            group=_words(row.group),
            group_code=row.group.code,
            unit=row.unit,
            photos=PhotoRule(before=row.photos_before, after=row.photos_after),
            sameness=Sameness(within_m=row.same_within_m, within_days=row.same_within_days),
        )
        for row in rows
    }


def _read_conditions() -> dict[int, Condition]:
    return {
        row.pk: Condition(
            id=row.pk,
            class_id=row.problem_class_id,
            number=row.number,
            name=_words(row),
            limit=Limit(LimitKind(row.limit_kind), row.limit_value),
            closes_when=Words(zh_hans=row.closes_when, zh_hant=row.closes_when_hant, en=row.closes_when_en),
            source=row.source,
            is_retired=row.is_retired,
        )
        for row in models.FilingCondition.objects.order_by("problem_class_id", "number", "id")
    }


def _grouped(conditions: Iterable[Condition]) -> dict[int, tuple[Condition, ...]]:
    groups: dict[int, list[Condition]] = defaultdict(list)
    for row in conditions:
        groups[row.class_id].append(row)
    return {class_id: tuple(rows) for class_id, rows in groups.items()}


def _read_mapped(classes: Mapping[int, ProblemClass]) -> dict[int, Mapped]:
    rows = models.ClassMapping.objects.order_by("id")
    return {
        row.old_id: Mapped(
            new=classes[row.new_id] if row.new_id is not None else None, relation=Relation(row.relation), note=row.note
        )
        for row in rows
    }


def _read_tasks() -> dict[int, Task]:
    rows = models.Task.objects.select_related("task_set__phase__campaign").order_by("task_set_id", "id")
    return {
        row.pk: Task(
            id=row.pk,
            campaign=row.task_set.phase.campaign.code,
            phase=row.task_set.phase.code,
            task_set=row.task_set.code,
            setting=Setting(row.task_set.setting),
            code=row.code,
            name=_words(row),
            unit=row.unit,
        )
        for row in rows
    }


def _read_campaigns(tasks: Iterable[Task]) -> dict[str, Campaign]:
    all_tasks = tuple(tasks)
    rows = models.Campaign.objects.prefetch_related("phases").order_by("starts_on", "code")
    return {row.code: _campaign(row, tuple(task for task in all_tasks if task.campaign == row.code)) for row in rows}


def _campaign(row: models.Campaign, tasks: tuple[Task, ...]) -> Campaign:
    phases = sorted(row.phases.all(), key=lambda phase: (phase.starts_on, phase.code))
    return Campaign(
        id=row.pk,
        code=row.code,
        name=_words(row),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        phases=tuple(
            Phase(code=phase.code, name=_words(phase), starts_on=phase.starts_on, ends_on=phase.ends_on)
            for phase in phases
        ),
        tasks=tasks,
    )


def _read_targets(tasks: Mapping[int, Task]) -> dict[str, dict[int, Task]]:
    targets: dict[str, dict[int, Task]] = defaultdict(dict)
    for code, class_id, task_id in models.ClassTarget.objects.order_by("id").values_list(
        "campaign__code", "problem_class_id", "task_id"
    ):
        targets[code][class_id] = tasks[task_id]
    return dict(targets)


def _read_tiles(classes: Mapping[int, ProblemClass]) -> dict[str, Tile]:
    return {
        row.code: Tile(
            code=row.code,
            number=row.number,
            icon=row.icon,
            name=_words(row),
            rural_class=classes[row.rural_class_id],
            urban_class=classes[row.urban_class_id],
        )
        for row in models.Tile.objects.order_by("number", "id")
    }


def _read_words(tiles: Mapping[str, Tile]) -> WordTable:
    rows: Any = models.TileWord.objects.order_by("tile__number", "id").values_list("tile__code", "word", "weight")
    return WordTable(TileWord(tile, word, weight) for tile, word, weight in rows if tile in tiles)


def _read_calendar() -> WorkCalendar | None:
    days = [
        CalendarDay(on=on, is_working=is_working, reason=reason, source=source, provisional=provisional)
        for on, is_working, reason, source, provisional in models.WorkDay.objects.order_by("on").values_list(
            "on", "is_working", "reason", "source", "provisional"
        )
    ]
    hours = [hours_of(row.since, row.segments) for row in models.WorkHours.objects.order_by("since")]
    return WorkCalendar(days, hours) if days and hours else None


_book = _Keeper(_read_book)
_calendar = _Keeper(_read_calendar)
