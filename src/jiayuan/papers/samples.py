# SPDX-License-Identifier: Apache-2.0
"""The sample papers of the demonstration, one of each form: invented from the head to the record block."""

from collections.abc import Iterator
from dataclasses import dataclass
from json import dumps, loads
from pathlib import Path

from django.conf import settings

from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.papers.document import Document
from jiayuan.papers.printing import Sheet, docx, pdf, xlsx
from jiayuan.papers.queries import verify_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A document, the kind of number it takes, and the number that it bears where it is only shown."""

    kind: str
    number: str
    document: Document


def folder() -> Path:
    """Where the samples lie."""
    return Path(settings.BASE) / "data" / "demo" / "papers"


def samples() -> Iterator[Sample]:
    """The samples, by name."""
    for file in sorted(folder().glob("*.json")):
        values = loads(file.read_text(encoding="utf-8"))
        yield Sample(
            kind=values["kind"], number=values["number"], document=Document.from_json(dumps(values["document"]))
        )


def sheet_of(sample: Sample) -> Sheet:
    """A sample as it is printed where nobody issued it."""
    handle = new_handle(seeded(sample.kind))
    return Sheet(sample.document, sample.number, handle, verify_address(handle), is_synthetic=True)


def write(into: Path) -> list[Path]:
    """Every sample as PDF and Word, and its tables as a workbook; the files."""
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for sample in samples():
        sheet = sheet_of(sample)
        for ending, data in (("pdf", pdf(sheet)), ("docx", docx(sheet)), ("xlsx", xlsx(sheet))):
            if data:
                file = into / f"{sample.kind}.{ending}"
                file.write_bytes(data)
                written.append(file)
    return written
