# SPDX-License-Identifier: Apache-2.0
"""The Chinese words that the guides print in bold are the words on the screens."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.house.tree import ROOT, SOURCE

GUIDES = ("residents", "village", "bureau")
_QUOTED = re.compile(r"\*\*([\u4e00-\u9fff]+)\*\*")


def on_screens() -> set[str]:
    """Every Simplified Chinese text of the product."""
    said: set[str] = set()
    for path in SOURCE.glob("locale/*/zh_Hans/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                said |= {message.string} if isinstance(message.string, str) else set(message.string or ())
    return said


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_quotes_words_that_stand_on_screens(guide: str) -> None:
    quoted = _QUOTED.findall((ROOT / "docs" / "guide" / f"{guide}.md").read_text(encoding="utf-8"))

    assert len(quoted) >= 5
    assert [words for words in quoted if words not in on_screens()] == []
