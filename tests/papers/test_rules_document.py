# SPDX-License-Identifier: Apache-2.0
"""The document model goes into canonical JSON and comes back as it was, whatever it says."""

from datetime import date
from json import dumps, loads
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.papers.document import (
    Annex,
    Block,
    Document,
    Figure,
    Figures,
    Heading,
    Items,
    Paragraph,
    Roll,
    Slot,
    Table,
    Text,
    Unreadable,
    paragraph,
)
from jiayuan.papers.enums import Form
from tests.papers.sample import SLOT, document

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TITLES = st.text(st.sampled_from("涢水澴河清洁家园的通知 “”"), min_size=1, max_size=12).filter(str.strip)
PAIRS = st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple)
SLOTS = st.builds(Slot, text=WORDS, query=WORDS, arguments=PAIRS, position=st.integers(0, 2**53))
RUNS = st.lists(st.builds(Text, WORDS) | SLOTS, max_size=4).map(tuple)
TUPLES = st.lists(WORDS, max_size=3).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 4))
    cells = st.lists(WORDS, min_size=columns, max_size=columns).map(tuple)
    widths = st.just(()) | st.lists(st.integers(1, 9), min_size=columns, max_size=columns).map(tuple)
    rows = draw(st.lists(cells, max_size=3).map(tuple))
    return Table(head=draw(cells), rows=rows, widths=draw(widths), caption=draw(WORDS))


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.integers(1, 4), WORDS),
    st.builds(Paragraph, RUNS),
    st.builds(Items, items=st.lists(RUNS, max_size=3).map(tuple), is_numbered=st.booleans()),
    tables(),
    st.builds(
        Figures,
        figures=st.lists(st.builds(Figure, photo=WORDS, caption=WORDS, alt=WORDS), min_size=1, max_size=5).map(tuple),
        per_row=st.integers(2, 4),
    ),
)
BODIES = st.lists(BLOCKS, max_size=5).map(tuple)
DOCUMENTS = st.builds(
    Document,
    form=st.sampled_from(Form),
    title=TITLES,
    body=BODIES,
    office=TITLES,
    on=st.dates(),
    recipients=TUPLES,
    annexes=st.lists(st.builds(Annex, title=WORDS, body=BODIES), max_size=2).map(tuple),
    masthead=WORDS,
    signature=WORDS,
    copies_to=TUPLES,
    reports_to=TUPLES,
    sent_to=TUPLES,
    rolls=st.lists(st.builds(Roll, label=WORDS, names=WORDS), max_size=2).map(tuple),
    urgency=WORDS,
    signer=WORDS,
    remark=WORDS,
    editors_note=WORDS,
    printed_by=WORDS,
    printed_on=st.none() | st.dates(),
)


@given(DOCUMENTS)
def test_a_document_comes_back_from_its_text_as_it_was(given_document: Document) -> None:
    text = given_document.to_json()

    assert Document.from_json(text) == given_document
    assert Document.from_json(text).to_json() == text


def test_the_text_says_its_schema_and_keeps_where_a_number_comes_from() -> None:
    values = loads(document().to_json())

    assert values["schema"] == 1
    assert values["body"][0]["runs"][1] == {
        "slot": "17",
        "query": "cases.open",
        "arguments": [["area", "990101000000"]],
        "position": 4,
    }
    assert list(document().slots()) == [SLOT]


@pytest.mark.parametrize(
    "change",
    [{"schema": 2}, {"form": "poster"}, {"body": [{"block": "song"}]}, {"on": "gestern"}, {"title": 7}, {"title": " "}],
)
def test_what_is_no_document_of_this_schema_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        Document.from_json(dumps(loads(document().to_json()) | change))


def test_a_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(Unreadable):
        Document.from_json("随手写的")


def test_a_table_with_a_short_row_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="cells"):
        Table(head=("村", "数"), rows=(("甲",),))


def test_a_fifth_level_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="levels"):
        Heading(5, "太深")


def test_every_text_that_is_printed_is_told() -> None:
    told = set(document().texts())

    assert {"总体要求", "示范村乙", "检查表", "逐项检查。", "17", "市人民政府办公室"} <= told
    assert paragraph("甲", SLOT).runs == (Text("甲"), SLOT)
    assert date(2025, 1, 3).isoformat() in told


def test_a_document_of_the_first_schema_reads_as_it_did_and_has_the_same_bytes() -> None:
    kept = (Path(__file__).parent / "golden" / "document.v1.json").read_text(encoding="utf-8").rstrip("\n")

    assert Document.from_json(kept) == document()
    assert document().to_json() == kept
