# SPDX-License-Identifier: Apache-2.0
"""Making the files of papers, after the commit and outside any command: typesetting takes long and may fail.

The files are made from the frozen model alone, so a try that was interrupted is simply made again.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import F

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command, inside
from jiayuan.papers import events, store
from jiayuan.papers.enums import Format
from jiayuan.papers.models import Paper
from jiayuan.papers.photos import photos_of
from jiayuan.papers.printing import Pictures, Sheet, docx, fonts, pages_of, pdf, printable, xlsx
from jiayuan.papers.queries import file_key, position_of, sheet_of_row
from jiayuan.record.events import Digest
from jiayuan.record.log import record

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    files: Mapping[Format, bytes]
    fonts: str


def print_paper(*, paper_id: int, by: Actor, at: datetime) -> bool:
    """Whether the files of a paper were made just now; a second time changes nothing.

    Call it outside any command.
    """
    if inside():
        raise RuntimeError("print_paper() typesets and writes files: call it after the command")
    paper = Paper.objects.select_related("office").get(pk=paper_id)
    if paper.printed_at is not None:
        return False
    # Counted before it is tried: what brings the typesetter down must not be the first to be tried again.
    Paper.objects.filter(pk=paper_id).update(tries=F("tries") + 1)
    sheet = sheet_of_row(paper)
    made = _files(sheet, printable(photos_of(sheet.document, is_public=paper.is_public)))
    for format_, data in made.files.items():
        store.keep(file_key(paper.handle, paper.issued_at, format_), data)
    return _printed(paper, made, by=by, at=at)


def _files(sheet: Sheet, pictures: Pictures) -> _Made:
    chosen = fonts()
    files = {Format.PDF: pdf(sheet, chosen, pictures), Format.DOCX: docx(sheet, pictures), Format.XLSX: xlsx(sheet)}
    return _Made(files={format_: data for format_, data in files.items() if data}, fonts=chosen.sentence)


@command
def _printed(paper: Paper, made: _Made, *, by: Actor, at: datetime) -> bool:
    data = made.files[Format.PDF]
    # Conditional: two workers may have printed the same paper.
    found = Paper.objects.filter(pk=paper.pk, printed_at=None).update(
        printed_at=at,
        position=position_of(paper),
        pages=pages_of(data),
        pdf_sha256=sha256(data).hexdigest(),
        formats=" ".join(made.files),
        fonts=made.fonts,
    )
    if found:
        digest = Digest(sha256(data).hexdigest())
        record(events.PaperPrinted(subject=paper.ref, pages=pages_of(data), pdf=digest), by=by, at=at)
    return bool(found)


def print_due(*, by: Actor, at: datetime, limit: int = 5) -> int:
    """The sweep behind the doorbell: print what still waits, the least often tried first; how many were tried."""
    waiting = Paper.objects.filter(printed_at=None).order_by("tries", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:limit])
    for paper_id in ids:
        try:
            print_paper(paper_id=paper_id, by=by, at=at)
        except Exception:
            # One paper that brings the typesetter down must not keep all later ones waiting.
            logger.exception("paper %s could not be printed", paper_id)
    return len(ids)
