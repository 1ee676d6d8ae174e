# SPDX-License-Identifier: Apache-2.0
"""Which programs change pictures, as data; a phone's own firmware and a camera's are none of them.

Messengers strip what a camera wrote, so that nothing written says nothing: only a known editor is one.
"""

import csv
from functools import lru_cache
from pathlib import Path

LISTED = Path(__file__).resolve().parents[1] / "data" / "media" / "software.csv"


def editor_in(software: str) -> str:
    """The name of the editing program that a picture says it went through; empty when it names none."""
    said = software.casefold()
    return next((name for word, name in _editors() if word in said), "")


@lru_cache(maxsize=1)
def _editors() -> tuple[tuple[str, str], ...]:
    with LISTED.open(encoding="utf-8", newline="") as file:
        return tuple((row["word"].casefold(), row["name"]) for row in csv.DictReader(file) if row["kind"] == "editor")
