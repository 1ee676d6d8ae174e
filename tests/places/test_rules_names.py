# SPDX-License-Identifier: Apache-2.0
"""Names as people say them."""

import pytest

from jiayuan.places.rules import initials_of, short_name_of


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("双寺村委会", "双寺村"),
        ("星亮村村民委员会", "星亮村"),
        ("君子山村民委员会", "君子山村"),
        ("车云山村村委会", "车云山村"),
        ("乌龙巷居委会（社区）", "乌龙巷社区"),
        ("八角楼社区居民委员会", "八角楼社区"),
        ("首义社区居委会", "首义社区"),
        ("高城居民委员会", "高城居委会"),
        ("万店居委会", "万店居委会"),
        ("涢水社区", "涢水社区"),
        ("鲁班新村", "鲁班新村"),
        ("南郊街道", "南郊街道"),
        ("村委会", "村委会"),
    ],
)
def test_a_committee_is_called_by_its_village(name: str, spoken: str) -> None:
    assert short_name_of(name) == spoken


def test_initials_are_the_first_letters_of_the_syllables() -> None:
    assert initials_of("nan jiao jie dao") == "njjd"
