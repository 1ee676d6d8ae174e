# SPDX-License-Identifier: Apache-2.0
"""Pairs as a phone would have taken them, each from its own side and with its own EXIF, and six kinds of fakes.

Unlike the demonstration's other drawings these are meant to be compared: received like photos, an honest pair raises
no flag and each fake raises the one that it was made for.
"""

import io
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from PIL import Image, ImageEnhance

from jiayuan.kernel.clock import local
from jiayuan.kernel.handles import seeded
from jiayuan.media.illustrations.drawing import Setting, drawn
from jiayuan.media.illustrations.problems import Scene, Stage
from jiayuan.media.illustrations.sheet import DRAWN_BY, View

_DESCRIPTION, _SOFTWARE, _SHOT, _GPS = 0x010E, 0x0131, 0x8769, 0x8825
_TAKEN, _ZONE = 0x9003, 0x9011
_FIRST_SEED = 7_000
"""Away from the seeds of the demonstration's other drawings, so that no pair looks like one of them."""
THREE_KM = 0.027
EDITOR = "Adobe Photoshop 24.0 (Windows)"


class Fake(StrEnum):
    """How a pair deceives."""

    SAME = "same"
    COPIED = "copied"
    EARLY = "early"
    FAR = "far"
    EDITED = "edited"
    REUSED = "reused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """When and where a picture was taken, as a phone writes it; without a place nothing is written about it."""

    at: datetime
    lon: float | None = None
    lat: float | None = None
    software: str = DRAWN_BY


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """All that the first picture of an honest pair is drawn from."""

    number: int
    scene: Scene
    setting: Setting
    shot: Shot


def scripted_pair(number: int, scene: Scene, setting: Setting, *, before: Shot, after: Shot) -> tuple[bytes, bytes]:
    """Two pictures of one place, before and after; another number is another place, seen from another side."""
    return _taken(number, scene, setting, Stage.BEFORE, before), _taken(number, scene, setting, Stage.AFTER, after)


def fake_pair(
    kind: Fake, number: int, scene: Scene, setting: Setting, *, before: Shot, after: Shot, other: bytes = b""
) -> tuple[bytes, bytes]:
    """A pair that deceives in one way. ``other`` is a picture of another case, for the two kinds that use one."""
    honest = _taken(number, scene, setting, Stage.BEFORE, before)
    if kind is Fake.SAME:
        return honest, _again(honest, after, quality=60)
    if kind is Fake.COPIED:
        return honest, _again(_brighter_part(other), after, quality=80)
    if kind is Fake.REUSED:
        return honest, _again(other, after, quality=80)
    return honest, _taken(number, scene, setting, Stage.AFTER, _untrue(kind, before, after))


def fake_pair_beside(
    kind: Fake,
    number: int,
    scene: Scene,
    setting: Setting,
    *,
    before: Shot,
    after: Shot,
    honest: "Taken | None",
) -> tuple[bytes, bytes]:
    """The same where the other case's picture is named and not at hand: it is drawn once more, the very same."""
    other = _taken(honest.number, honest.scene, honest.setting, Stage.BEFORE, honest.shot) if honest else b""
    return fake_pair(kind, number, scene, setting, before=before, after=after, other=other)


def _untrue(kind: Fake, before: Shot, after: Shot) -> Shot:
    if kind is Fake.EARLY:
        return replace(after, at=before.at - timedelta(hours=3))
    if kind is Fake.FAR and after.lat is not None:
        return replace(after, lat=after.lat + THREE_KM)
    return replace(after, software=EDITOR)


def _taken(number: int, scene: Scene, setting: Setting, stage: Stage, shot: Shot) -> bytes:
    sheet = drawn(scene, setting, stage, seed=_FIRST_SEED + number)
    side, step = seeded(f"side-{number}"), seeded(f"step-{number}-{stage}")
    mirrored, near = side.random() < 0.5, side.uniform(0.72, 0.88)
    # Nobody stands in the same spot twice: what is left and right, above and below, and the light, all differ.
    left = 0.15 if stage is Stage.BEFORE else 0.85
    view = View(
        across=left + step.uniform(-0.15, 0.15),
        down=step.uniform(0.6, 1.0) if stage is Stage.BEFORE else step.uniform(0.2, 0.6),
        part=near * step.uniform(0.94, 1.0),
        mirrored=mirrored,
        light=step.uniform(0.86, 1.06),
    )
    sheet.seen(view)
    return sheet.jpeg(_exif(shot))


def _exif(shot: Shot) -> Image.Exif:
    block = Image.Exif()
    block[_DESCRIPTION], block[_SOFTWARE] = DRAWN_BY, shot.software
    taken = local(shot.at)
    block.get_ifd(_SHOT).update({_TAKEN: f"{taken:%Y:%m:%d %H:%M:%S}", _ZONE: "+08:00"})
    if shot.lon is not None and shot.lat is not None:
        block.get_ifd(_GPS).update({1: "N", 2: _degrees(shot.lat), 3: "E", 4: _degrees(shot.lon)})
    return block


def _degrees(value: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(round(value * 3600, 3), 60)
    degrees, minutes = divmod(minutes, 60)
    return float(degrees), float(minutes), round(seconds, 3)


def _brighter_part(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
        part = picture.crop((width // 50, height // 50, width - width // 50, height - height // 50))
        return _jpeg(ImageEnhance.Brightness(part.convert("RGB")).enhance(1.12), Image.Exif(), quality=90)


def _again(data: bytes, shot: Shot, *, quality: int) -> bytes:
    """The same picture saved once more, with what a phone would write today."""
    with Image.open(io.BytesIO(data)) as picture:
        return _jpeg(picture.convert("RGB"), _exif(shot), quality=quality)


def _jpeg(picture: Image.Image, exif: Image.Exif, *, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()
