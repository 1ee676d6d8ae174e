# SPDX-License-Identifier: Apache-2.0
"""Upkeep rotas of zones: who looks after a zone on which days of which weeks, and who stands in for whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiayuan.duties.enums import SwapState
from jiayuan.duties.models.zones import ONE_HOLDER, Zone
from jiayuan.people.models import Person
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref

_ENDS_LATER = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


class Rota(models.Model):
    """What is to be done in a zone, turn by turn. Everybody reads what stands here."""

    handle = models.CharField(max_length=11, unique=True)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="rotas")
    name = models.CharField(max_length=60)
    what = models.CharField(max_length=200)
    # Whether nobody comes on holidays, as the work calendar knows them.
    skips_holidays = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "duties_rota"
        constraints: ClassVar = [models.CheckConstraint(condition=_ENDS_LATER, name="duties_rota_ends_later")]

    @property
    def ref(self) -> Ref:
        """The rota as events name it."""
        return Ref("rota", self.pk)


class RotaHand(models.Model):
    """Somebody who takes turns: a unit, a person, or a shop or team by its name; with a card that nobody can guess."""

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="hands")
    card = models.CharField(max_length=11, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    named = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        db_table = "duties_rota_hand"
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_HOLDER, name="duties_rota_hand_one_holder"),
            models.UniqueConstraint(
                fields=["rota", "organisation"], condition=Q(organisation__isnull=False), name="duties_rota_unit_once"
            ),
            models.UniqueConstraint(
                fields=["rota", "person"], condition=Q(person__isnull=False), name="duties_rota_person_once"
            ),
            models.UniqueConstraint(fields=["rota", "named"], condition=~Q(named=""), name="duties_rota_body_once"),
        ]


class RotaTurn(models.Model):
    """A pattern: every so many weeks from the week of its first day, on these days of the week, until a last day."""

    hand = models.ForeignKey(RotaHand, on_delete=models.CASCADE, related_name="turns")
    every = models.PositiveSmallIntegerField()
    # Monday is 1, Tuesday 2, Wednesday 4 … Sunday 64, added up.
    weekdays = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "duties_rota_turn"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=12), name="duties_rota_turn_weeks"),
            models.CheckConstraint(condition=Q(weekdays__gte=1, weekdays__lte=127), name="duties_rota_turn_days"),
            models.CheckConstraint(condition=_ENDS_LATER, name="duties_rota_turn_ends_later"),
        ]


class RotaSwap(models.Model):
    """Somebody cannot take a turn in a week that begins on this Monday; perhaps another one of the rota can."""

    turn = models.ForeignKey(RotaTurn, on_delete=models.CASCADE, db_index=False, related_name="swaps")
    week_on = models.DateField()
    state = models.CharField(max_length=10, choices=SwapState)
    taken_by = models.ForeignKey(RotaHand, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        db_table = "duties_rota_swap"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["turn", "week_on"], name="duties_rota_swap_once"),
            models.CheckConstraint(
                condition=Q(state="taken", taken_by__isnull=False)
                | Q(state__in=["asked", "withdrawn"], taken_by__isnull=True),
                name="duties_rota_swap_taken_by",
            ),
        ]
