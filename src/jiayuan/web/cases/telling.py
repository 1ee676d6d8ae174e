# SPDX-License-Identifier: Apache-2.0
"""How notices about cases read and where they lead, and who may see the pictures of a case."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.queries import spot_of
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.notices.enums import Channel, Urgency
from jiayuan.notices.kinds import NoticeKind, Params
from jiayuan.places import queries as places


def _words(params: Params) -> dict[str, object]:
    return {"where": places.path_name(str(params.get("place", "")))}


def _link(params: Params) -> str:
    return reverse("cases:case", args=[params["handle"]])


def _check_link(params: Params) -> str:
    return reverse("checks:check", args=[params["handle"]])


SAMPLE = {"where": pgettext_lazy("cases", "Sample Town, Sample Village"), "handle": "7K3M9P2RTXA"}
"""Invented words for looking at a notice before it is sent."""
_EVERY_WAY = frozenset({Channel.IN_APP, Channel.EMAIL, Channel.SMS})


def about_place(
    code: str, sentence: Any, link: Callable[[Params], str], urgency: Urgency = Urgency.ORDINARY
) -> NoticeKind:
    """A kind of notice that says where something stands, and nothing else."""
    return NoticeKind(code=code, sentence=sentence, words=_words, link=link, urgency=urgency, sample=SAMPLE)


def _kind(event: type[events.CaseEvent], sentence: Any) -> NoticeKind:
    return about_place(event.KIND, sentence, _link)


KINDS = (
    NoticeKind(
        code=events.CaseNoted.KIND,
        sentence=pgettext_lazy("cases", "Somebody calls on you in a note at a case at %(where)s"),
        words=_words,
        link=_link,
        sample=SAMPLE,
    ),
    _kind(events.CaseReported, pgettext_lazy("cases", "A new report from %(where)s waits to be filed")),
    _kind(events.CaseVerificationAsked, pgettext_lazy("cases", "A report from %(where)s is to be verified on site")),
    _kind(events.CaseVerified, pgettext_lazy("cases", "A report from %(where)s was verified on site")),
    _kind(events.CaseFiled, pgettext_lazy("cases", "A case at %(where)s waits to be dispatched")),
    _kind(events.CaseDispatched, pgettext_lazy("cases", "A case at %(where)s was sent to your unit")),
    _kind(events.CaseReturned, pgettext_lazy("cases", "A case at %(where)s was returned by its unit")),
    NoticeKind(
        code=events.CheckerDrawn.KIND,
        sentence=pgettext_lazy("cases", "A case at %(where)s was drawn for you to check"),
        words=_words,
        link=_check_link,
        sample=SAMPLE,
    ),
    _kind(events.CaseFedBack, pgettext_lazy("cases", "A case at %(where)s waits for a check")),
    _kind(events.CaseSentBack, pgettext_lazy("cases", "A case at %(where)s was sent back for rework")),
    _kind(events.CaseReturnConfirmed, pgettext_lazy("cases", "A case at %(where)s waits for another unit")),
    _kind(events.CaseReturnRefused, pgettext_lazy("cases", "The return of a case at %(where)s was refused")),
    _kind(events.CaseExtensionAsked, pgettext_lazy("cases", "More time is asked for a case at %(where)s")),
    _kind(events.CaseExtended, pgettext_lazy("cases", "More time was granted for a case at %(where)s")),
    _kind(events.CaseExtensionRefused, pgettext_lazy("cases", "More time was refused for a case at %(where)s")),
    _kind(events.CaseShelvingAsked, pgettext_lazy("cases", "Shelving is asked for a case at %(where)s")),
    _kind(events.CaseShelved, pgettext_lazy("cases", "A case at %(where)s was shelved")),
    _kind(events.CaseShelvingRefused, pgettext_lazy("cases", "Shelving was refused for a case at %(where)s")),
    _kind(events.CaseResumed, pgettext_lazy("cases", "A shelved case at %(where)s runs again")),
    _kind(
        events.CaseDeadlineMoved,
        pgettext_lazy("cases", "The deadline of a case at %(where)s moved with the work calendar"),
    ),
    _kind(events.CaseUrged, pgettext_lazy("cases", "A case at %(where)s is urgent")),
    _kind(events.CaseVoided, pgettext_lazy("cases", "A case at %(where)s was made void")),
    _kind(events.CaseForceClosed, pgettext_lazy("cases", "A case at %(where)s was closed by force")),
    _kind(events.CaseAppealed, pgettext_lazy("cases", "An appeal about a case at %(where)s waits for review")),
    _kind(
        events.CaseAppealReviewed, pgettext_lazy("cases", "An appeal about a case at %(where)s waits for its decision")
    ),
    _kind(events.CaseAppealDecided, pgettext_lazy("cases", "The appeal about a case at %(where)s was decided")),
    _kind(events.CaseReopenAsked, pgettext_lazy("cases", "Somebody asks to reopen a case at %(where)s")),
    _kind(events.CaseReopened, pgettext_lazy("cases", "A case at %(where)s was reopened")),
    _kind(events.CaseReconsidered, pgettext_lazy("cases", "A report from %(where)s is to be looked at again")),
)


def _deadline(code: str, sentence: Any, urgency: Urgency) -> NoticeKind:
    return about_place(code, sentence, _link, urgency)


_SOON = pgettext_lazy("cases", "A case at %(where)s is due soon")
_LATE = pgettext_lazy("cases", "A case at %(where)s is overdue")
DEADLINES = (
    _deadline("cases.due_soon", _SOON, Urgency.ORDINARY),
    _deadline("cases.due_soon_urgent", _SOON, Urgency.EMERGENCY),
    _deadline("cases.due_overdue", _LATE, Urgency.ORDINARY),
    _deadline("cases.due_overdue_urgent", _LATE, Urgency.EMERGENCY),
)


def _receipt(params: Params) -> str:
    return reverse("cases:status", args=[params["handle"]])


def _told(event: type[events.CaseEvent], sentence: Any) -> NoticeKind:
    """What a reporter or follower is told: the stage and the receipt, nothing else."""
    return NoticeKind(code=f"told.{event.KIND}", sentence=sentence, link=_receipt, sample=SAMPLE, channels=_EVERY_WAY)


TOLD = (
    *DEADLINES,
    _told(events.CaseFiled, pgettext_lazy("cases", "Your report %(handle)s was taken on")),
    _told(events.CaseRejected, pgettext_lazy("cases", "Your report %(handle)s was not taken on; the reason is there")),
    _told(events.CaseSigned, pgettext_lazy("cases", "Your report %(handle)s is being put right")),
    _told(events.CaseFedBack, pgettext_lazy("cases", "Your report %(handle)s is being checked")),
    _told(events.CaseSentBack, pgettext_lazy("cases", "Your report %(handle)s is being put right once more")),
    _told(events.CaseShelved, pgettext_lazy("cases", "Your report %(handle)s was shelved for a time")),
    _told(events.CaseResumed, pgettext_lazy("cases", "Your report %(handle)s is being put right again")),
    _told(events.CaseClosed, pgettext_lazy("cases", "Your report %(handle)s is done")),
    _told(events.CaseForceClosed, pgettext_lazy("cases", "Your report %(handle)s was closed")),
    _told(events.CaseVoided, pgettext_lazy("cases", "Your report %(handle)s does not count")),
    _told(
        events.CaseMerged,
        pgettext_lazy("cases", "Your report %(handle)s goes on together with an earlier one about the same"),
    ),
    _told(events.CaseReopened, pgettext_lazy("cases", "Your report %(handle)s is taken up again")),
    _told(events.CaseReconsidered, pgettext_lazy("cases", "Your report %(handle)s is looked at again")),
    _told(
        events.CaseReopenRefused,
        pgettext_lazy("cases", "Your report %(handle)s was looked at again and stays as it is"),
    ),
)
ASKS = (
    events.CaseReturned,
    events.CaseExtensionAsked,
    events.CaseShelvingAsked,
    events.CaseAppealed,
    events.CaseAppealReviewed,
    events.CaseReopenAsked,
)
ABOUT_TIME = (
    events.CaseUrged,
    events.CaseDeadlineMoved,
    events.CaseExtended,
    events.CaseExtensionRefused,
    events.CaseResumed,
)
_ABOUT_LIMITS = frozenset({*(event.KIND for event in ABOUT_TIME), *(kind.code for kind in DEADLINES)})
HEAPS: dict[str, tuple[Any, frozenset[str]]] = {
    "mentions": (pgettext_lazy("cases", "Calling on me"), frozenset({events.CaseNoted.KIND})),
    "asks": (pgettext_lazy("cases", "Somebody asks"), frozenset(event.KIND for event in ASKS)),
    "due": (
        pgettext_lazy("cases", "About limits"),
        _ABOUT_LIMITS,
    ),
}
"""The heaps in which the inbox can be read, each with the kinds of notices that belong to it."""


def sight(actor: Actor, case_id: int) -> Spot | None:
    """Where a case stands, for an actor who may see it."""
    spot = spot_of(case_id)
    return spot if spot is not None and may(actor, May.SEE, at=spot) else None
