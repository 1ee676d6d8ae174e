# SPDX-License-Identifier: Apache-2.0
"""Reading the yearly notice from a CSV; the notice of 2026 is the example."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from jiayuan.kernel.errors import Refused
from jiayuan.standards import intake
from jiayuan.standards.rules import notice

NOTICE_2026 = Path(__file__).parents[1] / "data" / "notice_2026.csv"
HEADING = "from,to,day,reason\n"


def _with(line: str) -> bytes:
    return NOTICE_2026.read_bytes() + line.encode()


def test_the_notice_gives_each_day_of_its_year_as_the_package_has_it() -> None:
    read = intake.year_notice(NOTICE_2026.read_bytes())

    days = notice.days_of_year(read.year, read.spans, source="notice")

    assert read.errors == ()
    assert [day.on for day in days] == [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [day.is_working for day in days] == [chinese_calendar.is_workday(day.on) for day in days]
    assert not any(day.provisional for day in days)


def test_a_spreadsheets_encoding_and_chinese_headings_are_read() -> None:
    text = NOTICE_2026.read_text(encoding="utf-8").replace("from,to,day,reason", "开始日期,结束日期,安排,节日")

    assert intake.year_notice(text.encode("gb18030")) == intake.year_notice(NOTICE_2026.read_bytes())
    assert intake.year_notice(b"\xef\xbb\xbf" + text.encode()).errors == ()


def test_dates_with_slashes_and_full_width_digits_are_read() -> None:
    read = intake.year_notice((HEADING + "２０２６/1/1,2026.1.3,放假,元旦\n").encode())

    assert read.spans[0].first == date(2026, 1, 1)


def test_a_holiday_that_begins_in_december_belongs_to_the_new_year() -> None:
    read = intake.year_notice(_with("2025-12-31,,放假,元旦\n"))

    days = notice.days_of_year(read.year, read.spans, source="notice")

    assert read.errors == ()
    assert days[0].on == date(2025, 12, 31)
    assert not days[0].is_working


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("2026-13-01,,放假,错\n", "from"),
        ("next week,,放假,错\n", "from"),
        ("2026-08-02,2026-08-01,放假,错\n", "to"),
        ("2026-08-01,2026-08-20,放假,错\n", "to"),
        ("2026-08-01,,maybe,错\n", "day"),
        ("2026-08-03,,上班,错\n", "from"),
        ("2027-08-02,,放假,错\n", "from"),
        ("2026-10-03,,放假,错\n", "from"),
    ],
)
def test_a_wrong_line_is_named_with_its_column(line: str, column: str) -> None:
    read = intake.year_notice(_with(line))

    assert [(error.line, error.column) for error in read.errors] == [(15, column)]


def test_a_file_with_too_few_days_off_is_no_years_notice() -> None:
    read = intake.year_notice((HEADING + "2026-01-01,2026-01-03,放假,元旦\n").encode())

    assert [error.column for error in read.errors] == [""]


def test_an_empty_table_is_no_years_notice() -> None:
    assert intake.year_notice(HEADING.encode()).errors


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "missing_columns"), (b"a,b\n1,2\n", "missing_columns"), (b"\xff\xff\xff\xff", "encoding")]
)
def test_what_is_no_such_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        intake.year_notice(data)

    assert refusal.value.code == code
