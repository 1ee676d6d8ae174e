# SPDX-License-Identifier: Apache-2.0
"""Issuing papers, correcting them by later ones, and making them void. What was issued is never changed."""

from datetime import datetime
from hashlib import sha256

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import after_commit, command
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle
from jiayuan.papers import events, wake
from jiayuan.papers.access import May
from jiayuan.papers.document import Document
from jiayuan.papers.enums import Form, Standing, VoidReason
from jiayuan.papers.models import Office, Paper
from jiayuan.papers.queries import spot_of
from jiayuan.papers.rules import Number, unprintable
from jiayuan.papers.services.numbers import office_called, take_number
from jiayuan.record.events import Code, Digest, Ref
from jiayuan.record.log import record

TITLE = 200


@command
def issue(
    *,
    kind: str,
    office: str,
    document: Document,
    by: Actor,
    at: datetime,
    synthetic: bool = False,
    is_public: bool = False,
    about: Ref | None = None,
    corrects: int | None = None,
) -> int:
    """The id of a new paper: its number taken, its model frozen, its files to be made after the commit.

    Call it last in the command that it belongs to, which has asked for its own permission. Refused for an office or
    mark that is not loaded, for text that cannot be printed, and for correcting what is not valid any more. Whatever an
    invented office issues is synthetic.
    """
    unit = office_called(office)
    _printable(document)
    earlier = _correctable(corrects) if corrects is not None else None
    number = take_number(kind=kind, office=office, on=document.on, by=by, at=at)
    paper = _frozen(document, number, unit, is_public=is_public, is_synthetic=synthetic or unit.is_synthetic)
    paper.issued_at, paper.issued_by_id, paper.corrects = at, by.account_id, earlier
    if about is not None:
        paper.about_kind, paper.about_id = about.kind, about.id
    paper.save(force_insert=True)
    _tell(paper, by=by, at=at)
    paper_id = paper.pk
    after_commit(lambda: wake.printing(paper_id))
    return paper_id


def _printable(document: Document) -> None:
    if len(document.title) > TITLE:
        raise Refused(
            "title_long",
            pgettext_lazy("papers", "The title has more than %(most)s characters. Shorten it."),
            field="title",
            most=TITLE,
        )
    if bad := unprintable(document.texts()):
        raise Refused(
            "unprintable",
            pgettext_lazy("papers", "The text holds a character that cannot be printed (%(character)s). Take it out."),
            field="body",
            character=f"U+{ord(bad):04X}",
        )


def _correctable(paper_id: int) -> Paper:
    paper = _locked(paper_id)
    if paper.standing != Standing.VALID:
        raise Refused(
            "not_valid", pgettext_lazy("papers", "Only a valid paper can be corrected; this one is not valid any more.")
        )
    return paper


def _locked(paper_id: int) -> Paper:
    found = Paper.objects.select_for_update(of=("self",)).select_related("office").filter(pk=paper_id).first()
    if found is None:
        raise Refused("no_paper", pgettext_lazy("papers", "There is no such paper."))
    return found


def _frozen(document: Document, number: Number, office: Office, *, is_public: bool, is_synthetic: bool) -> Paper:
    model = document.to_json()
    return Paper(
        handle=new_handle(),
        office=office,
        kind=number.kind,
        year=number.year,
        n=number.n,
        mark=number.mark,
        form=document.form,
        # In lists the title is one line; where the paper breaks it stands in the model.
        title=document.title.replace("\n", ""),
        on=document.on,
        model=model,
        model_sha256=sha256(model.encode()).hexdigest(),
        is_synthetic=is_synthetic,
        is_public=is_public,
    )


def _tell(paper: Paper, *, by: Actor, at: datetime) -> None:
    issued = events.PaperIssued(
        subject=paper.ref,
        form=Form(paper.form),
        paper_kind=Code(paper.kind),
        office=Code(paper.office.code),
        year=paper.year,
        number=paper.n,
        on=paper.on,
        is_synthetic=paper.is_synthetic,
        corrects=paper.corrects_id,
        model=Digest(paper.model_sha256),
    )
    record(issued, by=by, at=at)
    if paper.corrects is not None:
        paper.corrects.standing = Standing.CORRECTED
        paper.corrects.save(update_fields=["standing"])
        record(events.PaperCorrected(subject=paper.corrects.ref, later=paper.pk), by=by, at=at)


@command
def void(*, paper_id: int, reason: VoidReason, by: Actor, at: datetime, note: str = "") -> None:
    """Make a paper void. It keeps its number, and its verification page says so. Refused when it is void already."""
    paper = _locked(paper_id)
    require(by, May.VOID, at=spot_of(paper.office.area))
    if paper.standing == Standing.VOID:
        raise Refused("void_already", pgettext_lazy("papers", "The paper is void already."))
    paper.standing, paper.void_reason = Standing.VOID, reason
    paper.void_note, paper.voided_at = note.strip()[:TITLE], at
    paper.save(update_fields=["standing", "void_reason", "void_note", "voided_at"])
    record(events.PaperVoided(subject=paper.ref, reason=reason), by=by, at=at)
