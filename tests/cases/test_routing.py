# SPDX-License-Identifier: Apache-2.0
"""Writing, changing, ending and taking back routing rules: who may, what is refused where, and what stays known."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from jiayuan.cases import queries, services
from jiayuan.cases.enums import Hours, RuleChange, Source
from jiayuan.cases.events import RoutingRuleSet
from jiayuan.cases.models import RoutingVersion
from jiayuan.cases.queries import RuleView
from jiayuan.kernel.errors import NotPermitted, Problems, Refused, Stale
from jiayuan.record.events import Ref
from jiayuan.record.queries import happened_to
from tests.cast import BUREAU, CITY, COMMUNITY, DISTRICT, MORNING, NEXT_DISTRICT, STREET, STREET_OFFICE, SYSTEM, Cast
from tests.factories.cases import unit_id
from tests.factories.routing import RUBBISH, RUBBISH_IN_TOWN, STREET_SCENE, rule, said

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + timedelta(hours=1)


def changed(view: RuleView, **given: Any) -> RuleView:
    return services.change_rule(number=view.number, version=view.version, given=said(**given), by=SYSTEM, at=LATER)


def told(view: RuleView) -> list[RoutingRuleSet]:
    events = [item.event for item in happened_to(Ref("routing_rule", view.number))]
    return [event for event in events if isinstance(event, RoutingRuleSet)]


def test_a_rule_is_kept_as_it_was_said() -> None:
    view = rule(
        kinds=[RUBBISH], places=[STREET], sources=[Source.PUBLIC], setting="urban", weekdays=[1, 5],
        hours=Hours.SPAN, starts=1080, ends=480, unit=BUREAU, priority=2, valid_until=date(2025, 6, 30),
        at_once=True, basis="会议纪要第三号",
    )  # fmt: skip

    kept = queries.rule_now(view.number)

    assert kept == view
    assert (view.version, view.change, view.unit_id) == (1, RuleChange.MADE, unit_id(BUREAU))
    assert (view.weekdays, view.starts, view.ends, view.basis) == ((1, 5), 1080, 480, "会议纪要第三号")
    assert [(event.version, event.change, event.unit_id) for event in told(view)] == [
        (1, RuleChange.MADE, unit_id(BUREAU))
    ]


def test_a_rule_for_the_whole_city_names_no_place() -> None:
    assert rule(places=[CITY, STREET]).places == ()


def test_the_same_rule_sent_twice_is_one_rule() -> None:
    first, again = (
        services.make_rule(given=said(), client_id=UUID(int=7, version=4), by=SYSTEM, at=MORNING) for _ in range(2)
    )

    assert first == again
    assert len(queries.rules_now()) == 1


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"kinds": ["class:rural:matter:R99"]}, "kinds", "unknown_kind"),
        ({"kinds": ["tile:unknown"]}, "kinds", "unknown_kind"),
        ({"kinds": ["rubbish"]}, "kinds", "unknown_kind"),
        ({"places": ["990199000000"]}, "places", "unknown_place"),
        ({"places": ["not a code"]}, "places", "unknown_place"),
        ({"unit": "YX-XX"}, "unit", "unknown_unit"),
        ({"unit": STREET_OFFICE, "places": [NEXT_DISTRICT]}, "unit", "unit_elsewhere"),
        ({"unit": "YX-KFQ"}, "unit", "unit_elsewhere"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(given: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(Problems) as refused:
        rule(**given)

    assert [(item.field, item.code) for item in refused.value.refusals] == [(field, code)]
    assert not RoutingVersion.objects.exists()


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(Problems) as refused:
        rule(kinds=["tile:unknown"], places=["990199000000"], unit="YX-XX")

    assert [item.field for item in refused.value.refusals] == ["kinds", "places", "unit"]


def test_a_change_adds_a_version_and_keeps_the_one_before() -> None:
    view = rule(kinds=[RUBBISH], unit=BUREAU)

    now = changed(view, kinds=[RUBBISH], unit=STREET_OFFICE)

    newest, oldest = queries.history_of_rule(view.number)
    assert (newest.view, newest.before, oldest.view) == (now, view, view)
    assert [event.change for event in told(view)] == [RuleChange.MADE, RuleChange.CHANGED]


def test_the_same_said_again_is_no_new_version() -> None:
    view = rule(kinds=[RUBBISH], unit=BUREAU)

    assert changed(view, kinds=[RUBBISH], unit=BUREAU) == view
    assert len(told(view)) == 1


def test_whoever_saw_an_older_version_is_told_and_nothing_is_lost() -> None:
    view = rule(unit=BUREAU)
    now = changed(view, unit=STREET_OFFICE)

    with pytest.raises(Stale) as refused:
        changed(view, unit=BUREAU, priority=1)

    assert refused.value.code == "rule_moved_on"
    assert queries.rule_now(view.number) == now


def test_a_rule_that_is_switched_off_decides_nothing_and_can_be_taken_back() -> None:
    view = rule(unit=BUREAU)

    off = services.end_rule(number=view.number, version=1, by=SYSTEM, at=LATER)
    back = services.take_back(number=view.number, version=2, by=SYSTEM, at=LATER)

    assert (off.is_off, off.change) == (True, RuleChange.ENDED)
    assert (back.is_off, back.version, back.change, back.unit_id) == (False, 3, RuleChange.TAKEN_BACK, view.unit_id)


def test_taking_back_a_rule_just_written_switches_it_off() -> None:
    view = rule(unit=BUREAU)

    assert services.take_back(number=view.number, version=1, by=SYSTEM, at=LATER).is_off


def test_a_rule_can_go_back_to_any_version() -> None:
    view = rule(priority=1)
    changed(changed(view, priority=2), priority=3)

    back = services.take_back(number=view.number, version=3, to=1, by=SYSTEM, at=LATER)

    assert (back.version, back.priority) == (4, 1)


@pytest.mark.parametrize("number", [0, -1, 10**12])
def test_a_number_that_no_rule_has_is_refused(number: int) -> None:
    with pytest.raises(Refused) as refused:
        services.end_rule(number=number, version=1, by=SYSTEM, at=LATER)

    assert (refused.value.code, refused.value.field) == ("unknown_rule", "number")


def test_a_version_that_was_never_there_is_refused() -> None:
    view = rule()

    with pytest.raises(Refused) as refused:
        services.take_back(number=view.number, version=1, to=9, by=SYSTEM, at=LATER)

    assert (refused.value.code, refused.value.field) == ("unknown_version", "to")


def test_a_table_is_taken_over_whole_or_not_at_all() -> None:
    view = rule(priority=1)
    rows = [
        (view.number, said(priority=2), UUID(int=1, version=4)),
        (None, said(kinds=["tile:unknown"]), UUID(int=2, version=4)),
    ]

    with pytest.raises(Problems) as refused:
        services.keep_rules(rows=rows, by=SYSTEM, at=LATER)

    assert [(item.facts["line"], item.field) for item in refused.value.refusals] == [(1, "kinds")]
    assert queries.rules_now() == (view,)
    assert len(told(view)) == 1


def test_a_table_changes_writes_and_switches_off() -> None:
    first, second = rule(priority=1), rule(priority=2)
    rows = [
        (first.number, said(priority=3), UUID(int=1, version=4)),
        (second.number, None, UUID(int=2, version=4)),
        (None, said(kinds=[STREET_SCENE], unit=BUREAU), UUID(int=3, version=4)),
    ]

    services.keep_rules(rows=rows, by=SYSTEM, at=LATER)

    assert [(view.priority, view.is_off) for view in queries.rules_now()] == [(3, False), (5, False), (2, True)]


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("who", "places", "may"),
    [
        ("administrator", [], True),
        ("administrator", [STREET], True),
        ("duty_chief", [DISTRICT], True),
        ("duty_chief", [STREET, COMMUNITY], True),
        ("duty_chief", [], False),
        ("duty_chief", [STREET, NEXT_DISTRICT], False),
        ("dispatcher", [STREET], False),
        ("auditor", [], False),
        ("mayor", [], False),
        ("unit_lead", [STREET], False),
    ],
)
def test_a_rule_is_written_where_the_reach_covers_every_place(
    cast: Cast, who: str, places: list[str], *, may: bool
) -> None:
    if may:
        assert rule(places=places, by=cast[who].actor).version == 1
        return

    with pytest.raises(NotPermitted):
        rule(places=places, by=cast[who].actor)
    assert not RoutingVersion.objects.exists()


@pytest.mark.usefixtures("cast")
def test_a_rule_of_the_city_is_not_made_smaller_by_a_district(cast: Cast) -> None:
    view = rule()

    with pytest.raises(NotPermitted):
        services.change_rule(
            number=view.number, version=1, given=said(places=[STREET]), by=cast["duty_chief"].actor, at=LATER
        )
    assert not queries.may_edit(cast["duty_chief"].actor, view)
    assert queries.may_edit(cast["administrator"].actor, view)


def test_kinds_are_the_classes_they_stand_for() -> None:
    assert len(queries.classes_of(RUBBISH)) == 2
    assert len(queries.classes_of(RUBBISH_IN_TOWN)) == 1
    assert set(queries.classes_of(RUBBISH_IN_TOWN)) < set(queries.classes_of(STREET_SCENE))
