# SPDX-License-Identifier: Apache-2.0
"""Counters are folds of the record: parents are the sums of their children, and a recount finds every false number."""

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from jiayuan.cases.enums import Source, State
from jiayuan.cases.events import CaseClosed, CaseEvent, CaseFiled, CaseReported, CaseVerificationAsked
from jiayuan.kernel import clock
from jiayuan.kernel.commands import unit_of_work
from jiayuan.record import counters
from jiayuan.record.counters import ALL, READER, Delta, as_of_position, numbers, recount, spread
from jiayuan.record.events import Code, Event, Ref
from jiayuan.record.log import record
from jiayuan.record.models import EVER, Counter, Cursor
from jiayuan.record.queries import newest_position
from jiayuan.record.readers import Happened, catch_up
from tests.conftest import FRIDAY_MORNING
from tests.record.sweeping import BY

PLACES = ("990101001001", "990101001002", "990101100200", "990121100200", "990121001000")
CLASSES = ("R01", "R02", "06-01")
LEVELS = {"city": 4, "county": 6, "town": 9, "village": 12}

places, class_codes, days = st.sampled_from(PLACES), st.sampled_from(CLASSES), st.integers(0, 3)


def where(place: str, class_code: str, came_from: State | None, to: State) -> dict[str, Any]:
    return {
        "subject": Ref("case", 1),
        "place": Code(place),
        "class_code": Code(class_code),
        "came_from": came_from,
        "to": to,
    }


def reported(place: str, class_code: str) -> CaseReported:
    facts = where(place, class_code, None, State.REPORTED)
    return CaseReported(**facts, source=Source.PUBLIC, photos=1, text_id=None, text_digest=None, reporter=None)


def filed(place: str, before: str, class_code: str) -> CaseFiled:
    facts = where(place, class_code, State.REPORTED, State.FILED)
    return CaseFiled(**facts, class_before=Code(before), limit_kind=Code("working_day"), limit_value=1)


def asked(place: str, class_code: str) -> CaseVerificationAsked:
    return CaseVerificationAsked(**where(place, class_code, State.REPORTED, State.VERIFYING))


def closed(place: str, class_code: str, in_time: bool) -> CaseClosed:
    return CaseClosed(**where(place, class_code, State.FED_BACK, State.CLOSED), unit_id=1, in_time=in_time)


case_events: st.SearchStrategy[CaseEvent] = st.one_of(
    st.builds(reported, places, class_codes),
    st.builds(filed, places, class_codes, class_codes),
    st.builds(asked, places, class_codes),
    st.builds(closed, places, class_codes, st.booleans()),
)
histories = st.lists(st.tuples(case_events, days), max_size=25)


@pytest.fixture
def following(db: None) -> Iterator[None]:
    """The counters, brought to the newest event."""
    Cursor.objects.create(reader=READER.name, position=newest_position())
    yield


def keep(history: Sequence[tuple[Event, int]]) -> None:
    with unit_of_work():
        for event, day in history:
            record(event, by=BY, at=FRIDAY_MORNING + timedelta(days=day))
    catch_up(READER, FRIDAY_MORNING)


def kept() -> dict[counters.Key, int]:
    rows = Counter.objects.values_list("measure", "level", "code", "on", "class_code", "n")
    return {row[:5]: row[5] for row in rows}


