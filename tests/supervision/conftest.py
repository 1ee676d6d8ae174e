# SPDX-License-Identifier: Apache-2.0
"""The cast on the ground, with the offices that issue sheets."""

import pytest

from jiayuan.papers.services import load_offices
from tests.cast import MORNING, SMALL_CITY, SYSTEM, cast
from tests.ground import committed_ground, ground, small_town

__all__ = ["cast", "committed_ground", "ground", "small_town"]


@pytest.fixture
def offices(ground: None) -> None:
    """The offices of the small city, with their marks."""
    load_offices(folder=SMALL_CITY / "papers", by=SYSTEM, at=MORNING)


@pytest.fixture
def committed_offices(committed_ground: None) -> None:
    """The same for tests whose threads and connections must see them."""
    load_offices(folder=SMALL_CITY / "papers", by=SYSTEM, at=MORNING)
