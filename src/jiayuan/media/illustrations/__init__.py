# SPDX-License-Identifier: Apache-2.0
"""Drawn stand-ins for photos in the demonstration: a lane or street per seed, before and after.

Pure and repeatable: the same scene, setting and seed give the same bytes, and before and after share everything but
the problem. Each picture carries 演示数据, so that nobody takes it for evidence.
"""

from enum import StrEnum

from jiayuan.kernel.handles import seeded
from jiayuan.media.illustrations.places import sky, street, village
from jiayuan.media.illustrations.problems import DRAWN, Scene, Stage
from jiayuan.media.illustrations.sheet import Sheet

__all__ = ["Scene", "Setting", "Stage", "illustration"]


class Setting(StrEnum):
    """Where it is."""

    VILLAGE = "village"
    STREET = "street"


def illustration(scene: Scene, setting: Setting, stage: Stage, *, seed: int) -> bytes:
    """A JPEG of 960 × 720; 20 to 40 ms."""
    sheet = Sheet()
    place = seeded(f"{setting}-{seed}")
    sky(sheet, place)
    (village if setting is Setting.VILLAGE else street)(sheet, place)
    DRAWN[scene][stage](sheet, seeded(f"{scene}-{seed}"))
    return sheet.jpeg()
