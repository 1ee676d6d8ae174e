# SPDX-License-Identifier: Apache-2.0
"""Operations of migrations that belong together, done at once: somebody waits for a database that is made anew.

Django renders the models again after every operation, and SQLite copies a table for nearly every column and constraint
that it gets. Here they are rendered once and a table is copied once; what stands afterwards is the same.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model
from typing_extensions import override


class Together(Operation):
    """Several operations as one step: each sees the models as they are before all and after all of them."""

    def __init__(self, *operations: Operation) -> None:
        self.operations = operations

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the state of all; the models rendered before are thrown away instead of renewed each time."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    @override
    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do them in their order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    @override
    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Undo them, the last one first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    @override
    def describe(self) -> str:
        """All that is done, for ``migrate --plan``."""
        return "; ".join(operation.describe() for operation in self.operations)


class Reshape(Together):
    """Columns, constraints and indexes of one table, come and gone: SQLite copies it once. Nothing is renamed."""

    def __init__(self, model_name: str, *operations: Operation) -> None:
        super().__init__(*operations)
        self.model_name = model_name

    @override
    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do them in their order, or all by one copy."""
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            self._copy(app_label, schema_editor, from_state, to_state)

    @override
    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Undo them, or all by one copy."""
        if schema_editor.connection.vendor != "sqlite":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
        else:
            self._copy(app_label, schema_editor, from_state, to_state)

    def _copy(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        old, new = (state.apps.get_model(app_label, self.model_name) for state in (from_state, to_state))
        if self.allow_migrate_model(editor.connection.alias, new):
            _add_columns(editor, old, new)
            editor._remake_table(new)  # type: ignore[attr-defined]


def _add_columns(editor: BaseDatabaseSchemaEditor, old: type[Model], new: type[Model]) -> None:
    """The new columns with their defaults for the rows that are there. SQLite does this without touching the rows."""
    held = {field.column for field in old._meta.local_concrete_fields}
    table = editor.quote_name(new._meta.db_table)
    for field in new._meta.local_concrete_fields:
        if field.column not in held:
            default = editor.quote_value(editor.effective_default(field))
            column = f"{editor.quote_name(str(field.column))} {field.db_type(editor.connection)} DEFAULT {default}"
            editor.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
