# SPDX-License-Identifier: Apache-2.0
"""The document model: what a paper says, free of how it is printed. Pure; frozen when the paper is issued.

A number that was computed stands in a ``Slot`` with the query that gave it, so that a reader of the page can ask where
it comes from, for as long as the paper is kept.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from json import JSONDecodeError, loads
from typing import Any, TypeAlias

from jiayuan.papers.enums import Form
from jiayuan.record.canon import canonical

SCHEMA = 1
LEVELS = (1, 2, 3, 4)
PER_ROW = (2, 3, 4)


class Unreadable(ValueError):
    """A stored text that is no document of a schema this program knows."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a paragraph."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A computed value as it is printed, the query that gave it, and the position of the record when it was asked."""

    text: str
    query: str
    arguments: tuple[tuple[str, str], ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """The number of a figure in a text (图3), counted where the paper is set: ``photo`` is the handle of its photo."""

    photo: str


Said: TypeAlias = Text | Slot
Run: TypeAlias = Said | Mention


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1–4. Its number (一、（一）1.（1）) is counted, never written."""

    level: int
    text: str

    def __post_init__(self) -> None:
        """Refuse levels that the standard does not have."""
        if self.level not in LEVELS:
            raise ValueError(f"headings have levels 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of words and slots."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Lines that belong together, each a paragraph; ``is_numbered`` counts them (1.)."""

    items: tuple[tuple[Run, ...], ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. ``widths`` are shares of the line, as many as there are columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        """Refuse a table that does not close up."""
        if not self.head or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("every row of a table has as many cells as its head")
        if self.widths and (len(self.widths) != len(self.head) or min(self.widths) <= 0):
            raise ValueError("a table has one positive width for each column")

    @property
    def shares(self) -> tuple[int, ...]:
        """The widths, equal where none were given."""
        return self.widths or (1,) * len(self.head)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A photo by its handle, what is said of it below, and what it shows for whoever cannot see it."""

    photo: str
    caption: str
    alt: str = ""

    @property
    def told(self) -> str:
        """What is read out in place of the picture."""
        return self.alt or self.caption


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Photos side by side. Their numbers (图1) run through the whole paper and are counted, never written."""

    figures: tuple[Figure, ...]
    per_row: int = 2

    def __post_init__(self) -> None:
        """Refuse rows that are too full to see anything, and an empty block."""
        if self.per_row not in PER_ROW or not self.figures:
            raise ValueError("two to four photos stand side by side, and at least one stands there")


Block: TypeAlias = Heading | Paragraph | Items | Table | Figures


def paragraph(*parts: str | Slot | Mention) -> Paragraph:
    """A paragraph of plain strings, slots and mentions of figures."""
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """What is attached, printed on pages of its own."""

    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Who was there, who was excused (minutes): a label and the names."""

    label: str
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a paper says.

    ``office`` issues it. ``masthead`` is what stands in the red head, ``signature`` what stands under the text; where
    they are empty, both follow from the office. ``on`` is the day that the paper bears. Recipients are those it is sent
    to for action, ``copies_to`` those who are told, ``reports_to`` and ``sent_to`` the other two lines at the foot of a
    briefing note. A line break in the title is where it is broken.
    """

    form: Form
    title: str
    body: tuple[Block, ...]
    office: str
    on: date
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    masthead: str = ""
    signature: str = ""
    copies_to: tuple[str, ...] = ()
    reports_to: tuple[str, ...] = ()
    sent_to: tuple[str, ...] = ()
    rolls: tuple[Roll, ...] = ()
    urgency: str = ""
    signer: str = ""
    remark: str = ""
    editors_note: str = ""
    printed_by: str = ""
    printed_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a document without its bones."""
        if not self.title.strip() or not self.office.strip():
            raise ValueError("a document has a title and an office")
        shown = {figure.photo for figure in self.figures()}
        if any(isinstance(run, Mention) and run.photo not in shown for run in self._runs()):
            raise ValueError("a text mentions only photos that the document shows")

    def to_json(self) -> str:
        """The canonical text of the document: the same bytes for ever."""
        return canonical({"schema": SCHEMA} | _document_plain(self))

    @classmethod
    def from_json(cls, text: str) -> "Document":
        """The document in a canonical text; ``Unreadable`` when there is none in it."""
        try:
            values = loads(text)
            if values["schema"] != SCHEMA:
                raise Unreadable(f"schema {values['schema']} is not known")
            return _document_from(values)
        except (JSONDecodeError, KeyError, TypeError, AttributeError, ValueError) as fault:
            raise Unreadable(str(fault)) from fault

    def texts(self) -> Iterator[str]:
        """Every text that is printed."""
        yield from _texts_in(loads(self.to_json()))

    def slots(self) -> Iterator[Slot]:
        """Every computed value, in the order of the text."""
        yield from (run for run in self._runs() if isinstance(run, Slot))

    def figures(self) -> Iterator[Figure]:
        """Every figure, in the order in which they are counted."""
        for block in self._blocks():
            if isinstance(block, Figures):
                yield from block.figures

    def _runs(self) -> Iterator[Run]:
        for block in self._blocks():
            lines = (block.runs,) if isinstance(block, Paragraph) else block.items if isinstance(block, Items) else ()
            yield from (run for line in lines for run in line)

    def _blocks(self) -> Iterator[Block]:
        yield from self.body
        yield from (block for annex in self.annexes for block in annex.body)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)


