# SPDX-License-Identifier: Apache-2.0
"""Divisions from a table, and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.places import rows, rules
from jiayuan.places.enums import Level
from jiayuan.places.events import DivisionLinksImported, DivisionsImported
from jiayuan.places.models import Division, DivisionLink
from jiayuan.places.rows import DivisionRow, Line, LinkRow
from jiayuan.places.services.upsert import (
    BATCH,
    Report,
    compared,
    read_or_refuse,
    refuse_doubles,
    require_import,
    told,
)

_FIELDS = tuple(field.name for field in fields(DivisionRow))


@command
def import_divisions(*, data: bytes, by: Actor, at: datetime) -> Report:
    """Add and change divisions from a table; refuses the whole table, line by line, if any line is wrong."""
    require_import(by)
    held = {division.code: division for division in Division.objects.all()}
    read = read_or_refuse(data, rows.DIVISIONS, lambda found: _check(found, known=held.keys()))
    wanted = {row.code: row for row in read}
    now = {code: DivisionRow(**{name: getattr(row, name) for name in _FIELDS}) for code, row in held.items()}
    plan = compared(now, wanted)
    Division.objects.bulk_create([Division(**_columns(wanted[code])) for code in plan.created], batch_size=BATCH)
    for code in plan.changed:
        for name, value in _columns(wanted[code]).items():
            setattr(held[code], name, value)
    Division.objects.bulk_update([held[code] for code in plan.changed], _FIELDS[1:], batch_size=BATCH)
    return told(plan.report, DivisionsImported, by=by, at=at)


def _columns(row: DivisionRow) -> dict[str, Any]:
    """The columns of a row; level and parent follow from the code."""
    written = {name: getattr(row, name) for name in _FIELDS}
    return {**written, "level": rules.level_of(row.code).value, "parent": rules.parent_of(row.code)}


def _check(found: Sequence[tuple[Line, DivisionRow]], *, known: Collection[str]) -> None:
    codes = [row.code for _, row in found]
    there = {*known, *codes}
    refuse_doubles(found, codes, field="code")
    for line, row in found:
        on_top = not row.code or rules.level_of(row.code) in (Level.PROVINCE, Level.CITY)
        if not on_top and rules.parent_of(row.code) not in there:
            line.wrong("code", pgettext_lazy("places", "The division above this one is neither here nor in the file."))


@command
def import_division_links(*, data: bytes, by: Actor, at: datetime) -> Report:
    """Add what became of divisions (renamed, recoded, merged, split) from a table; refuses unknown divisions."""
    require_import(by)
    ids = dict(Division.objects.values_list("code", "id"))

    def check(found: Sequence[tuple[Line, LinkRow]]) -> None:
        refuse_doubles(found, [(row.predecessor, row.successor, row.on) for _, row in found], field="successor")
        for line, row in found:
            for field in ("predecessor", "successor"):
                if getattr(row, field) not in ids:
                    line.wrong(field, pgettext_lazy("places", "This division is not known. Import divisions first."))

    wanted = {(row.predecessor, row.successor, row.on): row for row in read_or_refuse(data, rows.LINKS, check)}
    held = {
        (link.predecessor.code, link.successor.code, link.on): link
        for link in DivisionLink.objects.select_related("predecessor", "successor")
    }
    now = {
        key: LinkRow(predecessor=key[0], successor=key[1], change=link.change, on=key[2]) for key, link in held.items()
    }
    plan = compared(now, wanted)
    for key in plan.created:
        row = wanted[key]
        DivisionLink.objects.create(
            predecessor_id=ids[row.predecessor], successor_id=ids[row.successor], change=row.change, on=row.on
        )
    for key in plan.changed:
        held[key].change = wanted[key].change
    DivisionLink.objects.bulk_update([held[key] for key in plan.changed], ["change"], batch_size=BATCH)
    return told(plan.report, DivisionLinksImported, by=by, at=at)
