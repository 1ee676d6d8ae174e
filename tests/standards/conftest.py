# SPDX-License-Identifier: Apache-2.0
"""The shipped pack, loaded, and a process that remembers nothing from the test before."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

import jiayuan
from jiayuan.kernel.access import Actor
from jiayuan.standards import queries, services

AT = datetime(2025, 1, 3, 1, tzinfo=UTC)
BY = Actor.system("test")
SHIPPED = Path(jiayuan.__file__).parent / "data" / "standards"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def loaded(db: None) -> services.LoadReport:
    """Standards and the work calendar as the demonstration has them."""
    report = services.load_standards(folder=SHIPPED, by=BY, at=AT)
    services.seed_calendar(by=BY, at=AT)
    return report


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack that a test may change."""
    return copytree(SHIPPED, tmp_path / "standards")
