# SPDX-License-Identifier: Apache-2.0
"""Many rows at once: COPY on PostgreSQL, executemany on SQLite. For loaders alone; commands write through the ORM.

Rows come with their keys, taken from a block that ``reserve`` set aside, so that what refers to them can be made before
anything is stored and nobody who works meanwhile gets the same keys.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db import connection, models

Convert = Callable[[Any], Any]
_columns: dict[tuple[type[models.Model], str], tuple[str, Callable[[Any], tuple[Any, ...]], dict[int, Convert]]] = {}


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one table; every column is written, constraints and triggers hold as for any other insert."""
    if not rows:
        return
    model = type(rows[0])
    statement, values, converts = _prepared(model)
    plain = [_converted(values(row), converts) for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(statement) as copy:
                for row in plain:
                    copy.write_row(row)
        else:
            cursor.executemany(statement, plain)


def _converted(row: tuple[Any, ...], converts: dict[int, Convert]) -> list[Any]:
    out = list(row)
    for place, convert in converts.items():
        if out[place] is not None:
            out[place] = convert(out[place])
    return out


def _prepared(
    model: type[models.Model],
) -> tuple[str, Callable[[Any], tuple[Any, ...]], dict[int, Convert]]:
    """The statement for a table, how to read a row's values, and which of them the driver does not take as they are."""
    key = (model, connection.vendor)
    if key not in _columns:
        fields = list(model._meta.concrete_fields)
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        table = connection.ops.quote_name(model._meta.db_table)
        places = ", ".join(["%s"] * len(fields))
        statement = (
            f"COPY {table} ({names}) FROM STDIN"
            if connection.vendor == "postgresql"
            else f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 – our own names
        )
        converts = {place: found for place, field in enumerate(fields) if (found := _convert(field)) is not None}
        _columns[key] = (statement, attrgetter(*[field.attname for field in fields]), converts)
    return _columns[key]


def _convert(field: "models.Field[Any, Any]") -> Convert | None:
    if isinstance(field, models.CharField | models.TextField):
        # Stored codes are enums; a driver would write the name of one instead of its value.
        return str
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return lambda value: value.isoformat()
    return (lambda value: value.hex) if isinstance(field, models.UUIDField) else None


def _moment(value: datetime) -> str:
    """A moment as Django keeps it in SQLite: UTC, without saying so."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def reserve(labels: Iterable[str], n: int) -> int:
    """Set a block of n keys aside in every table of some rooms; the number before its first. Once, before loading.

    Sequences of PostgreSQL stand outside transactions: a load that begins anew leaves a gap, which harms nobody.
    """
    tables = [
        model._meta.db_table
        for label in labels
        for model in apps.get_app_config(label).get_models()
        if isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
    ]
    base = max((_newest(table) for table in tables), default=0)
    for table in tables:
        _move_on(table, base + n)
    return base


def _newest(table: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            cursor.execute(f"SELECT last_value FROM {cursor.fetchone()[0]}")  # noqa: S608 – a name of the database's
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _move_on(table: str, number: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, number])
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [number, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
