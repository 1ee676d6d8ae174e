# SPDX-License-Identifier: Apache-2.0
"""What a move depends on beyond the table: whether something was asked, how often, and in time.

``obstacle`` is asked twice with the same facts: by the page that offers the buttons and by the command that acts, so
a button that is shown works and one that is not shown would have been refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jiayuan.cases.enums import RequestKind, State, V
from jiayuan.standards.enums import LimitKind

MOST_EXTENSIONS = 2
SMALLEST_EXTENDABLE_DAYS = 2
LONGEST_SHELVING = timedelta(days=365)
RETURNS_FOR_A_MEETING = 3
NOT_BY_ITS_UNIT = frozenset(
    {
        V.CONFIRM_RETURN,
        V.REFUSE_RETURN,
        V.GRANT_EXTENSION,
        V.REFUSE_EXTENSION,
        V.SHELVE,
        V.REFUSE_SHELVING,
        V.RESUME,
        V.VOID,
        V.FORCE_CLOSE,
        V.REVIEW_APPEAL,
        V.DECIDE_APPEAL,
        V.CALL_BACK,
        V.REOPEN,
        V.REFUSE_REOPEN,
    }
)
"""What nobody does who works for the unit: answer its wishes, take its case off the books, ask how it did."""
SECOND_STAGE = "appeal_second"
"""What is asked of a case while an appeal, reviewed once, waits for its decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a case when somebody wants to move it."""

    state: State
    at: datetime
    asking: frozenset[str] = frozenset()
    must_verify: bool = False
    urgent: bool = False
    in_time: bool | None = None
    due_at: datetime | None = None
    limit_kind: LimitKind | None = None
    limit_value: int = 0
    extensions: int = 0
    shelvings: int = 0
    appealed: bool = False
    own_unit: bool = False
    """Whether whoever asks works for the unit that has the case, or that returned it and waits for an answer."""


def is_extendable(kind: LimitKind | None, value: int) -> bool:
    """Whether a limit may be extended at all: those of hours and of a single day are for small things."""
    return kind in (LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS) and value >= SMALLEST_EXTENDABLE_DAYS


def _ask_extension(facts: Facts) -> str:
    if RequestKind.EXTENSION in facts.asking:
        return "request_open"
    if not is_extendable(facts.limit_kind, facts.limit_value):
        return "no_extension"
    if facts.extensions >= MOST_EXTENSIONS:
        return "extended_twice"
    return "limit_passed" if facts.due_at is not None and facts.at > facts.due_at else ""


def _ask_shelving(facts: Facts) -> str:
    if RequestKind.SHELVING in facts.asking:
        return "request_open"
    return "shelved_before" if facts.shelvings else ""


def _appeal(facts: Facts) -> str:
    if facts.appealed:
        return "appealed_before"
    return "" if facts.in_time is False else "not_late"


def _file(facts: Facts) -> str:
    return "verify_first" if facts.must_verify and facts.state is State.REPORTED else ""


def _ask_reopen(facts: Facts) -> str:
    return "request_open" if RequestKind.REOPENING in facts.asking else ""


def _answers(asked: str) -> Callable[[Facts], str]:
    return lambda facts: "" if asked in facts.asking else "no_request"


_OBSTACLES: Mapping[V, Callable[[Facts], str]] = {
    V.FILE: _file,
    V.URGE: lambda facts: "already_urgent" if facts.urgent else "",
    V.ASK_EXTENSION: _ask_extension,
    V.GRANT_EXTENSION: _answers(RequestKind.EXTENSION),
    V.REFUSE_EXTENSION: _answers(RequestKind.EXTENSION),
    V.ASK_SHELVING: _ask_shelving,
    V.SHELVE: _answers(RequestKind.SHELVING),
    V.REFUSE_SHELVING: _answers(RequestKind.SHELVING),
    V.APPEAL: _appeal,
    V.REVIEW_APPEAL: _answers(RequestKind.APPEAL),
    V.DECIDE_APPEAL: _answers(SECOND_STAGE),
    V.ASK_REOPEN: _ask_reopen,
    V.REOPEN: _answers(RequestKind.REOPENING),
    V.RECONSIDER: _answers(RequestKind.REOPENING),
    V.REFUSE_REOPEN: _answers(RequestKind.REOPENING),
}


def obstacle(verb: V, facts: Facts) -> str:
    """The code of what stands in the way of a move that the table allows here; empty when nothing does."""
    if facts.own_unit and verb in NOT_BY_ITS_UNIT:
        return "own_work"
    found = _OBSTACLES.get(verb)
    return found(facts) if found else ""


def shelving_ends(asked_on: date, until: date) -> str:
    """What is wrong with the day until which somebody wants to shelve a case; empty when it will do."""
    if until <= asked_on:
        return "not_ahead"
    return "too_far" if until > asked_on + LONGEST_SHELVING else ""


def extension_ends(*, due_at: datetime, until: datetime, latest: datetime) -> str:
    """What is wrong with a new due date: it lies ahead of the old one and at most one original limit further."""
    if until <= due_at:
        return "not_later"
    return "too_far" if until > latest else ""


def goes_to_a_meeting(returns: int) -> bool:
    """Whether so many returns are a matter for the joint meeting."""
    return returns >= RETURNS_FOR_A_MEETING
