# SPDX-License-Identifier: Apache-2.0
"""The time to reply to a supervision sheet stands still while the clock of its item does, and goes on with the rest."""

from datetime import datetime

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.models import Case
from jiayuan.kernel.access import Actor
from jiayuan.kernel.clock import ZONE
from jiayuan.record.queries import happened_to
from jiayuan.supervision import events, services
from jiayuan.supervision.enums import Pattern, Unmet
from jiayuan.supervision.models import Urging, UrgingStep
from jiayuan.supervision.services import UrgingId
from jiayuan.web.supervision.wording import reply_due
from tests.cast import Cast
from tests.factories.cases import case, move
from tests.supervision.story import CAMPAIGN, NOON, caught_up, first, issued, item_id, pressed, urged

pytestmark = pytest.mark.usefixtures("offices")
SWEEP = Actor.system("test.sweep")


def moment(day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """A moment of January 2025; the sheet of the story is issued on Friday the third."""
    return datetime(2025, 1, day, hour, minute, second, tzinfo=ZONE)


def end_of(day: int) -> datetime:
    return moment(day, 23, 59, 59)


def fresh(made: Urging) -> Urging:
    return Urging.objects.select_related("item").get(pk=made.pk)


def pressed_case(cast: Cast) -> tuple[Case, Urging]:
    """A case on a list, pressed where colours say how hard; the reply is due on Wednesday the eighth."""
    services.choose_pattern(campaign=CAMPAIGN, pattern=Pattern.ESCALATION, by=SWEEP, at=NOON)
    found, chief = case(State.HANDLING), cast["county_supervisor"].actor
    sheet = issued(found, by=chief, campaign=CAMPAIGN)
    return found, pressed(first(sheet), by=chief)


def shelve(found: Case, at: datetime) -> None:
    move(found, V.ASK_SHELVING, at=at)
    move(found, V.SHELVE, at=at)
    caught_up(at)


def resume(found: Case, at: datetime) -> None:
    move(found, V.RESUME, at=at)
    caught_up(at)


def test_what_was_left_before_a_pause_is_left_after_it(cast: Cast) -> None:
    found, made = pressed_case(cast)
    assert made.reply_due_at == end_of(8)

    # Shelved on Tuesday with one working day left, taken up again on Monday the twentieth.
    shelve(found, moment(7))
    assert services.raise_unanswered(by=SWEEP, at=moment(15)) == 0
    resume(found, moment(20))

    assert fresh(made).reply_due_at == end_of(21)
    assert services.raise_unanswered(by=SWEEP, at=moment(21)) == 0
    assert services.raise_unanswered(by=SWEEP, at=moment(22)) == 1


def test_the_record_says_why_the_reply_is_due_later(cast: Cast) -> None:
    found, made = pressed_case(cast)
    shelve(found, moment(7))
    resume(found, moment(20))

    moved = next(one.event for one in happened_to(made.ref) if isinstance(one.event, events.UrgingClockMoved))
    assert (moved.due_before, moved.reply_due_at) == (end_of(8), end_of(21))


def test_time_that_was_used_up_before_a_pause_stays_used_up(cast: Cast) -> None:
    found, made = pressed_case(cast)
    shelve(found, moment(10))
    resume(found, moment(20))

    assert fresh(made).reply_due_at == end_of(8)
    assert services.raise_unanswered(by=SWEEP, at=moment(20, 10)) == 1


def test_a_check_that_sends_the_case_back_takes_no_time_to_reply(cast: Cast) -> None:
    found, made = pressed_case(cast)
    move(found, V.FEED_BACK, at=moment(7))
    caught_up(moment(7))
    move(found, V.SEND_BACK, at=moment(14))
    caught_up(moment(14))

    assert fresh(made).reply_due_at == end_of(15)
    assert services.raise_unanswered(by=SWEEP, at=moment(14, 10)) == 0


def test_a_refused_feedback_takes_no_time_to_reply(cast: Cast) -> None:
    made, chief = urged(cast, pattern=Pattern.ESCALATION), cast["county_supervisor"].actor
    item = item_id(made.item.sheet)
    services.feed_back(item_id=item, measures="排了班。", by=cast["street_office"].actor, at=moment(7))
    services.refuse(item_id=item, reason=Unmet.PARTLY, until=end_of(20), note="", by=chief, at=moment(14))

    assert fresh(made).reply_due_at == end_of(15)
    assert services.raise_unanswered(by=SWEEP, at=moment(14, 10)) == 0


def test_a_time_to_reply_that_was_given_meanwhile_begins_whole(cast: Cast) -> None:
    found, made = pressed_case(cast)
    shelve(found, moment(7))
    # Raised by a person while it rests: three working days from Monday the thirteenth.
    services.raise_colour(urging_id=UrgingId(made.pk), by=cast["checker"].actor, at=moment(13))
    resume(found, moment(20))

    assert fresh(made).reply_due_at == end_of(23)
    assert UrgingStep.objects.filter(urging=made).count() == 2


def test_a_reply_while_the_clock_stands_still_is_in_time_and_nobody_counts_down(cast: Cast) -> None:
    found, made = pressed_case(cast)
    shelve(found, moment(7))
    line = reply_due(fresh(made), moment(15))
    services.reply(urging_id=UrgingId(made.pk), text="先停着，等材料。", by=cast["street_office"].actor, at=moment(15))

    replied = next(one.event for one in happened_to(made.ref) if isinstance(one.event, events.UrgingReplied))
    assert replied.in_time
    assert line is not None
    assert (line.tone, line.at) == ("idle", None)


def test_what_answers_no_sheet_moves_no_reply(cast: Cast) -> None:
    found = case(State.HANDLING)
    issued(found, by=cast["county_supervisor"].actor)
    shelve(found, moment(7))
    resume(found, moment(20))

    assert Urging.objects.count() == 0
