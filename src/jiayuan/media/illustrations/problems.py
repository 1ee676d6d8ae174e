# SPDX-License-Identifier: Apache-2.0
"""What is wrong in a picture, and the same spot once it is dealt with."""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from random import Random

from jiayuan.media.illustrations.palette import (
    BAGS,
    BRICK,
    CONCRETE,
    DUNG,
    EARTH,
    LEAF,
    PLINTH,
    RED,
    SAND,
    SLUDGE,
    STEEL,
    STRAW,
    TILE,
    WATER,
    WOOD,
)
from jiayuan.media.illustrations.sheet import INK, Colour, Point, Sheet, tone


class Scene(StrEnum):
    """What is wrong; the values are the numbers' names of residents' tiles."""

    RUBBISH = "rubbish"
    STACKS = "stacks"
    RUBBLE = "rubble"
    MANURE = "manure"
    SHEDS = "sheds"
    WIRES = "wires"
    WATER = "water"
    CLUTTER = "clutter"
    POSTERS = "posters"


class Stage(StrEnum):
    """Whether the problem is there or dealt with."""

    BEFORE = "before"
    AFTER = "after"


def _bag(sheet: Sheet, x: float, y: float, size: float, fill: Colour) -> None:
    sheet.round(x, y - size * 0.5, size * 0.66, size * 0.54, fill)
    sheet.shape(
        [(x - size * 0.2, y - size * 0.9), (x + size * 0.2, y - size * 0.9), (x, y - size * 0.7)], tone(fill, 0.8)
    )
    sheet.shape([(x - size * 0.24, y - size * 1.2), (x + size * 0.24, y - size * 1.16), (x, y - size * 0.85)], fill)
    sheet.line([(x - size * 0.3, y - size * 0.5), (x - size * 0.12, y - size * 0.2)], tone(fill, 1.25), 3)


def _bin(sheet: Sheet, x: float, y: float, *, is_open: bool) -> None:
    green = (56, 116, 84)
    sheet.round(x, y, 46, 9, (150, 146, 138))
    sheet.shape([(x - 40, y - 96), (x + 40, y - 96), (x + 32, y - 4), (x - 32, y - 4)], green)
    sheet.shape([(x + 18, y - 96), (x + 40, y - 96), (x + 32, y - 4), (x + 16, y - 4)], tone(green, 0.84))
    sheet.round(x, y - 50, 13, 13, (236, 240, 232))
    for wheel in (x - 24, x + 24):
        sheet.round(wheel, y - 2, 8, 8, INK)
    lid = [(x - 44, y - 110), (x - 30, y - 176), (x - 20, y - 174), (x - 34, y - 100)]
    if is_open:
        sheet.shape(lid, tone(green, 0.74))
    else:
        sheet.shape([(x - 44, y - 96), (x - 36, y - 110), (x + 36, y - 110), (x + 44, y - 96)], tone(green, 0.74))


def _rubbish_before(sheet: Sheet, rng: Random) -> None:
    _bin(sheet, 560, 606, is_open=True)
    for step in range(4):
        _bag(sheet, 536 + step * 17, 522 - (step % 2) * 14, 38, BAGS[(step + 1) % 5])
    for _ in range(13):
        across, down = rng.gauss(0, 74), rng.uniform(0, 36)
        _bag(sheet, 632 + across, 596 + down, rng.uniform(34, 58), rng.choice(BAGS))
    _scraps(sheet, rng, 610, 634, 170)


def _scraps(sheet: Sheet, rng: Random, x: float, y: float, spread: float) -> None:
    for _ in range(26):
        left, top, size = x + rng.gauss(0, spread * 0.55), y + rng.uniform(-30, 18), rng.uniform(5, 12)
        sheet.shape(
            [(left, top), (left + size, top - 3), (left + size * 1.2, top + size * 0.5), (left + 2, top + size * 0.6)],
            rng.choice([(244, 242, 234), (214, 90, 72), (92, 140, 190), (236, 210, 120)]),
        )


def _rubbish_after(sheet: Sheet, rng: Random) -> None:
    for x in (560, 662):
        _bin(sheet, x, 606, is_open=False)


