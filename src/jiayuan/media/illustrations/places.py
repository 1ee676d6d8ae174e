# SPDX-License-Identifier: Apache-2.0
"""The place of a picture: everything that before and after share."""

import math
from random import Random

from jiayuan.media.illustrations.palette import CONCRETE, EARTH, GRASS, LEAF, PLINTH, RED, TILE, WALL, WOOD
from jiayuan.media.illustrations.sheet import HEIGHT, WIDTH, Sheet, tone


def sky(sheet: Sheet, rng: Random) -> None:
    top, low = rng.choice(
        [((150, 190, 214), (232, 238, 236)), ((172, 196, 206), (240, 234, 222)), ((140, 178, 208), (226, 236, 240))]
    )
    sheet.fade(top, low, 430)
    for _ in range(rng.randrange(2, 5)):
        x, y, size = rng.uniform(40, 920), rng.uniform(40, 170), rng.uniform(26, 46)
        for step in range(4):
            sheet.round(x + step * size * 0.8, y + (step % 2) * 6, size, size * 0.42, tone(low, 1.04))
    for height, colour in ((rng.uniform(250, 275), (150, 176, 172)), (rng.uniform(290, 315), (122, 154, 138))):
        swing, shift = rng.uniform(16, 34), rng.uniform(0, 7)
        ridge = [
            (x, height + swing * math.sin(x / 140 + shift) + 9 * math.sin(x / 47)) for x in range(0, WIDTH + 1, 24)
        ]
        sheet.shape([(0, 440), *ridge, (WIDTH, 440)], colour)


def village(sheet: Sheet, rng: Random) -> None:
    sheet.shape([(0, 400), (WIDTH, 400), (WIDTH, HEIGHT), (0, HEIGHT)], GRASS)
    for x in (rng.uniform(20, 80), rng.uniform(860, 940)):
        _tree(sheet, x, 420, rng.uniform(0.9, 1.25))
    left = rng.uniform(70, 130)
    _house(sheet, left, 424, rng.uniform(220, 250), rng)
    _tree(sheet, left + 300, 416, rng.uniform(0.6, 0.8))
    _house(sheet, rng.uniform(560, 600), 430, rng.uniform(260, 300), rng)
    sheet.shape([(0, 452), (WIDTH, 444), (WIDTH, HEIGHT), (0, HEIGHT)], tone(GRASS, 0.96))
    lane = [(350, 448), (452, 447), (900, HEIGHT), (60, HEIGHT)]
    sheet.shape([(340, 448), (462, 447), (940, HEIGHT), (20, HEIGHT)], tone(EARTH, 1.06))
    sheet.shape(lane, CONCRETE)
    for share in (0.16, 0.4, 0.72):
        y = 448 + share * (HEIGHT - 448)
        sheet.line([(350 - 290 * share, y), (452 + 448 * share, y)], tone(CONCRETE, 0.92), 2)
    for _ in range(46):
        x, y = rng.uniform(0, WIDTH), rng.uniform(470, HEIGHT)
        if x < 340 - (y - 448) * 1.2 or x > 465 + (y - 448) * 1.75:
            sheet.line([(x - 4, y), (x, y - 12), (x + 4, y)], tone(GRASS, 0.82), 2)


