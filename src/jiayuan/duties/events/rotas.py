# SPDX-License-Identifier: Apache-2.0
"""What happened to upkeep rotas. A swap names its week and nobody: how often somebody could not come is not kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Code, Event, PersonId, private


@dataclass(frozen=True, kw_only=True)
class RotaDrawn(Event):
    """A rota was drawn up for a zone."""

    KIND: ClassVar[str] = "duties.rota_drawn"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A rota was drawn up, from %(starts_on)s")

    zone: int
    skips_holidays: bool
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class RotaCorrected(Event):
    """What is said of a rota was put right; as it is said now."""

    KIND: ClassVar[str] = "duties.rota_corrected"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The rota was corrected; it holds from %(starts_on)s")

    zone: int
    skips_holidays: bool
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class RotaEnded(Event):
    """A rota holds no longer after a day."""

    KIND: ClassVar[str] = "duties.rota_ended"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The rota ends after %(ends_on)s")

    ends_on: date


@dataclass(frozen=True, kw_only=True)
class RotaTurnAdded(Event):
    """Somebody takes turns, every so many weeks on some days (Monday 1, Tuesday 2, Wednesday 4 … added up)."""

    KIND: ClassVar[str] = "duties.rota_turn_added"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A turn was added to the rota, from %(starts_on)s")

    turn: int
    organisation: Code
    every: int
    weekdays: int
    starts_on: date
    ends_on: date | None
    person: PersonId | None = private()


@dataclass(frozen=True, kw_only=True)
class RotaTurnEnded(Event):
    """A turn falls on no day after a last one."""

    KIND: ClassVar[str] = "duties.rota_turn_ended"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A turn of the rota ends after %(ends_on)s")

    turn: int
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class RotaCardRenewed(Event):
    """A card was lost; the old one opens nothing any more."""

    KIND: ClassVar[str] = "duties.rota_card_renewed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A card of the rota was replaced")


@dataclass(frozen=True, kw_only=True)
class RotaSwapAsked(Event):
    """Somebody cannot take a turn of a week."""

    KIND: ClassVar[str] = "duties.rota_swap_asked"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "Somebody is looked for in the week of %(week_on)s")

    week_on: date


@dataclass(frozen=True, kw_only=True)
class RotaSwapWithdrawn(Event):
    """Whoever could not take a turn of a week comes after all."""

    KIND: ClassVar[str] = "duties.rota_swap_withdrawn"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The turn in the week of %(week_on)s stays as it was")

    week_on: date


@dataclass(frozen=True, kw_only=True)
class RotaSwapTaken(Event):
    """Another one of the rota takes a turn of a week."""

    KIND: ClassVar[str] = "duties.rota_swap_taken"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "Somebody stands in, in the week of %(week_on)s")

    week_on: date


EVENTS = (
    RotaDrawn,
    RotaCorrected,
    RotaEnded,
    RotaTurnAdded,
    RotaTurnEnded,
    RotaCardRenewed,
    RotaSwapAsked,
    RotaSwapWithdrawn,
    RotaSwapTaken,
)
"""Every event of rotas."""
