# SPDX-License-Identifier: Apache-2.0
"""What holds for every test: a still clock, its own language, counted queries, and a record that is emptied with care.

The clock stands at the moment at which the demonstration begins, a Friday morning between two holidays. It runs in
journeys and wherever real commits, threads or programs are at work.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import pytest
import time_machine
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import DjangoDbBlocker

from jiayuan.kernel.clock import ZONE
from jiayuan.record import triggers

FRIDAY_MORNING = datetime(2025, 1, 3, 9, 0, tzinfo=ZONE)
RUNNING = {"real_commits", "live_server"}
# Transaction control costs no work of the page's; tests of budgets count what remains.
_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@pytest.fixture(autouse=True)
def still_clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """The clock, stopped on Friday morning; ``None`` where it must run."""
    if RUNNING & set(request.fixturenames) or request.node.get_closest_marker("journey"):
        yield None
        return
    with time_machine.travel(FRIDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Simplified Chinese to begin with, whatever language the last page of the test before spoke."""
    translation.activate(settings.LANGUAGE_CODE)
    yield


def _drop_triggers() -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    if triggers.TABLE not in connection.introspection.table_names():
        return
    on_table = f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in triggers.expected(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


@pytest.fixture
def _standing_record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Set up before the transactional fixture and torn down after it: the emptied record gets its triggers back."""
    yield
    with django_db_blocker.unblock():
        triggers.install(connections[DEFAULT_DB_ALIAS])
        connections[DEFAULT_DB_ALIAS].close()


@pytest.fixture
def real_commits(_standing_record: None, transactional_db: None) -> Iterator[None]:
    """Real commits and connections. Afterwards all tables are emptied, for which the record lets its triggers go."""
    yield
    _drop_triggers()


@contextmanager
def _at_most(limit: int) -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as captured:
        yield captured
    asked = [query["sql"] for query in captured if not query["sql"].lstrip().upper().startswith(_CONTROL)]
    listing = "\n".join(asked)
    assert len(asked) <= limit, f"{len(asked)} queries, {limit} are allowed:\n{listing}"


@pytest.fixture
def queries_at_most() -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """``with queries_at_most(5): …`` fails with the listing when a page or command asks more; not counting commits."""
    return _at_most


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever empties tables through real commits must do so with the fixture that knows the record's triggers."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & {"transactional_db", "live_server"} and "real_commits" not in names:
            raise pytest.UsageError(f"{item.nodeid} uses real commits: let it ask for the fixture real_commits")
