# SPDX-License-Identifier: Apache-2.0
"""Organisations and their dated jurisdictions from tables."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.places import rows
from jiayuan.places.enums import JurisdictionRole
from jiayuan.places.events import JurisdictionsImported, OrganisationsImported
from jiayuan.places.models import Division, Jurisdiction, Organisation
from jiayuan.places.rows import JurisdictionRow, Line, OrganisationRow
from jiayuan.places.services.upsert import (
    BATCH,
    Report,
    compared,
    read_or_refuse,
    refuse_doubles,
    require_import,
    told,
)

_WRITTEN = ("name", "short_name", "kind", "uscc")
Key = tuple[str, str, str, date]


@command
def import_organisations(*, data: bytes, by: Actor, at: datetime) -> Report:
    """Add and change organisations from a table; refuses the whole table if any line is wrong."""
    require_import(by)
    held = {row.code: row for row in Organisation.objects.select_related("parent", "division")}
    now = {code: _row_of(row) for code, row in held.items()}
    divisions = dict(Division.objects.values_list("code", "id"))
    read = read_or_refuse(data, rows.ORGANISATIONS, lambda found: _check(found, now=now, divisions=divisions.keys()))
    wanted = {row.code: row for row in read}
    plan = compared(now, wanted)
    # Parents are keys, so all rows are there before the first parent is set.
    held |= {code: Organisation.objects.create(code=code) for code in plan.created}
    written = [held[code] for code in (*plan.created, *plan.changed)]
    for organisation in written:
        row = wanted[organisation.code]
        for name in _WRITTEN:
            setattr(organisation, name, getattr(row, name))
        organisation.division_id = divisions.get(row.division)
        organisation.parent = held[row.parent] if row.parent else None
    Organisation.objects.bulk_update(written, [*_WRITTEN, "division", "parent"], batch_size=BATCH)
    return told(plan.report, OrganisationsImported, by=by, at=at)


def _row_of(organisation: Organisation) -> OrganisationRow:
    return OrganisationRow(
        code=organisation.code,
        name=organisation.name,
        short_name=organisation.short_name,
        kind=organisation.kind,
        uscc=organisation.uscc,
        parent=organisation.parent.code if organisation.parent else "",
        division=organisation.division.code if organisation.division else "",
    )


def _check(
    found: Sequence[tuple[Line, OrganisationRow]],
    *,
    now: Mapping[str, OrganisationRow],
    divisions: Collection[str],
) -> None:
    codes = [row.code for _, row in found]
    refuse_doubles(found, codes, field="code")
    with_uscc = [(line, row) for line, row in found if row.uscc]
    refuse_doubles(with_uscc, [row.uscc for _, row in with_uscc], field="uscc")
    taken = {row.uscc for code, row in now.items() if row.uscc and code not in codes}
    above = {code: row.parent for code, row in now.items()} | {row.code: row.parent for _, row in found}
    for line, row in found:
        if row.uscc in taken:
            line.wrong("uscc", pgettext_lazy("places", "Another organisation has this credit code."))
        if row.division and row.division not in divisions:
            line.wrong("division", pgettext_lazy("places", "This division is not known. Import divisions first."))
        if row.parent and row.parent not in above:
            line.wrong("parent", pgettext_lazy("places", "This organisation is neither here nor in the file."))
        elif _runs_in_a_circle(row.code, above):
            line.wrong("parent", pgettext_lazy("places", "An organisation cannot stand above itself."))


def _runs_in_a_circle(code: str, above: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    parent = above.get(code, "")
    while parent and parent != code and parent not in seen:
        seen.add(parent)
        parent = above.get(parent, "")
    return bool(parent) and parent == code


@command
def import_jurisdictions(*, data: bytes, by: Actor, at: datetime) -> Report:
    """Add and change jurisdictions from a table; refuses two units that would report for one division at a time."""
    require_import(by)
    held = {_key(row): row for row in map(_jurisdiction_row, _held_jurisdictions())}
    organisations = dict(Organisation.objects.values_list("code", "id"))
    divisions = dict(Division.objects.values_list("code", "id"))

    def check(found: Sequence[tuple[Line, JurisdictionRow]]) -> None:
        refuse_doubles(found, [_key(row) for _, row in found], field="valid_from")
        for line, row in found:
            if row.organisation not in organisations:
                line.wrong("organisation", pgettext_lazy("places", "This organisation is not known."))
            if row.division not in divisions:
                line.wrong("division", pgettext_lazy("places", "This division is not known. Import divisions first."))
        _refuse_two_reporters(found, held)

    wanted = {_key(row): row for row in read_or_refuse(data, rows.JURISDICTIONS, check)}
    plan = compared(held, wanted)
    # Changes come first: they end spans that new rows take over.
    for key in (*plan.changed, *plan.created):
        row = wanted[key]
        Jurisdiction.objects.update_or_create(
            organisation_id=organisations[row.organisation],
            division_id=divisions[row.division],
            role=row.role,
            valid_from=row.valid_from,
            defaults={"valid_to": row.valid_to, "document": row.document},
        )
    return told(plan.report, JurisdictionsImported, by=by, at=at)


def _held_jurisdictions() -> Sequence[Jurisdiction]:
    return list(Jurisdiction.objects.select_related("organisation", "division").order_by("id"))


def _jurisdiction_row(held: Jurisdiction) -> JurisdictionRow:
    return JurisdictionRow(
        organisation=held.organisation.code,
        division=held.division.code,
        role=held.role,
        valid_from=held.valid_from,
        valid_to=held.valid_to,
        document=held.document,
    )


def _key(row: JurisdictionRow) -> Key:
    return row.organisation, row.division, row.role, row.valid_from


def _refuse_two_reporters(found: Sequence[tuple[Line, JurisdictionRow]], held: Mapping[Key, JurisdictionRow]) -> None:
    """Note each line whose unit would report for a division while another one does: figures would count it twice."""
    after = {**held, **{_key(row): row for _, row in found}}
    by_division: dict[str, list[JurisdictionRow]] = {}
    for row in after.values():
        if row.role == JurisdictionRole.REPORTS_FOR:
            by_division.setdefault(row.division, []).append(row)
    for line, row in found:
        others = [other for other in by_division.get(row.division, ()) if _key(other) != _key(row)]
        if row.role == JurisdictionRole.REPORTS_FOR and any(_overlap(row, other) for other in others):
            message = pgettext_lazy("places", "Another unit reports for this division then. End that span first.")
            line.wrong("valid_from", message)


def _overlap(one: JurisdictionRow, other: JurisdictionRow) -> bool:
    return one.valid_from < (other.valid_to or date.max) and other.valid_from < (one.valid_to or date.max)
