# SPDX-License-Identifier: Apache-2.0
"""How many pictures a feedback needs follows the class of the case."""

from collections.abc import Iterator

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.models import Case, CheckDraw
from jiayuan.kernel.errors import Refused
from jiayuan.standards import models
from jiayuan.standards import queries as standards
from jiayuan.standards.book import ClassKey
from jiayuan.standards.enums import Kind
from tests.cast import MORNING
from tests.factories.cases import QUARTER, case, move, photo

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 6 * QUARTER


def handled(code: str) -> Case:
    """A case of a class of the 2026 list, in the unit's hands."""
    row = standards.class_by_key(ClassKey("gbt47678-2026", Kind.MATTER, code))
    assert row is not None
    found = case(State.REPORTED)
    found = move(found, V.FILE, condition_id=standards.conditions_of(row.id)[0].id, at=MORNING)
    for verb in (V.DISPATCH, V.SIGN):
        found = move(found, verb, at=MORNING)
    return found


@pytest.fixture
def two_pictures(ground: None) -> Iterator[None]:
    """A city that wants two pictures of exposed rubbish afterwards."""
    models.ProblemClass.objects.filter(code="06010").update(photos_after=2)
    standards.forget()
    yield
    standards.forget()


def test_a_hawker_who_has_gone_is_fed_back_in_words_and_checked_all_the_same() -> None:
    found = move(handled("09001"), V.FEED_BACK, evidence=[], note="已劝离", at=LATER)

    assert found.state == State.FED_BACK
    assert CheckDraw.objects.filter(case=found).count() == 1


def test_without_a_picture_the_words_are_needed() -> None:
    with pytest.raises(Refused) as refused:
        move(handled("09001"), V.FEED_BACK, evidence=[], note="", at=LATER)

    assert (refused.value.code, refused.value.field) == ("missing_note", "note")


def test_a_picture_of_a_doing_is_welcome_without_words() -> None:
    assert move(handled("09001"), V.FEED_BACK, at=LATER).state == State.FED_BACK


def test_a_heap_is_not_fed_back_in_words() -> None:
    with pytest.raises(Refused) as refused:
        move(handled("06010"), V.FEED_BACK, evidence=[], note="已清走", at=LATER)

    assert (refused.value.code, refused.value.field) == ("missing_evidence", "evidence")


def test_a_class_that_wants_two_pictures_gets_two(two_pictures: None) -> None:
    found = handled("06010")

    with pytest.raises(Refused) as refused:
        move(found, V.FEED_BACK, evidence=[photo()], at=LATER)

    assert (refused.value.code, refused.value.facts["wanted"]) == ("too_few_photos", 2)
    assert move(found, V.FEED_BACK, evidence=[photo(), photo()], at=LATER).state == State.FED_BACK
