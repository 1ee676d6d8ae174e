# SPDX-License-Identifier: Apache-2.0
"""Leading groups and task forces: what residents read of them, and how the desk changes who belongs to them."""

from datetime import date, timedelta

import pytest
from django.test import Client

from jiayuan.duties import services
from jiayuan.duties.enums import GroupRole
from jiayuan.duties.models import Group, GroupMember
from jiayuan.people.models import Post
from tests.cast import BUREAU, COMMUNITY, MORNING, NEXT_DISTRICT, STREET_OFFICE, SYSTEM, Cast
from tests.duties.groups import FOUNDED, TODAY, found, join, paper, unit
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]
DESK = "/desk/duties/groups/"
SAID = {
    "kind": "task_force",
    "name": "示范工作专班",
    "task": "协调清运",
    "place": "桥头街道",
    "office": BUREAU,
    "founded_by": "关于成立示范工作专班的通知",
    "founded_number": "虚桥办〔2025〕1号",
    "founded_on": "2025-01-02",
}
JOINS = {"role": "member", "organisation": STREET_OFFICE, "post": "分管负责人", "starts_on": "2025-01-03"}


# ── for everybody ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_residents_read_document_office_units_and_posts(ground: None, language: str) -> None:
    group = found()
    join(group, role=GroupRole.HEAD)

    page = told(in_language(language), f"/duties/groups/{group}/")

    words = {
        "zh-hans": ("工作专班", "组长"),
        "zh-hant": ("工作專班", "組長"),
        "en": ("Task force", "Head of the group"),
    }
    wanted = (*words[language], "关于成立示范工作专班的通知", "虚桥办〔2024〕3号", "分管负责人")
    assert [word for word in wanted if word not in page] == []


def test_residents_never_read_the_name_of_a_member(cast: Cast) -> None:
    group, shown, hidden = found(), cast["town_leader"], cast["bureau"]
    join(group, person_id=shown.person_id, post="", is_shown=True)
    join(group, person_id=hidden.person_id, post="")

    page = told(Client(), f"/duties/groups/{group}/")
    colleague = told(cast["auditor"].client(), f"/duties/groups/{group}/")

    assert "孔**" in page
    assert [name for name in (shown.part.name, hidden.part.name, "吕*") if name in page] == []
    assert "另有 1 人不公开姓名" in page
    assert [name for name in (shown.part.name, hidden.part.name) if name not in colleague] == []


def test_who_belonged_before_and_a_dissolved_group_stay_to_be_read(ground: None) -> None:
    group = found()
    join(group, ends_on=TODAY - timedelta(days=1))
    services.dissolve_group(group_id=group, given=paper(TODAY - timedelta(days=1)), by=SYSTEM, at=MORNING)

    page = told(Client(), f"/duties/groups/{group}/")
    listed = told(Client(), "/duties/groups/")

    assert [
        word for word in ("已撤销", "关于撤销示范工作专班的通知", "曾任成员", "2025年1月2日") if word not in page
    ] == []
    assert "现任成员" not in page
    assert "已撤销" in listed


def test_a_place_leads_to_its_groups_and_no_others(ground: None) -> None:
    found()
    found(place=NEXT_DISTRICT, name="别县专班")

    assert f"/duties/groups/?place={COMMUNITY}" in told(Client(), f"/duties/here/?place={COMMUNITY}")
    page = told(Client(), f"/duties/groups/?place={COMMUNITY}")

    assert ("示范工作专班" in page, "别县专班" in page) == (True, False)


def test_what_is_no_group_is_not_there(ground: None) -> None:
    told(Client(), "/duties/groups/7/", status=404)


def test_the_pages_cost_the_same_for_few_and_for_many(cast: Cast) -> None:
    group = found()
    join(group, person_id=cast["bureau"].person_id, post="")
    asked = ("/duties/groups/", f"/duties/groups/{group}/")
    few = [len(queries_of(Client(), url)) for url in asked]
    for number in range(8):
        found(name=f"示范专班{number}")
        join(group, post=f"职务{number}")

    assert [len(queries_of(Client(), url)) for url in asked] == few
    assert few[0] <= SHELL + 1
    assert few[1] <= SHELL + 3


