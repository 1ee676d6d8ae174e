# SPDX-License-Identifier: Apache-2.0
"""The town's side: one draw per village and week, every drawn row judged, and what follows for the lists."""

from datetime import date, timedelta

import pytest

from jiayuan.cases import queries, services
from jiayuan.cases.enums import ListState, RowFlaw, RowState, Source, State
from jiayuan.cases.events import ClearingAccepted, ClearingDrawn, ClearingReopened, ClearingTakenBack
from jiayuan.cases.models import Case, ClearingDraw, ClearingList, ClearingSample
from jiayuan.cases.rules.clearing import drawn, row_name
from jiayuan.cases.services import ListId, SampleId
from jiayuan.cases.tallies import CLEARED_SELF
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.people.services import appoint
from jiayuan.record import counters, readers
from jiayuan.record.queries import happened_to
from jiayuan.standards import queries as standards
from tests.cast import MORNING, NEW_YEAR, STREET, SYSTEM, Cast
from tests.factories.clearing import (
    SEED,
    VILLAGE,
    accepted,
    added,
    begun,
    class_id,
    clear,
    cleared,
    decide,
    draw,
    hand_in,
    handed_in,
)

pytestmark = pytest.mark.usefixtures("ground")
TOMORROW = MORNING + timedelta(days=1)
CAMPAIGN = "clean-homes-2024"


def now(found: ClearingList) -> ClearingList:
    return ClearingList.objects.get(pk=found.pk)


def states(found: ClearingList) -> list[str]:
    return list(found.rows.order_by("number").values_list("state", flat=True))


def last_event(found: ClearingList) -> object:
    return happened_to(found.ref)[-1].event


def agreed() -> list[str]:
    return [*queries.wrong_lists(ClearingList.objects.all()), *queries.wrong_samples(ClearingSample.objects.all())]


def test_the_draw_takes_all_lists_of_a_village_and_week_and_keeps_what_is_needed_to_repeat_it() -> None:
    first, second = handed_in(rows=8), handed_in(rows=7)

    sample = draw(first)

    assert (sample.eligible, sample.size, sample.seed, sample.percent) == (15, 2, SEED, 10)
    names = [row_name(found.handle, n) for found, rows in ((first, 8), (second, 7)) for n in range(1, rows + 1)]
    chosen = [row_name(one.row.list.handle, one.row.number) for one in queries.draws_of(sample)]
    assert tuple(chosen) == drawn(SEED, names, size=2)
    event = last_event(first)
    assert isinstance(event, ClearingDrawn)
    assert (event.seed, event.size, event.eligible, event.digest) == (SEED, 2, 15, sample.digest)
    assert agreed() == []


def test_even_the_smallest_week_of_a_village_is_looked_at() -> None:
    assert draw(handed_in(rows=1)).size == 1


def test_the_share_is_a_setting(settings) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    settings.CLEARING_SAMPLE_PERCENT = 50

    assert draw(handed_in(rows=5)).size == 3


def test_nobody_draws_again_for_a_kinder_sample() -> None:
    found = handed_in()
    draw(found)

    with pytest.raises(Stale, match="nothing_to_draw"):
        draw(found, seed="kinder")

    assert ClearingSample.objects.count() == 1


def test_a_list_handed_in_after_the_draw_is_drawn_from_by_itself() -> None:
    draw(handed_in(rows=3))
    late = handed_in(rows=2)

    assert draw(late).eligible == 2


def test_lists_of_another_village_or_week_are_another_lot() -> None:
    found, elsewhere = handed_in(rows=2), handed_in(rows=2, village="990101001001")
    later = handed_in(rows=2, at=MORNING + timedelta(days=7))

    assert draw(found).eligible == 2
    assert now(elsewhere).sample is None
    assert now(later).sample is None


def test_when_all_drawn_rows_pass_every_row_of_the_lot_counts_from_that_day(cast: Cast) -> None:
    first, second = handed_in(quantities=[3, 1]), handed_in(quantities=[2])

    decide(draw(first), at=TOMORROW, by=cast["town_leader"].actor)

    assert [now(found).state for found in (first, second)] == [ListState.ACCEPTED] * 2
    assert states(first) == [RowState.ACCEPTED] * 2
    event = last_event(first)
    assert isinstance(event, ClearingAccepted)
    assert (event.rows, event.class_codes, event.quantities) == (
        (1, 2),
        ("rural:matter:R01", "rural:matter:R02"),
        (3, 1),
    )
    assert heaps(date(2025, 1, 3)) == 0
    assert heaps(date(2025, 1, 4)) == 6
    assert counted() == 6
    assert agreed() == []


