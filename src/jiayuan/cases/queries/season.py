# SPDX-License-Identifier: Apache-2.0
"""How far the demonstration's season has been loaded, and the shapes that it was drawn from."""

import csv
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from jiayuan.cases.rules.season import Shapes, read_shapes
from jiayuan.record.bulk import marks

DONE, WHOLE, FIRST_KEY, BEFORE = "season", "season.whole", "season.first_key", "season.before"
"""The marks of the load: families stored, families in all, the number before its keys, the position before it."""
FOLDER = Path(settings.BASE) / "data" / "demo"
SIGN = "season-percent"
"""A file in the var folder that says how far the load is, for banners: no page pays a query for it. Never the truth."""


def loading() -> int | None:
    """How many percent of the season are there; None when it is whole, or when no season is being loaded. One query.

    While this is not None no figure may be printed: it would be right by the record and wrong about the season.
    """
    held = marks(DONE, WHOLE)
    if WHOLE not in held or held.get(DONE, 0) >= held[WHOLE]:
        return None
    return held.get(DONE, 0) * 100 // held[WHOLE]


def has_season() -> bool:
    """Whether a season was ever begun here."""
    return WHOLE in marks(WHOLE)


def loading_shown() -> int | None:
    """The same as the loader last noted it, for the banner of every page; costs no query."""
    try:
        return int((Path(settings.VAR) / SIGN).read_text())
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=1)
def shapes() -> Shapes:
    """What the data file of the season declares."""
    return read_shapes((FOLDER / "season.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def words() -> tuple[dict[str, str], ...]:
    """What the people of the season might write, by scene and occasion."""
    with (FOLDER / "season_words.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
