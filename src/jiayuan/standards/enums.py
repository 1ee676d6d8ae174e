# SPDX-License-Identifier: Apache-2.0
"""Stored codes of the room; they never change."""

from enum import StrEnum


class Kind(StrEnum):
    """What a class names: something that happened, or a facility. The same five digits may exist as both."""

    MATTER = "matter"
    COMPONENT = "component"


class LimitKind(StrEnum):
    """How time is counted until a thing is due."""

    URGENT = "urgent"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class Setting(StrEnum):
    """Whether a place is counted as countryside or as built-up; it decides which class a tile becomes."""

    RURAL = "rural"
    URBAN = "urban"


class Relation(StrEnum):
    """How one class stands to a class of another scheme."""

    REPLACED_BY = "replaced_by"
    NEAREST = "nearest"
    GONE = "gone"


class Unit(StrEnum):
    """In what the time that is left, or by which a thing is late, is told."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
