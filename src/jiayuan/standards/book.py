# SPDX-License-Identifier: Apache-2.0
"""Standards as frozen values, kept in process: what queries give and pages show.

A name prints itself in the reader's language, so a page writes ``{{ tile.name }}`` and nothing more.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from typing_extensions import override

from jiayuan.standards.enums import Kind, Relation, Setting
from jiayuan.standards.rules.deadlines import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A name in three languages."""

    zh_hans: str
    zh_hant: str
    en: str

    def said(self, language: str) -> str:
        """The name in a language by its code; Simplified Chinese for any other."""
        return {"zh-hant": self.zh_hant, "en": self.en}.get(language, self.zh_hans)

    @override
    def __str__(self) -> str:
        return self.said(get_language() or "")


@dataclass(frozen=True, slots=True)
class ClassKey:
    """What names a class for ever: ``gbt47678-2026:matter:06010``."""

    scheme: str
    kind: Kind
    code: str

    @override
    def __str__(self) -> str:
        return f"{self.scheme}:{self.kind}:{self.code}"

    @classmethod
    def read(cls, text: str) -> "ClassKey":
        """The key that this text spells; ValueError for anything else."""
        scheme, kind, code = text.split(":")
        return cls(scheme, Kind(kind), code)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRule:
    """How many pictures a class needs before and after; none where there is nothing left to be photographed."""

    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """How near and how soon two reports of a class are likely to mean the same thing."""

    within_m: int
    within_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemClass:
    """A class of problem."""

    id: int
    key: ClassKey
    name: Words
    group: Words
    group_code: str
    unit: str
    photos: PhotoRule
    sameness: Sameness


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a class is filed, how long it may take and when it counts as dealt with."""

    id: int
    class_id: int
    number: int
    name: Words
    limit: Limit
    closes_when: Words
    source: str
    is_retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A target or key task of a campaign."""

    id: int
    campaign: str
    phase: str
    task_set: str
    setting: Setting
    code: str
    name: Words
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A dated stretch of a campaign."""

    code: str
    name: Words
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign with its phases and tasks."""

    id: int
    code: str
    name: Words
    starts_on: date
    ends_on: date | None
    phases: tuple[Phase, ...]
    tasks: tuple[Task, ...]

    def runs_on(self, day: date) -> bool:
        """Whether the campaign is on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A picture that residents choose."""

    code: str
    number: int
    icon: str
    name: Words
    rural_class: ProblemClass
    urban_class: ProblemClass

    def class_in(self, setting: Setting) -> ProblemClass:
        """The class that the tile becomes in this setting."""
        return self.rural_class if setting is Setting.RURAL else self.urban_class


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """How a class stands to one of another scheme; ``new`` is None when it has gone."""

    new: ProblemClass | None
    relation: Relation
    note: str
