# SPDX-License-Identifier: Apache-2.0
"""The tabs of everything that presses: each stands where somebody's posts open it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from jiayuan.cases.access import May as Cases
from jiayuan.duties.access import May as Duties
from jiayuan.inspections.access import May as Inspections
from jiayuan.kernel.access import Actor, holds
from jiayuan.papers.access import May as Papers
from jiayuan.supervision.access import May


def tabs_of(actor: Actor, here: str) -> list[dict[str, Any]]:
    """The pages beside each other, the present one marked."""
    found = (
        (May.SEE, "supervision:list", pgettext("supervision", "Rectification lists")),
        (May.SEE, "supervision:urgings", pgettext("supervision", "Supervision sheets")),
        (Inspections.SEE, "inspections:home", pgettext("inspections", "Inspections")),
        (Duties.SEE_WHISTLES, "whistles:list", pgettext("duties", "Whistles")),
        (May.SEE, "bulletins:list", pgettext("supervision", "Bulletins")),
        (Papers.SEE, "papers:list", pgettext("papers", "Papers")),
        (May.SEE, "supervision:talks", pgettext("supervision", "Summons talks")),
        (May.SEE, "supervision:meetings", pgettext("supervision", "Joint meetings")),
        (Cases.SEE_CLEARING, "clearing:list", pgettext("cases", "Clearing lists")),
    )
    return [
        {"label": label, "url": reverse(name), "is_on": name == here, "count": None}
        for permission, name, label in found
        if holds(actor, permission)
    ]
