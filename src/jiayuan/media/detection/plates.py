# SPDX-License-Identifier: Apache-2.0
"""Number plates by their colours and proportions. The characters are never read, only that there are some.

Two ways, for each misses what the other sees: a patch of a plate's colour (a plate on a car of another colour), and a
row of strong upright edges on a plate's colour (a blue plate on a blue truck).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import cv2
import numpy

from jiayuan.media.detection.found import Found, distinct

GROWN = 0.12
NARROWEST, SHORTEST = 22, 7
"""Pixels of the smallest plate that is proposed; of a smaller one nothing can be read."""
LARGEST = 0.25
"""A plate that is more than this part of the picture is a wall."""
FLAT, LONG = 1.6, 6.2
"""Long side by short side: 440 × 220 of the rear of a truck seen straight, to 480 × 140 seen from the side."""
FULL = 0.55
PALE = 0.5
EDGES = 5


class Colour(NamedTuple):
    """A plate's ground as OpenCV counts it: hue 0–179, the rest 0–255."""

    low: tuple[int, int, int]
    high: tuple[int, int, int]


BLUE = Colour((96, 70, 35), (132, 255, 255))
GREEN = Colour((34, 30, 60), (92, 255, 255))
YELLOW = Colour((13, 90, 70), (36, 255, 255))


def plates(picture: Any) -> tuple[Found, ...]:
    """What may be plates in an RGB array, each a little larger than the plate itself."""
    height, width = picture.shape[:2]
    hues = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    masks = {colour: cv2.inRange(hues, colour.low, colour.high) for colour in (BLUE, GREEN, YELLOW)}
    patches = [
        _with_pale_top(one) if colour is GREEN else one
        for colour, mask in masks.items()
        for one in _patches(mask, grey)
    ]
    found = distinct([*patches, *_rows(grey, list(masks.values()))])
    return tuple(one.grown(GROWN, width=width, height=height) for one in found)


def _with_pale_top(one: Found) -> Found:
    """The whole of a green plate: its ground runs out into white, so that what is seen of it is the lower part."""
    return Found(
        left=one.left, top=one.top - PALE * (one.bottom - one.top), right=one.right, bottom=one.bottom, sure=one.sure
    )


def _patches(mask: Any, grey: Any) -> Iterator[Found]:
    """Patches of one colour with a plate's proportions and something written on them, at two scales of closing."""
    for across, down in ((5, 3), (17, 7)):
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (across, down)))
        yield from _plate_like(closed, grey, full=FULL)


def _rows(grey: Any, masks: list[Any]) -> Iterator[Found]:
    """Rows of upright edges that lie on a plate's colour."""
    edges = cv2.convertScaleAbs(cv2.Sobel(cv2.GaussianBlur(grey, (3, 3), 0), cv2.CV_16S, 1, 0))
    _, strong = cv2.threshold(edges, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    coloured = masks[0] | masks[1] | masks[2]
    for across, down in ((9, 3), (21, 5)):
        shape = cv2.getStructuringElement(cv2.MORPH_RECT, (across, down))
        for one in _plate_like(cv2.morphologyEx(strong, cv2.MORPH_CLOSE, shape), grey, full=FULL):
            part = coloured[int(one.top) : int(one.bottom) + 1, int(one.left) : int(one.right) + 1]
            if part.size and float(part.mean()) / 255 >= 0.4:
                yield one


def _plate_like(mask: Any, grey: Any, *, full: float) -> Iterator[Found]:
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        turned = cv2.minAreaRect(outline)
        short, long = sorted(turned[1])
        if long < NARROWEST or short < SHORTEST or not FLAT <= long / short <= LONG:
            continue
        if long * short > LARGEST * mask.size or cv2.contourArea(outline) < full * long * short:
            continue
        written = _written(grey, turned)
        if written:
            left, top, across, down = cv2.boundingRect(outline)
            yield Found(left=left, top=top, right=left + across, bottom=top + down, sure=written)


def _written(grey: Any, turned: Any) -> float:
    """How sure it is that something is written inside a turned rectangle; 0 when it is plain."""
    middle, (across, down), angle = turned
    if across < down:
        across, down, angle = down, across, angle + 90
    turn = cv2.getRotationMatrix2D(middle, angle, 1.0)
    turn[0, 2] += across / 2 - middle[0]
    turn[1, 2] += down / 2 - middle[1]
    level = cv2.warpAffine(grey, turn, (max(1, round(across)), max(1, round(down))), flags=cv2.INTER_LINEAR)
    small = cv2.resize(level, (96, 32), interpolation=cv2.INTER_AREA)
    if float(small.std()) < 8:
        return 0.0
    _, ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    changes = numpy.abs(numpy.diff(ink[8:24].astype(numpy.int8), axis=1)).sum(axis=1)
    n = float(numpy.median(changes))
    return min(1.0, n / 16) if n >= EDGES else 0.0
