# SPDX-License-Identifier: Apache-2.0
"""The doorbell of the derivation. Background work hangs itself here; a sweep makes a lost ring harmless."""

from collections.abc import Callable

_bells: list[Callable[[int], None]] = []


def ring_with(bell: Callable[[int], None]) -> None:
    """Say what is to be woken when a photo was received. Called once, while the program starts."""
    _bells[:] = [bell]


def derivation(photo_id: int) -> None:
    """Ask for the served variants of one photo; without a bell the sweep makes them later."""
    for bell in _bells:
        bell(photo_id)


_release_bells: list[Callable[[int], None]] = []


def ring_for_releases_with(bell: Callable[[int], None]) -> None:
    """Say what is to be woken when a photo waits to be looked through or rendered. Called once, at the start."""
    _release_bells[:] = [bell]


def release(photo_id: int) -> None:
    """Ask for what one photo waits for on its way to the public; without a bell the sweep does it later."""
    for bell in _release_bells:
        bell(photo_id)
