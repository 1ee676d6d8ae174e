# SPDX-License-Identifier: Apache-2.0
"""The pages of clearing lists, without a script: the village lists and clears, the town draws and decides."""

import re
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiayuan.cases import services
from jiayuan.cases.enums import ListState, RowFlaw, RowState, V
from jiayuan.cases.models import Case, ClearingList, ClearingSample
from jiayuan.cases.services import ListId
from jiayuan.media.models import Photo
from jiayuan.media.queries import photos_of
from jiayuan.notices import queries as notices
from jiayuan.people.services import appoint
from jiayuan.record import readers
from tests.cast import COMMUNITY, DISTRICT, MORNING, NEW_YEAR, SYSTEM, Cast
from tests.factories.cases import move, unit_id
from tests.factories.clearing import (
    VILLAGE,
    accepted,
    added,
    begun,
    class_id,
    cleared,
    decide,
    draw,
    hand_in,
    handed_in,
)
from tests.media.pictures import encoded, scene
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]
pytestmark = pytest.mark.usefixtures("ground")
_seeds = count(500)


def shot() -> SimpleUploadedFile:
    """A picture as a phone sends it."""
    data = encoded(scene((64, 48), seed=next(_seeds)))
    return SimpleUploadedFile("IMG_0001.jpg", data, content_type="image/jpeg")


def sent(browser: Client, url: str, values: dict[str, Any] | None = None, *, status: int = 302, **more: Any) -> str:
    """Send a form; where it leads, or the page that came back."""
    answer = browser.post(url, (values or {}) | more)
    said = answer.content.decode()
    assert answer.status_code == status, said[:2000]
    return str(answer.headers.get("Location", "")) if status == 302 else said


def one(found: ClearingList, rest: str = "") -> str:
    return f"/desk/clearing/{found.handle}/{rest}"


def test_a_clerk_begins_a_list_for_the_only_village_there_is_with_one_press(cast: Cast) -> None:
    browser = cast["village_clerk"].client()
    said = told(browser, "/desk/clearing/")
    assert f'name="village" value="{COMMUNITY}"' in said

    leads = sent(browser, "/desk/clearing/new/", village=COMMUNITY)

    assert leads == one(ClearingList.objects.get())


def test_a_grid_worker_chooses_among_the_villages_of_the_street_those_in_the_country_first(cast: Cast) -> None:
    said = told(cast["grid_worker"].client(), "/desk/clearing/")

    assert re.findall(r'<option value="(\d+)"', said) == ["990101001001", "990101001002", VILLAGE]
    browser = cast["grid_worker"].client()
    sent(browser, "/desk/clearing/new/", village=VILLAGE, team="突击队")
    assert f'value="{VILLAGE}" selected' in told(browser, "/desk/clearing/")


def test_a_list_for_no_village_is_refused_on_the_same_page(cast: Cast) -> None:
    said = sent(cast["village_clerk"].client(), "/desk/clearing/new/", village="99", status=422)

    assert "请在列表中选择村" in said


def test_a_village_lists_clears_and_hands_in(cast: Cast) -> None:
    browser, found = cast["grid_worker"].client(), begun(by=cast["grid_worker"].actor)

    leads = sent(
        browser,
        one(found, "rows/"),
        {"class": class_id("R12"), "quantity": "3", "place_text": "塘边", "photos": shot()},
    )
    assert leads == one(found) + "?added=1#add"
    said = told(browser, one(found) + "?added=1")
    assert "已列入第 1 项：砖石垛，3 个" in said
    assert 'value="塘边"' in said, "the next heap is likely at the same place"
    sent(browser, one(found, "rows/1/amend/"), quantity="4")
    sent(browser, one(found, "rows/1/clear/"), photos=shot())
    sent(browser, one(found, "hand-in/"), version=ClearingList.objects.get().version)

    now = ClearingList.objects.get()
    assert (now.state, now.rows.get().quantity) == (ListState.HANDED_IN, 4)
    assert len(photos_of(now.rows.get().ref)) == 2


def test_in_the_country_the_eight_rural_classes_come_first_and_in_town_those_of_the_street(cast: Cast) -> None:
    appoint(
        person_id=cast["grid_worker"].person_id,
        role="grid_worker",
        area=DISTRICT,
        starts_on=NEW_YEAR,
        by=SYSTEM,
        at=MORNING,
    )
    browser = cast["grid_worker"].client()

    def offered(village: str) -> list[int]:
        said = told(browser, one(begun(village=village)))
        return [int(found) for found in re.findall(r'name="class" value="(\d+)"', said)]

    rural = [class_id(code) for code in ("R01", "R02", "R03", "R11", "R12", "R21", "R22", "R23")]
    assert offered("990101100200")[:8] == rural
    assert not set(rural) & set(offered(COMMUNITY))


def test_whoever_only_accepts_is_not_offered_rows(cast: Cast) -> None:
    assert 'name="class"' not in told(cast["county_supervisor"].client(), one(begun()))


