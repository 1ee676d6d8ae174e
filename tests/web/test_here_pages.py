# SPDX-License-Identifier: Apache-2.0
"""Who answers for a place, as residents read it and as the desk keeps it."""

from datetime import date

import pytest
from django.test import Client

from jiayuan.duties import queries
from jiayuan.duties.models import Claim, Guarantee
from tests.cast import COMMUNITY, NEXT_VILLAGE, STREET, Cast
from tests.duties.answers import TODAY, answers, guarantee, zone_id
from tests.factories.cases import case
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["answers", "cast", "ground", "small_town"]
HERE = f"/duties/here/?place={COMMUNITY}"
NEW = "/desk/duties/guarantors/new/"
SHOP = {"place": "qiaotoushequ", "named": "示范便利店", "duty": "门前保洁", "starts_on": "2025-01-03"}


@pytest.mark.usefixtures("answers")
def test_a_resident_reads_units_and_masked_office_holders_and_nobody_else() -> None:
    page = told(Client(), HERE)

    wanted = ("桥头街道", "东桥区", "点长", "孔**", "示范渡口路", "市城管局", "示范工会", "示范广场", "无人认领")
    assert [word for word in wanted if word not in page] == []
    # The clerk is not marked to be shown, so neither name nor role is.
    assert [word for word in ("孔芒种", "陈谷雨", "陈**", "包村") if word in page] == []


@pytest.mark.usefixtures("answers")
def test_colleagues_within_reach_read_names_and_others_do_not(cast: Cast) -> None:
    assert "陈谷雨" in told(cast["town_leader"].client(), HERE)
    assert "陈谷雨" not in told(cast["outsider"].client(), HERE)


@pytest.mark.usefixtures("answers")
def test_any_day_can_be_asked_for() -> None:
    before, after = (told(Client(), f"{HERE}&on={day}") for day in ("2024-12-31", "2025-07-01"))

    assert "示范渡口路" not in before
    assert "2024年12月31日" in before
    assert ("市城管局" in after, "示范工会" in after) == (True, False)
    told(Client(), f"{HERE}&on=gestern")
    told(Client(), f"{HERE}&on=2025-99-99")


@pytest.mark.usefixtures("answers")
def test_a_place_is_found_by_name_and_by_pinyin_and_several_are_offered() -> None:
    assert "示范广场" in told(Client(), "/duties/here/?q=qiaotoushequ")
    several = told(Client(), "/duties/here/?q=双河村")
    assert several.count('name="place"') == 2
    assert "没有找到" in told(Client(), "/duties/here/?q=没有这地方")
    told(Client(), "/duties/here/?place=1' or 1")


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_costs_three_queries_beside_the_shell_in_every_language(language: str) -> None:
    browser = in_language(language)
    words = {"zh-hans": "今日由谁负责", "zh-hant": "今日由誰負責", "en": "Who answers here today"}
    assert words[language] in told(browser, HERE)
    few = len(queries_of(browser, HERE))
    for number in range(20):
        guarantee(named=f"示范店{number}")

    assert len(queries_of(browser, HERE)) == few <= SHELL + 3


def test_the_way_to_a_report_carries_the_village_and_no_town(ground: None) -> None:
    assert f'href="/report/?at={COMMUNITY}"' in told(Client(), HERE)
    assert 'href="/report/"' in told(Client(), f"/duties/here/?place={STREET}")


@pytest.mark.usefixtures("answers")
def test_a_case_and_the_public_list_lead_there(cast: Cast) -> None:
    made = case()

    assert "/duties/here/" in told(Client(), "/duties/")
    assert f"/duties/here/?place={made.village}" in told(cast["duty_chief"].client(), f"/desk/cases/{made.handle}/")


@pytest.mark.usefixtures("answers")
def test_the_desk_lists_what_lies_in_reach_at_a_fixed_price(cast: Cast) -> None:
    leader = cast["town_leader"].client()
    guarantee(place=NEXT_VILLAGE)

    page = told(leader, "/desk/duties/guarantors/")
    few = [len(queries_of(leader, f"/desk/duties/{name}/")) for name in ("guarantors", "zones")]
    for number in range(20):
        guarantee(named=f"示范店{number}")

    assert "孔芒种" in page
    assert "示范便利店" not in page
    assert "东桥区 " not in page
    assert [len(queries_of(leader, f"/desk/duties/{name}/")) for name in ("guarantors", "zones")] == few
    assert max(few) <= SHELL + 5
    assert "示范渡口路" in told(leader, "/desk/duties/zones/")


