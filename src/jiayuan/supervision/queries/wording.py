# SPDX-License-Identifier: Apache-2.0
"""What a sheet says on paper. Official papers are Chinese in whatever language the desk is read."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import override, pgettext

from jiayuan.kernel import clock
from jiayuan.papers import queries as papers
from jiayuan.papers.document import Annex, Document, Table, paragraph
from jiayuan.papers.enums import Form
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.supervision.enums import SheetKind, TextKind
from jiayuan.supervision.models import Item, ItemText, Sheet

KINDS_OF_PAPER = {
    SheetKind.LIST: "list",
    SheetKind.ASSIGNMENT: "order",
    SheetKind.NOTICE: "rectification",
}
"""As which kind of paper a sheet is numbered; each has a series of its own in each office."""
PAPER_LANGUAGE = "zh-hans"


def document_of(sheet: Sheet, items: Sequence[Item]) -> Document:
    """The paper of a sheet that is being issued: who, what, until when, and its items as an annex."""
    with override(PAPER_LANGUAGE):
        return _document(sheet, items)


def _document(sheet: Sheet, items: Sequence[Item]) -> Document:
    office, unit = papers.office(sheet.office), places.organisation(sheet.unit_id)
    issued_at = sheet.issued_at or sheet.moved_at
    due_at = items[0].due_at or issued_at
    copies = [places.organisation(one.organisation_id) for one in sheet.copies.all()]
    return Document(
        form=Form.LETTER if sheet.kind == SheetKind.NOTICE else Form.OFFICIAL,
        title=_title(sheet, unit.short_name if unit else ""),
        office=office.name if office else sheet.office,
        on=clock.on(issued_at),
        recipients=(unit.name if unit else "",),
        copies_to=tuple(one.name for one in copies if one is not None),
        body=tuple(paragraph(text) for text in _body(sheet, len(items), due_at)),
        annexes=(Annex(title=pgettext("supervision", "List of problems"), body=(_table(items),)),),
        printed_by=office.name if office else "",
        printed_on=clock.on(issued_at),
    )


def _title(sheet: Sheet, unit: str) -> str:
    titles = {
        SheetKind.LIST: pgettext("supervision", "Rectification list for %(unit)s"),
        SheetKind.ASSIGNMENT: pgettext("supervision", "Assignment of problems to %(unit)s"),
        SheetKind.NOTICE: pgettext("supervision", "Notice of rectification to %(unit)s"),
    }
    return titles[SheetKind(sheet.kind)] % {"unit": unit}


def _body(sheet: Sheet, n: int, due_at: datetime) -> list[str]:
    source = {
        "inspection": pgettext("supervision", "Spot checks found %(n)s problems at your places, listed in the annex."),
        "desk": pgettext("supervision", "%(n)s problems are open with you, listed in the annex."),
        "hotline": pgettext("supervision", "Residents told the hotline of %(n)s problems, listed in the annex."),
        "order": pgettext("supervision", "A leader ordered %(n)s problems to be put right, listed in the annex."),
        "meeting": pgettext(
            "supervision", "A joint meeting decided %(n)s matters that are yours, listed in the annex."
        ),
        "talk": pgettext("supervision", "Your unit promised %(n)s things at a summons talk, listed in the annex."),
        "media": pgettext("supervision", "Media told of %(n)s problems, listed in the annex."),
    }[sheet.source]
    due = pgettext(
        "supervision",
        "Put them right by %(due)s and feed back item by item. The issuing side looks on site and strikes off what "
        "passes. Whoever cannot be done in time asks for more time before that day and says why.",
    )
    words = [source % {"n": n}, sheet.requirement, due % {"due": day_words(due_at)}]
    return [text for text in words if text]


def day_words(at: datetime) -> str:
    """A day as papers write it."""
    told = clock.local(at)
    return f"{told.year}年{told.month}月{told.day}日"


def _table(items: Sequence[Item]) -> Table:
    head = (
        pgettext("supervision", "No."),
        pgettext("supervision", "Place"),
        pgettext("supervision", "Class"),
        pgettext("supervision", "Problem"),
        pgettext("supervision", "Case"),
    )
    words = matters_of(items)
    rows = tuple(
        (
            str(item.number),
            places.path_name(item.place),
            str(standards.problem_class(item.problem_class_id).name) if item.problem_class_id else "—",
            words.get(item.pk, "—"),
            item.case.handle if item.case else "—",
        )
        for item in items
    )
    return Table(head=head, rows=rows, widths=(1, 5, 3, 6, 3))


def matters_of(items: Sequence[Item]) -> dict[int, str]:
    """What was typed of items that no case stands behind. A reporter's own words stay with the case: a paper
    is kept for ever, and they can be erased.
    """
    found = ItemText.objects.filter(item__in=[item.pk for item in items], kind=TextKind.MATTER).order_by("pk")
    return dict(found.values_list("item_id", "body"))
