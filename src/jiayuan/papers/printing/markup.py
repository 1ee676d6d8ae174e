# SPDX-License-Identifier: Apache-2.0
"""What Word files can say and python-docx has no words for: Chinese fonts, grids, borders, frames, fields."""

from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length

TWIPS = 56.6929
"""So many twentieths of a point are a millimetre."""


def _made(tag: str, **values: object) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _put(parent: Any, tag: str, *after: str, **values: object) -> Any:
    """A child with these values in place of an older one, before whatever the schema wants behind it."""
    old = parent.find(qn(tag))
    if old is not None:
        parent.remove(old)
    child = _made(tag, **values)
    behind = [one for name in after if (one := parent.find(qn(name))) is not None]
    if behind:
        min(behind, key=parent.index).addprevious(child)
    else:
        parent.append(child)
    return child


_RUN_TAIL = (
    "w:b", "w:bCs", "w:i", "w:iCs", "w:color", "w:spacing", "w:w", "w:kern", "w:position", "w:sz", "w:szCs",
    "w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:vertAlign", "w:lang",
)  # fmt: skip
_PARAGRAPH_TAIL = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:jc", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr",
)  # fmt: skip


def _after(tag: str, tail: tuple[str, ...]) -> tuple[str, ...]:
    return tail[tail.index(tag) + 1 :] if tag in tail else tail


def name_font(element: Any, name: str) -> None:
    """Name a font for Chinese and Latin letters alike, in a run or a style; a font of the theme would win over it."""
    _put(element.get_or_add_rPr(), "w:rFonts", *_RUN_TAIL, ascii=name, hAnsi=name, eastAsia=name, cs=name)


def narrowed(run: Any, percent: int) -> None:
    """Set the letters of a run narrower."""
    _put(run.get_or_add_rPr(), "w:w", *_after("w:w", _RUN_TAIL), val=percent)


def centred_in_line(paragraph: Any) -> None:
    """Set letters at half the height of whatever is highest in their line."""
    _put(paragraph.get_or_add_pPr(), "w:textAlignment", *_after("w:textAlignment", _PARAGRAPH_TAIL), val="center")


def boxed(run: Any) -> None:
    """Draw a frame around the words of a run."""
    values = {"val": "single", "sz": 4, "space": 0, "color": "808080"}
    _put(run.get_or_add_rPr(), "w:bdr", *_after("w:bdr", _RUN_TAIL), **values)


def indent_characters(element: Any, characters: int) -> None:
    """Indent the first line by so many characters, whatever their size."""
    values = {"firstLineChars": characters * 100, "firstLine": characters * 320} if characters else {"firstLine": 0}
    _put(element.get_or_add_pPr(), "w:ind", *_after("w:ind", _PARAGRAPH_TAIL), **values)


def hanging(element: Any, *, first: int, others: int) -> None:
    """Indent the first line of a paragraph by so many characters of 16 points, and all others by more."""
    back = others - first
    values = {"leftChars": others * 100, "left": others * 320, "hangingChars": back * 100, "hanging": back * 320}
    _put(element.get_or_add_pPr(), "w:ind", *_after("w:ind", _PARAGRAPH_TAIL), **values)


def without_borders(element: Any) -> None:
    """Take away the borders that the shipped style has."""
    for old in element.get_or_add_pPr().findall(qn("w:pBdr")):
        element.get_or_add_pPr().remove(old)


def border(paragraph: Any, kind: str, colour: str, *, space: int = 1, **eighths: int) -> None:
    """Draw lines at sides of a paragraph, each so many eighths of a point thick."""
    edge = _put(paragraph.get_or_add_pPr(), "w:pBdr", *_PARAGRAPH_TAIL)
    for side, thickness in eighths.items():
        edge.append(_made(f"w:{side}", val=kind, sz=thickness, space=space, color=colour))


_FRAME_TAIL = ("w:widowControl", "w:numPr", "w:pBdr", *_PARAGRAPH_TAIL)


