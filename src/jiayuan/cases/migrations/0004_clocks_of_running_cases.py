# SPDX-License-Identifier: Apache-2.0
"""Cases that were running already get the clocks of the stages they are in, and a returned one the unit it came from.

A migration of its own: PostgreSQL does not change a table in the transaction that has just written to it.
"""

import json
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_IN_HAND = ("dispatched", "returned", "handling", "rework")
_SINCE = {"verifying": ("verify", "moved_at"), "filed": ("dispatch", "filed_at"), "fed_back": ("check", "fed_back_at")}
_READERS = ("clearing_notices", "residents", "routing", "deadlines")
"""Those that were added since the release before."""


def fill(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Read of each running case when its handling began and was to end; the other stages had no limit yet."""
    case, timer = apps.get_model("cases", "Case"), apps.get_model("cases", "Timer")
    for row in (
        case.objects.filter(state__in=(*_IN_HAND, *_SINCE)).select_related("condition").order_by("pk").iterator()
    ):
        if row.filed_at is not None:
            timer.objects.create(case=row, stage="whole", started_at=row.filed_at)
        if row.state in _SINCE:
            stage, since = _SINCE[row.state]
            timer.objects.create(case=row, stage=stage, started_at=getattr(row, since))
        elif row.state in _IN_HAND:
            _in_hand(apps, row)


def _in_hand(apps: StateApps, row: Any) -> None:
    """The handling clock as the last dispatch or sending back set it; of a returned case it stands still."""
    events = apps.get_model("record", "StoredEvent").objects.filter(subject_kind="case", subject_id=row.pk)
    told = events.filter(kind__in=("cases.dispatched", "cases.sent_back")).order_by("position").last()
    begun = json.loads(told.payload)
    is_returned = row.state == "returned"
    timer = apps.get_model("cases", "Timer").objects.create(
        case=row,
        stage="handle",
        unit_id=begun["unit_id"],
        limit_kind=row.condition.limit_kind,
        limit_value=row.condition.limit_value,
        started_at=told.at,
        due_at=begun["due_at"],
        is_provisional=begun["due_is_provisional"],
        paused_at=row.moved_at if is_returned else None,
    )
    if is_returned:
        apps.get_model("cases", "Pause").objects.create(timer=timer, reason="returned", from_at=row.moved_at)
        row.returned_by_id = begun["unit_id"]
        row.save(update_fields=["returned_by"])


def begin_reading(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """More is counted now, also of what happened before; but nobody is told of that again, and no rule acts on it."""
    cursors = apps.get_model("record", "Cursor").objects
    if cursors.filter(reader="counters").update(position=0):
        apps.get_model("record", "Counter").objects.all().delete()
        newest = apps.get_model("record", "Head").objects.get().position
        for reader in _READERS:
            cursors.get_or_create(reader=reader, defaults={"position": newest})


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_every_branch_of_a_case"),
        ("record", "0002_append_only_triggers"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(begin_reading, migrations.RunPython.noop),
    ]
