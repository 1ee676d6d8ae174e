# SPDX-License-Identifier: Apache-2.0
"""The colours of the pictures, muted as the product is."""

from collections.abc import Sequence

from jiayuan.media.illustrations.sheet import Colour

WALL, PLINTH, TILE, WOOD, RED = (240, 236, 226), (178, 174, 166), (78, 84, 92), (122, 84, 56), (178, 52, 40)
CONCRETE, EARTH, GRASS, LEAF = (206, 203, 196), (176, 150, 118), (132, 160, 96), (86, 128, 78)
STRAW, BRICK, SAND, DUNG = (214, 176, 92), (172, 92, 66), (206, 176, 128), (96, 72, 48)
STEEL, WATER, SLUDGE = (84, 130, 168), (112, 168, 178), (92, 98, 62)
BAGS: Sequence[Colour] = ((52, 56, 62), (232, 232, 228), (74, 122, 170), (196, 74, 64), (240, 200, 90))
