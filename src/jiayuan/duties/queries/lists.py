# SPDX-License-Identifier: Apache-2.0
"""Asking who answers for what. Published lists are answered from memory; drafts are read when somebody opens them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiayuan.duties import kept, models
from jiayuan.duties.access import May
from jiayuan.duties.enums import Kind, Part, Standing
from jiayuan.duties.events import DutyListPublished
from jiayuan.duties.kept import VersionView
from jiayuan.duties.rules import Difference, Entry, differences
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.places import queries as places
from jiayuan.places.enums import OrganisationKind
from jiayuan.places.queries import Unit
from jiayuan.record.events import Code
from jiayuan.record.queries import happened_to

_NO_CITY = "000000000000"
_OF_TOWNS = (OrganisationKind.TOWN_OFFICE, OrganisationKind.WORK_BUREAU, OrganisationKind.VILLAGE_COMMITTEE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """An entry with the version in which it stands."""

    version: VersionView
    entry: Entry

    @property
    def code(self) -> Code:
        """What names the entry for ever, also after later versions say something else under its key."""
        return Code(f"{self.version.document}:{self.version.number}:{self.entry.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document with all its versions, the newest first."""

    code: str
    kind: Kind
    title: str
    versions: tuple[VersionView, ...]


def whole_city() -> Spot:
    """Where lists stand for permission: they are one for the whole city."""
    city = places.city()
    return Spot(code=city.code if city else _NO_CITY)


def may_edit(actor: Actor) -> bool:
    """Whether a person may draft and publish; a district's post is not enough."""
    return may(actor, May.EDIT_LIST, at=whole_city())


def in_force(on: date) -> tuple[VersionView, ...]:
    """The version of each document that holds on a day; responsibility lists first."""
    found = (in_force_of(code, on) for code in kept.published())
    return tuple(view for view in found if view is not None)


def in_force_of(document: str, on: date) -> VersionView | None:
    """The version of a document that holds on a day."""
    begun = [view for view in kept.published().get(document, ()) if view.valid_from and view.valid_from <= on]
    return begun[-1] if begun else None


def published_of(document: str) -> tuple[VersionView, ...]:
    """Every published version of a document, the earliest first."""
    return kept.published().get(document, ())


def entries_for(class_key: str, on: date) -> tuple[Cited, ...]:
    """The entries in force that cover a class, those that were taken back from the towns first."""
    found = [
        Cited(version=version, entry=entry)
        for view in in_force(on)
        for version, entry in kept.covering(class_key, view)
    ]
    return tuple(sorted(found, key=lambda cited: not cited.entry.is_taken_back))


def taken_back(class_key: str, on: date) -> Cited | None:
    """The entry by which a department took a class back from the towns; None where they may be given it."""
    found = entries_for(class_key, on)
    return found[0] if found and found[0].entry.part == Part.TAKEN_BACK else None


def is_of_a_town(unit: Unit) -> bool:
    """Whether a unit belongs to a town or sub-district, or does the work of one."""
    return unit.kind in _OF_TOWNS


def lead_of(entry: Entry) -> Unit | None:
    """The organisation that leads; None where whoever governs the place does."""
    return places.organisation_by_code(entry.lead) if entry.lead else None


def cited(code: str) -> Cited | None:
    """The entry that a code names, in the version that was in force when it was cited."""
    document, _, rest = code.partition(":")
    number, _, key = rest.partition(":")
    for view in kept.published().get(document, ()):
        if str(view.number) == number:
            entry = view.entry(key)
            return Cited(version=view, entry=entry) if entry is not None else None
    return None


def documents() -> list[DocumentView]:
    """Every document with its versions, drafts too."""
    rows = models.Document.objects.prefetch_related("versions__entries").order_by("kind", "code", "id")
    return [
        DocumentView(
            code=row.code,
            kind=Kind(row.kind),
            title=row.title,
            versions=tuple(
                kept.view_of(version, version.entries.all())
                for version in sorted(row.versions.all(), key=lambda version: -version.number)
            ),
        )
        for row in rows
    ]


def version_of(document: str, number: int) -> VersionView | None:
    """One version, a draft too."""
    row = models.Version.objects.select_related("document").filter(document__code=document, number=number).first()
    return kept.view_of(row, row.entries.order_by("id")) if row else None


def draft_of(document: str) -> VersionView | None:
    """The draft of a document, if one is being written."""
    rows = models.Version.objects.select_related("document").filter(document__code=document, standing=Standing.DRAFT)
    row = rows.first()
    return kept.view_of(row, row.entries.order_by("id")) if row else None


def changes_between(before: VersionView | None, after: Sequence[Entry]) -> list[Difference]:
    """What entries say otherwise than a version does; all of them are new where there is none."""
    return differences(before.entries if before else (), after)


def publishers_of(document: str) -> dict[int, int | None]:
    """Who published each version of a document, by its number."""
    row = models.Document.objects.filter(code=document).first()
    happened = happened_to(row.ref) if row else ()
    return {item.event.number: item.person_id for item in happened if isinstance(item.event, DutyListPublished)}
