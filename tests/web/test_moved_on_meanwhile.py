# SPDX-License-Identifier: Apache-2.0
"""Whoever comes too late is told what happened and gets back what they typed; a picture in the making says so."""

import pytest

from jiayuan.cases.enums import State
from jiayuan.media.models import Photo
from jiayuan.media.services import derive
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.cases import case, photo
from tests.web.stories import cast, ground, in_language, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db


def test_the_note_of_a_move_that_came_too_late_is_shown_again(cast: Cast) -> None:
    found = case(State.FED_BACK)
    browser = in_language("zh-hans", cast["checker"].client())

    answer = browser.post(
        f"/desk/cases/{found.handle}/send_back/",
        {"version": found.version - 1, "reason": "partly", "note": "墙角还有一堆"},
    )

    assert answer.status_code == 409
    assert "墙角还有一堆" in answer.content.decode()


def test_a_picture_that_is_still_being_made_is_no_broken_picture(cast: Cast) -> None:
    handle = photo()
    found = case(photos=(handle,))
    browser = in_language("zh-hans", cast["county_supervisor"].client())

    before = told(browser, f"/desk/cases/{found.handle}/")
    derive(photo_id=Photo.objects.get(handle=handle).pk, by=SYSTEM, at=MORNING)
    after = told(browser, f"/desk/cases/{found.handle}/")

    assert f"/media/{handle}/thumb" not in before
    assert f"/media/{handle}/thumb" in after
