# SPDX-License-Identifier: Apache-2.0
"""Routing rules at the desk: written after a trial, read as sentences, taken back, as a table, used to dispatch."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jiayuan.cases import queries, services
from jiayuan.cases.enums import Hours, RuleChange, Source, State
from jiayuan.cases.models import Case, RoutingVersion
from tests.cast import BUREAU, DISTRICT, MORNING, NEXT_DISTRICT, STREET, STREET_OFFICE, SYSTEM, Cast
from tests.factories.cases import case, unit_id
from tests.factories.routing import RUBBISH, rule, said
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
RULES, NEW, TABLE, WAITING = "/desk/routing/", "/desk/routing/new/", "/desk/routing/table/", "/desk/routing/waiting/"
LATER, EARLIER = MORNING + timedelta(hours=1), MORNING - timedelta(hours=1)


def filled(**given: Any) -> dict[str, Any]:
    """The form of a rule as a browser sends it."""
    usual = {
        "kinds": [RUBBISH], "places": [STREET], "target": "unit", "unit": BUREAU, "priority": "5",
        "valid_from": "2025-01-03", "hours": "", "setting": "", "client_id": "00000000-0000-4000-8000-000000000001",
    }  # fmt: skip
    return usual | given


def tried(browser: Client, url: str = NEW, **given: Any) -> str:
    """What the page says after a trial."""
    answer = browser.post(url, filled(**given) | {"try": "1"})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def mark_of(page: str) -> str:
    """What the page gives along so that the rule can be kept after its trial."""
    found = re.search(r'name="tried" value="(\w+)"', page)
    assert found is not None
    return found[1]


def zh(browser: Client) -> Client:
    return in_language("zh-hans", browser)


def test_a_rule_is_kept_after_its_trial_was_seen(cast: Cast) -> None:
    case(State.DISPATCHED, unit=STREET_OFFICE)
    browser = zh(cast["administrator"].client())

    page = tried(browser)
    assert not RoutingVersion.objects.exists()
    answer = browser.post(NEW, filled() | {"save": "1", "tried": mark_of(page)})

    (view,) = queries.rules_now()
    assert answer.headers["Location"] == f"/desk/routing/{view.number}/"
    assert (view.kinds, view.places, view.unit_id) == ((RUBBISH,), (STREET,), unit_id(BUREAU))
    assert "桥头街道的垃圾没人收 → 市城管局" in page
    assert re.search(r"桥头街道</th><td>市城管局</td><td class=\"num\">1</td>", page)


def test_who_changes_the_form_after_the_trial_sees_a_new_one(cast: Cast) -> None:
    browser = cast["administrator"].client()
    mark = mark_of(tried(browser))

    answer = browser.post(NEW, filled(priority="1") | {"save": "1", "tried": mark})

    assert answer.status_code == 200
    assert mark_of(answer.content.decode()) != mark
    assert not RoutingVersion.objects.exists()


def test_pressed_twice_it_is_one_rule(cast: Cast) -> None:
    browser = cast["administrator"].client()
    mark = mark_of(tried(browser))

    for _ in range(2):
        browser.post(NEW, filled() | {"save": "1", "tried": mark})

    assert len(queries.rules_now()) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"unit": ""}, "id_unit"),
        ({"hours": "span", "starts": "18.00", "ends": "08:00"}, "id_starts"),
        ({"hours": "span", "starts": "18:00", "ends": "18:00"}, "id_ends"),
        ({"valid_until": "2025-01-01"}, "id_valid_until"),
        ({"valid_from": "next week"}, "id_valid_from"),
        ({"unit": STREET_OFFICE, "places": [NEXT_DISTRICT]}, "id_unit"),
        ({"basis": "长" * 101}, "id_basis"),
        ({"basis": "<b>x</b>"}, "id_basis"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, given: dict[str, Any], field: str
) -> None:
    answer = cast["administrator"].client().post(NEW, filled(**{"basis": "纪要三号"} | given) | {"try": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'class="j-errors.*?href="#{field}"', page, re.DOTALL)
    assert f'value="{RUBBISH}" checked' in page
    assert "basis" in given or "纪要三号" in page
    assert not RoutingVersion.objects.exists()


@pytest.mark.parametrize("given", [{"kinds": ["tile:unknown"]}, {"places": ["990199000000"]}])
def test_kinds_and_places_that_are_not_there_are_refused(cast: Cast, given: dict[str, Any]) -> None:
    answer = cast["administrator"].client().post(NEW, filled(**given) | {"try": "1"})

    assert answer.status_code == 422
    assert b"j-errors" in answer.content


def test_a_duty_chief_cannot_reach_beyond_the_district(cast: Cast) -> None:
    browser = cast["duty_chief"].client()

    beyond = [browser.post(NEW, filled(places=places) | {"try": "1"}) for places in ([NEXT_DISTRICT], [])]

    assert [answer.status_code for answer in beyond] == [422, 422]
    assert mark_of(tried(browser, places=[DISTRICT]))


def test_places_are_found_without_a_script_and_what_was_ticked_stays(cast: Cast) -> None:
    answer = cast["administrator"].client().post(NEW, filled() | {"find": "1", "place_query": "双河"})

    page = answer.content.decode()
    assert page.count("双河村") == 2
    assert f'value="{STREET}" checked' in page


def test_two_who_change_one_rule_at_once_lose_nothing(cast: Cast) -> None:
    view = rule(kinds=[RUBBISH], places=[STREET], unit=BUREAU)
    url = f"/desk/routing/{view.number}/change/"
    first, second = zh(cast["administrator"].client()), zh(cast["duty_chief"].client())
    marks = [
        mark_of(tried(browser, url, version="1", priority=number)) for browser, number in ((first, "1"), (second, "2"))
    ]

    won = first.post(url, filled(version="1", priority="1") | {"save": "1", "tried": marks[0]})
    lost = second.post(url, filled(version="1", priority="2", basis="纪要三号") | {"save": "1", "tried": marks[1]})
    told_so = second.post(url, filled(version="1", priority="2") | {"save": "1", "tried": marks[1]})

    assert won.status_code == 302
    assert lost.status_code == 200  # the form was changed after its trial, so there is a new one first
    page = told_so.content.decode()
    assert told_so.status_code == 409
    assert "其他人刚改过这条规则" in page
    assert 'name="version" value="2"' in page
    assert '<option value="2" selected>' in page
    now = queries.rule_now(view.number)
    assert now is not None and (now.version, now.priority) == (2, 1)


def test_a_rule_is_switched_off_after_a_look_and_taken_back(cast: Cast) -> None:
    view = rule(kinds=[RUBBISH], places=[STREET], unit=BUREAU)
    browser = zh(cast["administrator"].client())

    assert "桥头街道的垃圾没人收" in told(browser, f"/desk/routing/{view.number}/end/")
    browser.post(f"/desk/routing/{view.number}/end/", {"version": "1"})
    browser.post(f"/desk/routing/{view.number}/back/", {"version": "2"})

    page = told(browser, f"/desk/routing/{view.number}/")
    assert [edition.view.change for edition in queries.history_of_rule(view.number)] == [
        RuleChange.TAKEN_BACK, RuleChange.ENDED, RuleChange.MADE,
    ]  # fmt: skip
    assert "金惊蛰" in page
    assert "状态：停用 → 生效中" in page


def test_who_only_reads_finds_no_button_to_change(cast: Cast) -> None:
    view = rule(unit=BUREAU)

    for part in ("dispatcher", "auditor", "duty_chief"):
        page = told(cast[part].client(), f"/desk/routing/{view.number}/")
        assert f"/desk/routing/{view.number}/change/" not in page
    assert cast["duty_chief"].client().get(f"/desk/routing/{view.number}/change/").status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_whole_in_every_language(cast: Cast, language: str) -> None:
    case(State.DISPATCHED)
    case(State.FILED)
    view = rule(kinds=[RUBBISH], places=[STREET], unit=BUREAU, weekdays=[1], hours=Hours.SPAN, starts=1080, ends=480)
    rule(kinds=[RUBBISH], places=[STREET], unit=STREET_OFFICE, weekdays=[1], hours=Hours.SPAN, starts=1080, ends=480)
    services.change_rule(number=view.number, version=1, given=said(unit=BUREAU), by=SYSTEM, at=LATER)

    for url in (RULES, NEW, TABLE, f"{RULES}{view.number}/", f"{RULES}{view.number}/end/", f"{RULES}coverage/"):
        told(in_language(language, cast["administrator"].client()), url)
    told(in_language(language, cast["dispatcher"].client()), WAITING)
    tried(in_language(language, cast["administrator"].client()))


def test_the_list_says_what_is_wrong_and_is_narrowed_to_a_place_and_a_kind(cast: Cast) -> None:
    rule(kinds=[RUBBISH], places=[STREET], unit=BUREAU)
    rule(kinds=[RUBBISH], places=[STREET], unit=STREET_OFFICE)
    rule(kinds=["tile:stacks"], places=[NEXT_DISTRICT])
    browser = zh(cast["administrator"].client())

    page = told(browser, RULES)
    narrowed = told(browser, RULES + "?area=990121&kind=stacks")

    assert "适用相同的案件、范围一样窄" in page
    assert narrowed.count("data-row") == 1
    assert "西坪县的柴草砖石乱堆" in narrowed


def test_the_list_asks_the_same_for_five_rules_as_for_fifty(cast: Cast) -> None:
    browser = cast["administrator"].client()
    for _ in range(5):
        rule(kinds=[RUBBISH], unit=BUREAU)
    for_five = queries_of(browser, RULES)
    for _ in range(45):
        rule(kinds=[RUBBISH], unit=BUREAU)

    assert queries_of(browser, RULES) == for_five
    assert len(for_five) <= SHELL + 3


# The table


def exported(browser: Client) -> str:
    return browser.get(TABLE + "rules.csv").content.decode("utf-8-sig")


def test_what_was_downloaded_changes_nothing_when_it_comes_back(cast: Cast) -> None:
    rule(kinds=[RUBBISH], places=[STREET], unit=BUREAU, weekdays=[1, 2], hours=Hours.SPAN, starts=1080, ends=480)
    rule(hours=Hours.OFF, sources=[Source.PUBLIC], setting="rural", at_once=True, basis="纪要，第三号")
    browser = zh(cast["administrator"].client())
    table = exported(browser)

    page = browser.post(TABLE, {"text": table}).content.decode()
    browser.post(TABLE, {"text": table, "save": "1"})

    assert page.count("<td>不变</td>") == 2
    assert {view.version for view in queries.rules_now()} == {1}


def test_a_table_with_names_is_looked_at_and_then_taken_over(cast: Cast) -> None:
    view = rule(unit=BUREAU)
    browser = zh(cast["administrator"].client())
    table = (
        "编号,类别,地点,时段,单位,优先级,启用日\n"
        f"{view.number},暴露垃圾,,工作时间以外,市城管局,2,2025-01-03\n"
        ",柴草砖石乱堆,桥头街道,,,,2025-01-03\n"
    )

    page = browser.post(TABLE, {"text": table}).content.decode()
    assert queries.rules_now() == (view,)
    answer = browser.post(TABLE, {"text": table, "save": "1"})

    assert "优先级：5 → 2" in page
    assert answer.status_code == 302
    assert [(one.priority, one.places, one.version) for one in queries.rules_now()] == [(2, (), 2), (5, (STREET,), 1)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",不知道的类别,,,市城管局,5,2025-01-03", "类别："),
        (",,不知道的地方,,市城管局,5,2025-01-03", "地点："),
        (",,,,不知道的单位,5,2025-01-03", "单位："),
        (",,,,市城管局,11,2025-01-03", "优先级："),
        (",,,,市城管局,5,某一天", "启用日："),
        ("999,,,,市城管局,5,2025-01-03", "没有这个编号的规则"),
    ],
)
def test_a_wrong_line_is_told_and_nothing_is_taken_over(cast: Cast, line: str, words: str) -> None:
    table = f"编号,类别,地点,时段,单位,优先级,启用日\n,,,,,5,2025-01-03\n{line}\n"

    answer = zh(cast["administrator"].client()).post(TABLE, {"text": table, "save": "1"})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not RoutingVersion.objects.exists()


@pytest.mark.parametrize("data", ["", "a,b\n1,2\n", "\x00\x01"])
def test_what_is_no_table_is_refused(cast: Cast, data: str) -> None:
    answer = cast["administrator"].client().post(TABLE, {"text": data})

    assert answer.status_code == 422


def test_no_cell_is_taken_for_a_formula(cast: Cast) -> None:
    rule(basis="=1+1")

    assert ",'=1+1," in exported(cast["auditor"].client())


def test_who_only_reads_takes_no_table_over(cast: Cast) -> None:
    assert cast["auditor"].client().post(TABLE, {"text": "单位,启用日\n,2025-01-03\n", "save": "1"}).status_code == 403


# Where it acts


def test_the_dispatch_form_ticks_the_unit_of_the_rule_and_says_why(cast: Cast) -> None:
    view = rule(kinds=[RUBBISH], places=[STREET], unit=BUREAU)
    found = case(State.FILED)

    page = told(zh(cast["dispatcher"].client()), f"/desk/cases/{found.handle}/")

    assert re.search(rf'name="unit" value="{unit_id(BUREAU)}"[^>]*checked', page)
    assert f"规则 {view.number}：东桥区桥头街道的垃圾没人收 → 市城管局" in page


def test_without_a_rule_the_nearest_unit_is_ticked_as_ever(cast: Cast) -> None:
    found = case(State.FILED)

    page = told(cast["dispatcher"].client(), f"/desk/cases/{found.handle}/")

    assert re.search(rf'name="unit" value="{unit_id(STREET_OFFICE)}"[^>]*checked', page)


def test_the_to_do_list_names_the_unit_of_the_rule(cast: Cast) -> None:
    view = rule(kinds=[RUBBISH], unit=BUREAU)
    case(State.FILED)

    assert f"→ 市城管局（规则 {view.number}）" in told(zh(cast["dispatcher"].client()), "/desk/")


def test_many_cases_are_dispatched_by_the_rules_each_judged_by_itself(cast: Cast) -> None:
    rule(kinds=[RUBBISH], unit=BUREAU)
    filed, other, moved = (case(State.FILED, at=EARLIER, tile=tile) for tile in ("rubbish", "stacks", "rubbish"))
    browser = zh(cast["dispatcher"].client())
    page = told(browser, WAITING)
    services.dispatch(case_id=services.CaseId(moved.pk), unit_id=unit_id(), by=SYSTEM, at=MORNING)
    ticked = re.findall(r'name="case" value="([^"]+)" checked', page)

    answer = browser.post(WAITING, {"case": [*ticked, "00000000000:1"]}).content.decode()

    assert len(ticked) == 2
    assert "已派遣 1 件" in answer
    assert answer.count("/desk/cases/") >= 2
    states = {
        found.pk: Case.objects.values_list("state", "unit_id").get(pk=found.pk) for found in (filed, other, moved)
    }
    assert states == {
        filed.pk: (State.DISPATCHED, unit_id(BUREAU)),
        other.pk: (State.FILED, None),
        moved.pk: (State.DISPATCHED, unit_id(STREET_OFFICE)),
    }


def test_settings_shows_what_each_may_look_after(cast: Cast) -> None:
    assert "派遣规则" in told(zh(cast["administrator"].client()), "/desk/settings/")
    assert "派遣规则" not in told(zh(cast["street_office"].client()), "/desk/settings/")
    assert "/desk/settings/" not in told(cast["street_office"].client(), "/desk/")
