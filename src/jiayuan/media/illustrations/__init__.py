# SPDX-License-Identifier: Apache-2.0
"""Drawn stand-ins for photos in the demonstration: a lane or street per seed, before and after.

Pure and repeatable: the same scene, setting and seed give the same bytes, and before and after share everything but
the problem. Each picture carries 演示数据, so that nobody takes it for evidence.
"""

from jiayuan.media.illustrations.drawing import Setting, drawn
from jiayuan.media.illustrations.pairs import Fake, Shot, Taken, fake_pair, fake_pair_beside, scripted_pair
from jiayuan.media.illustrations.problems import Scene, Stage

__all__ = [
    "Fake",
    "Scene",
    "Setting",
    "Shot",
    "Stage",
    "Taken",
    "fake_pair",
    "fake_pair_beside",
    "illustration",
    "illustrations",
    "scripted_pair",
]


def illustration(scene: Scene, setting: Setting, stage: Stage, *, seed: int) -> bytes:
    """A JPEG of 960 × 720; 20 to 40 ms."""
    return drawn(scene, setting, stage, seed=seed).jpeg()


def illustrations(scene: Scene, setting: Setting, *stages: Stage, seed: int) -> tuple[bytes, ...]:
    """One such picture of each stage."""
    return tuple(illustration(scene, setting, stage, seed=seed) for stage in stages)
