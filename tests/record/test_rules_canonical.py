# SPDX-License-Identifier: Apache-2.0
"""The canonical bytes, written a second time from their specification and compared with what the record stores."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, IntEnum, StrEnum
from hashlib import sha256
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from jiayuan.cases.events import UPCASTERS as OF_CASES
from jiayuan.kernel.access import Actor, Area, Grant
from jiayuan.record.canon import canonical
from jiayuan.record.events import LARGEST, Code, Event, PersonId, Ref, hold_kinds, kinds, parts_of, private, read, stamp
from jiayuan.record.log import Entry, public_text, rows_of
from tests.record import golden
from tests.record.sweeping import Swept, wired

KINDS = kinds()
GOLDEN = sorted(golden.FOLDER.glob("*.json"))
# The actor of every golden file.
ACTOR = Actor(account_id=1, person_id=1, grants=(Grant(role="checker", area=Area("990101000000"), post_id=1),))
every_event = pytest.mark.parametrize("cls", KINDS, ids=[f"{cls.KIND}.v{cls.V}" for cls in KINDS])


class Size(StrEnum):
    """A stored code."""

    SMALL = "small"


@dataclass(frozen=True, kw_only=True)
class Weighed(Event):
    """An invented event with every type that a field may have."""

    KIND: ClassVar[str] = "test.weighed"
    SENTENCE: ClassVar[Any] = "Weighed"

    code: Code
    grams: int
    is_dry: bool
    size: Size
    on: date
    until: datetime | None
    codes: tuple[Code, ...]
    weigher: PersonId | None = private()


def spelled(text: str) -> str:
    """A string as the specification spells it, letter by letter."""
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(short.get(one, f"\\u{ord(one):04x}" if one < " " else one) for one in text) + '"'


def written(value: Any) -> str:
    """A value as the specification writes it, without a library."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{spelled(key)}:{written(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if isinstance(value, str):
        return spelled(value)
    names = {"None": "null", "True": "true", "False": "false"}
    return names.get(str(value), str(value))


texts = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts, lambda inner: st.lists(inner, max_size=4)
)
weighings = st.builds(
    Weighed,
    subject=st.builds(Ref, st.just("yard"), st.integers(1, LARGEST)),
    code=texts.map(Code),
    grams=st.integers(-LARGEST, LARGEST),
    is_dry=st.booleans(),
    size=st.sampled_from(Size),
    on=st.dates(),
    until=st.none() | st.datetimes(timezones=st.just(UTC)),
    codes=st.lists(texts.map(Code), max_size=3).map(tuple),
    weigher=st.none() | st.integers(1, LARGEST).map(PersonId),
)


@effort(max_examples=40)
@given(st.dictionaries(texts, plain, max_size=5))
def test_the_text_is_what_the_specification_says(values: dict[str, Any]) -> None:
    assert canonical(values) == written(values)


@effort(max_examples=40)
@given(st.dictionaries(texts, plain, max_size=5))
def test_the_text_reads_as_the_same_values_and_is_written_the_same_again(values: dict[str, Any]) -> None:
    text = canonical(values)

    assert json.loads(text) == values
    assert canonical(json.loads(text)) == text


