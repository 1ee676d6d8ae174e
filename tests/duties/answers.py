# SPDX-License-Identifier: Apache-2.0
"""Who answers in the invented city: two zones, and guarantors from the district down to a hamlet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from jiayuan.duties import services
from jiayuan.duties.intake import GuaranteeInput, HolderInput
from jiayuan.duties.models import Zone
from jiayuan.kernel.access import Actor
from tests.cast import COMMUNITY, MORNING, SMALL_CITY, SYSTEM, Cast

TODAY = MORNING.date()


@pytest.fixture
def answers(cast: Cast) -> Iterator[None]:
    """The small city's zones and guarantors."""
    services.load_answers(folder=SMALL_CITY / "duties", by=SYSTEM, at=MORNING)
    yield


def holder(starts_on: date = TODAY, ends_on: date | None = None, **given: Any) -> HolderInput:
    """Somebody who answers: without more an invented shop."""
    said: dict[str, Any] = {
        "organisation_id": None,
        "person_id": None,
        "named": "示范便利店",
        "duty": "保洁",
        "is_shown": False,
        "document": "",
    }
    return HolderInput(starts_on=starts_on, ends_on=ends_on, **(said | given))


def guarantee(by: Actor = SYSTEM, place: str = COMMUNITY, hamlet: str = "", **given: Any) -> int:
    """Name somebody for a place."""
    made = services.guarantee(
        given=GuaranteeInput(place=place, hamlet=hamlet, holder=holder(**given)), by=by, at=MORNING
    )
    return int(made.pk)


def zone_id(name: str = "示范广场") -> int:
    """A zone of the pack."""
    return int(Zone.objects.get(name=name).pk)
