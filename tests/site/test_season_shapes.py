# SPDX-License-Identifier: Apache-2.0
"""The demonstration's season holds to the shapes that its data file declares: a part told in memory, the whole nightly.

What is drawn by chance may stray as far as chance lets it, and no further: four standard errors of the part.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

import pytest

from jiayuan.cases.enums import State
from jiayuan.cases.models import Case, ClearingList
from jiayuan.cases.queries import Measured, measured, shapes
from jiayuan.cases.rules.season import days_of, share_of_top
from jiayuan.cases.services import begin_season, load_season
from jiayuan.cases.services.season.load import Season
from jiayuan.cases.services.season.plan import Family, Fate
from jiayuan.kernel import clock
from jiayuan.site import demonstration
from tests.cast import MORNING, SYSTEM

ONE_IN = 12
ERRORS = 4.0


@dataclass
class Told:
    """The whole plan, and what every twelfth family of it leaves."""

    season: Season
    families: Sequence[Family]
    cases: list[Case]
    lists: list[ClearingList]

    def days(self) -> Counter[date]:
        return Counter([case.reported_on for case in self.cases] + [found.made_on for found in self.lists])

    def strays(self, declared: float, of: Sequence[Case], has: Callable[[Case], bool]) -> float:
        """How many standard errors the share of those that have something lies above the declared percent."""
        share, wanted = sum(map(has, of)) / len(of), declared / 100
        return (share - wanted) / sqrt(wanted * (1 - wanted) / len(of))


@pytest.fixture
def told(suizhou: None) -> Told:
    demonstration._contractors(MORNING)
    begin_season(by=SYSTEM, at=MORNING)
    drawn = shapes()
    season = Season(drawn, seed=drawn.seed, cast={}, by=SYSTEM)
    rows = [season.rows_of(family).tables for family in season.families[::ONE_IN]]
    cases = [row for tables in rows for row in tables.get(Case, ()) if isinstance(row, Case)]
    lists = [row for tables in rows for row in tables.get(ClearingList, ()) if isinstance(row, ClearingList)]
    return Told(season, season.families, cases, lists)


def test_a_tenth_of_the_villages_and_of_the_streets_holds_a_third(told: Told) -> None:
    for setting in ("rural", "urban"):
        places = told.season.teller.ground._places[setting].things
        counts = Counter[str](dict.fromkeys(places, 0))
        for family in told.families:
            if family.setting == setting:
                counts[family.place] += len(family.lists) or 1 + family.duplicates + family.relapses

        share = share_of_top(list(counts.values()), percent=shapes().places["top_percent"]) * 100

        assert 30 <= share <= 40, setting
        assert abs(share - shapes().places["top_holds_percent"]) < 4, setting


def test_there_is_one_storm_of_duplicates_and_one_place_where_it_comes_back(told: Told) -> None:
    wanted = shapes().cases
    assert max(family.duplicates for family in told.families) == wanted["storm"]
    again = Counter(family.place for family in told.families if family.relapses)
    assert wanted["cluster"] <= max(again.values()) <= wanted["cluster"] + 2


def test_weeks_dip_holidays_rest_and_both_deadlines_rush(told: Told) -> None:
    drawn, found, working = shapes(), told.days(), told.season.teller.ground.working

    def mean(days: Sequence[date]) -> float:
        return sum(found[day] for day in days) / len(days)

    def rushes(day: date) -> bool:
        return any(rush.until - timedelta(days=rush.days) < day <= rush.until for rush in drawn.rushes)

    quiet = [day for day in days_of(drawn)[:-1] if not rushes(day)]
    usual = mean([day for day in quiet if working[day]])
    week = drawn.days["week"]
    weekend = mean([day for day in quiet if day.weekday() > 4 and not working[day]]) / usual
    holiday = mean([day for day in quiet if day.weekday() < 5 and not working[day]]) / usual
    rush = mean([day for day in days_of(drawn)[:-1] if rushes(day) and working[day]]) / usual
    assert weekend == pytest.approx(sum(week[5:]) / 2 / (sum(week[:5]) / 5), rel=0.3)
    assert holiday == pytest.approx(drawn.days["holiday"], rel=0.4)
    assert 1.4 < rush < 1.25 * max(row.times for row in drawn.rushes) * drawn.days["last"]


def test_branches_are_taken_as_often_as_declared(told: Told) -> None:
    share = shapes().shares
    sent = [case for case in told.cases if case.dispatched_at is not None]
    shown = [case for case in sent if case.fed_back_at is not None]
    called = [case for case in shown if case.callback]

    # A weak unit is sent back more often than others, and what is to be returned three times comes on top.
    assert -ERRORS < told.strays(share["returned"], sent, lambda case: case.returns > 0) < ERRORS + 1
    assert -ERRORS < told.strays(share["rework"], shown, lambda case: case.reworks > 0) < ERRORS + 3
    assert told.strays(share["extended"], sent, lambda case: case.extensions > 0) < ERRORS
    assert -ERRORS < told.strays(share["shelved"], sent, lambda case: case.shelvings > 0) < ERRORS + 3
    assert abs(told.strays(share["satisfied"], called, lambda case: case.callback == "satisfied")) < ERRORS


def test_two_invented_contractors_and_slow_classes_are_late_more_often_than_the_rest(told: Told) -> None:
    ground, share = told.season.teller.ground, shapes().shares
    closed = [case for case in told.cases if case.state == State.CLOSED and not case.forced]
    slow_ids = {
        matter.class_id
        for task in ground._matters.values()
        for matter in task.things
        if matter.kind.key in shapes().slow
    }
    weak = [case for case in closed if case.unit_id in ground.weak_ids]
    slow = [case for case in closed if case not in weak and case.problem_class_id in slow_ids]
    rest = [case for case in closed if case.unit_id not in ground.weak_ids and case.problem_class_id not in slow_ids]

    assert len(ground.weak_ids) == 2
    for some, name in ((weak, "late_weak_unit"), (slow, "late_slow_class"), (rest, "late")):
        assert told.strays(share[name], some, lambda case: case.in_time is False) > -ERRORS, name
    late = [sum(case.in_time is False for case in some) / len(some) for some in (weak, slow, rest)]
    assert late == sorted(late, reverse=True)


def test_what_villages_clear_by_themselves_is_most_of_the_rural_figures(told: Told) -> None:
    for figure in shapes().figures:
        by_lists = sum(
            quantity
            for family in told.families
            if family.fate in (Fate.LOT, Fate.FAILED_LOT)
            for rows in family.lists
            for task, quantity in rows
            if task == figure.task
        )
        assert by_lists == figure.total * figure.self_percent // 100


def bound(row: Measured) -> tuple[float, float]:
    """Between what a measured value must lie, by the sign before the declared one."""
    sign, number = re.fullmatch(r"([≤≥≈]?) ?([\d.]+)(?: %)?", row.declared).groups()  # type: ignore[union-attr]
    wanted = float(number)
    return (
        0 if sign == "≤" else wanted * (0.97 if sign == "≥" else 0.8),
        1e9 if sign == "≥" else wanted * (1.03 if sign == "≤" else 1.25),
    )


@pytest.mark.nightly
def test_the_whole_season_measures_what_is_declared(suizhou: None) -> None:
    demonstration._contractors(MORNING)
    begin_season(by=SYSTEM, at=MORNING)
    assert load_season(cast={}, by=SYSTEM, at=clock.now()) == 100

    for row in measured():
        least, most = bound(row)
        value = float(row.measured.split(" ")[0])
        assert least <= value <= most, f"{row.name}: {row.measured}, declared {row.declared}"
