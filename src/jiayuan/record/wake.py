# SPDX-License-Identifier: Apache-2.0
"""The doorbell of the readers. Whoever runs background work hangs itself here; a sweep makes a lost ring harmless."""

from collections.abc import Callable

_bells: list[Callable[[], None]] = []


def ring_with(bell: Callable[[], None]) -> None:
    """Say what is to be woken when new events were committed. Called once, while the program starts."""
    _bells[:] = [bell]


def readers() -> None:
    """Wake the readers; without a bell (tests, loaders) nothing happens and the sweep comes later."""
    for bell in _bells:
        bell()