def test_all_that_is_wrong_with_a_row_is_said_at_once_and_nothing_typed_or_sent_is_lost(cast: Cast) -> None:
    browser, found = cast["grid_worker"].client(), begun()

    said = sent(
        browser,
        one(found, "rows/"),
        status=422,
        quantity="viele",
        place_text="村口<b>x</b>",
        photos=shot(),
    )

    assert "请点选是哪一类" in said
    assert "数量填 1 到 999 的整数" in said
    assert "尖括号" in said
    kept = re.findall(r'name="kept_photo" value="([^"]+)"', said)
    assert len(kept) == 1
    assert "村口&lt;b&gt;x&lt;/b&gt;" in said
    sent(browser, one(found, "rows/"), {"class": class_id(), "quantity": "２", "kept_photo": kept[0]})
    assert found.rows.get().quantity == 2
    assert Photo.objects.count() == 1


def test_a_row_without_a_picture_is_refused_and_says_so(cast: Cast) -> None:
    found = begun()

    said = sent(cast["grid_worker"].client(), one(found, "rows/"), {"class": class_id(), "quantity": "1"}, status=422)

    assert "missing_photos" in said
    assert not found.rows.exists()


def test_a_row_that_is_pressed_twice_is_one(cast: Cast) -> None:
    browser, found = cast["grid_worker"].client(), begun()
    values = {"client_id": str(begun().client_id), "class": class_id(), "quantity": "1"}

    for _ in range(2):
        sent(browser, one(found, "rows/"), values, photos=shot())

    assert found.rows.count() == 1


def test_a_list_that_somebody_else_changed_is_shown_as_it_stands_now(cast: Cast) -> None:
    found = cleared(by=cast["grid_worker"].actor)
    seen = ClearingList.objects.get().version
    added(found)

    said = sent(cast["grid_worker"].client(), one(found, "hand-in/"), status=409, version=seen)

    assert "清单刚被别人改动过" in said
    assert ClearingList.objects.get().state == ListState.OPEN


def test_handing_in_too_early_names_the_rows_that_wait(cast: Cast) -> None:
    found = cleared()
    added(found)

    said = sent(cast["grid_worker"].client(), one(found, "hand-in/"), status=422)

    assert "第 2 项还没有清理" in said


def test_a_row_can_be_struck_out_and_a_list_made_void(cast: Cast) -> None:
    browser, found = cast["grid_worker"].client(), begun()
    added(found)
    sent(browser, one(found, "rows/1/strike/"))
    assert "missing_reason" in sent(browser, one(found, "void/"), status=422)
    sent(browser, one(found, "void/"), reason="test")

    assert found.rows.get().state == RowState.VOID
    assert ClearingList.objects.get().state == ListState.VOID


def test_the_town_draws_with_one_press_and_the_seed_is_not_its_choice(cast: Cast) -> None:
    found = handed_in(rows=12, by=cast["grid_worker"].actor)
    browser = cast["town_leader"].client()
    assert "待抽样" in told(browser, "/desk/clearing/")

    leads = sent(browser, "/desk/clearing/draw/", village=VILLAGE, week=found.week, seed="chosen")

    sample = ClearingSample.objects.get()
    assert leads == f"/desk/clearing/samples/{sample.pk}/"
    assert len(sample.seed) == 32
    assert sample.size == 2
    said = told(browser, leads)
    assert sample.seed in said
    assert sample.digest in said
    assert said.count('value="pass"') == 2


def test_the_second_to_draw_is_told_and_sees_the_sample_of_the_first(cast: Cast) -> None:
    found = handed_in()
    draw(found)

    said = sent(cast["town_leader"].client(), "/desk/clearing/draw/", village=VILLAGE, week=found.week, status=409)

    assert "可能已有人先抽了" in said
    assert "已抽样，待判定" in said


def test_every_drawn_row_is_judged_and_what_was_chosen_stays_when_one_is_missing(cast: Cast) -> None:
    sample = draw(handed_in(rows=12))
    browser, url = cast["town_leader"].client(), f"/desk/clearing/samples/{sample.pk}/"
    first, second = (row.row_id for row in sample.draws.order_by("place"))

    said = sent(browser, url + "decide/", {f"row_{first}": "partly"}, status=422)

    assert "每一项都要判定" in said
    assert re.search(rf'name="row_{first}" value="partly" checked', said)
    sent(browser, url + "decide/", {f"row_{first}": "partly", f"row_{second}": "pass"})
    said = told(browser, url)
    assert "1 项不合格" in said
    case = Case.objects.get()
    assert f"/desk/cases/{case.handle}/" in said
    assert "待再看" in told(cast["grid_worker"].client(), one(ClearingList.objects.get()))


def test_whoever_listed_it_is_told_why_they_may_not_draw(cast: Cast) -> None:
    found = handed_in()
    ClearingList.objects.update(made_by=cast["town_leader"].person_id)

    said = sent(cast["town_leader"].client(), "/desk/clearing/draw/", village=VILLAGE, week=found.week, status=422)

    assert "自己列的、自己清的不能自己验收" in said


