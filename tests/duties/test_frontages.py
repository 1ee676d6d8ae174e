# SPDX-License-Identifier: Apache-2.0
"""A shop signs for the space before its doors, once at a time; what it signed is data and never changes under it."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from jiayuan.duties import queries, services
from jiayuan.duties.events import FrontageCorrected, FrontageEnded, FrontageSchemeAdded, FrontageSigned
from jiayuan.duties.intake import FrontageFinders, SchemeInput, frontage_from
from jiayuan.duties.models import Frontage, FrontageScheme
from jiayuan.kernel.errors import NotPermitted, Problems, Refused
from jiayuan.record.queries import happened_to
from tests.cast import COMMUNITY, DISTRICT, MORNING, NEXT_VILLAGE, SMALL_CITY, SYSTEM, Cast, cast
from tests.duties.shops import TODAY, schemes, shop, sign
from tests.ground import ground, small_town

__all__ = ["cast", "ground", "schemes", "small_town"]
pytestmark = pytest.mark.usefixtures("schemes")
LATER = TODAY + timedelta(days=30)
FINDERS = FrontageFinders(village=lambda typed, _field: typed, scheme=lambda code: code)
SAID = {
    "place": COMMUNITY,
    "shop": "示范小吃店甲",
    "address": "渡口街1-3号",
    "scheme": "sanbao",
    "signed_on": "2025-01-02",
    "starts_on": "2025-01-03",
}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Problems) as caught:
        frontage_from({"ends_on": "昨天"}, finders=FINDERS)

    wanted = {"place", "shop", "address", "signed_on", "starts_on", "ends_on"}
    assert {one.field for one in caught.value.refusals} == wanted


@pytest.mark.parametrize(
    "text", ["示范店 13800000000", "示范店138-0000-0000", "0722 3300000", "示范店１３８００００００００"]
)
@pytest.mark.parametrize("field", ["shop", "address"])
def test_a_telephone_number_hangs_at_no_door(field: str, text: str) -> None:
    with pytest.raises(Problems) as caught:
        frontage_from(SAID | {field: text}, finders=FINDERS)

    assert [(one.code, one.field) for one in caught.value.refusals] == [("telephone", field)]


def test_a_house_number_is_no_telephone_number() -> None:
    assert frontage_from(SAID | {"address": "渡口街100-102号"}, finders=FINDERS).address == "渡口街100-102号"


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(Problems) as caught:
        frontage_from(SAID | {"ends_on": "2025-01-02"}, finders=FINDERS)

    assert [one.code for one in caught.value.refusals] == ["ends_before"]


def test_a_pack_is_taken_over_once() -> None:
    folder = SMALL_CITY / "duties"

    first = services.load_frontages(folder=folder, by=SYSTEM, at=MORNING)
    again = services.load_frontages(folder=folder, by=SYSTEM, at=MORNING)

    assert (first, again, Frontage.objects.count()) == (3, 0, 3)
    assert services.load_schemes(folder=folder, by=SYSTEM, at=MORNING) == 0
    assert queries.frontage_schemes() == [("sanbao", "门前三包"), ("sibao", "门前四包")]


def test_what_the_shipped_city_holds_is_an_example_with_its_duties_in_order(cast: Cast) -> None:
    FrontageScheme.objects.all().delete()
    folder = settings.BASE / "data" / "suizhou" / "duties"

    assert services.load_schemes(folder=folder, by=SYSTEM, at=MORNING) == 2

    assert set(FrontageScheme.objects.values_list("is_illustrative", flat=True)) == {True}
    found = queries.frontage(Frontage.objects.get(pk=sign(scheme="wubao")).handle)
    assert found is not None
    assert [name for name, _words in found.items] == ["包卫生", "包秩序", "包绿化", "包设施", "包立面"]


def test_a_scheme_is_added_once_and_for_the_whole_city_alone(cast: Cast) -> None:
    given = SchemeInput(code="wubao", name="门前五包", source="示例", is_illustrative=True, items=(("包卫生", "扫"),))

    with pytest.raises(NotPermitted):
        services.add_scheme(given=given, by=cast["town_leader"].actor, at=MORNING)
    made = services.add_scheme(given=given, by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="scheme_exists"):
        services.add_scheme(given=given, by=SYSTEM, at=MORNING)

    assert isinstance(happened_to(made.ref)[0].event, FrontageSchemeAdded)


def test_a_shop_signs_once_at_a_time_at_one_door() -> None:
    sign(ends_on=LATER)

    with pytest.raises(Refused, match="already_signed"):
        sign(starts_on=LATER)
    sign(starts_on=LATER + timedelta(days=1))
    sign(address="渡口街9号")
    sign(shop="示范便利店乙")

    assert queries.frontages_at(COMMUNITY, TODAY) == 3


def test_the_database_holds_no_two_open_ones_of_one_shop() -> None:
    row = Frontage.objects.get(pk=sign())
    row.pk, row.handle = None, "0" * 11

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_signing_correcting_and_ending_stand_in_the_record_without_shop_or_street() -> None:
    number = sign()
    row = Frontage.objects.get(pk=number)

    services.correct_frontage(
        frontage_id=number, given=shop(scheme="sibao", place="990101001002"), by=SYSTEM, at=MORNING
    )
    services.end_frontage(frontage_id=number, ends_on=LATER, by=SYSTEM, at=MORNING)

    signed, corrected, ended = (one.event for one in happened_to(row.ref))
    assert isinstance(signed, FrontageSigned)
    assert (signed.place, signed.scheme, signed.starts_on) == (COMMUNITY, "sanbao", TODAY)
    assert isinstance(corrected, FrontageCorrected)
    assert (corrected.place, corrected.scheme) == ("990101001002", "sibao")
    assert isinstance(ended, FrontageEnded)
    after = Frontage.objects.get(pk=number)
    assert (after.handle, after.village, after.ends_on) == (row.handle, "990101001002", LATER)


def test_an_end_comes_no_earlier_than_the_first_day_and_is_not_moved_on() -> None:
    number = sign()

    with pytest.raises(Refused, match="ends_before"):
        services.end_frontage(frontage_id=number, ends_on=TODAY - timedelta(days=1), by=SYSTEM, at=MORNING)
    services.end_frontage(frontage_id=number, ends_on=TODAY, by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="ended_already"):
        services.end_frontage(frontage_id=number, ends_on=LATER, by=SYSTEM, at=MORNING)

    assert queries.frontages_at(COMMUNITY, TODAY + timedelta(days=1)) == 0


def test_a_correction_may_not_run_into_another_span_of_the_same_shop() -> None:
    sign(ends_on=LATER)
    second = sign(starts_on=LATER + timedelta(days=1))

    with pytest.raises(Refused, match="already_signed"):
        services.correct_frontage(frontage_id=second, given=shop(starts_on=LATER), by=SYSTEM, at=MORNING)


def test_whoever_keeps_a_place_keeps_its_frontages_and_no_others(cast: Cast) -> None:
    leader = cast["town_leader"].actor
    mine, other = sign(by=leader), sign(place=NEXT_VILLAGE)

    with pytest.raises(NotPermitted):
        sign(by=leader, place=NEXT_VILLAGE, shop="别家店")
    with pytest.raises(NotPermitted):
        services.correct_frontage(frontage_id=mine, given=shop(place=NEXT_VILLAGE), by=leader, at=MORNING)
    with pytest.raises(NotPermitted):
        services.end_frontage(frontage_id=other, ends_on=LATER, by=leader, at=MORNING)
    with pytest.raises(NotPermitted):
        sign(by=cast["village_clerk"].actor, shop="别家店")

    kept = queries.frontages_in_reach(leader, on=TODAY, start=0, most=9)
    assert [one.id for one in kept] == [mine]


def test_they_are_counted_from_the_community_up_to_the_city_on_their_days() -> None:
    services.load_frontages(folder=SMALL_CITY / "duties", by=SYSTEM, at=MORNING)

    assert queries.frontages_at(COMMUNITY, TODAY) == 2
    assert [queries.frontages_at(DISTRICT, date(2025, month, 1)) for month in (1, 3, 7)] == [2, 3, 2]
    assert queries.frontages_at(NEXT_VILLAGE, TODAY) == 0
