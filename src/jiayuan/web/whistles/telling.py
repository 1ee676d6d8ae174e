# SPDX-License-Identifier: Apache-2.0
"""How notices about whistles read and where they lead."""

from collections.abc import Mapping
from functools import partial

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from jiayuan.duties import events
from jiayuan.notices.enums import Urgency
from jiayuan.web.cases.telling import about_place


def _link(params: Mapping[str, str | int]) -> str:
    return reverse("whistles:whistle", args=[params["handle"]])


_kind = partial(about_place, link=_link)
_CALLED = pgettext_lazy("duties", "%(where)s whistles for your unit; sign on")
_SOON = pgettext_lazy("duties", "A whistle at %(where)s is due soon")
_LATE = pgettext_lazy("duties", "A whistle at %(where)s is overdue")
_REVIEW = pgettext_lazy("duties", "%(where)s wants to whistle; it waits for the leader")
_TRIAGE = pgettext_lazy("duties", "A whistle from %(where)s waits for its units")
_EMERGENCY = pgettext_lazy("duties", "Emergency whistle from %(where)s; call the units")
_DOWN = pgettext_lazy("duties", "The whistle from %(where)s was turned down; the reason is there")

KINDS = (
    _kind(events.WhistleApplied.KIND, _REVIEW),
    _kind(f"{events.WhistleApplied.KIND}_urgent", _EMERGENCY, urgency=Urgency.EMERGENCY),
    _kind(
        events.EMERGENCY_TOLD,
        pgettext_lazy("duties", "%(where)s blew an emergency whistle; it went to the triage office at once"),
        urgency=Urgency.EMERGENCY,
    ),
    _kind(events.WhistleApproved.KIND, _TRIAGE),
    _kind(events.WhistleRetriaged.KIND, _TRIAGE),
    _kind(events.WhistleTurnedDown.KIND, _DOWN),
    _kind(events.WhistleDismissed.KIND, _DOWN),
    _kind(events.WhistleUnitCalled.KIND, _CALLED),
    _kind(f"{events.WhistleUnitCalled.KIND}_urgent", _CALLED, urgency=Urgency.EMERGENCY),
    _kind(events.WhistleRefused.KIND, pgettext_lazy("duties", "A unit refuses a whistle from %(where)s; decide")),
    _kind(events.WhistleReleased.KIND, pgettext_lazy("duties", "Your unit was released from a whistle at %(where)s")),
    _kind(
        events.WhistleInsisted.KIND,
        pgettext_lazy("duties", "The refusal of a whistle at %(where)s was not accepted; sign on"),
    ),
    _kind(
        events.WhistleDeadlineMoved.KIND,
        pgettext_lazy("duties", "The deadline of a whistle at %(where)s moved with the work calendar"),
    ),
    _kind(events.WhistleAnswered.KIND, pgettext_lazy("duties", "All units answered the whistle from %(where)s; rate")),
    _kind("duties.whistle_due_soon", _SOON),
    _kind("duties.whistle_due_soon_urgent", _SOON, urgency=Urgency.EMERGENCY),
    _kind("duties.whistle_due_late", _LATE),
    _kind("duties.whistle_due_late_urgent", _LATE, urgency=Urgency.EMERGENCY),
)
"""Every kind of notice about whistles."""
