# SPDX-License-Identifier: Apache-2.0
"""Invented shops of the invented city, which sign its schemes of frontage duties."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from jiayuan.duties import services
from jiayuan.duties.intake import FrontageInput
from jiayuan.kernel.access import Actor
from tests.cast import COMMUNITY, MORNING, SMALL_CITY, SYSTEM

TODAY = MORNING.date()


@pytest.fixture
def schemes(ground: None) -> Iterator[None]:
    """The small city's two schemes."""
    services.load_schemes(folder=SMALL_CITY / "duties", by=SYSTEM, at=MORNING)
    yield


def shop(starts_on: date = TODAY, ends_on: date | None = None, **given: Any) -> FrontageInput:
    """What a shop signed."""
    said: dict[str, Any] = {
        "place": COMMUNITY,
        "shop": "示范小吃店甲",
        "address": "渡口街1号",
        "scheme": "sanbao",
        "signed_on": TODAY,
    }
    return FrontageInput(starts_on=starts_on, ends_on=ends_on, **(said | given))


def sign(by: Actor = SYSTEM, **given: Any) -> int:
    """Sign for a frontage."""
    return int(services.sign_frontage(given=shop(**given), by=by, at=MORNING).pk)
