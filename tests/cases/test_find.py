# SPDX-License-Identifier: Apache-2.0
"""Saying what was found on site."""

import pytest

from jiayuan.cases.enums import Finding, State
from jiayuan.cases.events import CaseVerified
from jiayuan.cases.models import Text
from jiayuan.cases.services import CaseId, find
from jiayuan.kernel.errors import Refused
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of
from tests.cases.record import latest, text_of
from tests.cast import MORNING, Cast
from tests.factories.cases import QUARTER, case, photo

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 3 * QUARTER


@pytest.mark.parametrize("finding", list(Finding))
def test_the_finding_a_photo_and_a_note_are_kept(cast: Cast, finding: Finding) -> None:
    verifying, worker = case(State.VERIFYING), cast["grid_worker"].actor
    picture = photo(by=worker)

    moved = find(case_id=CaseId(verifying.pk), finding=finding, note="在桥北", photos=[picture], by=worker, at=LATER)

    assert moved.state == State.VERIFIED
    event = latest(moved, CaseVerified)
    assert event.finding == finding
    assert text_of(event.text_id) == "在桥北"
    assert [(shown.handle, shown.role) for shown in photos_of(moved.ref)] == [(picture, PhotoRole.BEFORE)]


def test_without_a_note_no_text_is_kept(cast: Cast) -> None:
    verifying = case(State.VERIFYING)

    moved = find(
        case_id=CaseId(verifying.pk),
        finding=Finding.GONE,
        note="",
        photos=(),
        by=cast["village_clerk"].actor,
        at=LATER,
    )

    event = latest(moved, CaseVerified)
    assert (event.text_id, event.text_digest) == (None, None)
    assert not Text.objects.filter(case=moved).exists()


def test_a_picture_that_is_gone_leaves_the_case_where_it_was(cast: Cast) -> None:
    verifying = case(State.VERIFYING)
    taken = photo(by=cast["volunteer"].actor)

    with pytest.raises(Refused):
        find(
            case_id=CaseId(verifying.pk),
            finding=Finding.THERE,
            note="看过了",
            photos=[taken],
            by=cast["grid_worker"].actor,
            at=LATER,
        )

    verifying.refresh_from_db()
    assert (verifying.state, verifying.version) == (State.VERIFYING, 1)
    assert not Text.objects.filter(case=verifying).exists()
