# SPDX-License-Identifier: Apache-2.0
"""Items: answered by the unit, struck off or not by the issuing side, which is never the unit; what follows a case."""

from datetime import date, datetime, timedelta

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.models import Case
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.people.services import appoint
from jiayuan.record.queries import happened_to
from jiayuan.supervision import events, queries, services
from jiayuan.supervision.enums import Denial, ItemState, SheetState, TimeReason, Unmet, VoidReason
from jiayuan.supervision.enums import V as V_ITEM
from jiayuan.supervision.intake import end_of
from jiayuan.supervision.models import Item, ItemText, Pause, Sheet, TimeRequest
from jiayuan.supervision.queries import Balance
from jiayuan.supervision.services import ItemId
from tests.cast import DISTRICT, NEW_YEAR, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move
from tests.supervision.story import NOON, caught_up, first, issued, item_id, matter

pytestmark = pytest.mark.usefixtures("offices")
LATER = NOON + QUARTER
IN_A_WEEK = end_of(date(2025, 1, 15), now=NOON)


def answered(cast: Cast) -> Sheet:
    """A sheet with one item that no case stands behind, fed back by its unit."""
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())
    services.feed_back(
        item_id=item_id(sheet), measures="排了班，每天早晚各扫一次。", by=cast["street_office"].actor, at=LATER
    )
    return sheet


def test_the_unit_says_what_was_done_and_the_words_can_be_erased(cast: Cast) -> None:
    sheet = answered(cast)

    event = happened_to(sheet.ref)[-1].event
    assert isinstance(event, events.ItemFedBack)
    assert event.in_time
    assert ItemText.objects.get(pk=event.text_id or 0).body == "排了班，每天早晚各扫一次。"


def test_the_last_item_that_is_struck_off_settles_the_sheet(cast: Cast) -> None:
    sheet = answered(cast)

    services.strike_off(item_id=item_id(sheet), by=cast["checker"].actor, at=LATER + QUARTER)

    sheet = Sheet.objects.get(pk=sheet.pk)
    assert (first(sheet).state, sheet.state) == (ItemState.STRUCK, SheetState.SETTLED)
    assert isinstance(happened_to(sheet.ref)[-1].event, events.SheetSettled)


def test_nobody_strikes_off_what_the_unit_has_not_fed_back(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())

    with pytest.raises(Stale):
        services.strike_off(item_id=item_id(sheet), by=cast["checker"].actor, at=LATER)


@pytest.mark.parametrize("part", ["street_office", "unit_lead", "town_leader", "mayor", "outsider"])
def test_whoever_does_not_accept_there_strikes_nothing_off(cast: Cast, part: str) -> None:
    sheet = answered(cast)

    with pytest.raises(NotPermitted):
        services.strike_off(item_id=item_id(sheet), by=cast[part].actor, at=LATER + QUARTER)


def test_the_unit_strikes_nothing_off_even_by_another_post(cast: Cast) -> None:
    sheet, handler = answered(cast), cast["street_office"]
    appoint(
        person_id=handler.person_id, role="checker", area=DISTRICT, organisation_id=None, starts_on=NEW_YEAR,
        by=SYSTEM, at=NOON,
    )  # fmt: skip

    with pytest.raises(Refused) as refused:
        services.strike_off(item_id=item_id(sheet), by=handler.actor, at=LATER + QUARTER)

    assert refused.value.code == "own_unit"


def test_what_does_not_pass_goes_back_with_a_reason_and_a_new_day(cast: Cast) -> None:
    sheet = answered(cast)

    services.refuse(
        item_id=item_id(sheet), reason=Unmet.PARTLY, until=IN_A_WEEK, note="晚上没有人扫。", by=cast["checker"].actor,
        at=LATER + QUARTER,
    )  # fmt: skip

    item = first(sheet)
    assert (item.state, item.due_at, item.refusals, item.fed_back_at) == (ItemState.OPEN, IN_A_WEEK, 1, None)


def test_more_time_is_asked_in_two_answers_and_granted_in_one(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())

    services.ask_time(
        item_id=item_id(sheet), reason=TimeReason.WEATHER, until=IN_A_WEEK, plan="", by=cast["street_office"].actor,
        at=LATER,
    )  # fmt: skip
    services.grant_time(item_id=item_id(sheet), by=cast["checker"].actor, at=LATER + QUARTER)

    assert (first(sheet).due_at, first(sheet).extensions, first(sheet).asking) == (IN_A_WEEK, 1, False)


