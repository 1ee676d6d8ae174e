# SPDX-License-Identifier: Apache-2.0
"""Registers the room with Django, connects it to the kernel and keeps its triggers standing after every migrate."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate
from typing_extensions import override


class RecordConfig(AppConfig):
    """The room record."""

    name = "jiayuan.record"
    label = "record"

    @override
    def ready(self) -> None:
        """Connect the flush; a rebuilt SQLite table loses its triggers, so they are renewed after each migrate."""
        from jiayuan.record import log

        log.connect()
        post_migrate.connect(_renew_triggers, dispatch_uid="jiayuan.record.triggers")
        checks.register(_check_triggers, checks.Tags.database)


def _renew_triggers(using: str = "default", **_facts: Any) -> None:
    from jiayuan.record import triggers

    if using == "default":
        triggers.install(connections[using])


def _check_triggers(databases: Sequence[str] | None = None, **_facts: Any) -> list[checks.CheckMessage]:
    """An error for each trigger that is missing: without it the record could be rewritten unseen."""
    from jiayuan.record import triggers

    names = triggers.missing(connections["default"]) if databases and "default" in databases else []
    hint = "Run ./jiayuan manage migrate --skip-checks; it installs them again."
    return [checks.Error(f"The record's trigger {name} is missing.", hint=hint, id="record.E001") for name in names]
