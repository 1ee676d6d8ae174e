# SPDX-License-Identifier: Apache-2.0
"""The pages of numbered sheets: drafted from ticks, issued, signed for, struck off; nothing typed is lost."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from jiayuan.cases.enums import State, V
from jiayuan.cases.models import Case
from jiayuan.places import queries as places
from jiayuan.supervision import services
from jiayuan.supervision.enums import ItemState, SheetState
from jiayuan.supervision.models import Sheet
from tests.cast import Cast
from tests.factories.cases import QUARTER, case, move
from tests.inspections.rounds import planned, published
from tests.supervision.conftest import offices
from tests.supervision.story import NOON, caught_up, draft, first, issued, item_id, matter
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "offices", "planned", "small_town"]
pytestmark = pytest.mark.usefixtures("offices")
NEW = "/desk/sheets/new/?unit=YX-990101001"
FORM = {"kind": "list", "office": "YXQB-DQ", "source": "inspection", "days": "5", "requirement": "", "matter": ""}


def url(sheet: Sheet, tail: str = "") -> str:
    """Where a sheet stands."""
    return f"/desk/sheets/{sheet.handle}/{tail}"


def sent(browser: Client, where: str, status: int = 302, form: Mapping[str, Any] | None = None) -> str:
    """Send a form; what the answer says."""
    answer = browser.post(where, dict(form or {}))
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def test_a_list_is_drafted_by_ticks_and_issued_under_a_number(cast: Cast) -> None:
    found, browser = case(State.HANDLING), cast["county_supervisor"].client()
    assert found.handle in told(browser, NEW)

    sent(browser, NEW, form={**FORM, "case": [found.handle]})
    sheet = Sheet.objects.get()
    sent(browser, url(sheet, "issue/"), form={"version": sheet.version})

    page = told(browser, url(sheet))
    assert "东清办清〔" in page
    assert Sheet.objects.get().state == SheetState.ISSUED


def test_what_was_ticked_and_typed_stays_when_something_is_refused(cast: Cast) -> None:
    found, browser = case(State.HANDLING), cast["county_supervisor"].client()

    page = sent(browser, NEW, 422, {**FORM, "days": "许多", "requirement": "清到路边三米。", "case": [found.handle]})

    assert re.search(rf'value="{found.handle}" data-pick checked', page)
    assert "清到路边三米。" in page
    assert "许多" in page
    assert not Sheet.objects.exists()


def test_units_are_found_by_a_part_of_their_name_inside_ones_reach(cast: Cast) -> None:
    browser = cast["county_supervisor"].client()

    assert "unit=YX-990101001" in told(browser, "/desk/sheets/new/?unit_query=桥头")
    outside = told(browser, "/desk/sheets/new/?unit_query=石磨")
    assert "unit=YX-990121100" not in outside
    assert told(browser, "/desk/sheets/new/?unit=YX-990121100", status=404)


def test_the_unit_signs_and_asks_for_time_and_the_issuing_side_grants_it(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())
    handler, checker = cast["street_office"].client(), cast["checker"].client()

    sent(handler, url(sheet, "sign/"))
    sent(handler, url(sheet, "items/1/ask_time/"), form={"reason": "weather", "until": "2025-01-20", "plan": ""})
    assert "2025" in told(checker, url(sheet))
    sent(checker, url(sheet, "items/1/grant_time/"))

    assert first(sheet).due_at.date().isoformat() == "2025-01-20"  # type: ignore[union-attr]


def test_a_refused_move_comes_back_open_with_what_was_typed(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())

    page = sent(
        cast["street_office"].client(), url(sheet, "items/1/ask_time/"), 422,
        {"reason": "weather", "until": "", "plan": "先清主路。"},
    )  # fmt: skip

    assert "先清主路。" in page
    assert '<details class="j-move" open>' in page


def test_everything_that_is_ready_is_struck_off_with_one_button(cast: Cast) -> None:
    one, two, three = case(State.HANDLING), case(State.HANDLING), case(State.HANDLING)
    sheet = issued(one, two, three, by=cast["county_supervisor"].actor)
    for found in (one, two):
        move(found, V.FEED_BACK, at=NOON + QUARTER)
        move(Case.objects.get(pk=found.pk), V.CLOSE, at=NOON + 2 * QUARTER)
    caught_up(NOON + 2 * QUARTER)
    checker = cast["checker"].client()
    page = told(checker, url(sheet))
    assert page.count('name="item"') == 2

    sent(checker, url(sheet, "strike-off/"), form={"item": ["1", "2", "3"]})

    states = list(sheet.items.order_by("number").values_list("state", flat=True))
    assert states == [ItemState.STRUCK, ItemState.STRUCK, ItemState.OPEN]


def test_the_list_shows_its_balance_and_the_drafts_only_to_who_issues(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    draft(case(State.HANDLING), by=chief)
    sheet = issued(by=chief, items=matter())

    mine = told(cast["county_supervisor"].client(), "/desk/sheets/?state=all")
    others = told(cast["checker"].client(), "/desk/sheets/?state=all")

    assert mine.count("data-row") == 2
    assert others.count("data-row") == 1
    assert sheet.number in others


def test_outside_ones_reach_a_sheet_does_not_exist(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())

    told(cast["bureau"].client(), url(sheet), status=404)
    assert sent(cast["bureau"].client(), url(sheet, "sign/"), 404)


def test_a_draft_does_not_exist_for_its_unit(cast: Cast) -> None:
    waiting = draft(case(State.HANDLING), by=cast["county_supervisor"].actor)

    told(cast["street_office"].client(), url(waiting), status=404)


def test_the_to_do_page_says_what_waits_on_sheets(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())
    assert sheet.number in told(cast["street_office"].client(), "/desk/")

    services.feed_back(
        item_id=item_id(sheet), measures="好了", by=cast["street_office"].actor, at=NOON + QUARTER
    )  # fmt: skip

    assert f"{sheet.handle}/#item-1" in told(cast["checker"].client(), "/desk/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_a_sheet_reads_in_every_language(cast: Cast, language: str) -> None:
    chief = cast["county_supervisor"]
    sheet = issued(by=chief.actor, items=matter() * 2)
    services.feed_back(item_id=item_id(sheet), measures="好了", by=cast["street_office"].actor, at=NOON + QUARTER)
    services.strike_off(item_id=item_id(sheet), by=cast["checker"].actor, at=NOON + QUARTER)
    services.escalate_due(by=cast["mayor"].actor.system("test"), at=NOON + timedelta(days=20))

    page = told(in_language(language, chief.client()), url(sheet))

    assert "%(" not in page
    assert sheet.number in page


def test_the_pages_ask_the_database_the_same_for_one_item_and_for_many(cast: Cast) -> None:
    chief = cast["county_supervisor"]
    one = issued(by=chief.actor, items=matter())
    few = queries_of(chief.client(), url(one))
    many = issued(by=chief.actor, items=matter() * 30)

    more = queries_of(chief.client(), url(many))

    assert len(more) == len(few) <= SHELL + 13
    assert len(queries_of(chief.client(), "/desk/sheets/")) <= SHELL + 4


def test_an_item_of_a_sheet_that_is_not_there_is_not_found(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())

    sent(cast["checker"].client(), url(sheet, "items/9/strike_off/"), 404)
    sent(cast["checker"].client(), url(sheet, "items/1/pause/"), 404)


def test_what_a_round_found_is_put_on_a_list_by_one_press_and_retyped_nowhere(planned: Cast) -> None:
    row = published(planned, times=1)
    found = Case.objects.filter(source="inspector")
    assert found
    for one in found:
        unit = places.units_for(one.village)[0].id
        move(one, V.FILE, at=NOON)
        move(Case.objects.get(pk=one.pk), V.DISPATCH, at=NOON, unit_id=unit)
    browser = planned["county_supervisor"].client()
    page = told(browser, f"/desk/sheets/rounds/{row.handle}/")

    for link in re.findall(r'href="(/desk/sheets/new/[^"]+)"', page):
        ticked = re.findall(r'value="([0-9A-Z]{11})" data-pick checked', told(browser, unescape(link)))
        sent(browser, unescape(link), form={**FORM, "case": ticked, "source_ref": row.handle})

    listed = {item.case_id for sheet in Sheet.objects.all() for item in sheet.items.all()}
    assert listed == {one.pk for one in found}
    assert set(Sheet.objects.values_list("source", "source_ref")) == {("inspection", row.handle)}
    assert "/desk/sheets/new/" not in told(browser, f"/desk/sheets/rounds/{row.handle}/")


def test_a_round_that_is_not_published_gives_no_lists(planned: Cast) -> None:
    told(planned["county_supervisor"].client(), "/desk/sheets/rounds/00000000000/", status=404)


def test_the_older_sheets_are_reached_by_the_link(cast: Cast) -> None:
    for _ in range(31):
        issued(by=cast["county_supervisor"].actor, items=matter())
    browser = cast["county_supervisor"].client()
    first_page = told(browser, "/desk/sheets/")
    link = unescape(re.search(r'rel="next" href="([^"]+)"', first_page).group(1))  # type: ignore[union-attr]

    second = told(browser, f"/desk/sheets/{link}")

    assert first_page.count("data-row") == 30
    assert second.count("data-row") == 1


@pytest.mark.parametrize("after", ["0001-01-01T00:00:00+08:00|5", "2025|x", "|", "9999-12-31T23:59:59-12:00|1"])
def test_a_key_that_nobody_gave_shows_a_page(cast: Cast, after: str) -> None:
    answer = cast["county_supervisor"].client().get("/desk/sheets/", {"after": after})

    assert answer.status_code == 200


@pytest.mark.parametrize("until", ["2025-02-30", "gestern", "9" * 5000])
def test_a_day_that_is_none_is_asked_for_again(cast: Cast, until: str) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())

    form = {"reason": "weather", "until": until, "plan": ""}
    page = sent(cast["street_office"].client(), url(sheet, "items/1/ask_time/"), 422, form)

    assert '<details class="j-move" open>' in page