def test_refused_time_leaves_the_deadline_and_says_why(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())
    before = first(sheet).due_at
    services.ask_time(
        item_id=item_id(sheet),
        reason=TimeReason.SIZE,
        until=IN_A_WEEK,
        plan="",
        by=cast["street_office"].actor,
        at=LATER,
    )

    services.refuse_time(item_id=item_id(sheet), reason=Denial.DANGER, by=cast["checker"].actor, at=LATER + QUARTER)

    assert first(sheet).due_at == before
    assert TimeRequest.objects.get().denial == Denial.DANGER


@pytest.mark.parametrize("until", [NOON + timedelta(hours=2), NOON + timedelta(days=2)])
def test_time_that_is_no_more_time_is_refused(cast: Cast, until: datetime) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())

    with pytest.raises(Refused) as refused:
        services.ask_time(
            item_id=item_id(sheet),
            reason=TimeReason.SIZE,
            until=until,
            plan="",
            by=cast["street_office"].actor,
            at=LATER,
        )

    assert refused.value.field == "until"


def test_an_item_behind_which_a_case_stands_is_fed_back_on_the_case(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor)

    with pytest.raises(Refused) as refused:
        services.feed_back(item_id=item_id(sheet), measures="清走了", by=cast["street_office"].actor, at=LATER)

    assert refused.value.code == "follows_case"


def test_an_item_follows_its_case_and_is_struck_off_only_once_that_is_closed(cast: Cast) -> None:
    found = case(State.HANDLING)
    sheet = issued(found, by=cast["county_supervisor"].actor)
    move(found, V.FEED_BACK, at=LATER)
    caught_up(LATER)

    assert first(sheet).state == ItemState.FED_BACK
    with pytest.raises(Refused) as refused:
        services.strike_off(item_id=item_id(sheet), by=cast["checker"].actor, at=LATER)
    assert refused.value.code == "case_open"

    move(found, V.CLOSE, at=LATER + QUARTER)
    caught_up(LATER + QUARTER)
    services.strike_off(item_id=item_id(sheet), by=cast["checker"].actor, at=LATER + 2 * QUARTER)

    assert first(sheet).state == ItemState.STRUCK


def test_checking_time_is_never_charged_to_the_unit(cast: Cast) -> None:
    found = case(State.HANDLING)
    sheet = issued(found, by=cast["county_supervisor"].actor, days=2)
    move(found, V.FEED_BACK, at=LATER)
    caught_up(LATER)
    monday_week = NOON + timedelta(days=10)
    move(found, V.SEND_BACK, at=monday_week)
    caught_up(monday_week)

    item = first(sheet)
    # Two working days were left on Friday 3 January; from Monday 13 January they end on Wednesday.
    assert item.state == ItemState.OPEN
    assert item.due_at is not None
    assert item.due_at.astimezone(NOON.tzinfo).date() == date(2025, 1, 15)


def test_the_clock_of_an_item_stands_still_while_its_case_is_shelved(cast: Cast) -> None:
    found = case(State.HANDLING)
    sheet = issued(found, by=cast["county_supervisor"].actor, days=2)
    move(found, V.ASK_SHELVING, at=LATER)
    move(found, V.SHELVE, at=LATER)
    caught_up(LATER)
    assert first(sheet).paused_at == LATER

    after = NOON + timedelta(days=40)
    move(found, V.RESUME, at=after)
    caught_up(after)

    item = first(sheet)
    assert item.paused_at is None
    assert item.due_at is not None
    assert item.due_at > after
    assert Pause.objects.get().until_at == after


@pytest.mark.parametrize(("state", "verb", "reason"), [
    (State.HANDLING, V.VOID, VoidReason.NO_CASE),
    (State.RETURNED, V.CONFIRM_RETURN, VoidReason.WRONG_UNIT),
])  # fmt: skip
def test_an_item_whose_case_is_no_longer_the_units_is_void_and_settles_the_sheet(
    cast: Cast, state: State, verb: V, reason: VoidReason
) -> None:
    found = case(State.HANDLING)
    sheet = issued(found, by=cast["county_supervisor"].actor)
    if state is State.RETURNED:
        move(found, V.RETURN, at=LATER)
    move(found, verb, at=LATER + QUARTER)
    caught_up(LATER + QUARTER)

    assert (first(sheet).state, first(sheet).void_reason) == (ItemState.VOID, reason)
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.SETTLED


def test_what_waits_for_its_check_when_the_sheet_is_issued_waits_for_its_acceptance(cast: Cast) -> None:
    sheet = issued(case(State.FED_BACK), by=cast["county_supervisor"].actor)

    assert first(sheet).state == ItemState.FED_BACK