@every_event
def test_what_the_record_stores_of_an_event_is_its_golden_file(cls: type[Event]) -> None:
    kept = json.loads(golden.path_of(cls).read_text(encoding="utf-8"))
    entry = Entry(event=golden.sample(cls), by=ACTOR, at=golden.AT)

    event, secret = rows_of(entry, position=golden.POSITION, recorded_at=golden.AT, salt=golden.SALT)

    assert public_text(event) == kept["public"]
    assert event.payload == written(json.loads(kept["public"])["payload"])
    assert secret.body == kept["private"]
    assert event.leaf.hex() == kept["leaf"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_file_holds_against_the_specification_alone(path: Any) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    public, body = json.loads(kept["public"]), json.loads(kept["private"])

    assert written(public) == kept["public"]
    assert written(body) == kept["private"]
    assert sorted(public) == ["at", "kind", "on", "payload", "position", "recorded_at", "subject", "v"]
    assert path.stem == f"{public['kind']}.v{public['v']}"
    secret = sha256(bytes(range(16)) + kept["private"].encode()).digest()
    assert sha256(b"\x00" + kept["public"].encode() + secret).hexdigest() == kept["leaf"]


@every_event
def test_the_golden_text_reads_as_the_same_event(cls: type[Event]) -> None:
    kept = json.loads(golden.path_of(cls).read_text(encoding="utf-8"))
    public, body = json.loads(kept["public"]), json.loads(kept["private"])

    event = read(public["kind"], public["v"], subject=Ref("sample", 1), values=public["payload"] | body["private"])

    assert event == golden.sample(cls)


@given(weighings)
def test_every_value_that_an_event_may_have_comes_back(event: Weighed) -> None:
    public, secret = parts_of(event)
    values = json.loads(canonical(public)) | json.loads(canonical(secret))

    with wired(kinds=[Weighed]):
        assert read("test.weighed", 1, subject=event.subject, values=values) == event


@effort(max_examples=40)
@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_is_written_the_same_in_every_zone(moment: datetime) -> None:
    try:
        in_utc = moment.astimezone(UTC)
    except OverflowError:
        return

    assert stamp(moment) == stamp(in_utc)
    assert len(stamp(moment)) == len("2025-01-03T01:00:00.000000Z")


def test_whole_seconds_and_early_years_keep_their_zeros() -> None:
    assert stamp(datetime(2025, 1, 3, 9, tzinfo=timezone(timedelta(hours=8)))) == "2025-01-03T01:00:00.000000Z"
    assert stamp(datetime(33, 4, 3, tzinfo=UTC)) == "0033-04-03T00:00:00.000000Z"


class Weight(float, Enum):
    """A code whose bytes are not stable."""

    HALF = 0.5


class Count(IntEnum):
    """A code that is a number."""

    TWO = 2


@pytest.mark.parametrize("value", [0.5, float("nan"), b"x", {"a": 1}, {1}, Weight.HALF, object(), 2**53, [1.5]])
def test_what_has_no_stable_bytes_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot carry"):
        parts_of(Swept(subject=Ref("yard", 1), bags=value))


def test_a_code_is_written_as_its_value() -> None:
    public, _ = parts_of(Swept(subject=Ref("yard", 1), bags=Count.TWO))

    assert canonical(public) == '{"bags":2,"place":"990101001001"}'


def test_who_holds_several_posts_is_not_said_to_have_acted_in_one_of_them() -> None:
    grants = tuple(Grant(role="checker", area=Area("990101000000"), post_id=post) for post in (1, 2))
    event = Swept(subject=Ref("yard", 1), bags=1)

    def post_of(*held: Grant) -> Any:
        entry = Entry(event=event, by=Actor(account_id=1, grants=held), at=golden.AT)
        _, secret = rows_of(entry, position=1, recorded_at=golden.AT, salt=golden.SALT)
        return json.loads(secret.body)["actor"]["post"]

    assert post_of(grants[0]) == 1
    assert post_of(*grants) is None
    assert post_of() is None


@dataclass(frozen=True, kw_only=True)
class YardSwept(Event):
    """What Swept is called today; bags are counted in litres, and who helped is asked."""

    KIND: ClassVar[str] = "test.yard_swept"
    V: ClassVar[int] = 3
    SENTENCE: ClassVar[Any] = "Swept"

    litres: int
    place: Code
    helpers: int = 0


UPCASTERS = {
    ("test.swept", 1): lambda values: ("test.yard_swept", 2, values),
    ("test.yard_swept", 2): lambda values: (
        "test.yard_swept",
        3,
        {"litres": values["bags"] * 60, "place": values["place"]},
    ),
}


def test_an_old_event_is_lifted_through_its_new_name_and_its_new_shape() -> None:
    values = {"bags": 2, "place": "990101001001"}

    with wired(kinds=[YardSwept], upcasters=UPCASTERS):
        event = read("test.swept", 1, subject=Ref("yard", 1), values=values)

    assert event == YardSwept(subject=Ref("yard", 1), litres=120, place=Code("990101001001"), helpers=0)
    assert values == {"bags": 2, "place": "990101001001"}


def test_an_event_of_today_is_not_lifted() -> None:
    with wired(kinds=[YardSwept], upcasters=UPCASTERS):
        event = read("test.yard_swept", 3, subject=Ref("yard", 1), values={"litres": 5, "place": "x", "helpers": 4})

    assert event == YardSwept(subject=Ref("yard", 1), litres=5, place=Code("x"), helpers=4)


def test_a_field_that_is_no_longer_known_is_left_out() -> None:
    with wired():
        event = read("test.swept", 1, subject=Ref("yard", 1), values={"bags": 1, "weather": "rain"})

    assert event == Swept(subject=Ref("yard", 1), bags=1)


def test_a_kind_that_nobody_knows_is_a_fault() -> None:
    with pytest.raises(KeyError):
        read("test.unknown", 1, subject=Ref("yard", 1), values={})


def test_two_events_of_one_name_and_version_are_a_fault() -> None:
    try:
        with pytest.raises(ValueError, match=r"test\.swept"):
            hold_kinds([Swept, Swept])
    finally:
        hold_kinds(KINDS, OF_CASES)
