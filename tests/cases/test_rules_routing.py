# SPDX-License-Identifier: Apache-2.0
"""Which rule decides: conditions, the total order, nights and working hours, and what is wrong between rules."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.cases.enums import Hours
from jiayuan.cases.rules.routing import (
    Answering,
    Breadth,
    Facts,
    Fault,
    Finding,
    Moment,
    Rule,
    Rulebook,
    findings,
    includes,
    overlap,
    shadows,
)
from jiayuan.kernel.clock import ZONE
from tests.standards.calendars import office_calendar

CITY_UNIT, STREET, TOWN = 1, 2, 3
VILLAGES = ("990101001001", "990101001002", "990101100200", "990121100200")
PLACES = ("", "990101", "990101001", "990101001001", "990101100", "990121")
RUBBISH, STACKS, SIGNS = 10, 11, 12
MONDAY = date(2025, 1, 6)
STREET_KEY = frozenset({"990101001"})
ONE_CLASS = {"classes": frozenset({RUBBISH}), "breadth": Breadth.CLASS}
ONE_GROUP = {"classes": frozenset({RUBBISH, STACKS}), "breadth": Breadth.GROUP}
EVERYWHERE = Answering(unit_ids=frozenset({CITY_UNIT, STREET, TOWN}), governing=STREET)


def answering(_village: str) -> Answering:
    return EVERYWHERE


def moment(text: str = "2025-01-06 10:00", *, in_hours: bool = True) -> Moment:
    return Moment.at(datetime.fromisoformat(text), in_hours=in_hours)


def facts(**given: object) -> Facts:
    usual = {"class_id": RUBBISH, "village": VILLAGES[0], "source": "public", "setting": "urban", "moment": moment()}
    return Facts(**usual | given)  # type: ignore[arg-type]


def chosen(*rules: Rule, case: Facts | None = None) -> int:
    """The number of the rule that decides; 0 for none."""
    decision = Rulebook(rules).route(case or facts(), answering=answering)
    return decision.rule.number if decision.rule else 0


minutes = st.integers(0, 23).map(lambda hour: hour * 60)
some_rules = st.builds(
    Rule,
    number=st.just(0),
    priority=st.sampled_from([1, 5, 9]),
    classes=st.frozensets(st.sampled_from([RUBBISH, STACKS, SIGNS]), max_size=2),
    breadth=st.sampled_from(Breadth),
    places=st.sampled_from(PLACES).map(lambda key: frozenset([key] if key else [])),
    sources=st.frozensets(st.sampled_from(["public", "grid"]), max_size=1),
    setting=st.sampled_from(["", "rural", "urban"]),
    weekdays=st.frozensets(st.integers(1, 7), max_size=3),
    hours=st.sampled_from(Hours),
    starts=minutes,
    ends=minutes,
    unit_id=st.sampled_from([None, CITY_UNIT, STREET, TOWN, 99]),
)
rule_sets = st.lists(some_rules, max_size=6).map(
    lambda rules: [replace(rule, number=number) for number, rule in enumerate(rules, start=1)]
)
some_moments = st.builds(
    Moment,
    on=st.integers(0, 20).map(lambda days: MONDAY + timedelta(days=days)),
    minute=st.integers(0, 1439),
    in_hours=st.booleans(),
)
some_facts = st.builds(
    Facts,
    class_id=st.sampled_from([RUBBISH, STACKS, SIGNS]),
    village=st.sampled_from(VILLAGES),
    source=st.sampled_from(["public", "grid"]),
    setting=st.sampled_from(["rural", "urban"]),
    moment=some_moments,
)


@given(rules=rule_sets)
def test_no_two_rules_are_equal_in_the_order(rules: list[Rule]) -> None:
    orders = [rule.order for rule in rules]

    assert len(set(orders)) == len(orders)


@given(rules=rule_sets, case=some_facts, order=st.randoms(use_true_random=False))
def test_the_decision_does_not_depend_on_the_order_in_which_rules_are_read(
    rules: list[Rule], case: Facts, order: object
) -> None:
    shuffled = list(rules)
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    assert Rulebook(rules).route(case, answering=answering) == Rulebook(shuffled).route(case, answering=answering)


@given(rules=rule_sets, later=some_rules, case=some_facts)
def test_a_rule_that_is_asked_later_never_changes_a_decision_that_was_made(
    rules: list[Rule], later: Rule, case: Facts
) -> None:
    before = Rulebook(rules).route(case, answering=answering)
    behind_all = replace(later, number=100, priority=10)

    after = Rulebook([*rules, behind_all]).route(case, answering=answering)

    assert after == before if before.rule else after.rule in (None, behind_all)


@given(rules=rule_sets, case=some_facts)
def test_a_shadowed_rule_can_be_taken_out_without_any_difference(rules: list[Rule], case: Facts) -> None:
    def reaches(unit_id: int, _key: str) -> bool:
        return unit_id in EVERYWHERE.unit_ids

    shadowed = {
        item.number for item in findings(rules, reaches=reaches, touches=reaches) if item.fault is Fault.SHADOWED
    }
    without = [rule for rule in rules if rule.number not in shadowed]

    with_all = Rulebook(rules).route(case, answering=answering)

    assert with_all.rule == Rulebook(without).route(case, answering=answering).rule


@given(rules=rule_sets, case=some_facts)
def test_rules_that_fit_one_case_overlap_and_an_included_rule_fits_no_other(rules: list[Rule], case: Facts) -> None:
    for one, other in combinations(rules, 2):
        if one.holds_for(case) and other.holds_for(case):
            assert overlap(one, other) and overlap(other, one)
        if includes(one, other) and other.holds_for(case):
            assert one.holds_for(case)


def test_without_any_rule_nothing_is_decided() -> None:
    assert chosen() == 0


def test_priority_goes_before_everything_else() -> None:
    narrow = Rule(number=1, priority=5, places=frozenset({VILLAGES[0]}), classes=frozenset({RUBBISH}))
    wide = Rule(number=2, priority=4)

    assert chosen(narrow, wide) == 2


@pytest.mark.parametrize(
    ("finer", "wider"),
    [
        ({"places": STREET_KEY}, {"places": frozenset({"990101"})}),
        ({"places": STREET_KEY}, ONE_CLASS),
        (ONE_CLASS, ONE_GROUP),
        (ONE_GROUP, {"hours": Hours.WORKING, "weekdays": frozenset({1})}),
        ({"hours": Hours.WORKING}, {"sources": frozenset({"public"})}),
        ({"sources": frozenset({"public"})}, {"setting": "urban"}),
        ({"setting": "urban"}, {}),
    ],
)
def test_of_equal_priority_the_finer_rule_is_asked_first(finer: dict[str, object], wider: dict[str, object]) -> None:
    # The finer one is the younger: its number alone would put it last.
    assert chosen(Rule(number=1, **wider), Rule(number=2, **finer)) == 2  # type: ignore[arg-type]


def test_a_rule_of_several_places_is_as_wide_as_its_widest() -> None:
    mixed = Rule(number=1, places=frozenset({"990101001001", "990121"}))
    street = Rule(number=2, places=frozenset({"990101001"}))

    assert chosen(mixed, street) == 2


def test_all_else_equal_the_older_rule_decides() -> None:
    assert chosen(Rule(number=2, unit_id=TOWN), Rule(number=1, unit_id=STREET)) == 1


def test_a_rule_whose_unit_may_not_get_the_case_is_passed_over_and_named() -> None:
    elsewhere, here = Rule(number=1, priority=1, unit_id=99), Rule(number=2, unit_id=TOWN)

    decision = Rulebook([elsewhere, here]).route(facts(), answering=answering)

    assert (decision.rule, decision.unit_id, decision.passed_over) == (here, TOWN, (elsewhere,))


def test_without_a_unit_the_case_goes_to_whoever_governs_the_place() -> None:
    decision = Rulebook([Rule(number=1)]).route(facts(), answering=answering)

    assert decision.unit_id == STREET


def test_where_nobody_governs_such_a_rule_is_passed_over() -> None:
    nobody = Answering(unit_ids=frozenset({CITY_UNIT}), governing=None)

    decision = Rulebook([Rule(number=1)]).route(facts(), answering=lambda _: nobody)

    assert (decision.rule, [rule.number for rule in decision.passed_over]) == (None, [1])


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        ("2025-01-10 17:59", False),
        ("2025-01-10 18:00", True),
        ("2025-01-10 23:59", True),
        ("2025-01-11 00:00", True),
        ("2025-01-11 07:59", True),
        ("2025-01-11 08:00", False),
        ("2025-01-11 19:00", False),
        ("2025-01-10 03:00", False),
    ],
)
def test_a_night_that_begins_on_friday_ends_on_saturday_morning(at: str, *, holds: bool) -> None:
    friday_night = Rule(number=1, weekdays=frozenset({5}), hours=Hours.SPAN, starts=18 * 60, ends=8 * 60)

    assert friday_night.holds_at(moment(at)) is holds


def test_a_span_by_day_ends_before_its_last_minute() -> None:
    noon = Rule(number=1, hours=Hours.SPAN, starts=12 * 60, ends=14 * 60)

    assert [noon.holds_at(moment(f"2025-01-06 {clock}")) for clock in ("11:59", "12:00", "13:59", "14:00")] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "in_hours"),
    [
        ("2025-01-24 10:00", True),
        ("2025-01-24 12:30", True),
        ("2025-01-24 18:00", False),
        ("2025-01-24 07:59", False),
        ("2025-01-25 10:00", False),
        ("2025-01-26 10:00", True),
        ("2025-01-28 10:00", False),
        ("2025-02-08 10:00", True),
    ],
)
def test_working_hours_follow_the_calendar_with_its_make_up_days(at: str, *, in_hours: bool) -> None:
    # Spring Festival 2025: Sunday 26 January and Saturday 8 February are worked, 28 January to 4 February are not.
    calendar = office_calendar()
    there = datetime.fromisoformat(at).replace(tzinfo=ZONE)

    found = Moment.at(there, in_hours=calendar.is_in_hours(there))

    assert found.in_hours is in_hours
    assert Rule(number=1, hours=Hours.WORKING).holds_at(found) is in_hours
    assert Rule(number=2, hours=Hours.OFF).holds_at(found) is not in_hours


def test_a_rule_holds_from_its_first_day_to_its_last() -> None:
    rule = Rule(number=1, valid_from=date(2025, 1, 6), valid_until=date(2025, 1, 7))

    assert [rule.is_valid_on(date(2025, 1, day)) for day in (5, 6, 7, 8)] == [False, True, True, False]


def found_in(*rules: Rule, touches: bool = True) -> list[Finding]:
    return list(findings(rules, reaches=lambda _u, _k: True, touches=lambda _u, _k: touches))


def test_two_rules_of_one_rank_that_fit_the_same_case_contradict_each_other() -> None:
    one = Rule(number=1, classes=frozenset({RUBBISH, STACKS}), breadth=Breadth.CLASS, unit_id=STREET)
    other = Rule(number=2, classes=frozenset({RUBBISH, SIGNS}), breadth=Breadth.CLASS, unit_id=TOWN)

    assert found_in(one, other) == [Finding(Fault.CONFLICT, 1, 2)]


def test_rules_to_the_same_unit_or_at_other_times_do_not_contradict_each_other() -> None:
    day = Rule(number=1, hours=Hours.WORKING, unit_id=STREET)
    night = Rule(number=2, hours=Hours.OFF, unit_id=TOWN)
    same = replace(night, number=3, hours=Hours.SPAN, starts=0, ends=60, unit_id=TOWN)

    assert found_in(day, night) == []
    assert [item for item in found_in(night, same) if item.fault is Fault.CONFLICT] == []


def test_rules_that_cross_are_named_because_the_place_decides_where_one_may_expect_the_kind() -> None:
    by_place = Rule(number=1, places=frozenset({"990101001"}), unit_id=STREET)
    by_kind = Rule(number=2, classes=frozenset({RUBBISH}), breadth=Breadth.CLASS, unit_id=TOWN)

    assert found_in(by_place, by_kind) == [Finding(Fault.CROSSING, 1, 2)]


def test_a_finer_rule_inside_a_wider_one_is_as_it_should_be() -> None:
    county = Rule(number=1, places=frozenset({"990101"}), unit_id=TOWN)
    street = Rule(number=2, places=frozenset({"990101001"}), unit_id=STREET)

    assert found_in(county, street) == []


def test_a_rule_behind_a_wider_one_of_higher_priority_never_decides() -> None:
    first = Rule(number=1, priority=1, unit_id=TOWN)
    behind = Rule(number=2, places=frozenset({"990101"}), unit_id=STREET)

    assert found_in(first, behind) == [Finding(Fault.SHADOWED, 2, 1)]


def test_a_rule_is_not_shadowed_where_the_earlier_unit_does_not_answer() -> None:
    first = Rule(number=1, priority=1, unit_id=TOWN)
    behind = Rule(number=2, places=frozenset({"990101"}), unit_id=STREET)

    assert not shadows(first, behind, lambda _unit, _key: False)


def test_a_unit_that_answers_for_none_of_the_places_is_found() -> None:
    assert found_in(Rule(number=1, unit_id=TOWN), touches=False) == [Finding(Fault.HOMELESS, 1)]


def test_midnight_and_noon_are_read_off_the_wall_clock() -> None:
    assert Moment.at(datetime.combine(MONDAY, time(0, 5)), in_hours=False).minute == 5
