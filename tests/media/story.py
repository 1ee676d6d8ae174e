# SPDX-License-Identifier: Apache-2.0
"""Short ways through the services of the media room."""

from datetime import UTC, datetime
from pathlib import Path

from jiayuan.kernel.access import ANONYMOUS, Actor
from jiayuan.media.intake import Captured
from jiayuan.media.models import Photo
from jiayuan.media.services import derive, receive
from jiayuan.record.events import Ref
from tests.media.pictures import SHOT, SUIZHOU, encoded, exif, scene

NOON = datetime(2025, 1, 3, 4, 0, tzinfo=UTC)
WORKER = Actor.system("media")
CASE = Ref("case", 7)


def received(*, seed: int = 1, by: Actor = ANONYMOUS, at: datetime = NOON, captured: Captured | None = None) -> Photo:
    """A draft as a phone sends it, with everything the camera knows, unless the page gave the position."""
    block = exif(gps=None if captured else SUIZHOU, shot=SHOT)
    data = encoded(scene((400, 300), seed=seed), exif=block)
    return receive(data=data, declared_name="IMG_0001.jpg", captured=captured, by=by, at=at)


def derived(*, seed: int = 1, at: datetime = NOON) -> Photo:
    """A draft whose variants are made."""
    photo = received(seed=seed, at=at)
    derive(photo_id=photo.pk, by=WORKER, at=at)
    photo.refresh_from_db()
    return photo


def files(root: Path) -> set[str]:
    """Every file under a folder, as paths from it."""
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
