# SPDX-License-Identifier: Apache-2.0
"""What this process remembers of published lists, and how it notices that another one was published.

A process looks at one stamp at most every few seconds, and reads the lists again when it is another one, so that no
page costs a query for who answers for what.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic

from jiayuan.duties import models
from jiayuan.duties.enums import Force, Kind, Standing
from jiayuan.duties.rules import Entry, in_order

STALE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A version as other rooms and pages see it, with its entries in the order of their keys."""

    id: int
    document: str
    kind: Kind
    title: str
    number: int
    standing: Standing
    revision: int
    source: str
    source_number: str
    issuer: str
    issued_on: date | None
    valid_from: date | None
    made_at: datetime
    published_at: datetime | None
    is_illustrative: bool
    entries: tuple[Entry, ...]

    def entry(self, key: str) -> Entry | None:
        """The entry with a key."""
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass(slots=True)
class _Kept:
    """The published versions as last read, by their document; the stamp under which, and when it was looked at."""

    token: str | None = None
    seen: float | None = None
    lists: Mapping[str, tuple[VersionView, ...]] = field(default_factory=dict)
    covering: dict[tuple[str, int], tuple[tuple[VersionView, Entry], ...]] = field(default_factory=dict)


_kept = _Kept()


def forget() -> None:
    """Drop this process's copy; the next question reads the lists again. Called after every publication."""
    _kept.token, _kept.seen = None, None
    _kept.lists, _kept.covering = {}, {}


def published() -> Mapping[str, tuple[VersionView, ...]]:
    """Every published version by the code of its document, the earliest first."""
    now = monotonic()
    if _kept.seen is None or now - _kept.seen >= STALE_SECONDS:
        token = models.Stamp.objects.filter(pk=1).values_list("token", flat=True).first() or ""
        if token != _kept.token:
            # Without a stamp nothing was ever published: not even the lists are asked for.
            _kept.lists, _kept.covering = (_read() if token else {}), {}
            _kept.token = token
        _kept.seen = now
    return _kept.lists


def covering(class_key: str, version: VersionView) -> tuple[tuple[VersionView, Entry], ...]:
    """The entries of a version that cover a class, found once."""
    asked = (class_key, version.id)
    if asked not in _kept.covering:
        _kept.covering[asked] = tuple((version, entry) for entry in version.entries if class_key in entry.classes)
    return _kept.covering[asked]


def _read() -> dict[str, tuple[VersionView, ...]]:
    rows = models.Version.objects.filter(standing=Standing.PUBLISHED).select_related("document")
    found: dict[str, list[VersionView]] = defaultdict(list)
    for row in rows.prefetch_related("entries").order_by("document__kind", "document__code", "valid_from", "id"):
        found[row.document.code].append(view_of(row, row.entries.all()))
    return {code: tuple(views) for code, views in found.items()}


def view_of(row: models.Version, entries: Iterable[models.DutyEntry]) -> VersionView:
    """A version with its entries as plain values."""
    return VersionView(
        id=row.pk,
        document=row.document.code,
        kind=Kind(row.document.kind),
        title=row.document.title,
        number=row.number,
        standing=Standing(row.standing),
        revision=row.revision,
        source=row.source,
        source_number=row.source_number,
        issuer=row.issuer,
        issued_on=row.issued_on,
        valid_from=row.valid_from,
        made_at=row.made_at,
        published_at=row.published_at,
        is_illustrative=row.is_illustrative,
        entries=tuple(in_order([entry_of(entry) for entry in entries])),
    )


def entry_of(row: models.DutyEntry) -> Entry:
    """A line as a plain value."""
    return Entry(
        key=row.key,
        group=row.group,
        task=row.task,
        part=row.part,
        lead=row.lead,
        cooperating=tuple(row.cooperating.split()),
        classes=tuple(row.classes.split()),
        department_does=row.department_does,
        town_does=row.town_does,
        clause=row.clause,
    )


def force_on(view: VersionView, on: date) -> Force:
    """How a version stands on a day, beside the other versions of its document."""
    if view.standing is Standing.DRAFT or view.valid_from is None:
        return Force.DRAFT
    if view.valid_from > on:
        return Force.COMING
    later = (
        one for one in published().get(view.document, ()) if one.valid_from and view.valid_from < one.valid_from <= on
    )
    return Force.SUPERSEDED if any(later) else Force.IN_FORCE
