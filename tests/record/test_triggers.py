# SPDX-License-Identifier: Apache-2.0
"""The database itself refuses to change the record, by whatever statement, and says when it could not."""

import pytest
from django.core import checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, models, transaction
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

from jiayuan.record import triggers
from jiayuan.record.models import StoredEvent
from tests.record.sweeping import sweep

CHANGES = [
    "UPDATE record_event SET payload = '{}' WHERE position = 1",
    "UPDATE record_event SET position = position + 1",
    "DELETE FROM record_event WHERE position = 1",
    "DELETE FROM record_event",
]
REPLACING = (
    'INSERT OR REPLACE INTO record_event SELECT position, kind, v, subject_kind, 99, at, "on", recorded_at, '
    "payload, secret_digest, leaf FROM record_event WHERE position = 1"
)
UPSERT = (
    'INSERT INTO record_event (position, kind, v, subject_kind, subject_id, at, "on", recorded_at, payload, '
    'secret_digest, leaf) SELECT position, kind, v, subject_kind, 99, at, "on", recorded_at, payload, secret_digest, '
    "leaf FROM record_event WHERE position = 1 ON CONFLICT (position) DO UPDATE SET subject_id = 99"
)


@pytest.fixture
def one_event(db: None) -> None:
    """One event in the record. Whatever a test does to the triggers is taken back with it."""
    sweep(1)


def refused(statement: str) -> None:
    before = list(StoredEvent.objects.order_by("position").values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(StoredEvent.objects.order_by("position").values()) == before


@pytest.mark.parametrize("statement", [*CHANGES, UPSERT])
def test_a_change_is_refused(one_event: None, statement: str) -> None:
    refused(statement)


def test_the_product_cannot_change_or_remove_an_event_either(one_event: None) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        StoredEvent.objects.update(kind="other")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        StoredEvent.objects.get().delete()

    assert StoredEvent.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
@pytest.mark.parametrize("statement", ["TRUNCATE record_event", "TRUNCATE record_event CASCADE"])
def test_emptying_the_table_is_refused(one_event: None, statement: str) -> None:
    refused(statement)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows no OR REPLACE")
def test_replacing_is_refused(one_event: None) -> None:
    refused(REPLACING)
    refused(REPLACING.replace("INSERT OR REPLACE", "REPLACE"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows no OR REPLACE")
def test_replacing_is_refused_on_a_connection_of_a_program_that_knows_no_pragma(one_event: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
    try:
        refused(REPLACING)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="pragmas are SQLite's")
@pytest.mark.django_db
def test_every_connection_of_ours_fires_triggers_in_triggers_and_keeps_foreign_keys() -> None:
    with connection.cursor() as cursor:
        for pragma in ("recursive_triggers", "foreign_keys"):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone() == (1,), pragma


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds tables")
def test_a_rebuilt_table_has_lost_its_triggers_and_the_next_migrate_brings_them_back(real_commits: None) -> None:
    sweep(1)
    wider = models.CharField(max_length=61)
    wider.set_attributes_from_name("kind")
    with connection.schema_editor() as editor:
        assert isinstance(editor, DatabaseSchemaEditor)
        editor._remake_table(StoredEvent, alter_fields=[(StoredEvent._meta.get_field("kind"), wider)])  # type: ignore[attr-defined]
    assert triggers.missing(connection) == sorted(triggers.expected(connection))

    call_command("migrate", verbosity=0, skip_checks=True)

    assert triggers.missing(connection) == []
    refused(CHANGES[0])
    assert StoredEvent.objects.count() == 1


def drop(name: str) -> None:
    on_table = f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table}")


@pytest.mark.parametrize("name", triggers.expected(connection))
def test_the_system_check_names_a_missing_trigger(one_event: None, name: str) -> None:
    drop(name)

    found = [message for message in checks.run_checks(databases=["default"]) if message.id == "record.E001"]

    assert [name in message.msg for message in found] == [True]


def test_the_system_check_is_content_when_all_stand(one_event: None) -> None:
    assert [one.id for one in checks.run_checks(databases=["default"]) if (one.id or "").startswith("record.")] == []


def test_the_way_out_that_the_system_check_names_works(one_event: None) -> None:
    name = next(iter(triggers.expected(connection)))
    drop(name)
    with pytest.raises(SystemCheckError, match="migrate --skip-checks"):
        call_command("check", databases=["default"])

    call_command("migrate", verbosity=0, skip_checks=True)

    call_command("check", databases=["default"])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot switch a trigger off")
@pytest.mark.parametrize("state", ["DISABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_a_trigger_that_is_switched_off_counts_as_missing(one_event: None, state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE record_event {state} record_event_no_change")

    assert triggers.missing(connection) == ["record_event_no_change"]


def test_installing_twice_changes_nothing(one_event: None) -> None:
    triggers.install(connection)
    triggers.install(connection)

    assert triggers.missing(connection) == []
