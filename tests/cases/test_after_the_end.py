# SPDX-License-Identifier: Apache-2.0
"""After the end: appeals in two stages, call-backs, looks back with a new linked case, and reopening with a reason."""

from datetime import timedelta

import pytest

from jiayuan.cases.enums import (
    Answer,
    CallBackResult,
    Discontent,
    LookBackResult,
    ReopenGround,
    Source,
    State,
    V,
)
from jiayuan.cases.events import CaseAppealDecided, CaseCalledBack, CaseLookedBack, CaseReopened
from jiayuan.cases.models import CallBack, Case, Follower
from jiayuan.cases.queries import moves_of
from jiayuan.cases.services import CaseId, ask_reopen, call_back, decide_appeal, look_back, reopen
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import NotPermitted, Refused
from tests.cases.record import latest, text_of
from tests.cast import MORNING, Cast
from tests.factories.cases import QUARTER, case, case_for, move, photo, report

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 10 * QUARTER


@pytest.mark.parametrize("answered", list(Answer))
def test_an_appeal_is_reviewed_then_decided_and_the_overrun_stays_on_the_case(cast: Cast, answered: Answer) -> None:
    found = case_for(V.APPEAL)
    move(found, V.APPEAL, by=cast["street_office"].actor, at=LATER)
    with pytest.raises(Refused):
        move(found, V.DECIDE_APPEAL, by=cast["county_supervisor"].actor, at=LATER)
    move(found, V.REVIEW_APPEAL, by=cast["duty_chief"].actor, at=LATER, answered=Answer.NO)

    decided = decide_appeal(
        case_id=CaseId(found.pk), answered=answered, note="", by=cast["county_supervisor"].actor, at=LATER
    )

    assert (decided.in_time, decided.excused, decided.asking) == (False, answered is Answer.YES, "")
    assert latest(decided, CaseAppealDecided).answer == answered
    assert V.APPEAL not in moves_of(cast["street_office"].actor, decided, [], at=LATER)


def test_the_first_stage_may_not_decide_and_the_second_may_not_review(cast: Cast) -> None:
    found = case_for(V.DECIDE_APPEAL)

    with pytest.raises(NotPermitted):
        move(found, V.DECIDE_APPEAL, by=cast["duty_chief"].actor, at=LATER)
    with pytest.raises(NotPermitted):
        move(found, V.REVIEW_APPEAL, by=cast["county_supervisor"].actor, at=LATER)


def test_what_the_reporter_says_is_kept_and_the_latest_answer_stands(cast: Cast) -> None:
    found, acceptor = case(State.CLOSED), cast["acceptor"].actor
    calls = [(CallBackResult.NOT_REACHED, None), (CallBackResult.UNSATISFIED, Discontent.TOO_SLOW)]

    for result, reason in calls:
        called = call_back(case_id=CaseId(found.pk), result=result, reason=reason, note="", by=acceptor, at=LATER)

    assert called.callback == CallBackResult.UNSATISFIED
    assert list(CallBack.objects.order_by("pk").values_list("result", "reason")) == [
        ("not_reached", ""),
        ("unsatisfied", "too_slow"),
    ]
    event = latest(called, CaseCalledBack)
    assert (event.result_before, event.reason) == (CallBackResult.NOT_REACHED, Discontent.TOO_SLOW)


def test_discontent_without_a_reason_is_refused_beside_the_question(cast: Cast) -> None:
    found = case(State.CLOSED)

    with pytest.raises(Refused) as refused:
        call_back(
            case_id=CaseId(found.pk),
            result=CallBackResult.UNSATISFIED,
            reason=None,
            note="",
            by=cast["acceptor"].actor,
            at=LATER,
        )

    assert (refused.value.code, refused.value.field) == ("missing_reason", "reason")


def test_a_relapse_is_a_new_case_that_names_the_old_one_which_stays_closed(cast: Cast) -> None:
    found, checker = case(State.CLOSED), cast["checker"].actor

    looked = look_back(
        case_id=CaseId(found.pk),
        result=LookBackResult.RELAPSED,
        photos=[photo(by=checker, at=LATER)],
        note="又堆起来了",
        by=checker,
        at=LATER,
    )

    relapse = Case.objects.get(relapse_of=found)
    assert (looked.state, relapse.state, relapse.source) == (State.CLOSED, State.REPORTED, Source.LOOK_BACK)
    assert (relapse.village, relapse.problem_class_id, relapse.reporter_id) == (
        found.village,
        found.problem_class_id,
        checker.person_id,
    )
    assert latest(looked, CaseLookedBack).relapse_id == relapse.pk


