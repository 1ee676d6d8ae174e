# SPDX-License-Identifier: Apache-2.0
"""The difference hash: 64 bits that stay almost the same when a picture is resized, brightened or re-encoded."""

from PIL import Image

WIDTH, HEIGHT, BITS = 9, 8, 64


def dhash(picture: Image.Image) -> int:
    """Each bit says whether a cell of a 9 × 8 grey grid is darker than its right neighbour; signed, as columns are."""
    grey = picture.convert("L").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(0, WIDTH * HEIGHT, WIDTH):
        for cell in range(row, row + WIDTH - 1):
            bits = bits << 1 | (grey[cell] < grey[cell + 1])
    return bits - (1 << BITS) if bits >> (BITS - 1) else bits


def apart(one: int, other: int) -> int:
    """In how many of the 64 bits two hashes differ: 0 is the same picture, above about 10 another one."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()


FINE = 16
PLAIN_STEP, PLAIN_CELLS = 4, 10


def fine(picture: Image.Image) -> str:
    """The same with 256 bits, as hex, to confirm what 64 bits found; empty for a picture too plain to be compared.

    A wall, a sky or a dark night differ from cell to cell only by noise: their bits say nothing.
    """
    grey = picture.convert("L")
    coarse = grey.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).tobytes()
    steps = (abs(coarse[cell] - coarse[cell + 1]) for cell in range(WIDTH * HEIGHT - 1) if cell % WIDTH < WIDTH - 1)
    if sum(step >= PLAIN_STEP for step in steps) < PLAIN_CELLS:
        return ""
    cells = grey.resize((FINE + 1, FINE), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(0, (FINE + 1) * FINE, FINE + 1):
        for cell in range(row, row + FINE):
            bits = bits << 1 | (cells[cell] < cells[cell + 1])
    return f"{bits:064x}"


def fine_apart(one: str, other: str) -> int:
    """In how many of the 256 bits two fine hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
