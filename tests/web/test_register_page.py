# SPDX-License-Identifier: Apache-2.0
"""The desk takes down what others told: with source, their number and due time; what may be the same is shown first."""

from urllib.parse import urlencode

import pytest

from jiayuan.cases.enums import Source, State
from jiayuan.cases.models import Case
from jiayuan.standards import queries as standards
from tests.cast import COMMUNITY, Cast
from tests.factories.cases import report
from tests.web.stories import cast, ground, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
OTHER_COMMUNITY = "990101001002"


def typed(found: Case, **more: str) -> dict[str, str]:
    values = {
        "source": "hotline",
        "class_id": str(found.problem_class_id),
        "quantity": "3",
        "text": "水沟边有三堆",
        "village": COMMUNITY,
        "outside_number": "rx2025-001",
        "outside_due_at": "2025-01-06T17:00",
        "contact_phone": "138 0000 0000",
        "client_id": "01940000-0000-7000-8000-000000000001",
    }
    return values | more


def test_a_call_from_the_hotline_keeps_its_number_and_due_time(cast: Cast) -> None:
    sample = report(village="990121100200")

    answer = cast["acceptor"].client().post("/desk/cases/new/", typed(sample))

    made = Case.objects.get(source=Source.HOTLINE)
    assert answer["Location"] == f"/desk/cases/{made.handle}/"
    assert (made.outside_number, made.quantity, made.state) == ("RX2025-001", 3, State.REPORTED)
    assert made.outside_due_at is not None and made.contact.phone == "13800000000"


def test_what_may_be_the_same_is_shown_before_anything_is_made_and_once(cast: Cast) -> None:
    known = report(text="水沟边有垃圾")
    browser = cast["acceptor"].client()

    asked = browser.post("/desk/cases/new/", typed(known))

    said = asked.content.decode()
    assert known.handle in said and "水沟边有三堆" in said and Case.objects.count() == 1
    token = said.split('name="same_seen" value="')[1].split('"')[0]
    again = browser.post("/desk/cases/new/", typed(known, same_seen=token))
    assert again.status_code == 302 and Case.objects.count() == 2


def test_everything_wrong_is_said_at_once_and_nothing_is_lost(cast: Cast) -> None:
    answer = (
        cast["acceptor"]
        .client()
        .post("/desk/cases/new/", {"quantity": "0", "outside_due_at": "soon", "text": "留着的话", "source": "grid"})
    )

    said = answer.content.decode()
    assert answer.status_code == 422 and "留着的话" in said
    for field in ("source", "class_id", "quantity", "outside_due_at", "village_query"):
        assert f'href="#id_{field}' in said, field
    assert not Case.objects.exists()


def test_a_grid_worker_enters_what_a_patrol_saw_and_no_other_source(cast: Cast) -> None:
    said = cast["grid_worker"].client().get("/desk/cases/new/").content.decode()

    assert 'value="patrol"' in said and 'value="hotline"' not in said


def same_as(cast: Cast, part: str, **asked: str) -> str:
    return told(cast[part].client(), f"/desk/cases/new/same/?{urlencode(asked)}")


def test_what_may_be_the_same_is_shown_while_it_is_written(cast: Cast) -> None:
    known = report(text="水沟边有垃圾", village=OTHER_COMMUNITY)
    class_id, kind = str(known.problem_class_id), standards.problem_class(known.problem_class_id)

    by_choice = same_as(cast, "acceptor", class_id=class_id, village=OTHER_COMMUNITY, text="水沟边有三堆")
    by_name = same_as(cast, "acceptor", class_id=f"{kind.key.code} {kind.name}", village_query="渡口社区")

    for said in (by_choice, by_name):
        assert known.handle in said and "水沟边有垃圾" in said and 'name="same_seen"' in said


@pytest.mark.parametrize(
    "asked", [{}, {"class_id": "1"}, {"village": COMMUNITY}, {"class_id": "x", "village": "9" * 12}]
)
def test_nothing_is_proposed_or_refused_before_place_and_kind_are_said(cast: Cast, asked: dict[str, str]) -> None:
    report(text="水沟边有垃圾")

    assert same_as(cast, "acceptor", **asked).strip() == ""


def test_a_case_outside_of_somebodys_area_is_not_proposed(cast: Cast) -> None:
    known = report(text="水沟边有垃圾")

    assert known.handle not in same_as(cast, "outsider", class_id=str(known.problem_class_id), village=COMMUNITY)


def test_whoever_saw_it_while_writing_is_not_asked_again(cast: Cast) -> None:
    known = report(text="水沟边有垃圾")
    said = same_as(cast, "acceptor", class_id=str(known.problem_class_id), village=COMMUNITY)
    token = said.split('name="same_seen" value="')[1].split('"')[0]

    answer = cast["acceptor"].client().post("/desk/cases/new/", typed(known, same_seen=token))

    assert answer.status_code == 302 and Case.objects.count() == 2


def test_whoever_may_not_take_reports_down_there_is_told_so_and_not_asked_about_cases_out_of_reach(cast: Cast) -> None:
    known = report(text="水沟边有垃圾")

    answer = cast["outsider"].client().post("/desk/cases/new/", typed(known))

    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert known.handle not in answer.content.decode()
    assert Case.objects.count() == 1