def _stacks_before(sheet: Sheet, rng: Random) -> None:
    sheet.round(610, 622, 176, 20, tone(EARTH, 0.76))
    sheet.shape([(446, 622), (500, 500), (566, 432), (640, 444), (716, 520), (772, 622)], STRAW)
    for _ in range(150):
        x = rng.uniform(462, 758)
        top = 452 + abs(x - 600) * 0.92
        y = rng.uniform(min(top, 604), 616)
        lean = rng.uniform(-16, 16)
        sheet.line([(x, y), (x + lean, y - rng.uniform(12, 30))], tone(STRAW, rng.choice((0.76, 0.88, 1.12))), 2)
    for _ in range(26):
        _brick(sheet, 470 + rng.gauss(0, 72), 632 + rng.uniform(-12, 26), rng.uniform(-0.7, 0.7), rng.uniform(0.8, 1.1))


def _brick(sheet: Sheet, x: float, y: float, turn: float, light: float) -> None:
    cos, sin = math.cos(turn), math.sin(turn)
    corners = [(-18, -8), (18, -8), (18, 8), (-18, 8)]
    sheet.shape([(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in corners], tone(BRICK, light))
    sheet.line([(x - 18 * cos, y - 18 * sin - 8), (x + 18 * cos, y + 18 * sin - 8)], tone(BRICK, light * 1.2), 2)


def _stacks_after(sheet: Sheet, rng: Random) -> None:
    sheet.round(640, 606, 130, 12, tone(CONCRETE, 0.84))
    for row in range(5):
        for column in range(6):
            _brick(sheet, 552 + column * 38 + (row % 2) * 6, 594 - row * 18, 0, 0.9 + (row + column) % 3 * 0.08)
    for row in range(3):
        for column in range(5 - row):
            x, y = 766 + column * 25 + row * 12.5, 594 - row * 22
            sheet.round(x, y, 12, 12, tone(WOOD, 1.1))
            sheet.round(x, y, 8, 8, tone(STRAW, 1.02))


def _rubble_before(sheet: Sheet, rng: Random) -> None:
    sheet.round(590, 632, 210, 22, tone(EARTH, 0.8))
    sheet.shape([(392, 634), (470, 540), (540, 478), (604, 504), (660, 462), (726, 540), (800, 634)], SAND)
    sheet.shape([(604, 504), (660, 462), (726, 540), (800, 634), (640, 634)], tone(SAND, 0.88))
    for _ in range(60):
        x, y, size = rng.uniform(420, 770), rng.uniform(560, 640), rng.uniform(3, 15)
        stone = tone(PLINTH, rng.uniform(0.75, 1.12))
        sheet.shape([(x - size, y), (x - size * 0.4, y - size), (x + size * 0.7, y - size * 0.7), (x + size, y)], stone)
    for _ in range(9):
        _brick(sheet, rng.uniform(420, 780), rng.uniform(600, 650), rng.uniform(-0.8, 0.8), rng.uniform(0.8, 1.1))


def _rubble_after(sheet: Sheet, rng: Random) -> None:
    _bed(sheet, rng, 470, 560, 300)


def _bed(sheet: Sheet, rng: Random, x: float, y: float, width: float) -> None:
    """A flower bed: what villagers plant where a heap lay."""
    sheet.box(x, y, width, 58, tone(PLINTH, 1.06))
    sheet.box(x + 8, y + 6, width - 16, 30, tone(EARTH, 0.62))
    for _ in range(int(width / 5)):
        left, top = x + 12 + rng.uniform(0, width - 24), y + rng.uniform(-14, 24)
        sheet.round(left, top, 13, 10, tone(LEAF, rng.uniform(0.95, 1.25)))
    for _ in range(int(width / 8)):
        left, top = x + 14 + rng.uniform(0, width - 28), y + rng.uniform(-20, 16)
        sheet.round(left, top, 5, 5, rng.choice([(214, 74, 88), (244, 206, 92), (240, 236, 240), (188, 108, 176)]))
    sheet.box(x, y + 38, width, 20, tone(PLINTH, 1.12))


def _hen(sheet: Sheet, x: float, y: float, fill: Colour, way: int) -> None:
    for leg in (-5, 5):
        sheet.line([(x + leg, y - 10), (x + leg, y)], (214, 150, 60), 2)
    sheet.round(x, y - 22, 21, 15, fill)
    sheet.shape([(x - way * 14, y - 28), (x - way * 34, y - 46), (x - way * 20, y - 16)], tone(fill, 0.8))
    sheet.round(x + way * 18, y - 38, 9, 9, fill)
    sheet.shape([(x + way * 26, y - 40), (x + way * 35, y - 36), (x + way * 26, y - 34)], (226, 160, 60))
    sheet.round(x + way * 17, y - 48, 5, 4, RED)


def _manure_before(sheet: Sheet, rng: Random) -> None:
    sheet.round(640, 628, 150, 26, tone(DUNG, 1.35))
    sheet.shape([(520, 628), (574, 566), (636, 532), (704, 570), (762, 628)], DUNG)
    for _ in range(40):
        x, y = rng.uniform(540, 744), rng.uniform(584, 624)
        sheet.line([(x, y), (x + rng.uniform(-12, 12), y - 9)], tone(STRAW, rng.uniform(0.6, 0.95)), 2)
    for _ in range(15):
        sheet.round(rng.uniform(330, 800), rng.uniform(600, 690), rng.uniform(4, 9), 3, DUNG)
    for x, y, way in ((400, 610, 1), (474, 664, -1), (330, 672, 1), (700, 676, -1), (588, 690, 1)):
        _hen(sheet, x + rng.uniform(-16, 16), y, rng.choice([(244, 240, 230), (170, 104, 60), (96, 74, 62)]), way)


def _manure_after(sheet: Sheet, rng: Random) -> None:
    for x, way in ((560, 1), (640, -1), (716, 1)):
        _hen(sheet, x, 596, rng.choice([(244, 240, 230), (170, 104, 60)]), way)
    for x in range(500, 801, 20):
        sheet.box(x, 536, 6, 74, tone(WOOD, 1.25))
    for y in (548, 590):
        sheet.box(494, y, 318, 6, tone(WOOD, 1.1))


def _sheds_before(sheet: Sheet, rng: Random) -> None:
    for x in (486, 640, 790):
        sheet.box(x, 452, 10, 172, tone(WOOD, 0.9))
    sheet.box(496, 484, 150, 138, tone(STEEL, 0.8))
    sheet.box(646, 500, 148, 122, (176, 170, 158))
    patches = [(508, 500, 54, 40), (580, 560, 48, 44), (664, 520, 60, 52), (730, 556, 50, 50)]
    for x, y, width, height in patches:
        sheet.box(x, y, width, height, rng.choice([(196, 120, 72), (206, 196, 176), (120, 136, 128), (232, 222, 190)]))
    sheet.shape([(458, 470), (520, 424), (826, 440), (824, 486)], STEEL)
    for step in range(14):
        x = 470 + step * 26
        sheet.line([(x + 34, 428 + step * 0.9), (x, 470 + step * 1.1)], tone(STEEL, 0.8), 3)
    for x in (540, 660, 756):
        _brick(sheet, x, 446, rng.uniform(-0.3, 0.3), 0.95)
    _scraps(sheet, rng, 640, 640, 150)


def _sheds_after(sheet: Sheet, rng: Random) -> None:
    _bed(sheet, rng, 610, 566, 190)
    sheet.box(452, 570, 130, 10, tone(WOOD, 1.3))
    sheet.box(452, 540, 130, 8, tone(WOOD, 1.3))
    for x in (462, 564):
        sheet.box(x, 536, 7, 74, INK)


def _pole(sheet: Sheet, x: float) -> None:
    sheet.box(x - 8, 120, 16, 512, (150, 148, 142))
    sheet.box(x - 62, 150, 124, 9, (112, 110, 106))
    for arm in (-54, -22, 22, 54):
        sheet.box(x + arm - 3, 138, 6, 14, (226, 222, 212))


def _cable(sheet: Sheet, start: Point, end: Point, *, sag: float, fill: Colour, width: float) -> None:
    points = []
    for step in range(17):
        share = step / 16
        x = start[0] + (end[0] - start[0]) * share
        y = start[1] + (end[1] - start[1]) * share + sag * 4 * share * (1 - share)
        points.append((x, y))
    sheet.line(points, fill, width)


def _wires_before(sheet: Sheet, rng: Random) -> None:
    _pole(sheet, 600)
    for _ in range(15):
        start = (600 + rng.choice((-54, -22, 22, 54)), 142 + rng.uniform(0, 60))
        end = (rng.choice((-20, 980, rng.uniform(60, 900))), rng.uniform(170, 420))
        colour = rng.choice([INK, (60, 66, 72), (150, 52, 44), (52, 88, 130)])
        _cable(sheet, start, end, sag=rng.uniform(20, 120), fill=colour, width=rng.uniform(2, 4))
    for turn in range(9):
        size = 20 + turn * 3
        points = [(600 + size * math.cos(a / 3), 300 + turn * 4 + size * 0.6 * math.sin(a / 3)) for a in range(20)]
        sheet.line(points, rng.choice([INK, (70, 76, 82)]), 3)
    _cable(sheet, (600, 360), (330, 640), sag=60, fill=(214, 206, 190), width=10)
    _cable(sheet, (330, 640), (880, 656), sag=22, fill=(214, 206, 190), width=10)


def _wires_after(sheet: Sheet, rng: Random) -> None:
    _pole(sheet, 600)
    for arm in (-54, 54):
        for edge in (-20, 980):
            _cable(sheet, (600 + arm, 140), (edge, 196), sag=34, fill=INK, width=2.5)
    sheet.box(588, 220, 24, 330, (188, 186, 180))
    sheet.box(574, 420, 52, 70, (206, 204, 196))
    sheet.box(582, 430, 36, 6, tone(STEEL, 0.9))


def _ditch(sheet: Sheet, water: Colour) -> None:
    sheet.shape([(596, 500), (716, 500), (990, 624), (742, 624)], tone(PLINTH, 0.9))
    sheet.shape([(612, 507), (704, 507), (960, 624), (764, 624)], water)


def _in_ditch(share: float, across: float) -> Point:
    """A point of the water: how far along, and how far from the middle to the banks (-1 to 1)."""
    return 658 + share * 200 + across * (42 + share * 46), 512 + share * 104


def _water_before(sheet: Sheet, rng: Random) -> None:
    _ditch(sheet, SLUDGE)
    for _ in range(34):
        share = rng.uniform(0.02, 0.96)
        x, y = _in_ditch(share, rng.uniform(-0.9, 0.9))
        size = 4 + share * 7
        sheet.round(x, y, size * 1.8, size * 0.5, tone(SLUDGE, rng.choice((0.8, 1.18, 1.34))))
    for share in (0.12, 0.3, 0.44, 0.58, 0.7, 0.84, 0.95):
        x, y = _in_ditch(share, rng.uniform(-0.8, 0.8))
        _bag(sheet, x, y, 16 + share * 22, rng.choice(BAGS))
    _scraps(sheet, rng, 600, 610, 110)


def _water_after(sheet: Sheet, rng: Random) -> None:
    _ditch(sheet, WATER)
    for step in range(8):
        share = 0.06 + step * 0.115
        (left, y), (right, _) = _in_ditch(share, -0.6), _in_ditch(share, 0.3)
        sheet.line([(left, y), (right, y)], tone(WATER, 1.16), 1.5 + share)
    for _ in range(30):
        share = rng.uniform(0, 1)
        x, y = _in_ditch(share, -1.25)
        sheet.line(
            [(x, y + 4), (x + rng.uniform(-7, 7), y - rng.uniform(12, 28))], tone(LEAF, rng.uniform(0.9, 1.3)), 3
        )


def _clutter_before(sheet: Sheet, rng: Random) -> None:
    for x, y, width, height in ((470, 520, 92, 84), (546, 556, 74, 66), (700, 540, 84, 78), (640, 590, 66, 56)):
        left = x + rng.uniform(-14, 14)
        sheet.box(left, y, width, height, (190, 146, 96))
        sheet.box(left, y, width, 12, (206, 166, 116))
        sheet.box(left + width / 2 - 5, y, 10, height, (168, 124, 78))
    for x, y in ((430, 628), (800, 616)):
        sheet.round(x, y - 26, 38, 38, INK)
        sheet.round(x, y - 26, 18, 18, tone(CONCRETE, 0.9))
    for x in (606, 770):
        sheet.box(x, 540, 8, 96, RED)
        sheet.box(x, 590, 50, 8, RED)
        sheet.box(x + 42, 590, 8, 46, RED)
    for _ in range(5):
        _bag(sheet, rng.uniform(470, 800), rng.uniform(630, 652), rng.uniform(38, 52), (226, 220, 202))


def _clutter_after(sheet: Sheet, rng: Random) -> None:
    for x in (520, 700):
        _bed(sheet, rng, x, 562, 110)


def _board_wall(sheet: Sheet) -> None:
    sheet.box(430, 380, 420, 238, (232, 226, 212))
    sheet.box(430, 600, 420, 20, PLINTH)
    sheet.box(422, 368, 436, 14, TILE)


def _posters_before(sheet: Sheet, rng: Random) -> None:
    _board_wall(sheet)
    for _ in range(46):
        x, y, turn = rng.uniform(446, 800), rng.uniform(394, 560), rng.uniform(-0.25, 0.25)
        width, height = rng.uniform(22, 52), rng.uniform(26, 50)
        paper = rng.choice([(250, 246, 230), (246, 220, 96), (226, 110, 92), (150, 190, 220), (250, 186, 150)])
        lean = height * turn
        sheet.shape(
            [(x, y), (x + width, y + width * turn), (x + width - lean, y + height), (x - lean, y + height)], paper
        )
        for row in range(3):
            up = y + 8 + row * 9
            sheet.line([(x + 5 - lean * 0.2, up), (x + width - 7, up + width * turn * 0.7)], tone(paper, 0.6), 2)
    sheet.shape([(470, 330), (700, 306), (704, 352), (474, 380)], (150, 52, 44))
    sheet.shape([(700, 306), (770, 340), (764, 380), (704, 352)], tone((150, 52, 44), 0.8))
    sheet.line([(470, 330), (462, 368)], INK, 3)


def _posters_after(sheet: Sheet, rng: Random) -> None:
    _board_wall(sheet)
    sheet.box(446, 398, 388, 186, (222, 234, 226))
    sheet.shape([(446, 584), (520, 500), (590, 548), (676, 470), (760, 546), (834, 500), (834, 584)], (140, 178, 142))
    sheet.round(780, 440, 22, 22, (236, 150, 92))
    for x in range(470, 830, 44):
        sheet.round(x, 572, 16, 12, tone(LEAF, 1.2))


DRAWN: Mapping[Scene, Mapping[Stage, Callable[[Sheet, Random], None]]] = {
    Scene.RUBBISH: {Stage.BEFORE: _rubbish_before, Stage.AFTER: _rubbish_after},
    Scene.STACKS: {Stage.BEFORE: _stacks_before, Stage.AFTER: _stacks_after},
    Scene.RUBBLE: {Stage.BEFORE: _rubble_before, Stage.AFTER: _rubble_after},
    Scene.MANURE: {Stage.BEFORE: _manure_before, Stage.AFTER: _manure_after},
    Scene.SHEDS: {Stage.BEFORE: _sheds_before, Stage.AFTER: _sheds_after},
    Scene.WIRES: {Stage.BEFORE: _wires_before, Stage.AFTER: _wires_after},
    Scene.WATER: {Stage.BEFORE: _water_before, Stage.AFTER: _water_after},
    Scene.CLUTTER: {Stage.BEFORE: _clutter_before, Stage.AFTER: _clutter_after},
    Scene.POSTERS: {Stage.BEFORE: _posters_before, Stage.AFTER: _posters_after},
}
