# SPDX-License-Identifier: Apache-2.0
"""The PDF of a sheet, typeset by Typst after GB/T 9704-2012.

The document enters as JSON, never as source, and the typesetter's root is a folder that holds the paper's own pictures
and nothing else: whatever somebody writes into a paper is text. Nothing in the file depends on when it was made.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import segno
import typst

from jiayuan.papers.printing.fonts import FontSet, fonts
from jiayuan.papers.printing.pictures import NONE, Pictures
from jiayuan.papers.printing.sheet import (
    SYNTHETIC,
    TAKEN_DOWN,
    Line,
    Plate,
    Printed,
    Sheet,
    below_figure,
    broken,
    spaced,
)

ARCHIVED: Literal["a-2b"] = "a-2b"
"""PDF/A-2b: fonts are inside, nothing outside is needed; archives ask for it."""
_PAGE = re.compile(rb"/Type ?/Page\b")
TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(sheet: Sheet, given: FontSet | None = None, pictures: Pictures = NONE) -> bytes:
    """The file. It takes some tens of milliseconds and much memory, so only the worker makes it."""
    chosen = given or fonts()
    with _root(pictures) as (root, names):
        data = dumps(_values(sheet, chosen, names), ensure_ascii=False)
        compiler = typst.Compiler(_template(), root=root, font_paths=chosen.fonts, ignore_system_fonts=True)
        made = compiler.compile(format="pdf", sys_inputs={"sheet": data}, pdf_standards=ARCHIVED)
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no file")
    return made


@contextmanager
def _root(pictures: Pictures) -> Iterator[tuple[str, Mapping[str, str]]]:
    """A folder for the typesetter with the pictures as files, and their names by the handles of the photos."""
    with TemporaryDirectory(prefix="jiayuan-paper-") as root:
        names = {photo: f"{n}.jpg" for n, photo in enumerate(pictures, start=1)}
        for photo, name in names.items():
            Path(root, name).write_bytes(pictures[photo].data)
        yield root, names


@lru_cache(maxsize=1)
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def pages_of(data: bytes) -> int:
    """How many pages a file of ours has."""
    return len(_PAGE.findall(data))


def qr(address: str) -> str:
    """A QR code as SVG."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, nl=False)
    return out.getvalue().decode()


def _values(sheet: Sheet, chosen: FontSet, names: Mapping[str, str]) -> dict[str, Any]:
    document = sheet.document
    return {
        "form": document.form.value,
        "masthead": sheet.masthead,
        "number": sheet.number,
        "office": document.office,
        "urgency": document.urgency,
        "signer": document.signer,
        "title": list(sheet.title_lines),
        "recipients": sheet.recipients,
        "editors_note": document.editors_note,
        "body": [_block(one, names) for one in sheet.body],
        "annex_notes": list(sheet.annex_notes),
        "annexes": [
            {"label": label, "title": list(broken(title)), "body": [_block(one, names) for one in body]}
            for label, title, body in sheet.annexes
        ],
        "signature": sheet.signature,
        "day": sheet.day,
        "on": [document.on.year, document.on.month, document.on.day],
        "remark": document.remark,
        "rolls": [[roll.label, roll.names] for roll in document.rolls],
        "foot": [list(line) for line in sheet.foot],
        "printed": list(sheet.printed),
        "synthetic": SYNTHETIC if sheet.is_synthetic else "",
        "qr": qr(sheet.verify_address),
        "handle": spaced(sheet.handle),
        "fonts": {face: list(families) for face, families in chosen.families.items()},
        "thin": chosen.title_is_thin,
        "fonts_said": chosen.sentence,
    }


def _block(one: Printed, names: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(one, Line):
        return {"kind": "line", "level": one.level, "text": one.text}
    if isinstance(one, Plate):
        figures = [
            {"file": names.get(figure.photo, ""), "label": below_figure(n, figure), "alt": figure.told}
            for n, figure in one.figures
        ]
        return {"kind": "plate", "per_row": one.per_row, "figures": figures, "missing": TAKEN_DOWN}
    return {
        "kind": "table",
        "head": list(one.head),
        "rows": [list(row) for row in one.rows],
        "shares": list(one.shares),
        "caption": one.caption,
    }
