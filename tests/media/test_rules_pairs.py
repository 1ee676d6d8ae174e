# SPDX-License-Identifier: Apache-2.0
"""Scripted pairs: honest ones look like two photos of one place and like nothing else; fakes deceive in their way."""

from datetime import timedelta
from functools import lru_cache
from itertools import combinations

import pytest

from jiayuan.media.alike import is_near, is_same_view
from jiayuan.media.illustrations import Fake, Scene, Setting, Shot, fake_pair, scripted_pair
from jiayuan.media.inspection import Inspected, inspect
from jiayuan.media.software import editor_in
from tests.cast import MORNING

BEFORE = Shot(at=MORNING, lon=113.38, lat=31.69)
AFTER = Shot(at=MORNING + timedelta(days=2), lon=113.3801, lat=31.6901)
PAIRS = 40


def hashes(facts: Inspected) -> tuple[int, str]:
    return facts.dhash, facts.fine


@lru_cache(maxsize=PAIRS)
def honest(number: int) -> tuple[Inspected, Inspected]:
    scene, setting = list(Scene)[number % len(Scene)], list(Setting)[number % len(Setting)]
    before, after = scripted_pair(number, scene, setting, before=BEFORE, after=AFTER)
    return inspect(before), inspect(after)


def fake(kind: Fake, *, other: bytes = b"") -> tuple[Inspected, Inspected]:
    before, after = fake_pair(kind, 50, Scene.MANURE, Setting.VILLAGE, before=BEFORE, after=AFTER, other=other)
    return inspect(before), inspect(after)


def test_forty_pairs_are_eighty_pictures_of_which_no_two_are_nearly_the_same() -> None:
    pictures = [hashes(facts) for number in range(PAIRS) for facts in honest(number)]

    assert all(fine for _, fine in pictures)
    assert not [1 for one, other in combinations(pictures, 2) if is_near(one, other)]


def test_a_pair_carries_what_a_phone_writes() -> None:
    before, after = honest(3)

    assert (before.taken_at, after.taken_at) == (BEFORE.at, AFTER.at)
    assert (before.lon_e6, before.lat_e6, after.lon_e6, after.lat_e6) == (
        113_380_000,
        31_690_000,
        113_380_100,
        31_690_100,
    )
    assert not editor_in(before.software + after.software)


def test_the_same_number_gives_the_same_bytes() -> None:
    once, twice = (scripted_pair(5, Scene.WATER, Setting.VILLAGE, before=BEFORE, after=AFTER) for _ in range(2))

    assert once == twice


def test_the_picture_saved_again_is_the_one_before() -> None:
    before, after = fake(Fake.SAME)

    assert before.sha256 != after.sha256
    assert is_same_view(hashes(before), hashes(after))


@pytest.mark.parametrize("kind", [Fake.COPIED, Fake.REUSED])
def test_a_picture_of_another_case_stays_nearly_the_same(kind: Fake) -> None:
    _, other = scripted_pair(7, Scene.CLUTTER, Setting.STREET, before=BEFORE, after=AFTER)

    _, after = fake(kind, other=other)

    assert after.sha256 != inspect(other).sha256
    assert is_near(hashes(after), hashes(inspect(other)))


def test_the_early_one_was_taken_before_the_picture_before() -> None:
    before, after = fake(Fake.EARLY)

    assert before.taken_at is not None
    assert after.taken_at is not None
    assert after.taken_at < before.taken_at


def test_the_far_one_lies_three_kilometres_away() -> None:
    before, after = fake(Fake.FAR)

    assert before.lat_e6 is not None
    assert after.lat_e6 is not None
    assert 25_000 < after.lat_e6 - before.lat_e6 < 29_000


def test_the_edited_one_names_its_editor() -> None:
    assert editor_in(fake(Fake.EDITED)[1].software) == "Adobe Photoshop"
