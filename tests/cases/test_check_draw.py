# SPDX-License-Identifier: Apache-2.0
"""Drawing who checks a case: from outside, by a recorded seed, and only the drawn one decides."""

from datetime import datetime, timedelta

import pytest

from jiayuan.cases import rules
from jiayuan.cases.enums import DeclineReason, DrawEnding, DrawReason, Shortfall, State, V
from jiayuan.cases.events import CheckerDrawn
from jiayuan.cases.models import Case, CheckDraw
from jiayuan.cases.queries import history_of, moves_of, to_do
from jiayuan.cases.services import CaseId, close, decline_check, redraw_checker, redraw_silent, send_back
from jiayuan.kernel.access import ANONYMOUS, Actor
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.people.models import Account, Post
from jiayuan.people.services import appoint
from jiayuan.places import queries as places
from jiayuan.places.models import Organisation
from jiayuan.record.models import StoredEvent
from tests.cast import BUREAU, DISTRICT, MORNING, NEW_YEAR, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move, seed_for, unit_id

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 8 * QUARTER


def also_checker(cast: Cast, *parts: str, unit: int | None = None) -> None:
    """Members of the cast who can be drawn too."""
    for part in parts:
        appoint(
            person_id=cast[part].person_id,
            role="checker",
            area=DISTRICT,
            organisation_id=unit,
            starts_on=NEW_YEAR,
            by=SYSTEM,
            at=MORNING,
        )


def draw_of(found: Case) -> CheckDraw:
    return CheckDraw.objects.filter(case=found).order_by("round", "attempt").get(ended_at=None)


def drawn_at_last(found: Case) -> CheckerDrawn:
    """The newest draw as the record keeps it."""
    drawn = [item.event for item in history_of(found) if isinstance(item.event, CheckerDrawn)]
    return drawn[-1]


def fed_back(at: datetime = MORNING, *, drawn: int | None = None) -> Case:
    return case(State.FED_BACK, at=at, drawn=drawn)


def test_the_checker_is_drawn_with_the_feedback_and_the_seed_is_recorded(cast: Cast) -> None:
    also_checker(cast, "mayor", "auditor")

    found = fed_back()

    drawn, event = draw_of(found), drawn_at_last(found)
    able = {cast[part].person_id for part in ("checker", "mayor", "auditor")}
    lot = rules.draw(seed=event.seed, able=able, barred=(), latest=())
    assert found.checker_id == drawn.checker_id == event.checker == lot.person_id
    assert (event.eligible, event.eligible_digest, event.relaxed) == (3, rules.digest_of(able), False)
    assert (drawn.why, drawn.round, drawn.attempt) == (DrawReason.FED_BACK, 1, 1)


def test_who_was_drawn_is_in_the_private_part_alone(cast: Cast) -> None:
    found = fed_back()

    (row,) = StoredEvent.objects.filter(kind=CheckerDrawn.KIND, subject_id=found.pk)

    assert "checker" not in row.payload
    assert f":{cast['checker'].person_id}," not in row.payload


def test_nobody_of_the_unit_and_of_the_body_above_it_and_none_of_the_hands_is_drawn(cast: Cast) -> None:
    above = Organisation.objects.exclude(pk=unit_id()).order_by("pk")[0]
    Organisation.objects.filter(pk=unit_id()).update(parent=above)
    places.forget()
    also_checker(cast, "unit_lead")
    also_checker(cast, "mayor", unit=above.pk)
    appoint(
        person_id=cast["checker"].person_id,
        role="handler",
        area=DISTRICT,
        organisation_id=unit_id(BUREAU),
        starts_on=NEW_YEAR,
        by=SYSTEM,
        at=MORNING,
    )
    also_checker(cast, "auditor")

    found = case(State.FED_BACK, unit=BUREAU, by={V.SIGN: cast["bureau"].actor})
    at_home = fed_back()

    assert found.checker_id in {cast["auditor"].person_id, cast["unit_lead"].person_id, cast["mayor"].person_id}
    assert at_home.checker_id in {cast["auditor"].person_id, cast["checker"].person_id}
    assert draw_of(at_home).eligible == 2


