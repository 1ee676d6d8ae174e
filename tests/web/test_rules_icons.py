# SPDX-License-Identifier: Apache-2.0
"""Pictures: whatever a template or a tile names is drawn in the sheet of icons."""

import csv
import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE)
DRAWN = set(re.findall(r'<symbol id="([^"]+)"', (BASE / "web" / "assets" / "icons.svg").read_text()))


def test_each_tile_of_the_report_has_its_picture() -> None:
    with (BASE / "data" / "standards" / "tiles.csv").open(encoding="utf-8", newline="") as file:
        named = {row["icon"] for row in csv.DictReader(file)}

    assert named
    assert named - DRAWN == set()


def test_each_icon_that_a_template_names_is_drawn() -> None:
    templates = "".join(path.read_text() for path in (BASE / "web" / "templates").rglob("*.html"))
    named = set(re.findall(r'<c-icon name="([\w-]+)"', templates)) | set(re.findall(r'\sicon="([\w-]+)"', templates))

    assert named
    assert named - DRAWN == set()


def test_each_tone_has_its_shape() -> None:
    tones = {"idle", "moving", "waiting", "late", "done", "refused"}

    assert {f"shape-{tone}" for tone in tones} <= DRAWN
