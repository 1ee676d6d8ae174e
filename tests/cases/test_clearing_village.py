# SPDX-License-Identifier: Apache-2.0
"""A village's own list: begun, rows put on it with a picture, cleared with another, handed in."""

from uuid import UUID

import pytest

from jiayuan.cases import services
from jiayuan.cases.enums import ListState, ListVoid, RowState
from jiayuan.cases.events import ClearingHandedIn, ClearingRowAdded
from jiayuan.cases.intake import ListInput
from jiayuan.cases.models import ClearingList, ClearingText
from jiayuan.cases.services import ListId
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of
from jiayuan.record.queries import happened_to
from tests.cast import COMMUNITY, MORNING, NEXT_VILLAGE, SYSTEM, Cast
from tests.factories.cases import QUARTER, photo
from tests.factories.clearing import VILLAGE, accepted, added, begun, clear, cleared, hand_in, handed_in, row_given

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + QUARTER


def now(found: ClearingList) -> ClearingList:
    return ClearingList.objects.get(pk=found.pk)


def test_a_village_goes_from_an_empty_list_to_one_handed_in_without_anybody_sending_it(cast: Cast) -> None:
    worker = cast["grid_worker"].actor
    found = begun(by=worker, team="王家湾党员突击队")
    first = added(found, by=worker, code="R01", quantity=3, place_text="村口")
    added(found, by=worker, code="R11")
    clear(found, 1, by=worker, at=LATER)
    clear(found, 2, by=worker, at=LATER)

    done = hand_in(found, by=worker, at=LATER)

    assert (done.state, done.week, done.handed_in_at) == (ListState.HANDED_IN, "2025-W01", LATER)
    assert (done.county, done.town, done.village) == ("990101", "990101001", VILLAGE)
    assert [photo.role for photo in photos_of(first.ref)] == [PhotoRole.BEFORE, PhotoRole.AFTER]
    events = [item.event for item in happened_to(found.ref)]
    assert [event.KIND.removeprefix("cases.clearing_") for event in events] == [
        "begun", "row_added", "row_added", "row_cleared", "row_cleared", "handed_in",
    ]  # fmt: skip
    assert isinstance(events[1], ClearingRowAdded)
    assert (events[1].class_code, events[1].quantity, events[1].place) == ("rural:matter:R01", 3, VILLAGE)
    assert isinstance(events[-1], ClearingHandedIn)
    assert (events[-1].rows, events[-1].week) == ((1, 2), "2025-W01")


def test_what_was_typed_stands_in_rows_that_can_be_erased_and_never_in_an_event(cast: Cast) -> None:
    worker = cast["grid_worker"]
    found = begun(by=worker.actor, team="老王和他的儿子")
    added(found, by=worker.actor, place_text="老王家门口")
    assert "老王" not in str([item.event for item in happened_to(found.ref)])

    assert services.erase_list_maker(person_id=worker.person_id, by=worker.actor, at=LATER) == 1

    assert not ClearingText.objects.exists()
    assert now(found).made_by_id is None


def test_the_same_list_sent_twice_by_the_same_person_is_one(cast: Cast) -> None:
    given = ListInput(client_id=UUID(int=7, version=4), village=VILLAGE)
    first, again = (
        services.begin_list(given=given, by=cast["grid_worker"].actor, at=MORNING),
        services.begin_list(given=given, by=cast["grid_worker"].actor, at=LATER),
    )

    assert first == again
    assert ClearingList.objects.count() == 1


def test_the_same_row_sent_twice_is_one_and_nothing_is_told_twice() -> None:
    found, given = begun(), row_given()

    first = services.add_row(list_id=ListId(found.pk), given=given, by=SYSTEM, at=MORNING)
    again = services.add_row(list_id=ListId(found.pk), given=given, by=SYSTEM, at=LATER)

    assert first == again
    assert len(happened_to(found.ref)) == 2


