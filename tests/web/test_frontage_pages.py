# SPDX-License-Identifier: Apache-2.0
"""The page behind the code at a shop's door, and frontages as the desk keeps them."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from jiayuan.duties.models import Frontage
from tests.cast import COMMUNITY, NEXT_VILLAGE, Cast
from tests.duties.shops import TODAY, schemes, sign
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "schemes", "small_town"]
pytestmark = pytest.mark.usefixtures("schemes")
DESK = "/desk/duties/frontages/"
SAID = {
    "place": "qiaotoushequ",
    "shop": "示范小吃店甲",
    "address": "渡口街1号",
    "scheme": "sibao",
    "signed_on": "2025-01-02",
    "starts_on": "2025-01-03",
}


def handle_of(number: int) -> str:
    return Frontage.objects.get(pk=number).handle


# ── at the door ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_the_duties_who_governs_and_where_to_report(language: str) -> None:
    page = told(in_language(language), f"/f/{handle_of(sign())}/")

    words = {
        "zh-hans": ("上报这里的问题", "示例"),
        "zh-hant": ("上報這裏的問題", "示例"),
        "en": ("Report a problem here", "Example"),
    }
    wanted = (*words[language], "门前三包", "包卫生", "爱护花草树木", "示范小吃店甲", "渡口街1号", "桥头街道")
    assert [word for word in wanted if word not in page] == []
    assert f'href="/report/?at={COMMUNITY}"' in page


def test_the_button_leads_to_a_report_that_knows_the_village() -> None:
    page = told(Client(), f"/report/?at={COMMUNITY}")

    assert f'value="{COMMUNITY}"' in page
    assert "桥头社区" in page


def test_the_page_needs_no_script_and_no_form() -> None:
    page = told(Client(), f"/f/{handle_of(sign())}/")
    main = page.partition("<main")[2].partition("</main>")[0]

    assert "<script" not in main
    assert "<form" not in main


def test_a_mistyped_letter_is_read_and_what_is_no_code_is_not_there() -> None:
    handle = handle_of(sign())

    told(Client(), f"/f/{handle.lower()}/")
    told(Client(), "/f/00000000000/", status=404)
    told(Client(), f"/f/{handle[:-1]}/", status=404)


def test_what_is_over_or_comes_later_says_so_and_lists_no_duty() -> None:
    over = handle_of(sign(starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31)))
    later = handle_of(sign(starts_on=TODAY + timedelta(days=1)))

    pages = [told(Client(), f"/f/{handle}/") for handle in (over, later)]

    assert "已于2024年12月31日结束" in pages[0]
    assert "自2025年1月4日起生效" in pages[1]
    assert [page for page in pages if "包卫生" in page] == []


def test_the_page_at_the_door_costs_two_queries_beside_the_shell() -> None:
    assert len(queries_of(Client(), f"/f/{handle_of(sign())}/")) <= SHELL + 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_says_how_many_shops_signed(language: str) -> None:
    none = told(in_language(language), f"/duties/here/?place={COMMUNITY}")
    sign()
    sign(shop="示范便利店乙")

    page = told(in_language(language), f"/duties/here/?place={COMMUNITY}")

    words = {"zh-hans": "2 家店铺已签订", "zh-hant": "2 家店鋪已簽訂", "en": "2 shops have signed"}
    assert (words[language] in none, words[language] in page) == (False, True)


# ── at the desk ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_shop_is_added_corrected_and_ended(cast: Cast) -> None:
    browser = cast["town_leader"].client()

    added = browser.post(f"{DESK}new/", SAID)
    row = Frontage.objects.get()
    page = f"{DESK}{row.handle}/"
    corrected = browser.post(page, SAID | {"shop": "示范小吃店乙"})
    wrong = browser.post(page, {"end": "1", "ends_on": "2025-01-01"})
    ended = browser.post(page, {"end": "1", "ends_on": "2025-01-03"})

    assert added.headers["Location"] == page
    assert (corrected.status_code, wrong.status_code, ended.status_code) == (302, 422, 302)
    assert "最后一天" in wrong.content.decode()
    row.refresh_from_db()
    assert (row.shop, row.village, row.ends_on) == ("示范小吃店乙", COMMUNITY, date(2025, 1, 3))


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"place": "没有这地方"}, 422, "place"),
        ({"place": NEXT_VILLAGE}, 403, "place"),
        ({"shop": "示范店 13800000000"}, 422, "shop"),
        ({"scheme": "shibao"}, 422, "scheme"),
        ({"address": ""}, 422, "address"),
        ({"signed_on": ""}, 422, "signed_on"),
        ({"ends_on": "2024-01-01"}, 422, "ends_on"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, changed: dict[str, str], status: int, field: str
) -> None:
    answer = cast["town_leader"].client().post(f"{DESK}new/", SAID | {"starts_on": "2025-01-09"} | changed)

    assert answer.status_code == status
    assert field in answer.context["form"].errors
    assert "2025-01-09" in answer.content.decode()
    assert not Frontage.objects.exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"甲店", "乙店", "丙店"}),
        (f"place={COMMUNITY}", {"甲店", "丙店"}),
        ("place=没有这地方", set()),
        ("scheme=sibao", {"乙店"}),
        ("standing=over", {"丙店"}),
        ("standing=now", {"甲店", "乙店"}),
        ("q=甲", {"甲店"}),
        ("q=河湾路", {"乙店"}),
        ("page=2", set()),
        ("page=x&scheme=y", {"甲店", "乙店", "丙店"}),
    ],
)
def test_the_list_is_narrowed(cast: Cast, asked: str, found: set[str]) -> None:
    sign(shop="甲店")
    sign(shop="乙店", scheme="sibao", address="河湾路2号", place="990101001002")
    sign(shop="丙店", starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    sign(shop="丁店", place=NEXT_VILLAGE)

    page = told(cast["town_leader"].client(), f"{DESK}?{asked}")

    assert {name for name in ("甲店", "乙店", "丙店", "丁店") if name in page} == found


def test_the_desk_pays_the_same_for_one_shop_and_for_many_pages(cast: Cast) -> None:
    browser = cast["town_leader"].client()
    sign()
    few = len(queries_of(browser, DESK))
    for number in range(51):
        sign(shop=f"示范店{number}")

    assert len(queries_of(browser, DESK)) == few <= SHELL + 5
    assert "page=2" in told(browser, DESK)
    assert "示范小吃店甲" in told(browser, f"{DESK}?page=2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_for_the_door_carries_the_code_of_its_page(cast: Cast, language: str) -> None:
    handle = handle_of(sign())

    page = told(in_language(language, cast["town_leader"].client()), f"{DESK}{handle}/sheet/")

    words = {"zh-hans": "扫码查看", "zh-hant": "掃碼查看", "en": "Scan to read"}
    assert words[language] in page
    assert f"{settings.SITE_URL}/f/{handle}/" in page
    assert 'src="data:image/svg+xml' in page


def test_what_lies_outside_reach_is_not_there(cast: Cast) -> None:
    other = handle_of(sign(place=NEXT_VILLAGE))

    for page in (f"{DESK}{other}/", f"{DESK}{other}/sheet/"):
        told(cast["town_leader"].client(), page, status=404)
        told(cast["administrator"].client(), page)
        told(cast["village_clerk"].client(), page, status=403)
