# SPDX-License-Identifier: Apache-2.0
"""The demonstration shows some pictures to everybody, leaves others waiting, and never decides for a visitor."""

from datetime import datetime, timedelta

import pytest

from jiayuan.cases.queries import shapes
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.media.enums import PhotoRole
from jiayuan.media.models import Photo
from jiayuan.media.queries import public_photos, waiting_count
from jiayuan.media.services import attach, offer, prepare_due
from jiayuan.record.events import Ref
from jiayuan.site.demonstration_releases import go_on_with_releases
from tests.media.conftest import stores
from tests.media.story import NOON, WORKER, derived
from tests.media.test_release import SPOT, holding

__all__ = ["stores"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores")]


def offered(number: int, at: datetime) -> tuple[Ref, Photo]:
    """A photo of a case that was closed then, looked through."""
    subject = Ref("case", number)
    photo = derived(seed=number)
    attach(photos=[photo.handle], to=subject, role=PhotoRole.AFTER, by=ANONYMOUS, at=NOON)
    offer(subject=subject, spot=SPOT, by=WORKER, at=at)
    return subject, photo


def test_every_second_case_of_the_season_is_shown_and_nothing_of_a_visitor() -> None:
    ends_at = shapes().ends_at
    supervisor = holding("county_supervisor", "421300000000")
    even, _ = offered(1_000_002, ends_at - timedelta(days=3))
    odd, _ = offered(1_000_003, ends_at - timedelta(days=2))
    visitors, _ = offered(1_000_004, ends_at + timedelta(minutes=5))
    prepare_due(by=WORKER, at=ends_at)
    assert waiting_count(supervisor) == 3

    assert go_on_with_releases(by=supervisor, at=ends_at)
    assert not go_on_with_releases(by=supervisor, at=ends_at)

    prepare_due(by=WORKER, at=ends_at)
    assert set(public_photos([even, odd, visitors])) == {even}
    assert waiting_count(supervisor) == 2
