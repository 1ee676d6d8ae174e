# SPDX-License-Identifier: Apache-2.0
"""What may be done to lists, zones, guarantors, rotas, groups and whistles. Reading what is public needs nothing."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of this room. Lists are one for the whole city; all else belongs to its place or its unit."""

    EDIT_LIST = Permission(
        "duties.edit_list", pgettext_lazy("duties", "Draft responsibility lists and publish their versions")
    )
    EDIT_ZONES = Permission(
        "duties.edit_zones", pgettext_lazy("duties", "Keep zones, their claims, guarantors of places and frontages")
    )
    KEEP_ROTAS = Permission(
        "duties.keep_rotas", pgettext_lazy("duties", "Draw up upkeep rotas, hand out their cards, print their weeks")
    )
    KEEP_GROUPS = Permission(
        "duties.keep_groups",
        pgettext_lazy("duties", "Found leading groups and task forces, name their members, dissolve them"),
    )
    WHISTLE = Permission("duties.whistle", pgettext_lazy("duties", "Apply for a whistle, and rate how it was answered"))
    REVIEW_WHISTLE = Permission(
        "duties.review_whistle", pgettext_lazy("duties", "Review what communities want to whistle for")
    )
    TRIAGE_WHISTLE = Permission(
        "duties.triage_whistle", pgettext_lazy("duties", "Pick the units that answer a whistle, decide refusals")
    )
    ANSWER_WHISTLE = Permission(
        "duties.answer_whistle", pgettext_lazy("duties", "Answer whistles for a unit: sign on, arrive, tell, refuse")
    )
    SEE_WHISTLES = Permission("duties.see_whistles", pgettext_lazy("duties", "See whistles and how they were answered"))
    SEE_BOARD = Permission(
        "duties.see_whistle_board", pgettext_lazy("duties", "See the departments' board of whistles")
    )