def _house(sheet: Sheet, x: float, base: float, width: float, rng: Random) -> None:
    high = rng.uniform(104, 122)
    sheet.box(x, base - high, width, high, WALL)
    sheet.box(x, base - 20, width, 20, PLINTH)
    roof = [(x - 16, base - high + 8), (x + 16, base - high - 48), (x + width - 16, base - high - 48)]
    sheet.shape([*roof, (x + width + 16, base - high + 8)], TILE)
    for step in range(1, int(width // 14)):
        sheet.line(
            [(x + 16 + step * 13, base - high - 46), (x - 14 + step * 14.4, base - high + 6)], tone(TILE, 0.88), 2
        )
    sheet.box(x + 14, base - high - 54, width - 28, 8, tone(TILE, 0.7))
    door = x + width * rng.uniform(0.38, 0.5)
    sheet.box(door, base - 78, 44, 78, WOOD)
    sheet.line([(door + 22, base - 78), (door + 22, base)], tone(WOOD, 0.75), 2)
    for side in (door - 12, door + 46):
        sheet.box(side, base - 74, 9, 60, RED)
    sheet.box(door - 4, base - 90, 52, 9, RED)
    for window in (x + 26, x + width - 76):
        sheet.box(window - 3, base - 83, 52, 46, tone(PLINTH, 0.9))
        sheet.box(window, base - 80, 46, 40, (132, 160, 172))
        sheet.line([(window + 23, base - 80), (window + 23, base - 40)], WALL, 3)


def _tree(sheet: Sheet, x: float, base: float, size: float) -> None:
    sheet.box(x - 7 * size, base - 70 * size, 14 * size, 70 * size, WOOD)
    for across, up, radius, light in ((0, 120, 56, 0.9), (-34, 92, 40, 1.0), (36, 96, 42, 1.0), (4, 140, 38, 1.12)):
        sheet.round(x + across * size, base - up * size, radius * size, radius * 0.9 * size, tone(LEAF, light))


def street(sheet: Sheet, rng: Random) -> None:
    sheet.box(0, 400, WIDTH, 320, CONCRETE)
    x = rng.uniform(-60, 0)
    while x < WIDTH:
        width = rng.uniform(190, 250)
        _shop(sheet, x, width, rng)
        x += width + 4
    sheet.shape([(0, 452), (WIDTH, 452), (WIDTH, 628), (0, 628)], (214, 208, 198))
    for y, width in ((480, 1), (514, 2), (556, 2)):
        sheet.line([(0, y), (WIDTH, y)], (196, 190, 180), width)
    for step in range(-6, 30):
        sheet.line([(step * 48, 452), (480 + (step * 48 - 480) * 1.5, 628)], (200, 194, 184), 1)
    sheet.box(0, 628, WIDTH, 12, tone(PLINTH, 1.08))
    sheet.box(0, 640, WIDTH, 80, (98, 102, 106))
    for x in range(20, WIDTH, 190):
        sheet.box(x, 690, 96, 7, (226, 224, 214))
    for x in (rng.uniform(60, 110), rng.uniform(850, 910)):
        sheet.shape([(x - 34, 604), (x + 34, 604), (x + 40, 622), (x - 40, 622)], tone(EARTH, 0.8))
        _tree(sheet, x, 614, rng.uniform(1.5, 1.75))


def _shop(sheet: Sheet, x: float, width: float, rng: Random) -> None:
    wall = rng.choice([(226, 214, 196), (214, 218, 214), (232, 222, 206), (206, 210, 216)])
    top = rng.uniform(110, 170)
    sheet.box(x, top, width, 456 - top, wall)
    sheet.box(x - 3, top - 8, width + 6, 12, tone(wall, 0.82))
    for row in range(2):
        for column in range(3):
            left, up = x + 18 + column * (width - 30) / 3, top + 26 + row * (292 - top) / 2
            sheet.box(left, up, (width - 66) / 3, (250 - top) / 2.4, (142, 166, 178))
            sheet.box(left, up + (250 - top) / 2.4, (width - 66) / 3, 4, tone(wall, 0.8))
    board = rng.choice([(150, 52, 44), (38, 98, 82), (46, 84, 128), (178, 128, 54)])
    sheet.box(x + 6, 318, width - 12, 34, board)
    for mark in range(4):
        sheet.box(x + width / 2 - 62 + mark * 32, 326, 20, 18, (244, 236, 214))
    sheet.box(x + 12, 356, width - 24, 98, (104, 112, 116))
    for slat in range(362, 452, 9):
        sheet.line([(x + 12, slat), (x + width - 12, slat)], (118, 126, 130), 2)
    sheet.box(x + width * 0.34, 362, width * 0.32, 92, (226, 214, 178))
    stripe = width / 10
    for step in range(10):
        left = x + step * stripe
        slant = [(left, 352), (left + stripe, 352), (left + stripe, 376), (left, 376)]
        sheet.shape(slant, board if step % 2 else (244, 240, 232))
