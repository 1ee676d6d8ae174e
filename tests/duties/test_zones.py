# SPDX-License-Identifier: Apache-2.0
"""Many may answer for a place; the same one not twice at a time. What is over gets an end and is never deleted."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from jiayuan.duties import queries, services
from jiayuan.duties.enums import ZoneKind
from jiayuan.duties.events import AnswerEnded, AnswerNamed
from jiayuan.duties.intake import GuaranteeInput, HolderFinders, ZoneInput, guarantee_from, zone_from
from jiayuan.duties.intake.zones import geometry_from
from jiayuan.duties.models import Guarantee, Zone
from jiayuan.duties.rules import overlap
from jiayuan.kernel.errors import NotPermitted, Problems, Refused
from jiayuan.record.queries import happened_to
from tests.cast import COMMUNITY, DISTRICT, MORNING, NEXT_VILLAGE, SMALL_CITY, STREET, SYSTEM, Cast, cast
from tests.duties.answers import TODAY, answers, guarantee, holder, zone_id
from tests.ground import ground, small_town

__all__ = ["answers", "cast", "ground", "small_town"]
TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=30)
FINDERS = HolderFinders(
    place=lambda typed, _field: typed,
    village=lambda typed, _field: typed,
    unit=lambda _code: 1,
    person=lambda _username: 1,
)


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ((1, 3), (3, 5), True),
        ((1, 2), (3, 5), False),
        ((1, None), (9, None), True),
        ((4, None), (1, 3), False),
        ((1, 9), (3, 4), True),
    ],
)
def test_spans_meet_when_they_share_a_day(
    first: tuple[int, int | None], second: tuple[int, int | None], meet: bool
) -> None:
    spans = [date(2025, 1, day) if day else None for day in (*first, *second)]

    assert overlap(*spans) is meet  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"type":"LineString","coordinates":[[113.1,31.1]]}',
        '{"type":"LineString","coordinates":[[31.1,113.1],[31.2,113.2]]}',
        '{"type":"LineString","coordinates":[[113.1,NaN],[113.2,31.2]]}',
        '{"type":"LineString","coordinates":[[true,31],[113.2,31.2]]}',
        '{"type":"Polygon","coordinates":[[[1,1],[2,2],[3,1],[1,1]]]}',
    ],
)
def test_a_road_section_is_one_line_with_longitude_first(text: str) -> None:
    with pytest.raises(Refused, match="geometry"):
        geometry_from(text, ZoneKind.ROAD)


def test_an_area_is_a_ring_that_closes() -> None:
    ring = '{"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [3, 1], [1, 1]]]}'

    assert geometry_from(ring, ZoneKind.AREA) == ring
    with pytest.raises(Refused, match="geometry"):
        geometry_from('{"type":"Polygon","coordinates":[[[1,1],[2,2],[3,1],[1,2]]]}', ZoneKind.AREA)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Problems) as caught:
        guarantee_from({"place": "", "organisation": "甲", "person": "乙", "ends_on": "昨天"}, finders=FINDERS)
    assert {one.field for one in caught.value.refusals} == {"place", "organisation", "duty", "starts_on", "ends_on"}
    with pytest.raises(Problems) as caught:
        zone_from({"villages": ";"}, finders=FINDERS)
    assert {one.field for one in caught.value.refusals} == {"name", "kind", "description", "villages", "starts_on"}


def test_a_hamlet_needs_its_village() -> None:
    given = {"place": STREET, "hamlet": "东湾", "named": "某店", "duty": "保洁", "starts_on": "2025-01-01"}

    with pytest.raises(Problems) as caught:
        guarantee_from(given, finders=FINDERS)
    assert [one.code for one in caught.value.refusals] == ["hamlet_without_village"]


@pytest.mark.usefixtures("answers")
def test_a_pack_is_taken_over_once() -> None:
    assert services.load_answers(folder=SMALL_CITY / "duties", by=SYSTEM, at=MORNING) == 0
    assert (Zone.objects.count(), Guarantee.objects.count()) == (2, 4)


@pytest.mark.usefixtures("answers")
def test_guarantors_are_found_from_the_district_down_on_their_days() -> None:
    found = queries.guarantees_at(COMMUNITY, TODAY)

    assert [(one.place, one.holder.duty) for one in found] == [
        (DISTRICT, "包片"), (STREET, "点长"), (COMMUNITY, "包村"),
    ]  # fmt: skip
    assert queries.guarantees_at(COMMUNITY, date(2024, 12, 31)) == []


@pytest.mark.usefixtures("answers")
def test_zones_are_found_with_who_holds_them_that_day_and_without_anybody() -> None:
    now, later = queries.zones_at(COMMUNITY, TODAY), queries.zones_at(COMMUNITY, date(2025, 7, 1))

    assert [[one.duty for one in zone.claims] for zone in sorted(now, key=lambda zone: zone.name)] == [
        [], ["保洁", "看管"],
    ]  # fmt: skip
    assert sorted(len(zone.claims) for zone in later) == [0, 1]
    assert [zone.name for zone in queries.zones_at("990101001200", TODAY)] == ["示范渡口路"]
    assert len(queries.zones_at(STREET, TODAY)) == 2
    assert queries.zones_at(NEXT_VILLAGE, TODAY) == []


def test_the_same_one_answers_once_at_a_time_and_others_beside_it(cast: Cast) -> None:
    first = guarantee(ends_on=LATER)

    with pytest.raises(Refused, match="already_answers"):
        guarantee(starts_on=LATER)
    guarantee(starts_on=LATER + timedelta(days=1))
    guarantee(named="另一家店")
    guarantee(hamlet="东湾")

    assert len(queries.guarantees_at(COMMUNITY, TODAY)) == 3
    event = happened_to(Guarantee.objects.get(pk=first).ref)[0].event
    assert isinstance(event, AnswerNamed)
    assert (event.place, event.starts_on, event.ends_on) == (COMMUNITY, TODAY, LATER)


def test_the_database_holds_no_two_open_ones_of_one_holder(cast: Cast) -> None:
    guarantee()

    with pytest.raises(IntegrityError), transaction.atomic():
        Guarantee.objects.create(place=COMMUNITY, named="示范便利店", duty="保洁", starts_on=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guarantee.objects.create(place=COMMUNITY, duty="保洁", starts_on=LATER)


def test_an_end_comes_no_earlier_than_the_first_day_and_is_not_moved_on(cast: Cast) -> None:
    made = guarantee()

    with pytest.raises(Refused, match="ends_before"):
        services.end_guarantee(guarantee_id=made, ends_on=TODAY - timedelta(days=1), by=SYSTEM, at=MORNING)
    services.end_guarantee(guarantee_id=made, ends_on=TODAY, by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="ended_already"):
        services.end_guarantee(guarantee_id=made, ends_on=LATER, by=SYSTEM, at=MORNING)

    assert queries.guarantees_at(COMMUNITY, TOMORROW) == []
    assert isinstance(happened_to(Guarantee.objects.get(pk=made).ref)[-1].event, AnswerEnded)


def test_a_correction_may_not_run_into_another_span_of_the_same_one(cast: Cast) -> None:
    guarantee(ends_on=LATER)
    second = guarantee(starts_on=LATER + timedelta(days=1))

    def correct(starts_on: date) -> None:
        given = GuaranteeInput(place=COMMUNITY, hamlet="", holder=holder(starts_on=starts_on))
        services.correct_guarantee(guarantee_id=second, given=given, by=SYSTEM, at=MORNING)

    with pytest.raises(Refused, match="already_answers"):
        correct(LATER)
    correct(LATER + timedelta(days=2))
    assert Guarantee.objects.get(pk=second).starts_on == LATER + timedelta(days=2)


def zone(*villages: str) -> ZoneInput:
    return ZoneInput(
        name="示范新路", kind=ZoneKind.ROAD, description="桥头至河口", geometry="", villages=villages, starts_on=TODAY
    )


def test_whoever_keeps_a_place_keeps_it_within_reach_alone(cast: Cast) -> None:
    leader = cast["town_leader"].actor

    guarantee(by=leader)
    services.open_zone(given=zone(COMMUNITY), by=leader, at=MORNING)
    for place in (DISTRICT, NEXT_VILLAGE):
        with pytest.raises(NotPermitted):
            guarantee(by=leader, place=place)
    with pytest.raises(NotPermitted):
        services.open_zone(given=zone(COMMUNITY, NEXT_VILLAGE), by=leader, at=MORNING)
    for part in ("mayor", "village_clerk", "bureau", "acceptor"):
        with pytest.raises(NotPermitted):
            guarantee(by=cast[part].actor, named="别家店")
    guarantee(by=cast["administrator"].actor, place=NEXT_VILLAGE)


def test_a_zone_that_crosses_towns_is_kept_by_whoever_answers_for_all_of_it(cast: Cast) -> None:
    made = services.open_zone(given=zone(COMMUNITY, NEXT_VILLAGE), by=SYSTEM, at=MORNING)
    leader = cast["town_leader"].actor

    assert [one.id for one in queries.zones_in_reach(leader)] == [made.pk]
    with pytest.raises(NotPermitted):
        services.claim(zone_id=made.pk, given=holder(), by=leader, at=MORNING)
    with pytest.raises(NotPermitted):
        services.correct_zone(zone_id=made.pk, given=zone(COMMUNITY), by=leader, at=MORNING)


@pytest.mark.usefixtures("answers")
def test_a_zone_ends_when_nobody_claims_it_beyond_that_day() -> None:
    made = services.claim(zone_id=zone_id(), given=holder(), by=SYSTEM, at=MORNING)

    with pytest.raises(Refused, match="zone_is_claimed"):
        services.end_zone(zone_id=zone_id(), ends_on=TODAY, by=SYSTEM, at=MORNING)
    services.end_claim(claim_id=made.pk, ends_on=TODAY, by=SYSTEM, at=MORNING)
    services.end_zone(zone_id=zone_id(), ends_on=TODAY, by=SYSTEM, at=MORNING)

    assert [one.name for one in queries.zones_at(COMMUNITY, TOMORROW)] == ["示范渡口路"]
    with pytest.raises(Refused, match="after_the_zone"):
        services.claim(zone_id=zone_id(), given=holder(named="别家店"), by=SYSTEM, at=MORNING)


@pytest.mark.usefixtures("answers")
def test_a_zone_is_claimed_once_at_a_time_by_the_same_one() -> None:
    made = services.claim(zone_id=zone_id(), given=holder(), by=SYSTEM, at=MORNING)

    with pytest.raises(Refused, match="already_answers"):
        services.claim(zone_id=zone_id(), given=holder(starts_on=LATER), by=SYSTEM, at=MORNING)
    services.correct_claim(claim_id=made.pk, given=holder(ends_on=TODAY), by=SYSTEM, at=MORNING)
    services.claim(zone_id=zone_id(), given=holder(starts_on=TOMORROW), by=SYSTEM, at=MORNING)


@pytest.mark.usefixtures("answers")
def test_a_corrected_zone_lies_where_it_is_said_to_lie_now() -> None:
    services.correct_zone(zone_id=zone_id(), given=zone(NEXT_VILLAGE, "990101001002"), by=SYSTEM, at=MORNING)

    found = queries.zone_in_reach(SYSTEM, zone_id("示范新路"))
    assert found is not None
    assert found.villages == ("990101001002", NEXT_VILLAGE)


@pytest.mark.usefixtures("answers")
def test_a_zone_begins_no_later_than_its_claims() -> None:
    with pytest.raises(Refused, match="claimed_before"):
        services.correct_zone(zone_id=zone_id("示范渡口路"), given=zone(COMMUNITY), by=SYSTEM, at=MORNING)
