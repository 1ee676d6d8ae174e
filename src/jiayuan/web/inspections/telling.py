# SPDX-License-Identifier: Apache-2.0
"""How notices about inspections read and where they lead. The inspected learn of a round with its publication."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from jiayuan.inspections import events
from jiayuan.web.cases.telling import about_place


def _home(_params: Mapping[str, str | int]) -> str:
    return reverse("inspections:home")


def _round(params: Mapping[str, str | int]) -> str:
    return reverse("inspections:round", args=[params["handle"]])


KINDS = (
    about_place(
        events.PlacesDrawn.KIND, pgettext_lazy("inspections", "You were drawn to inspect places in %(where)s"), _home
    ),
    about_place(
        events.PlaceScored.KIND,
        pgettext_lazy("inspections", "%(where)s was inspected; what was found stands there"),
        _home,
    ),
    about_place(
        events.RoundPublished.KIND,
        pgettext_lazy("inspections", "The score of %(where)s is published; appeals are open for three working days"),
        _round,
    ),
    about_place(
        events.ScoreAppealed.KIND,
        pgettext_lazy("inspections", "An appeal against a score of %(where)s waits for its decision"),
        _round,
    ),
    about_place(
        events.AppealDecided.KIND,
        pgettext_lazy("inspections", "The appeal against a score of %(where)s was decided; the reason is there"),
        _round,
    ),
)
"""Every kind of notice about inspections."""
