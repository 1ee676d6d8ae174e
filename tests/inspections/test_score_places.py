# SPDX-License-Identifier: Apache-2.0
"""Findings come with pictures and become cases when the sheet is handed in; until then nobody learns of the place."""

from fractions import Fraction
from uuid import uuid4

import pytest

from jiayuan.cases.enums import Source, State
from jiayuan.cases.models import Case, Text
from jiayuan.inspections import queries, services
from jiayuan.inspections.enums import VisitState
from jiayuan.inspections.events import PlaceScored
from jiayuan.inspections.models import Finding, Visit, VisitScore
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.media.queries import photos_of
from jiayuan.record.queries import happened_to
from tests.cast import MORNING, STREET, Cast, cast
from tests.ground import ground, small_town
from tests.inspections.rounds import drawn, found, inspecting, inspector, planned

__all__ = ["cast", "ground", "planned", "small_town"]


@pytest.fixture
def visit(planned: Cast) -> Visit:
    """A drawn place of the street."""
    return drawn().visits.get(town=STREET[:9])


@pytest.fixture
def by(visit: Visit, planned: Cast) -> Actor:
    """Who was drawn for it."""
    return inspecting(visit, planned)


def submit(visit: Visit, by: Actor, absent: tuple[str, ...] = (), expected: int | None = None) -> Visit:
    return services.submit_visit(visit_id=visit.pk, absent=absent, expected=expected, by=by, at=MORNING)


def refused(code: str, act: object, **given: object) -> None:
    with pytest.raises(Refused) as refusal:
        act(**given)  # type: ignore[operator]
    assert refusal.value.code == code


def test_a_finding_becomes_a_case_with_its_picture_words_and_number_without_being_typed_again(
    visit: Visit, by: Actor
) -> None:
    heap = found(visit, by, "4.2:a", times=3, note="门口三堆")
    paper = found(visit, by, "2.1:b")
    submit(visit, by)

    case = Case.objects.get()
    heap.refresh_from_db()
    paper.refresh_from_db()
    assert (heap.case_id, paper.case_id) == (case.pk, None)
    assert (case.source, case.state, case.village) == (Source.INSPECTOR, State.REPORTED, visit.village)
    assert case.quantity == 3
    assert set(Text.objects.values_list("body", flat=True)) == {"沙土堆 · 门口三堆", "村口"}
    assert [one.handle for one in photos_of(case.ref)] == [one.handle for one in photos_of(heap.ref)]
    told = happened_to(visit.ref)[-1].event
    assert isinstance(told, PlaceScored)
    assert (told.findings, told.cases, told.points) == (2, 1, 93_000_000)


def test_no_case_and_no_place_is_known_before_the_sheet_is_handed_in(visit: Visit, by: Actor, planned: Cast) -> None:
    leader = planned["town_leader"].actor
    found(visit, by)

    assert Case.objects.count() == 0
    assert queries.visits_in_reach(leader) == []
    assert queries.visit_seen_by(leader, visit.pk) is None
    submit(visit, by)
    shown = queries.visit_seen_by(leader, visit.pk)
    assert shown is not None
    # The evidence is in; the score is told with all the others.
    assert (shown.state, shown.points) == (VisitState.SUBMITTED, None)
    assert [one.id for one in queries.visits_in_reach(leader)] == [visit.pk]


def test_nothing_is_taken_off_without_a_picture(visit: Visit, by: Actor) -> None:
    refused("missing_photo", found, visit=visit, by=by, photos=())
    assert Finding.objects.count() == 0


def test_a_finding_sent_twice_is_one(visit: Visit, by: Actor) -> None:
    client_id = uuid4()
    first = found(visit, by, client_id=client_id)
    second = found(visit, by, client_id=client_id)

    assert (first.pk, Finding.objects.count()) == (second.pk, 1)


def test_a_finding_sent_again_to_another_visit_of_the_place_makes_no_second_case(
    visit: Visit, by: Actor, planned: Cast
) -> None:
    once = found(visit, by)
    submit(visit, by)
    later = next(one for one in drawn().visits.all() if one.village == visit.village)
    again = found(later, inspecting(later, planned), client_id=once.client_id)
    submit(later, inspecting(later, planned))

    once.refresh_from_db()
    again.refresh_from_db()
    assert Case.objects.count() == 1
    assert again.case_id == once.case_id


