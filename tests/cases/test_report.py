# SPDX-License-Identifier: Apache-2.0
"""Reporting: what is stored, under which class, and what is refused."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from jiayuan.cases import services
from jiayuan.cases.enums import Source, State, TextKind
from jiayuan.cases.events import CaseReported
from jiayuan.cases.models import Case, Contact, Text
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.kernel.handles import read_handle
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of
from jiayuan.places.intake import optional_position
from jiayuan.record.models import StoredEvent
from jiayuan.standards import queries as standards
from tests.cases.record import course, latest
from tests.cast import COMMUNITY, MORNING, NEXT_VILLAGE, STREET, Cast
from tests.factories.cases import photo, report, told

pytestmark = pytest.mark.usefixtures("ground")
VILLAGE = "990101100200"


def class_of(case: Case) -> str:
    return str(standards.problem_class(case.problem_class_id).key)


def test_a_report_is_stored_where_and_when_it_was_made() -> None:
    case = report(
        text="桥头有一堆垃圾",
        place_text="桥头向北两百米",
        position=optional_position(lon="113.38", lat="31.69", source="device"),
    )

    assert (case.county, case.town, case.village) == ("990101", "990101001", COMMUNITY)
    assert (case.state, case.version, case.source, case.reported_at) == (State.REPORTED, 0, Source.PUBLIC, MORNING)
    assert case.reported_on.isoformat() == "2025-01-03"
    assert (round(case.lon or 0, 2), round(case.lat or 0, 2), case.position_source) == (113.38, 31.69, "device")
    assert read_handle(case.handle) == case.handle
    bodies = dict(case.texts.values_list("kind", "body"))
    assert bodies == {TextKind.REPORT: "桥头有一堆垃圾", TextKind.PLACE: "桥头向北两百米"}


def test_the_same_picture_is_a_national_class_in_the_street_and_a_rural_one_in_the_village() -> None:
    assert class_of(report(village=COMMUNITY)) == "gbt47678-2026:matter:06010"
    assert class_of(report(village=VILLAGE)) == "rural:matter:R03"


def test_the_record_carries_ids_and_no_words() -> None:
    case = report(text="李春花家门口", contact_name="李春花", contact_phone="13812345678", photos=(photo(),))

    event = latest(case, CaseReported)
    stored = StoredEvent.objects.get(kind=CaseReported.KIND)
    assert (event.photos, event.came_from, event.to, event.reporter) == (1, None, State.REPORTED, None)
    assert event.text_id == Text.objects.get(kind=TextKind.REPORT).pk
    assert "李" not in stored.payload
    assert "138" not in stored.payload
    assert "digest" not in stored.payload


def test_photos_hang_at_the_case_as_before() -> None:
    handles = (photo(), photo())

    case = report(photos=handles)

    assert [(shown.handle, shown.role) for shown in photos_of(case.ref)] == [(one, PhotoRole.BEFORE) for one in handles]


def test_the_contact_is_kept_apart_and_only_when_given() -> None:
    with_contact, without = report(contact_phone="13812345678"), report()

    assert with_contact.contact.phone == "13812345678"
    assert not Contact.objects.filter(case=without).exists()


def test_the_same_report_told_twice_is_one_case_with_one_event() -> None:
    given = told(text="一堆垃圾", contact_phone="13812345678")

    first = services.report(given=given, by=ANONYMOUS, at=MORNING)
    again = services.report(given=given, by=ANONYMOUS, at=MORNING + timedelta(minutes=1))

    assert again.pk == first.pk
    assert (Case.objects.count(), Text.objects.count(), Contact.objects.count()) == (1, 1, 1)
    assert len(course(first)) == 1


def test_the_same_id_from_another_source_is_another_case(cast: Cast) -> None:
    given = told()

    resident = services.report(given=given, by=ANONYMOUS, at=MORNING)
    worker = services.report(given=replace(given, source=Source.GRID), by=cast["grid_worker"].actor, at=MORNING)

    assert resident.pk != worker.pk


def test_a_signed_in_resident_is_named_in_the_salted_part_alone(cast: Cast) -> None:
    resident = cast["resident"]

    case = report(by=resident.actor)

    assert case.reporter_id == latest(case, CaseReported).reporter == resident.person_id
    assert "reporter" not in StoredEvent.objects.get(kind=CaseReported.KIND).payload


def test_only_who_is_on_duty_there_reports_on_duty(cast: Cast) -> None:
    worker = cast["grid_worker"].actor

    assert report(by=worker, source=Source.GRID).source == Source.GRID
    for by, village in ((worker, NEXT_VILLAGE), (ANONYMOUS, COMMUNITY), (cast["acceptor"].actor, COMMUNITY)):
        with pytest.raises(NotPermitted):
            report(by=by, source=Source.GRID, village=village)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"village": STREET}, {"village": "990101"}, {"village": "119901001001"}, {"village": "x"}, {"tile": "ufo"}],
)
def test_a_place_that_is_no_village_and_a_kind_that_is_no_picture_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        report(**wrong)

    assert refused.value.code == "unknown_place_or_kind"
    assert not Case.objects.exists()


def test_a_photo_of_somebody_else_is_refused_and_nothing_is_stored(cast: Cast) -> None:
    theirs = photo(by=cast["volunteer"].actor)

    with pytest.raises(Refused) as refused:
        report(photos=(theirs,))

    assert refused.value.field == "photos"
    assert not Case.objects.exists()
    assert not StoredEvent.objects.filter(kind=CaseReported.KIND).exists()


@pytest.mark.parametrize(
    ("seen_at", "counts_from"),
    [
        (MORNING - timedelta(hours=5), MORNING - timedelta(hours=5)),
        (MORNING - timedelta(days=30), MORNING - timedelta(days=30)),
        (MORNING - timedelta(days=31), MORNING),
        (MORNING + timedelta(minutes=1), MORNING),
        (None, MORNING),
    ],
)
def test_a_report_kept_on_a_phone_counts_from_when_it_was_seen_if_that_is_believable(
    seen_at: datetime | None, counts_from: datetime
) -> None:
    case = report(seen_at=seen_at)

    assert case.reported_at == counts_from
    (stored,) = StoredEvent.objects.filter(kind=CaseReported.KIND)
    assert (stored.at, stored.on) == (counts_from, case.reported_on)