def test_only_the_drawn_one_closes_or_sends_back(cast: Cast) -> None:
    also_checker(cast, "mayor")
    found = fed_back(drawn=cast["checker"].person_id)
    other = cast["mayor"].actor

    with pytest.raises(Refused, match="not_drawn"):
        close(case_id=CaseId(found.pk), by=other, at=LATER)
    with pytest.raises(Refused, match="not_drawn"):
        send_back(case_id=CaseId(found.pk), reason=Shortfall.PARTLY, note="", by=other, at=LATER)

    assert V.CLOSE not in moves_of(other, found, history_of(found), at=LATER)
    assert V.CLOSE in moves_of(cast["checker"].actor, found, history_of(found), at=LATER)
    assert close(case_id=CaseId(found.pk), by=cast["checker"].actor, at=LATER).state == State.CLOSED
    assert CheckDraw.objects.get(case=found).ending == DrawEnding.CHECKED


def test_the_to_do_list_holds_only_the_checks_drawn_for_its_reader(cast: Cast) -> None:
    also_checker(cast, "mayor")
    mine, theirs = (fed_back(drawn=cast[part].person_id) for part in ("checker", "mayor"))

    heaps = {heap.verb: [row.id for row in heap.rows] for heap in to_do(cast["checker"].actor)}

    assert heaps["check"] == [mine.pk]
    assert theirs.pk not in heaps["check"]
    assert "check" not in {heap.verb for heap in to_do(cast["county_supervisor"].actor)}


def test_nobody_checks_the_same_unit_four_times_running_while_there_is_somebody_else(cast: Cast) -> None:
    also_checker(cast, "mayor")
    first = cast["checker"].person_id

    drawn = [fed_back(MORNING + number * QUARTER, drawn=first).checker_id for number in range(5)]

    assert drawn[:3] == [first] * 3
    assert drawn[3] == cast["mayor"].person_id
    assert drawn[4] == first


def test_the_rule_of_three_gives_way_when_there_is_nobody_else_and_that_is_recorded(cast: Cast) -> None:
    cases = [fed_back(MORNING + number * QUARTER) for number in range(4)]

    assert {found.checker_id for found in cases} == {cast["checker"].person_id}
    assert [draw_of(found).relaxed for found in cases] == [False, False, False, True]
    assert drawn_at_last(cases[3]).relaxed


def test_when_nobody_is_left_the_check_stays_open_to_the_areas_supervisor(cast: Cast) -> None:
    Account.objects.filter(pk=cast["checker"].account.pk).update(is_active=False)

    found = fed_back()

    assert (found.checker_id, draw_of(found).eligible) == (None, 0)
    supervisor = cast["county_supervisor"].actor
    assert [heap.verb for heap in to_do(supervisor)] == ["check"]
    assert close(case_id=CaseId(found.pk), by=supervisor, at=LATER).state == State.CLOSED


def nobody_left(cast: Cast) -> Case:
    """A case for whose check nobody could be drawn."""
    Account.objects.filter(pk=cast["checker"].account.pk).update(is_active=False)
    return fed_back()


def supervises_too(cast: Cast, part: str, *, unit: int | None = None) -> Actor:
    """A member of the cast with a supervisor's post beside, who may check but is never drawn."""
    person_id = cast[part].person_id
    appoint(
        person_id=person_id,
        role="county_supervisor",
        area=DISTRICT,
        organisation_id=unit,
        starts_on=NEW_YEAR,
        by=SYSTEM,
        at=MORNING,
    )
    return cast[part].actor


def refused_as_kept_away(found: Case, by: Actor) -> bool:
    """Whether somebody who may check in general is refused here, and shown no button."""
    with pytest.raises(Refused) as refused:
        close(case_id=CaseId(found.pk), by=by, at=LATER)
    return refused.value.code == "kept_away" and V.CLOSE not in moves_of(by, found, history_of(found), at=LATER)


def test_where_nobody_is_left_the_body_above_the_unit_does_not_check_either(cast: Cast) -> None:
    above = Organisation.objects.exclude(pk=unit_id()).order_by("pk")[0]
    Organisation.objects.filter(pk=unit_id()).update(parent=above)
    places.forget()
    by = supervises_too(cast, "mayor", unit=above.pk)

    assert refused_as_kept_away(nobody_left(cast), by)


def test_where_nobody_is_left_whoever_declined_does_not_check_after_all(cast: Cast) -> None:
    found = fed_back()
    decline_check(case_id=CaseId(found.pk), reason=DeclineReason.KNOWS, note="", by=cast["checker"].actor, at=LATER)

    found.refresh_from_db()
    assert found.checker_id is None
    assert refused_as_kept_away(found, cast["checker"].actor)