def test_a_finding_of_another_place_is_a_case_of_its_own_even_under_the_same_number(
    visit: Visit, by: Actor, planned: Cast
) -> None:
    once = found(visit, by)
    submit(visit, by)
    other = visit.round.visits.exclude(pk=visit.pk).order_by("pk")[0]
    found(other, inspecting(other, planned), client_id=once.client_id)
    submit(other, inspecting(other, planned))

    assert sorted(Case.objects.values_list("village", flat=True)) == sorted([visit.village, other.village])


def test_a_sheet_handed_in_twice_makes_its_cases_once(visit: Visit, by: Actor) -> None:
    found(visit, by)
    submit(visit, by)
    submit(visit, by)

    assert (Case.objects.count(), VisitScore.objects.count()) == (1, 1)
    refused("submitted_already", found, visit=visit, by=by)


def test_a_sheet_is_not_handed_in_before_everything_on_the_phone_has_arrived(visit: Visit, by: Actor) -> None:
    found(visit, by)
    refused("not_all_here", submit, visit=visit, by=by, expected=2)
    submit(visit, by, expected=1)


def test_a_finding_may_be_counted_again_or_struck_before_that(visit: Visit, by: Actor) -> None:
    first, second = found(visit, by, times=2), found(visit, by, "4.2:b")
    services.count_again(visit_id=visit.pk, number=first.number, times=5, by=by, at=MORNING)
    services.count_again(visit_id=visit.pk, number=second.number, times=0, by=by, at=MORNING)
    submit(visit, by)

    assert [case.quantity for case in Case.objects.all()] == [5]
    assert Visit.objects.get(pk=visit.pk).points == 95_000_000
    assert [(one.first_times, one.times) for one in queries.findings_of(visit.pk)] == [(2, 5), (1, 0)]


def test_what_is_not_there_is_left_out_of_the_measure(visit: Visit, by: Actor) -> None:
    found(visit, by, "6.1:a")
    refused("absent_item", submit, visit=visit, by=by, absent=("6.1",))
    submit(visit, by, absent=("6.2",))

    # Two of eight points instead of two of fifteen, in a part that weighs fifteen.
    assert Visit.objects.get(pk=visit.pk).points == round((100 - Fraction(2, 8) * 15) * 1_000_000)


def test_nobody_else_scores_a_place(visit: Visit, planned: Cast) -> None:
    other = inspector("丁谷雨").actor
    refused("not_drawn", found, visit=visit, by=other)
    with pytest.raises(NotPermitted):
        found(visit, planned["town_leader"].actor)
    assert queries.visit_seen_by(other, visit.pk) is None


def test_a_ground_that_is_not_on_the_sheet_is_refused(visit: Visit, by: Actor) -> None:
    refused("unknown_ground", found, visit=visit, by=by, ground="9.9:a")
    refused("unknown_ground", found, visit=visit, by=by, ground="4.2:z")


def test_inspectors_see_what_they_were_drawn_for_and_nothing_else(visit: Visit, by: Actor, planned: Cast) -> None:
    mine = {one.id for one in queries.visits_of(by)}

    assert visit.pk in mine
    assert mine == set(Visit.objects.filter(inspector_id=by.person_id).values_list("pk", flat=True))
    assert queries.visits_of(Actor()) == []
    submit(visit, by)
    assert visit.pk not in {one.id for one in queries.visits_of(by)}


def test_a_page_that_was_gone_back_to_swallows_no_finding(planned: Cast) -> None:
    visit = drawn().visits.order_by("number")[0]
    by = inspecting(visit, planned)
    first = found(visit, by, ground="4.2:a")

    with pytest.raises(Refused) as refused:
        found(visit, by, ground="4.1:a", client_id=first.client_id)

    assert refused.value.code == "other_finding"
    assert found(visit, by, ground="4.2:a", client_id=first.client_id).pk == first.pk
