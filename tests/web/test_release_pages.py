# SPDX-License-Identifier: Apache-2.0
"""The desk's pages on which a person decides what the public sees: the queue, one photo, and every refusal."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from jiayuan.cases.enums import State
from jiayuan.cases.models import Case
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.media.enums import PhotoRole, RegionSource, RegionState, ReleaseState
from jiayuan.media.models import Photo, Region, Release
from jiayuan.media.services import ask_release, attach, derive, hold_back, prepare_due, receive
from tests.cast import MORNING, SYSTEM, Cast, Member
from tests.factories.cases import case
from tests.media.pictures import encoded
from tests.media.plates import with_plate
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
START = MORNING - timedelta(hours=4)
PLATE = (240, 300, 400, 351)
QUEUE = "/desk/photos/"
BEFORE, PROPOSED = "整改前", "待确认"
BLANK = {"left": "", "top": "", "width": "", "height": ""}


def waiting(*, role: PhotoRole = PhotoRole.BEFORE, seed: int = 1, by: Any = ANONYMOUS) -> tuple[Case, Photo]:
    """A closed case of the town with a photo that waits for a decision; the program has found its plate."""
    found = case(State.CLOSED, at=START)
    photo = receive(data=encoded(with_plate(PLATE, seed=seed), quality=95), by=by, at=START)
    derive(photo_id=photo.pk, by=SYSTEM, at=START)
    attach(photos=[photo.handle], to=found.ref, role=role, by=by, at=START)
    ask_release(handle=photo.handle, spot=found.spot, by=SYSTEM, at=MORNING)
    prepare_due(by=SYSTEM, at=MORNING)
    return found, photo


def page_of(photo: Photo) -> str:
    return f"{QUEUE}{photo.handle}/"


def decide(who: Member, photo: Photo, verb: str, **fields: Any) -> HttpResponse:
    """Send the form as the page was; what is named differs from it."""
    release = Release.objects.get(photo=photo)
    regions = [region.pk for region in release.regions.order_by("pk")]
    sent: Mapping[str, Any] = {"verb": verb, "seen": release.version, "shown": regions, "kept": regions, **BLANK}
    answer = who.client().post(f"{page_of(photo)}decide/", {**sent, **fields})
    assert isinstance(answer, HttpResponse)
    return answer


def state_of(photo: Photo) -> str:
    return Release.objects.get(photo=photo).state


def covered(photo: Photo) -> list[str]:
    kept = Region.objects.filter(release__photo=photo).exclude(state=RegionState.REMOVED)
    return list(kept.order_by("pk").values_list("source", flat=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_what_was_found_and_that_a_person_has_to_look(cast: Cast, language: str) -> None:
    _case, photo = waiting()

    said = told(in_language(language, cast["acceptor"].client()), page_of(photo))

    words = {
        "zh-hans": ("车牌（自动找到）", "程序不会全部找到", "确认公开", "不公开", "只保存修改"),
        "zh-hant": ("程式不會全部找到", "確認公開", "不公開", "只儲存修改"),
        "en": ("Number plate, found by the program", "No program finds everything", "Release to the public"),
    }
    assert [word for word in words[language] if word not in said] == []
    assert f'src="/media/{photo.handle}/large"' in said
    assert said.count("<rect") == 1


def test_a_photo_that_was_not_searched_says_so(cast: Cast) -> None:
    _case, photo = waiting()
    Release.objects.filter(photo=photo).update(detector="")

    assert "这张照片没有自动查找人脸和车牌" in told(cast["acceptor"].client(), page_of(photo))


def test_the_queue_and_the_to_do_page_lead_to_what_waits_and_only_whoever_may(cast: Cast) -> None:
    _case, photo = waiting()

    queue = told(cast["county_supervisor"].client(), QUEUE)

    assert page_of(photo) in queue
    assert "1 张照片待定" in queue
    assert f'href="{QUEUE}"' in told(cast["county_supervisor"].client(), "/desk/")
    assert QUEUE not in told(cast["bureau"].client(), "/desk/")
    assert page_of(photo) not in told(cast["outsider"].client(), "/desk/", status=200)


def test_what_was_released_leads_to_the_next_that_waits_and_then_to_the_queue(cast: Cast) -> None:
    _first, photo = waiting()
    _second, other = waiting(seed=2)

    answer = decide(cast["acceptor"], photo, "confirm")
    assert (answer.status_code, answer["Location"]) == (302, page_of(other))
    answer = decide(cast["acceptor"], other, "hold_back")

    assert answer["Location"] == QUEUE
    assert (state_of(photo), state_of(other)) == (ReleaseState.CONFIRMED, ReleaseState.WITHDRAWN)
    assert "没有待定的照片" in told(cast["acceptor"].client(), QUEUE)


def test_a_part_is_taken_away_and_another_told_in_numbers_without_a_script(cast: Cast) -> None:
    _case, photo = waiting()
    drawn = {"left": ["10", ""], "top": ["20.5", ""], "width": ["30", ""], "height": ["99", ""]}

    answer = decide(cast["acceptor"], photo, "cover", kept=[], **drawn)

    assert (answer["Location"], state_of(photo)) == (page_of(photo), ReleaseState.PROPOSED)
    box = Region.objects.get(release__photo=photo, source=RegionSource.BRUSH)
    assert (box.left, box.top, box.width, box.height) == (1000, 2050, 3000, 7950)
    assert covered(photo) == [RegionSource.BRUSH]
    said = told(cast["acceptor"].client(), page_of(photo))
    assert (said.count("<rect"), said.count('class="is-open"')) == (2, 1)


@pytest.mark.parametrize(
    "row",
    [
        {"left": "10", "top": "", "width": "5", "height": "5"},
        {"left": "10", "top": "10", "width": "0", "height": "5"},
        {"left": "100", "top": "10", "width": "5", "height": "5"},
        {"left": "NaN", "top": "10", "width": "5", "height": "5"},
        {"left": "-1", "top": "10", "width": "5", "height": "5"},
        {"left": "1e9", "top": "10", "width": "5", "height": "5"},
        {"left": "x", "top": "<b>", "width": "5", "height": "5"},
    ],
)
def test_a_part_that_is_no_part_is_refused_beside_its_numbers_and_nothing_is_lost(
    cast: Cast, row: dict[str, str]
) -> None:
    _case, photo = waiting()

    answer = decide(cast["acceptor"], photo, "confirm", kept=[], **row)

    said = answer.content.decode()
    assert (answer.status_code, state_of(photo)) == (422, ReleaseState.PROPOSED)
    assert "四个数都要填" in said
    assert said.count("j-part is-wrong") == 1
    assert said.count('class="is-open"') == 1
    assert f'name="width" min="0" max="100" step="any" inputmode="decimal" value="{row["width"]}"' in said


def test_a_page_that_somebody_else_overtook_is_refused_and_keeps_what_was_ticked_and_drawn(cast: Cast) -> None:
    _case, photo = waiting()
    old = {"seen": 0, "kept": []}
    decide(cast["dispatcher"], photo, "cover", left="1", top="1", width="2", height="2")

    answer = decide(cast["acceptor"], photo, "confirm", **old, left="50", top="50", width="7", height="7")

    said = answer.content.decode()
    assert (answer.status_code, state_of(photo)) == (409, ReleaseState.PROPOSED)
    assert "release_moved_on" in said
    assert 'value="7"' in said
    assert f'name="seen" value="{Release.objects.get(photo=photo).version}"' in said


def test_whoever_proved_the_work_by_a_photo_is_told_that_somebody_else_releases_it(cast: Cast) -> None:
    _case, photo = waiting(role=PhotoRole.AFTER, by=cast["acceptor"].actor)

    said = told(cast["acceptor"].client(), page_of(photo))
    answer = decide(cast["acceptor"], photo, "confirm", left="50", top="50", width="7", height="7")

    assert ("须由他人确认公开" in said, 'value="confirm"' in said) == (True, False)
    assert (answer.status_code, state_of(photo)) == (422, ReleaseState.PROPOSED)
    assert "release_own" in answer.content.decode()
    assert 'value="7"' in answer.content.decode()
    assert 'value="confirm"' in told(cast["dispatcher"].client(), page_of(photo))


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("bureau", 403), ("checker", 403), ("mayor", 403)])
def test_others_neither_look_nor_decide(cast: Cast, who: str, status: int) -> None:
    _case, photo = waiting()

    told(cast[who].client(), page_of(photo), status=status)
    assert decide(cast[who], photo, "confirm").status_code == status
    assert state_of(photo) == ReleaseState.PROPOSED


def test_a_photo_outside_the_reach_does_not_exist(cast: Cast) -> None:
    _case, photo = waiting()
    Release.objects.filter(photo=photo).update(
        place="421321100001", county="421321", town="421321100", village="421321100001"
    )

    told(cast["acceptor"].client(), page_of(photo), status=404)
    assert decide(cast["acceptor"], photo, "confirm").status_code == 404
    assert page_of(photo) not in told(cast["acceptor"].client(), QUEUE)


def test_an_unknown_verb_and_an_empty_form_decide_nothing(cast: Cast) -> None:
    _case, photo = waiting()

    assert decide(cast["acceptor"], photo, "publish").status_code == 404
    assert cast["acceptor"].client().post(f"{page_of(photo)}decide/").status_code == 404
    assert cast["acceptor"].client().post(f"{page_of(photo)}decide/", {"verb": "confirm"}).status_code == 409
    assert state_of(photo) == ReleaseState.PROPOSED


def test_a_photo_that_is_still_looked_through_offers_no_decision(cast: Cast) -> None:
    _case, photo = waiting()
    Release.objects.filter(photo=photo).update(state=ReleaseState.ASKED)

    said = told(cast["acceptor"].client(), page_of(photo))

    assert ("程序还在查找" in said, "data-cover" in said) == (True, False)
    assert decide(cast["acceptor"], photo, "confirm").status_code == 422


def test_the_pages_cost_the_same_for_few_and_for_many(cast: Cast) -> None:
    _case, photo = waiting()
    reader: Client = cast["acceptor"].client()
    few = [len(queries_of(reader, url)) for url in (QUEUE, page_of(photo))]
    for seed in range(2, 6):
        waiting(seed=seed)
    decide(cast["acceptor"], photo, "cover", left=["1", "9"], top=["1", "9"], width=["2", "2"], height=["2", "2"])

    assert [len(queries_of(reader, url)) for url in (QUEUE, page_of(photo))] == few
    assert few[0] <= SHELL + 8
    assert few[1] <= SHELL + 9


def test_a_released_photo_can_be_taken_back(cast: Cast) -> None:
    found, photo = waiting()
    decide(cast["acceptor"], photo, "confirm")
    prepare_due(by=SYSTEM, at=MORNING)
    assert f"/media/{photo.handle}/public" in told(cast["acceptor"].client(), page_of(photo))
    assert Client().get(f"/media/{photo.handle}/public").status_code == 200

    decide(cast["acceptor"], photo, "hold_back")

    assert Client().get(f"/media/{photo.handle}/public").status_code == 404
    hold_back(handle=photo.handle, spot=found.spot, by=SYSTEM, at=MORNING)


# ── for everybody, and on the case's page ─────────────────────────────────────────────────────────────────────────


def released(cast: Cast) -> tuple[Case, Photo]:
    found, photo = waiting()
    decide(cast["acceptor"], photo, "confirm")
    prepare_due(by=SYSTEM, at=MORNING)
    return found, photo


def test_a_receipt_shows_a_picture_only_while_it_is_released(cast: Cast) -> None:
    found, photo = waiting()
    receipt, thumb = f"/r/{found.handle}/", f"/media/{photo.handle}/public_thumb"
    assert "<img" not in told(Client(), receipt)

    decide(cast["acceptor"], photo, "confirm")
    prepare_due(by=SYSTEM, at=MORNING)
    said = told(Client(), receipt)
    assert said.count(f'src="{thumb}" alt="{BEFORE} · ') == 1
    assert 'loading="lazy"' in said
    assert Client().get(thumb).status_code == 200

    decide(cast["acceptor"], photo, "hold_back")
    assert "<img" not in told(Client(), receipt)
    assert Client().get(thumb).status_code == 404


def test_a_receipt_shows_nothing_of_a_photo_beside_its_public_picture(cast: Cast) -> None:
    found, photo = released(cast)
    waits = receive(data=encoded(with_plate(PLATE, seed=9), quality=95), by=ANONYMOUS, at=START)
    derive(photo_id=waits.pk, by=SYSTEM, at=START)
    attach(photos=[waits.handle], to=found.ref, role=PhotoRole.AFTER, by=ANONYMOUS, at=START)

    said = told(Client(), f"/r/{found.handle}/")

    assert (said.count("<img"), str(waits.handle) in said) == (1, False)
    assert [name for name in ("large", "thumb", "original") if f"/media/{photo.handle}/{name}" in said] == []


def test_a_receipt_with_pictures_costs_two_queries_more_than_its_shell(cast: Cast) -> None:
    found, _photo = released(cast)

    assert len(queries_of(Client(), f"/r/{found.handle}/")) <= SHELL + 6


def test_the_cases_page_says_how_far_each_photo_is_and_asks_for_one_by_hand(cast: Cast) -> None:
    found = case(State.CLOSED, at=START)
    photo = receive(data=encoded(with_plate(PLATE, seed=3), quality=95), by=ANONYMOUS, at=START)
    derive(photo_id=photo.pk, by=SYSTEM, at=START)
    attach(photos=[photo.handle], to=found.ref, role=PhotoRole.BEFORE, by=ANONYMOUS, at=START)
    page, ask = f"/desk/cases/{found.handle}/", f"{page_of(photo)}ask/"
    assert ask in told(cast["acceptor"].client(), page)
    assert ask not in told(cast["auditor"].client(), page)

    answer = cast["acceptor"].client().post(ask)

    assert answer["Location"] == page_of(photo)
    prepare_due(by=SYSTEM, at=MORNING)
    said = told(cast["acceptor"].client(), page)
    assert (PROPOSED in said, ask in said) == (True, False)
    assert page_of(photo) in said
    assert page_of(photo) not in told(cast["auditor"].client(), page)


def test_whoever_may_not_release_asks_for_nothing(cast: Cast) -> None:
    _found, photo = waiting()
    Release.objects.all().delete()

    assert cast["bureau"].client().post(f"{page_of(photo)}ask/").status_code == 403
    assert cast["outsider"].client().post(f"{page_of(photo)}ask/").status_code == 404
    assert not Release.objects.exists()
