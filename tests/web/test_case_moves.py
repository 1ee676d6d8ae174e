# SPDX-License-Identifier: Apache-2.0
"""A real case and its moves by everybody of the cast: who finds it, who may move it, who sees its pictures."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiayuan.cases.enums import State, V
from jiayuan.cases.events import CaseFedBack
from jiayuan.cases.lifecycle import LIFE
from jiayuan.cases.models import Case
from jiayuan.kernel.clock import ZONE
from jiayuan.media.queries import photos_of
from jiayuan.media.services import derive
from jiayuan.record.models import Secret, StoredEvent
from tests.cast import BUREAU, MORNING, PARTS, SYSTEM, Cast
from tests.factories.cases import case, case_for, condition_of, photo, report, unit_id
from tests.media.pictures import encoded, scene
from tests.web.stories import cast, ground, small_town

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
EVERYBODY = ("visitor", *PARTS)
SEES_ALL_OVER = {
    "grid_worker", "village_clerk", "acceptor", "dispatcher", "duty_chief", "checker", "town_leader",
    "county_supervisor", "auditor", "mayor",
}  # fmt: skip
OF_THE_UNIT = {"street_office", "unit_lead"}
WITHOUT_CASES = {"resident", "volunteer", "administrator"}
MAKES = {
    V.ASK_VERIFY: {"acceptor", "duty_chief"},
    V.FIND: {"grid_worker", "village_clerk"},
    V.FILE: {"acceptor", "duty_chief"},
    V.REJECT: {"acceptor", "duty_chief"},
    V.DISPATCH: {"dispatcher", "duty_chief"},
    V.SIGN: OF_THE_UNIT,
    V.RETURN: OF_THE_UNIT,
    V.FEED_BACK: OF_THE_UNIT,
    V.CLOSE: {"checker"},
    V.SEND_BACK: {"checker"},
    V.CONFIRM_RETURN: {"duty_chief"},
    V.REFUSE_RETURN: {"duty_chief"},
    V.HAND_IN: OF_THE_UNIT,
    V.ASK_EXTENSION: OF_THE_UNIT,
    V.GRANT_EXTENSION: {"duty_chief"},
    V.REFUSE_EXTENSION: {"duty_chief"},
    V.ASK_SHELVING: OF_THE_UNIT,
    V.SHELVE: {"duty_chief"},
    V.REFUSE_SHELVING: {"duty_chief"},
    V.RESUME: {"duty_chief"},
    V.URGE: {"acceptor", "duty_chief"},
    V.SPLIT: {"acceptor", "duty_chief"},
    V.MERGE: {"acceptor", "duty_chief"},
    V.VOID: {"duty_chief"},
    V.FORCE_CLOSE: {"duty_chief"},
    V.APPEAL: OF_THE_UNIT,
    V.REVIEW_APPEAL: {"duty_chief"},
    V.DECIDE_APPEAL: {"county_supervisor"},
    V.CALL_BACK: {"acceptor", "duty_chief"},
    V.LOOK_BACK: {"checker", "county_supervisor"},
    V.ASK_REOPEN: {"acceptor", "duty_chief", "grid_worker", "village_clerk", "county_supervisor"},
    V.REOPEN: {"duty_chief"},
    V.RECONSIDER: {"duty_chief"},
    V.REFUSE_REOPEN: {"duty_chief"},
}
NOT_DRAWN = {V.CLOSE: {"county_supervisor"}, V.SEND_BACK: {"county_supervisor"}}
"""Who might check and was not drawn for this one."""


def browser_of(who: str, cast: Cast) -> Client:
    cache.clear()
    return Client() if who == "visitor" else cast[who].client()


def answers(found: Case, verb: V) -> dict[str, Any]:
    """What a form of this move sends when it is filled in well."""
    given: dict[V, dict[str, Any]] = {
        V.FIND: {"finding": "there"},
        V.FILE: {"condition": condition_of(found)},
        V.REJECT: {"reason": "unclear"},
        V.DISPATCH: {"unit": unit_id()},
        V.RETURN: {"reason": "not_ours"},
        V.FEED_BACK: {"photos": SimpleUploadedFile("after.jpg", encoded(scene((64, 48))), content_type="image/jpeg")},
        V.SEND_BACK: {"reason": "partly"},
        V.CONFIRM_RETURN: {"note": "改派"},
        V.REFUSE_RETURN: {"reason": "is_yours"},
        V.HAND_IN: {"photos": SimpleUploadedFile("after.jpg", encoded(scene((64, 48))), content_type="image/jpeg")},
        V.ASK_EXTENSION: {"reason": "weather", "until": tomorrow_of(found)},
        V.REFUSE_EXTENSION: {"reason": "can_be_done"},
        V.ASK_SHELVING: {"reason": "season", "until": "2025-03-31"},
        V.REFUSE_SHELVING: {"reason": "no_ground"},
        V.URGE: {"reason": "danger"},
        V.SPLIT: {"class_1": found.problem_class_id, "text_1": "还有一处"},
        V.MERGE: {"into": report().handle if verb is V.MERGE else ""},
        V.VOID: {"reason": "test"},
        V.FORCE_CLOSE: {"reason": "project"},
        V.APPEAL: {"reason": "force"},
        V.REVIEW_APPEAL: {"answer": "no"},
        V.DECIDE_APPEAL: {"answer": "yes"},
        V.CALL_BACK: {"result": "unsatisfied", "reason": "too_slow"},
        V.LOOK_BACK: {"result": "holds"},
        V.ASK_REOPEN: {"reason": "still_there"},
        V.REOPEN: {"note": "属实"},
        V.RECONSIDER: {"note": "属实"},
        V.REFUSE_REOPEN: {"note": "已清"},
    }
    return {"version": found.version, **given.get(verb, {})}


def tomorrow_of(found: Case) -> str:
    """The day after the deadline."""
    return (found.due_at + timedelta(days=1)).astimezone(ZONE).date().isoformat() if found.due_at else ""


def expected(who: str, found: Case, *, right: int, within: int) -> int:
    """Sent to sign in, told that no post opens it, not there, seen but not allowed, or let through."""
    if who == "visitor":
        return 302
    if who in WITHOUT_CASES:
        return 403
    if who not in SEES_ALL_OVER and not (who in OF_THE_UNIT and found.unit_id == unit_id()):
        return 404
    return right if within else 403


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_case_exists_inside_the_reach_and_nowhere_else(who: str, cast: Cast) -> None:
    for found in (case(State.REPORTED), case(State.HANDLING), case(State.HANDLING, unit=BUREAU)):
        status = browser_of(who, cast).get(f"/desk/cases/{found.handle}/").status_code
        wanted = expected(who, found, right=200, within=1)
        if who == "bureau" and found.unit_id == unit_id(BUREAU):
            wanted = 200
        assert status == wanted


@pytest.mark.parametrize("verb", list(V))
def test_each_move_is_made_by_those_who_hold_it_and_by_nobody_else(verb: V, cast: Cast) -> None:
    for who in EVERYBODY:
        found = case_for(verb)
        makes_it = who in MAKES[verb]

        answer = browser_of(who, cast).post(f"/desk/cases/{found.handle}/{verb}/", answers(found, verb))

        if who in NOT_DRAWN.get(verb, ()):
            assert answer.status_code == 422, who
        else:
            assert answer.status_code == expected(who, found, right=302, within=makes_it), who
        now = Case.objects.get(pk=found.pk)
        assert now.state == (LIFE[verb].after(State(found.state)) if makes_it else found.state), who
        assert now.version == found.version + makes_it, who


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_pictures_of_a_case_are_seen_by_those_who_see_the_case(who: str, cast: Cast) -> None:
    found = case(State.HANDLING, photos=(photo(),))
    (shown,) = photos_of(found.ref)
    derive(photo_id=shown.id, by=SYSTEM, at=MORNING)
    browser = browser_of(who, cast)

    sees = who in SEES_ALL_OVER | OF_THE_UNIT
    assert browser.get(f"/media/{shown.handle}/thumb").status_code == (200 if sees else 404)
    original = browser.get(f"/media/{shown.handle}/original").status_code
    assert original == (200 if who in {"checker", "county_supervisor", "auditor"} else 403 if sees else 404)


@pytest.mark.parametrize("query", ["?class=²", "?area=²²²²²²", "?class=9999999999", "?after=²_²", "?state=²&overdue=²"])
def test_digits_that_are_no_numbers_open_the_list_all_the_same(query: str, cast: Cast) -> None:
    assert cast["acceptor"].client().get(f"/desk/cases/{query}").status_code == 200


def test_a_version_that_is_no_number_moves_the_case_and_no_fault_happens(cast: Cast) -> None:
    found = case(State.DISPATCHED)

    answer = cast["street_office"].client().post(f"/desk/cases/{found.handle}/sign/", {"version": "²"})

    assert answer.status_code == 302


def test_whoever_comes_too_late_is_shown_where_it_stands_now(cast: Cast) -> None:
    found = case(State.HANDLING)

    answer = cast["street_office"].client().post(f"/desk/cases/{found.handle}/sign/", {"version": found.version - 1})

    assert answer.status_code == 409
    assert found.handle in answer.content.decode()


def test_own_work_is_refused_with_its_reason_on_the_page(cast: Cast) -> None:
    handler = cast["checker"].actor
    found = case(State.FED_BACK)
    record_hand(found, handler.person_id)

    answer = cast["checker"].client().post(f"/desk/cases/{found.handle}/close/", {"version": found.version})

    assert answer.status_code == 422
    assert "own_work" in answer.content.decode()


def record_hand(found: Case, person_id: int | None) -> None:
    """Let the record say that this person fed the case back."""
    event = StoredEvent.objects.get(subject_kind="case", subject_id=found.pk, kind=CaseFedBack.KIND)
    assert Secret.objects.filter(position=event.position).update(person_id=person_id) == 1
