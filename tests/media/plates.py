# SPDX-License-Identifier: Apache-2.0
"""Pictures with an invented number plate at a known place."""

from PIL import Image, ImageDraw

from jiayuan.media.illustrations.plates import Ground, plate

ROAD, CAR = (150, 148, 142), (225, 226, 228)


def with_plate(
    box: tuple[int, int, int, int], *, seed: int = 1, words: int = 1, ground: Ground = Ground.BLUE
) -> Image.Image:
    """A light car on a grey road, with a plate in this box; ``seed`` moves the car, ``words`` are what is written."""
    picture = Image.new("RGB", (640, 480), ROAD)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100 + seed, 140, 540 + seed, 400), fill=CAR)
    draw.rectangle((160, 170, 480, 250), fill=(40, 44, 48))
    left, top, right, bottom = box
    painted = plate(ground, seed=words).resize((right - left, bottom - top), Image.Resampling.LANCZOS)
    picture.paste(painted, (left, top))
    return picture
