# SPDX-License-Identifier: Apache-2.0
"""Many rows at once: COPY on PostgreSQL, executemany on SQLite. For loaders alone; commands write through the ORM.

Rows come with their keys, taken from a block that ``reserve`` set aside, so that what refers to them can be made before
anything is stored and nobody who works meanwhile gets the same keys.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models
from django.db.models.base import ModelState

Convert = Callable[[Any], Any]
Values = tuple[Any, ...]
M = TypeVar("M", bound=models.Model)
CACHE_KIB = 64 * 1024
"""What SQLite may keep of the file while it is loaded: its own 2 MB hold not even the indexes of one room."""


@dataclass(frozen=True, slots=True)
class _Table:
    """How rows get into a table: the statement, what reads the values of a row, and what the driver does not take."""

    statement: str
    values: Callable[[models.Model], Values]
    converts: tuple[Convert | None, ...]


_tables: dict[tuple[type[models.Model], str], _Table] = {}
_defaults: dict[type[models.Model], dict[str, Any]] = {}


def row(model: type[M], **values: Any) -> M:
    """A row with these values by column and the defaults for all others: a model without what costs most in making one.

    Nobody is told of it and no related row is looked at; it is stored, read and changed like any other.
    """
    defaults = _defaults_of(model)
    if not values.keys() <= defaults.keys():
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(values.keys() - defaults.keys()))}")
    made = model.__new__(model)
    made.__dict__ = {"_state": ModelState(), **defaults, **values}
    return made


def _defaults_of(model: type[models.Model]) -> dict[str, Any]:
    if model not in _defaults:
        _defaults[model] = {field.attname: field.get_default() for field in model._meta.concrete_fields}
    return _defaults[model]


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one table; every column is written, constraints and triggers hold as for any other insert."""
    if rows:
        values = _table(type(rows[0])).values
        insert_values(type(rows[0]), [values(row) for row in rows])


def insert_values(model: type[models.Model], rows: Sequence[Values]) -> None:
    """The same for rows that are tuples of all values in the order of the model's fields: no model is made of them."""
    if not rows:
        return
    table = _table(model)
    columns = [
        column if convert is None else _converted(column, convert)
        for column, convert in zip(zip(*rows, strict=True), table.converts, strict=True)
    ]
    plain = list(zip(*columns, strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(table.statement) as copy:
                for row in plain:
                    copy.write_row(row)
        else:
            cursor.executemany(table.statement, plain)


def _converted(column: Values, convert: Convert) -> Iterable[Any]:
    if None in column:
        return [None if value is None else convert(value) for value in column]
    return map(convert, column)


def _table(model: type[models.Model]) -> _Table:
    key = (model, connection.vendor)
    if key not in _tables:
        fields = list(model._meta.concrete_fields)
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        table = connection.ops.quote_name(model._meta.db_table)
        places = ", ".join(["%s"] * len(fields))
        statement = (
            f"COPY {table} ({names}) FROM STDIN"
            if connection.vendor == "postgresql"
            else f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 – our own names
        )
        values = attrgetter(*[field.attname for field in fields])
        _tables[key] = _Table(statement, values, tuple(_convert(field) for field in fields))
    return _tables[key]


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
    return value.astimezone(UTC).isoformat(" ")[: -len("+00:00")]


@contextmanager
def roomy() -> Iterator[None]:
    """Let SQLite keep more of the file in memory meanwhile: it writes and reads the same pages less often."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")


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
