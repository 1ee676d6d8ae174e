# SPDX-License-Identifier: Apache-2.0
"""Triggers that keep the record append-only, on both engines, with no switch for the product to turn them off.

SQLite drops triggers silently when a migration rebuilds a table, so they are installed again after every migrate, and
a system check lists them.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "record_event"
_SQLITE = {
    f"{TABLE}_no_{verb.lower()}": (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
    )
    for verb in ("UPDATE", "DELETE")
} | {
    # INSERT OR REPLACE deletes without firing DELETE triggers on any connection that did not ask for it by a pragma:
    # ours do, another program's may not.
    f"{TABLE}_no_replace": (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_replace BEFORE INSERT ON {TABLE} "  # noqa: S608 – our own table's name
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE position = NEW.position) "
        "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
    )
}
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the record is append-only'; END $$"
)
_POSTGRESQL = {
    f"{TABLE}_no_change": f"CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION record_refuse()",
    f"{TABLE}_no_truncate": f"CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION record_refuse()",
}


def expected(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers that must stand on this engine, by name, with the statement that makes each."""
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger stand; harmless when they already do, and when the table is not there yet."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for statement in expected(connection).values():
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that should stand and do not."""
    if TABLE not in connection.introspection.table_names():
        return []
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [TABLE])
        standing = {row[0] for row in cursor.fetchall()}
    return sorted(set(expected(connection)) - standing)
