# SPDX-License-Identifier: Apache-2.0
"""The ground that most tests stand on: the invented small city and the shipped standards with their calendar.

Loading them takes longer than most tests. They are loaded through the services once per process; every later test gets
the same rows by plain inserts, inside its own transaction, so that nobody sees what another test did to them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

import jiayuan
from jiayuan.cases.queries.guide import forget_guide
from jiayuan.places import queries as places
from jiayuan.places.services import load_city
from jiayuan.standards import queries as standards
from jiayuan.standards.services import load_standards, seed_calendar
from tests.cast import MORNING, SMALL_CITY, SYSTEM

SHIPPED = Path(jiayuan.__file__).parent / "data" / "standards"
DEMONSTRATION = Path(jiayuan.__file__).parent / "data" / "suizhou"
_kept: dict[str, list[tuple[Any, ...]]] = {}


def _tables() -> list[str]:
    return [
        model._meta.db_table for label in ("places", "standards") for model in apps.get_app_config(label).get_models()
    ]


def _load() -> None:
    """Load through the services, keep the rows, and take everything back: the record stays as empty as it was."""
    with transaction.atomic():
        load_city(pack=SMALL_CITY, by=SYSTEM, at=MORNING)
        load_standards(folder=SHIPPED, by=SYSTEM, at=MORNING)
        seed_calendar(by=SYSTEM, at=MORNING)
        with connection.cursor() as cursor:
            for table in _tables():
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 – our own tables
                _kept[table] = cursor.fetchall()
        transaction.set_rollback(True)


def lay() -> None:
    """Put the ground under the running test."""
    if not _kept:
        _load()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in _kept.items():
            if rows:
                places_of_values = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({places_of_values})', rows)  # noqa: S608 – our own tables
    forget()


def forget() -> None:
    """Let the process forget what it read of the ground."""
    places.forget()
    standards.forget()
    forget_guide()


@pytest.fixture
def ground(db: None) -> Iterator[None]:
    """The small city and the standards; forgotten by the process afterwards."""
    lay()
    yield
    forget()


@pytest.fixture
def small_town(ground: None) -> None:
    """The small city for the cast, with the standards beside it."""


@pytest.fixture
def committed_ground(real_commits: None) -> Iterator[None]:
    """The same for tests whose threads and connections must see it."""
    lay()
    yield
    forget()


@pytest.fixture
def suizhou(db: None) -> Iterator[None]:
    """The demonstration's city, as ./jiayuan demo loads it."""
    load_city(pack=DEMONSTRATION, by=SYSTEM, at=MORNING)
    load_standards(folder=SHIPPED, by=SYSTEM, at=MORNING)
    seed_calendar(by=SYSTEM, at=MORNING)
    yield
    forget()
