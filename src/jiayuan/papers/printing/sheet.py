# SPDX-License-Identifier: Apache-2.0
"""What stands on the pages of a paper, decided once for PDF, Word and the page on the screen. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TypeAlias

from jiayuan.papers.document import (
    Block,
    Document,
    Figure,
    Figures,
    Heading,
    Items,
    Mention,
    Paragraph,
    Run,
    Said,
    Table,
    Text,
)
from jiayuan.papers.enums import Form
from jiayuan.papers.rules import day_in_words, ordinals

SYNTHETIC = "演示数据·非公文"
TAKEN_DOWN = "照片未公开"
"""What stands where a picture is not, or no longer, to be shown."""
TITLE_CHARACTERS = 19
"""So many characters of the size of a title (二号) stand in one line with a little room beside them."""
_MASTHEAD_ENDS = {Form.OFFICIAL: "文件", Form.NOTE: "工作简报", Form.MINUTES: "会议纪要", Form.LETTER: ""}
_BREAK_AFTER = "的、，》）"
_BREAK_BEFORE = "《（和及与等的、，》"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A heading (level 1–4) or a paragraph (level 0) with its number before it."""

    level: int
    label: str
    runs: tuple[Said, ...]
    heading: str = ""

    @property
    def text(self) -> str:
        """The line as it is printed."""
        return self.label + (self.heading or "".join(run.text for run in self.runs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """Photos side by side, each with its number in the paper."""

    figures: tuple[tuple[int, Figure], ...]
    per_row: int

    @property
    def rows(self) -> tuple[tuple[tuple[int, Figure], ...], ...]:
        """The figures row by row."""
        starts = range(0, len(self.figures), self.per_row)
        return tuple(self.figures[start : start + self.per_row] for start in starts)


Printed: TypeAlias = Line | Table | Plate


def figure_label(n: int) -> str:
    """How a figure is called in a text and below itself."""
    return f"图{n}"


def below_figure(n: int, figure: Figure) -> str:
    """What is printed below a figure."""
    return f"{figure_label(n)}　{figure.caption}".strip()


@dataclass(frozen=True)
class Sheet:
    """A document with what it got when it was issued."""

    document: Document
    number: str
    handle: str
    verify_address: str
    is_synthetic: bool

    @property
    def masthead(self) -> str:
        """What stands in the red head."""
        return self.document.masthead or self.document.office + _MASTHEAD_ENDS[self.document.form]

    @property
    def signature(self) -> str:
        """Who signs under the text; minutes and notes are not signed."""
        if self.document.form in (Form.NOTE, Form.MINUTES):
            return ""
        return self.document.signature or self.document.office

    @property
    def day(self) -> str:
        """The day that the paper bears."""
        return day_in_words(self.document.on)

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title, broken where words end and as evenly as that allows."""
        return broken(self.document.title)

    @property
    def recipients(self) -> str:
        """Those it is sent to, with the full-width colon."""
        return "，".join(self.document.recipients) + "：" if self.document.recipients else ""

    @cached_property
    def _set(self) -> tuple[tuple[Printed, ...], ...]:
        """Text and annexes with everything counted; figures are counted through all of them."""
        figures = list(self.document.figures())
        mentioned = {figure.photo: n for n, figure in reversed(list(enumerate(figures, start=1)))}
        counted = count(1)
        bodies = (self.document.body, *(annex.body for annex in self.document.annexes))
        return tuple(tuple(numbered(body, mentioned=mentioned, counted=counted)) for body in bodies)

    @property
    def body(self) -> tuple[Printed, ...]:
        """The text with its headings and figures counted."""
        return self._set[0]

    @cached_property
    def annexes(self) -> tuple[tuple[str, str, tuple[Printed, ...]], ...]:
        """The annexes: what stands above (附件1), the title, the text."""
        many = len(self.document.annexes) > 1
        return tuple(
            (f"附件{n}" if many else "附件", annex.title, self._set[n])
            for n, annex in enumerate(self.document.annexes, start=1)
        )

    @property
    def annex_notes(self) -> tuple[str, ...]:
        """The titles of the annexes as they are listed under the text."""
        titles = [annex.title for annex in self.document.annexes]
        return tuple(titles) if len(titles) < 2 else tuple(f"{n}.{title}" for n, title in enumerate(titles, start=1))

    @property
    def foot(self) -> tuple[tuple[str, str], ...]:
        """The lines of the record block that say who else gets it: label and names."""
        document = self.document
        told: tuple[tuple[str, tuple[str, ...]], ...] = (
            ("报", document.reports_to),
            ("送", document.copies_to),
            ("发", document.sent_to),
        )
        if document.form is not Form.NOTE:
            told = (("抄送", document.copies_to),)
        return tuple((label, "，".join(names) + "。") for label, names in told if names)

    @property
    def printed(self) -> tuple[str, str]:
        """Who printed it and when: the last line of the record block. A letter has none."""
        document = self.document
        if document.form is Form.LETTER:
            return "", ""
        return document.printed_by or document.office, f"{day_in_words(document.printed_on or document.on)}印发"

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of text and annexes, in their order."""
        blocks = (*self.body, *(one for _, _, body in self.annexes for one in body))
        return tuple(one for one in blocks if isinstance(one, Table))


def numbered(blocks: Sequence[Block], *, mentioned: Mapping[str, int], counted: Iterator[int]) -> Iterator[Printed]:
    """Blocks as lines, tables and plates: headings, items and figures with their numbers."""
    labels = ordinals(block.level for block in blocks if isinstance(block, Heading))
    for block in blocks:
        if isinstance(block, Heading):
            yield Line(level=block.level, label=next(labels), runs=(), heading=block.text)
        elif isinstance(block, Paragraph):
            yield Line(level=0, label="", runs=_said(block.runs, mentioned))
        elif isinstance(block, Items):
            yield from _items(block, mentioned)
        elif isinstance(block, Figures):
            yield Plate(figures=tuple((next(counted), figure) for figure in block.figures), per_row=block.per_row)
        else:
            yield block


def _items(block: Items, mentioned: Mapping[str, int]) -> Iterable[Line]:
    return (
        Line(level=0, label=f"{n}." if block.is_numbered else "", runs=_said(runs, mentioned))
        for n, runs in enumerate(block.items, start=1)
    )


def _said(runs: Iterable[Run], mentioned: Mapping[str, int]) -> tuple[Said, ...]:
    return tuple(Text(figure_label(mentioned[run.photo])) if isinstance(run, Mention) else run for run in runs)


def broken(title: str) -> tuple[str, ...]:
    """A title in lines. A line break in it is kept; else lines are as even as the ends of words allow."""
    if "\n" in title or len(title) <= TITLE_CHARACTERS:
        return tuple(line for line in title.split("\n") if line)
    lines = -(-len(title) // TITLE_CHARACTERS)
    cut = _best_cut(title, len(title) // lines, most=TITLE_CHARACTERS)
    return (title[:cut], *broken(title[cut:]))


def _best_cut(title: str, wished: int, *, most: int) -> int:
    """Where to break: near the wished place, after or before what surely stands between words."""
    rest_lines = -(-len(title) // most) - 1

    def cost(at: int) -> tuple[bool, bool, bool, int]:
        before, after = title[at - 1], title[at]
        return (
            len(title) - at > rest_lines * most,
            after in "的、，》）。" or before in "《（" or _is_inside_a_number(before, after),
            before not in _BREAK_AFTER and after not in _BREAK_BEFORE and not title.startswith("关于", at),
            abs(at - wished),
        )

    return min(range(max(1, wished - 5), min(most, len(title) - 1, wished + 5) + 1), key=cost)


def _is_inside_a_number(before: str, after: str) -> bool:
    """Whether a break would part the digits of a number, or a number from its year, month or day."""
    return before.isdigit() and (after.isdigit() or after in "年月日号%")


def spaced(handle: str) -> str:
    """A handle as people copy it."""
    return f"{handle[:4]} {handle[4:8]} {handle[8:]}"
