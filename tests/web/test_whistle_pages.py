# SPDX-License-Identifier: Apache-2.0
"""The pages of whistles, without a script: applied for, reviewed, triaged by the list, answered, refused, rated."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from jiayuan.duties import services
from jiayuan.duties.enums import Outside, WhistleKind, WhistleState
from jiayuan.duties.intake import CallInput
from jiayuan.duties.models import Whistle, WhistleUnit
from tests.cast import BUREAU, COMMUNITY, MORNING, STREET, STREET_OFFICE, SYSTEM, Cast
from tests.duties.lists import DUST, RUBBISH, STALLS, lists
from tests.factories.cases import case
from tests.factories.whistles import (
    CLAUSE,
    DISTRICT_OFFICE,
    answer,
    applied,
    called,
    fresh,
    refuse,
    sign_and_arrive,
    unit_id,
    whistle,
)
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "lists", "small_town"]
pytestmark = pytest.mark.usefixtures("lists")
DESK = "/desk/whistles/"


def one(found: Whistle, rest: str = "") -> str:
    return f"{DESK}{found.handle}/{rest}"


def sent(browser: Client, url: str, values: Mapping[str, Any] | None = None, *, status: int = 302, **more: Any) -> str:
    """Send a form; where it leads, or the page that came back."""
    answer = browser.post(url, {**(values or {}), **more})
    said = answer.content.decode()
    assert answer.status_code == status, said[:2000]
    return str(answer.headers.get("Location", "")) if status == 302 else said


def reads(cast: Cast, who: str) -> Client:
    return in_language("zh-hans", cast[who].client())


def filled(said: str, **typed: str) -> dict[str, str]:
    """The form of a new whistle as a browser sends it: what stands in it already, and what was typed."""
    client_id = re.search(r'name="client_id" value="([^"]+)"', said)
    kind = re.search(r'<input type="radio" name="kind" value="(\w+)"[^>]* checked', said)
    place = re.search(r'<option value="(\d+)" selected', said)
    assert client_id and kind and place
    return {"client_id": client_id[1], "kind": kind[1], "place": place[1], "text": "请部门到场。"} | typed


def test_a_clerk_chooses_the_kind_of_problem_writes_and_sends(cast: Cast) -> None:
    browser = reads(cast, "village_clerk")
    said = told(browser, f"{DESK}new/")

    leads = sent(browser, f"{DESK}new/", filled(said, problem=STALLS))

    found = Whistle.objects.get()
    assert (found.kind, found.place, found.class_key, found.state) == ("daily", COMMUNITY, STALLS, "applied")
    assert leads == one(found)
    assert "待镇街审核" in told(browser, leads)


def test_what_is_wrong_with_a_whistle_stands_beside_its_question_and_nothing_is_lost(cast: Cast) -> None:
    browser = reads(cast, "village_clerk")

    said = sent(browser, f"{DESK}new/", status=422, text="拖了三个月", kind="daily", cases="AAAAAAAAAAA")

    assert "拖了三个月" in said and 'aria-invalid="true"' in said
    assert "本辖区内没有编码为 AAAAAAAAAAA 的问题" in said
    assert not Whistle.objects.exists()


def test_a_place_outside_ones_own_is_refused_beside_the_place(cast: Cast) -> None:
    browser = reads(cast, "village_clerk")
    typed = filled(told(browser, f"{DESK}new/"), problem=STALLS, place="990101001002")

    sent(browser, f"{DESK}new/", typed, status=403)

    assert not Whistle.objects.exists()


def test_a_leader_whistles_for_the_town_or_one_of_its_villages(cast: Cast) -> None:
    said = told(reads(cast, "town_leader"), f"{DESK}new/")

    assert {STREET, COMMUNITY} <= set(re.findall(r'<option value="(990101\d+)"', said))


def test_a_case_leads_to_a_whistle_about_it_and_the_whistle_back(cast: Cast) -> None:
    found, browser = case(), reads(cast, "village_clerk")
    beside = told(browser, f"/desk/cases/{found.handle}/beside/")
    url = re.search(r'href="(/desk/whistles/new/[^"]+)"', beside)
    assert url is not None
    said = told(browser, url[1].replace("&amp;", "&"))
    assert f'value="{found.handle}"' in said

    sent(browser, f"{DESK}new/", filled(said, problem=RUBBISH, cases=found.handle))

    made = Whistle.objects.get()
    assert f'href="/desk/cases/{found.handle}/"' in told(browser, one(made))
    assert one(made) in told(browser, f"/desk/cases/{found.handle}/beside/")
    services.approve_whistle(whistle_id=made.pk, by=SYSTEM, at=MORNING)
    services.assign_whistle(whistle_id=made.pk, given=CallInput(lead=unit_id(STREET_OFFICE)), by=SYSTEM, at=MORNING)
    elsewhere = told(reads(cast, "street_office"), one(made))
    assert found.handle in elsewhere and f'href="/desk/cases/{found.handle}/"' not in elsewhere
    assert one(made) not in told(reads(cast, "street_office"), f"/desk/cases/{case().handle}/beside/", status=404)


def test_a_leader_passes_on_or_turns_down_with_a_reason(cast: Cast) -> None:
    clerk, leader = cast["village_clerk"].actor, reads(cast, "town_leader")
    first, second = applied(clerk), applied(clerk)
    assert "同意吹哨" in told(leader, one(first))

    sent(leader, one(first, "approve/"), version="0")
    said = sent(leader, one(second, "turn_down/"), status=422, version="0", note="自己能办")
    assert "自己能办" in said
    sent(leader, one(second, "turn_down/"), version="0", reason="own_work", note="自己能办")

    assert (fresh(first).state, fresh(second).state) == (WhistleState.TRIAGE, WhistleState.TURNED_DOWN)
    assert "镇街自己可以解决" in told(reads(cast, "village_clerk"), one(second))


def test_the_triage_office_finds_those_of_the_list_chosen_and_calls_them_with_one_press(cast: Cast) -> None:
    found, browser = applied(), reads(cast, "dispatcher")
    said = told(browser, one(found))
    assert re.search(rf'<option value="{BUREAU}" selected', said)
    assisting = re.findall(r'name="assisting" value="([^"]+)"[^>]* checked', said)

    sent(browser, one(found, "assign/"), version=str(found.version), lead=BUREAU, assisting=assisting)

    assert set(found.units.values_list("organisation__code", "role")) == {
        (BUREAU, "lead"),
        (STREET_OFFICE, "assist"),
        (DISTRICT_OFFICE, "assist"),
    }


def test_a_unit_beside_the_list_is_found_by_its_name_and_needs_a_reason(cast: Cast) -> None:
    found, browser = applied(class_key=DUST), reads(cast, "dispatcher")
    typed = {"version": str(found.version), "lead": BUREAU, "other_1": "桥头街道"}

    said = sent(browser, one(found, "assign/"), typed, status=422)
    assert "桥头街道" in said and "责任清单列的是其他单位" in said
    assert "没有名为“没听过”的单位" in sent(browser, one(found, "assign/"), typed | {"other_1": "没听过"}, status=422)
    sent(browser, one(found, "assign/"), typed, outside="leaders")

    assert WhistleUnit.objects.get(organisation__code=STREET_OFFICE).outside == Outside.LEADERS_DECIDED
    assert "清单之外：领导小组决定" in told(browser, one(found))


def test_a_unit_signs_arrives_and_tells_each_with_the_one_big_button(cast: Cast) -> None:
    found, browser = called(assisting=()), reads(cast, "bureau")
    big = []
    for values in ({}, {}, {"told": "已清理占道摊点。"}):
        said = told(browser, one(found))
        big.append(re.findall(r"data-next-move>([^<]+)<", said))
        target = re.search(r'action="([^"]+/(?:sign|arrive|tell_result)/)"', said)
        assert target is not None
        sent(browser, target[1], values)

    assert big == [["签收"], ["到场报到"], ["反馈结果"]]
    assert fresh(found).state == WhistleState.ANSWERED
    assert "已清理占道摊点。" in told(browser, one(found))


def test_a_refusal_names_an_entry_and_the_triage_office_decides_on_the_same_page(cast: Cast) -> None:
    found, bureau, office = called(), reads(cast, "bureau"), reads(cast, "dispatcher")
    refusing = one(found, f"units/{unit_id()}/refuse/")

    assert 'aria-invalid="true"' in sent(bureau, refusing, status=422, clause="")
    assert "请从下面选择" in sent(bureau, refusing, status=422, clause="qingdan:1:2.3")
    sent(bureau, refusing, clause=CLAUSE, note="已由街道负责")
    said = told(office, one(found))
    assert "店外经营整治" in said and "已由街道负责" in said

    said = sent(office, one(found, f"units/{unit_id()}/release/"), status=422)
    assert "必须有主办单位" in said
    sent(office, one(found, f"units/{unit_id()}/release/"), instead=DISTRICT_OFFICE)
    assert found.units.get(organisation__code=DISTRICT_OFFICE).role == "lead"
    assert "已退哨" in told(office, one(found))


def test_an_insisted_unit_signs_on_anew(cast: Cast) -> None:
    found, office = called(), reads(cast, "duty_chief")
    refuse(found)

    sent(office, one(found, f"units/{unit_id()}/insist/"), note="按清单牵头")

    assert found.units.get(organisation_id=unit_id()).state == "called"


def test_whoever_whistled_rates_with_three_taps(cast: Cast) -> None:
    found, browser = whistle(WhistleState.ANSWERED), reads(cast, "village_clerk")
    assert "评哨" in told(browser, one(found))

    said = sent(browser, one(found, "rate/"), status=422, speed="5", handling="9", version=str(found.version))
    assert said.count('aria-invalid="true"') >= 2
    sent(browser, one(found, "rate/"), speed="5", handling="4", result="2", version=str(found.version), comment="")

    assert "2 / 5" in told(browser, one(found))


def test_an_older_page_is_told_what_happened_meanwhile(cast: Cast) -> None:
    found, browser = applied(), reads(cast, "dispatcher")
    services.withdraw_whistle(whistle_id=found.pk, by=SYSTEM, at=MORNING)

    said = sent(browser, one(found, "assign/"), status=409, lead=BUREAU, version=str(found.version))

    assert "moved_on" in said and "已撤回" in said


def test_nobody_makes_a_move_that_is_not_theirs(cast: Cast) -> None:
    found = called()

    sent(reads(cast, "street_office"), one(found, f"units/{unit_id()}/sign/"), status=403)
    sent(reads(cast, "village_clerk"), one(found, f"units/{unit_id()}/sign/"), status=403)
    sent(reads(cast, "village_clerk"), one(found, "complete/"), status=404)
    sent(reads(cast, "bureau"), one(found, f"units/{unit_id()}/nothing/"), status=404)
    sent(reads(cast, "bureau"), one(applied(), "withdraw/"), status=404)
    told(reads(cast, "bureau"), one(applied()), status=404)


def test_a_case_is_linked_later_too(cast: Cast) -> None:
    found, browser = applied(), reads(cast, "village_clerk")
    handle = case().handle

    assert "没有编码为" in sent(browser, one(found, "link/"), status=422, case="AAAAAAAAAAA")
    sent(browser, one(found, "link/"), case=handle.lower())

    assert f"关联问题 {handle}" in told(browser, one(found))


def test_what_waits_stands_on_the_to_do_page(cast: Cast) -> None:
    urgent = called(kind=WhistleKind.EMERGENCY)

    said = told(reads(cast, "bureau"), "/desk/")

    assert "待本单位应哨" in said and one(urgent) in said and "应急哨" in said
    assert one(urgent) not in told(reads(cast, "outsider"), "/desk/")


def test_the_list_has_heaps_and_pages(cast: Cast) -> None:
    browser = reads(cast, "village_clerk")
    mine, over = applied(cast["village_clerk"].actor), whistle(WhistleState.RATED)

    assert one(mine) in told(browser, f"{DESK}?of=mine")
    assert one(over) not in told(browser, DESK)
    assert one(over) in told(browser, f"{DESK}?of=over")
    assert one(over) in told(browser, f"{DESK}?of=all&after=nonsense")
    for _ in range(50):
        applied()
    older = re.search(r'rel="next" href="([^"]+)"', told(browser, DESK))
    assert older is not None
    assert one(mine) in told(browser, DESK + older[1].replace("&amp;", "&"))


def test_the_board_ranks_nobody_and_counts_no_whistles(cast: Cast) -> None:
    found = called(kind=WhistleKind.EMERGENCY)
    sign_and_arrive(found)
    for _ in range(3):
        applied(cast["village_clerk"].actor)

    said = told(reads(cast, "mayor"), f"{DESK}board/?days=30")

    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", said)
    assert cells[-10:] == ["桥头街道", "1", "0", "–", "–", "市城管局", "1", "0", "1/1", "0 分钟"]
    assert "不排名" in said
    assert "陈谷雨" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_can_be_read_in_every_language(language: str, cast: Cast) -> None:
    refused = called()
    refuse(refused)
    every = [whistle(state, by=cast["village_clerk"].actor) for state in (WhistleState.APPLIED,)]
    every += [refused, *(whistle(state) for state in WhistleState if state is not WhistleState.APPLIED)]
    for who in ("town_leader", "dispatcher", "duty_chief"):
        browser = in_language(language, cast[who].client())
        for found in every:
            assert "%(" not in told(browser, one(found))


def test_pages_cost_what_they_cost(cast: Cast) -> None:
    found = called(assisting=(STREET_OFFICE, DISTRICT_OFFICE))
    answer(found)
    for _ in range(5):
        called()
    browser = cast["dispatcher"].client()

    assert len(queries_of(browser, DESK)) <= SHELL + 2
    assert len(queries_of(browser, one(found))) <= SHELL + 6
    assert len(queries_of(browser, f"{DESK}board/")) <= SHELL + 1
    assert len(queries_of(cast["village_clerk"].client(), f"{DESK}new/")) <= SHELL
