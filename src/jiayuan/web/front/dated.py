# SPDX-License-Identifier: Apache-2.0
"""The dates that a campaign is remembered by, as the city's pack tells them: published facts, none of them invented."""

from collections.abc import Mapping
from csv import DictReader
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

WORDS: Final[Mapping[str, str | Promise]] = {
    "city_meeting": pgettext_lazy("web", "Meeting of the city government on the campaign"),
    "provincial_meeting": pgettext_lazy("web", "Meeting of the province"),
    "extension_meeting": pgettext_lazy("web", "Meeting of the city: the campaign reaches urban communities, too"),
    "press_conference": pgettext_lazy("web", "Press conference of the city on what was done"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFact:
    """Something that was held on a day, perhaps outside the city."""

    on: date
    kind: str
    place: str

    @property
    def words(self) -> str | Promise:
        """What it was, in the reader's language."""
        return WORDS[self.kind]


@cache
def dated_facts(pack: str = settings.CITY_PACK) -> tuple[DatedFact, ...]:
    """What a pack tells, earliest first; nothing where it tells nothing. Wrong dates and unknown kinds are errors."""
    path = Path(settings.BASE) / "data" / pack / "dated_facts.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            DatedFact(on=date.fromisoformat(row["on"]), kind=row["kind"], place=row["place"])
            for row in DictReader(file)
        ]
    if unknown := {row.kind for row in rows} - WORDS.keys():
        raise ValueError(f"dated_facts.csv: no such kind: {', '.join(sorted(unknown))}")
    return tuple(sorted(rows, key=lambda row: row.on))
