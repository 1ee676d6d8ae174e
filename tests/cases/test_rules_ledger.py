# SPDX-License-Identifier: Apache-2.0
"""Reading ledgers without a database: what is refused as a file, how cells, heads and names of villages are read."""

import csv
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

import jiayuan
from jiayuan.cases.enums import LedgerField, LedgerStanding
from jiayuan.cases.intake.ledger import Gazetteer, Named, Nearby, find_head, packed, read_book, read_file, unpacked
from jiayuan.cases.intake.ledger.book import Cell, Kind
from jiayuan.cases.intake.ledger.columns import guess
from jiayuan.cases.intake.ledger.places import NotFound
from jiayuan.cases.intake.ledger.values import (
    Context,
    Unreadable,
    arabic,
    context_of,
    day_of,
    deadline_of,
    number_of,
    quantity_of,
    standing_of,
    without_numbers_of_persons,
)
from jiayuan.kernel.errors import Refused
from tests.cases import ledgers

TODAY = date(2025, 1, 3)
DECEMBER = Context(years=(2024,), month=12)


def text(said: str) -> Cell:
    return Cell(Kind.TEXT, said)


def refusal_of(data: bytes, name: str = "台账.xlsx") -> str:
    with pytest.raises(Refused) as refusal:
        read_file(data, file_name=name)
    assert refusal.value.field == "file"
    return refusal.value.code


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed_parts:
        for name, content in parts.items():
            packed_parts.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "台账.xls", "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "有密码.xlsx", "old_excel"),
        ("村,问题\n".encode(), "台账.txt", "not_xlsx"),
        (b"\xff\xff\xff,\xff\n", "台账.csv", "not_text"),
        (b"a,b\x00\n", "台账.csv", "not_text"),
        (b"\xef\xbb\xbf,,\n\n", "空.csv", "empty_book"),
        (b"," * 60 + b"x\n", "宽.csv", "too_broad"),
        (b"x," * (10 * 1024 * 1024), "大.csv", "too_large"),
        (b"", "空.xlsx", "not_xlsx"),
        (b"PK\x03\x04 cut off", "坏.xlsx", "broken_book"),
        (zipped(**{"word/document.xml": b"<w/>"}), "文稿.xlsx", "broken_book"),
        (zipped(**{"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "实体.xlsx", "broken_book"),
        (zipped(**{"xl/workbook.xml": "<?xml version='1.0'?><x/>".encode("utf-16")}), "宽字.xlsx", "broken_book"),
        (zipped(**{"xl/worksheets/sheet1.xml": b" " * (49 * 1024 * 1024)}), "炸弹.xlsx", "unpacks_too_far"),
        (b"PK" + b"0" * (10 * 1024 * 1024), "大.xlsx", "too_large"),
    ],
)
def test_what_is_no_ledger_is_refused_with_a_way_out(data: bytes, name: str, code: str) -> None:
    assert refusal_of(data, name) == code


def test_an_empty_sheet_and_one_without_end_are_refused() -> None:
    endless = Workbook()
    sheet = endless.active
    assert sheet is not None
    sheet.cell(1, 61, "远处")

    assert refusal_of(ledgers.saved(Workbook())) == "empty_book"
    assert refusal_of(ledgers.saved(endless)) == "too_broad"


def test_a_sheet_of_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("book", "table"):
        monkeypatch.setattr(f"jiayuan.cases.intake.ledger.{module}.MOST_LINES", 5)

    assert refusal_of(ledgers.merged_with_sums()) == "too_long"
    assert refusal_of(ledgers.as_table(ledgers.merged_with_sums()), "台账.csv") == "too_long"


def test_a_workbook_that_calls_itself_csv_is_read_as_what_it_is() -> None:
    assert read_file(ledgers.merged_with_sums(), file_name="台账.csv")[0].name == "台账"


def test_lines_of_a_table_are_numbered_as_a_sheet_shows_them_and_are_equally_broad() -> None:
    table = '村,"具体\n位置"\n\n双河村,二组,"说，""不是""",\n'.encode("gb18030")

    (sheet,) = read_file(table, file_name="东桥.csv")

    assert (sheet.name, [line.number for line in sheet.lines]) == ("东桥", [1, 3])
    assert [[cell.text for cell in line.cells] for line in sheet.lines] == [
        ["村", "具体\n位置", ""],
        ["双河村", "二组", '说，"不是"'],
    ]


def test_a_stray_letter_at_the_end_of_a_sheet_costs_nothing() -> None:
    book = load_workbook(BytesIO(ledgers.merged_with_sums()))
    book.worksheets[0].cell(1_048_576, 60, "x")

    (sheet,) = read_book(ledgers.saved(book), file_name="a.xlsx")

    assert [line.number for line in sheet.lines][-2:] == [11, 1_048_576]


def rewritten(data: bytes, *changes: tuple[bytes, bytes], sheet: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A book with some of the bytes in its parts changed, and perhaps its sheet under another name."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            for before, after in (*changes, (b"worksheets/sheet1.xml", sheet.removeprefix("xl/").encode())):
                text = text.replace(before, after)
            new.writestr(part.filename.replace("xl/worksheets/sheet1.xml", sheet), text)
    return out.getvalue()


MERGED = b'<mergeCell ref="A1:I1"'


@pytest.mark.parametrize(
    "merged",
    [
        b'<mergeCell ref="A1:XFD1048576"',
        b'<mergeCell ref="$A$1:$XFD$1048576"',
        b'<mergeCell ref="a1:xfd1048576"',
        b'<mergeCell\nref="A1:XFD1048576"',
        b'<mergeCell ref="&#65;1:&#88;FD1048576"',
        b'<mergeCell ref="A:XFD"',
    ],
)
@pytest.mark.parametrize("sheet", ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.dat"])
def test_a_cell_merged_over_the_whole_sheet_is_refused_however_it_is_written(merged: bytes, sheet: str) -> None:
    assert refusal_of(rewritten(ledgers.merged_with_sums(), (MERGED, merged), sheet=sheet)) == "unpacks_too_far"


def test_a_link_over_the_whole_sheet_costs_nothing() -> None:
    data = ledgers.merged_with_sums()
    link = b'</mergeCells><hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'

    assert read_book(rewritten(data, (b"</mergeCells>", link)), file_name="a.xlsx") == read_book(
        data, file_name="a.xlsx"
    )


def test_a_sheet_that_calls_itself_something_else_names_no_entities_either() -> None:
    data = rewritten(
        ledgers.merged_with_sums(), (b"<worksheet ", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet "), sheet="xl/sheet.dat"
    )

    assert refusal_of(data) == "broken_book"


def test_a_line_of_countless_empty_cells_is_refused() -> None:
    data = rewritten(
        ledgers.merged_with_sums(), (b"</sheetData>", b"<row>" + b"<c/>" * 3_000_000 + b"</row></sheetData>")
    )

    assert refusal_of(data) == "unpacks_too_far"


def test_a_long_text_merged_over_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiayuan.cases.intake.ledger.book.MOST_CHARACTERS", 2_000)
    book = Workbook()
    sheet = book.worksheets[0]
    for number in range(1, 9):
        sheet.cell(number, 60, "x")
    sheet["A1"] = "长" * 50
    sheet.merge_cells("A1:BA8")

    assert refusal_of(ledgers.saved(book)) == "unpacks_too_far"


@pytest.mark.parametrize(("limit", "most"), [("MOST_CHARACTERS", 150), ("MOST_LINES_OF_BOOK", 5), ("MOST_SHEETS", 2)])
def test_all_sheets_together_are_one_book(monkeypatch: pytest.MonkeyPatch, limit: str, most: int) -> None:
    monkeypatch.setattr(f"jiayuan.cases.intake.ledger.book.{limit}", most)
    book = Workbook()
    for sheet in (book.worksheets[0], book.create_sheet(), book.create_sheet()):
        for _ in range(2):
            sheet.append(["长" * 40])

    assert refusal_of(ledgers.saved(book)) == "unpacks_too_far"


def test_a_text_that_is_pointed_to_too_often_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiayuan.cases.intake.ledger.book.MOST_CHARACTERS", 100)

    assert refusal_of(ledgers.merged_with_sums()) == "unpacks_too_far"


@pytest.mark.parametrize(
    "build", [ledgers.merged_with_sums, ledgers.days_in_every_way, ledgers.two_line_head, ledgers.wrong_in_many_ways]
)
def test_sheets_come_out_of_their_package_as_they_went_in(build: Any) -> None:
    sheets = read_book(build(), file_name="a.xlsx")

    assert unpacked(packed(sheets)) == sheets


@pytest.mark.parametrize(
    ("build", "line"),
    [
        (ledgers.merged_with_sums, 3),
        (ledgers.days_in_every_way, 3),
        (ledgers.two_line_head, 3),
        (ledgers.wrong_in_many_ways, 1),
    ],
)
def test_the_head_is_found_wherever_it_stands(build: Any, line: int) -> None:
    head = find_head(read_book(build(), file_name="a.xlsx")[0])

    assert head is not None
    assert head.latest_line == line


def test_hidden_columns_and_sheets_are_said_to_be_hidden() -> None:
    first, second = read_book(ledgers.two_line_head(), file_name="a.xlsx")
    head = find_head(first)

    assert head is not None
    assert [column.letter for column in head.columns if column.is_hidden] == ["D"]
    assert second.is_hidden


def test_the_order_of_columns_makes_another_shape_and_other_rows_do_not() -> None:
    other = ledgers.Places(
        county="西坪县", town="石磨镇", villages=("甲村", "乙村"), other_town="茶园乡", other_villages=("丙村", "丁村")
    )

    def shape(data: bytes) -> str:
        head = find_head(read_book(data, file_name="a.xlsx")[0])
        assert head is not None
        return head.fingerprint

    assert shape(ledgers.merged_with_sums()) == shape(ledgers.merged_with_sums(other))
    assert shape(ledgers.merged_with_sums()) != shape(ledgers.same_rows_again())


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("序号", LedgerField.IGNORED),
        ("乡镇（街道）", LedgerField.TOWN),
        ("县（市、区）", LedgerField.COUNTY),
        ("村(社区)", LedgerField.VILLAGE),
        ("所在行政村", LedgerField.VILLAGE),
        ("湾组", LedgerField.PLACE),
        ("详细地址", LedgerField.PLACE),
        ("问题类型", LedgerField.CLASS),
        ("存在问题", LedgerField.TEXT),
        ("问题描述", LedgerField.TEXT),
        ("数量（处）", LedgerField.QUANTITY),
        ("发现时间", LedgerField.FOUND_ON),
        ("排查日期", LedgerField.FOUND_ON),
        ("整改时限", LedgerField.DUE_ON),
        ("要求完成时间", LedgerField.DUE_ON),
        ("完成时间", LedgerField.IGNORED),
        ("整改情况", LedgerField.STANDING),
        ("是否销号", LedgerField.STANDING),
        ("整改措施", LedgerField.IGNORED),
        ("责任单位", LedgerField.UNIT),
        ("责任人", LedgerField.IGNORED),
        ("责任人电话", LedgerField.IGNORED),
        ("反映人电话", LedgerField.CONTACT_PHONE),
        ("问题编号", LedgerField.NUMBER),
        ("天气", None),
    ],
)
def test_a_column_is_guessed_from_its_head(label: str, field: LedgerField | None) -> None:
    assert guess(label) == field


@pytest.mark.parametrize(
    ("chinese", "number"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("廿三", 23),
        ("二〇二四", 2024),
        ("一百零五", 105),
    ],
)
def test_chinese_numbers_are_counted(chinese: str, number: int) -> None:
    assert number_of(chinese) == number


def test_a_chinese_day_is_written_in_digits() -> None:
    assert arabic("二〇二四年十二月三日") == "2024年12月3日"


@pytest.mark.parametrize(("written", "day"), ledgers.DAYS)
def test_a_day_is_read_or_nobody_pretends_to(written: Any, day: str | None) -> None:
    cell = (
        text(written)
        if isinstance(written, str)
        else Cell(Kind.NUMBER, str(written))
        if isinstance(written, int | float)
        else Cell(Kind.DAY, written.date().isoformat())
    )

    if day is None:
        with pytest.raises(Unreadable):
            day_of(cell, DECEMBER, today=TODAY)
    else:
        assert day_of(cell, DECEMBER, today=TODAY).value.isoformat() == day


@pytest.mark.parametrize(
    ("said", "day"), [("12月3日", "2024-12-03"), ("1月2日", "2025-01-02"), ("1月4日", "2024-01-04")]
)
def test_a_day_without_a_year_is_the_latest_that_has_passed_and_the_row_says_so(said: str, day: str) -> None:
    read = day_of(text(said), Context(), today=TODAY)

    assert (read.value.isoformat(), read.supposed) == (day, "year")


@pytest.mark.parametrize("said", ["2024年2月30日", "13月1日", "昨天", "0", "3日", "99999"])
def test_what_is_no_day_is_refused(said: str) -> None:
    with pytest.raises(Unreadable):
        day_of(text(said), Context(), today=TODAY)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("立行立改", None),
        ("12月底", "2024-12-31"),
        ("1月底前", "2025-01-31"),
        ("1月10日前", "2025-01-10"),
        ("2025.1.10", "2025-01-10"),
        ("2025年2月底", "2025-02-28"),
    ],
)
def test_a_deadline_lies_after_the_day_on_which_it_was_found(said: str, day: str | None) -> None:
    due = deadline_of(text(said), DECEMBER, since=date(2024, 12, 17))

    assert (due.isoformat() if due else None) == day


