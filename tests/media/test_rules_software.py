# SPDX-License-Identifier: Apache-2.0
"""Which programs count as having changed a picture."""

import pytest

from jiayuan.media.software import editor_in


@pytest.mark.parametrize(
    ("software", "name"),
    [
        ("Adobe Photoshop 24.0 (Windows)", "Adobe Photoshop"),
        ("Snapseed 2.0", "Snapseed"),
        ("美图秀秀 10.2.5", "美图秀秀"),
        ("Meitu", "美图秀秀"),
        ("醒图", "醒图"),
        ("GIMP 2.10.34", "GIMP"),
    ],
)
def test_an_editor_is_known_by_name(software: str, name: str) -> None:
    assert editor_in(software) == name


@pytest.mark.parametrize(
    "software",
    [
        "",
        "HarmonyOS 4.2.0",
        "17.5.1",
        "HUAWEI Mate 60 Pro 4.0.0.126",
        "MIUI 14.0.8 V816.0.4.0.UNCCNXM",
        "OPPO PJA110_14.0.1.502",
        "vivo X90 PD2241B_A_14.1.12.3",
        "SM-S9180 S9180ZCS3BXA1",
        "Windows Photo Editor 10.0.10011.16384",
        "Jiayuan illustration",
    ],
)
def test_a_phone_a_camera_and_a_drawing_are_no_editors(software: str) -> None:
    assert editor_in(software) == ""
