# SPDX-License-Identifier: Apache-2.0
"""Whether a place is countryside or built-up."""

import pytest

from jiayuan.standards.enums import Setting
from jiayuan.standards.rules.settings import setting_of


@pytest.mark.parametrize(
    ("urban_rural", "kind", "setting"),
    [
        ("", "village", Setting.RURAL),
        ("", "community", Setting.URBAN),
        ("", "subdistrict", Setting.URBAN),
        ("", "town", Setting.RURAL),
        ("111", "village", Setting.URBAN),
        ("220", "community", Setting.RURAL),
        ("121", "village", Setting.URBAN),
        ("210", "village", Setting.RURAL),
    ],
)
def test_the_statistical_class_decides_before_the_kind(urban_rural: str, kind: str, setting: Setting) -> None:
    assert setting_of(urban_rural=urban_rural, kind=kind) is setting
