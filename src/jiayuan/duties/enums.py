# SPDX-License-Identifier: Apache-2.0
"""Stored codes of the room; they never change, what they are called may."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What sort of document a list is."""

    RESPONSIBILITY = "responsibility", pgettext_lazy("duties", "Responsibility list")
    TOWNS = "towns", pgettext_lazy("duties", "Duty list of towns and sub-districts")


class Standing(TextChoices):
    """Whether a version is still being written. Whether a published one is in force follows from its day."""

    DRAFT = "draft", pgettext_lazy("duties", "Draft")
    PUBLISHED = "published", pgettext_lazy("duties", "Published")


class Force(TextChoices):
    """How a version stands on a day."""

    DRAFT = "draft", pgettext_lazy("duties", "Draft")
    COMING = "coming", pgettext_lazy("duties", "Published, not yet in force")
    IN_FORCE = "in_force", pgettext_lazy("duties", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("duties", "Superseded")


class Part(TextChoices):
    """To which part of a list an entry belongs."""

    BASIC = "basic", pgettext_lazy("duties", "Basic duty")
    COOPERATIVE = "cooperative", pgettext_lazy("duties", "Cooperative duty")
    TAKEN_BACK = "taken_back", pgettext_lazy("duties", "Taken back by the department")


class Change(TextChoices):
    """What became of an entry between two versions."""

    ADDED = "added", pgettext_lazy("duties", "Added")
    CHANGED = "changed", pgettext_lazy("duties", "Changed")
    REMOVED = "removed", pgettext_lazy("duties", "Taken out")


class ZoneKind(TextChoices):
    """What shape a zone has."""

    ROAD = "road", pgettext_lazy("duties", "Road section")
    AREA = "area", pgettext_lazy("duties", "Area")
    PLACES = "places", pgettext_lazy("duties", "List of places")