def test_titles_say_year_and_month() -> None:
    assert context_of("柳塘镇２０２４年１２月份台账") == Context(years=(2024,), month=12)
    assert context_of("十一月", DECEMBER) == Context(years=(2024,), month=11)
    assert context_of("没有日期", DECEMBER) == DECEMBER


@pytest.mark.parametrize(
    ("said", "number", "supposed"),
    [
        ("3", 3, ""),
        ("３处", 3, ""),
        ("约5堆", 5, "about"),
        ("三处", 3, ""),
        ("十余处", 10, "about"),
        ("2.5吨", 1, "measured"),
        ("30平方米", 1, "measured"),
        ("若干", 1, "some"),
        ("1,200", 1200, ""),
    ],
)
def test_a_quantity_is_read_with_its_unit(said: str, number: int, supposed: str) -> None:
    counted = quantity_of(text(said))

    assert (counted.value, counted.supposed) == (number, supposed)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("-2", "negative_quantity"),
        ("0", "no_quantity"),
        ("无", "no_quantity"),
        ("3-5处", "two_quantities"),
        ("20000", "large_quantity"),
    ],
)
def test_a_quantity_that_counts_nothing_is_refused(said: str, code: str) -> None:
    with pytest.raises(Unreadable) as fault:
        quantity_of(text(said))

    assert fault.value.code == code


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ("", LedgerStanding.OPEN),
        ("未整改", LedgerStanding.OPEN),
        ("未整改完成", LedgerStanding.OPEN),
        ("整改中", LedgerStanding.UNDERWAY),
        ("已整改", LedgerStanding.DONE),
        ("√", LedgerStanding.DONE),
        ("已销号", LedgerStanding.STRUCK),
        ("天晴", None),
    ],
)
def test_words_say_how_it_stands(said: str, standing: LedgerStanding | None) -> None:
    assert standing_of(text(said)) is standing


