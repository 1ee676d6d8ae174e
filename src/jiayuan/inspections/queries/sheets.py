# SPDX-License-Identifier: Apache-2.0
"""Asking for score sheets as they were published. A version never changes, so a process reads each once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from jiayuan.inspections.enums import Effect, Unit
from jiayuan.inspections.models import SheetGround, SheetItem, SheetModule, SheetVersion
from jiayuan.inspections.rules import Ground, Item, Module, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A version of a sheet with what it says of itself; ``latest`` is the number of the newest version."""

    version_id: int
    code: str
    title: str
    number: int
    latest: int
    source: str
    is_illustrative: bool
    published_at: datetime


def sheets() -> list[SheetView]:
    """The newest version of every sheet, by title; one query."""
    rows = SheetVersion.objects.select_related("sheet").order_by("sheet__title", "sheet_id", "-number")
    newest: dict[int, SheetView] = {}
    for row in rows:
        newest.setdefault(row.sheet_id, _view(row, row.number))
    return list(newest.values())


def versions_of(code: str) -> list[SheetView]:
    """Every version of a sheet, the newest first; one query."""
    rows = list(SheetVersion.objects.select_related("sheet").filter(sheet__code=code).order_by("-number"))
    return [_view(row, rows[0].number) for row in rows]


def version_of(version_id: int) -> SheetView | None:
    """One version, or None."""
    row = SheetVersion.objects.select_related("sheet").filter(pk=version_id).first()
    return _view(row, row.number) if row else None


def _view(row: SheetVersion, latest: int) -> SheetView:
    return SheetView(
        version_id=row.pk,
        code=row.sheet.code,
        title=row.sheet.title,
        number=row.number,
        latest=latest,
        source=row.source,
        is_illustrative=row.is_illustrative,
        published_at=row.published_at,
    )


@lru_cache(maxsize=64)
def sheet_of(version_id: int) -> Sheet:
    """What a version asks, as it can be scored; three queries the first time."""
    bonus_cap = SheetVersion.objects.values_list("bonus_cap", flat=True).get(pk=version_id)
    grounds: dict[int, list[Ground]] = defaultdict(list)
    of_version = SheetGround.objects.filter(item__module__version_id=version_id)
    for ground in of_version.order_by("item_id", "place"):
        grounds[ground.item_id].append(_ground(ground))
    items: dict[int, list[Item]] = defaultdict(list)
    rows = SheetItem.objects.filter(module__version_id=version_id).select_related("module")
    for item in rows.order_by("module_id", "place"):
        items[item.module_id].append(_item(item, grounds[item.pk]))
    modules = SheetModule.objects.filter(version_id=version_id).order_by("place")
    return Sheet(
        modules=tuple(
            Module(key=row.key, title=row.title, weight=row.weight, items=tuple(items[row.pk])) for row in modules
        ),
        bonus_cap=bonus_cap,
    )


def _item(row: SheetItem, grounds: list[Ground]) -> Item:
    return Item(
        key=row.key,
        title=row.title,
        full=row.full,
        cap=row.cap,
        may_be_absent=row.may_be_absent,
        is_bonus=row.is_bonus,
        grounds=tuple(grounds),
    )


def _ground(row: SheetGround) -> Ground:
    return Ground(
        key=row.key,
        words=row.words,
        effect=Effect(row.effect),
        amount=row.amount,
        unit=Unit(row.unit),
        most=row.most,
        choice=row.choice,
        class_key=row.class_key,
    )