# ── at the desk ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_group_is_founded_joined_left_and_dissolved(cast: Cast) -> None:
    browser = cast["town_leader"].client()

    founded = browser.post(f"{DESK}new/", SAID)
    page = f"{DESK}{Group.objects.get().pk}/"
    joined = browser.post(f"{page}members/new/", JOINS)
    held = f"{page}members/{GroupMember.objects.get().pk}/"
    corrected = browser.post(held, JOINS | {"role": "liaison"})
    ended = browser.post(held, {"end": "1", "ends_on": "2025-01-03"})
    renamed = browser.post(f"{page}edit/", SAID | {"name": "示范专班乙"})
    dissolved = browser.post(f"{page}dissolve/", {"dissolved_by": "关于撤销的通知", "dissolved_on": "2025-01-03"})

    assert [one.status_code for one in (founded, joined, corrected, ended, renamed, dissolved)] == [302] * 6
    group, member = Group.objects.get(), GroupMember.objects.get()
    assert (group.name, group.dissolved_on) == ("示范专班乙", date(2025, 1, 3))
    assert (member.role, member.ends_on) == ("liaison", date(2025, 1, 3))
    assert "示范专班乙" in told(browser, page)


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"place": "没有这地方"}, 422, "place"),
        ({"place": NEXT_DISTRICT}, 403, "place"),
        ({"kind": "club"}, 422, "kind"),
        ({"office": "没有这单位"}, 422, "office"),
        ({"founded_by": ""}, 422, "founded_by"),
        ({"founded_on": "昨天"}, 422, "founded_on"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, changed: dict[str, str], status: int, field: str
) -> None:
    answer = cast["town_leader"].client().post(f"{DESK}new/", SAID | changed)

    assert answer.status_code == status
    assert field in answer.context["form"].errors
    assert "协调清运" in answer.content.decode()
    assert not Group.objects.exists()


def test_a_dissolution_without_a_document_comes_back(cast: Cast) -> None:
    answer = cast["town_leader"].client().post(f"{DESK}{found()}/dissolve/", {"dissolved_on": "2025-01-03"})

    assert (answer.status_code, "dissolved_by" in answer.context["form"].errors) == (422, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_says_that_a_member_left_the_seconding_unit(cast: Cast, language: str) -> None:
    gone = cast["bureau"].person_id
    number = join(group := found(), person_id=gone, post="")
    browser = in_language(language, cast["town_leader"].client())
    before = told(browser, f"{DESK}{group}/")
    Post.objects.filter(person_id=gone).update(ends_on=TODAY - timedelta(days=1))

    pages = [told(browser, f"{DESK}{group}/"), told(browser, f"{DESK}{group}/members/{number}/")]

    word = {
        "zh-hans": "派出单位已变动", "zh-hant": "派出單位已變動", "en": "The seconding unit has changed",
    }[language]  # fmt: skip
    assert word not in before
    assert [page for page in pages if word not in page] == []


def test_the_sheet_names_units_terms_and_whoever_belongs_today(cast: Cast) -> None:
    group = found()
    join(group, person_id=cast["bureau"].person_id, post="", organisation_id=unit(BUREAU))
    join(group, post="已离任职务", ends_on=FOUNDED)

    page = told(cast["town_leader"].client(), f"{DESK}{group}/sheet/")

    assert [word for word in (cast["bureau"].part.name, "派出单位", "2025年1月3日") if word not in page] == []
    assert "已离任职务" not in page


def test_the_desk_pays_the_same_for_few_and_for_many(cast: Cast) -> None:
    browser, group = cast["town_leader"].client(), found()
    join(group, person_id=cast["bureau"].person_id, post="")
    few = [len(queries_of(browser, url)) for url in (DESK, f"{DESK}{group}/")]
    for number in range(8):
        found(name=f"示范专班{number}")
        join(group, post=f"职务{number}")

    assert [len(queries_of(browser, url)) for url in (DESK, f"{DESK}{group}/")] == few
    assert max(few) <= SHELL + 5


def test_what_lies_outside_reach_is_not_there(cast: Cast) -> None:
    other = found(place=NEXT_DISTRICT)

    for page in (f"{DESK}{other}/", f"{DESK}{other}/edit/", f"{DESK}{other}/dissolve/", f"{DESK}{other}/sheet/"):
        told(cast["town_leader"].client(), page, status=404)
        told(cast["administrator"].client(), page)
        told(cast["village_clerk"].client(), page, status=403)
