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
