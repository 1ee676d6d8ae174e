# SPDX-License-Identifier: Apache-2.0
"""The doorbell of the imports. Background work hangs itself here; a sweep makes a lost ring harmless."""

from collections.abc import Callable

_bells: list[Callable[[], None]] = []


def ring_with(bell: Callable[[], None]) -> None:
    """Say what is to be woken when an import was started. Called once, while the program starts."""
    _bells[:] = [bell]


def imports() -> None:
    """Ask for the waiting imports to go on; without a bell the sweep does it later."""
    for bell in _bells:
        bell()
