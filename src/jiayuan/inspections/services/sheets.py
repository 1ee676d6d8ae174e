# SPDX-License-Identifier: Apache-2.0
"""Publishing versions of score sheets. Whatever was published stays as it is: scores rest on it."""

from csv import DictReader
from csv import reader as cells_of
from datetime import datetime
from pathlib import Path

from django.utils.translation import pgettext_lazy

from jiayuan.duties.queries import whole_city
from jiayuan.inspections import events
from jiayuan.inspections.access import May
from jiayuan.inspections.intake import points_from, sheet_from_table
from jiayuan.inspections.models import ScoreSheet, SheetGround, SheetItem, SheetModule, SheetVersion
from jiayuan.inspections.queries import sheet_of
from jiayuan.inspections.rules import Module, Sheet, differ, flaws
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.record.log import record
from jiayuan.standards import queries as standards


@command
def publish_sheet(
    *, code: str, title: str, sheet: Sheet, source: str, is_illustrative: bool = False, by: Actor, at: datetime
) -> SheetVersion:
    """The next version of a sheet, or its first; the newest one again where nothing changed."""
    require(by, May.EDIT_SHEETS, at=whole_city())
    if found := flaws(sheet):
        message = pgettext_lazy("inspections", "This sheet cannot be scored: %(flaw)s.")
        raise Refused("unsound_sheet", message, field="file", flaw=f"{found[0].code} {found[0].where}".strip())
    row, _ = ScoreSheet.objects.get_or_create(code=code, defaults={"title": title})
    row = ScoreSheet.objects.select_for_update(of=("self",)).get(pk=row.pk)
    latest = row.versions.order_by("-number").first()
    if latest is not None and latest.source == source and not differ(sheet_of(latest.pk), sheet):
        return latest
    version = SheetVersion.objects.create(
        sheet=row,
        number=(latest.number if latest else 0) + 1,
        source=source,
        bonus_cap=sheet.bonus_cap,
        is_illustrative=is_illustrative,
        published_at=at,
    )
    for place, module in enumerate(sheet.modules, 1):
        _write_module(version, place, module)
    published = events.ScoreSheetPublished(
        subject=row.ref, number=version.number, modules=len(sheet.modules), items=len(sheet.items)
    )
    record(published, by=by, at=at)
    return version


def _write_module(version: SheetVersion, place: int, module: Module) -> None:
    row = SheetModule.objects.create(
        version=version, place=place, key=module.key, title=module.title, weight=module.weight
    )
    for order, item in enumerate(module.items, 1):
        line = SheetItem.objects.create(
            module=row,
            place=order,
            key=item.key,
            title=item.title,
            full=item.full,
            cap=item.cap,
            may_be_absent=item.may_be_absent,
            is_bonus=item.is_bonus,
        )
        SheetGround.objects.bulk_create(
            SheetGround(
                item=line,
                place=number,
                key=ground.key,
                words=ground.words,
                effect=ground.effect,
                amount=ground.amount,
                unit=ground.unit,
                most=ground.most,
                choice=ground.choice,
                class_key=ground.class_key,
            )
            for number, ground in enumerate(item.grounds, 1)
        )


@command
def load_sheets(*, folder: Path, by: Actor, at: datetime) -> int:
    """Publish every sheet of a pack whose newest version says something else; how many.

    Refused as a whole when a line of a table is wrong: a pack is shipped, so somebody must mend it.
    """
    index = folder / "sheets.csv"
    if not index.is_file():
        return 0
    before = SheetVersion.objects.count()
    with index.open(encoding="utf-8", newline="") as lines:
        for row in DictReader(lines):
            _load(folder, row, by=by, at=at)
    return SheetVersion.objects.count() - before


def _load(folder: Path, row: dict[str, str], *, by: Actor, at: datetime) -> None:
    with (folder / f"{row['sheet']}.csv").open(encoding="utf-8", newline="") as lines:
        cells = list(enumerate(cells_of(lines), 1))
    read = sheet_from_table(cells, bonus_cap=points_from(row["bonus_cap"], field="bonus_cap"), kind=class_key)
    if read.wrong:
        message = pgettext_lazy("inspections", "%(sheet)s, line %(line)s: %(reason)s")
        first = read.wrong[0]
        raise Refused("pack_is_wrong", message, sheet=row["sheet"], line=first.line, reason=first.message)
    publish_sheet(
        code=row["sheet"],
        title=row["title"],
        sheet=read.sheet,
        source=row["source"],
        is_illustrative=row["illustrative"] == "1",
        by=by,
        at=at,
    )


def class_key(word: str) -> str | None:
    """The key of the class that is called so, or that has this key; None for what no scheme knows, or several do."""
    called = [one for one in standards.classes() if word in (str(one.key), one.name.zh_hans, one.name.zh_hant)]
    return str(called[0].key) if len(called) == 1 else None
