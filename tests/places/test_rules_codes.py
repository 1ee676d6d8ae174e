# SPDX-License-Identifier: Apache-2.0
"""What the digits of a division code say."""

import pytest

from jiayuan.places import rules
from jiayuan.places.enums import Kind, Level


@pytest.mark.parametrize(
    ("code", "key", "level", "parent"),
    [
        ("42", "42", Level.PROVINCE, ""),
        ("420000000000", "42", Level.PROVINCE, ""),
        ("4213", "4213", Level.CITY, "420000000000"),
        ("421300", "4213", Level.CITY, "420000000000"),
        ("421300000000", "4213", Level.CITY, "420000000000"),
        ("421303", "421303", Level.COUNTY, "421300000000"),
        ("421303003", "421303003", Level.TOWN, "421303000000"),
        ("421303003000", "421303003", Level.TOWN, "421303000000"),
        ("421303003200", "421303003200", Level.VILLAGE, "421303003000"),
        ("421303003200007", "421303003200007", Level.HAMLET, "421303003200"),
    ],
)
def test_a_code_tells_its_level_and_its_parent(code: str, key: str, level: Level, parent: str) -> None:
    assert rules.key_of(code) == key
    assert rules.level_of(code) is level
    assert rules.parent_of(code) == parent


@pytest.mark.parametrize(
    "text", ["", "4", "421", "42130", "4213030032001", "42130300320x", "０４２１", "-42", "4213 03"]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(rules.BadCode):
        rules.full_code(text)


def test_the_ancestors_of_a_village_run_from_town_to_province() -> None:
    assert rules.ancestors_of("421303003200") == ("421303003000", "421303000000", "421300000000", "420000000000")


def test_a_division_covers_itself_and_what_lies_below_it_only() -> None:
    assert rules.covers("421303", "421303003200")
    assert rules.covers("421303003200", "421303003200")
    assert not rules.covers("421303003", "421303")
    assert not rules.covers("421321", "421303003200")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("421303", Kind.DISTRICT),
        ("421321", Kind.COUNTY),
        ("421381", Kind.COUNTY_CITY),
        ("421303003", Kind.SUBDISTRICT),
        ("421303187", Kind.TOWN),
        ("421303200", Kind.TOWNSHIP),
        ("421303587", Kind.TOWN_LIKE),
        ("421303003001", Kind.COMMUNITY),
        ("421303003200", Kind.VILLAGE),
        ("421303003400", Kind.COMMUNITY_LIKE),
        ("421303003501", Kind.VILLAGE_LIKE),
        ("421303003200001", Kind.HAMLET),
    ],
)
def test_the_kind_follows_from_the_number_not_from_the_name(code: str, kind: Kind) -> None:
    assert rules.kind_of(code) is kind
