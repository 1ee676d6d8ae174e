# SPDX-License-Identifier: Apache-2.0
"""Five ledgers as they really arrive, built line by line so that the mess can be read. All invented (演示数据).

(a) merged title and towns, sums between the lines · (b) days in every way of writing · (c) a head of two lines,
columns nobody needs, one hidden, notes below · (d) wrong names, unknown kinds, negative numbers, formulas ·
(e) the rows of (a) in another order and layout, and three new ones.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook
from xlsxwriter import Workbook as WrittenBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The names that a ledger uses: a county, two of its towns with two villages each."""

    county: str
    town: str
    villages: tuple[str, str]
    other_town: str
    other_villages: tuple[str, str]


SMALL_CITY = Places(
    county="东桥区",
    town="柳塘镇",
    villages=("双河村", "青竹村"),
    other_town="桥头街道",
    other_villages=("河湾村", "渡口社区"),
)
HEAD = ["序号", "乡镇（街道）", "村（社区）", "具体位置", "问题类别", "问题描述", "数量", "发现时间", "整改情况"]


def saved(book: Any) -> bytes:
    """The bytes of a book."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _rows_of_a(places: Places) -> list[list[Any]]:
    first, second = places.villages
    third, fourth = places.other_villages
    return [
        [1, places.town, first, "二组路边", "柴草垛", "堂屋前柴草垛占了半条路", 2, date(2024, 12, 3), "未整改"],
        [2, None, first, "村委会旁", "沙土堆", "建房剩下的沙土没有清走", 1, date(2024, 12, 3), "整改中"],
        [3, None, second, "塘边", "杂物堆", "塘边堆着旧家具", 3, date(2024, 12, 4), "未整改"],
        [4, places.other_town, third, "三组", "乱拉乱接", "电线从树上拉到猪圈", 1, date(2024, 12, 5), "未整改"],
        [5, None, fourth, "农贸市场西门", "店外经营", "菜摊摆到了人行道", 2, date(2024, 12, 5), ""],
    ]


def merged_with_sums(places: Places = SMALL_CITY) -> bytes:
    """(a) A title over everything, the town merged down its villages, a sum after each town and one at the end."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet["A1"] = f"{places.county}“清洁家园”问题整改台账（演示数据）"
    sheet.merge_cells("A1:I1")
    sheet["A2"] = "填报单位：城乡环境整治办　　填报日期：2024年12月31日"
    sheet.merge_cells("A2:I2")
    rows = _rows_of_a(places)
    sheet.append(HEAD)
    for row in rows[:3]:
        sheet.append(row)
    sheet.append(["小计", None, None, None, None, None, "=SUM(G4:G6)", None, None])
    for row in rows[3:]:
        sheet.append(row)
    sheet.append([None, None, None, None, None, None, None, None, None])
    sheet.append(["合计", None, None, None, None, None, 9, None, None])
    sheet.merge_cells("B4:B6")
    sheet.merge_cells("C4:C5")
    sheet["C4"] = places.villages[0]
    sheet.merge_cells("B8:B9")
    sheet.merge_cells("A7:F7")
    return saved(book)


DAYS: tuple[tuple[Any, str | None], ...] = (
    ("2024年12月3日", "2024-12-03"),
    ("2024.12.3", "2024-12-03"),
    ("2024/12/04", "2024-12-04"),
    ("２０２４－１２－０５", "2024-12-05"),
    ("12月6日", "2024-12-06"),
    ("二〇二四年十二月七日", "2024-12-07"),
    ("十二月二十三日", "2024-12-23"),
    (45634, "2024-12-08"),
    (datetime.combine(date(2024, 12, 9), time(8, 30)), "2024-12-09"),
    ("10日", "2024-12-10"),
    (20241211, "2024-12-11"),
    ("12.12", "2024-12-12"),
    ("24.12.13上午", "2024-12-13"),
    (12.3, None),
    ("12月初", None),
    ("2025年3月1日", None),
)
"""What stands in the cell of (b), and the day that it means; none where nobody can tell or it lies ahead."""
QUANTITIES: tuple[Any, ...] = (
    1, "２处", "约5堆", "三处", "十二个", "2.5吨", "若干", "1", 1, 1, 1, 1, 1, 1, 1, 1,
)  # fmt: skip


