# SPDX-License-Identifier: Apache-2.0
"""What a checker is told about pictures: six deliberate fakes are flagged, honest pairs are not."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from jiayuan.cases.enums import Flag, State, V
from jiayuan.cases.models import Case
from jiayuan.cases.queries import distance_to, flags_told, waits_for
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.media.illustrations import Fake, Scene, Setting, Shot, fake_pair, scripted_pair
from jiayuan.media.queries import evidence_of
from jiayuan.media.services import receive
from jiayuan.places.enums import Crs
from jiayuan.places.enums import PositionSource as Source
from jiayuan.places.intake import Position
from tests.cast import MORNING, SYSTEM
from tests.factories.cases import QUARTER, case, move

pytestmark = pytest.mark.usefixtures("ground")
LON, LAT = 113.38, 31.69
HERE = Position(lon=LON, lat=LAT, crs=Crs.WGS84, accuracy_m=20, source=Source.DEVICE)
REPORTED = MORNING - timedelta(hours=1)
DONE = MORNING + 6 * QUARTER
BEFORE = Shot(at=REPORTED - timedelta(minutes=5), lon=LON, lat=LAT)
AFTER = Shot(at=DONE - timedelta(minutes=20), lon=LON + 0.0002, lat=LAT)
BARE = {"before": Shot(at=BEFORE.at), "after": Shot(at=AFTER.at)}


def sent(data: bytes, at: datetime) -> UUID:
    return receive(data=data, by=ANONYMOUS, at=at).handle


def checked(pair: tuple[bytes, bytes]) -> Case:
    """A case with this pair, fed back."""
    before, after = pair
    found = case(State.HANDLING, photos=(sent(before, REPORTED),), position=HERE)
    return move(found, V.FEED_BACK, evidence=[sent(after, DONE)], at=DONE)


def honest(number: int) -> tuple[bytes, bytes]:
    scene, setting = list(Scene)[number % len(Scene)], list(Setting)[number % len(Setting)]
    return scripted_pair(number, scene, setting, before=BEFORE, after=AFTER)


def flags(found: Case) -> set[Flag]:
    return {flag.flag for flag in flags_told(SYSTEM, found)}


def test_six_honest_pairs_raise_nothing() -> None:
    assert [flags(checked(honest(number))) for number in range(6)] == [set()] * 6


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Fake.SAME, {Flag.SAME_AS_BEFORE}),
        (Fake.COPIED, {Flag.NEARLY_SAME}),
        (Fake.REUSED, {Flag.NEARLY_SAME}),
        (Fake.EARLY, {Flag.EARLY, Flag.BACKWARDS}),
        (Fake.FAR, {Flag.FAR}),
        (Fake.EDITED, {Flag.EDITED}),
    ],
)
def test_each_fake_raises_the_flag_that_it_was_made_for(kind: Fake, told: set[Flag]) -> None:
    other = honest(7)
    earlier = checked(other)
    pair = fake_pair(kind, 50, Scene.MANURE, Setting.VILLAGE, before=BEFORE, after=AFTER, other=other[1])

    found = checked(pair)

    assert flags(found) == told
    assert flags(earlier) == set()


def test_the_flag_of_a_reused_picture_names_the_other_case_to_those_who_may_see_it() -> None:
    other = honest(7)
    earlier = checked(other)
    found = checked((honest(8)[0], other[1]))

    (flag,) = flags_told(SYSTEM, found)
    (hidden,) = flags_told(ANONYMOUS, found)

    assert flag.flag is Flag.SAME
    assert flag.other is not None
    assert flag.other.case_handle == earlier.handle
    assert hidden.other is None


def test_a_picture_that_came_through_a_messenger_raises_nothing() -> None:
    pair = tuple(stripped(data) for data in honest(3))

    assert flags(checked((pair[0], pair[1]))) == set()


def stripped(data: bytes) -> bytes:
    """The picture without what the camera wrote."""
    start = data.index(b"\xff\xe1")
    length = int.from_bytes(data[start + 2 : start + 4], "big")
    return data[:start] + data[start + 2 + length :]


def test_in_a_rework_only_the_new_pictures_are_judged_and_an_old_one_is_known_again() -> None:
    found = checked(honest(4))
    after = honest(4)[1]
    found = move(found, V.SEND_BACK, at=DONE + QUARTER)
    soon = DONE + 3 * QUARTER

    found = move(found, V.FEED_BACK, evidence=[sent(after + b"\0", soon)], at=soon)

    assert Flag.SAME_AS_BEFORE in flags(found)
    assert waits_for(SYSTEM, found, (), at=MORNING)


def test_a_distance_is_told_from_the_case_or_else_from_its_first_picture() -> None:
    found = checked(honest(5))
    evidence = evidence_of(subject=found.ref, spot=found.spot, by=SYSTEM)

    assert distance_to(found, evidence[1], among=evidence) == pytest.approx(19, abs=3)
    found.lon = found.lat = None
    assert distance_to(found, evidence[1], among=evidence) == pytest.approx(19, abs=3)


def test_a_pair_that_does_not_say_where_it_was_taken_raises_nothing() -> None:
    from_nowhere = scripted_pair(9, Scene.WATER, Setting.STREET, **BARE)

    assert flags(checked(from_nowhere)) == set()