# ── to plain values ───────────────────────────────────────────────────────────────────────────────────────────────


def _document_plain(document: Document) -> dict[str, Any]:
    return {
        "form": document.form.value,
        "title": document.title,
        "body": [_block_plain(block) for block in document.body],
        "office": document.office,
        "on": document.on.isoformat(),
        "annexes": [
            {"title": annex.title, "body": [_block_plain(block) for block in annex.body]} for annex in document.annexes
        ],
        "rolls": [{"label": roll.label, "names": roll.names} for roll in document.rolls],
        "printed_on": document.printed_on.isoformat() if document.printed_on else None,
        **{name: list(getattr(document, name)) for name in _OF_TEXTS},
        **{name: getattr(document, name) for name in _OF_TEXT},
    }


_OF_TEXTS = ("recipients", "copies_to", "reports_to", "sent_to")
_OF_TEXT = ("masthead", "signature", "urgency", "signer", "remark", "editors_note", "printed_by")


def _run_plain(run: Run) -> Any:
    if isinstance(run, Text):
        return run.text
    if isinstance(run, Mention):
        return {"mention": run.photo}
    return {
        "slot": run.text,
        "query": run.query,
        "arguments": [list(pair) for pair in run.arguments],
        "position": run.position,
    }


def _block_plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"block": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"block": "paragraph", "runs": [_run_plain(run) for run in block.runs]}
    if isinstance(block, Items):
        items = [[_run_plain(run) for run in item] for item in block.items]
        return {"block": "items", "items": items, "is_numbered": block.is_numbered}
    if isinstance(block, Figures):
        figures = [{"photo": one.photo, "caption": one.caption, "alt": one.alt} for one in block.figures]
        return {"block": "figures", "figures": figures, "per_row": block.per_row}
    return {
        "block": "table",
        "head": list(block.head),
        "rows": [list(row) for row in block.rows],
        "widths": list(block.widths),
        "caption": block.caption,
    }


# ── and back ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _document_from(values: Mapping[str, Any]) -> Document:
    printed_on = values["printed_on"]
    return Document(
        form=Form(values["form"]),
        title=_word(values["title"]),
        body=_blocks(values["body"]),
        office=_word(values["office"]),
        on=date.fromisoformat(values["on"]),
        annexes=tuple(Annex(title=_word(one["title"]), body=_blocks(one["body"])) for one in values["annexes"]),
        rolls=tuple(Roll(label=_word(one["label"]), names=_word(one["names"])) for one in values["rolls"]),
        printed_on=date.fromisoformat(printed_on) if printed_on else None,
        recipients=_words(values["recipients"]),
        copies_to=_words(values["copies_to"]),
        reports_to=_words(values["reports_to"]),
        sent_to=_words(values["sent_to"]),
        masthead=_word(values["masthead"]),
        signature=_word(values["signature"]),
        urgency=_word(values["urgency"]),
        signer=_word(values["signer"]),
        remark=_word(values["remark"]),
        editors_note=_word(values["editors_note"]),
        printed_by=_word(values["printed_by"]),
    )


def _words(values: Any) -> tuple[str, ...]:
    return tuple(_word(value) for value in values)


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable(f"a text was expected, not {value!r}")
    return value


def _run(value: Any) -> Run:
    if isinstance(value, str):
        return Text(value)
    if "mention" in value:
        return Mention(_word(value["mention"]))
    arguments = tuple((_word(name), _word(given)) for name, given in value["arguments"])
    return Slot(
        text=_word(value["slot"]), query=_word(value["query"]), arguments=arguments, position=int(value["position"])
    )


def _runs(values: Any) -> tuple[Run, ...]:
    return tuple(_run(value) for value in values)


def _table(value: Mapping[str, Any]) -> Table:
    return Table(
        head=_words(value["head"]),
        rows=tuple(_words(row) for row in value["rows"]),
        widths=tuple(int(width) for width in value["widths"]),
        caption=_word(value["caption"]),
    )


def _figures(value: Mapping[str, Any]) -> Figures:
    return Figures(
        figures=tuple(
            Figure(photo=_word(one["photo"]), caption=_word(one["caption"]), alt=_word(one["alt"]))
            for one in value["figures"]
        ),
        per_row=int(value["per_row"]),
    )


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Block]] = {
    "heading": lambda value: Heading(int(value["level"]), _word(value["text"])),
    "paragraph": lambda value: Paragraph(_runs(value["runs"])),
    "items": lambda value: Items(
        items=tuple(_runs(item) for item in value["items"]), is_numbered=bool(value["is_numbered"])
    ),
    "table": _table,
    "figures": _figures,
}


def _blocks(values: Any) -> tuple[Block, ...]:
    return tuple(_READERS[value["block"]](value) for value in values)