def test_a_row_needs_a_picture_from_before_and_another_from_after() -> None:
    found = begun()
    with pytest.raises(Refused, match="missing_photos"):
        added(found, photos=())
    row = added(found)
    before = [shown.handle for shown in photos_of(row.ref)]

    with pytest.raises(Refused, match="missing_photos"):
        services.clear_row(list_id=ListId(found.pk), number=1, photos=before, by=SYSTEM, at=LATER)

    assert found.rows.get().state == RowState.LISTED


@pytest.mark.parametrize("quantity", [0, -1, 1000])
def test_a_row_stands_for_one_thing_at_least(quantity: int) -> None:
    with pytest.raises(Refused, match="quantity"):
        added(begun(), quantity=quantity)


def test_a_number_can_be_corrected_until_the_list_is_handed_in() -> None:
    found = begun()
    added(found, quantity=3)

    amended = services.amend_row(list_id=ListId(found.pk), number=1, quantity=5, by=SYSTEM, at=LATER)

    assert amended.quantity == 5
    clear(found, 1)
    hand_in(found)
    with pytest.raises(Stale, match="wrong_state"):
        services.amend_row(list_id=ListId(found.pk), number=1, quantity=6, by=SYSTEM, at=LATER)


def test_a_row_that_is_not_cleared_keeps_the_list_at_home_until_it_is_struck_out() -> None:
    found = cleared(rows=1)
    added(found)
    with pytest.raises(Refused, match="rows_waiting") as refusal:
        hand_in(found)
    assert refusal.value.facts["rows"] == "2"

    services.strike_row(list_id=ListId(found.pk), number=2, by=SYSTEM, at=LATER)

    assert hand_in(found).state == ListState.HANDED_IN
    assert added(begun()).number == 1


def test_the_number_of_a_struck_row_is_never_given_again() -> None:
    found = begun()
    added(found)
    services.strike_row(list_id=ListId(found.pk), number=1, by=SYSTEM, at=LATER)

    assert added(found).number == 2


def test_an_empty_list_is_not_handed_in() -> None:
    with pytest.raises(Refused, match="missing_rows"):
        hand_in(begun())


def test_a_list_begun_by_mistake_is_made_void_and_stays_so() -> None:
    found = begun()

    services.void_list(list_id=ListId(found.pk), reason=ListVoid.TWICE, by=SYSTEM, at=LATER)

    assert now(found).void_reason == ListVoid.TWICE
    with pytest.raises(Stale):
        added(found)


@pytest.mark.parametrize("make", [handed_in, accepted])
def test_what_was_handed_in_stands_still(make) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    found = make()

    for move in (
        lambda: added(found),
        lambda: services.strike_row(list_id=ListId(found.pk), number=1, by=SYSTEM, at=LATER),
        lambda: hand_in(found),
        lambda: services.void_list(list_id=ListId(found.pk), reason=ListVoid.TEST, by=SYSTEM, at=LATER),
    ):
        with pytest.raises(Stale):
            move()


def test_a_page_that_saw_an_older_list_is_told(cast: Cast) -> None:
    found = cleared()

    with pytest.raises(Stale, match="moved_on"):
        services.hand_in(list_id=ListId(found.pk), by=SYSTEM, at=LATER, version=found.version - 1)


@pytest.mark.parametrize("who", ["resident", "town_leader", "street_office", "checker", "outsider", "mayor"])
def test_only_the_village_and_its_grid_list_what_they_found(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        begun(by=cast[who].actor)
    with pytest.raises(NotPermitted):
        added(begun(), by=cast[who].actor)


def test_a_clerk_lists_at_home_and_nowhere_else(cast: Cast) -> None:
    clerk = cast["village_clerk"].actor

    assert begun(by=clerk, village=COMMUNITY).village == COMMUNITY
    for elsewhere in (VILLAGE, NEXT_VILLAGE):
        with pytest.raises(NotPermitted):
            begun(by=clerk, village=elsewhere)


def test_a_picture_of_somebody_else_is_not_taken_for_ones_own(cast: Cast) -> None:
    worker = cast["grid_worker"].actor
    found = begun(by=worker)
    theirs = photo(by=cast["village_clerk"].actor)

    with pytest.raises(Refused, match="photo_gone"):
        added(found, by=worker, photos=(theirs,))

    assert not found.rows.exists()
