# SPDX-License-Identifier: Apache-2.0
"""Reading cases: what exists for whom, pages without gaps or doubles, to-do lists, and what a receipt shows."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiayuan.cases.access import May
from jiayuan.cases.enums import RUNNING, State, V
from jiayuan.cases.models import Case
from jiayuan.cases.queries import (
    Filter,
    PublicView,
    case_seen_by,
    cases_seen_by,
    contact_of,
    history_of,
    moves_of,
    page_of_cases,
    public_view,
    to_do,
)
from jiayuan.cases.queries.lists import key_from
from jiayuan.kernel.access import ANONYMOUS, Actor, Area, Grant, Scope, may, roles
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle, seeded
from tests.cast import CITY, COMMUNITY, DISTRICT, MORNING, NEXT_DISTRICT, NEXT_VILLAGE, STREET, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move, report, unit_id

pytestmark = pytest.mark.usefixtures("ground")
VILLAGES = (COMMUNITY, "990101001002", "990101100200", NEXT_VILLAGE)
AREAS = (CITY, DISTRICT, NEXT_DISTRICT, STREET, "990101100000", COMMUNITY, NEXT_VILLAGE)
UNITS = ("YX-990101001", "YX-990101100", "YX-990121100", "YX-CG")
HANDLES = {COMMUNITY: UNITS[0], "990101001002": UNITS[0], "990101100200": UNITS[1], NEXT_VILLAGE: UNITS[2]}
LATER = MORNING + 12 * QUARTER


def a_city() -> list[Case]:
    """A case in every state in every village, two of each told at the same moment."""
    for number, state in enumerate(State):
        for village in VILLAGES:
            case(state, village=village, unit=HANDLES[village] if number % 2 else "YX-CG")
    return list(Case.objects.order_by("pk"))


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """Somebody with up to three posts."""
    grants = []
    for _ in range(draw(st.integers(0, 3))):
        role = draw(st.sampled_from(roles()))
        unit = unit_id(draw(st.sampled_from(UNITS))) if role.scope is Scope.UNIT else None
        grants.append(Grant(role=role.code, area=Area(draw(st.sampled_from(AREAS))), unit_id=unit))
    units = frozenset(grant.unit_id for grant in grants if grant.unit_id is not None)
    return Actor(account_id=1, person_id=1, grants=tuple(grants), unit_ids=units)


def all_pages(actor: Actor, narrowed: Filter, size: int) -> list[int]:
    """The ids of every page of a list, one after the other."""
    ids: list[int] = []
    key = ""
    while True:
        page = page_of_cases(actor, narrowed=narrowed, after=key, size=size)
        ids += [row.id for row in page.rows]
        if not page.next_key:
            return ids
        assert len(page.rows) == size
        key = page.next_key


def test_whoever_asks_the_lists_hold_what_may_holds_for_one_case() -> None:
    everything = a_city()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(actor=actors(), size=st.integers(1, 60))
    def check(actor: Actor, size: int) -> None:
        seen = {one.pk for one in everything if may(actor, May.SEE, at=one.spot)}
        assert set(cases_seen_by(actor).values_list("pk", flat=True)) == seen
        assert {one.pk for one in everything if case_seen_by(actor, one.handle)} == seen
        listed = all_pages(actor, Filter(), size)
        assert listed == sorted(seen, key=lambda pk: (by_id[pk].reported_at, pk), reverse=True)
        assert {(heap.verb, row.id) for heap in to_do(actor, size=200) for row in heap.rows} == _work(actor, everything)

    by_id = {one.pk: one for one in everything}
    check()


HEAPS = {
    "handle": (May.HANDLE, RUNNING),
    "check": (May.CHECK, (State.FED_BACK,)),
    "triage": (May.TRIAGE, (State.REPORTED, State.VERIFIED)),
    "verify": (May.VERIFY, (State.VERIFYING,)),
    "dispatch": (May.DISPATCH, (State.FILED,)),
    "returned": (May.APPROVE, (State.RETURNED,)),
}


def _work(actor: Actor, everything: list[Case]) -> set[tuple[str, int]]:
    """What waits for somebody, found by looking at every single case."""
    return {
        (verb, one.pk)
        for verb, (permission, states) in HEAPS.items()
        for one in everything
        if one.state in states and may(actor, permission, at=one.spot)
        if verb not in ("check", "returned") or actor.unit_ids.isdisjoint({one.unit_id, one.returned_by_id})
    }


def test_in_every_heap_each_case_can_be_moved_on(cast: Cast) -> None:
    a_city()

    for part in ("acceptor", "dispatcher", "street_office", "bureau", "checker", "grid_worker", "duty_chief"):
        actor = cast[part].actor
        for heap in to_do(actor):
            for row in heap.rows:
                one = Case.objects.get(pk=row.id)
                assert moves_of(actor, one, history_of(one), at=MORNING)


def test_nobody_finds_own_work_among_the_checks(cast: Cast) -> None:
    fed_back = case(State.FED_BACK, by={V.SIGN: cast["street_office"].actor})
    both = Actor(
        person_id=1,
        grants=(Grant(role="checker", area=Area(DISTRICT)), *cast["street_office"].actor.grants),
        unit_ids=cast["street_office"].actor.unit_ids,
    )

    assert to_do(both) == []
    assert [row.id for heap in to_do(cast["checker"].actor) for row in heap.rows] == [fed_back.pk]


def test_the_most_urgent_comes_first_and_the_rest_is_said_to_be_there(cast: Cast) -> None:
    told = [case(State.DISPATCHED, at=MORNING - timedelta(days=number % 3, minutes=number)) for number in range(7)]
    expected = sorted(told, key=lambda one: (one.due_at, one.reported_at, one.pk))

    (heap,) = to_do(cast["street_office"].actor, size=4)

    assert [row.id for row in heap.rows] == [one.pk for one in expected[:4]]
    assert heap.more


def test_pages_miss_nothing_and_repeat_nothing_though_many_came_in_the_same_moment(cast: Cast) -> None:
    for number in range(23):
        report(at=MORNING + timedelta(microseconds=number // 6), village=VILLAGES[number % 4])
    twice = Actor(
        grants=(*cast["acceptor"].actor.grants, *cast["outsider"].actor.grants, *cast["grid_worker"].actor.grants)
    )

    assert len(all_pages(twice, Filter(), 5)) == len(set(all_pages(twice, Filter(), 5))) == 23
    assert all_pages(twice, Filter(), 1) == all_pages(twice, Filter(), 50)


def test_a_new_report_does_not_shift_the_next_page(cast: Cast) -> None:
    actor = cast["acceptor"].actor
    old = [report(at=MORNING + timedelta(minutes=number)).pk for number in range(6)][::-1]
    first = page_of_cases(actor, narrowed=Filter(), size=3)
    report(at=LATER)

    second = page_of_cases(actor, narrowed=Filter(), after=first.next_key, size=3)

    assert [row.id for row in (*first.rows, *second.rows)] == old


@pytest.mark.parametrize(
    "key", ["x", "_", "nan_1", "inf_1", "1e400_1", "-1e30_4", f"1_{10**40}", "1_", "1", "0_0_0", "\x00_1", "１_٣"]
)
def test_a_key_that_nobody_gave_out_opens_some_page_and_no_fault(cast: Cast, key: str) -> None:
    found = report()

    page = page_of_cases(cast["acceptor"].actor, narrowed=Filter(), after=key)

    assert {row.id for row in page.rows} <= {found.pk}


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(at=st.datetimes(min_value=datetime(2015, 1, 1), max_value=datetime(2060, 1, 1)))  # noqa: DTZ001 – made aware below
def test_the_key_of_a_page_keeps_every_microsecond(at: datetime) -> None:
    moment = at.replace(tzinfo=MORNING.tzinfo)

    assert key_from(f"{moment.timestamp():.6f}_7") == (moment, 7)


def test_filters_narrow_together() -> None:
    everything = a_city()
    overdue = LATER + timedelta(days=30)

    for states in ((), (State.HANDLING, State.REWORK), (State.CLOSED,)):
        for area in ("", "990101", "990101001", COMMUNITY):
            for overdue_at in (None, MORNING, overdue):
                narrowed = Filter(states=states, area=area, overdue_at=overdue_at)
                expected = {
                    one.pk
                    for one in everything
                    if (not states or one.state in states) and one.village.startswith(area)
                    if overdue_at is None
                    or (one.state in RUNNING and one.due_at is not None and one.due_at < overdue_at)
                }
                assert set(all_pages(SYSTEM, narrowed, 7)) == expected


def test_a_class_narrows_to_its_cases() -> None:
    rubbish, wires = report(tile="rubbish"), report(tile="wires")

    assert all_pages(SYSTEM, Filter(class_id=rubbish.problem_class_id), 5) == [rubbish.pk]
    assert all_pages(SYSTEM, Filter(class_id=wires.problem_class_id), 5) == [wires.pk]


def test_a_filter_never_widens_a_reach(cast: Cast) -> None:
    a_city()

    assert all_pages(cast["acceptor"].actor, Filter(area="990121"), 9) == []
    assert all_pages(cast["street_office"].actor, Filter(area=NEXT_VILLAGE), 9) == []


def test_outside_the_reach_a_case_is_not_found_by_its_handle(cast: Cast) -> None:
    found = report()

    assert case_seen_by(cast["acceptor"].actor, found.handle.lower()) == found
    for actor in (cast["outsider"].actor, cast["resident"].actor, cast["street_office"].actor, ANONYMOUS):
        assert case_seen_by(actor, found.handle) is None


def test_only_triage_and_audit_learn_how_to_reach_the_reporter(cast: Cast) -> None:
    handling = case(State.HANDLING, contact_phone="13812345678")
    knowing = {name for name, member in cast.members.items() if contact_of(member.actor, handling) is not None}

    assert knowing == {"acceptor", "duty_chief", "auditor"}


def test_the_receipt_shows_stage_and_due_date_and_neither_names_nor_words(cast: Cast) -> None:
    handling = case(
        State.HANDLING,
        by={},
        text="李春花家门口",
        place_text="李家",
        contact_name="李春花",
        contact_phone="13812345678",
    )

    view = public_view(handling.handle.lower())

    assert (view.state, view.due_at) == (State.HANDLING, handling.due_at)
    assert {"reporter", "contact", "text", "unit_id", "lon", "lat", "id"}.isdisjoint(PublicView.__dataclass_fields__)
    assert not any(word in repr(view) for word in ("李", "138", "桥头街道"))


@pytest.mark.parametrize("code", ["", "x", "0" * 11, "'; DROP TABLE", "李" * 11, "\x00" * 11, new_handle(seeded(7))])
def test_a_wrong_receipt_code_is_refused_by_name(code: str) -> None:
    with pytest.raises(Refused) as refused:
        public_view(code)

    assert (refused.value.code, refused.value.field) == ("unknown_receipt", "code")


def test_a_case_that_was_moved_shows_other_buttons(cast: Cast) -> None:
    handler, found = cast["street_office"].actor, case(State.DISPATCHED)
    assert moves_of(handler, found, history_of(found), at=MORNING) == (V.SIGN, V.RETURN)

    moved = move(found, V.SIGN, by=handler, at=LATER)

    assert moves_of(handler, moved, history_of(moved), at=MORNING) == (
        V.RETURN,
        V.HAND_IN,
        V.FEED_BACK,
        V.ASK_SHELVING,
    )
    assert moves_of(cast["checker"].actor, moved, history_of(moved), at=MORNING) == ()
