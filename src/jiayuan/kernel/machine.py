# SPDX-License-Identifier: Apache-2.0
"""A life-cycle is one table: from, to, who, what must be given, what happens to the clock.

The table holds columns, not code. Buttons, the printed diagram and the manual page come from it; effects are written
in the commands, where they can be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission
from jiayuan.kernel.errors import Refused, Stale

State = TypeVar("State", bound=StrEnum)


class ClockEffect(StrEnum):
    """What a move does to the handling clock."""

    NONE = "none"
    START = "start"
    STOP = "stop"
    RESTART = "restart"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Generic[State]):
    """One row of a life-cycle table; without ``to`` the move leaves the state as it is."""

    sources: tuple[State, ...]
    to: State | None
    by: Permission
    needs: frozenset[str] = frozenset()
    clock: ClockEffect = ClockEffect.NONE

    def after(self, state: State) -> State:
        """Where a move from this state leads."""
        return state if self.to is None else self.to


def move(
    *sources: State, to: State | None, by: Permission, needs: Iterable[str] = (), clock: str = ClockEffect.NONE
) -> Move[State]:
    """A row of a life-cycle table, written as it is read."""
    return Move(sources=sources, to=to, by=by, needs=frozenset(needs), clock=ClockEffect(clock))


def check_move(row: Move[State], state: State, given: Mapping[str, object]) -> None:
    """Refuse a move that does not start here (somebody was faster) or that lacks what it needs."""
    if state not in row.sources:
        raise Stale(
            "wrong_state",
            pgettext_lazy("kernel", "This was moved on meanwhile. Reload the page to see where it stands now."),
            state=str(state),
        )
    for need in sorted(row.needs):
        if not given.get(need):
            raise Refused(f"missing_{need}", pgettext_lazy("kernel", "Fill this in to go on."), field=need)