def test_the_balance_of_the_database_is_that_of_the_rules(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    sheet = issued(by=chief, items=matter() * 5)
    numbers = {item.number: ItemId(item.pk) for item in sheet.items.all()}
    for number in (1, 2, 3):
        services.feed_back(item_id=numbers[number], measures="好了", by=cast["street_office"].actor, at=LATER)
    services.strike_off(item_id=numbers[1], by=cast["checker"].actor, at=LATER)
    services.void_item(item_id=numbers[5], reason=VoidReason.TWICE, by=chief, at=LATER)
    after = NOON + timedelta(days=30)

    found = queries.balances_of([sheet.pk], now=after)[sheet.pk]

    rows = [queries.standing_of(item) for item in Item.objects.exclude(state=ItemState.VOID)]
    assert found == queries.balance(rows, after)
    assert found == Balance(total=4, struck=1, in_progress=2, overdue=1, waiting=2, due=4, due_struck=1)
    assert queries.balance_seen_by(chief, now=after) == found


def test_a_case_is_not_touched_by_what_becomes_of_its_item(cast: Cast) -> None:
    found = case(State.HANDLING)
    sheet = issued(found, by=cast["county_supervisor"].actor)
    version = Case.objects.get(pk=found.pk).version

    services.void_item(
        item_id=item_id(sheet), reason=VoidReason.TWICE, by=cast["county_supervisor"].actor, at=LATER
    )  # fmt: skip

    assert Case.objects.get(pk=found.pk).version == version


def test_an_item_with_a_case_is_refused_at_the_case_and_never_left_hanging(cast: Cast) -> None:
    found = case(State.HANDLING)
    sheet = issued(found, by=cast["county_supervisor"].actor)
    move(found, V.FEED_BACK, at=LATER)
    caught_up(LATER)

    with pytest.raises(Refused) as refused:
        services.refuse(
            item_id=item_id(sheet), reason=Unmet.PARTLY, until=IN_A_WEEK, note="", by=cast["checker"].actor, at=LATER
        )

    assert refused.value.code == "follows_case"
    assert V_ITEM.REFUSE not in queries.moves_for(cast["checker"].actor, sheet, first(sheet))


def test_a_case_that_rests_when_its_list_is_issued_rests_on_the_list(cast: Cast) -> None:
    found = case(State.SHELVED)
    sheet = issued(found, by=cast["county_supervisor"].actor, days=2)
    assert first(sheet).paused_at == NOON
    after = NOON + timedelta(days=40)

    move(Case.objects.get(pk=found.pk), V.RESUME, at=after)
    caught_up(after)

    item = first(sheet)
    assert item.paused_at is None
    assert item.due_at is not None
    assert item.due_at > after


def test_a_case_that_is_closed_by_force_while_it_rests_was_not_late(cast: Cast) -> None:
    found = case(State.HANDLING)
    sheet = issued(found, by=cast["county_supervisor"].actor, days=2)
    move(found, V.ASK_SHELVING, at=LATER)
    move(found, V.SHELVE, at=LATER)
    caught_up(LATER)
    after = NOON + timedelta(days=40)

    move(Case.objects.get(pk=found.pk), V.FORCE_CLOSE, at=after)
    caught_up(after)

    told = [item.event for item in happened_to(sheet.ref) if isinstance(item.event, events.ItemFedBack)]
    assert [event.in_time for event in told] == [True]


def test_time_that_is_granted_is_never_less_than_there_was(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())
    services.ask_time(
        item_id=item_id(sheet),
        reason=TimeReason.SIZE,
        until=IN_A_WEEK,
        plan="",
        by=cast["street_office"].actor,
        at=LATER,
    )
    later_still = IN_A_WEEK + timedelta(days=5)
    Item.objects.filter(sheet=sheet).update(due_at=later_still)

    services.grant_time(item_id=item_id(sheet), by=cast["checker"].actor, at=LATER + QUARTER)

    assert first(sheet).due_at == later_still


def test_a_void_sheet_asks_for_nothing_any_more(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    sheet = issued(by=chief, items=matter())
    services.ask_time(
        item_id=item_id(sheet),
        reason=TimeReason.SIZE,
        until=IN_A_WEEK,
        plan="",
        by=cast["street_office"].actor,
        at=LATER,
    )

    services.void_sheet(sheet_id=services.SheetId(sheet.pk), reason=VoidReason.MISTAKEN, by=chief, at=LATER + QUARTER)

    assert TimeRequest.objects.get().answered_at == LATER + QUARTER
