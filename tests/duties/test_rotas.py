# SPDX-License-Identifier: Apache-2.0
"""Who looks after a zone on which day, in one query; who cannot says so, and another one of the rota stands in."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jiayuan.duties import queries, services
from jiayuan.duties.events import (
    RotaCardRenewed,
    RotaCorrected,
    RotaDrawn,
    RotaEnded,
    RotaSwapAsked,
    RotaSwapTaken,
    RotaSwapWithdrawn,
    RotaTurnAdded,
    RotaTurnEnded,
)
from jiayuan.duties.intake import HolderFinders, go_from, rota_from, turn_from
from jiayuan.duties.models import Rota, RotaHand, RotaSwap, RotaTurn
from jiayuan.kernel.errors import NotPermitted, Problems, Refused, Stale
from jiayuan.record.queries import happened_to
from jiayuan.standards import queries as standards
from tests.cast import BUREAU, COMMUNITY, DISTRICT, MORNING, NEW_YEAR, NEXT_VILLAGE, SMALL_CITY, SYSTEM, Cast, cast
from tests.duties.groups import unit
from tests.duties.rotas import MONDAY, SHOP, SUNDAY, TEAM, TODAY, add, card_of, draw, plan, zone
from tests.ground import ground, small_town

__all__ = ["cast", "ground", "small_town"]
NEXT_MONDAY = MONDAY + timedelta(weeks=1)
SPRING_FESTIVAL = date(2025, 1, 29)
FINDERS = HolderFinders(
    place=lambda typed, _field: typed, village=lambda typed, _field: typed, unit=lambda _code: 1, person=lambda _name: 2
)
TURN = {"named": SHOP, "every": "2", "weekdays": "6,7", "starts_on": "2025-01-01"}


def swap(move: str, who: str, turn_id: int, week_on: date = MONDAY) -> None:
    move_of = {"ask": services.ask_swap, "take": services.take_swap, "withdraw": services.withdraw_swap}[move]
    move_of(card=card_of(who), turn_id=turn_id, week_on=week_on, by=SYSTEM, at=MORNING)


def comes(on: date, code: str = COMMUNITY) -> list[str]:
    """Who comes on a day at a place, as names."""
    hands = [go.comes for week in queries.upkeep_at(code, on) for go in week.on(on)]
    return [hand.unit.short_name if hand.unit else hand.named for hand in hands if hand]


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"named": ""}, "organisation"),
        ({"person": "何守田"}, "organisation"),
        ({"named": "示范店13800000000"}, "named"),
        ({"every": "0"}, "every"),
        ({"every": "13"}, "every"),
        ({"every": "２"}, "every"),
        ({"every": "1" * 400}, "every"),
        ({"weekdays": ""}, "weekdays"),
        ({"weekdays": "8"}, "weekdays"),
        ({"weekdays": "12"}, "weekdays"),
        ({"ends_on": "2024-12-31"}, "ends_on"),
    ],
)
def test_what_is_wrong_with_a_turn_is_said_beside_its_field(changed: dict[str, str], field: str) -> None:
    with pytest.raises(Problems) as caught:
        turn_from(TURN | changed, finders=FINDERS)

    assert [one.field for one in caught.value.refusals] == [field]


def test_everything_that_is_wrong_with_a_rota_is_said_at_once() -> None:
    def nowhere(_number: str) -> int:
        raise Refused("no_zone", "", field="zone")

    with pytest.raises(Problems) as caught:
        rota_from({"what": "打 13800000000"}, zone=nowhere)

    assert {one.field for one in caught.value.refusals} == {"zone", "name", "what", "starts_on"}


@pytest.mark.parametrize(
    "text",
    ["", "7", "7.", ".2025-01-06", "x.2025-01-06", "7.2025-13-01", "7.9999-12-31", "7.0001-01-01", "²." + "2025-01-06"],
)
def test_what_names_no_turn_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="no_go"):
        go_from(text)


def test_a_button_names_a_turn_and_its_week() -> None:
    assert go_from("7.2025-01-03") == (7, MONDAY)


# ── who comes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_place_is_told_who_comes_on_a_day_with_one_query(ground: None) -> None:
    rota = draw()
    add(rota, 1, 2, 3, 4, 5, named="", organisation_id=unit(BUREAU))
    add(rota, 6, every=2)
    add(rota, 7, named=TEAM)
    queries.upkeep_at(COMMUNITY, TODAY)

    with CaptureQueriesContext(connection) as captured:
        week = queries.upkeep_at(COMMUNITY, TODAY)

    assert len(captured) == 1
    assert [[len(one.on(day)) for day in queries.week_of(TODAY)] for one in week] == [[0, 0, 1, 1, 1, 1, 1]]
    assert comes(TODAY)[0].endswith("城管局")
    assert (comes(SUNDAY), comes(SUNDAY + timedelta(days=6))) == ([TEAM], [])


def test_it_is_told_up_to_the_district_and_nowhere_else(ground: None) -> None:
    add(draw(), 5)

    assert [comes(TODAY, code) for code in (COMMUNITY, DISTRICT, NEXT_VILLAGE)] == [[SHOP], [SHOP], []]


def test_ends_of_turn_rota_and_holidays_are_kept(ground: None) -> None:
    assert standards.holiday_on(SPRING_FESTIVAL)
    keeps, skips = draw(), draw(name="节假日不排", skips_holidays=True)
    for rota, name in ((keeps, SHOP), (skips, TEAM)):
        add(rota, *range(1, 8), named=name)
    ended = add(keeps, *range(1, 8), named="示范短期队")
    services.end_turn(turn_id=ended, ends_on=TODAY, by=SYSTEM, at=MORNING)

    assert comes(SPRING_FESTIVAL) == [SHOP]
    weeks = queries.upkeep_at(COMMUNITY, SPRING_FESTIVAL)
    assert [week.left_out.get(SPRING_FESTIVAL, "") for week in weeks] == ["", standards.holiday_on(SPRING_FESTIVAL)]
    assert comes(TODAY) == [SHOP, "示范短期队", TEAM]
    services.end_rota(rota_id=keeps, ends_on=TODAY, by=SYSTEM, at=MORNING)
    assert comes(TODAY + timedelta(days=1)) == [TEAM]


def test_a_plain_weekend_is_no_holiday(ground: None) -> None:
    assert [standards.holiday_on(date(2025, 1, day)) for day in (4, 5, 6)] == ["", "", ""]
    assert standards.holiday_on(date(2035, 1, 29)) == ""


# ── swaps ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_cannot_says_so_and_another_one_stands_in_for_that_week_alone(ground: None) -> None:
    rota = draw()
    turn = add(rota, 5)
    add(rota, 7, named=TEAM)

    swap("ask", SHOP, turn)
    waiting = comes(TODAY)
    swap("take", TEAM, turn)

    assert (waiting, comes(TODAY), comes(TODAY + timedelta(weeks=1))) == ([], [TEAM], [SHOP])


def test_a_card_shows_own_turns_and_those_somebody_is_looked_for(ground: None) -> None:
    rota = draw()
    turn = add(rota, 5)
    add(rota, 7, every=2, named=TEAM)
    swap("ask", SHOP, turn, NEXT_MONDAY)

    shop, team = (queries.card(card_of(name), TODAY) for name in (SHOP, TEAM))

    assert shop is not None
    assert team is not None
    assert [go.state for go in shop.own] == ["", "asked", "", "", ""]
    assert shop.wanted == ()
    assert [(go.key, go.hand.named) for go in team.wanted] == [(f"{turn}.2025-01-06", SHOP)]
    assert [go.days for go in team.own] == [(SUNDAY + timedelta(weeks=n),) for n in (0, 2, 4)]
    swap("take", TEAM, turn, NEXT_MONDAY)
    after = queries.card(card_of(TEAM), TODAY)
    assert after is not None
    assert [go.hand.named for go in after.own] == [TEAM, SHOP, TEAM, TEAM]
    assert queries.card("0" * 11, TODAY) is None


def test_a_card_costs_two_queries_whatever_was_swapped(ground: None) -> None:
    rota = draw()
    turns = [add(rota, day) for day in (1, 3, 5)]
    add(rota, 7, named=TEAM)
    for turn in turns:
        swap("ask", SHOP, turn, NEXT_MONDAY)
        swap("ask", SHOP, turn, NEXT_MONDAY + timedelta(weeks=1))
    code = card_of(TEAM)

    with CaptureQueriesContext(connection) as captured:
        view = queries.card(code, TODAY)

    assert view is not None
    assert (len(captured), len(view.wanted)) == (2, 6)


def test_who_stands_in_may_hand_it_back_and_whoever_asked_may_come_after_all(ground: None) -> None:
    rota = draw()
    turn = add(rota, 5)
    add(rota, 7, named=TEAM)
    swap("ask", SHOP, turn)
    swap("take", TEAM, turn)

    swap("ask", TEAM, turn)
    waiting = comes(TODAY)
    swap("withdraw", SHOP, turn)

    assert (waiting, comes(TODAY)) == ([], [SHOP])
    swap("ask", SHOP, turn)
    assert RotaSwap.objects.count() == 1


def test_of_two_who_want_to_stand_in_the_first_has_it(ground: None) -> None:
    rota = draw()
    turn = add(rota, 5)
    for name in (TEAM, "示范五金店"):
        add(rota, 7, named=name)
    swap("ask", SHOP, turn)
    swap("take", TEAM, turn)

    with pytest.raises(Stale, match="taken_already"):
        swap("take", "示范五金店", turn)
    with pytest.raises(Stale, match="asked_already"):
        swap("ask", SHOP, turn)
    with pytest.raises(Stale, match="taken_already"):
        swap("withdraw", SHOP, turn)


def test_a_card_moves_nothing_but_its_own_rota_and_turns_that_are_not_over(ground: None) -> None:
    rota, other = draw(), draw(name="别处轮值")
    turn, elsewhere = add(rota, 3, 5, every=2), add(other, 5, named="别处队")
    add(rota, 7, named=TEAM)

    with pytest.raises(Refused, match="not_own_turn"):
        swap("ask", TEAM, turn)
    with pytest.raises(Refused, match="no_go"):
        swap("ask", SHOP, elsewhere)
    with pytest.raises(Refused, match="no_go"):
        swap("ask", SHOP, turn, NEXT_MONDAY)
    with pytest.raises(Refused, match="no_go"):
        swap("ask", SHOP, 999_999)
    with pytest.raises(Stale, match="taken_already"):
        swap("take", TEAM, turn)
    with pytest.raises(Refused, match="turn_is_over"):
        services.ask_swap(card=card_of(SHOP), turn_id=turn, week_on=MONDAY, by=SYSTEM, at=MORNING + timedelta(days=1))
    swap("ask", SHOP, turn)
    with pytest.raises(Refused, match="not_own_turn"):
        swap("withdraw", TEAM, turn)
    with pytest.raises(Refused, match="own_turn"):
        swap("take", SHOP, turn)


def test_a_card_that_was_replaced_opens_nothing_any_more(ground: None) -> None:
    turn, old = add(draw(), 5), card_of(SHOP)

    services.renew_card(hand_id=RotaHand.objects.get().pk, by=SYSTEM, at=MORNING)

    assert card_of(SHOP) != old
    assert queries.card(old, TODAY) is None
    with pytest.raises(Refused, match="no_card"):
        services.ask_swap(card=old, turn_id=turn, week_on=MONDAY, by=SYSTEM, at=MORNING)


# ── keeping ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_record_counts_nobody_who_could_not_come(cast: Cast) -> None:
    rota = draw()
    turn = add(rota, 5)
    add(rota, 7, named=TEAM)
    swap("ask", SHOP, turn)
    swap("withdraw", SHOP, turn)
    swap("ask", SHOP, turn)
    swap("take", TEAM, turn)
    services.correct_rota(rota_id=rota, given=plan(name="示范轮值乙"), by=SYSTEM, at=MORNING)
    services.renew_card(hand_id=RotaHand.objects.get(named=TEAM).pk, by=SYSTEM, at=MORNING)
    services.end_turn(turn_id=turn, ends_on=SUNDAY, by=SYSTEM, at=MORNING)
    services.end_rota(rota_id=rota, ends_on=SUNDAY, by=SYSTEM, at=MORNING)

    happened = [one.event for one in happened_to(Rota.objects.get().ref)]

    assert [type(one) for one in happened] == [
        RotaDrawn, RotaTurnAdded, RotaTurnAdded, RotaSwapAsked, RotaSwapWithdrawn, RotaSwapAsked, RotaSwapTaken,
        RotaCorrected, RotaCardRenewed, RotaTurnEnded, RotaEnded,
    ]  # fmt: skip
    swaps = [one for one in happened if isinstance(one, RotaSwapAsked | RotaSwapWithdrawn | RotaSwapTaken)]
    assert [one.week_on for one in swaps] == [MONDAY] * 4
    assert [set(vars(one)) - {"subject", "week_on"} for one in swaps] == [set()] * 4


def test_one_holder_has_one_card_however_many_turns(cast: Cast) -> None:
    rota, person = draw(), cast["village_clerk"].person_id

    for day in (1, 3):
        add(rota, day)
        add(rota, day, named="", person_id=person)
        add(rota, day, named="", organisation_id=unit(BUREAU))

    assert RotaHand.objects.count() == 3
    added = [one.event for one in happened_to(Rota.objects.get().ref) if isinstance(one.event, RotaTurnAdded)]
    assert [one.person for one in added] == [None, person, None] * 2


def test_a_rota_lies_within_its_zone_and_turns_within_the_rota(ground: None) -> None:
    with pytest.raises(Refused, match="before_the_zone"):
        draw(starts_on=NEW_YEAR - timedelta(days=1))
    with pytest.raises(Refused, match="no_zone"):
        draw(zone_id=999_999)
    rota = draw(starts_on=TODAY)
    with pytest.raises(Refused, match="before_the_rota"):
        add(rota, starts_on=NEW_YEAR)
    turn = add(rota, starts_on=TODAY)
    with pytest.raises(Refused, match="turns_before"):
        services.correct_rota(rota_id=rota, given=plan(starts_on=SUNDAY), by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="ends_before"):
        services.end_turn(turn_id=turn, ends_on=NEW_YEAR, by=SYSTEM, at=MORNING)
    services.end_rota(rota_id=rota, ends_on=TODAY, by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="ended_already"):
        services.end_rota(rota_id=rota, ends_on=SUNDAY, by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="ends_before"):
        services.correct_rota(rota_id=rota, given=plan(starts_on=SUNDAY), by=SYSTEM, at=MORNING)


@pytest.mark.parametrize("broken", [{"weekdays": 0}, {"weekdays": 128}, {"every": 0}, {"every": 13}])
def test_the_database_holds_no_turn_that_never_falls(ground: None, broken: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RotaTurn.objects.filter(pk=add(draw())).update(**broken)


def test_the_database_holds_nobody_who_stands_in_unasked(ground: None) -> None:
    turn = add(draw())
    swap("ask", SHOP, turn)

    with pytest.raises(IntegrityError), transaction.atomic():
        RotaSwap.objects.update(state="taken")
    with pytest.raises(IntegrityError), transaction.atomic():
        RotaSwap.objects.update(taken_by=RotaHand.objects.get())


def test_a_clerk_keeps_the_rotas_of_the_own_village_and_no_zone_that_goes_beyond(cast: Cast) -> None:
    clerk = cast["village_clerk"].actor
    mine, beyond = zone(), zone(COMMUNITY, NEXT_VILLAGE)

    rota = draw(mine, by=clerk)
    add(rota, by=clerk)

    with pytest.raises(NotPermitted):
        draw(beyond, by=clerk)
    with pytest.raises(NotPermitted):
        services.correct_rota(rota_id=rota, given=plan(beyond), by=clerk, at=MORNING)
    other = draw(beyond)
    with pytest.raises(NotPermitted):
        add(other, by=clerk)
    with pytest.raises(NotPermitted):
        services.end_rota(rota_id=other, ends_on=SUNDAY, by=clerk, at=MORNING)
    with pytest.raises(NotPermitted):
        draw(mine, by=cast["grid_worker"].actor)
    with pytest.raises(NotPermitted):
        draw(mine, by=cast["outsider"].actor)


def test_a_pack_is_taken_over_once(cast: Cast) -> None:
    folder = SMALL_CITY / "duties"
    services.load_answers(folder=folder, by=SYSTEM, at=MORNING)

    first = services.load_rotas(folder=folder, by=SYSTEM, at=MORNING, seed=1)
    again = services.load_rotas(folder=folder, by=SYSTEM, at=MORNING, seed=1)

    assert (first, again, Rota.objects.count(), RotaTurn.objects.count()) == (1, 0, 1, 2)
    assert comes(SUNDAY) == [SHOP]


def test_the_shipped_rotas_are_examples_and_say_so() -> None:
    rows = services.loading.rows_of(settings.BASE / "data" / "suizhou" / "duties" / "rotas.csv")

    assert rows
    assert [row["name"] for row in rows if "演示数据·非公文" not in row["name"]] == []
