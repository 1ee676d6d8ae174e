# SPDX-License-Identifier: Apache-2.0
"""What all imports share: read or refuse, compare with what is there, tell the record, wake the other processes."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import uuid4

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import after_commit, command, savepoint
from jiayuan.places import queries
from jiayuan.places.access import May
from jiayuan.places.events import GROUND, Imported
from jiayuan.places.models import GroundVersion
from jiayuan.places.rows import Line, RowsRefused, Table, read_table
from jiayuan.record.log import record

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")
BATCH = 200
_WHOLE_CITY = Spot(code="000000000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did: rows added, changed, left as they were, and rows here that the file does not name."""

    created: int
    changed: int
    unchanged: int
    absent: int

    def __add__(self, other: "Report") -> "Report":
        """Both together."""
        return Report(
            created=self.created + other.created,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            absent=self.absent + other.absent,
        )


@dataclass(frozen=True, slots=True)
class Plan(Generic[K]):
    """Which rows an import adds and which it changes."""

    created: list[K]
    changed: list[K]
    report: Report


def compared(now: Mapping[K, V], wanted: Mapping[K, V]) -> Plan[K]:
    """What has to happen so that every wanted row is there as wanted; rows not wanted stay."""
    created = [key for key in wanted if key not in now]
    changed = [key for key, row in wanted.items() if key in now and now[key] != row]
    report = Report(
        created=len(created),
        changed=len(changed),
        unchanged=len(wanted) - len(created) - len(changed),
        absent=len(now.keys() - wanted.keys()),
    )
    return Plan(created, changed, report)


def read_or_refuse(data: bytes, table: Table[T], check: Callable[[Sequence[tuple[Line, T]]], None]) -> list[T]:
    """The rows of a table, or its refusal with everything that is wrong in it."""
    found, errors = read_table(data, table)
    check(found)
    if errors:
        raise RowsRefused(sorted(errors, key=lambda error: error.line))
    return [row for _, row in found]


def refuse_doubles(found: Sequence[tuple[Line, Any]], keys: Sequence[Hashable], *, field: str) -> None:
    """Note each line whose key an earlier line has already."""
    seen: set[Hashable] = set()
    for (line, _), key in zip(found, keys, strict=True):
        if key in seen:
            line.wrong(field, pgettext_lazy("places", "This stands twice in the file."))
        seen.add(key)


def require_import(by: Actor) -> None:
    """Refuse an actor who may not import for the whole city."""
    require(by, May.IMPORT_PLACES, at=_WHOLE_CITY)


def told(report: Report, kind: type[Imported], *, by: Actor, at: datetime) -> Report:
    """The report; an import that changed something is recorded and makes every process renew its copy."""
    if report.created or report.changed:
        GroundVersion.objects.update_or_create(id=1, defaults={"token": uuid4().hex})
        record(kind(subject=GROUND, created=report.created, changed=report.changed), by=by, at=at)
        queries.forget()
        after_commit(queries.forget)
    return report


class _Undo(Exception):
    """Ends a dry run."""


@command
def dry_run(*, of: Callable[..., Report], data: bytes, by: Actor, at: datetime) -> Report:
    """What an import would do: it is really done and taken back, so the answer is exact. Refuses as it would."""
    reports: list[Report] = []
    with suppress(_Undo), savepoint():
        reports.append(of(data=data, by=by, at=at))
        raise _Undo
    queries.forget()
    return reports[0]
