# SPDX-License-Identifier: Apache-2.0
"""Scoring a sheet: steps, caps, weights, what is not applicable, zero-outs and bonus points, exactly."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jiayuan.inspections.enums import Effect, Unit
from jiayuan.inspections.rules import (
    WHOLE,
    Ground,
    Item,
    Marks,
    Module,
    Sheet,
    conflicts,
    flaws,
    hundredths,
    millionths,
    printed,
    score,
)
from tests.inspections.seven import COMPOSITE, SEVEN, VILLAGE, item, less, module, nothing

# ── what can be made up ───────────────────────────────────────────────────────────────────────────────────────────


@some.composite
def plain_items(make: some.DrawFn, key: str) -> Item:
    full = make(some.integers(1, 40)) * 50
    grounds = [
        Ground(
            key=letter,
            words=letter,
            amount=make(some.integers(1, 30)) * 10,
            unit=make(some.sampled_from(Unit)),
            most=make(some.integers(0, 4)),
            choice=make(some.sampled_from(["", "x"])),
        )
        for letter in "abc"[: make(some.integers(1, 3))]
    ]
    if make(some.booleans()):
        effect = make(some.sampled_from([Effect.ZERO_ITEM, Effect.ZERO_MODULE, Effect.ZERO_SHEET]))
        grounds.append(Ground(key="z", words="z", effect=effect))
    cap = make(some.integers(0, full))
    return Item(key=key, title=key, full=full, cap=cap, may_be_absent=make(some.booleans()), grounds=tuple(grounds))


@some.composite
def sheets(make: some.DrawFn) -> Sheet:
    n = make(some.integers(1, 4))
    cuts = sorted(make(some.lists(some.integers(1, WHOLE - 1), min_size=n - 1, max_size=n - 1, unique=True)))
    weights = [upper - lower for lower, upper in zip([0, *cuts], [*cuts, WHOLE], strict=True)]
    modules = []
    for number, weight in enumerate(weights, 1):
        items = [make(plain_items(f"{number}.{place}")) for place in range(1, make(some.integers(1, 3)) + 1)]
        modules.append(Module(key=str(number), title=str(number), weight=weight, items=tuple(items)))
    bonus_cap = make(some.integers(0, 500))
    if bonus_cap:
        extra = Item(
            key="b.1", title="b", cap=make(some.integers(1, 900)), is_bonus=True,
            grounds=(Ground(key="a", words="a", effect=Effect.ADD, amount=make(some.integers(1, 400))),),
        )  # fmt: skip
        modules[-1] = replace(modules[-1], items=(*modules[-1].items, extra))
    return Sheet(modules=tuple(modules), bonus_cap=bonus_cap)


@some.composite
def marked(make: some.DrawFn) -> tuple[Sheet, Marks]:
    sheet = make(sheets())
    absent = frozenset(one.key for one in sheet.items if one.may_be_absent and make(some.booleans()))
    counts = {
        (one.key, ground.key): make(some.integers(0, 6))
        for one in sheet.items
        if one.key not in absent
        for ground in one.grounds
    }
    return sheet, Marks(counts=counts, absent=absent)


# ── properties ────────────────────────────────────────────────────────────────────────────────────────────────────


@given(sheets())
def test_the_sheets_that_are_made_up_here_are_sound(sheet: Sheet) -> None:
    assert flaws(sheet) == ()


@given(marked())
def test_a_score_lies_between_nothing_and_a_hundred_and_bonus_points_within_their_cap(
    made: tuple[Sheet, Marks],
) -> None:
    sheet, marks = made
    found = score(sheet, marks)

    if found.total is None or found.base is None:
        assert all(one.key in marks.absent or one.is_bonus for one in sheet.items)
        return
    assert 0 <= found.base <= 100
    assert 0 <= found.bonus <= sheet.bonus_cap
    assert found.total == found.base + Fraction(found.bonus, 100)
    assert all(got.got >= 0 and got.full - got.got <= got.full for part in found.modules for got in part.items)


@given(sheets())
def test_whoever_has_no_finding_scores_a_hundred(sheet: Sheet) -> None:
    assert score(sheet, Marks()).base == 100


@given(marked(), some.data())
def test_another_finding_never_raises_a_score_unless_it_is_a_bonus(
    made: tuple[Sheet, Marks], data: some.DataObject
) -> None:
    sheet, marks = made
    present = [key for key in marks.counts if key[0] != "b.1"]
    if not present:
        return
    key = data.draw(some.sampled_from(present))
    more = replace(marks, counts={**marks.counts, key: marks.counts[key] + 1})

    before, after = score(sheet, marks), score(sheet, more)
    assert before.base is not None
    assert after.base is not None
    assert after.base <= before.base


@given(marked())
def test_an_item_takes_no_more_than_its_cap_however_much_is_found(made: tuple[Sheet, Marks]) -> None:
    sheet, marks = made
    items = {one.key: one for one in sheet.items}
    for part in score(sheet, marks).modules:
        for got in part.items:
            limits = items[got.key]
            if limits.is_bonus:
                assert got.got <= limits.cap
            elif not (got.is_absent or got.is_zeroed):
                assert got.full - got.got <= (limits.cap or limits.full)


@given(marked())
def test_what_is_not_applicable_scores_as_if_the_sheet_did_not_hold_it(made: tuple[Sheet, Marks]) -> None:
    sheet, marks = made
    kept = [
        replace(part, items=tuple(one for one in part.items if one.key not in marks.absent)) for part in sheet.modules
    ]
    kept = [part for part in kept if any(one.full for one in part.items)]
    without = Sheet(modules=tuple(kept), bonus_cap=sheet.bonus_cap)
    lost = {one.key for one in sheet.items} - {one.key for one in without.items}
    fewer = Marks(counts={key: n for key, n in marks.counts.items() if key[0] not in lost})

    # A part of which nothing but bonus items applies goes too; nothing else may make a difference.
    if "b.1" not in lost:
        assert score(sheet, marks).total == score(without, fewer).total


@given(marked())
def test_a_zero_out_leaves_nothing_of_what_it_names(made: tuple[Sheet, Marks]) -> None:
    sheet, marks = made
    found = score(sheet, marks)
    for part, got in zip(sheet.modules, found.modules, strict=True):
        for one, item_score in zip(part.items, got.items, strict=True):
            for ground in one.grounds:
                if not marks.counts.get((one.key, ground.key)):
                    continue
                if ground.effect is Effect.ZERO_ITEM:
                    assert item_score.got == 0
                if ground.effect is Effect.ZERO_MODULE:
                    assert got.got == 0
                if ground.effect is Effect.ZERO_SHEET and found.total is not None:
                    assert found.total == 0


@given(marked())
def test_the_total_is_the_weighted_sum_of_its_parts(made: tuple[Sheet, Marks]) -> None:
    sheet, marks = made
    found = score(sheet, marks)
    if found.base is None or found.is_zeroed:
        return
    applying = [part for part in found.modules if part.full]
    weights = sum(part.weight for part in applying)

    again = sum(Fraction(part.got, part.full) * Fraction(part.weight, weights) for part in applying)
    assert found.base == 100 * again


@given(marked())
def test_in_whatever_order_a_sheet_is_written_the_score_is_the_same(made: tuple[Sheet, Marks]) -> None:
    sheet, marks = made
    turned = Sheet(
        modules=tuple(replace(part, items=part.items[::-1]) for part in sheet.modules[::-1]), bonus_cap=sheet.bonus_cap
    )

    assert score(turned, marks).total == score(sheet, marks).total


@given(some.fractions(0, 105))
def test_what_is_kept_prints_as_what_was_scored(points: Fraction) -> None:
    kept = Fraction(millionths(points), 1_000_000)

    assert abs(kept - points) <= Fraction(1, 2_000_000)
    assert abs(hundredths(kept) - hundredths(points)) <= 1
    assert abs(Fraction(hundredths(points), 100) - points) <= Fraction(1, 200)


# ── the seven real sheets ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("source", SEVEN)
def test_each_of_the_seven_real_sheets_can_be_expressed_and_scored(source: str) -> None:
    sheet = SEVEN[source]
    first = sheet.items[0]

    assert flaws(sheet) == ()
    assert score(sheet, Marks()).total == 100
    assert score(sheet, Marks(counts={(first.key, first.grounds[0].key): 1})).total < 100  # type: ignore[operator]


@pytest.mark.parametrize(
    ("counts", "lost"),
    [
        ({("户厕", "a"): 3}, 6),
        ({("户厕", "a"): 5}, 10),
        ({("红黑榜", "b"): 1, ("红黑榜", "c"): 1}, 4),
        ({("可视垃圾", "a"): 2}, 2),
        ({("可视垃圾", "a"): 9}, 5),
        ({("可视垃圾", "焚烧"): 1}, 5),
    ],
)
def test_the_village_sheet_scores_as_it_is_written(counts: dict[tuple[str, str], int], lost: int) -> None:
    assert score(VILLAGE, Marks(counts=counts)).total == 100 - lost


def test_a_village_without_unpaved_lanes_is_measured_by_those_it_has() -> None:
    marks = Marks(counts={("硬化路", "a"): 1}, absent=frozenset({"未硬化路"}))

    # One of five points instead of one of ten, in a part that weighs ten.
    assert score(VILLAGE, marks).total == 98


def test_a_composite_weighs_each_part() -> None:
    marks = Marks(counts={("环卫项", "a"): 10, ("绿化项", "a"): 5})

    assert score(COMPOSITE, marks).total == 100 - 20 * Fraction(20, 100) - 10 * Fraction(10, 100)


# ── what cannot be scored ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (Sheet(modules=(module("a", 90, item("a1", 5, less("a", 1))),)), "weights"),
        (Sheet(modules=(module("a", 100, item("a", 5, less("a", 1))),)), "key_twice"),
        (Sheet(modules=(module("a", 100),)), "module_without_marks"),
        (Sheet(modules=(module("a", 100, item("a1", 5)),)), "item_without_grounds"),
        (Sheet(modules=(module("a", 100, item("a1", 5, less("a", 1), cap=600)),)), "item_marks"),
        (Sheet(modules=(module("a", 100, item("a1", 5, less("a", 0))),)), "ground"),
        (Sheet(modules=(module("a", 100, item("a1", 5, replace(nothing("z"), amount=1))),)), "ground"),
        (Sheet(modules=(module("a", 100, item("a1", 5, less("a", 1))),), bonus_cap=100), "bonus_cap"),
    ],
)
def test_a_sheet_that_contradicts_itself_says_where(sheet: Sheet, code: str) -> None:
    assert code in {flaw.code for flaw in flaws(sheet)}


@pytest.mark.parametrize(
    "marks",
    [
        Marks(counts={("户厕", "x"): 1}),
        Marks(counts={("户厕", "a"): -1}),
        Marks(absent=frozenset({"户厕"})),
        Marks(counts={("未硬化路", "a"): 1}, absent=frozenset({"未硬化路"})),
    ],
)
def test_marks_that_contradict_the_sheet_are_never_scored(marks: Marks) -> None:
    assert conflicts(VILLAGE, marks)
    with pytest.raises(ValueError, match="contradict"):
        score(VILLAGE, marks)


def test_a_sheet_of_which_nothing_applies_has_no_score() -> None:
    pond = Sheet(modules=(module("a", 100, item("a1", 5, less("a", 1), may_be_absent=True)),))

    found = score(pond, Marks(absent=frozenset({"a1"})))
    assert found.total is None
    assert printed(found.total) == "–"
