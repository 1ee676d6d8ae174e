# SPDX-License-Identifier: Apache-2.0
"""What all writers share: comparing with what is there, and waking every process that remembers it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

from django.db.models import Model

from jiayuan.kernel.access import Spot
from jiayuan.kernel.commands import after_commit
from jiayuan.standards import kept
from jiayuan.standards.models import Stamp

M = TypeVar("M", bound=Model)
BATCH = 400
WHOLE_CITY = Spot(code="000000000000")


@dataclass(slots=True)
class Tally:
    """How many rows a command added, changed and took away."""

    created: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)


@dataclass(slots=True)
class Upsert:
    """Rows brought to what a file says, found again by their key; rows that the file does not name stay."""

    tally: Tally = field(default_factory=Tally)

    def __call__(self, wanted: Iterable[M], *, key: Sequence[str]) -> dict[tuple[Any, ...], M]:
        """Every row of the table by its key, after the wanted ones were added or changed."""
        rows = list(wanted)
        if not rows:
            return {}
        model = type(rows[0])
        columns = [item.attname for item in model._meta.concrete_fields if not item.primary_key]
        present = {_values(row, key): row for row in model._default_manager.order_by("pk")}
        created = [row for row in rows if _values(row, key) not in present]
        there = [(present[_values(row, key)], row) for row in rows if _values(row, key) in present]
        changed = [old for old, row in there if _is_updated(old, row, columns)]
        model._default_manager.bulk_create(created, batch_size=BATCH)
        if changed:
            model._default_manager.bulk_update(changed, _fields(model), batch_size=BATCH)
        self.tally.created += len(created)
        self.tally.changed += len(changed)
        return present | {_values(row, key): row for row in created}


def _fields(model: type[Model]) -> list[str]:
    return [item.name for item in model._meta.concrete_fields if not item.primary_key]


def _values(row: Model, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _is_updated(there: Model, wanted: Model, columns: Sequence[str]) -> bool:
    """Give the row that is there the wanted values; false when it has them already."""
    if _values(there, columns) == _values(wanted, columns):
        return False
    for name in columns:
        setattr(there, name, getattr(wanted, name))
    return True


def changed_now() -> None:
    """Let every process see that what it remembers is old: this one at once, the others within seconds."""
    Stamp.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})
    kept.forget()
    after_commit(kept.forget)
