# SPDX-License-Identifier: Apache-2.0
"""The doorbell of the printing. Background work hangs itself here; a sweep makes a lost ring harmless."""

from collections.abc import Callable

_bells: list[Callable[[int], None]] = []


def ring_with(bell: Callable[[int], None]) -> None:
    """Say what is to be woken when a paper was issued. Called once, while the program starts."""
    _bells[:] = [bell]


def printing(paper_id: int) -> None:
    """Ask for the files of one paper; without a bell the sweep makes them later."""
    for bell in _bells:
        bell(paper_id)
