# SPDX-License-Identifier: Apache-2.0
"""Documents for tests, all of them invented, and an office to issue them."""

import os
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pdfplumber

from jiayuan.papers import queries, services
from jiayuan.papers.document import Annex, Document, Heading, Items, Roll, Slot, Table, Text, paragraph
from jiayuan.papers.enums import Form, Format
from jiayuan.papers.printing import Sheet
from tests.cast import SYSTEM

OFFICE = "YXQB"
INVENTED = "YXQB-YS"
DISTRICT_OFFICE = "YXQB-DQ"
TODAY = date(2025, 1, 3)
SHOWN = Path(__file__).parents[2] / "docs" / "samples"
WRITES_SAMPLES = os.environ.get("JIAYUAN_WRITE_SAMPLES") == "1"

SLOT = Slot(text="17", query="cases.open", arguments=(("area", "990101000000"),), position=4)


def document(
    title: str = "关于开展清洁家园月末检查的通知", *, form: Form = Form.OFFICIAL, on: date = TODAY
) -> Document:
    """A document with everything that a body can hold."""
    return Document(
        form=form,
        title=title,
        recipients=("各县（市、区）人民政府", "示范村甲"),
        body=(
            paragraph("为做好涢水沿线和澴河两岸的清洁，现有", SLOT, "处问题待办，请认真落实。"),
            Heading(1, "总体要求"),
            Heading(2, "检查范围"),
            Items(items=((Text("沟渠"),), (Text("房前屋后"),)), is_numbered=True),
            Table(
                head=("村", "三堆（个）"), rows=(("示范村甲", "3"), ("示范村乙", "0")), widths=(2, 1), caption="附表"
            ),
        ),
        office="云溪市清洁家园行动领导小组办公室",
        on=on,
        annexes=(Annex(title="检查表", body=(paragraph("逐项检查。"),)),),
        copies_to=("市人民政府办公室",),
        rolls=(Roll(label="出席", names="甲、乙"),),
        printed_on=on,
    )


def sheet(given: Document | None = None, *, number: str = "演清办〔2025〕7号", is_synthetic: bool = True) -> Sheet:
    """A document as if it had been issued."""
    address = "https://example.org/papers/verify/ABCD1234XY2/"
    return Sheet(given or document(), number, "ABCD1234XY2", address, is_synthetic)


def shown(paper_id: int, *, name: str, at: datetime) -> str:
    """What a paper's pages say, printed; they are written to docs/samples when the samples are to be made anew."""
    services.print_paper(paper_id=paper_id, by=SYSTEM, at=at)
    view = queries.paper_by_id(paper_id)
    assert view is not None
    data = queries.file_of(view, Format.PDF)
    with pdfplumber.open(BytesIO(data)) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert all("演示数据" in page for page in pages)
    if WRITES_SAMPLES:
        (SHOWN / f"{name}.pdf").write_bytes(data)
    return "".join(pages).replace("\n", "")