def days_in_every_way(places: Places = SMALL_CITY) -> bytes:
    """(b) The year stands in the title alone, digits are full-width, days are text, numbers and dates side by side."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"{places.town}２０２４年１２月份环境整治清单（演示数据）"])
    sheet.append([])
    sheet.append(["编号", "村别", "问题种类", "存在问题", "数量（处）", "排查日期"])
    sheet["B3"] = "村名"
    for number, ((day, _), quantity) in enumerate(zip(DAYS, QUANTITIES, strict=True), start=1):
        sheet.append([number, places.villages[number % 2], "杂物堆", f"第{number}处杂物没有码整齐", quantity, day])
    return saved(book)


def two_line_head(places: Places = SMALL_CITY) -> bytes:
    """(c) Groups over columns, a hidden column of telephones, pictures and signatures, a hidden row, notes below."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"{places.county}{places.town}人居环境问题交办清单（演示数据）"])
    sheet.merge_cells("A1:L1")
    sheet.append(["序号", "地点", None, None, "问题情况", None, None, "责任落实", None, None, "时限", None])
    sheet.append(
        [
            None,
            "村（社区）",
            "湾组",
            "户主电话",
            "类型",
            "问题简述",
            "照片",
            "责任单位",
            "责任人",
            "联系电话",
            "发现日期",
            "整改期限",
        ]
    )
    for area in ("A2:A3", "B2:D2", "E2:G2", "H2:J2", "K2:L2"):
        sheet.merge_cells(area)
    village = places.villages[0]
    rows = [
        [
            1,
            village,
            "李家湾",
            "13800000001",
            "砖石垛",
            "拆房的砖石堆在路口，户主电话13800000001",
            "见附件",
            places.town,
            "张某",
            "13900000002",
            "2024-12-16",
            "12月底",
        ],
        [
            2,
            village,
            "王家湾",
            "13800000003",
            "畜禽散养",
            "鸡鸭散养，粪便满院",
            "见附件",
            "某工作专班",
            "刘某",
            None,
            "2024-12-16",
            "立行立改",
        ],
        [
            3,
            places.villages[1],
            "同上",
            None,
            "污水横流",
            "污水从厨房流到路上",
            None,
            "同上",
            None,
            None,
            "2024-12-17",
            "2025.1.10前",
        ],
    ]
    for row in rows:
        sheet.append(row)
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.append(["注：本表每周五报送，联系电话仅用于内部联系。"])
    sheet.append(["填报人：", "张某", None, "审核：", "李某"])
    other = book.create_sheet("说明")
    other.sheet_state = "hidden"
    other.append(["本表由镇整治办保存"])
    return saved(book)


def wrong_in_many_ways(places: Places = SMALL_CITY) -> bytes:
    """(d) Names that several villages bear or none does, unknown kinds, negative numbers, formulas, signs in front."""
    out = BytesIO()
    book = WrittenBook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("问题台账")
    first, second = places.villages
    lines: Sequence[Sequence[Any]] = [
        ["乡镇", "村", "问题类型", "问题描述", "数量", "发现时间"],
        ["", first, "柴草垛", "只写了村名，没有写镇", 1, "2024-12-02"],
        [places.town, "并无此村", "柴草垛", "村名写错", 1, "2024-12-02"],
        ["没有这个镇", first, "柴草垛", "镇名写错", 1, "2024-12-02"],
        [places.town, first, "不明飞行物", "说不清是什么", 1, "2024-12-02"],
        [places.town, first, "柴草垛", "数量写成负数", -2, "2024-12-02"],
        [places.town, second, "柴草垛", "=HYPERLINK(\"http://example.org\",\"看这里\")", 1, "2024-12-02"],
        [places.town, second, "沙土堆", "+86 这一行以加号开头", 1, "2024-12-02"],
        [places.town, second, "沙土堆", "-门口有沙土，以减号开头", 1, "2024-12-02"],
        [places.town, second, "沙土堆", "@村委会旁的沙土", 1, "2024-12-02"],
        [places.town, second, "杂物堆", "数量由公式算出", None, "2024-12-02"],
        [places.town, second, "杂物堆", "<script>alert(1)</script>", 1, "2024-12-02"],
        [places.town, second, "", "", 1, "2024-12-02"],
        [places.town, second, "杂物堆", "公式出错", None, "2024-12-02"],
    ]  # fmt: skip
    for number, line in enumerate(lines):
        for place, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(number, place, value)
            elif value is not None:
                sheet.write_number(number, place, value)
    sheet.write_formula(10, 4, "=1+1", None, 2)
    sheet.write_formula(13, 4, "=A1/0", None, "#DIV/0!")
    book.close()
    return out.getvalue()


def same_rows_again(places: Places = SMALL_CITY) -> bytes:
    """(e) The rows of (a) upside down, columns in another order, days as text, and three rows that are new."""
    first, second = places.villages
    new = [
        [6, places.town, second, "四组", "砖石垛", "砖石没有码整齐", 1, date(2024, 12, 20), "未整改"],
        [7, places.town, first, "二组路边", "柴草垛", "堂屋前柴草垛占了半条路", 1, date(2024, 12, 20), "未整改"],
        [
            8,
            places.other_town,
            places.other_villages[0],
            "一组",
            "残垣断壁",
            "老墙塌了一半",
            1,
            date(2024, 12, 21),
            "未整改",
        ],
    ]
    rows = _rows_of_a(places)
    towns = [places.town] * 3 + [places.other_town] * 2
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["发现时间", "问题描述", "问题类别", "村（社区）", "乡镇（街道）", "具体位置", "数量"])
    for row, town in [*reversed(list(zip(rows, towns, strict=True))), *((row, row[1]) for row in new)]:
        day: date = row[7]
        sheet.append([f"{day.year}年{day.month}月{day.day}日", row[5], row[4], row[2], town, row[3], f"{row[6]}处"])
    return saved(book)


def as_table(data: bytes, *, encoding: str = "utf-8", separator: str = ",") -> bytes:
    """The first sheet of a book as a .csv file, as "save as" writes it: one value per merged cell, days in words."""
    sheet: Any = load_workbook(BytesIO(data)).worksheets[0]
    out = StringIO(newline="")
    rows = csv.writer(out, delimiter=separator)
    for row in sheet.iter_rows(values_only=True):
        rows.writerow([f"{cell:%Y/%m/%d}" if isinstance(cell, date) else cell for cell in row])
    return out.getvalue().encode(encoding)
