# SPDX-License-Identifier: Apache-2.0
"""What somebody typed, in a form or in a table, becomes an entry or a refusal beside the place."""

from collections.abc import Sequence

import pytest

from jiayuan.duties.intake import HEADINGS, Finders, Table, entries_from_table, entry_from, issued_from
from jiayuan.kernel.errors import Problems, Refused
from tests.duties.lists import DUST

KNOWN = Finders(kind={"工地扬尘": DUST}.get, unit={"市城管局": "YX-CG", "桥头街道": "YX-990101001"}.get)
HEADS = list(HEADINGS.values())
GOOD = ["2.3", "环境卫生", "工地扬尘整治", "工地扬尘", "收回", "市城管局", "桥头街道", "全程负责", "不再承担", "第3项"]


def read(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> Table:
    lines = [["演示数据·非公文"], heads, *rows]
    return entries_from_table([(number, line) for number, line in enumerate(lines, start=1)], finders=KNOWN)


def test_a_row_becomes_an_entry() -> None:
    (entry,) = read(GOOD).entries

    assert (entry.key, entry.part, entry.lead) == ("2.3", "taken_back", "YX-CG")
    assert (entry.classes, entry.cooperating) == ((DUST,), ("YX-990101001",))
    assert (entry.department_does, entry.town_does, entry.clause) == ("全程负责", "不再承担", "第3项")


def test_a_comma_may_stand_inside_the_name_of_a_class() -> None:
    known = Finders(kind={"管线、杆线": "a:matter:1", "工地扬尘": DUST}.get, unit=KNOWN.unit)
    raw = {"key": "1", "group": "市容", "task": "整治", "part": "基本", "classes": "管线、杆线；工地扬尘、工地扬尘"}

    assert entry_from(raw, finders=known).classes == ("a:matter:1", DUST)


def test_the_columns_may_stand_in_any_order_and_some_may_be_missing() -> None:
    (entry,) = read(["基本", "2.1", "垃圾清运", "环境卫生"], heads=["分类", "编号", "事项", "任务类别"]).entries

    assert (entry.key, entry.task, entry.lead, entry.classes) == ("2.1", "垃圾清运", "", ())


def test_every_fault_of_every_row_is_told_with_its_line_and_column() -> None:
    bad = ["二点一", "", "垃圾清运", "没听过的", "随便", "无名局", "", "", "", ""]

    table = read(GOOD, bad)

    assert {(one.line, one.column) for one in table.wrong} == {
        (4, column) for column in ("编号", "任务类别", "问题类别", "分类", "牵头单位")
    }


def test_a_number_that_stands_twice_is_told() -> None:
    assert [(one.line, one.column) for one in read(GOOD, GOOD).wrong] == [(4, "编号")]


def test_what_is_taken_back_needs_a_department_that_leads() -> None:
    assert [one.column for one in read([*GOOD[:5], "属地", *GOOD[6:]]).wrong] == ["牵头单位"]


def test_a_class_about_which_the_table_says_two_things_is_told() -> None:
    left = ["2.4", "环境卫生", "扬尘巡查", "工地扬尘", "基本", "属地", "", "", "", ""]

    assert [one.column for one in read(GOOD, left).wrong] == ["问题类别"]


def test_a_file_without_these_columns_is_refused_as_a_whole() -> None:
    with pytest.raises(Refused, match="no_headings"):
        read(["1", "2"], heads=["姓名", "电话"])
    with pytest.raises(Refused, match="no_entries"):
        read(["", ""])


def test_a_form_says_all_that_is_wrong_at_once() -> None:
    with pytest.raises(Problems) as told:
        entry_from({"key": "2.3", "part": "basic", "classes": "没听过的"}, finders=KNOWN)

    assert {one.field for one in told.value.refusals} == {"group", "task", "classes"}


def test_a_version_says_its_source_and_its_days() -> None:
    with pytest.raises(Problems) as told:
        issued_from({"source": "清单", "issued_on": "2025-01-40"})

    assert {one.field for one in told.value.refusals} == {"source_number", "issuer", "issued_on", "valid_from"}
