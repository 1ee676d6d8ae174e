# SPDX-License-Identifier: Apache-2.0
"""Lists of cases: what each of the cast sees first, filters and orders, columns, and lists that are kept."""

from datetime import timedelta

import pytest

from jiayuan.cases.enums import Column, State, V
from jiayuan.cases.models import Case, SavedList
from tests.cast import MORNING, Cast
from tests.factories.cases import case, move
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db


def listed(said: str) -> list[str]:
    """The receipt codes of a list, in its order."""
    return [part.split("/", 1)[0] for part in said.split('class="row-link" href="/desk/cases/')[1:]]


@pytest.mark.parametrize(
    ("part", "state"),
    [
        ("acceptor", State.REPORTED),
        ("dispatcher", State.FILED),
        ("street_office", State.DISPATCHED),
        ("checker", State.FED_BACK),
    ],
)
def test_everybody_finds_first_what_they_come_for(cast: Cast, part: str, state: State) -> None:
    theirs = case(state)
    case(State.CLOSED)

    assert listed(told(cast[part].client(), "/desk/cases/")) == [theirs.handle]


def test_a_supervisor_finds_first_what_is_overdue(cast: Cast) -> None:
    late = case(State.HANDLING, at=MORNING - timedelta(days=60))
    case(State.HANDLING)

    assert listed(told(cast["county_supervisor"].client(), "/desk/cases/")) == [late.handle]


def test_due_first_is_the_order_of_the_limits(cast: Cast) -> None:
    later, sooner = case(State.HANDLING), case(State.HANDLING, at=MORNING - timedelta(days=2))
    third = case(State.HANDLING, at=MORNING - timedelta(days=1))

    said = told(cast["street_office"].client(), "/desk/cases/?state=handling&order=due")

    assert listed(said) == [sooner.handle, third.handle, later.handle]


def test_each_filter_narrows(cast: Cast) -> None:
    urgent = move(case(State.HANDLING), V.URGE, at=MORNING)
    returned = case(State.RETURNED)
    old = case(State.HANDLING, at=MORNING - timedelta(days=60))
    browser = cast["duty_chief"].client()

    def found(address: str) -> set[str]:
        return set(listed(told(browser, f"/desk/cases/?{address}")))

    assert found("state=all&mark=urgent") == {urgent.handle}
    assert found("state=all&mark=returned") == {returned.handle}
    assert found("state=all&until=2024-12-31") == {old.handle}
    assert found("state=all&since=2025-01-01") == {urgent.handle, returned.handle}
    assert found("due=overdue") == {old.handle}
    assert found(f"state=all&unit={urgent.unit_id}") == {urgent.handle, old.handle}
    assert found("state=all&source=hotline") == set()


def test_a_case_returned_three_times_stands_on_the_list_for_the_joint_meeting(cast: Cast) -> None:
    found = case(State.RETURNED)
    Case.objects.filter(pk=found.pk).update(returns=3)
    case(State.RETURNED)

    said = told(in_language("zh-hans", cast["duty_chief"].client()), "/desk/cases/?state=open&mark=meeting")

    assert listed(said) == [found.handle]
    assert "待联席会议" in said


@pytest.mark.parametrize("address", ["state=triage", "state=all&order=due&mark=returned", "state=open&unit=1&class=1"])
def test_a_list_asks_the_same_for_five_rows_as_for_fifty(cast: Cast, address: str) -> None:
    browser, url = cast["acceptor"].client(), f"/desk/cases/?{address}"
    for _ in range(5):
        case()
    for_five = queries_of(browser, url)
    for number in range(45):
        case(at=MORNING + timedelta(minutes=number))

    for_fifty = queries_of(browser, url)

    assert len(for_five) == len(for_fifty) <= SHELL + 5, for_fifty


def test_the_total_says_how_many_there_are(cast: Cast) -> None:
    for _ in range(3):
        case()

    said = told(in_language("en", cast["acceptor"].client()), "/desk/cases/?state=all")

    assert "3 in this list" in said


def test_a_list_is_kept_as_a_tab_with_its_columns(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    kept = {"address": "state=all&mark=urgent", "name": "本周急办", "column": ["what", "source"]}

    answer = browser.post("/desk/cases/lists/save/", kept)

    assert answer["Location"] == "/desk/cases/?state=all&mark=urgent"
    move(case(), V.URGE, at=MORNING)
    said = told(browser, answer["Location"])
    assert ">本周急办<" in said.replace("</a>", "<").replace(" ", "")
    assert "c-source" in said and "c-unit" not in said
    browser.post("/desk/cases/lists/forget/", {"list": SavedList.objects.get().pk})
    assert "本周急办" not in told(browser, answer["Location"])


def test_a_list_without_a_name_is_asked_for_one_and_nothing_is_lost(cast: Cast) -> None:
    answer = cast["acceptor"].client().post("/desk/cases/lists/save/", {"address": "state=closed", "name": " "})

    assert answer.status_code == 422
    assert not SavedList.objects.exists()


def test_colleagues_of_a_unit_see_what_is_shared_with_it_and_others_do_not(cast: Cast) -> None:
    unit = next(iter(cast["street_office"].actor.unit_ids))
    kept = {"address": "state=handling", "name": "在办", "column": ["what"], "unit": unit}

    cast["street_office"].client().post("/desk/cases/lists/save/", kept)

    assert "在办" in told(cast["unit_lead"].client(), "/desk/cases/")
    assert "在办" not in told(cast["bureau"].client(), "/desk/cases/")
    assert cast["acceptor"].client().post("/desk/cases/lists/save/", kept).status_code == 422


def test_chosen_columns_hold_in_all_lists(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    case()

    browser.post("/desk/cases/lists/save/", {"address": "", "column": [Column.WHAT, Column.QUANTITY]})

    said = told(browser, "/desk/cases/")
    assert "c-quantity" in said and "c-where" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_whole_in_every_language(cast: Cast, language: str) -> None:
    for state in State:
        case(state)

    told(in_language(language, cast["duty_chief"].client()), "/desk/cases/?state=all&mark=returned&since=2024-01-01")
