# SPDX-License-Identifier: Apache-2.0
"""What an event is: a frozen dataclass of ids, codes, integers and dates – never a name, never free text.

A field made with ``private()`` (a person, the digest of a text) goes into the salted part of the leaf, which can be
forgotten without breaking a seal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Any, ClassVar, NewType, Union, get_args, get_origin, get_type_hints

from typing_extensions import override

Code = NewType("Code", str)
"""A stored code: of a division, a class, a reason, a unit – never words."""

PersonId = NewType("PersonId", int)
"""A person by id: always a private field."""

Digest = NewType("Digest", str)
"""SHA-256 of an erasable text in hex: always a private field."""

PRIVATE = "jiayuan.private"


LARGEST = 2**53 - 1
"""The largest integer that every reader of JSON reads exactly."""


def private() -> Any:
    """Mark a field of an event as belonging to the salted part. It reads ``None`` once it has been forgotten."""
    return field(metadata={PRIVATE: True})


@dataclass(frozen=True, slots=True)
class Ref:
    """What an event is about, as a plain value: ``case:12``."""

    kind: str
    id: int

    @override
    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, kw_only=True)
class Event:
    """The base of every event. ``KIND`` and ``V`` are stored for ever; ``SENTENCE`` is how a timeline reads."""

    KIND: ClassVar[str]
    V: ClassVar[int] = 1
    SENTENCE: ClassVar[Any]

    subject: Ref


def parts_of(event: Event) -> tuple[dict[str, Any], dict[str, Any]]:
    """The public and the private fields of an event as plain JSON values; the subject is kept beside them."""
    public, secret = _names(type(event))
    return (
        {name: _plain(getattr(event, name)) for name in public},
        {name: _plain(getattr(event, name)) for name in secret},
    )


_parts: dict[type[Event], tuple[tuple[str, ...], tuple[str, ...]]] = {}


def _names(cls: type[Event]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the public and of the private fields of a class, which never change."""
    if cls not in _parts:
        held = [item for item in fields(cls) if item.name != "subject"]
        secret = tuple(item.name for item in held if item.metadata.get(PRIVATE))
        _parts[cls] = (tuple(item.name for item in held if item.name not in secret), secret)
    return _parts[cls]


def _plain(value: Any) -> Any:
    """A value as JSON may carry it; floats and anything else are refused because their bytes are not stable."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, int) and abs(value) > LARGEST:
        raise TypeError(f"an event cannot carry {value}: not every program that checks a seal could read it")
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    raise TypeError(f"an event cannot carry a {type(value).__name__}")


def stamp(at: datetime) -> str:
    """A moment in UTC with microseconds and a Z, the one way in which the record writes time."""
    if at.tzinfo is None:
        raise TypeError(f"{at} names no moment: it has no zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def rebuilt(cls: type[Event], subject: Ref, values: Mapping[str, Any]) -> Event:
    """The event of this class with these plain values; unknown values are dropped, missing ones take defaults.

    A private value that is missing was forgotten with its person, whatever the field says: it is ``None``.
    """
    hints = _hints(cls)
    given = {item.name: _typed(hints[item.name], values[item.name]) for item in fields(cls) if item.name in values}
    forgotten = {item.name: None for item in fields(cls) if item.metadata.get(PRIVATE) and item.name not in values}
    return cls(subject=subject, **given, **forgotten)


_types: dict[type[Event], Mapping[str, Any]] = {}


def _hints(cls: type[Event]) -> Mapping[str, Any]:
    """The types of an event's fields. Resolving them costs ten times the event itself, and they never change."""
    if cls not in _types:
        _types[cls] = get_type_hints(cls)
    return _types[cls]


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _typed(next(part for part in get_args(hint) if part is not NoneType), value)
    if origin is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if hint is datetime:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return date.fromisoformat(value) if hint is date else value


def persons_in(event: Event) -> frozenset[int]:
    """The persons whom an event names in its private fields, alone or in lists."""
    hints = _hints(type(event))
    names = (item.name for item in fields(event) if item.metadata.get(PRIVATE) and _holds_person(hints[item.name]))
    values = [getattr(event, name) for name in names]
    named = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    return frozenset(one for one in named if one is not None)


def _holds_person(hint: Any) -> bool:
    return hint is PersonId or any(_holds_person(part) for part in get_args(hint))


_kinds: dict[tuple[str, int], type[Event]] = {}
_upcasters: dict[tuple[str, int], Any] = {}


def hold_kinds(classes: Iterable[type[Event]], upcasters: Mapping[tuple[str, int], Any] | None = None) -> None:
    """Let the roof say which events exist and how old ones are read. Called once, while the program starts.

    An upcaster takes the plain values of (kind, v) and returns (kind, v + 1 or a new name's v, values); it is pure and
    kept for ever.
    """
    _kinds.clear()
    for cls in classes:
        key = (cls.KIND, cls.V)
        if key in _kinds:
            raise ValueError(f"two events are called {key}")
        _kinds[key] = cls
    _upcasters.clear()
    _upcasters.update(upcasters or {})


def kinds() -> tuple[type[Event], ...]:
    """Every current class of event."""
    return tuple(_kinds.values())


def read(kind: str, v: int, *, subject: Ref, values: Mapping[str, Any]) -> Event:
    """An event as today's code knows it, lifted through every upcaster on the way."""
    while (kind, v) in _upcasters:
        kind, v, values = _upcasters[(kind, v)](values)
    return rebuilt(_kinds[(kind, v)], subject, values)


ALLOWED = (Code, PersonId, Digest, int, bool, date, datetime, StrEnum)
"""What the fields of an event may be; a house test reads this list."""