def framed(paragraph: Any, *, x_mm: float, y_mm: float, width_mm: float) -> None:
    """Put a paragraph at a place of the page."""
    place = {"w": round(width_mm * TWIPS), "x": round(x_mm * TWIPS), "y": round(y_mm * TWIPS)}
    # "notBeside" keeps the text below; without it a program may set lines beside the frame.
    kept = {"wrap": "notBeside", "hAnchor": "page", "vAnchor": "page"}
    _put(paragraph.get_or_add_pPr(), "w:framePr", *_FRAME_TAIL, **place, **kept)


def right_tab(paragraph: Any, at: Length | int) -> None:
    """A tab that sets what follows flush right at a place."""
    tabs = _put(paragraph.get_or_add_pPr(), "w:tabs", *_after("w:tabs", _PARAGRAPH_TAIL))
    tabs.append(_made("w:tab", val="right", pos=round(int(at) / 635)))


def field(run: Any, name: str) -> None:
    """Make a run what a field of the reader's program gives, as the number of a page; it looks as the run did."""
    for kind in ("begin", "instrText", "separate", "", "end"):
        part = _made("w:r")
        if run.rPr is not None:
            part.append(deepcopy(run.rPr))
        if kind == "instrText":
            part.append(_made("w:instrText"))
            part[-1].text = name
        elif kind:
            part.append(_made("w:fldChar", fldCharType=kind))
        else:
            part.append(_made("w:t"))
            part[-1].text = run.text
        run.addprevious(part)
    run.getparent().remove(run)


def without_tabs(element: Any) -> None:
    """Take away the stops of tabs that the shipped style has."""
    for old in element.get_or_add_pPr().findall(qn("w:tabs")):
        element.get_or_add_pPr().remove(old)


def grid(section: Any, *, pitch: float) -> None:
    """Lay the lines of a section on a grid, so many points high.

    Not the characters: programs differ in what they make of that, so styles set them closer instead.
    """
    _put(section, "w:docGrid", "w:printerSettings", type="lines", linePitch=round(pitch * 20))


def closer(element: Any, twentieths: int) -> None:
    """Set characters closer by so many twentieths of a point, in a style."""
    _put(element.get_or_add_rPr(), "w:spacing", *_after("w:spacing", _RUN_TAIL), val=-twentieths)


def off_the_grid(element: Any) -> None:
    """Let the lines of a style stand as close as their letters allow, whatever grid the page has."""
    _put(element.get_or_add_pPr(), "w:snapToGrid", *_after("w:snapToGrid", _PARAGRAPH_TAIL), val=0)


def repeated(row: Any) -> None:
    """Repeat a row of a table at the head of each page."""
    row.get_or_add_trPr().append(_made("w:tblHeader"))


def unparted(row: Any) -> None:
    """Keep a row of a table on one page."""
    row.get_or_add_trPr().append(_made("w:cantSplit"))


def named(picture: Any, *, name: str, told: str) -> None:
    """Name a picture and say what it shows, for whoever has the file read out."""
    picture.docPr.set("name", name)
    picture.docPr.set("descr", told)


def placed(table: Any, *, x: int, y: int, is_ruled: bool) -> None:
    """Put a table at a place of the page on which it stands, with lines above, between and below if it is ruled."""
    kept = table.tblPr
    place = {"vertAnchor": "page", "horzAnchor": "page", "tblpX": round(x / 635), "tblpY": round(y / 635)}
    _put(kept, "w:tblpPr", "w:tblOverlap", "w:tblW", "w:jc", "w:tblBorders", "w:tblLayout", "w:tblLook", **place)
    lines = _put(kept, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    if is_ruled:
        # 0.35 mm at the first and last line, 0.25 mm between, in eighths of a point.
        for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 6)):
            lines.append(_made(f"w:{side}", val="single", sz=eighths, space=0, color="000000"))
