# SPDX-License-Identifier: Apache-2.0
"""Villages by their names in a ledger. A name alone finds nothing: one village name in fourteen is borne by several.

A town or county must stand beside it – in the line, in the title, or said at the upload.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiayuan.cases.intake.ledger.values import plain

_GAPS = re.compile(r"[\s,，、.。·\-/\\|>()（）]+")
_VILLAGE_ENDS = re.compile(r"(居民委员会|村民委员会|居委会|村委会|委员会|村委|社区|村)$")
_VILLAGE_SAID = ("村", "村委会", "村村委会", "村民委员会", "村村民委员会")
_COMMUNITY_SAID = ("社区", "居委会", "社区居委会", "居民委员会", "社区居民委员会")
_TOWN_ENDS = re.compile(r"(街道办事处|办事处|人民政府|街道办|街道|镇|乡)$")
_COUNTY_ENDS = re.compile(r"(县|区|市)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A division with its names and the codes above it; ``label`` says it with its town."""

    code: str
    name: str
    short_name: str
    label: str


class NotFound(ValueError):
    """No one village answers; the code names why, the candidates are those that could be meant."""

    def __init__(self, code: str, candidates: Sequence[Named] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.candidates = tuple(candidates)


@dataclass(frozen=True, slots=True)
class Nearby:
    """The counties and towns that are spoken of."""

    counties: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.counties or self.towns)

    def holds(self, code: str) -> bool:
        """Whether a village lies in them."""
        return (not self.counties or code[:6] in self.counties) and (not self.towns or code[:9] in self.towns)


class Gazetteer:
    """The names of a city, ready to be looked up."""

    def __init__(
        self, *, city: str, counties: Iterable[Named], towns: Iterable[Named], villages: Iterable[Named]
    ) -> None:
        self._counties = [(_names(row, _COUNTY_ENDS), row.code[:6]) for row in counties]
        self._towns = [(_names(row, _TOWN_ENDS), row.code[:9]) for row in towns]
        self._above = tuple(names[0] for names, _ in (*self._counties, *self._towns)) + ((city,) if city else ())
        self._villages: dict[str, list[Named]] = {}
        for row in villages:
            for name in _called_also(row):
                self._villages.setdefault(name, []).append(row)
        self._longest = max(map(len, self._villages), default=0)

    def around(self, text: str) -> Nearby:
        """The counties and towns that a title or a cell names in full: 柳塘镇, never 柳塘 alone."""
        said = _bare(text)
        return Nearby(_said(self._counties, said), _said(self._towns, said))

    def find(self, *, county: str, town: str, village: str, otherwise: Nearby) -> Named:
        """The one village that a line means; what the line itself says goes before ``otherwise``."""
        said = _bare(village)
        if not said:
            raise NotFound("no_village")
        near = self._near(county, town, said)
        hits = self._hits(said)
        if not hits:
            raise NotFound("unknown_village")
        around = near or otherwise
        if not around:
            raise NotFound("village_alone", hits)
        inside = [row for row in hits if around.holds(row.code)]
        if len(inside) != 1:
            raise NotFound("several_villages" if inside else "village_elsewhere", inside or hits)
        return inside[0]

    def _near(self, county: str, town: str, village: str) -> Nearby:
        """What the line says: its own columns, else what stands before the village's name in the same cell."""
        told, before = self.around(f"{county}{town}"), self.around(village)
        counties = told.counties or _called(self._counties, _bare(county))
        towns = told.towns or _called(self._towns, _bare(town))
        if _bare(town) and not towns:
            raise NotFound("unknown_town")
        return Nearby(counties or before.counties, towns or before.towns)

    def _hits(self, said: str) -> list[Named]:
        """The villages that a cell can mean once the places above are taken off its front.

        A bare name (双河) must be all that is left; one with its ending (双河村) may be followed by more (双河村二组).
        """
        rest = said
        while taken := next((name for name in self._above if rest.startswith(name) and rest != name), ""):
            rest = rest[len(taken) :]
        if rest in self._villages:
            return _distinct(self._villages[rest])
        for length in range(min(self._longest, len(rest)), 2, -1):
            name = rest[:length]
            if name in self._villages and _VILLAGE_ENDS.search(name):
                return _distinct(self._villages[name])
        return []


def _bare(text: str) -> str:
    return _GAPS.sub("", plain(text))


def _distinct(rows: Iterable[Named]) -> list[Named]:
    return list({row.code: row for row in rows}.values())


def _names(row: Named, ends: re.Pattern[str]) -> tuple[str, ...]:
    """The names by which a division is called, the short one with its ending first."""
    short, full = _bare(row.short_name), _bare(row.name)
    return tuple(dict.fromkeys(name for name in (short, full, ends.sub("", short)) if len(name) > 1))


def _called_also(row: Named) -> tuple[str, ...]:
    """The names of a village with the endings that people write for it: 瓜园社区, 瓜园居委会, 瓜园社区居委会."""
    names = _names(row, _VILLAGE_ENDS)
    stem = _VILLAGE_ENDS.sub("", names[0])
    endings = _VILLAGE_SAID if names[0].endswith("村") else _COMMUNITY_SAID
    return tuple(dict.fromkeys((*names, *(stem + ending for ending in endings if len(stem) > 1))))


_Names = tuple[tuple[str, ...], str]


def _said(names: Iterable[_Names], text: str) -> frozenset[str]:
    """The codes whose short name stands somewhere in a text."""
    return frozenset(code for candidates, code in names if candidates[0] in text)


def _called(names: Iterable[_Names], text: str) -> frozenset[str]:
    """The codes that one of their names, the bare one too, calls exactly so."""
    return frozenset(code for candidates, code in names if text in candidates)
