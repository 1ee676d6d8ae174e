# SPDX-License-Identifier: Apache-2.0
"""The pages of bulletins: drafted with two answers, edited beside their numbers, signed by somebody else."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from jiayuan.cases.enums import State
from jiayuan.inspections.models import Round
from jiayuan.supervision import services
from jiayuan.supervision.enums import BulletinState
from jiayuan.supervision.models import Bulletin
from jiayuan.supervision.services import BulletinId
from tests.cast import Cast
from tests.factories.cases import case
from tests.inspections.rounds import planned, published
from tests.supervision.conftest import offices
from tests.supervision.story import NOON, caught_up
from tests.supervision.test_bulletin_photos import findings_of, photo_of, release
from tests.supervision.test_bulletins import about_days, about_round, leader
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "offices", "planned", "small_town"]
pytestmark = pytest.mark.usefixtures("offices")
NEW = "/desk/bulletins/new/"


def url(bulletin: Bulletin, tail: str = "") -> str:
    """Where a bulletin stands."""
    return f"/desk/bulletins/{bulletin.handle}/{tail}"


def sent(browser: Client, where: str, form: Mapping[str, Any], status: int = 302) -> str:
    """Send a form; what the answer says."""
    answer = browser.post(where, dict(form))
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def test_a_bulletin_takes_two_answers_and_reads_with_its_numbers(cast: Cast) -> None:
    case(State.FILED)
    caught_up(NOON)
    writer = cast["county_supervisor"].client()

    sent(writer, NEW, {"kind": "period", "since": "2025-01-01", "until": "2025-01-03", "office": "YXQB-DQ"})

    page = told(writer, url(Bulletin.objects.get()))
    assert 'href="#fact-上报数"' in page
    assert "period.上报数" in page


def test_a_round_is_chosen_from_those_published(planned: Cast) -> None:
    row = published(planned)
    writer = planned["county_supervisor"].client()
    assert row.title in told(writer, NEW)

    sent(writer, NEW, {"kind": "round", "round": row.handle, "office": "YXQB-DQ"})

    assert Bulletin.objects.get().round_handle == row.handle


def test_wrong_answers_come_back_beside_their_fields(cast: Cast) -> None:
    writer = cast["county_supervisor"].client()

    page = sent(writer, NEW, {"kind": "period", "since": "2025-02-31", "until": "", "office": "YXQB-DQ"}, 422)

    assert "从哪一天到哪一天" in page
    assert not Bulletin.objects.exists()


def test_a_typed_figure_comes_back_with_everything_that_was_typed(cast: Cast) -> None:
    bulletin = about_days(cast)

    page = sent(
        cast["county_supervisor"].client(), url(bulletin, "parts/1/"), {"text": "共办结 88 件，详见附件1。"}, 422
    )  # fmt: skip

    assert "没有来源：88" in page
    assert "共办结 88 件，详见附件1。</textarea>" in page


def test_it_is_handed_up_signed_by_somebody_else_and_published(cast: Cast) -> None:
    bulletin, signer = about_days(cast), leader().client()
    writer = cast["county_supervisor"].client()
    sent(writer, url(bulletin, "hand_up/"), {"version": bulletin.version})
    assert bulletin.title in told(signer, "/desk/")
    assert "sign/" not in told(writer, url(bulletin))

    sent(signer, url(bulletin, "sign/"), {})

    assert Bulletin.objects.get().state == BulletinState.ISSUED
    assert "东清办通〔2025〕1号" in told(cast["checker"].client(), "/desk/bulletins/")


def test_a_draft_does_not_exist_for_others(cast: Cast) -> None:
    bulletin = about_days(cast)

    told(cast["checker"].client(), url(bulletin), status=404)
    assert sent(cast["checker"].client(), url(bulletin, "hand_up/"), {}, 404)


def test_what_somebody_else_changed_meanwhile_is_said(cast: Cast) -> None:
    bulletin = about_days(cast)
    services.edit_part(
        bulletin_id=BulletinId(bulletin.pk), number=1, text="现通报如下。", by=cast["county_supervisor"].actor, at=NOON
    )

    stale = {"text": "概况", "version": bulletin.version}
    page = sent(cast["county_supervisor"].client(), url(bulletin, "parts/2/"), stale, 409)

    assert "概况" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_in_every_language_while_its_text_stays_chinese(cast: Cast, language: str) -> None:
    bulletin = about_days(cast)

    page = told(in_language(language, cast["county_supervisor"].client()), url(bulletin))

    assert "现将2025年1月1日至1月3日" in page
    assert "%(" not in page


def test_a_long_bulletin_asks_no_more_than_a_short_one(planned: Cast) -> None:
    row, writer = published(planned, times=3), planned["county_supervisor"].client()
    short = about_days(planned)
    sent(writer, NEW, {"kind": "round", "round": row.handle, "office": "YXQB-DQ"})
    long = Bulletin.objects.get(kind="round")

    assert len(queries_of(writer, url(long))) == len(queries_of(writer, url(short))) <= SHELL + 5
    assert len(queries_of(writer, "/desk/bulletins/")) <= SHELL + 2


def test_released_photos_are_ticked_and_what_nobody_released_comes_back_with_the_choice(planned: Cast) -> None:
    row, writer = published(planned), planned["county_supervisor"].client()
    first, second, *_ = findings_of(row)
    handle, unseen = release(first, planned), photo_of(second)
    bulletin = about_round(planned, row.handle)
    assert url(bulletin, "photos/") in told(writer, url(bulletin))
    page = told(writer, url(bulletin, "photos/"))
    assert f"/media/{handle}/public_thumb" in page
    assert str(unseen) not in page

    again = sent(writer, url(bulletin, "photos/"), {"photos": [str(handle), str(unseen)]}, 422)
    assert f'value="{handle}" checked' in again
    sent(writer, url(bulletin, "photos/"), {"photos": ["nonsense"]}, 422)
    sent(writer, url(bulletin, "photos/"), {"photos": [str(handle)]})

    assert [one.handle for one in bulletin.photos.all()] == [handle]
    assert f'value="{handle}" checked' in told(writer, url(bulletin, "photos/"))


def test_the_page_of_photos_says_where_none_is_released_and_does_not_exist_for_others(planned: Cast) -> None:
    bulletin = about_round(planned, published(planned).handle)

    page = told(planned["county_supervisor"].client(), url(bulletin, "photos/"))

    assert "还没有可用的照片" in page
    told(planned["checker"].client(), url(bulletin, "photos/"), status=404)
    assert Client().get(url(bulletin, "photos/")).status_code == 302


def test_more_problems_ask_no_more_for_their_photos(planned: Cast) -> None:
    writer, few = planned["county_supervisor"].client(), about_round(planned, published(planned, times=1).handle)
    asked = queries_of(writer, url(few, "photos/"))
    for finding in findings_of(Round.objects.get()):
        release(finding, planned)

    assert len(queries_of(writer, url(few, "photos/"))) <= len(asked) + 1 <= SHELL + 10
