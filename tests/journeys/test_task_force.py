# SPDX-License-Identifier: Apache-2.0
"""A town founds a task force, a member goes and another one comes; residents read both, and the document."""

from playwright.sync_api import expect

from tests.journeys.conftest import Meet
from tests.journeys.person import Person

NAME = "示范清河工作专班（演示数据·非公文）"
BEFORE, AFTER = "示范分管负责人", "示范河道专员"


def add_member(leader: Person, title: str) -> None:
    """Add a post to the group that is open."""
    leader.tap(leader.page.get_by_role("link", name=leader.word("Add a member", "duties"), exact=True))
    leader.tap(leader.page.locator("label:has(input[name=role][value=member])"))
    leader.page.locator("select[name=organisation]").select_option(index=1)
    leader.write(leader.page.locator("input[name=post]"), title)
    leader.press("Keep", context="duties")
    expect(leader.page.locator(".j-row", has_text=title)).to_be_visible()


def test_a_task_force_is_founded_and_a_member_is_followed_by_another(meet: Meet) -> None:
    leader = meet("街道负责人")

    leader.open("/desk/duties/groups/new/")
    leader.tap(leader.page.locator("label:has(input[name=kind][value=task_force])"))
    for name, words in (
        ("name", NAME), ("place", "421303003000"), ("task", "清理河道漂浮物"),
        ("founded_by", "关于成立示范清河工作专班的通知（演示数据·非公文）"),
    ):  # fmt: skip
        leader.write(leader.page.locator(f"[name={name}]"), words)
    leader.page.locator("input[name=founded_on]").fill("2025-01-02")
    leader.press("Keep", context="duties")
    leader.tap(leader.page.get_by_role("link", name=NAME))
    add_member(leader, BEFORE)

    leader.tap(leader.page.locator(".j-row", has_text=BEFORE).locator("a"))
    leader.press("End after this day", context="duties")
    expect(leader.page.locator(".j-row", has_text=BEFORE)).to_contain_text("2025年1月3日 – 2025年1月3日")
    add_member(leader, AFTER)
    leader.shoot("task-force-members")

    resident = meet(script=False)
    resident.open("/duties/groups/?place=421303003000")
    resident.tap(resident.page.get_by_role("link", name=NAME))
    for words in (BEFORE, AFTER, "关于成立示范清河工作专班的通知"):
        expect(resident.page.locator("main")).to_contain_text(words)
    resident.shoot("task-force-as-residents-read-it")
