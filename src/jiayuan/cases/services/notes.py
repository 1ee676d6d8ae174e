# SPDX-License-Identifier: Apache-2.0
"""Commands of internal notes and standard replies."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.enums import Readers, V
from jiayuan.cases.models import Case, Mention, Note, Reply
from jiayuan.cases.queries.notes import colleagues_of, comes_through_unit, people_around
from jiayuan.cases.rules.naming import named_in
from jiayuan.cases.services.core import CaseId, digest
from jiayuan.kernel.access import Actor, Area, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.record.events import Code
from jiayuan.record.log import record
from jiayuan.standards import queries as standards

MOST_MENTIONS = 10


def note(*, case_id: CaseId, client_id: UUID, body: str, readers: Readers, by: Actor, at: datetime) -> Note:
    """Leave a word for colleagues at a case; who is named in it with @ is told. Sent twice it is one note.

    What somebody of the unit writes is always for unit and desk; the desk decides whether the unit reads along.
    """
    try:
        return _note(case_id=case_id, client_id=client_id, body=body, readers=readers, by=by, at=at)
    except IntegrityError:
        # Pressed twice at the same moment: only the unique key sees both.
        told = Note.objects.filter(client_id=client_id).first()
        if told is None:
            raise
        return told


@command
def _note(*, case_id: CaseId, client_id: UUID, body: str, readers: Readers, by: Actor, at: datetime) -> Note:
    case = Case.objects.get(pk=case_id)
    require(by, May.NOTE, at=case.spot)
    if not body or by.person_id is None:
        raise Refused("missing_note", pgettext_lazy("cases", "Write something first."), field="body")
    told = Note.objects.filter(client_id=client_id).first()
    if told is not None:
        return told
    through_unit = comes_through_unit(by, case)
    for_unit = through_unit or readers is Readers.UNIT
    colleagues = colleagues_of(by, case, people_around(case))
    found = named_in(body, names=[name for one in colleagues for name in (one.name, one.called)])
    named = [one for one in colleagues if found & {one.name, one.called}]
    if not for_unit and any(one.unit_id is not None for one in named):
        message = pgettext_lazy("cases", "Somebody of the unit is named. Let the unit read the note too.")
        raise Refused("unit_reads_not", message, field="body")
    kept = Note.objects.create(
        client_id=client_id,
        case=case,
        author_id=by.person_id,
        author_unit_id=case.unit_id if through_unit else None,
        body=body,
        for_unit=for_unit,
        written_at=at,
    )
    accounts = list(dict.fromkeys(one.account_id for one in named))[:MOST_MENTIONS]
    Mention.objects.bulk_create([Mention(note=kept, account_id=account_id) for account_id in accounts])
    noted = events.CaseNoted(
        subject=case.ref,
        place=Code(case.village),
        note_id=kept.pk,
        for_unit=for_unit,
        mentions=len(accounts),
        text_digest=digest(body),
    )
    record(noted, by=by, at=at)
    return kept


@command
def add_reply(*, area: str, verb: V | None, class_id: int | None = None, body: str, by: Actor, at: datetime) -> Reply:
    """Offer a sentence beside the notes of a move or of all, for the cases of an area, of one class or of all."""
    _require(by, area)
    if not body:
        raise Refused("missing_body", pgettext_lazy("cases", "Write something first."), field="body")
    reply = Reply.objects.create(
        area=area, verb=verb.value if verb else "", problem_class_id=class_id, body=body, changed_at=at
    )
    _record(reply, by=by, at=at)
    return reply


@command
def take_out_reply(*, reply_id: int, by: Actor, at: datetime) -> Reply:
    """Offer a sentence no longer."""
    reply = Reply.objects.select_for_update().get(pk=reply_id)
    _require(by, reply.area)
    reply.is_off, reply.changed_at = True, at
    reply.save(update_fields=["is_off", "changed_at"])
    _record(reply, by=by, at=at)
    return reply


def _require(by: Actor, area: str) -> None:
    require(by, May.EDIT_REPLIES, at=Spot(code=Area(area).code))


def _key_of(reply: Reply) -> str:
    return str(standards.problem_class(reply.problem_class_id).key) if reply.problem_class_id is not None else ""


def _record(reply: Reply, *, by: Actor, at: datetime) -> None:
    kept = events.CaseReplyKept(
        subject=reply.ref,
        area=Code(reply.area),
        verb=Code(reply.verb),
        class_key=Code(_key_of(reply)),
        is_off=reply.is_off,
        text_digest=digest(reply.body),
    )
    record(kept, by=by, at=at)
