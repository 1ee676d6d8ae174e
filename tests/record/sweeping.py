# SPDX-License-Identifier: Apache-2.0
"""Invented kinds of events for the tests of the record: yards that are swept, by people who may be forgotten."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar

from jiayuan.cases.events import UPCASTERS
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import unit_of_work
from jiayuan.record import counters, readers
from jiayuan.record.events import Code, Digest, Event, PersonId, Ref, hold_kinds, private
from jiayuan.record.log import record
from jiayuan.record.readers import Reader
from jiayuan.site.wiring import EVENTS, FOLDS, READERS
from tests.conftest import FRIDAY_MORNING

BY = Actor.system("test")


@dataclass(frozen=True, kw_only=True)
class Swept(Event):
    """A yard was swept."""

    KIND: ClassVar[str] = "test.swept"
    SENTENCE: ClassVar[Any] = "Swept"

    bags: int
    place: Code = Code("990101001001")


@dataclass(frozen=True, kw_only=True)
class Thanked(Event):
    """Somebody thanked those who had swept."""

    KIND: ClassVar[str] = "test.thanked"
    SENTENCE: ClassVar[Any] = "Thanked"

    bags: int
    sweeper: PersonId | None = private()
    helpers: tuple[PersonId, ...] | None = private()
    text_digest: Digest | None = private()


def sweep(*yards: int, by: Actor = BY, at: datetime = FRIDAY_MORNING, bags: int = 1) -> None:
    """Record that some yards were swept, in one command."""
    with unit_of_work():
        for yard in yards:
            record(Swept(subject=Ref("yard", yard), bags=bags), by=by, at=at)


def thank(
    yard: int, *, sweeper: int | None = None, helpers: Sequence[int] = (), words: str = "", by: Actor = BY
) -> None:
    """Record that somebody was thanked."""
    event = Thanked(
        subject=Ref("yard", yard),
        bags=1,
        sweeper=None if sweeper is None else PersonId(sweeper),
        helpers=tuple(PersonId(one) for one in helpers) or None,
        text_digest=Digest(sha256(words.encode()).hexdigest()) if words else None,
    )
    with unit_of_work():
        record(event, by=by, at=FRIDAY_MORNING)


@contextmanager
def wired(
    *, kinds: Sequence[type[Event]] = (Swept, Thanked), followers: Sequence[Reader] = (), upcasters: Any = None
) -> Iterator[None]:
    """The invented kinds beside the real ones, and only these readers; afterwards the house is as it was."""
    hold_kinds((*EVENTS, *kinds), {**UPCASTERS, **(upcasters or {})})
    readers.hold_readers(followers)
    try:
        yield
    finally:
        hold_kinds(EVENTS, UPCASTERS)
        readers.hold_readers(READERS)
        counters.hold_folds(FOLDS)
