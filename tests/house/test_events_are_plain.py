# SPDX-License-Identifier: Apache-2.0
"""Events carry plain values, never names or free text; each has a sentence and bytes that never change."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from jiayuan.record.events import ALLOWED, PRIVATE, Code, Digest, Event, PersonId, Ref, kinds, parts_of, read
from tests.house.tree import ROOMS, modules_of
from tests.record import golden

KINDS = kinds()
NAMES = [f"{cls.KIND}.v{cls.V}" for cls in KINDS]
GOLDEN = sorted(golden.FOLDER.glob("*.json"))
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
every_event = pytest.mark.parametrize("cls", KINDS, ids=NAMES)


def atoms(hint: Any) -> Iterator[Any]:
    """The types that a field may hold, taken out of unions and tuples."""
    if get_origin(hint) in (Union, UnionType, tuple):
        for part in get_args(hint):
            if part not in (NoneType, Ellipsis):
                yield from atoms(part)
    else:
        yield hint


def is_allowed(kind: Any) -> bool:
    return kind in ALLOWED or (isinstance(kind, type) and issubclass(kind, StrEnum))


def test_every_event_of_every_room_is_held_by_the_roof() -> None:
    written = {
        value
        for room in ROOMS
        for module in modules_of(room, "events")
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Event) and "KIND" in vars(value)
    }

    assert written == set(KINDS)


@every_event
def test_an_event_is_named_for_its_room_and_says_a_sentence_with_its_own_fields(cls: type[Event]) -> None:
    room = cls.__module__.split(".")[1]

    assert cls.KIND.startswith(f"{room}.")
    assert len(cls.KIND) <= 60
    assert str(cls.SENTENCE)
    # A sentence may say %(unit)s for the field unit_id: the timeline looks the name up.
    names = [item.name for item in fields(cls)]
    asked = _PLACEHOLDER.findall(str(cls.SENTENCE))
    assert [word for word in asked if not any(name == word or name.startswith(f"{word}_") for name in names)] == []


@every_event
def test_the_fields_of_an_event_are_codes_numbers_dates_and_ids(cls: type[Event]) -> None:
    hints = get_type_hints(cls)
    strange = {
        item.name: hints[item.name]
        for item in fields(cls)
        if item.name != "subject" and not all(map(is_allowed, atoms(hints[item.name])))
    }

    assert strange == {}


@every_event
def test_persons_and_digests_are_private_and_codes_are_not(cls: type[Event]) -> None:
    hints = get_type_hints(cls)
    for item in fields(cls):
        found = set(atoms(hints[item.name]))
        if found & {PersonId, Digest}:
            assert item.metadata.get(PRIVATE), item.name
        if Code in found:
            assert not item.metadata.get(PRIVATE), item.name


@every_event
def test_the_bytes_of_an_event_are_those_of_its_golden_file(cls: type[Event]) -> None:
    path = golden.path_of(cls)

    assert path.exists(), "write it: python -m tests.record.golden"
    assert json.loads(path.read_text(encoding="utf-8")) == golden.golden(cls)


@pytest.mark.parametrize("name", [path.name for path in GOLDEN])
def test_an_event_that_was_ever_written_can_still_be_read(name: str) -> None:
    kept = json.loads((golden.FOLDER / name).read_text(encoding="utf-8"))
    public, private = json.loads(kept["public"]), json.loads(kept["private"])

    event = read(public["kind"], public["v"], subject=Ref("sample", 1), values=public["payload"] | private["private"])

    if public["kind"] == event.KIND and public["v"] == event.V:
        assert parts_of(event)[0].items() >= public["payload"].items()
