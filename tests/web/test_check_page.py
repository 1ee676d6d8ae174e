# SPDX-License-Identifier: Apache-2.0
"""The checker's page: two pictures, what stands out, three answers – and nothing for the unit."""

from datetime import timedelta

import pytest
from django.test import Client

from jiayuan.cases.enums import DeclineReason, Shortfall, State, V
from jiayuan.cases.models import Case, CheckDraw
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.media.illustrations import Fake, Scene, Setting, Shot, fake_pair, scripted_pair
from jiayuan.media.services import derive_due, receive
from jiayuan.people.services import appoint
from tests.cast import DISTRICT, MORNING, NEW_YEAR, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
START = MORNING - timedelta(hours=4)
DONE = START + 6 * QUARTER
SHOTS = {"before": Shot(at=START - timedelta(minutes=70)), "after": Shot(at=DONE - timedelta(minutes=10))}


def fed_back(pair: tuple[bytes, bytes]) -> Case:
    moments = (START, DONE)
    before, after = (receive(data=data, by=ANONYMOUS, at=at).handle for data, at in zip(pair, moments, strict=True))
    found = case(State.HANDLING, photos=(before,), text="路口一大堆", at=START)
    found = move(found, V.FEED_BACK, evidence=[after], note="已清走", at=DONE)
    derive_due(by=SYSTEM, at=DONE)
    return found


def honest(number: int = 3) -> tuple[bytes, bytes]:
    return scripted_pair(number, Scene.RUBBISH, Setting.STREET, **SHOTS)


def faked(kind: Fake, *, other: bytes = b"") -> tuple[bytes, bytes]:
    return fake_pair(kind, 60, Scene.WATER, Setting.STREET, **SHOTS, other=other)


def page_of(found: Case) -> str:
    return f"/desk/cases/{found.handle}/check/"


def post(browser: Client, found: Case, verb: str, **fields: str) -> int:
    answer = browser.post(f"{page_of(found)}{verb}/", {"version": str(found.version), **fields})
    found.refresh_from_db()
    return int(answer.status_code)


def test_an_honest_pair_stands_side_by_side_and_nothing_stands_out(cast: Cast) -> None:
    said = told(cast["checker"].client(), page_of(fed_back(honest())))

    assert said.count("data-compare") == 1
    assert "照片没有异常提示" in said
    assert "j-flag" not in said
    assert "路口一大堆" in said
    assert "已清走" in said


def test_a_fake_is_said_in_a_sentence_with_the_way_to_the_other_case(cast: Cast) -> None:
    earlier = fed_back(honest())
    found = fed_back(faked(Fake.REUSED, other=honest()[1]))

    said = told(cast["checker"].client(), page_of(found))

    assert "与其他问题用过的一张照片几乎相同。" in said
    assert f"/desk/cases/{earlier.handle}/" in said
    assert "照片没有异常提示" not in said


def test_a_picture_of_a_case_out_of_reach_is_named_without_a_link(cast: Cast) -> None:
    earlier = fed_back(honest())
    found = fed_back(faked(Fake.REUSED, other=honest()[1]))
    Case.objects.filter(pk=earlier.pk).update(
        county="990121",
        town="990121100",
        village="990121100200",
        unit=None,
        due_at=None,
        state=State.FILED,
        in_time=None,
    )

    said = told(cast["checker"].client(), page_of(found))

    assert "与其他问题用过的一张照片几乎相同。" in said
    assert earlier.handle not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Fake.SAME, Fake.EARLY, Fake.EDITED])
def test_every_flag_reads_as_a_sentence_in_every_language(cast: Cast, kind: Fake, language: str) -> None:
    said = told(in_language(language, cast["checker"].client()), page_of(fed_back(faked(kind))))

    assert "j-flag" in said
    assert "%(" not in said


def test_one_tap_closes(cast: Cast) -> None:
    found = fed_back(honest())

    assert post(cast["checker"].client(), found, "close") == 302
    assert found.state == State.CLOSED


def test_it_is_sent_back_with_a_reason_and_asked_for_one_without(cast: Cast) -> None:
    found, browser = fed_back(honest()), cast["checker"].client()

    assert post(browser, found, "send_back", note="墙角还有") == 422
    assert found.state == State.FED_BACK
    assert post(browser, found, "send_back", reason=Shortfall.PARTLY, note="墙角还有") == 302
    assert found.state == State.REWORK


def test_what_was_typed_stays_when_a_reason_is_missing(cast: Cast) -> None:
    found = fed_back(honest())

    answer = cast["checker"].client().post(f"{page_of(found)}send_back/", {"note": "墙角还有一堆"})

    assert "墙角还有一堆" in answer.content.decode()


def test_another_one_is_drawn_when_the_drawn_one_declines(cast: Cast) -> None:
    found = fed_back(honest())
    appoint(person_id=cast["mayor"].person_id, role="checker", area=DISTRICT, starts_on=NEW_YEAR, by=SYSTEM, at=MORNING)

    assert post(cast["checker"].client(), found, "decline") == 422
    assert post(cast["checker"].client(), found, "decline", reason=DeclineReason.AWAY, note="家里有事") == 302
    assert found.checker_id == cast["mayor"].person_id
    said = told(cast["mayor"].client(), page_of(found))
    assert "家里有事" not in said
    assert "已清走" in said


def test_whoever_was_not_drawn_reads_the_page_without_its_answers(cast: Cast) -> None:
    found, browser = fed_back(honest()), cast["county_supervisor"].client()

    said = told(browser, page_of(found))

    assert "本件已抽到其他人核查。" in said
    assert "/check/close/" not in said
    assert "张清明" not in said
    assert post(browser, found, "close") == 422
    assert found.state == State.FED_BACK


@pytest.mark.parametrize("part", ["street_office", "unit_lead", "dispatcher", "acceptor"])
def test_nobody_without_the_right_to_check_opens_it(cast: Cast, part: str) -> None:
    assert cast[part].client().get(page_of(fed_back(honest()))).status_code == 403


def test_a_checker_of_the_unit_itself_finds_no_check(cast: Cast) -> None:
    found = fed_back(honest())
    appoint(
        person_id=cast["unit_lead"].person_id, role="checker", area=DISTRICT, starts_on=NEW_YEAR, by=SYSTEM, at=MORNING
    )

    assert cast["unit_lead"].client().get(page_of(found)).status_code == 404


def test_the_duty_chief_has_another_one_drawn_with_a_reason_and_never_reads_a_name(cast: Cast) -> None:
    found, browser = fed_back(honest()), cast["duty_chief"].client()
    address = f"/desk/cases/{found.handle}/redraw/"

    assert address in told(browser, f"/desk/cases/{found.handle}/")
    assert "张清明" not in told(browser, address)
    assert browser.post(address, {"note": ""}).status_code == 422
    assert browser.post(address, {"note": "他本周请假"}).status_code == 302
    assert CheckDraw.objects.filter(case=found).count() == 2


def test_a_page_asks_five_times_at_most(cast: Cast) -> None:
    other = honest()
    fed_back(other)
    found = fed_back(faked(Fake.REUSED, other=other[1]))

    asked = queries_of(cast["checker"].client(), page_of(found))

    assert len(asked) <= SHELL + 5, "\n".join(query[:90] + query[query.find(" FROM") :][:80] for query in asked)
