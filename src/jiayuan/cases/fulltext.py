# SPDX-License-Identifier: Apache-2.0
"""The full-text index over pairs of characters: FTS5 on SQLite, a GIN index on PostgreSQL; the same answers from both.

Triggers keep the index on SQLite, so a text that goes by whatever way takes its entry along.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS cases_search_index USING fts5("
    "words, content='cases_search_words', content_rowid='text_id', tokenize='unicode61')",
    "CREATE TRIGGER IF NOT EXISTS cases_search_kept AFTER INSERT ON cases_search_words BEGIN "
    "INSERT INTO cases_search_index(rowid, words) VALUES (new.text_id, new.words); END",
    "CREATE TRIGGER IF NOT EXISTS cases_search_gone AFTER DELETE ON cases_search_words BEGIN "
    "INSERT INTO cases_search_index(cases_search_index, rowid, words) VALUES ('delete', old.text_id, old.words); END",
    "CREATE TRIGGER IF NOT EXISTS cases_search_changed AFTER UPDATE ON cases_search_words BEGIN "
    "INSERT INTO cases_search_index(cases_search_index, rowid, words) VALUES ('delete', old.text_id, old.words); "
    "INSERT INTO cases_search_index(rowid, words) VALUES (new.text_id, new.words); END",
)
_POSTGRESQL = (
    "CREATE INDEX IF NOT EXISTS cases_search_index ON cases_search_words USING gin (to_tsvector('simple', words))",
)


def install(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index of this database's kind."""
    statements = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def remove(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away again."""
    if schema_editor.connection.vendor == "sqlite":
        for name in ("kept", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS cases_search_{name}")
        schema_editor.execute("DROP TABLE IF EXISTS cases_search_index")
    else:
        schema_editor.execute("DROP INDEX IF EXISTS cases_search_index")


_FOUND = {
    "sqlite": "SELECT rowid FROM cases_search_index WHERE cases_search_index MATCH %s",
    "postgresql": (
        "SELECT text_id FROM cases_search_words WHERE to_tsvector('simple', words) @@ to_tsquery('simple', %s)"
    ),
}


def found_in(vendor: str) -> str:
    """The statement that gives the ids of texts that match what ``asked_for`` wrote."""
    return _FOUND[vendor]


def asked_for(phrases: list[list[str]], *, vendor: str) -> str:
    """Phrases of pairs, all of which must occur, as the database's own language has them."""
    if vendor == "sqlite":
        return " AND ".join('"' + " ".join(pairs) + '"' for pairs in phrases)
    return " & ".join("(" + " <-> ".join(f"'{pair}'" for pair in pairs) + ")" for pairs in phrases)
