# SPDX-License-Identifier: Apache-2.0
"""Following a case that somebody else reported: "me too", counted once per person and per device."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.enums import ENDED, State, TextKind
from jiayuan.cases.models import Case, Follower, Text
from jiayuan.cases.services.core import CaseId, digest, hang, locked, where
from jiayuan.cases.services.words import keep_search_words
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle
from jiayuan.media.enums import PhotoRole
from jiayuan.record.events import PersonId
from jiayuan.record.log import record


class _LedElsewhere(Exception):
    """The case was merged into another one while its row was waited for."""


def join(
    *,
    case_id: CaseId,
    device: str,
    phone: str = "",
    language: str = "",
    photos: Sequence[UUID] = (),
    text: str = "",
    by: Actor,
    at: datetime,
) -> Follower:
    """Let somebody who saw the same follow a case, with a receipt of their own; a second time gives the first receipt.

    A merged case is joined where it leads. Refused once the case has ended: then it is a new report. ``device`` is the
    digest of the browser's cookie, or of what else tells two presses of one visitor from two visitors.
    """
    if not device and not by.person_id:
        raise RuntimeError("whoever joins has a device or a name, or each press would count")
    while True:
        try:
            return _join(
                case_id=_leading(case_id),
                device=device,
                phone=phone,
                language=language,
                photos=photos,
                text=text,
                by=by,
                at=at,
            )
        except _LedElsewhere:
            # Its transaction was undone, so no row is held while the other one is waited for.
            continue


def _leading(case_id: CaseId) -> CaseId:
    """The case, or the one it was merged into; read without a lock, so whoever locks it looks once more."""
    case = Case.objects.only("merged_into_id").get(pk=case_id)
    return case_id if case.merged_into_id is None else CaseId(case.merged_into_id)


@command
def _join(
    *,
    case_id: CaseId,
    device: str,
    phone: str,
    language: str,
    photos: Sequence[UUID],
    text: str,
    by: Actor,
    at: datetime,
) -> Follower:
    case = locked(case_id)
    if case.merged_into_id is not None:
        raise _LedElsewhere
    known = _known(case, device=device, by=by)
    if known is not None:
        return known
    _refuse_own(case, by)
    if case.state in ENDED:
        raise Refused(
            "ended_meanwhile",
            pgettext_lazy("cases", "This one has ended meanwhile. Send your report as a new one."),
            field="same",
        )
    body = Text.objects.create(case=case, kind=TextKind.REPORT, body=text, written_at=at) if text else None
    if body:
        keep_search_words([body])
    follower = Follower.objects.create(
        handle=new_handle(),
        case=case,
        person_id=by.person_id,
        device="" if by.person_id else device,
        phone=phone,
        language=language[:10],
        since=at,
        text=body,
    )
    case.me_toos += 1
    case.save(update_fields=["me_toos"])
    hang(case, photos, PhotoRole.BEFORE, by=by, at=at)
    joined = events.CaseJoined(
        **where(case, came_from=State(case.state)),
        follower_id=follower.pk,
        photos=len(photos),
        text_id=body.pk if body else None,
        text_digest=digest(text) if body else None,
        person=PersonId(by.person_id) if by.person_id else None,
    )
    record(joined, by=by, at=at)
    return follower


def _refuse_own(case: Case, by: Actor) -> None:
    """Whoever reported a case, or one that was merged into it, is counted there already."""
    if by.person_id and Case.objects.filter(_it_and_merged(case, ""), reporter_id=by.person_id).exists():
        message = pgettext_lazy("cases", "You reported this one yourself. Send what is new as a report of its own.")
        raise Refused("own_report", message, field="same")


def _known(case: Case, *, device: str, by: Actor) -> Follower | None:
    """The follower that this person or device is already, of the case itself or of one that was merged into it."""
    mine = Q(person_id=by.person_id) if by.person_id else Q(device=device)
    return Follower.objects.filter(_it_and_merged(case, "case__"), mine).order_by("id").first()


def _it_and_merged(case: Case, path: str) -> Q:
    return Q(**{f"{path}pk": case.pk}) | Q(**{f"{path}merged_into": case})