def test_a_look_that_finds_it_clean_opens_nothing(cast: Cast) -> None:
    found = case(State.CLOSED)

    move(found, V.LOOK_BACK, by=cast["checker"].actor, at=LATER)

    assert Case.objects.count() == 1


def test_whoever_handled_a_case_does_not_look_back_at_it(cast: Cast) -> None:
    found = case(State.CLOSED, by={V.SIGN: cast["checker"].actor.__class__.system("x")})
    both = cast["checker"].actor.__class__(
        person_id=1, grants=cast["checker"].actor.grants, unit_ids=cast["street_office"].actor.unit_ids
    )

    with pytest.raises(Refused, match="own_work"):
        move(found, V.LOOK_BACK, by=both, at=LATER)


def test_any_resident_may_ask_and_the_answer_has_a_reason(cast: Cast) -> None:
    found = case(State.CLOSED)
    ask_reopen(
        case_id=CaseId(found.pk),
        reason=ReopenGround.STILL_THERE,
        note="还在那里",
        photos=(),
        by=ANONYMOUS,
        at=LATER,
    )
    with pytest.raises(Refused) as refused:
        reopen(case_id=CaseId(found.pk), note="", by=cast["duty_chief"].actor, at=LATER)
    assert refused.value.field == "note"

    again = reopen(case_id=CaseId(found.pk), note="照片属实", by=cast["duty_chief"].actor, at=LATER)

    assert (again.state, again.ended_at, again.in_time, again.reopens) == (State.REWORK, None, None, 1)
    event = latest(again, CaseReopened)
    assert event.due_at == again.due_at
    assert text_of(event.text_id) == "照片属实"


def test_an_appeal_is_made_once_in_a_cases_life_also_when_it_runs_again(cast: Cast) -> None:
    found = case_for(V.APPEAL)
    move(found, V.APPEAL, by=cast["street_office"].actor, at=LATER)
    move(found, V.ASK_REOPEN, by=ANONYMOUS, at=LATER)

    again = move(found, V.REOPEN, by=cast["duty_chief"].actor, at=LATER)

    assert (again.asking, again.appealed, again.excused) == ("", True, False)
    closed = move(move(again, V.FEED_BACK, at=LATER + timedelta(days=30)), V.CLOSE, at=LATER + timedelta(days=30))
    assert V.APPEAL not in moves_of(cast["street_office"].actor, closed, [], at=LATER + timedelta(days=30))
    with pytest.raises(Refused, match="appealed_before"):
        move(closed, V.APPEAL, by=cast["street_office"].actor, at=LATER + timedelta(days=30))


def test_a_report_that_was_not_taken_on_is_looked_at_again_on_request(cast: Cast) -> None:
    found = move(report(), V.REJECT, at=LATER)
    move(found, V.ASK_REOPEN, by=ANONYMOUS, at=LATER)

    again = move(found, V.RECONSIDER, by=cast["duty_chief"].actor, at=LATER)

    assert (again.state, again.refusal, again.ended_at, again.reopens) == (State.REPORTED, "", None, 1)


def test_a_second_request_waits_until_the_first_is_answered(cast: Cast) -> None:
    found = move(case(State.CLOSED), V.ASK_REOPEN, by=ANONYMOUS, at=LATER)

    with pytest.raises(Refused, match="request_open"):
        move(found, V.ASK_REOPEN, by=ANONYMOUS, at=LATER)

    move(found, V.REFUSE_REOPEN, by=cast["duty_chief"].actor, at=LATER)
    assert move(found, V.ASK_REOPEN, by=ANONYMOUS, at=LATER).asking == "reopening"


def test_staff_ask_for_what_they_reported_at_home_and_for_nothing_else(cast: Cast) -> None:
    dispatcher = cast["dispatcher"].actor
    own = move(report(by=dispatcher), V.REJECT, at=LATER)
    theirs = move(report(), V.REJECT, at=LATER)

    assert move(own, V.ASK_REOPEN, by=dispatcher, at=LATER).asking == "reopening"
    with pytest.raises(NotPermitted):
        move(theirs, V.ASK_REOPEN, by=dispatcher, at=LATER)


def test_staff_ask_for_what_they_joined_and_for_what_their_report_was_merged_into(cast: Cast) -> None:
    clerk, mayor = cast["dispatcher"].actor, cast["mayor"].actor
    leading = case(State.FED_BACK)
    move(report(by=clerk), V.MERGE, at=LATER, into_id=leading.pk)
    Follower.objects.create(case=leading, person_id=mayor.person_id, handle="FOLLOWER", since=LATER)
    leading = move(leading, V.CLOSE, at=LATER)

    for one in (clerk, mayor):
        leading = move(move(leading, V.ASK_REOPEN, by=one, at=LATER), V.REFUSE_REOPEN, at=LATER)

    assert leading.asking == ""
