# SPDX-License-Identifier: Apache-2.0
"""Operations done at once leave the very table that they leave one after another, and the rows that were in it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, RemoveField
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from jiayuan.kernel.reshape import Reshape, Together

pytestmark = pytest.mark.xdist_group("real_commits")


def yards() -> CreateModel:
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=20)),
        ("old", models.CharField(max_length=20, null=True)),
    ]
    return CreateModel("Yard", fields, options={"db_table": "test_yard"})


def changes() -> tuple[Operation, ...]:
    return (
        AddField("yard", "swept", models.BooleanField(default=False)),
        AddField("yard", "bags", models.PositiveIntegerField(default=3)),
        AddField("yard", "beside", models.ForeignKey("self", models.PROTECT, null=True, db_index=False)),
        RemoveField("yard", "old"),
        AddIndex("yard", models.Index(fields=["name", "bags"], name="test_yard_by_name")),
        AddConstraint("yard", models.UniqueConstraint(fields=["name"], name="test_yard_once")),
        AddConstraint("yard", models.CheckConstraint(condition=models.Q(bags__gte=1), name="test_yard_has_bags")),
    )


def apply(operations: Sequence[Operation], state: ProjectState) -> ProjectState:
    for operation in operations:
        before = state.clone()
        operation.state_forwards("kernel", state)
        with connection.schema_editor() as editor:
            operation.database_forwards("kernel", editor, before, state)
    return state


def undo(operation: Operation, before: ProjectState, after: ProjectState) -> None:
    with connection.schema_editor() as editor:
        operation.database_backwards("kernel", editor, after, before)


def shape() -> tuple[set[tuple[Any, ...]], dict[str, tuple[Any, ...]]]:
    """Columns and constraints as the database tells them; keys to other tables have names of the engine's own."""
    with connection.cursor() as cursor:
        columns = {(row.name, row.type_code, row.null_ok) for row in _described(cursor)}
        constraints = connection.introspection.get_constraints(cursor, "test_yard")
    return columns, {
        name: (tuple(found["columns"] or ()), found["unique"], found["check"], found["index"])
        for name, found in constraints.items()
        if name.startswith("test_yard_") and not found["foreign_key"] and not found["primary_key"]
    }


def _described(cursor: Any) -> Any:
    return connection.introspection.get_table_description(cursor, "test_yard")


@pytest.fixture(autouse=True)
def _gone_again(real_commits: None) -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS test_yard")


@pytest.fixture
def one_row() -> ProjectState:
    state = apply([yards()], ProjectState())
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO test_yard (name, old) VALUES ('东院', '旧')")
    return state


def test_all_at_once_is_the_same_as_one_after_another(one_row: ProjectState) -> None:
    apply(changes(), one_row)
    one_by_one = shape()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_yard")

    apply([yards(), Reshape("yard", *changes())], ProjectState())

    assert shape() == one_by_one


def test_rows_that_were_there_keep_their_values_and_get_the_defaults(one_row: ProjectState) -> None:
    apply([Reshape("yard", *changes())], one_row)

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, swept, bags, beside_id FROM test_yard")
        assert cursor.fetchall() == [("东院", False, 3, None)]


def test_what_was_reshaped_can_be_undone(one_row: ProjectState) -> None:
    before, whole = shape(), Reshape("yard", *changes())
    state = one_row.clone()
    apply([whole], one_row)

    undo(whole, state, one_row)

    assert shape() == before


def test_tables_that_belong_together_come_and_go_together() -> None:
    benches = CreateModel(
        "Bench",
        [("id", models.BigAutoField(primary_key=True)), ("yard", models.ForeignKey("kernel.Yard", models.PROTECT))],
        options={"db_table": "test_yard_bench"},
    )
    both = Together(yards(), benches)

    state = apply([both], ProjectState())
    made = set(connection.introspection.table_names())
    undo(both, ProjectState(), state)

    assert {"test_yard", "test_yard_bench"} <= made
    assert not {"test_yard", "test_yard_bench"} & set(connection.introspection.table_names())
