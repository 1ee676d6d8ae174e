# SPDX-License-Identifier: Apache-2.0
"""Clearing lists with a past, told through the services: ``cleared(rows=3)`` waits at home, ``handed_in()`` does not.

Unless a test says who, the system acts: it has every right and no hands of its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from jiayuan.cases import services
from jiayuan.cases.enums import RowFlaw
from jiayuan.cases.intake import ListInput, RowInput
from jiayuan.cases.models import ClearingList, ClearingRow, ClearingSample
from jiayuan.cases.services import ListId, RowId, SampleId
from jiayuan.kernel.access import Actor
from jiayuan.standards import queries as standards
from jiayuan.standards.book import ClassKey
from tests.cast import MORNING, SYSTEM
from tests.factories.cases import photo

VILLAGE = "990101001200"
"""河湾村 in 桥头街道."""
SEED = "0123456789abcdef"
CLASSES = ("R01", "R02", "R03", "R11", "R12", "R21", "R22", "R23")
_numbers = count(1_000_001)
"""The small ones are for what a test names itself."""


def class_id(code: str = "R11") -> int:
    """The id of a rural class."""
    found = standards.class_by_key(ClassKey.read(f"rural:matter:{code}"))
    assert found is not None
    return found.id


def begun(*, village: str = VILLAGE, by: Actor = SYSTEM, at: datetime = MORNING, **given: Any) -> ClearingList:
    """An empty list."""
    client_id = given.pop("client_id", UUID(int=next(_numbers), version=4))
    return services.begin_list(given=ListInput(client_id=client_id, village=village, **given), by=by, at=at)


def row_given(*, by: Actor = SYSTEM, at: datetime = MORNING, code: str = "R11", **given: Any) -> RowInput:
    """A row in typed values with a picture that its sender may attach."""
    values: dict[str, Any] = {
        "client_id": UUID(int=next(_numbers), version=4),
        "class_id": class_id(code),
        "photos": (photo(by=by, at=at),) if "photos" not in given else (),
    }
    return RowInput(**values | given)


def added(found: ClearingList, *, by: Actor = SYSTEM, at: datetime = MORNING, **given: Any) -> ClearingRow:
    """A row that is still to be cleared."""
    return services.add_row(list_id=ListId(found.pk), given=row_given(by=by, at=at, **given), by=by, at=at)


def clear(found: ClearingList, number: int, *, by: Actor = SYSTEM, at: datetime = MORNING) -> ClearingRow:
    """Clear one row with a picture of its own."""
    shot = photo(by=by, at=at)
    return services.clear_row(list_id=ListId(found.pk), number=number, photos=[shot], by=by, at=at)


def cleared(
    *, rows: int = 1, quantities: Sequence[int] = (), by: Actor = SYSTEM, at: datetime = MORNING, **given: Any
) -> ClearingList:
    """A list whose rows are all cleared, of one class after another."""
    found = begun(by=by, at=at, **given)
    for number, quantity in enumerate(quantities or [1] * rows, start=1):
        added(found, by=by, at=at, code=CLASSES[(number - 1) % len(CLASSES)], quantity=quantity)
        clear(found, number, by=by, at=at)
    return ClearingList.objects.get(pk=found.pk)


def hand_in(found: ClearingList, *, by: Actor = SYSTEM, at: datetime = MORNING) -> ClearingList:
    """Give a list to the town."""
    return services.hand_in(list_id=ListId(found.pk), by=by, at=at)


def handed_in(*, by: Actor = SYSTEM, at: datetime = MORNING, **given: Any) -> ClearingList:
    """A list that waits for the town."""
    return hand_in(cleared(by=by, at=at, **given), by=by, at=at)


def draw(found: ClearingList, *, seed: str = SEED, by: Actor = SYSTEM, at: datetime = MORNING) -> ClearingSample:
    """Draw the sample of a list's village and week."""
    return services.draw_sample(village=found.village, week=found.week, seed=seed, by=by, at=at)


def decide(
    sample: ClearingSample,
    *,
    flaws: Mapping[int, RowFlaw] | None = None,
    by: Actor = SYSTEM,
    at: datetime = MORNING,
) -> ClearingSample:
    """Judge every drawn row: those given here (by place in the draw) do not pass."""
    found = {RowId(one.row_id): (flaws or {}).get(one.place) for one in sample.draws.order_by("place")}
    return services.decide_sample(sample_id=SampleId(sample.pk), flaws=found, by=by, at=at)


def accepted(*, by: Actor = SYSTEM, at: datetime = MORNING, **given: Any) -> ClearingList:
    """A list that the town accepted."""
    found = handed_in(by=by, at=at, **given)
    decide(draw(found, at=at), at=at)
    return ClearingList.objects.get(pk=found.pk)
