# SPDX-License-Identifier: Apache-2.0
"""Joint meetings: prepared from what nobody could decide; with the minutes every decision is tracked, or nothing is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from jiayuan.cases.enums import State, V
from jiayuan.cases.models import Case
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.papers import queries as papers
from jiayuan.papers.models import NumberCounter, Paper
from jiayuan.record.queries import happened_to
from jiayuan.supervision import events, queries, services
from jiayuan.supervision.enums import Attendance, ItemState, MeetingState, SheetKind, SheetSource
from jiayuan.supervision.intake import AgendumInput
from jiayuan.supervision.models import Agendum, Decision, Meeting, Roll, Sheet
from jiayuan.supervision.services import MeetingId, There
from tests.cast import Cast
from tests.factories.cases import QUARTER, case, move, unit_id
from tests.supervision.story import NOON, caught_up, decided, first, held, meeting, third_return

pytestmark = pytest.mark.usefixtures("offices")
LATER = NOON + QUARTER
TOWN = "YX-990101100"


def minutes(made: Meeting, cast: Cast) -> Meeting:
    """Issue the minutes."""
    return services.issue_minutes(meeting_id=MeetingId(made.pk), by=cast["duty_chief"].actor, at=LATER)


def test_third_returns_are_proposed_for_the_agenda(cast: Cast) -> None:
    waiting = third_return()
    case(State.RETURNED)

    found = queries.proposed(cast["duty_chief"].actor)

    assert [(one.handle, one.returns) for one in found] == [(waiting.handle, 3)]


def test_only_a_third_return_goes_on_the_agenda_as_a_case(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        meeting(case(State.RETURNED), by=cast["duty_chief"].actor)

    assert refused.value.code == "not_for_the_meeting"
    assert not Meeting.objects.exists()


def test_nothing_stands_twice_on_an_agenda(cast: Cast) -> None:
    waiting = third_return()
    made = meeting(waiting, by=cast["duty_chief"].actor)

    with pytest.raises(Refused) as refused:
        services.put_on_agenda(
            meeting_id=MeetingId(made.pk), given=AgendumInput(case_id=waiting.pk), by=cast["duty_chief"].actor, at=LATER
        )

    assert refused.value.code == "on_agenda"


def test_a_meeting_is_held_by_whoever_was_there(cast: Cast) -> None:
    made = held("保洁经费", by=cast["duty_chief"].actor)

    rolls = {roll.unit_id: (roll.attendance, roll.post) for roll in Roll.objects.filter(meeting=made)}
    assert rolls == {unit_id(): (Attendance.PRESENT, "主任"), unit_id(TOWN): (Attendance.EXCUSED, "")}


@pytest.mark.parametrize(("agenda", "missing"), [((), "missing_agenda"), (("保洁经费",), "missing_present")])
def test_a_meeting_without_an_agenda_or_anybody_there_was_none(
    cast: Cast, agenda: tuple[str, ...], missing: str
) -> None:
    made = meeting(*agenda, by=cast["duty_chief"].actor)
    there = {} if agenda else {unit_id(): There(attendance=Attendance.PRESENT)}

    with pytest.raises(Refused) as refused:
        services.hold_meeting(meeting_id=MeetingId(made.pk), there=there, by=cast["duty_chief"].actor, at=LATER)

    assert refused.value.code == missing


def test_the_minutes_confirm_the_return_and_send_the_case_where_it_was_decided(cast: Cast) -> None:
    waiting, chief = third_return(), cast["duty_chief"].actor
    made = held(waiting, by=chief)
    decided(made, 1, by=chief)

    minutes(made, cast)

    found = Case.objects.get(pk=waiting.pk)
    sheet = Sheet.objects.get()
    assert (found.state, found.unit_id) == (State.DISPATCHED, unit_id())
    assert (sheet.kind, sheet.source, sheet.source_ref) == (SheetKind.ASSIGNMENT, SheetSource.MEETING, made.handle)
    assert first(sheet).case_id == waiting.pk
    assert Decision.objects.get().item_id == first(sheet).pk


def test_each_unit_and_day_gets_a_numbered_sheet_that_is_due_on_that_day(cast: Cast) -> None:
    chief = cast["duty_chief"].actor
    made = held("保洁经费", "设备更新", by=chief)
    decided(made, 1, by=chief)
    decided(made, 2, by=chief, what="更新两台清扫车。")
    decided(made, 2, by=chief, unit_id=unit_id(TOWN), what="借出一台清扫车。")

    minutes(made, cast)

    sheets = Sheet.objects.order_by("number")
    assert [(sheet.number, sheet.unit_id, sheet.items.count()) for sheet in sheets] == [
        ("东清办交〔2025〕1号", unit_id(), 2),
        ("东清办交〔2025〕2号", unit_id(TOWN), 1),
    ]
    dues = {first(sheet).due_at for sheet in sheets}
    assert [due.astimezone(NOON.tzinfo).isoformat() for due in dues if due] == ["2025-01-15T23:59:59+08:00"]


def test_the_minutes_name_units_by_post_and_hold_no_reporters_words(cast: Cast) -> None:
    waiting, chief = third_return(), cast["duty_chief"].actor
    made = held(waiting, "保洁经费", by=chief, chair="区清洁家园办主任", venue="区政府二楼会议室")
    decided(made, 1, by=chief)

    issued = minutes(made, cast)

    paper = papers.paper_by_id(issued.paper_id or 0)
    assert paper is not None
    told = "".join(paper.document.texts())
    assert issued.number == "东清办纪〔2025〕1号"
    assert [(roll.label, roll.names) for roll in paper.document.rolls] == [
        ("出席", "桥头街道主任"),
        ("请假", "柳塘镇"),
    ]
    assert "由桥头街道清理，建立长效保洁。" in told
    assert waiting.handle in told
    assert "区清洁家园办主任" in told
    assert cast["duty_chief"].part.name not in told


def test_when_one_part_is_refused_nothing_happens_at_all(cast: Cast) -> None:
    one, two, chief = third_return(), third_return(at=LATER), cast["duty_chief"].actor
    made = held(one, two, by=chief, at=LATER)
    decided(made, 1, by=chief, at=LATER)
    decided(made, 2, by=chief, at=LATER)
    # Meanwhile somebody decided the second return on its own page.
    move(Case.objects.get(pk=two.pk), V.CONFIRM_RETURN, at=LATER)

    with pytest.raises(Refused):
        services.issue_minutes(meeting_id=MeetingId(made.pk), by=chief, at=LATER + QUARTER)

    assert Meeting.objects.get().state == MeetingState.HELD
    assert Case.objects.get(pk=one.pk).state == State.RETURNED
    assert not Sheet.objects.exists()
    assert not Paper.objects.exists()
    assert not NumberCounter.objects.exists()
    assert not any(isinstance(item.event, events.MinutesIssued) for item in happened_to(made.ref))


def test_a_case_without_a_decision_waits_for_the_next_meeting(cast: Cast) -> None:
    waiting, chief = third_return(), cast["duty_chief"].actor
    made = held(waiting, "保洁经费", by=chief)
    decided(made, 2, by=chief)

    minutes(made, cast)

    assert Case.objects.get(pk=waiting.pk).state == State.RETURNED
    assert [one.handle for one in queries.proposed(chief)] == [waiting.handle]


def test_a_decided_case_is_struck_off_like_everything_else(cast: Cast) -> None:
    waiting, chief = third_return(), cast["duty_chief"].actor
    made = held(waiting, by=chief)
    decided(made, 1, by=chief)
    minutes(made, cast)
    found = Case.objects.get(pk=waiting.pk)

    for n, verb in enumerate((V.SIGN, V.FEED_BACK, V.CLOSE), start=2):
        move(Case.objects.get(pk=found.pk), verb, at=NOON + n * QUARTER)
    caught_up(NOON + 5 * QUARTER)
    services.strike_off(
        item_id=services.ItemId(first(Sheet.objects.get()).pk), by=cast["checker"].actor, at=NOON + 6 * QUARTER
    )

    assert first(Sheet.objects.get()).state == ItemState.STRUCK


def test_a_case_goes_to_one_unit_that_answers_for_its_place(cast: Cast) -> None:
    waiting, chief = third_return(), cast["duty_chief"].actor
    made = held(waiting, by=chief)

    with pytest.raises(Refused) as elsewhere:
        decided(made, 1, by=chief, unit_id=unit_id(TOWN))
    decided(made, 1, by=chief)
    with pytest.raises(Refused) as again:
        decided(made, 1, by=chief, unit_id=unit_id("YX-DQ"))

    assert elsewhere.value.code == "wrong_place"
    assert again.value.field == "unit"


@pytest.mark.parametrize("day", [date(2025, 1, 3), date(2025, 1, 5), date(2024, 12, 1), date(2026, 1, 3)])
def test_a_decision_leaves_a_working_day_and_half_a_year_at_most(cast: Cast, day: date) -> None:
    chief = cast["duty_chief"].actor
    made = held("保洁经费", by=chief)

    with pytest.raises(Refused) as refused:
        decided(made, 1, by=chief, until=day)

    assert (refused.value.code, refused.value.field) == ("until", "until")


def test_a_decision_can_be_taken_back_until_the_minutes_are_issued(cast: Cast) -> None:
    chief = cast["duty_chief"].actor
    made = held("保洁经费", by=chief)
    noted = decided(made, 1, by=chief)

    services.take_back_decision(meeting_id=MeetingId(made.pk), decision_id=noted.pk, by=chief, at=LATER)
    kept = decided(made, 1, by=chief)
    minutes(made, cast)

    with pytest.raises(Stale):
        services.take_back_decision(meeting_id=MeetingId(made.pk), decision_id=kept.pk, by=chief, at=LATER)


@pytest.mark.parametrize("part", ["county_supervisor", "mayor", "street_office", "checker", "outsider", "town_leader"])
def test_only_who_prepares_meetings_there_plans_and_issues(cast: Cast, part: str) -> None:
    made = held("保洁经费", by=cast["duty_chief"].actor)

    with pytest.raises(NotPermitted):
        meeting("保洁经费", by=cast[part].actor)
    with pytest.raises(NotPermitted):
        services.issue_minutes(meeting_id=MeetingId(made.pk), by=cast[part].actor, at=LATER)


def test_units_outside_ones_reach_are_given_nothing(cast: Cast) -> None:
    chief = cast["duty_chief"].actor
    made = held("保洁经费", by=chief)

    with pytest.raises(Refused) as refused:
        decided(made, 1, by=chief, unit_id=unit_id("YX-990121100"))

    assert refused.value.code == "unknown_unit"


def test_an_invited_unit_sees_the_meeting_and_others_do_not(cast: Cast) -> None:
    made = meeting("保洁经费", by=cast["duty_chief"].actor)

    assert queries.meeting_seen_by(cast["street_office"].actor, made.handle) == made
    assert queries.meeting_seen_by(cast["bureau"].actor, made.handle) is None
    assert queries.meeting_seen_by(cast["outsider"].actor, made.handle) is None


def test_a_cancelled_meeting_leaves_its_cases_waiting(cast: Cast) -> None:
    waiting, chief = third_return(), cast["duty_chief"].actor
    made = meeting(waiting, by=chief)

    services.cancel_meeting(meeting_id=MeetingId(made.pk), by=chief, at=LATER)

    assert [one.handle for one in queries.proposed(chief)] == [waiting.handle]
    with pytest.raises(Stale):
        minutes(made, cast)


@pytest.mark.parametrize("change", [{"matter": ""}, {"whistle": "00000000000"}, {"kind": "case"}])
def test_the_database_takes_one_thing_for_each_item_of_an_agenda(cast: Cast, change: dict[str, str]) -> None:
    meeting("保洁经费", by=cast["duty_chief"].actor)

    with pytest.raises(IntegrityError), transaction.atomic():
        Agendum.objects.update(**change)
