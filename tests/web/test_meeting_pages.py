# SPDX-License-Identifier: Apache-2.0
"""The pages of joint meetings: prepared by ticks, held, decided, written up; nothing typed is lost."""

import pytest

from jiayuan.cases.models import Case
from jiayuan.notices.models import Notice
from jiayuan.supervision import events, services
from jiayuan.supervision.enums import Attendance, MeetingState
from jiayuan.supervision.models import Agendum, Decision, Meeting, Roll, Sheet
from jiayuan.supervision.services import MeetingId
from tests.cast import Cast
from tests.factories.cases import QUARTER, unit_id
from tests.supervision.conftest import offices
from tests.supervision.story import NOON, caught_up, decided, held, meeting, third_return
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told
from tests.web.test_sheet_pages import sent

__all__ = ["cast", "ground", "offices", "small_town"]
pytestmark = pytest.mark.usefixtures("offices")
NEW = "/desk/sheets/meetings/new/"
FORM = {"title": "清洁家园联席会议", "day": "2025-01-03", "hour": "15:00", "office": "YXQB-DQ"}


def url(made: Meeting, tail: str = "") -> str:
    """Where a meeting stands."""
    return f"/desk/sheets/meetings/{made.handle}/{tail}"


def test_what_waits_for_a_meeting_is_ticked_already_and_planned_with_one_press(cast: Cast) -> None:
    waiting, chief = third_return(), cast["duty_chief"].client()
    page = told(chief, NEW)
    assert f'value="{waiting.handle}" checked' in page

    sent(chief, NEW, form={**FORM, "agenda": [waiting.handle], "units": [str(unit_id())], "matters": "保洁经费\n"})

    made = Meeting.objects.get()
    assert [one.case_id or one.matter for one in Agendum.objects.order_by("number")] == [waiting.pk, "保洁经费"]
    assert made.title in told(chief, "/desk/sheets/meetings/")
    assert made.title in told(chief, "/desk/")
    assert waiting.handle in told(chief, url(made))


def test_what_was_typed_stays_when_something_is_refused(cast: Cast) -> None:
    page = sent(cast["duty_chief"].client(), NEW, 422, {**FORM, "day": "明天", "matters": "保洁经费", "venue": "二楼"})

    assert "保洁经费" in page
    assert 'value="二楼"' in page
    assert not Meeting.objects.exists()


def test_a_proposal_goes_on_the_agenda_with_one_tap_and_comes_off_with_another(cast: Cast) -> None:
    waiting, chief = third_return(), cast["duty_chief"].client()
    made = meeting("保洁经费", by=cast["duty_chief"].actor)
    assert f'name="case" value="{waiting.handle}"' in told(chief, url(made))

    sent(chief, url(made, "put_on/"), form={"case": waiting.handle})
    sent(chief, url(made, "take_off/"), form={"number": "1"})

    assert Agendum.objects.get().case_id == waiting.pk
    assert f'name="case" value="{waiting.handle}"' not in told(chief, url(made))


@pytest.mark.parametrize("form", [{"matter": " "}, {"whistle": "00000000000"}, {"case": "00000000000"}])
def test_nothing_that_is_not_there_goes_on_the_agenda(cast: Cast, form: dict[str, str]) -> None:
    made = meeting("保洁经费", by=cast["duty_chief"].actor)

    sent(cast["duty_chief"].client(), url(made, "put_on/"), 422, form)

    assert Agendum.objects.count() == 1


def test_from_who_was_there_to_the_numbered_minutes(cast: Cast) -> None:
    waiting, chief = third_return(), cast["duty_chief"].client()
    made = meeting(waiting, by=cast["duty_chief"].actor)
    street, town = unit_id(), unit_id("YX-990101100")

    sent(
        chief,
        url(made, "hold/"),
        form={f"there_{street}": "present", f"post_{street}": "主任", f"there_{town}": "excused"},
    )
    sent(
        chief,
        url(made, "decide/"),
        form={"number": "1", "unit": str(street), "what": "立即清理。", "until": "2025-01-15"},
    )
    sent(chief, url(made, "issue/"))

    assert dict(Roll.objects.values_list("unit_id", "attendance")) == {
        street: Attendance.PRESENT,
        town: Attendance.EXCUSED,
    }
    page = told(chief, url(made))
    assert Meeting.objects.get().number in page
    assert Sheet.objects.get().number in page
    assert Case.objects.get(pk=waiting.pk).unit_id == street


def test_a_refused_decision_comes_back_open_with_what_was_typed(cast: Cast) -> None:
    made = held("保洁经费", by=cast["duty_chief"].actor)

    page = sent(
        cast["duty_chief"].client(), url(made, "decide/"), 422,
        {"number": "1", "unit": str(unit_id()), "what": "列入预算。", "until": ""},
    )  # fmt: skip

    assert "列入预算。" in page
    assert '<details class="j-move" open>' in page
    assert not Decision.objects.exists()


def test_minutes_of_a_page_that_is_older_are_not_issued(cast: Cast) -> None:
    made = held("保洁经费", by=cast["duty_chief"].actor)

    sent(cast["duty_chief"].client(), url(made, "issue/"), 409, {"version": "0"})

    assert Meeting.objects.get().state == MeetingState.HELD


def test_an_invited_unit_reads_the_meeting_and_is_told_but_moves_nothing(cast: Cast) -> None:
    made = meeting("保洁经费", by=cast["duty_chief"].actor)
    caught_up(NOON)
    handler = cast["street_office"].client()

    page = told(handler, url(made))
    sent(handler, url(made, "cancel/"), 403)

    assert "保洁经费" in page
    assert url(made, "put_on/") not in page
    accounts = Notice.objects.filter(kind=events.MeetingPlanned.KIND).values_list("account_id", flat=True)
    assert set(accounts) == {cast[part].account.pk for part in ("street_office", "unit_lead")}
    told(cast["bureau"].client(), url(made), status=404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meeting_reads_in_every_language(cast: Cast, language: str) -> None:
    waiting, chief = third_return(), cast["duty_chief"]
    made = held(waiting, "保洁经费", by=chief.actor, is_example=True)
    decided(made, 1, by=chief.actor)
    services.issue_minutes(meeting_id=MeetingId(made.pk), by=chief.actor, at=NOON + QUARTER)

    page = told(in_language(language, chief.client()), url(made))

    assert "%(" not in page
    assert waiting.handle in page


def test_the_list_asks_the_database_the_same_for_one_and_for_many(cast: Cast) -> None:
    chief = cast["duty_chief"]
    meeting("保洁经费", by=chief.actor)
    few = queries_of(chief.client(), "/desk/sheets/meetings/")
    for _ in range(12):
        meeting("保洁经费", by=chief.actor)

    assert len(queries_of(chief.client(), "/desk/sheets/meetings/")) == len(few) <= SHELL + 8