def test_somebody_is_named_corrected_and_ended(cast: Cast) -> None:
    browser = cast["town_leader"].client()
    assert browser.post(NEW, SHOP).status_code == 302
    row = Guarantee.objects.get()
    page = f"/desk/duties/guarantors/{row.pk}/"
    form = browser.get(page).context["form"]
    given = {name: form.initial.get(name) or "" for name in form.fields if name != "is_shown"}

    corrected = browser.post(page, given | {"duty": "保洁"})
    wrong = browser.post(page, {"end": "1", "ends_on": "2025-01-01"})
    ended = browser.post(page, {"end": "1", "ends_on": "2025-01-03"})

    assert (corrected.status_code, wrong.status_code, ended.status_code) == (302, 422, 302)
    assert "最后一天" in wrong.content.decode()
    row.refresh_from_db()
    assert (row.duty, row.place, row.ends_on) == ("保洁", COMMUNITY, date(2025, 1, 3))


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"place": "没有这地方"}, 422, "place"),
        ({"place": "双河村"}, 422, "place"),
        ({"place": NEXT_VILLAGE}, 403, "place"),
        ({"person": "没有这人", "named": ""}, 422, "person"),
        ({"person": "文书陈"}, 422, "organisation"),
        ({"duty": ""}, 422, "duty"),
        ({"ends_on": "2024-01-01"}, 422, "ends_on"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, changed: dict[str, str], status: int, field: str
) -> None:
    answer = cast["town_leader"].client().post(NEW, SHOP | {"document": "包保名单第七号"} | changed)

    assert answer.status_code == status
    assert field in answer.context["form"].errors
    assert "包保名单第七号" in answer.content.decode()
    assert not Guarantee.objects.exists()


@pytest.mark.usefixtures("answers")
def test_a_zone_is_drawn_claimed_and_ended(cast: Cast) -> None:
    browser = cast["town_leader"].client()
    given = {"name": "示范新路", "kind": "road", "description": "桥头至河口", "starts_on": "2025-01-03"}

    lost = browser.post("/desk/duties/zones/new/", given | {"villages": "没有这地方"})
    drawn = browser.post("/desk/duties/zones/new/", given | {"villages": f"{COMMUNITY}\n渡口社区"})
    number = zone_id("示范新路")
    claimed = browser.post(
        f"/desk/duties/zones/{number}/claims/new/",
        {"organisation": "YX-CG", "duty": "保洁", "starts_on": "2025-01-03"},
    )
    held = Claim.objects.get(zone_id=number)
    page = f"/desk/duties/zones/{number}/claims/{held.pk}/"
    told(browser, page)
    early = browser.post(f"/desk/duties/zones/{number}/", {"end": "1", "ends_on": "2025-01-03"})
    ended = browser.post(page, {"end": "1", "ends_on": "2025-01-03"})
    over = browser.post(f"/desk/duties/zones/{number}/", {"end": "1", "ends_on": "2025-01-03"})

    assert lost.status_code == 422
    assert "桥头至河口" in lost.content.decode()
    assert (drawn.status_code, claimed.status_code, early.status_code) == (302, 302, 422)
    assert (ended.status_code, over.status_code) == (302, 302)
    assert queries.zones_at(COMMUNITY, TODAY)[-1].claims


@pytest.mark.usefixtures("answers")
def test_what_lies_outside_reach_is_not_there(cast: Cast) -> None:
    other = guarantee(place=NEXT_VILLAGE)

    told(cast["town_leader"].client(), f"/desk/duties/guarantors/{other}/", status=404)
    told(cast["administrator"].client(), f"/desk/duties/guarantors/{other}/")
    told(cast["village_clerk"].client(), NEW, status=403)
    told(cast["town_leader"].client(), f"{NEW}?place={STREET}")


@pytest.mark.usefixtures("answers")
def test_another_day_is_asked_for_without_choosing_the_place_again() -> None:
    twin = Client().get(f"/duties/here/?place={NEXT_VILLAGE[:9]}201").context["form"].initial["q"]

    assert Client().get("/duties/here/", {"q": twin, "on": "2025-02-01"}).context["place"].code == "990121100201"
