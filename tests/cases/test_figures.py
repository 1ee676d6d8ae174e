# SPDX-License-Identifier: Apache-2.0
"""Figures come from counters, are what the living table shows, and can be told again as of any earlier day."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from jiayuan.cases import services
from jiayuan.cases.enums import CallBackResult, Discontent, Source, State, V
from jiayuan.cases.lifecycle import LIFE
from jiayuan.cases.queries import figures as told_figures
from jiayuan.cases.queries.figures import (
    FORMULAS,
    Cut,
    Division,
    Period,
    Value,
    cases_of_measure,
    cases_of_task,
    figures,
    lines_of_task,
    task_figures,
    value_of,
    words_of,
)
from jiayuan.cases.rules import figures as rules
from jiayuan.cases.services import CaseId
from jiayuan.kernel import clock
from jiayuan.kernel.errors import Refused
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.record import counters, readers
from jiayuan.record.queries import newest_position
from jiayuan.standards import queries as standards
from tests.cast import COMMUNITY, MORNING, NEXT_VILLAGE, SYSTEM
from tests.factories.cases import QUARTER, case, case_for, move, report, unit_id
from tests.factories.clearing import accepted

pytestmark = pytest.mark.usefixtures("ground")
ALL_TIME = Period(since=date(2024, 1, 1), until=date(2026, 12, 31))
AHEAD = Cut(as_of=date(2026, 12, 31))
VILLAGE, TOWN_OFFICE = "990101100200", "YX-990101100"
"""双河村 in the countryside, and who governs it; 桥头社区, where cases are otherwise, is built up."""


def follow() -> None:
    readers.catch_up(counters.READER, clock.now())


def numbers(*, under: str = "9901", period: Period = ALL_TIME, cut: Cut = AHEAD) -> rules.Numbers:
    follow()
    return figures(under=under, period=period, cut=cut).total


def value(code: str, **asked: Any) -> Value:
    formula = told_figures.indicator(code)
    assert formula is not None
    return value_of(formula, numbers(**asked))


def campaign() -> standards.Campaign:
    found = standards.campaign_on(MORNING.date())
    assert found is not None
    return found


def tasks(cut: Cut | None = None, area: str = "") -> dict[str, tuple[int, int]]:
    """What was put right by task: through cases, and by villages themselves."""
    follow()
    cut = cut or Cut(as_of=clock.today())
    return {
        one.task.code: (one.full.n, one.by_themselves.n)
        for one in task_figures(campaign=campaign(), cut=cut, area=area)
        if one.n
    }


def every_branch() -> None:
    """Cases in every state, and one after every move in every state from which it starts; one was found on duty."""
    report(source=Source.GRID, by=SYSTEM)
    for state in State:
        case(state)
    for verb, row in LIFE.items():
        for start in row.sources:
            move(case_for(verb, start), verb, at=MORNING + 12 * QUARTER)
    move(case(State.CLOSED, at=MORNING - timedelta(days=50), late=True), V.ASK_REOPEN, at=MORNING)


def test_every_formula_has_its_words_in_three_languages() -> None:
    for formula in FORMULAS:
        words = words_of(formula.code)
        assert all(str(one) for one in (words.name, words.formula, words.meaning, words.owner))


def test_after_every_move_from_every_state_counters_say_what_the_living_table_shows() -> None:
    every_branch()

    told = numbers().flowed

    for measure in told_figures._LIVE:
        found = cases_of_measure(measure, period=ALL_TIME)
        assert found is not None
        assert (measure, told.get(measure, 0)) == (measure, found.count())
        assert told[measure] > 0


def test_units_have_the_same_numbers_as_the_cases_that_they_hold() -> None:
    every_branch()
    follow()

    units = figures(under="9901", period=ALL_TIME, cut=AHEAD, by=Division.UNIT).units

    for measure in (rules.DUE, rules.HANDLED, rules.CLOSED, rules.CLOSED_IN_TIME):
        found = cases_of_measure(measure, period=ALL_TIME)
        assert found is not None
        assert units[unit_id()].flowed.get(measure, 0) == found.filter(unit_id=unit_id()).count()


def test_a_recount_agrees_after_every_branch() -> None:
    every_branch()
    follow()

    assert counters.recount().wrong == ()


def test_the_record_folded_to_the_present_says_what_the_counters_say() -> None:
    every_branch()
    accepted(village=VILLAGE, rows=3)

    present = numbers(cut=AHEAD)
    told = numbers(cut=Cut(as_of=AHEAD.as_of, known_at=newest_position()))

    def without_noughts(row: rules.Numbers) -> tuple[Any, ...]:
        kept = ({name: n for name, n in flow.items() if n} for flow in (row.flowed, row.ever))
        classes = {code: {name: n for name, n in flow.items() if n} for code, flow in row.by_class.items()}
        return (*kept, {code: flow for code, flow in classes.items() if flow})

    assert without_noughts(present) == without_noughts(told)
    assert tasks(Cut(as_of=clock.today())) == tasks(Cut(as_of=clock.today(), known_at=newest_position()))


def test_the_area_covered_counts_villages_with_a_report_now_and_from_the_record() -> None:
    for _ in range(2):
        report(village=COMMUNITY)
    report(village=NEXT_VILLAGE)

    follow()
    cuts = AHEAD, Cut(as_of=AHEAD.as_of, known_at=newest_position())
    told = [figures(under="9901", period=ALL_TIME, cut=cut) for cut in cuts]

    villages = len([place for place in places.known(Level.VILLAGE) if place.valid_to is None])
    for found in told:
        assert (found.total.flowed[rules.REACHED], found.total.flowed[rules.VILLAGES]) == (2, villages)
        assert {code: row.flowed[rules.REACHED] for code, row in found.below.items()} == {"990101": 1, "990121": 1}
        assert sum(row.flowed[rules.VILLAGES] for row in found.below.values()) == villages


def test_reports_on_duty_are_valid_when_they_are_filed_and_the_public_finds_what_was_missed() -> None:
    on_duty = report(source=Source.GRID, by=SYSTEM)
    report(source=Source.PATROL, by=SYSTEM)
    for found in (on_duty, report(), report()):
        move(found, V.FILE, at=MORNING)

    assert value("valid_report_rate") == Value(code="valid_report_rate", n=1, of=2)
    assert value("missed_rate") == Value(code="missed_rate", n=2, of=3)


def test_a_case_is_due_in_the_period_of_its_deadline_and_in_no_other() -> None:
    found = case(State.HANDLING)
    assert found.due_at is not None
    day = clock.on(found.due_at)

    def due(since: date, until: date) -> int:
        return numbers(period=Period(since=since, until=until)).flowed.get(rules.DUE, 0)

    assert due(day, day) == 1
    assert due(day - timedelta(days=9), day - timedelta(days=1)) == 0
    assert due(day + timedelta(days=1), day + timedelta(days=9)) == 0


def test_nothing_due_leaves_every_rate_undefined() -> None:
    report()

    assert value("close_rate").percent is None
    assert value("handle_in_time_rate").percent is None
    assert value("overdue").n == 0


def test_a_shelved_and_a_returned_case_are_nobody_s_due_until_they_go_on() -> None:
    shelved, returned = case(State.SHELVED), case(State.RETURNED)
    assert value("close_rate").of == 0

    move(shelved, V.RESUME, at=MORNING + 20 * QUARTER)
    move(returned, V.REFUSE_RETURN, at=MORNING + 20 * QUARTER)

    assert value("close_rate").of == 2


def test_more_time_moves_the_due_to_its_new_day_and_is_charged_to_nobody() -> None:
    found = case_for(V.GRANT_EXTENSION)
    assert found.due_at is not None
    before = clock.on(found.due_at)

    found = move(found, V.GRANT_EXTENSION, at=MORNING + 12 * QUARTER)

    assert found.due_at is not None
    after = clock.on(found.due_at)
    assert after > before
    assert numbers(period=Period(since=before, until=before)).flowed.get(rules.DUE, 0) == 0
    assert numbers(period=Period(since=after, until=after)).flowed.get(rules.DUE, 0) == 1
    assert (value("extensions").n, value("overrun").n) == (1, 0)


def test_rework_takes_the_handling_back_and_counts_as_one_check_that_failed() -> None:
    found = case(State.FED_BACK)
    assert value("handle_rate").percent == "100.00"

    move(found, V.SEND_BACK, at=MORNING + 8 * QUARTER)

    assert (value("handle_rate").n, value("handle_rate").of) == (0, 1)
    assert value("handle_in_time_rate").n == 0
    assert value("rework_rate").percent == "100.00"


def test_an_appeal_upheld_counts_as_in_time_and_the_raw_overrun_stays() -> None:
    found = case_for(V.DECIDE_APPEAL)
    assert (value("close_in_time_rate").n, value("overrun").n, value("excused").n) == (0, 1, 0)

    found = move(found, V.DECIDE_APPEAL, at=MORNING + 12 * QUARTER)

    assert (value("close_in_time_rate").percent, value("overrun").n, value("excused").n) == ("100.00", 1, 1)

    move(move(found, V.ASK_REOPEN, at=MORNING + 13 * QUARTER), V.REOPEN, at=MORNING + 14 * QUARTER)

    assert (value("close_rate").n, value("close_in_time_rate").n) == (0, 0)
    assert (value("overrun").n, value("excused").n) == (1, 1)


def test_a_confirmed_return_is_a_mis_dispatch_and_a_refused_one_is_not() -> None:
    move(case(State.RETURNED), V.CONFIRM_RETURN, at=MORNING + 12 * QUARTER)
    move(case(State.RETURNED), V.REFUSE_RETURN, at=MORNING + 12 * QUARTER)

    told = value("right_dispatch_rate")

    assert (told.n, told.of) == (1, 2)
    assert (value("dispatch_rate").n, value("dispatch_rate").of) == (1, 2)


def test_who_found_it_is_told_by_the_source_under_which_it_was_filed() -> None:
    for source in (Source.PUBLIC, Source.GRID, Source.PATROL, Source.DEPARTMENT):
        found = report(by=SYSTEM, source=source)
        for verb in (V.ASK_VERIFY, V.FIND, V.FILE):
            found = move(found, verb, at=MORNING + QUARTER)

    assert (value("public_rate").n, value("public_rate").of) == (1, 4)
    assert value("patrol_rate").percent == "50.00"


def test_the_latest_answer_of_a_call_back_is_the_one_that_counts() -> None:
    found = move(case(State.CLOSED), V.CALL_BACK, at=MORNING + 8 * QUARTER)
    assert value("satisfied_rate").percent == "100.00"

    move(
        found,
        V.CALL_BACK,
        at=MORNING + 9 * QUARTER,
        result=CallBackResult.UNSATISFIED,
        reason=Discontent.STILL_THERE,
    )

    assert (value("satisfied_rate").n, value("satisfied_rate").of) == (0, 1)


def test_an_answer_that_replaces_another_takes_it_back_on_the_day_on_which_it_was_given() -> None:
    answers = (CallBackResult.SATISFIED, CallBackResult.UNSATISFIED)
    found = case(State.CLOSED)
    for number, result in enumerate(answers, start=1):
        reason = Discontent.STILL_THERE if result is CallBackResult.UNSATISFIED else None
        found = move(found, V.CALL_BACK, at=MORNING + timedelta(days=number), result=result, reason=reason)

    days = [MORNING.date() + timedelta(days=number) for number in (1, 2)]
    told = [value("satisfied_rate", period=Period(since=day, until=day)) for day in days]

    assert [(one.n, one.of) for one in told] == [(0, 0), (0, 1)]


def test_a_stage_is_in_time_when_it_ended_by_its_limit(settings: Any) -> None:
    settings.STAGE_HOURS = {"verify": 2, "dispatch": 2, "check": 2}
    case(State.CLOSED)
    late = case(State.FED_BACK)
    move(late, V.CLOSE, at=MORNING + timedelta(days=3))
    waiting = case(State.FILED)

    assert (value("check_in_time_rate").n, value("check_in_time_rate").of) == (1, 2)
    assert (value("dispatch_in_time_rate").n, value("dispatch_in_time_rate").of) == (2, 3)

    move(waiting, V.VOID, at=MORNING + 3 * QUARTER)

    assert value("dispatch_in_time_rate").percent == "100.00"


# ── by the tasks of the campaign ──────────────────────────────────────────────────────────────────────────────────


def rural(**given: Any) -> dict[str, Any]:
    return {"village": VILLAGE, "tile": "stacks", "unit": TOWN_OFFICE, **given}


def test_a_closed_case_and_an_accepted_list_count_to_their_task_and_the_split_is_told() -> None:
    case(State.CLOSED, quantity=3, **rural())
    accepted(village=VILLAGE, quantities=[5])

    assert tasks() == {"three-heaps": (0, 5), "two-stacks": (3, 0)}


def test_what_was_closed_by_force_or_reopened_was_not_put_right() -> None:
    move(case(State.HANDLING, **rural()), V.FORCE_CLOSE, at=MORNING + 8 * QUARTER)
    found = case(State.CLOSED, quantity=2, **rural())
    assert tasks() == {"two-stacks": (2, 0)}

    move(move(found, V.ASK_REOPEN, at=MORNING + 8 * QUARTER), V.REOPEN, at=MORNING + 9 * QUARTER)

    assert tasks() == {}


def test_a_thing_counts_only_where_its_task_belongs() -> None:
    case(State.CLOSED, **rural(tile="posters"))
    case(State.CLOSED, tile="posters")

    assert tasks() == {"outdoor-ads": (1, 0)}
    assert tasks(area="990101") == {"outdoor-ads": (1, 0)}
    assert tasks(area="990121") == {}


def test_the_records_behind_a_task_add_up_to_its_figure() -> None:
    for quantity in (1, 4):
        case(State.CLOSED, quantity=quantity, **rural())
    case(State.CLOSED, village=NEXT_VILLAGE, tile="stacks", unit="YX-990121100")
    move(case(State.HANDLING, **rural()), V.FORCE_CLOSE, at=MORNING + 8 * QUARTER)
    accepted(village=VILLAGE, quantities=[5, 2, 1, 7])
    follow()

    for figure in task_figures(campaign=campaign(), cut=Cut(as_of=clock.today())):
        cases = cases_of_task(campaign=campaign(), task=figure.task)
        lines = lines_of_task(campaign=campaign(), task=figure.task)
        assert sum(cases.values_list("quantity", flat=True)) == figure.full.n
        assert sum(line.quantity for line in lines) == figure.by_themselves.n


def test_the_printed_statement_gives_the_printed_number() -> None:
    case(State.CLOSED, quantity=3, **rural())
    case(State.CLOSED)
    case(State.CLOSED, **rural(tile="posters"))
    accepted(village=VILLAGE, quantities=[5])
    follow()

    for figure in task_figures(campaign=campaign(), cut=Cut(as_of=clock.today()), area="9901"):
        for half in (figure.full, figure.by_themselves):
            with connection.cursor() as cursor:
                cursor.execute(half.sql)
                assert cursor.fetchone()[0] == half.n


# ── as of an earlier day ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_day_is_told_again_as_it_was_printed_and_a_late_entry_shows_only_without_known_at(
    still_clock: Any,
) -> None:
    case(State.CLOSED, quantity=2, **rural())
    printed, position = (tasks(), value("close_rate", cut=Cut(as_of=clock.today()))), newest_position()
    the_day = clock.today()
    still_clock.move_to(MORNING + timedelta(days=2))
    case(State.CLOSED, quantity=7, at=MORNING + timedelta(days=2), **rural())

    def again(known_at: int | None) -> Any:
        cut = Cut(as_of=the_day, known_at=known_at)
        return tasks(cut), value("close_rate", cut=cut)

    assert again(None) == printed
    assert again(position) == printed

    # Somebody enters on the Sunday what happened on the Friday.
    case(State.CLOSED, quantity=1, at=MORNING + 4 * QUARTER, **rural())

    assert again(None)[0] == {"two-stacks": (3, 0)}
    assert again(position) == printed


def test_as_of_a_day_means_before_midnight_in_shanghai() -> None:
    midnight = datetime(2025, 1, 4, 0, 0, tzinfo=clock.ZONE)

    assert Cut(as_of=date(2025, 1, 3)).before == midnight


# ── the command ───────────────────────────────────────────────────────────────────────────────────────────────────


def command(capsys: pytest.CaptureFixture[str], *asked: str) -> str:
    capsys.readouterr()
    call_command("cases", "figures", *asked)
    return capsys.readouterr().out


def test_the_command_prints_figures_with_words_split_and_query(capsys: pytest.CaptureFixture[str]) -> None:
    case(State.CLOSED, quantity=3, **rural())
    accepted(village=VILLAGE, quantities=[5])
    follow()

    told = json.loads(command(capsys, "--as-of", "2025-01-03", "--json"))

    rows = {row["task"]: row for row in told["figures"]}
    assert (rows["two-stacks"]["words"], rows["two-stacks"]["value"]) == ("3个", 3)
    assert rows["three-heaps"]["self_cleared"]["value"] == 5
    assert rows["three-heaps"]["fully_processed"]["value"] == 0
    assert "record_counter" in rows["three-heaps"]["self_cleared"]["sql"]
    assert [row["figure"] for row in told["figures"]][:5] == ["F1", "F2", "F3", "F4", "F5"]
    assert rows["three-heaps"]["agrees"] is False
    rate = next(row for row in told["indicators"] if row["code"] == "close_rate")
    assert rate["undefined"] or rate["of"]


def test_the_command_speaks_to_people_too(capsys: pytest.CaptureFixture[str]) -> None:
    said = command(capsys, "--since", "2025-01-01")

    assert "as of 2025-01-03, from the counters up to position" in said
    assert "结案率 –（0/0）" in said


def test_figures_refuse_while_a_season_is_still_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_figures, "_progress", [lambda: 40])

    with pytest.raises(CommandError, match="40"):
        call_command("cases", "figures")
    with pytest.raises(Refused):
        told_figures.refuse_while(told_figures.loading())


def test_the_command_refuses_a_day_before_any_campaign() -> None:
    with pytest.raises(CommandError, match="no campaign was on"):
        call_command("cases", "figures", "--as-of", "2020-01-01")


def test_a_case_counts_once_however_often_it_is_asked() -> None:
    found = case(State.FED_BACK)
    services.close(case_id=CaseId(found.pk), by=SYSTEM, at=MORNING + 9 * QUARTER)

    assert value("close_rate") == value("close_rate") == Value(code="close_rate", n=1, of=1)