@effort(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
def test_whatever_happens_to_cases_parents_are_the_sum_of_their_children_and_a_recount_agrees(
    following: None, history: list[tuple[CaseEvent, int]]
) -> None:
    # One database for all examples: history goes on, which is only harder on the counters.
    keep(history)

    found = {key: n for key, n in kept().items() if key[1] in LEVELS}
    in_villages = {key[0] for key in found if key[1] == "village"}
    for child, parent in (("village", "town"), ("town", "county"), ("county", "city")):
        sums: Tally[counters.Key] = Tally()
        for (measure, level, code, on, class_code), n in found.items():
            if level == child:
                sums[(measure, parent, code[: LEVELS[parent]], on, class_code)] += n
        assert {key: n for key, n in sums.items() if n} == {
            key: n
            for key, n in found.items()
            if key[1] == parent and n and (child != "village" or key[0] in in_villages)
        }
    by_class: Tally[counters.Key] = Tally()
    for (measure, level, code, on, class_code), n in found.items():
        if class_code != ALL:
            by_class[(measure, level, code, on, ALL)] += n
    assert {key: n for key, n in by_class.items() if n} == {key: n for key, n in found.items() if key[4] == ALL and n}
    assert recount().wrong == ()
    assert as_of_position() == newest_position()


@pytest.mark.nightly
@effort(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
def test_long_histories_agree_with_their_recount(following: None, history: list[tuple[CaseEvent, int]]) -> None:
    keep(history)

    assert recount().wrong == ()


@pytest.mark.django_db
def test_what_stands_and_what_flows_is_counted_at_every_level(following: None) -> None:
    village = "990101001001"

    keep([(reported(village, "R01"), 0), (filed(village, "R01", "R02"), 1), (closed(village, "R02", in_time=True), 2)])

    found = kept()
    friday, sunday = clock.on(FRIDAY_MORNING), clock.on(FRIDAY_MORNING) + timedelta(days=2)
    for level, width in LEVELS.items():
        code = village[:width]
        assert found.get(("cases.reported", level, code, EVER, "R01"), 0) == 0
        assert found[("cases.closed", level, code, EVER, "R02")] == 1
        assert found[("cases.closed", level, code, EVER, ALL)] == 1
        assert found[("cases.came", level, code, friday, "R01")] == 1
        assert found[("cases.came", level, code, EVER, ALL)] == 1
        assert found[("cases.ended_in_time", level, code, sunday, ALL)] == 1
    assert ("cases.closed", "village", village, sunday, "R02") not in found


@pytest.mark.django_db
def test_numbers_are_given_for_every_division_below_a_code_and_no_other(following: None) -> None:
    keep([(reported(place, "R01"), 0) for place in PLACES])

    def asked_for(level: str, under: str) -> dict[str, int]:
        return {one.code: one.n for one in numbers(measures=["cases.reported"], level=level, under=under)}

    assert asked_for("county", "") == {"990101": 3, "990121": 2}
    assert asked_for("town", "990101") == {"990101001": 2, "990101100": 1}
    assert asked_for("village", "990101001001") == {"990101001001": 1}
    assert asked_for("village", "9902") == {}


@pytest.mark.django_db
def test_a_recount_finds_a_number_that_was_touched_and_says_so_with_a_failure(
    following: None, capsys: pytest.CaptureFixture[str]
) -> None:
    keep([(reported("990101001001", "R01"), 0)])
    call_command("record", "recount")
    assert "counters agree with the record up to position" in capsys.readouterr().out

    Counter.objects.filter(level="town", class_code=ALL, measure="cases.reported").update(n=models.F("n") + 1)

    with pytest.raises(CommandError, match=r"1 of \d+ counters disagree") as failure:
        call_command("record", "recount")
    assert failure.value.returncode == 1
    assert "'town', '990101001'" in capsys.readouterr().out
    ((key, counter, told),) = recount().wrong
    assert (key[1], counter, told) == ("town", 2, 1)


@pytest.mark.django_db
def test_a_recount_finds_a_number_that_is_missing_and_one_that_nothing_tells(following: None) -> None:
    keep([(reported("990101001001", "R01"), 0)])
    Counter.objects.filter(level="village", measure="cases.came", on=EVER, class_code=ALL).delete()
    Counter.objects.create(measure="cases.came", level="city", code="9999", on=EVER, class_code=ALL, n=3)

    assert sorted((kept, told) for _, kept, told in recount().wrong) == [(0, 1), (3, 0)]


@pytest.mark.django_db
def test_a_recount_compares_up_to_the_cursor_and_not_with_what_is_still_to_come(following: None) -> None:
    keep([(reported("990101001001", "R01"), 0)])
    position = as_of_position()
    with unit_of_work():
        record(reported("990101001001", "R01"), by=BY, at=FRIDAY_MORNING)

    found = recount()

    assert (found.position, found.wrong) == (position, ())
    assert newest_position() == position + 1


@pytest.mark.django_db
def test_a_recount_reads_numbers_and_cursor_of_one_moment_while_the_reader_goes_on(
    following: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep([(reported("990101001001", "R01"), 0)])
    asked_at: list[int] = []

    def meanwhile() -> int:
        position = Cursor.objects.values_list("position", flat=True).get(reader=READER.name)
        if not asked_at:
            keep([(reported("990101001002", "R02"), 1)])
        asked_at.append(position)
        return position

    monkeypatch.setattr(counters, "as_of_position", meanwhile)

    assert recount().wrong == ()
    assert len(asked_at) == 4


@pytest.mark.django_db
def test_a_fold_that_fails_moves_neither_number_nor_cursor(following: None) -> None:
    def broken(happened: Happened) -> Iterator[Delta]:
        yield Delta(measure="test", code="990101001001", class_code="R01", n=1)
        raise ValueError("no such class")

    before, position = kept(), as_of_position()
    held = list(counters._folds)
    counters.hold_folds([broken])
    try:
        keep([(reported("990101001001", "R01"), 0)])
    finally:
        counters.hold_folds(held)

    assert kept() == before
    assert as_of_position() == position


def test_a_delta_without_a_class_is_counted_once() -> None:
    told = spread([Delta(measure="m", code="990101001001", class_code=ALL, n=2)])

    assert set(told.values()) == {2}
    assert len(told) == len(LEVELS)


def test_what_cancels_out_is_not_written() -> None:
    up = Delta(measure="m", code="990101001001", class_code="R01", n=1, on=date(2025, 1, 3))
    down = Delta(measure="m", code="990101001001", class_code="R01", n=-1, on=date(2025, 1, 3))

    assert spread([up, down]) == {}


def test_a_step_of_a_unit_is_kept_at_the_unit_too_and_not_by_class() -> None:
    day = date(2025, 1, 3)

    told = spread([Delta(measure="m", code="990101001001", class_code="R01", n=2, on=day, unit_id=7)])

    assert {key: n for key, n in told.items() if key[1] == "unit"} == {
        ("m", "unit", "7", EVER, ALL): 2,
        ("m", "unit", "7", day, ALL): 2,
    }


def test_what_nobody_asks_of_a_village_is_kept_down_to_the_town_alone() -> None:
    told = spread([Delta(measure="m", code="990101001001", class_code="R01", n=1, digits=9)])

    assert {level for _, level, *_ in told} == {"city", "county", "town"}


@pytest.mark.django_db
def test_counters_and_the_record_tell_the_same_flows_and_the_record_of_any_earlier_day_too(following: None) -> None:
    village, friday = "990101001001", clock.on(FRIDAY_MORNING)
    keep([(reported(village, "R01"), 0), (reported(village, "R02"), 1), (reported("990121100200", "R01"), 2)])
    whole: dict[str, Any] = {
        "measures": ["cases.came"],
        "slices": [
            counters.Slice(level="county", under="9901"),
            counters.Slice(level="county", under="990101", by_class=True),
        ],
    }

    def rows(flows: list[counters.Flow]) -> dict[tuple[str, str], tuple[int, int]]:
        return {(one.code, one.class_code): (one.n, one.until) for one in flows}

    until, since = friday + timedelta(days=2), friday + timedelta(days=1)
    present = rows(counters.summed(**whole, since=since, until=until))
    folded = rows(counters.folded(**whole, since=since, until=until, before=FRIDAY_MORNING + timedelta(days=9)))
    assert present == folded
    assert present == {
        ("990101", ALL): (1, 2),
        ("990121", ALL): (1, 1),
        ("990101", "R01"): (0, 1),
        ("990101", "R02"): (1, 1),
    }
    earlier = counters.folded(**whole, since=friday, until=until, before=FRIDAY_MORNING + timedelta(days=1))
    assert rows(earlier) == {("990101", ALL): (1, 1), ("990101", "R01"): (1, 1)}
    first = newest_position() - 2
    known = counters.folded(
        **whole, since=friday, until=until, before=FRIDAY_MORNING + timedelta(days=9), known_at=first
    )
    assert rows(known) == rows(earlier)
