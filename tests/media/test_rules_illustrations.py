# SPDX-License-Identifier: Apache-2.0
"""The drawn pictures of the demonstration."""

import csv
import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

import jiayuan
from jiayuan.media.fingerprint import apart, dhash
from jiayuan.media.illustrations import Scene, Setting, Stage, illustration
from jiayuan.media.inspection import inspect

DATA = Path(jiayuan.__file__).parent / "data"
BOTH = [(scene, setting) for scene in Scene for setting in Setting]


def drawn(scene: Scene, setting: Setting, stage: Stage, seed: int = 1) -> Image.Image:
    return Image.open(io.BytesIO(illustration(scene, setting, stage, seed=seed))).convert("RGB")


@pytest.mark.parametrize(("scene", "setting"), BOTH)
def test_each_picture_is_accepted_like_a_photo_and_says_that_it_is_drawn(scene: Scene, setting: Setting) -> None:
    found = inspect(illustration(scene, setting, Stage.BEFORE, seed=3))

    assert (found.width, found.height, found.software) == (960, 720, "Jiayuan illustration")


@pytest.mark.parametrize(("scene", "setting"), BOTH)
def test_before_and_after_show_the_same_place_and_differ_in_the_problem(scene: Scene, setting: Setting) -> None:
    before, after = (drawn(scene, setting, stage) for stage in (Stage.BEFORE, Stage.AFTER))

    difference = ImageChops.difference(before, after).convert("L").point(lambda level: 255 * (level > 24))
    share = difference.histogram()[255] / (960 * 720)
    assert 0.01 < share < 0.2
    assert difference.crop((0, 0, 960, 110)).getbbox() is None


def test_the_same_seed_gives_the_same_bytes_and_another_one_another_place() -> None:
    first = illustration(Scene.RUBBISH, Setting.VILLAGE, Stage.BEFORE, seed=5)

    assert first == illustration(Scene.RUBBISH, Setting.VILLAGE, Stage.BEFORE, seed=5)
    assert first != illustration(Scene.RUBBISH, Setting.VILLAGE, Stage.BEFORE, seed=6)
    assert first != illustration(Scene.RUBBISH, Setting.STREET, Stage.BEFORE, seed=5)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize(("scene", "setting"), BOTH)
def test_every_picture_carries_the_mark(scene: Scene, setting: Setting, stage: Stage) -> None:
    with Image.open(DATA / "demo_mark.png") as mark:
        expected = mark.convert("L").resize((mark.width // 2, mark.height // 2))
    corner = (32, 720 - 20 - 8 - expected.height)
    plate = drawn(scene, setting, stage).crop((*corner, corner[0] + expected.width, corner[1] + expected.height))

    assert apart(dhash(plate), dhash(expected)) <= 6
    assert sum(plate.convert("L").histogram()[200:]) > 0.15 * expected.width * expected.height


def test_every_tile_of_residents_has_its_scene() -> None:
    with (DATA / "standards" / "tiles.csv").open(encoding="utf-8", newline="") as file:
        tiles = {row["tile"] for row in csv.DictReader(file)}

    assert tiles == {scene.value for scene in Scene}
