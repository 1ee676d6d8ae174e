# SPDX-License-Identifier: Apache-2.0
"""Refuse every change of an event in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from jiayuan.record import triggers


def install(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers stand."""
    triggers.install(editor.connection)


class Migration(migrations.Migration):
    """Triggers, and the head row at position 0."""

    dependencies = [("record", "0001_events_head_counters")]

    operations = [
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.RunSQL("INSERT INTO record_head (id, position) VALUES (1, 0)", migrations.RunSQL.noop),
    ]
