# SPDX-License-Identifier: Apache-2.0
"""The pages of inspections: plans and rounds at the desk, scoring on a phone, the draw for everybody, appeals."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiayuan.cases.models import Case
from jiayuan.inspections.enums import RoundState, VisitState
from jiayuan.inspections.models import Appeal, Finding, Plan, Round, SheetVersion, Visit
from jiayuan.media.queries import photos_of
from jiayuan.media.services import derive
from tests.cast import DISTRICT, MORNING, STREET, SYSTEM, Cast
from tests.inspections.rounds import drawn, found, inspecting, planned, prepared, published, scored
from tests.media.pictures import encoded, scene
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "planned", "small_town"]
pytestmark = pytest.mark.usefixtures("planned")
HOME = "/desk/inspections/"


def of(row: Round) -> str:
    return f"{HOME}rounds/{row.handle}/"


def at(visit: Visit) -> str:
    return f"{HOME}visits/{visit.pk}/"


def browser_of(visit: Visit, cast: Cast) -> Client:
    return next(one for one in cast.members.values() if one.person_id == visit.inspector_id).client()


def picture(name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded(scene()), content_type="image/jpeg")


def in_chinese(member: str, planned: Cast) -> Client:
    return in_language("zh-hans", planned[member].client())


# ── plans and rounds ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_supervisor_adopts_a_plan_and_prepares_and_draws_a_round(planned: Cast) -> None:
    browser = in_chinese("county_supervisor", planned)
    plan = {
        "year": "2026", "area": DISTRICT, "title": "东桥区 2026 年检查计划", "source_number": "东清办〔2026〕1号",
        "adopted_on": "2026-01-04", "lines": "1；村庄清洁；区清洁办；2；1\n2；门前四包；区城管局；1；1",
    }  # fmt: skip
    assert browser.post(f"{HOME}plans/new/", plan).status_code == 302
    assert Plan.objects.get(year=2026).lines.count() == 2
    assert "东桥区 2026 年检查计划" in told(browser, HOME)

    line = Plan.objects.get(year=2026).lines.get(key="1")
    version = SheetVersion.objects.get(sheet__code="cunzhuang")
    given = {
        "title": "示范轮次", "line": line.pk, "version": version.pk, "manner": "undercover", "area": DISTRICT,
        "strata_by": "town", "per_stratum": "1", "weighting": "equal", "red_from": "90", "black_below": "80",
        "starts_on": "2026-02-02", "ends_on": "2026-02-06",
    }  # fmt: skip
    assert browser.post(f"{HOME}rounds/new/", given).status_code == 302
    row = Round.objects.get(title="示范轮次")
    assert (row.red_from, row.black_below) == (9000, 8000)

    excluded = browser.post(of(row), {"exclude": "1", "village": "桥头社区", "reason": "works", "note": ""})
    assert excluded.status_code == 302
    assert "桥头社区" in told(browser, of(row))
    assert browser.post(of(row), {"draw": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.state == RoundState.DRAWN
    assert not row.visits.filter(village="990101001001").exists()
    assert browser.post(of(row), {"draw": "1", "note": ""}).status_code == 422
    assert browser.post(of(row), {"draw": "1", "note": "名单漏了一个村"}).status_code == 302
    assert "名单漏了一个村" in told(browser, f"/inspections/{row.handle}/draw/")


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(planned: Cast) -> None:
    browser = in_chinese("county_supervisor", planned)
    answer = browser.post(f"{HOME}rounds/new/", {"title": "写了的名字", "area": "990121000000", "per_stratum": "0"})

    assert answer.status_code == 422
    assert "写了的名字" in answer.content.decode()
    outside = browser.post(
        f"{HOME}plans/new/",
        {"year": "2026", "area": "990100000000", "title": "x", "source_number": "x", "adopted_on": "2026-01-01",
         "lines": "1；x；x；1；1"},
    )  # fmt: skip
    assert outside.status_code == 403
    assert browser.post(f"{HOME}plans/new/", {"year": "x", "lines": "1；x"}).status_code == 422
    assert browser.post(of(prepared()), {}).status_code == 422


def test_a_round_that_goes_beyond_its_plan_says_so(planned: Cast) -> None:
    drawn(line="2", per_stratum=9)
    second = drawn(line="2", per_stratum=9)
    page = told(in_chinese("county_supervisor", planned), of(second))

    assert "超出计划" in page
    assert "桥头社区" in page


def test_an_unpublished_round_does_not_exist_for_the_inspected(planned: Cast) -> None:
    row = drawn()
    leader = planned["town_leader"].client()

    told(leader, of(row), status=404)
    told(Client(), f"/inspections/{row.handle}/draw/", status=404)
    assert row.title not in told(leader, HOME)
    for visit in row.visits.all():
        told(leader, at(visit), status=404)


def test_the_page_of_a_round_asks_few_questions_however_many_places_are_drawn(planned: Cast) -> None:
    browser = in_chinese("county_supervisor", planned)
    few, many = (published(planned, per_stratum=n, line=line) for n, line in ((1, "1"), (9, "2")))

    assert len(queries_of(browser, of(many))) == len(queries_of(browser, of(few))) <= SHELL + 16


# ── the draw for everybody ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_replays_the_draw_of_a_published_round(language: str, planned: Cast) -> None:
    row = published(planned)
    reader = in_language(language)
    page = told(reader, f"/inspections/{row.handle}/draw/")
    draw = row.draws.get()

    for wanted in (draw.seed, draw.listing_digest, draw.listing.splitlines()[-1].partition("\t")[0]):
        assert wanted in page
    assert reader.get(f"/inspections/{row.handle}/draw/").context["is_same"] is True
    assert len(queries_of(reader, f"/inspections/{row.handle}/draw/")) <= SHELL + 4


def test_a_result_that_was_tampered_with_is_told(planned: Cast) -> None:
    row = published(planned)
    visit = row.visits.get(number=1)
    Visit.objects.filter(pk=visit.pk).update(village="990101001099")

    assert Client().get(f"/inspections/{row.handle}/draw/").context["is_same"] is False


# ── on a phone ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_inspector_notes_findings_and_hands_the_sheet_in_without_a_script(planned: Cast) -> None:
    visit = drawn().visits.get(town=STREET[:9])
    browser = in_language("zh-hans", browser_of(visit, planned))
    assert at(visit) in told(browser, "/desk/")
    page = told(browser, at(visit))
    assert "院墙外乱堆乱放" in page

    noted = browser.post(
        f"{at(visit)}findings/",
        {"ground": "4.1:a", "client_id": str(uuid4()), "times": "2", "place_text": "三组路口", "photos": picture()},
    )
    assert noted.status_code == 302
    finding = Finding.objects.get()
    assert "三组路口" in told(browser, at(visit))
    assert browser.post(f"{at(visit)}findings/{finding.number}/", {"times": "3"}).status_code == 302
    done = browser.post(f"{at(visit)}submit/", {"absent": ["6.2"], "expected": "1"}, follow=True)

    assert done.status_code == 200
    case = Case.objects.get()
    assert (case.quantity, case.village) == (3, visit.village)
    visit.refresh_from_db()
    assert (visit.state, visit.points) == (VisitState.SUBMITTED, 97_000_000)


def test_a_script_is_answered_with_a_word(planned: Cast) -> None:
    visit = drawn().visits.get(town=STREET[:9])
    browser, client_id = browser_of(visit, planned), str(uuid4())
    given = {"ground": "4.1:a", "client_id": client_id, "times": "1"}
    headers = {"accept": "application/json"}

    refused = browser.post(f"{at(visit)}findings/", given, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "missing_photo")
    for _ in range(2):
        # The answer was lost, so it is sent again.
        noted = browser.post(f"{at(visit)}findings/", given | {"photos": picture()}, headers=headers)
        assert noted.json() == {"number": 1}
    assert Finding.objects.count() == 1


def test_a_finding_that_is_refused_keeps_its_picture_and_words(planned: Cast) -> None:
    visit = drawn().visits.get(town=STREET[:9])
    browser = browser_of(visit, planned)
    given = {"ground": "4.1:a", "client_id": str(uuid4()), "times": "x", "place_text": "三组路口", "photos": picture()}
    answer = browser.post(f"{at(visit)}findings/", given)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "三组路口" in page
    assert 'name="kept_photo"' in page
    assert browser.post(f"{at(visit)}submit/", {"expected": "4"}).status_code == 422


def test_the_page_of_a_phone_asks_few_questions_however_much_was_found(planned: Cast) -> None:
    visit = drawn().visits.get(town=STREET[:9])
    browser, by = browser_of(visit, planned), inspecting(visit, planned)
    found(visit, by)
    few = len(queries_of(browser, at(visit)))
    for _ in range(5):
        found(visit, by)

    assert len(queries_of(browser, at(visit))) == few
    assert few <= SHELL + 10


# ── what it came to ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_supervisor_publishes_and_the_page_says_n_weights_and_bands(planned: Cast) -> None:
    row = drawn()
    scored(row, planned, times=2)
    browser = in_chinese("county_supervisor", planned)
    assert browser.post(of(row), {"publish": "1"}).status_code == 302
    page = told(browser, of(row))

    for wanted in ("98.00", "1 / 3", "每处同权", "红榜", "1月8日 23:59"):
        assert wanted in page
    assert browser.post(of(row), {"look_back": "1"}).status_code == 302
    assert "回头看" in told(browser, of(row))
    assert len(queries_of(browser, of(row))) <= SHELL + 22


def test_the_inspected_read_what_was_found_and_appeal_and_somebody_else_corrects_it(planned: Cast) -> None:
    row = drawn()
    scored(row, planned, times=2)
    finding = Finding.objects.get(visit__town=STREET[:9])
    leader, supervisor = in_chinese("town_leader", planned), in_chinese("county_supervisor", planned)
    page = told(leader, at(finding.visit))
    assert "沙土堆" in page
    assert "98.00" not in page
    supervisor.post(of(row), {"publish": "1"})
    ask = f"{HOME}findings/{finding.pk}/appeal/"
    assert ask in told(leader, at(finding.visit))
    assert leader.post(ask, {"reason": ""}).status_code == 422
    assert leader.post(ask, {"reason": "这堆在邻村", "photos": picture()}).status_code == 302

    appeal = Appeal.objects.get()
    decide = f"{HOME}appeals/{appeal.pk}/"
    assert "这堆在邻村" in told(supervisor, decide)
    assert supervisor.post(decide, {"times": "2", "answer": ""}).status_code == 422
    assert supervisor.post(decide, {"times": "0", "answer": "经查不在本村"}).status_code == 302
    page = told(leader, at(finding.visit))
    for wanted in ("100.00", "98.00", "经查不在本村"):
        assert wanted in page


def test_only_the_inspected_find_the_form_for_an_appeal(planned: Cast) -> None:
    published(planned)
    there = Finding.objects.exclude(visit__town=STREET[:9]).get()

    told(planned["town_leader"].client(), f"{HOME}findings/{there.pk}/appeal/", status=404)
    told(planned["village_clerk"].client(), at(there.visit), status=404)


def test_the_picture_of_a_finding_is_seen_by_whoever_may_see_its_place(planned: Cast) -> None:
    row = drawn()
    visit = row.visits.get(town=STREET[:9])
    found(visit, inspecting(visit, planned))
    photo = photos_of(Finding.objects.get().ref)[0]
    url = f"/media/{photo.handle}/thumb"
    derive(photo_id=photo.id, by=SYSTEM, at=MORNING)
    told_to = {part: planned[part].client().get(url).status_code for part in ("town_leader", "county_supervisor")}

    assert told_to == {"town_leader": 404, "county_supervisor": 200}
    assert browser_of(visit, planned).get(url).status_code == 200


# ── sheets ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_reads_as_a_sheet(language: str, planned: Cast) -> None:
    reader = in_language(language, planned["auditor"].client())
    page = told(reader, f"{HOME}sheets/cunzhuang/1/")

    for wanted in ("户厕不能正常使用", "taowenge.com", "演示数据"):
        assert wanted in page
    assert "cunzhuang" in told(reader, f"{HOME}sheets/")


def test_a_sheet_that_was_taken_away_comes_back_as_a_version(planned: Cast) -> None:
    browser = in_chinese("administrator", planned)
    table = browser.get(f"{HOME}sheets/cunzhuang/1/table/").content
    again = {"code": "cunzhuang", "source": "2025 年修订", "bonus_cap": "2"}

    def send(data: bytes) -> int:
        return browser.post(f"{HOME}sheets/new/", again | {"file": SimpleUploadedFile("表.csv", data)}).status_code

    assert send(table.replace("户厕不能正常使用".encode(), "户厕坏了".encode())) == 302
    assert SheetVersion.objects.filter(sheet__code="cunzhuang").count() == 2
    assert "户厕坏了" in told(browser, f"{HOME}sheets/cunzhuang/2/")
    assert send(table.replace(b"household", b"mile")) == 422
    assert browser.post(f"{HOME}sheets/new/", again).status_code == 422
    assert SheetVersion.objects.filter(sheet__code="cunzhuang").count() == 2