def test_numbers_of_persons_are_taken_out_of_texts() -> None:
    told = "户主张某13800000001，证号420000199001010011，垃圾3堆"

    assert without_numbers_of_persons(told) == "户主张某，证号，垃圾3堆"


def named(code: str, name: str, short: str) -> Named:
    return Named(code=code, name=name, short_name=short, label=short)


GAZETTEER = Gazetteer(
    city="云溪市",
    counties=[named("990101000000", "东桥区", "东桥区"), named("990121000000", "西坪县", "西坪县")],
    towns=[named("990101100000", "柳塘镇", "柳塘镇"), named("990121100000", "石磨镇", "石磨镇")],
    villages=[
        named("990101100001", "柳塘居民委员会", "柳塘居委会"),
        named("990101100200", "双河村村民委员会", "双河村"),
        named("990121100201", "双河村村民委员会", "双河村"),
        named("990121100202", "大坪村村民委员会", "大坪村"),
    ],
)
LIUTANG = Nearby(towns=frozenset({"990101100"}))


@pytest.mark.parametrize(
    ("county", "town", "village", "code"),
    [
        ("", "柳塘镇", "双河村", "990101100200"),
        ("", "柳塘", "双河", "990101100200"),
        ("西坪县", "", "双河村", "990121100201"),
        ("", "", "石磨镇双河村", "990121100201"),
        ("", "", "云溪市西坪县石磨镇双河村村民委员会", "990121100201"),
        ("", "", "柳塘镇 双河村二组", "990101100200"),
        ("", "柳塘镇人民政府", "柳塘居委会", "990101100001"),
        ("", "柳塘镇", "柳塘社区居委会", "990101100001"),
        ("", "柳塘镇", "双河村村委会", "990101100200"),
    ],
)
def test_a_village_is_found_by_its_name_beside_a_town_or_county(
    county: str, town: str, village: str, code: str
) -> None:
    assert GAZETTEER.find(county=county, town=town, village=village, otherwise=Nearby()).code == code


