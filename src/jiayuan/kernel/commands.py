# SPDX-License-Identifier: Apache-2.0
"""A command is one transaction whose events are written last.

``record()`` only buffers. The outermost command hands the buffer to the record as its last statements, so that the
record's head lock is held from the flush to the commit and for nothing else. A savepoint that is rolled back takes the
events recorded inside it along.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_buffer: ContextVar[list[Any] | None] = ContextVar("jiayuan_command_buffer", default=None)
_flushers: list[Callable[[list[Any]], None]] = []


def flush_with(flusher: Callable[[list[Any]], None]) -> None:
    """Let the record say how buffered events are written. Called once, while the program starts."""
    _flushers[:] = [flusher]


def buffer(entry: Any) -> None:
    """Keep an entry until the outermost command ends; an entry outside any command is a fault of the code."""
    entries = _buffer.get()
    if entries is None:
        raise RuntimeError("record() was called outside a command: its event would not share the transaction")
    entries.append(entry)


def inside() -> bool:
    """Whether a command is running in this thread of work."""
    return _buffer.get() is not None


@contextmanager
def savepoint() -> Iterator[None]:
    """A part of a command that may fail alone; its events go with it."""
    entries = _buffer.get()
    if entries is None:
        raise RuntimeError("savepoint() belongs inside a command")
    mark = len(entries)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del entries[mark:]
        raise


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction with one buffer; nested use is a savepoint."""
    if _buffer.get() is not None:
        with savepoint():
            yield
        return
    with transaction.atomic():
        entries: list[Any] = []
        token = _buffer.set(entries)
        try:
            yield
            _flush(entries)
        finally:
            # Before the commit, not after it: whatever runs on commit must find no buffer, or a command that it
            # starts would leave its events in one that has been written already.
            _buffer.reset(token)


def _flush(entries: list[Any]) -> None:
    if not entries:
        return
    if not _flushers:
        raise RuntimeError("no record is connected: events would be lost")
    _flushers[0](entries)


def command(service: Callable[P, R]) -> Callable[P, R]:
    """Make a service a command: all of it happens, with its events, or nothing does."""

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with unit_of_work():
            return service(*args, **kwargs)

    run.is_command = True  # type: ignore[attr-defined]
    return run


def after_commit(action: Callable[[], None]) -> None:
    """Do something that leaves the database once the transaction is safe, at once if there is none.

    What fails here is logged: the transaction stands, so nobody may be told that it failed, and a sweep finds the work.
    """
    transaction.on_commit(action, robust=True)
