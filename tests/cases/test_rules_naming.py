# SPDX-License-Identifier: Apache-2.0
"""Whom a note calls on, by the names in it."""

import pytest

from jiayuan.cases.rules.naming import named_in

NAMES = ("王伟", "王伟明", "李伟·派遣员", "李伟·值班长", "李伟", "")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("@王伟明请看", {"王伟明"}),
        ("@王伟请看", {"王伟"}),
        ("@王伟明@王伟 请看", {"王伟明", "王伟"}),
        ("@李伟·值班长 请看", {"李伟·值班长"}),
        ("王伟请看 @", set()),
    ],
)
def test_the_longest_name_that_fits_is_the_one_that_is_meant(body: str, found: set[str]) -> None:
    assert named_in(body, names=NAMES) == found