def test_the_rule_of_three_holds_where_nobody_is_left_while_there_is_somebody_else(cast: Cast) -> None:
    first, other = cast["county_supervisor"].actor, supervises_too(cast, "mayor")
    for _ in range(3):
        found = close(case_id=CaseId(nobody_left(cast).pk), by=first, at=LATER)
        drawn = CheckDraw.objects.get(case=found)
        assert (drawn.checker_id, drawn.eligible) == (first.person_id, 0)

    fourth = nobody_left(cast)
    assert refused_as_kept_away(fourth, first)
    assert close(case_id=CaseId(fourth.pk), by=other, at=LATER).state == State.CLOSED


def test_whoever_handed_in_pictures_is_not_drawn_under_a_later_post(cast: Cast) -> None:
    found = move(case(State.HANDLING), V.HAND_IN, by=cast["unit_lead"].actor, at=LATER)
    Post.objects.filter(person_id=cast["unit_lead"].person_id).delete()
    also_checker(cast, "unit_lead")

    move(found, V.FEED_BACK, at=LATER + QUARTER)

    assert draw_of(found).eligible == 1


def test_who_declines_is_not_drawn_again_in_this_round(cast: Cast) -> None:
    also_checker(cast, "mayor")
    found = fed_back(drawn=cast["checker"].person_id)
    seed = seed_for(cast["checker"].person_id)

    again = decline_check(
        case_id=CaseId(found.pk), reason=DeclineReason.KNOWS, note="", by=cast["checker"].actor, at=LATER, seed=seed
    )

    assert again.checker_id == cast["mayor"].person_id
    first, second = CheckDraw.objects.filter(case=found).order_by("attempt")
    assert (first.ending, first.declined, second.why) == (DrawEnding.REPLACED, DeclineReason.KNOWS, DrawReason.DECLINED)
    assert (second.round, second.attempt) == (1, 2)


def test_only_the_drawn_one_declines_and_names_a_reason(cast: Cast) -> None:
    found = fed_back()

    for by, code in ((cast["county_supervisor"].actor, "not_drawn"), (ANONYMOUS, "not_permitted")):
        with pytest.raises(Refused) as refused:
            decline_check(case_id=CaseId(found.pk), reason=DeclineReason.AWAY, note="", by=by, at=LATER)
        assert refused.value.code == code


@pytest.mark.parametrize("part", ["duty_chief", "county_supervisor"])
def test_another_one_is_drawn_on_order_with_a_reason(cast: Cast, part: str) -> None:
    also_checker(cast, "mayor")
    found = fed_back(drawn=cast["checker"].person_id)

    again = redraw_checker(case_id=CaseId(found.pk), note="他本周请假", by=cast[part].actor, at=LATER)

    assert again.checker_id == cast["mayor"].person_id
    event = drawn_at_last(found)
    assert (event.why, event.attempt) == (DrawReason.ORDERED, 2)
    assert event.text_id is not None


def test_another_draw_needs_the_right_a_reason_and_a_waiting_check(cast: Cast) -> None:
    found, handling = fed_back(), case(State.HANDLING)
    chief: Actor = cast["duty_chief"].actor

    with pytest.raises(NotPermitted):
        redraw_checker(case_id=CaseId(found.pk), note="换人", by=cast["unit_lead"].actor, at=LATER)
    with pytest.raises(Refused, match="missing_note"):
        redraw_checker(case_id=CaseId(found.pk), note="", by=chief, at=LATER)
    with pytest.raises(Refused, match="wrong_state"):
        redraw_checker(case_id=CaseId(handling.pk), note="换人", by=chief, at=LATER)


def test_whoever_does_not_answer_in_time_is_replaced(cast: Cast) -> None:
    also_checker(cast, "mayor")
    found = fed_back(drawn=cast["checker"].person_id)
    limit = draw_of(found).answer_by
    assert limit is not None

    assert redraw_silent(by=SYSTEM, at=limit) == 0
    assert redraw_silent(by=SYSTEM, at=limit + timedelta(minutes=1)) == 1

    found.refresh_from_db()
    assert found.checker_id == cast["mayor"].person_id
    assert drawn_at_last(found).why == DrawReason.SILENT


def test_a_rework_is_drawn_anew_in_its_own_round(cast: Cast) -> None:
    found = fed_back()
    found = move(found, V.SEND_BACK, by=cast["checker"].actor, at=LATER)
    assert found.checker_id is None

    found = move(found, V.FEED_BACK, at=LATER + QUARTER)

    assert [(one.round, one.attempt, one.ending) for one in CheckDraw.objects.filter(case=found).order_by("round")] == [
        (1, 1, DrawEnding.CHECKED),
        (2, 1, ""),
    ]
