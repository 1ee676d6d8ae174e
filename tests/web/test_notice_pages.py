# SPDX-License-Identifier: Apache-2.0
"""How messages reach me, the way out of all mail, and the editor of the words of messages."""

import pytest
from django.test import Client

from jiayuan.notices import queries
from jiayuan.notices.enums import Channel, Pace
from jiayuan.notices.kinds import kinds
from tests.cast import Cast
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]
HOW, ALL = "/desk/notices/how/", "/desk/settings/notices/"
FILED = f"{ALL}told.cases.filed/sms/zh-hans/"


def test_the_digest_is_chosen_on_a_page_of_ones_own(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    assert HOW in told(browser, "/desk/notices/")

    answer = browser.post(HOW, {"pace": "daily"})

    assert answer.status_code == 302
    assert queries.pace_of(cast["acceptor"].actor) is Pace.DAILY
    assert queries.pace_of(cast["checker"].actor) is Pace.AT_ONCE
    assert 'value="daily"' in told(browser, HOW).split("checked")[0][-200:]


def test_a_choice_that_there_is_not_is_refused_beside_the_question(cast: Cast) -> None:
    answer = cast["acceptor"].client().post(HOW, {"pace": "hourly"})

    assert answer.status_code == 422
    assert "请选择一项" in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_out_asks_first_and_needs_no_password(cast: Cast, language: str) -> None:
    member = cast["acceptor"]
    browser, page = in_language(language), f"/notices/stop/{queries.token_of(member.account.pk)}/"

    asked = told(browser, page)
    before = queries.pace_of(member.actor)
    answer = browser.post(page)

    assert before is Pace.AT_ONCE
    assert member.part.name not in asked
    assert member.part.username not in asked
    assert answer.status_code == 200
    assert queries.pace_of(member.actor) is Pace.INBOX


def test_a_mail_program_ends_mail_with_one_press_and_may_repeat_itself(cast: Cast) -> None:
    member, program = cast["acceptor"], Client(enforce_csrf_checks=True)
    page = f"/notices/stop/{queries.token_of(member.account.pk)}/"

    answers = [program.post(page, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert queries.pace_of(member.actor) is Pace.INBOX
    assert queries.pace_of(cast["checker"].actor) is Pace.AT_ONCE


def test_the_way_out_of_somebody_else_cannot_be_guessed(cast: Cast) -> None:
    assert Client().post(f"/notices/stop/{cast['acceptor'].account.pk}:x/").status_code == 404
    assert queries.pace_of(cast["acceptor"].actor) is Pace.AT_ONCE


def test_words_are_looked_at_first_then_hold_and_then_the_shipped_ones_hold_again(cast: Cast) -> None:
    browser = cast["administrator"].client()
    typed = {"body": "您的上报{handle}已受理，详见{link}", "number": "0"}

    looked = browser.post(FILED, typed | {"look": "1"}).content.decode()
    between = queries.words_of("told.cases.filed", "zh-hans", Channel.SMS)
    kept = browser.post(FILED, typed)
    own = told(browser, FILED)
    browser.post(FILED, {"shipped": "1", "number": "1"})

    assert "您的上报7K3M9P2RTXA已受理，详见" in looked
    assert between is not None
    assert not between.is_own
    assert kept.status_code == 302
    assert "您的上报{handle}已受理" in own
    assert "自定模板" in own
    assert "正在使用内置文字" in told(browser, FILED)


def test_refused_words_come_back_beside_their_field_and_the_shipped_ones_stay(cast: Cast) -> None:
    browser = cast["administrator"].client()

    answer = browser.post(FILED, {"body": "您好{name}，已受理", "number": "0"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_body_error"' in page
    assert "您好{name}，已受理" in page
    assert "正在使用内置文字" in told(browser, FILED)


def test_whoever_was_slower_keeps_what_was_typed(cast: Cast) -> None:
    browser = cast["administrator"].client()
    browser.post(FILED, {"body": "先写的{link}", "number": "0"})

    answer = browser.post(FILED, {"body": "后写的{link}", "number": "0"})

    assert answer.status_code == 409
    assert "后写的{link}" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["nothing/email/en/", "cases.filed/sms/en/", "cases.filed/email/xx/", "cases.filed/in_app/en/"]
)
def test_a_kind_channel_or_language_that_there_is_not_is_not_found(cast: Cast, path: str) -> None:
    told(cast["administrator"].client(), ALL + path, status=404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_message_is_listed_and_can_be_looked_at(cast: Cast, language: str) -> None:
    browser = in_language(language, cast["administrator"].client())

    page = told(browser, ALL)

    assert [kind.code for kind in kinds() if f"{ALL}{kind.code}/email/" not in page] == []
    told(browser, FILED)
    assert len(queries_of(browser, ALL)) <= SHELL + 2


def test_every_kind_has_invented_words_for_all_its_placeholders() -> None:
    assert [kind.code for kind in kinds() if "…" in kind.sample_values.values()] == []