def heaps(as_of: date) -> int:
    """What counts to the three heaps up to a day."""
    sums = {one.task.code: one.quantity for one in queries.self_cleared(as_of=as_of, campaign=CAMPAIGN)}
    lines = queries.behind_self_cleared(as_of=as_of, campaign=CAMPAIGN, task="three-heaps")
    assert sum(line.quantity for line in lines) == sums["three-heaps"]
    return sums["three-heaps"]


def counted() -> int:
    """What the counters of the record say of the whole city."""
    readers.catch_up(counters.READER, TOMORROW)
    assert counters.recount().wrong == ()
    return sum(one.n for one in counters.numbers(measures=[CLEARED_SELF], level="city"))


def test_a_row_that_does_not_pass_becomes_a_case_and_the_others_are_looked_at_again(cast: Cast) -> None:
    found = handed_in(quantities=[4, 1])
    sample = draw(found)
    failing = queries.draws_of(sample)[0].row

    decide(sample, flaws={1: RowFlaw.PARTLY}, by=cast["town_leader"].actor)

    failing.refresh_from_db()
    case = Case.objects.get()
    assert (failing.state, failing.case) == (RowState.FAILED, case)
    assert (case.problem_class_id, case.village, case.state) == (failing.problem_class_id, VILLAGE, State.REPORTED)
    assert (case.source, case.quantity, case.reporter_id) == (Source.SAMPLE, failing.quantity, None)
    assert now(found).state == ListState.REOPENED
    assert sorted(states(found)) == sorted([RowState.FAILED, RowState.LISTED])
    event = last_event(found)
    assert isinstance(event, ClearingReopened)
    assert (event.failed, event.case_ids) == ((failing.number,), (case.pk,))
    assert heaps(date(2025, 1, 4)) == 0
    assert agreed() == []


def test_a_reopened_list_is_cleared_with_new_pictures_handed_in_and_drawn_from_again() -> None:
    found = handed_in(rows=2)
    sample = draw(found)
    decide(sample, flaws={1: RowFlaw.NOT_DONE})
    left = found.rows.get(state=RowState.LISTED)

    with pytest.raises(Refused, match="rows_waiting"):
        hand_in(now(found))
    clear(found, left.number, at=TOMORROW)
    again = draw(hand_in(now(found), at=TOMORROW), at=TOMORROW)
    decide(again, at=TOMORROW)

    assert again.eligible == 1
    assert now(found).state == ListState.ACCEPTED
    assert sorted(states(found)) == sorted([RowState.FAILED, RowState.ACCEPTED])
    assert agreed() == []


def test_a_list_that_nobody_looked_at_does_not_ride_along_on_a_lot_that_failed() -> None:
    lists = [handed_in(rows=4), handed_in(rows=4)]
    sample = draw(lists[0])
    (only,) = queries.draws_of(sample)
    unseen = next(found for found in lists if found.pk != only.row.list_id)

    decide(sample, flaws={1: RowFlaw.WRONG_PHOTO})

    assert (now(unseen).state, now(unseen).sample) == (ListState.HANDED_IN, None)
    assert draw(unseen).eligible == 4
    assert agreed() == []


def test_the_place_of_a_row_goes_along_with_its_case() -> None:
    found = begun()
    added(found, place_text="老井边")
    clear(found, 1)
    decide(draw(hand_in(found)), flaws={1: RowFlaw.NOT_DONE})

    assert [text.body for text in Case.objects.get().texts.all()] == ["老井边"]


def test_each_drawn_row_is_judged_before_anything_follows() -> None:
    found = handed_in(rows=11)
    sample = draw(found)

    with pytest.raises(Refused, match="not_all_looked_at"):
        services.decide_sample(sample_id=SampleId(sample.pk), flaws={}, by=SYSTEM, at=MORNING)

    assert now(found).state == ListState.HANDED_IN
    assert not ClearingDraw.objects.exclude(passed=None).exists()


def test_a_sample_is_decided_once() -> None:
    sample = draw(handed_in())
    decide(sample)

    with pytest.raises(Stale, match="moved_on"):
        decide(sample, flaws={1: RowFlaw.NOT_DONE})


@pytest.mark.parametrize("who", ["village_clerk", "grid_worker", "acceptor", "checker", "outsider", "mayor", "auditor"])
def test_only_the_town_and_the_county_draw_and_decide(cast: Cast, who: str) -> None:
    found = handed_in()
    with pytest.raises(NotPermitted):
        draw(found, by=cast[who].actor)
    sample = draw(found)
    with pytest.raises(NotPermitted):
        decide(sample, by=cast[who].actor)


