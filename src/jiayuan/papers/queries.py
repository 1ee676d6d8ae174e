# SPDX-License-Identifier: Apache-2.0
"""Reading papers and the offices that issue them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q, QuerySet

from jiayuan.kernel.access import Actor, Spot, arms, holds, may
from jiayuan.papers import store
from jiayuan.papers.access import May
from jiayuan.papers.document import Document
from jiayuan.papers.enums import Form, Format, Standing, VoidReason
from jiayuan.papers.events import PaperIssued
from jiayuan.papers.models import Office, Paper
from jiayuan.papers.photos import photo_bytes
from jiayuan.papers.printing.sheet import Line, Plate, Sheet, below_figure, figure_label
from jiayuan.papers.rules import Number
from jiayuan.record.events import Ref
from jiayuan.record.queries import happened_to

__all__ = [
    "Line",
    "Number",
    "OfficeView",
    "PaperRow",
    "PaperView",
    "Plate",
    "Sheet",
    "below_figure",
    "by_digest",
    "corrections_of",
    "figure_label",
    "figure_of",
    "file_of",
    "may_read",
    "may_void",
    "number_of",
    "office",
    "offices",
    "paper",
    "paper_by_id",
    "papers_about",
    "papers_of",
    "papers_seen_by",
    "position_of",
    "rows_of",
    "sees_papers",
    "sheet_of",
    "sheet_of_row",
    "spot_of",
    "verify_address",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeView:
    """An office that issues papers, with its marks by kind."""

    code: str
    name: str
    area: str
    unit: str
    is_synthetic: bool
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A paper in a list."""

    id: int
    handle: str
    number: Number
    form: Form
    title: str
    office: str
    area: str
    on: date
    standing: Standing
    is_synthetic: bool
    is_public: bool
    is_printed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A paper with all that is known of it."""

    row: PaperRow
    document: Document
    model_sha256: str
    issued_at: datetime
    about: Ref | None
    position: int | None
    printed_at: datetime | None
    pages: int
    pdf_sha256: str
    formats: tuple[Format, ...]
    fonts: str
    void_reason: VoidReason | None
    void_note: str
    voided_at: datetime | None
    corrects: PaperRow | None
    corrected_by: tuple[PaperRow, ...]

    def file_key(self, format_: Format) -> str:
        """Where a file lies in the store."""
        return file_key(self.row.handle, self.issued_at, format_)


def file_key(handle: str, issued_at: datetime, format_: Format) -> str:
    """Where a file of a paper lies in the store."""
    return f"papers/{issued_at:%Y/%m}/{handle}.{format_}"


def spot_of(area: str) -> Spot:
    """Where a paper of an office of this area stands for permission."""
    return Spot(code=area)


def office(code: str) -> OfficeView | None:
    """An office by its code, or None."""
    row = Office.objects.filter(code=code).prefetch_related("marks").first()
    return _office(row) if row else None


def offices() -> tuple[OfficeView, ...]:
    """Every office, by code."""
    return tuple(_office(row) for row in Office.objects.order_by("code").prefetch_related("marks"))


def _office(row: Office) -> OfficeView:
    return OfficeView(
        code=row.code,
        name=row.name,
        area=row.area,
        unit=row.unit,
        is_synthetic=row.is_synthetic,
        marks=tuple(sorted((mark.kind, mark.mark) for mark in row.marks.all())),
    )


def paper(handle: str) -> PaperView | None:
    """A paper by its public handle, or None."""
    return _view(_whole().filter(handle=handle).first())


def paper_by_id(paper_id: int) -> PaperView | None:
    """A paper by its key, or None."""
    return _view(_whole().filter(pk=paper_id).first())


def _whole() -> QuerySet[Paper]:
    return Paper.objects.select_related("office", "corrects__office")


def _view(row: Paper | None) -> PaperView | None:
    if row is None:
        return None
    return PaperView(
        row=_row(row),
        document=Document.from_json(row.model),
        model_sha256=row.model_sha256,
        issued_at=row.issued_at,
        about=Ref(row.about_kind, row.about_id) if row.about_id is not None else None,
        position=row.position,
        printed_at=row.printed_at,
        pages=row.pages,
        pdf_sha256=row.pdf_sha256,
        formats=tuple(Format(one) for one in row.formats.split()),
        fonts=row.fonts,
        void_reason=VoidReason(row.void_reason) if row.void_reason else None,
        void_note=row.void_note,
        voided_at=row.voided_at,
        corrects=_row(row.corrects) if row.corrects else None,
        corrected_by=corrections_of(row.pk),
    )


def corrections_of(paper_id: int) -> tuple[PaperRow, ...]:
    """The papers that correct a paper, the earliest first."""
    return _rows(_lean().filter(corrects_id=paper_id).order_by("pk"))


def papers_of(
    kind: str, *, office: str = "", year: int | None = None, standing: Standing | None = None
) -> tuple[PaperRow, ...]:
    """The papers of a kind, the newest first, of an office, a year or a standing if these are given."""
    asked = {"office__code": office or None, "year": year, "standing": standing}
    given = {name: value for name, value in asked.items() if value is not None}
    return _rows(_lean().filter(kind=kind, **given).order_by("-on", "-pk"))


def papers_about(about: Ref) -> tuple[PaperRow, ...]:
    """The papers about something of another room, the earliest first."""
    return _rows(_lean().filter(about_kind=about.kind, about_id=about.id).order_by("pk"))


def papers_seen_by(
    actor: Actor, *, form: str = "", standing: str = "", office: str = "", words: str = ""
) -> QuerySet[Paper]:
    """What the desk lists for somebody, the newest first; narrowed by whatever is given."""
    rows = _lean().filter(_within(actor))
    asked = {"form": form, "standing": standing, "office__code": office}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if words:
        rows = rows.filter(title__icontains=words)
    return rows.order_by("-on", "-pk")


def _within(actor: Actor) -> Q:
    found = arms(actor, May.SEE)
    # A unit's arm says nothing here: offices are seen by area.
    areas = [Q(office__area__startswith=str(arm.value)) for arm in found if arm.column != "unit_id"]
    return reduce(or_, areas, Q(pk__in=[]))


def may_read(actor: Actor, row: PaperRow) -> bool:
    """Whether somebody reads the whole paper: everybody where it is public, else whoever sees its office's papers."""
    return row.is_public or may(actor, May.SEE, at=spot_of(row.area))