def test_an_acceptance_is_taken_back_from_the_list(cast: Cast) -> None:
    found = accepted(rows=2)
    browser = cast["county_supervisor"].client()
    assert "撤回验收" in told(browser, one(found))
    assert sent(browser, one(found, "take-back/"), status=422, number="1")

    sent(browser, one(found, "take-back/"), number="1", flaw="back", version=found.version)

    assert ClearingList.objects.get().state == ListState.REOPENED


@pytest.mark.parametrize("who", ["outsider", "acceptor", "street_office", "checker", "resident", "administrator"])
def test_who_has_nothing_to_do_with_lists_has_no_page_of_them(cast: Cast, who: str) -> None:
    assert cast[who].client().get(one(begun())).status_code == 403


def test_a_list_outside_the_reach_does_not_exist(cast: Cast) -> None:
    elsewhere = begun(village="990121100201")

    assert cast["village_clerk"].client().get(one(elsewhere)).status_code == 404
    assert cast["town_leader"].client().get(one(elsewhere)).status_code == 404
    assert cast["mayor"].client().get(one(elsewhere)).status_code == 200


def test_the_pictures_of_a_row_are_seen_by_whoever_sees_the_list(cast: Cast) -> None:
    found = begun()
    row = added(found)
    (photo,) = photos_of(row.ref)
    url = f"/media/{photo.handle}/original"

    assert cast["county_supervisor"].client().get(url).status_code == 200
    assert cast["outsider"].client().get(url).status_code == 404
    assert Client().get(url).status_code == 404


def test_whoever_gets_the_case_of_a_failed_row_sees_what_the_village_had_shown(cast: Cast) -> None:
    decide(draw(handed_in(rows=1)), flaws={1: RowFlaw.NOT_DONE})
    case = Case.objects.get()
    row = ClearingList.objects.get().rows.get()
    url = f"/media/{photos_of(row.ref)[0].handle}/original"
    assert "村里曾报已清理" in told(cast["acceptor"].client(), f"/desk/cases/{case.handle}/")
    assert cast["checker"].client().get(url).status_code == 200
    assert cast["street_office"].client().get(url).status_code == 404

    move(move(case, V.FILE, at=MORNING), V.DISPATCH, at=MORNING, unit_id=unit_id())

    said = told(cast["street_office"].client(), f"/desk/cases/{case.handle}/")
    assert "村里曾报已清理" in said
    assert "看清单" not in said, "a handler has no page of lists"
    assert cast["street_office"].client().get(url).status_code == 403, "seen, but not as it was received"
    assert "看清单" in told(cast["town_leader"].client(), f"/desk/cases/{case.handle}/")


def test_the_sheet_is_one_clean_page_with_every_row_that_counts(cast: Cast) -> None:
    found = cleared(quantities=[3, 2], team="突击队")
    services.strike_row(list_id=ListId(found.pk), number=2, by=SYSTEM, at=MORNING)

    said = told(cast["town_leader"].client(), one(found, "sheet/"))

    assert "环境整治清单" in said
    assert "突击队" in said
    assert "3 个" in said
    assert "粪便堆" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_the_readers_language(cast: Cast, language: str) -> None:
    found = accepted(rows=2)
    browser = in_language(language, cast["county_supervisor"].client())
    sample = ClearingSample.objects.get()

    for url in ("/desk/clearing/", one(found), one(found, "sheet/"), f"/desk/clearing/samples/{sample.pk}/"):
        assert "%(" not in told(browser, url)


def test_the_town_hears_of_a_list_and_the_village_when_it_comes_back(cast: Cast) -> None:
    found = handed_in(by=cast["grid_worker"].actor)
    readers.relay(MORNING)
    assert len(notices.inbox(cast["town_leader"].actor).notices) == 1
    assert len(notices.inbox(cast["grid_worker"].actor).notices) == 0

    decide(draw(found), flaws={1: RowFlaw.NOT_DONE}, by=cast["town_leader"].actor)
    readers.relay(MORNING)

    (notice,) = notices.inbox(cast["grid_worker"].actor).notices
    assert notice.link == one(found)


def test_pages_of_lists_ask_the_same_for_few_and_for_many(cast: Cast) -> None:
    browser = cast["town_leader"].client()
    first = handed_in(rows=2)
    few = [len(queries_of(browser, url)) for url in ("/desk/clearing/", one(first))]
    for _ in range(4):
        handed_in(rows=3)
    big = hand_in(cleared(rows=12))

    many = [len(queries_of(browser, url)) for url in ("/desk/clearing/", one(big))]

    assert many == few
    assert max(many) <= 5 + SHELL


def test_the_page_of_a_sample_asks_five_times_at_most(cast: Cast) -> None:
    sample = draw(handed_in(rows=30))

    assert len(queries_of(cast["town_leader"].client(), f"/desk/clearing/samples/{sample.pk}/")) <= 5 + SHELL