@pytest.mark.parametrize("who", ["town_leader", "county_supervisor"])
def test_the_town_and_the_county_may(cast: Cast, who: str) -> None:
    found = handed_in(by=cast["grid_worker"].actor)

    decide(draw(found, by=cast[who].actor), by=cast[who].actor)

    assert now(found).state == ListState.ACCEPTED


def also_leader(cast: Cast, who: str) -> Actor:
    """Somebody of the village who was given the town's post beside their own."""
    appoint(person_id=cast[who].person_id, role="town_leader", area=STREET, starts_on=NEW_YEAR, by=SYSTEM, at=MORNING)
    return cast[who].actor


def test_nobody_draws_from_or_accepts_what_they_listed_themselves(cast: Cast) -> None:
    both = also_leader(cast, "grid_worker")
    found = handed_in(by=both)

    with pytest.raises(Refused, match="own_work"):
        draw(found, by=both)
    sample = draw(found)
    with pytest.raises(Refused, match="own_work"):
        decide(sample, by=both)


def test_who_cleared_one_row_of_somebody_elses_list_has_a_hand_in_it(cast: Cast) -> None:
    both = also_leader(cast, "grid_worker")
    found = begun()
    added(found)
    clear(found, 1, by=both)
    found = hand_in(found)

    with pytest.raises(Refused, match="own_work"):
        draw(found, by=both)


def test_an_acceptance_that_proves_wrong_is_taken_back_with_the_same_numbers(cast: Cast) -> None:
    found = accepted(quantities=[3, 2])
    assert heaps(date(2025, 1, 3)) == 5

    services.take_back_list(
        list_id=ListId(found.pk), flaws={1: RowFlaw.BACK}, by=cast["county_supervisor"].actor, at=TOMORROW
    )

    assert now(found).state == ListState.REOPENED
    assert states(found) == [RowState.FAILED, RowState.LISTED]
    event = last_event(found)
    assert isinstance(event, ClearingTakenBack)
    assert (event.failed, event.quantities, event.flaws) == ((1,), (3, 2), (RowFlaw.BACK,))
    assert heaps(date(2025, 1, 3)) == 5
    assert heaps(date(2025, 1, 4)) == 0
    assert counted() == 0
    assert agreed() == []


def test_taking_back_needs_a_row_that_proved_wrong_and_somebody_else(cast: Cast) -> None:
    both = also_leader(cast, "grid_worker")
    found = accepted(by=both)

    with pytest.raises(Refused, match="missing_flaws"):
        services.take_back_list(list_id=ListId(found.pk), flaws={}, by=SYSTEM, at=TOMORROW)
    with pytest.raises(Refused, match="own_work"):
        services.take_back_list(list_id=ListId(found.pk), flaws={1: RowFlaw.BACK}, by=both, at=TOMORROW)


def test_figures_count_only_what_the_town_accepted_and_can_be_narrowed_to_a_place() -> None:
    accepted(quantities=[3])
    accepted(quantities=[5], village="990121100201")
    handed_in(quantities=[100])
    cleared(quantities=[100])

    def of(area: str) -> int:
        found = queries.self_cleared(as_of=date(2025, 1, 3), campaign=CAMPAIGN, area=area)
        return next(one.quantity for one in found if one.task.code == "three-heaps")

    assert (of(""), of("990101"), of("990121100"), of(VILLAGE)) == (8, 3, 5, 3)


def test_every_task_of_the_campaign_is_there_with_nought_too() -> None:
    found = queries.self_cleared(as_of=date(2025, 1, 3), campaign=CAMPAIGN)

    assert {one.task.code for one in found} == {task.code for task in standards.tasks_of(CAMPAIGN)}
    assert {one.quantity for one in found} == {0}
    assert class_id("R12") in standards.targets_of(CAMPAIGN)


def test_the_check_of_a_load_finds_what_no_event_explains() -> None:
    found = accepted(quantities=[3, 2])
    found.rows.filter(number=1).update(quantity=4)
    ClearingList.objects.filter(pk=found.pk).update(state=ListState.REOPENED)
    ClearingSample.objects.update(digest="0" * 64)

    told = agreed()

    assert len(told) == 3, told
    assert any("stands as reopened" in one for one in told)
    assert any("rows [1]" in one for one in told)
    assert any("drawn from other rows" in one for one in told)
