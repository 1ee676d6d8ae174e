# SPDX-License-Identifier: Apache-2.0
"""The invented city, and a process that remembers nothing from the test before."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jiayuan.kernel.access import Actor
from jiayuan.places import queries, services

AT = datetime(2025, 6, 1, 4, tzinfo=UTC)
BY = Actor.system("test")
SMALL_CITY = Path(__file__).parents[1] / "data" / "small_city"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def small_city(db: None) -> services.Report:
    """The invented city, loaded."""
    return services.load_city(pack=SMALL_CITY, by=BY, at=AT)