def number_of(row: Paper) -> Number:
    """The number of a paper."""
    return Number(kind=row.kind, office=row.office.code, mark=row.mark, year=row.year, n=row.n)


def position_of(row: Paper) -> int:
    """The position of the event by which a paper was issued."""
    return next(item.position for item in happened_to(row.ref) if isinstance(item.event, PaperIssued))


def verify_address(handle: str) -> str:
    """Where a paper is verified. It stands on printed paper, so it never changes, whatever becomes of other pages."""
    return f"{settings.SITE_URL}/papers/verify/{handle}/"


def sheet_of_row(row: Paper) -> Sheet:
    """A stored paper as it is printed."""
    return Sheet(
        Document.from_json(row.model), number_of(row).text, row.handle, verify_address(row.handle), row.is_synthetic
    )


def sheet_of(view: PaperView) -> Sheet:
    """A paper as it is printed, for the page on the screen."""
    row = view.row
    return Sheet(view.document, row.number.text, row.handle, verify_address(row.handle), row.is_synthetic)


def may_void(actor: Actor, row: PaperRow) -> bool:
    """Whether somebody may make a paper void."""
    return may(actor, May.VOID, at=spot_of(row.area))


def sees_papers(actor: Actor) -> bool:
    """Whether somebody sees papers of any office, for links that lead to the list."""
    return holds(actor, May.SEE)


def file_of(view: PaperView, format_: Format) -> bytes:
    """The bytes of a file of a paper; FileNotFoundError while it is not made."""
    if format_ not in view.formats:
        raise FileNotFoundError(format_)
    return store.read(view.file_key(format_))


def figure_of(view: PaperView, n: int) -> bytes | None:
    """The bytes of the n-th figure of a paper as a page shows it; None where there is none to be shown."""
    figure = next((one for number, one in enumerate(view.document.figures(), start=1) if number == n), None)
    return photo_bytes(figure.photo, is_public=view.row.is_public) if figure else None


def by_digest(digest: str) -> PaperRow | None:
    """The paper whose PDF has this SHA-256, or None."""
    found = _rows(_lean().filter(pdf_sha256=digest)[:1]) if digest else ()
    return next(iter(found), None)


def rows_of(papers: Sequence[Paper] | QuerySet[Paper]) -> tuple[PaperRow, ...]:
    """Papers as lines of a list."""
    return _rows(papers)


def _lean() -> QuerySet[Paper]:
    return Paper.objects.select_related("office").defer("model", "fonts")


def _rows(papers: Sequence[Paper] | QuerySet[Paper]) -> tuple[PaperRow, ...]:
    return tuple(_row(one) for one in papers)


def _row(row: Paper) -> PaperRow:
    return PaperRow(
        id=row.pk,
        handle=row.handle,
        number=number_of(row),
        form=Form(row.form),
        title=row.title,
        office=row.office.name,
        area=row.office.area,
        on=row.on,
        standing=Standing(row.standing),
        is_synthetic=row.is_synthetic,
        is_public=row.is_public,
        is_printed=row.printed_at is not None,
    )
