# SPDX-License-Identifier: Apache-2.0
"""What may be done to plans, sheets and rounds. Rounds belong to the area in which they draw."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of this room."""

    SEE = Permission("inspections.see", pgettext_lazy("inspections", "Read plans, score sheets and published rounds"))
    PLAN = Permission(
        "inspections.plan", pgettext_lazy("inspections", "Plan rounds, draw their places and publish their scores")
    )
    EDIT_SHEETS = Permission(
        "inspections.edit_sheets", pgettext_lazy("inspections", "Publish versions of score sheets")
    )
    APPEAL = Permission("inspections.appeal", pgettext_lazy("inspections", "Appeal against scores of one's own place"))
    DECIDE = Permission(
        "inspections.decide", pgettext_lazy("inspections", "Decide appeals against scores that somebody else gave")
    )
    INSPECT = Permission(
        "inspections.inspect", pgettext_lazy("inspections", "Be drawn to inspect places, and score them on the spot")
    )
