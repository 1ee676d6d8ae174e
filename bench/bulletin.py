# SPDX-License-Identifier: Apache-2.0
"""What a long bulletin costs: forty pages with a hundred photos as PDF and as a Word file, at most ten seconds.

Photos are drawn, and not counted: a city has taken its own. Beside the PDF stands the bare typesetter, which is given
the same words and the same pictures without any rule of the standard.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import django
import typst

django.setup()

# ruff: noqa: E402 – the rooms can only be imported once the house stands
from jiayuan.media.illustrations import Scene, Setting, Stage, illustration
from jiayuan.papers.document import Block, Document, Figure, Figures, Heading, Mention, paragraph
from jiayuan.papers.enums import Form
from jiayuan.papers.printing import Line, Sheet, docx, fonts, pages_of, pdf, printable

PHOTOS, PAGES, MOST_SECONDS = 100, 40, 10.0
PER_ROW = 2
T = TypeVar("T")
PLAIN = """
#let d = json(bytes(sys.inputs.at("d")))
#set text(font: d.font)
#for one in d.texts { par(one) }
#for one in d.files { image("/" + one, width: 70mm) }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds by the clock for each part, the size of what came out, and what the bare typesetter took."""

    pages: int
    seconds: Mapping[str, float]
    megabytes: Mapping[str, float]
    bare: float

    @property
    def whole(self) -> float:
        """All that the worker does for one bulletin."""
        return sum(self.seconds.values())


def measure(*, photos: int = PHOTOS) -> Measured:
    """Print one bulletin after another had warmed fonts and templates."""
    chosen, sheet = fonts(), _sheet(_document(photos))
    pdf(_sheet(_document(0)), chosen)
    scenes = list(Scene)
    received = [
        (_photo(n), illustration(scenes[n % len(scenes)], Setting.VILLAGE, Stage.BEFORE, seed=n)) for n in range(photos)
    ]
    made_in, pictures = _timed(lambda: printable(received))
    pdf_in, data = _timed(lambda: pdf(sheet, chosen, pictures))
    word_in, file = _timed(lambda: docx(sheet, pictures))
    texts = [one.text for one in sheet.body if isinstance(one, Line)]
    bare, _ = _timed(lambda: _plain(texts, [one.data for one in pictures.values()], chosen.fonts))
    return Measured(
        pages=pages_of(data),
        seconds={"photos made ready": made_in, "PDF": pdf_in, "Word": word_in},
        megabytes={"PDF": len(data) / 1e6, "Word": len(file) / 1e6},
        bare=bare,
    )


def _photo(n: int) -> str:
    return f"photo-{n}"


def _document(photos: int) -> Document:
    """Two places after the other, each pair with its photos."""
    body = tuple(block for n in range(0, photos, PER_ROW) for block in _pair(n))
    title, day = "关于清洁家园行动检查情况的通报", date(2025, 1, 3)
    return Document(form=Form.OFFICIAL, title=title, body=body, office="演示办", on=day)


def _pair(n: int) -> tuple[Block, ...]:
    shown = tuple(Figure(photo=_photo(one), caption=f"示范村甲第{one}处") for one in range(n, n + PER_ROW))
    return (
        Heading(1 if n % 20 == 0 else 2, f"示范村甲第{n}处和第{n + 1}处"),
        paragraph("房前屋后堆着柴草和沙土，沟渠里漂着杂物，" * 9 + "见", Mention(_photo(n)), "。"),
        Figures(figures=shown, per_row=PER_ROW),
    )


def _sheet(document: Document) -> Sheet:
    return Sheet(document, "演清办〔2025〕7号", "ABCD1234XY2", "https://example.org/", is_synthetic=True)


def _plain(texts: list[str], pictures: list[bytes], fonts: typst.Fonts) -> bytes:
    with tempfile.TemporaryDirectory(prefix="jiayuan-bench-") as root:
        names = [f"{n}.jpg" for n in range(len(pictures))]
        for name, data in zip(names, pictures, strict=True):
            Path(root, name).write_bytes(data)
        told = json.dumps({"texts": texts, "files": names, "font": "Noto Serif SC"})
        compiler = typst.Compiler(PLAIN.encode(), root=root, font_paths=fonts, ignore_system_fonts=True)
        made = compiler.compile(format="pdf", sys_inputs={"d": told})
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no file")
    return made


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def main() -> int:
    """Always 0 when it could measure; the numbers speak."""
    found = measure()
    print(f"a bulletin of {found.pages} pages with {PHOTOS} photos: {found.whole:.1f} s (at most {MOST_SECONDS:.0f})")
    for name, seconds in found.seconds.items():
        size = f", {found.megabytes[name]:.1f} MB" if name in found.megabytes else ""
        print(f"  {name}: {seconds:.2f} s{size}")
    print(f"  the bare typesetter: {found.bare:.2f} s; ratio of the PDF to it {found.seconds['PDF'] / found.bare:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
