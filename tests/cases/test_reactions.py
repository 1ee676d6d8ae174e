# SPDX-License-Identifier: Apache-2.0
"""Who is told what when something happened to a case."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.models import Case
from jiayuan.cases.services import erase_old_contacts
from jiayuan.media.models import Photo
from jiayuan.notices.models import Notice
from jiayuan.notices.queries import inbox
from jiayuan.people.models import Account
from jiayuan.people.services import appoint
from jiayuan.record import readers
from jiayuan.record.models import StoredEvent
from tests.cast import BUREAU, DISTRICT, MORNING, NEW_YEAR, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move, photo, report

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 10 * QUARTER


def told_of(found: Case, cast: Cast) -> set[str]:
    """The parts of the cast that got a notice of the newest event of a case."""
    readers.relay(LATER)
    newest = StoredEvent.objects.filter(kind__startswith="cases.").order_by("position").last()
    assert newest is not None
    assert newest.subject_id == found.pk
    told = set(Notice.objects.filter(event_position=newest.position).values_list("account_id", flat=True))
    return {name for name, member in cast.members.items() if member.account.pk in told}


@pytest.mark.parametrize(
    ("state", "parts"),
    [
        (State.REPORTED, {"acceptor", "duty_chief"}),
        (State.VERIFYING, {"grid_worker", "village_clerk"}),
        (State.VERIFIED, {"acceptor", "duty_chief"}),
        (State.FILED, {"dispatcher", "duty_chief"}),
        (State.DISPATCHED, {"street_office", "unit_lead"}),
        (State.RETURNED, {"duty_chief"}),
        (State.HANDLING, set()),
        (State.FED_BACK, {"checker"}),
        (State.REWORK, {"street_office", "unit_lead"}),
        (State.CLOSED, set()),
        (State.REJECTED, set()),
        (State.SHELVED, {"street_office", "unit_lead"}),
        (State.VOID, set()),
        (State.MERGED, set()),
    ],
)
def test_whoever_can_go_on_is_told_and_nobody_else(cast: Cast, state: State, parts: set[str]) -> None:
    assert told_of(case(state), cast) == parts


def test_whoever_took_the_step_needs_no_notice_of_it(cast: Cast) -> None:
    filed = move(report(), V.FILE, by=cast["duty_chief"].actor, at=LATER)

    assert told_of(filed, cast) == {"dispatcher"}


def test_nobody_is_called_to_check_own_work(cast: Cast) -> None:
    for part in ("unit_lead", "bureau"):
        person_id = cast[part].person_id
        appoint(person_id=person_id, role="checker", area=DISTRICT, starts_on=NEW_YEAR, by=SYSTEM, at=MORNING)

    for number in range(6):
        by = {V.SIGN: cast["street_office"].actor}
        assert told_of(case(State.FED_BACK, by=by, at=MORNING + number * QUARTER), cast) <= {"bureau", "checker"}


def test_when_nobody_is_left_to_be_drawn_all_who_may_check_are_told(cast: Cast) -> None:
    Account.objects.filter(pk=cast["checker"].account.pk).update(is_active=False)

    assert told_of(case(State.FED_BACK), cast) == {"county_supervisor"}


def test_another_units_people_hear_nothing(cast: Cast) -> None:
    assert told_of(case(State.DISPATCHED, unit=BUREAU), cast) == {"bureau"}


def test_a_notice_comes_once_however_often_the_readers_run(cast: Cast) -> None:
    case(State.DISPATCHED)

    readers.relay(LATER)
    before = Notice.objects.count()
    readers.relay(LATER)

    assert Notice.objects.count() == before > 0


def test_a_notice_reads_as_a_sentence_and_leads_to_the_case(cast: Cast) -> None:
    found = case(State.DISPATCHED)
    readers.relay(LATER)

    (notice,) = inbox(cast["street_office"].actor).notices

    assert notice.link == f"/desk/cases/{found.handle}/"
    assert "桥头社区" in notice.text
    assert "%(" not in notice.text


def test_the_pictures_as_received_begin_to_run_out_when_the_case_has_ended() -> None:
    before = photo()
    found = case(State.FED_BACK, photos=(before,))
    readers.relay(LATER)
    assert Photo.objects.get(handle=before).purge_after is None

    move(found, V.CLOSE, at=LATER)
    readers.relay(LATER)

    assert Photo.objects.filter(purge_after=None).count() == 0


def _kept_until(handle: UUID) -> date | None:
    readers.relay(LATER)
    return Photo.objects.get(handle=handle).purge_after


@pytest.mark.parametrize(
    ("ends", "again"), [((V.FILE, V.DISPATCH, V.SIGN, V.FEED_BACK, V.CLOSE), V.REOPEN), ((V.REJECT,), V.RECONSIDER)]
)
def test_the_pictures_as_received_stay_when_the_case_runs_again(ends: tuple[V, ...], again: V) -> None:
    before = photo()
    found = report(photos=(before,))
    for verb in ends:
        found = move(found, verb, at=LATER)
    assert _kept_until(before) is not None

    move(move(found, V.ASK_REOPEN, at=LATER), again, at=LATER)

    assert _kept_until(before) is None


def test_the_pictures_of_a_duplicate_stay_as_long_as_the_case_that_leads_is_open() -> None:
    before, leading = photo(), case(State.FED_BACK)
    move(report(photos=(before,)), V.MERGE, at=LATER, into_id=leading.pk)
    assert _kept_until(before) is None

    leading = move(leading, V.CLOSE, at=LATER)
    assert _kept_until(before) is not None

    move(move(leading, V.ASK_REOPEN, at=LATER), V.REOPEN, at=LATER)
    assert _kept_until(before) is None


def test_the_number_of_a_duplicates_reporter_is_kept_as_long_as_the_case_that_leads_is_open() -> None:
    leading = case(State.FED_BACK)
    move(report(contact_phone="13987654321"), V.MERGE, at=LATER, into_id=leading.pk)
    years_later = LATER + timedelta(days=800)

    assert erase_old_contacts(by=SYSTEM, at=years_later) == 0

    move(leading, V.CLOSE, at=LATER)
    assert erase_old_contacts(by=SYSTEM, at=years_later) == 1
