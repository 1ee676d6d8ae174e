# SPDX-License-Identifier: Apache-2.0
"""Each called unit has clocks of its own, by the kind of the whistle; a sweep reminds and follows the calendar."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from jiayuan.duties import queries, services
from jiayuan.duties.enums import WhistleKind, WhistleState
from jiayuan.duties.events import WhistleDeadlineMoved, WhistleResultTold, WhistleSigned
from jiayuan.duties.models import WhistleUnit
from jiayuan.duties.rules import Limits, Span, half_spent, limits_from, median
from jiayuan.kernel.clock import ZONE
from jiayuan.notices.models import Notice
from jiayuan.record import readers
from jiayuan.record.queries import happened_to
from jiayuan.site.config import Config
from tests.cast import BUREAU, DISTRICT, MORNING, STREET_OFFICE, SYSTEM, Cast, cast
from tests.duties.lists import lists
from tests.factories.calendar import doubtful_from, make_up_saturday
from tests.factories.whistles import answer, applied, called, refuse, sign_and_arrive, unit_id, whistle
from tests.ground import ground, small_town

__all__ = ["cast", "ground", "lists", "small_town"]
pytestmark = pytest.mark.usefixtures("lists")


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZONE)  # type: ignore[arg-type,misc]


def of_bureau() -> WhistleUnit:
    return WhistleUnit.objects.get(organisation_id=unit_id())


def told(who: str, cast: Cast) -> list[str]:
    kinds = Notice.objects.filter(account_id=cast[who].account.pk).order_by("id").values_list("kind", flat=True)
    return [kind.removeprefix("duties.whistle_") for kind in kinds]


@pytest.mark.parametrize(
    ("kind", "sign", "result"),
    [
        # Friday 9:00: one working day ends on Monday, seven a week from Tuesday; the calendar day is the whole of it.
        (WhistleKind.DAILY, at(2025, 1, 6, 23, 59, 59), at(2025, 1, 14, 23, 59, 59)),
        # Four working hours: three in the morning, one after the noon break; fifteen working days.
        (WhistleKind.HARD_TASK, at(2025, 1, 3, 15, 0), at(2025, 1, 24, 23, 59, 59)),
        (WhistleKind.EMERGENCY, at(2025, 1, 3, 9, 15), at(2025, 1, 4, 9, 0)),
    ],
)
def test_the_kind_says_until_when_a_unit_signs_on_and_tells_its_result(
    kind: WhistleKind, sign: datetime, result: datetime
) -> None:
    called(kind=kind)

    assert (of_bureau().sign_due_at, of_bureau().result_due_at) == (sign, result)


def test_the_clock_of_signing_on_runs_first_and_then_that_of_the_result() -> None:
    found = called()
    assert of_bureau().due_at == of_bureau().sign_due_at

    sign_and_arrive(found)
    assert of_bureau().due_at == of_bureau().result_due_at

    answer(found, STREET_OFFICE)
    assert WhistleUnit.objects.get(organisation_id=unit_id(STREET_OFFICE)).due_at is None
    refuse(found)
    assert of_bureau().due_at is None


def test_a_city_sets_its_own_limits_and_running_clocks_keep_theirs(settings: Any) -> None:
    first = called()
    before = of_bureau().sign_due_at

    settings.WHISTLE_LIMITS = "daily=30m/2h hard_task=1wh/1wd emergency=5m/1h"
    second = called()

    assert first.units.get(organisation_id=unit_id()).sign_due_at == before
    assert second.units.get(organisation_id=unit_id()).sign_due_at == MORNING + timedelta(minutes=30)


def test_limits_that_cannot_be_read_stop_the_program_at_the_start() -> None:
    with pytest.raises(ValidationError, match="whistle_limits"):
        Config(whistle_limits="daily=soon/later")
    with pytest.raises(ValueError, match="not a span"):
        limits_from("daily=0m/1h")


def test_limits_are_read_as_they_are_written() -> None:
    read = limits_from("daily=1wd/7wd emergency=15m/24h")

    assert read["daily"] == Limits(Span(1, "wd"), Span(7, "wd"))
    assert (str(read["emergency"].sign), read["emergency"].sign.by_the_clock) == ("15m", timedelta(minutes=15))


def test_whether_a_unit_was_in_time_is_told_when_it_signs_and_when_it_tells() -> None:
    found = called(kind=WhistleKind.EMERGENCY)
    sign_and_arrive(found, at=MORNING + timedelta(minutes=16))
    services.tell_result(
        whistle_id=found.pk, unit_id=unit_id(), told="已处置。", by=SYSTEM, at=MORNING + timedelta(hours=23)
    )

    events = [item.event for item in happened_to(found.ref)]
    assert [one.in_time for one in events if isinstance(one, WhistleSigned | WhistleResultTold)] == [False, True]


def test_a_unit_is_reminded_once_before_and_once_after_and_of_each_clock_anew(cast: Cast) -> None:
    found = called(assisting=())
    monday = at(2025, 1, 6, 16, 30)

    for _ in range(2):
        services.remind_of_whistles(by=SYSTEM, at=MORNING)
        services.remind_of_whistles(by=SYSTEM, at=monday)
        services.remind_of_whistles(by=SYSTEM, at=at(2025, 1, 7, 8, 0))
    assert told("bureau", cast) == ["due_soon", "due_late"]

    sign_and_arrive(found, at=at(2025, 1, 7, 9, 0))
    services.remind_of_whistles(by=SYSTEM, at=at(2025, 1, 15, 9, 0))
    assert told("bureau", cast) == ["due_soon", "due_late", "due_late"]
    assert told("street_office", cast) == []


def test_nobody_is_reminded_of_what_they_were_told_just_now(cast: Cast) -> None:
    called(kind=WhistleKind.EMERGENCY, assisting=())

    services.remind_of_whistles(by=SYSTEM, at=MORNING + timedelta(minutes=5))
    assert told("bureau", cast) == []
    services.remind_of_whistles(by=SYSTEM, at=MORNING + timedelta(minutes=16))
    assert told("bureau", cast) == ["due_late_urgent"]


def test_half_of_a_time_is_spent_in_its_middle() -> None:
    due = MORNING + timedelta(hours=2)

    assert not half_spent(now=MORNING + timedelta(minutes=59), begun=MORNING, due=due)
    assert half_spent(now=MORNING + timedelta(minutes=60), begun=MORNING, due=due)


def test_a_confirmed_calendar_moves_the_clocks_that_rested_on_doubtful_days(cast: Cast) -> None:
    doubtful_from(date(2025, 1, 4))
    found = called()
    assert of_bureau().due_is_provisional
    assert services.recompute_whistles(by=SYSTEM, at=MORNING) == 0

    make_up_saturday(date(2025, 1, 4))
    moved = services.recompute_whistles(by=SYSTEM, at=MORNING)

    assert moved == 2
    assert of_bureau().sign_due_at == of_bureau().due_at == at(2025, 1, 4, 23, 59, 59)
    assert isinstance(happened_to(found.ref)[-1].event, WhistleDeadlineMoved)
    assert services.recompute_whistles(by=SYSTEM, at=MORNING) == 0


def test_the_clock_of_an_emergency_asks_no_calendar() -> None:
    doubtful_from(date(2025, 1, 3))

    called(kind=WhistleKind.EMERGENCY)

    assert not of_bureau().due_is_provisional


def test_whoever_acts_next_is_told_and_whoever_acted_is_not(cast: Cast) -> None:
    found = applied(cast["village_clerk"].actor)
    readers.relay(MORNING)
    assert (told("town_leader", cast), told("village_clerk", cast)) == (["applied"], [])

    services.approve_whistle(whistle_id=found.pk, by=cast["town_leader"].actor, at=MORNING)
    readers.relay(MORNING)
    assert told("dispatcher", cast) == told("duty_chief", cast) == ["approved"]
    assert told("outsider", cast) == []

    whistle(WhistleState.ANSWERED)
    readers.relay(MORNING)
    assert told("bureau", cast) == ["unit_called"]
    assert told("village_clerk", cast) == ["answered"]


def test_an_emergency_wakes_the_triage_office_and_tells_the_leader(cast: Cast) -> None:
    applied(cast["village_clerk"].actor, kind=WhistleKind.EMERGENCY)

    readers.relay(MORNING)

    assert told("town_leader", cast) == ["emergency_told"]
    assert told("dispatcher", cast) == ["applied_urgent"]


def test_the_board_says_how_departments_stand_in_the_order_of_organisations(cast: Cast) -> None:
    first = called(kind=WhistleKind.HARD_TASK)
    services.sign_whistle(
        whistle_id=first.pk, unit_id=unit_id(), by=cast["bureau"].actor, at=MORNING + timedelta(hours=1)
    )
    second = called(kind=WhistleKind.EMERGENCY)
    services.sign_whistle(
        whistle_id=second.pk, unit_id=unit_id(), by=cast["bureau"].actor, at=MORNING + timedelta(minutes=20)
    )

    lines = queries.whistle_board(
        cast["mayor"].actor, since=MORNING - timedelta(days=1), now=MORNING + timedelta(hours=7)
    )

    assert [line.unit.code for line in lines] == [STREET_OFFICE, BUREAU]
    (bureau,) = (line for line in lines if line.unit.code == BUREAU)
    assert (bureau.open, bureau.late, bureau.signed, bureau.signed_in_time, bureau.median_minutes) == (2, 0, 2, 1, 20)
    (street,) = (line for line in lines if line.unit.code == STREET_OFFICE)
    assert (street.open, street.late, street.median_minutes) == (2, 2, None)


def test_the_board_ends_where_the_readers_area_ends(cast: Cast) -> None:
    called()

    def codes(who: str) -> list[str]:
        lines = queries.whistle_board(cast[who].actor, since=MORNING, now=MORNING)
        return [line.unit.code for line in lines]

    assert codes("county_supervisor") == [STREET_OFFICE, BUREAU]
    assert codes("bureau") == codes("outsider") == []
    assert DISTRICT not in codes("mayor")


def test_the_median_is_the_lower_middle_and_nothing_of_nothing() -> None:
    assert (median([]), median([7]), median([9, 1]), median([3, 1, 2])) == (None, 7, 1, 2)
