# SPDX-License-Identifier: Apache-2.0
"""Sheets come as tables, are published in versions, and say in which line something is wrong."""

from dataclasses import replace

import pytest

from jiayuan.inspections import services
from jiayuan.inspections.enums import Effect, Unit
from jiayuan.inspections.intake import COLUMNS, points_from, sheet_from_table
from jiayuan.inspections.models import SheetVersion
from jiayuan.inspections.queries import sheet_of, sheets, version_of, versions_of
from jiayuan.inspections.rules import Marks, flaws, score
from jiayuan.inspections.services.sheets import class_key
from jiayuan.kernel.errors import NotPermitted, Refused
from tests.cast import MORNING, SYSTEM, Cast, cast
from tests.ground import ground, small_town
from tests.inspections.rounds import SHIPPED, planned
from tests.inspections.seven import SEVEN, VILLAGE

__all__ = ["cast", "ground", "planned", "small_town"]
HEADS = ["module", "weight", "key", "item", "full", "words", "effect", "amount", "unit", "class"]
GOOD = ["厕所", "100", "1.1", "户厕", "10", "坏了", "deduct", "2", "household", "rural:matter:R71"]


def table(*rows: list[str], heads: list[str] = HEADS) -> list[tuple[int, list[str]]]:
    return list(enumerate([heads, *rows], 1))


def wrong(*rows: list[str]) -> list[tuple[int, str]]:
    read = sheet_from_table(table(*rows), bonus_cap=0, kind={"rural:matter:R71": "rural:matter:R71"}.get)
    return [(one.line, one.message) for one in read.wrong]


def but(**changed: str) -> list[str]:
    return [changed.get(head, cell) for head, cell in zip(HEADS, GOOD, strict=True)]


def test_three_sheets_are_shipped_with_their_sources_and_marked_as_examples(planned: Cast) -> None:
    shipped = sheets()

    assert {one.code for one in shipped} == {"cunzhuang", "sanji", "bairi"}
    assert all(one.is_illustrative and one.source and "演示数据" in one.title for one in shipped)
    for one in shipped:
        sheet = sheet_of(one.version_id)
        assert flaws(sheet) == ()
        assert score(sheet, Marks()).base == 100
        found = [ground for item in sheet.items for ground in item.grounds if ground.class_key]
        assert found
        assert all(class_key(ground.class_key) == ground.class_key for ground in found)


def test_loading_again_publishes_nothing(planned: Cast) -> None:
    assert services.load_sheets(folder=SHIPPED, by=SYSTEM, at=MORNING) == 0


def test_what_changed_is_another_version_and_the_earlier_one_stays(planned: Cast) -> None:
    before = SheetVersion.objects.get(sheet__code="cunzhuang")
    said = sheet_of(before.pk)

    after = services.publish_sheet(code="cunzhuang", title="x", sheet=VILLAGE, source="修订", by=SYSTEM, at=MORNING)

    assert (after.number, sheet_of(after.pk)) == (2, VILLAGE)
    sheet_of.cache_clear()
    assert sheet_of(before.pk) == said
    assert [one.number for one in versions_of("cunzhuang")] == [2, 1]
    found = version_of(before.pk)
    assert found is not None
    assert found.number == 1


@pytest.mark.parametrize("source", SEVEN)
def test_each_of_the_seven_real_sheets_comes_back_from_the_tables_as_it_was(source: str, planned: Cast) -> None:
    version = services.publish_sheet(
        code=source.lower(), title=source, sheet=SEVEN[source], source=source, by=SYSTEM, at=MORNING
    )

    # A cap that is not given is the full mark: tables say it out.
    kept = sheet_of(version.pk)
    assert [item.most_lost for item in kept.items] == [item.most_lost for item in SEVEN[source].items]
    assert score(kept, Marks()).total == 100


def test_a_district_may_not_publish_sheets(planned: Cast) -> None:
    with pytest.raises(NotPermitted):
        services.publish_sheet(
            code="x", title="x", sheet=VILLAGE, source="x", by=planned["county_supervisor"].actor, at=MORNING
        )
    with pytest.raises(Refused) as refusal:
        services.publish_sheet(
            code="x", title="x", sheet=replace(VILLAGE, bonus_cap=1), source="x", by=SYSTEM, at=MORNING
        )
    assert refusal.value.code == "unsound_sheet"


def test_headings_may_be_chinese_and_stand_in_any_order() -> None:
    heads = [COLUMNS[name] for name in HEADS[::-1]]
    read = sheet_from_table(table(GOOD[::-1], heads=heads), bonus_cap=0, kind=str)

    ground = read.sheet.items[0].grounds[0]
    assert read.wrong == ()
    assert (ground.effect, ground.amount, ground.unit, ground.key) == (Effect.DEDUCT, 200, Unit.HOUSEHOLD, "a")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (but(key="1"), "2.3"),
        (but(amount="x"), "x"),
        (but(amount="0.001"), "0.001"),
        (but(effect="halve"), "halve"),
        (but(unit="mile"), "mile"),
        (but(words=""), ""),
        (but(**{"class": "没有这样的"}), "没有这样的"),
        (but(key="", module=""), ""),
    ],
)
def test_a_wrong_line_is_named(row: list[str], says: str) -> None:
    found = wrong(GOOD, row) if row[2] else wrong(row)

    assert found[0][0] == (3 if row[2] else 2)
    assert says in found[0][1]


def test_what_is_wrong_with_the_whole_is_told_of_the_whole() -> None:
    assert [line for line, _ in wrong(but(weight="90"))] == [0]
    assert wrong(GOOD) == []
    with pytest.raises(Refused) as refusal:
        sheet_from_table([(1, ["a", "b"])], bonus_cap=0, kind=str)
    assert refusal.value.code == "no_headings"


@pytest.mark.parametrize(("text", "hundredths"), [("", 0), ("2", 200), ("0.5", 50), ("1.25分", 125)])
def test_points_are_read_exactly(text: str, hundredths: int) -> None:
    assert points_from(text, field="x") == hundredths


@pytest.mark.parametrize("text", ["-1", "1e9", "NaN", "inf", "½", "1.005", "9999"])
def test_what_are_no_points_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        points_from(text, field="x")
