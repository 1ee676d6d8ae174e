# SPDX-License-Identifier: Apache-2.0
"""Stored codes of the room; they never change, what they are called may."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Effect(TextChoices):
    """What a ground does to the score."""

    DEDUCT = "deduct", pgettext_lazy("inspections", "Takes points off")
    ADD = "add", pgettext_lazy("inspections", "Adds points")
    ZERO_ITEM = "zero_item", pgettext_lazy("inspections", "The item scores nothing")
    ZERO_MODULE = "zero_module", pgettext_lazy("inspections", "The whole part scores nothing")
    ZERO_SHEET = "zero_sheet", pgettext_lazy("inspections", "The whole sheet scores nothing")


class Unit(TextChoices):
    """Of what a ground is counted."""

    ONCE = "once", pgettext_lazy("inspections", "once")
    PLACE = "place", pgettext_lazy("inspections", "per place")
    PIECE = "piece", pgettext_lazy("inspections", "per piece")
    HOUSEHOLD = "household", pgettext_lazy("inspections", "per household")
    PERSON_TIME = "person_time", pgettext_lazy("inspections", "per person-time")
    ITEM = "item", pgettext_lazy("inspections", "per matter")
    PERCENT = "percent", pgettext_lazy("inspections", "per percentage point")


class Manner(TextChoices):
    """Whether the inspected are told beforehand."""

    OPEN = "open", pgettext_lazy("inspections", "Open")
    UNDERCOVER = "undercover", pgettext_lazy("inspections", "Undercover")


class StrataBy(TextChoices):
    """By what the places of a round are parted before they are drawn."""

    WHOLE = "whole", pgettext_lazy("inspections", "Not at all")
    COUNTY = "county", pgettext_lazy("inspections", "By county")
    TOWN = "town", pgettext_lazy("inspections", "By town")
    SETTING = "setting", pgettext_lazy("inspections", "Villages and communities")
    LISTED = "listed", pgettext_lazy("inspections", "As the list says")


class Weighting(TextChoices):
    """What each drawn place counts for."""

    EQUAL = "equal", pgettext_lazy("inspections", "Every drawn place counts the same, every town counts the same")
    STANDS_FOR = "stands_for", pgettext_lazy("inspections", "Every drawn place counts for the places it stands for")


class Excluded(TextChoices):
    """Why a place takes no part in a draw."""

    WORKS = "works", pgettext_lazy("inspections", "Building works make it unfit to be scored")
    DISASTER = "disaster", pgettext_lazy("inspections", "Struck by weather, flood or epidemic")
    INSPECTED = "inspected", pgettext_lazy("inspections", "Inspected as often as the plan allows")
    RESETTLED = "resettled", pgettext_lazy("inspections", "Resettled, nobody lives there")
    OTHER = "other", pgettext_lazy("inspections", "Another reason, written down")


class RoundState(TextChoices):
    """Where a round stands."""

    PREPARED = "prepared", pgettext_lazy("inspections", "Being prepared")
    DRAWN = "drawn", pgettext_lazy("inspections", "Places drawn")
    PUBLISHED = "published", pgettext_lazy("inspections", "Scores published")
    VOID = "void", pgettext_lazy("inspections", "Void")


class AppealState(TextChoices):
    """Where an appeal against a finding stands."""

    ASKED = "asked", pgettext_lazy("inspections", "Waiting for its decision")
    UPHELD = "upheld", pgettext_lazy("inspections", "Upheld, the score is corrected")
    REFUSED = "refused", pgettext_lazy("inspections", "Refused, the score stands")


class VisitState(TextChoices):
    """Where the inspection of a drawn place stands."""

    DRAWN = "drawn", pgettext_lazy("inspections", "To be inspected")
    UNDER_WAY = "under_way", pgettext_lazy("inspections", "Being inspected")
    SUBMITTED = "submitted", pgettext_lazy("inspections", "Scored")
