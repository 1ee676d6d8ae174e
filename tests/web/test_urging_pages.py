# SPDX-License-Identifier: Apache-2.0
"""The pages of supervision sheets: pressed from an item, answered by the unit, judged; nothing typed is lost."""

import pytest

from jiayuan.supervision import services
from jiayuan.supervision.enums import Colour, Pattern, UrgingState
from jiayuan.supervision.models import Urging
from jiayuan.supervision.services import UrgingId
from tests.cast import Cast
from tests.factories.cases import QUARTER
from tests.supervision.conftest import offices
from tests.supervision.story import CAMPAIGN, NOON, issued, matter, pressed, urged
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told
from tests.web.test_sheet_pages import sent
from tests.web.test_sheet_pages import url as url_of_sheet

__all__ = ["cast", "ground", "offices", "small_town"]
pytestmark = pytest.mark.usefixtures("offices")
FORM = {"office": "YXQB-DQ", "reason": "slow", "days": "3", "requirement": "", "raise_reason": ""}


def url(made: Urging, tail: str = "") -> str:
    """Where a supervision sheet stands."""
    return f"/desk/sheets/urgings/{made.handle}/{tail}"


def test_an_item_is_pressed_from_its_list_in_three_taps(cast: Cast) -> None:
    sheet, chief = issued(by=cast["county_supervisor"].actor, items=matter()), cast["county_supervisor"].client()
    where = url_of_sheet(sheet, "items/1/urge/")
    assert where in told(chief, url_of_sheet(sheet))
    assert 'name="colour"' not in told(chief, where)

    sent(chief, where, form=FORM)

    made = Urging.objects.get()
    assert made.number in told(chief, url(made))
    assert made.number in told(chief, "/desk/sheets/urgings/")
    page = told(chief, url_of_sheet(sheet))
    assert made.number in page
    assert where not in page


def test_a_colour_is_asked_for_only_where_colours_say_how_hard_something_is_pressed(cast: Cast) -> None:
    first = urged(cast, pattern=Pattern.ESCALATION)
    sheet = issued(by=cast["county_supervisor"].actor, items=matter(), campaign=CAMPAIGN)
    chief, where = cast["county_supervisor"].client(), url_of_sheet(sheet, "items/1/urge/")
    assert 'name="colour"' in told(chief, where)

    page = sent(chief, where, 422, {**FORM, "colour": "red", "requirement": "今天之内清完。"})
    sent(chief, where, form={**FORM, "colour": "red", "raise_reason": "danger"})

    assert "今天之内清完。" in page
    assert Urging.objects.exclude(pk=first.pk).get().colour == Colour.RED


def test_the_unit_replies_and_the_issuing_side_raises_the_colour(cast: Cast) -> None:
    made = urged(cast, pattern=Pattern.ESCALATION)
    handler, checker = cast["street_office"].client(), cast["checker"].client()
    assert made.number in told(handler, "/desk/")

    sent(handler, url(made, "reply/"), form={"reply": "车坏了，周五修好。", "version": made.version})
    assert made.number in told(checker, "/desk/")
    assert "车坏了，周五修好。" in told(checker, url(made))
    sent(checker, url(made, "raise/"), form={"to": "orange", "reason": ""})

    assert Urging.objects.get().colour == Colour.ORANGE


def test_a_refused_reply_comes_back_open_with_what_was_typed(cast: Cast) -> None:
    made = urged(cast)
    services.reply(urging_id=UrgingId(made.pk), text="好了。", by=cast["street_office"].actor, at=NOON + QUARTER)

    page = sent(cast["checker"].client(), url(made, "refuse/"), 422, {"reason": "", "note": "东头还有一堆。"})

    assert "东头还有一堆。" in page
    assert '<details class="j-move" open>' in page


def test_a_page_that_is_older_than_the_sheet_is_told(cast: Cast) -> None:
    made = urged(cast)

    sent(cast["street_office"].client(), url(made, "reply/"), 409, {"reply": "好了。", "version": "7"})

    assert Urging.objects.get().state == UrgingState.OPEN


def test_outside_ones_reach_it_does_not_exist(cast: Cast) -> None:
    made = urged(cast)

    told(cast["bureau"].client(), url(made), status=404)
    sent(cast["bureau"].client(), url(made, "reply/"), 404, {"reply": "好了。"})
    sent(cast["street_office"].client(), url(made, "close/"), 404)
    assert made.number not in told(cast["bureau"].client(), "/desk/sheets/urgings/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_course_reads_in_every_language(cast: Cast, language: str) -> None:
    made = urged(cast, pattern=Pattern.ESCALATION)
    services.raise_colour(urging_id=UrgingId(made.pk), by=cast["checker"].actor, at=NOON + QUARTER)

    page = told(in_language(language, cast["county_supervisor"].client()), url(made))

    assert "%(" not in page
    assert made.number in page


def test_the_list_asks_the_database_the_same_for_one_and_for_many(cast: Cast) -> None:
    chief = cast["county_supervisor"]
    urged(cast)
    few = queries_of(chief.client(), "/desk/sheets/urgings/")
    many = issued(by=chief.actor, items=matter() * 20)
    for item in many.items.all():
        pressed(item, by=chief.actor)

    assert len(queries_of(chief.client(), "/desk/sheets/urgings/")) == len(few) <= SHELL + 2
    assert len(queries_of(chief.client(), url(Urging.objects.first()))) <= SHELL + 9  # type: ignore[arg-type]
