# SPDX-License-Identifier: Apache-2.0
"""The desk takes down what others told: with source, their number and due time; what may be the same is shown first."""

import pytest

from jiayuan.cases.enums import Source, State
from jiayuan.cases.models import Case
from tests.cast import COMMUNITY, Cast
from tests.factories.cases import report
from tests.web.stories import cast, ground, small_town

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db


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
