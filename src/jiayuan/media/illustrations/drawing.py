# SPDX-License-Identifier: Apache-2.0
"""A problem at a place on a sheet."""

from enum import StrEnum

from jiayuan.kernel.handles import seeded
from jiayuan.media.illustrations.places import sky, street, village
from jiayuan.media.illustrations.problems import DRAWN, Scene, Stage
from jiayuan.media.illustrations.sheet import Sheet


class Setting(StrEnum):
    """Where it is."""

    VILLAGE = "village"
    STREET = "street"


def drawn(scene: Scene, setting: Setting, stage: Stage, *, seed: int) -> Sheet:
    """The sheet with the place of this seed and the problem before or after; before and after share the place."""
    sheet = Sheet()
    place = seeded(f"{setting}-{seed}")
    sky(sheet, place)
    (village if setting is Setting.VILLAGE else street)(sheet, place)
    DRAWN[scene][stage](sheet, seeded(f"{scene}-{seed}"))
    return sheet