@pytest.mark.parametrize(
    ("town", "village", "code", "candidates"),
    [
        ("", "双河村", "village_alone", 2),
        ("", "大坪村", "village_alone", 1),
        ("柳塘镇", "大坪村", "village_elsewhere", 1),
        ("柳塘镇", "大平村", "unknown_village", 0),
        ("柳塘镇", "新双河村", "unknown_village", 0),
        ("没有的镇", "双河村", "unknown_town", 0),
        ("柳塘镇", "", "no_village", 0),
    ],
)
def test_a_village_is_never_matched_by_its_name_alone(town: str, village: str, code: str, candidates: int) -> None:
    with pytest.raises(NotFound) as fault:
        GAZETTEER.find(county="", town=town, village=village, otherwise=Nearby())

    assert (fault.value.code, len(fault.value.candidates)) == (code, candidates)


def test_the_title_helps_where_the_line_says_nothing_and_never_against_the_line() -> None:
    by_title = GAZETTEER.find(county="", town="", village="双河村", otherwise=LIUTANG)
    by_line = GAZETTEER.find(county="", town="石磨镇", village="双河村", otherwise=LIUTANG)

    assert (by_title.code, by_line.code) == ("990101100200", "990121100201")


def shipped_names() -> dict[str, list[Named]]:
    """The divisions of the shipped pack by level."""
    with (Path(jiayuan.__file__).parent / "data" / "suizhou" / "divisions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    levels: dict[str, list[Named]] = {}
    for row in rows:
        levels.setdefault(row["level"], []).append(
            Named(code=row["code"], name=row["name"], short_name=row["short_name"], label=row["short_name"])
        )
    return levels


def test_every_village_of_the_shipped_city_is_found_by_either_name_beside_its_town() -> None:
    levels = shipped_names()
    whole = Gazetteer(city="", counties=levels["county"], towns=levels["town"], villages=levels["village"])
    towns = {row.code[:9]: row for row in levels["town"]}
    counties = {row.code[:6]: row for row in levels["county"]}

    lost = [
        (village.label, said)
        for village in levels["village"]
        for said in (village.short_name, village.name)
        if whole.find(
            county=counties[village.code[:6]].name,
            town=towns[village.code[:9]].short_name,
            village=said,
            otherwise=Nearby(),
        ).code
        != village.code
    ]

    assert len(levels["village"]) > 1000
    assert lost == []
