# SPDX-License-Identifier: Apache-2.0
"""A ledger from elsewhere: uploaded, its columns confirmed once, tried out, let in; nothing ever comes in twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from jiayuan.cases import events, services
from jiayuan.cases.enums import LedgerEnded, LedgerField, LedgerState, Source, State
from jiayuan.cases.intake.ledger import find_head, read_file
from jiayuan.cases.models import Case, Contact, LedgerImport, LedgerMapping, LedgerRow, Text
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.people.models import Post
from jiayuan.record.models import StoredEvent
from jiayuan.standards import queries as standards
from tests.cases import ledgers
from tests.cast import DISTRICT, MORNING, SYSTEM, Cast


def uploaded(data: bytes, *, by: Actor, area: str = DISTRICT, name: str = "台账.xlsx", **given: Any) -> LedgerImport:
    values: dict[str, Any] = {"source": Source.INSPECTOR, "ended": LedgerEnded.LEAVE_OUT} | given
    return services.upload_ledger(data=data, file_name=name, area=area, by=by, at=MORNING, **values)


def guessed(data: bytes, sheet: int = 0, name: str = "a.xlsx") -> dict[int, LedgerField]:
    head = find_head(read_file(data, file_name=name)[sheet])
    assert head is not None
    return head.guesses


def tried(data: bytes, *, by: Actor, **given: Any) -> LedgerImport:
    """The ledger tried out with the columns that were guessed."""
    ledger = uploaded(data, by=by, **given)
    if ledger.state == LedgerState.CHECKED:
        return ledger
    return services.map_ledger(
        ledger_id=ledger.pk, sheet=0, columns=guessed(data, name=ledger.file_name), by=by, at=MORNING
    )


def imported(data: bytes, *, by: Actor, **given: Any) -> LedgerImport:
    """The ledger with its good rows let in."""
    ledger = tried(data, by=by, **given)
    if ledger.good:
        services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)
        services.import_due(by=SYSTEM, at=MORNING)
    ledger.refresh_from_db()
    return ledger


def counts(ledger: LedgerImport) -> tuple[int, int, int, int]:
    return ledger.good, ledger.wrong, ledger.known, ledger.left_out


def remarks(ledger: LedgerImport) -> dict[int, list[tuple[str, str]]]:
    rows = LedgerRow.objects.filter(ledger=ledger).order_by("number")
    return {row.number: [(item["column"], item["code"]) for item in row.remarks] for row in rows}


def test_a_ledger_becomes_cases_of_its_days_and_places(cast: Cast) -> None:
    ledger = imported(ledgers.merged_with_sums(), by=cast["acceptor"].actor)

    found = Case.objects.order_by("reported_at", "village")
    assert ledger.state == LedgerState.DONE
    assert ledger.imported == 5
    assert [(case.village, str(case.reported_on)) for case in found] == [
        ("990101100200", "2024-12-03"),
        ("990101100200", "2024-12-03"),
        ("990101100201", "2024-12-04"),
        ("990101001002", "2024-12-05"),
        ("990101001200", "2024-12-05"),
    ]
    assert {case.state for case in found} == {State.REPORTED}
    names = {str(standards.problem_class(case.problem_class_id).name.zh_hans) for case in found}
    assert names == {"柴草垛", "沙土堆", "杂物堆", "乱拉乱接", "店外经营"}


def test_what_the_ledger_says_besides_stands_in_the_text_as_its_own_words(cast: Cast) -> None:
    imported(ledgers.merged_with_sums(), by=cast["acceptor"].actor)

    told = set(Text.objects.filter(kind="report").values_list("body", flat=True))
    assert "建房剩下的沙土没有清走\n〔原台账所记 状态：整改中〕" in told
    assert "菜摊摆到了人行道" in told


def test_quantity_and_deadline_of_the_ledger_are_kept_with_the_case(cast: Cast) -> None:
    imported(ledgers.merged_with_sums(), by=cast["acceptor"].actor)
    imported(ledgers.two_line_head(), by=cast["acceptor"].actor)

    assert sorted(Case.objects.values_list("quantity", flat=True)) == [1, 1, 1, 1, 1, 2, 2, 3]
    due = {
        clock.local(case.outside_due_at) for case in Case.objects.exclude(outside_due_at=None) if case.outside_due_at
    }
    assert {f"{moment:%Y-%m-%d %H:%M}" for moment in due} == {"2024-12-31 23:59", "2025-01-10 23:59"}


def test_an_entry_is_late_and_says_so(cast: Cast) -> None:
    ledger = imported(ledgers.merged_with_sums(), by=cast["acceptor"].actor)

    entered = StoredEvent.objects.filter(kind=events.CaseEntered.KIND).order_by("at")
    assert [str(event.on) for event in entered] == [
        "2024-12-03",
        "2024-12-03",
        "2024-12-04",
        "2024-12-05",
        "2024-12-05",
    ]
    assert all(event.recorded_at >= MORNING for event in entered)
    assert f'"ledger_id":{ledger.pk}' in entered[0].payload


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_ledger_saved_as_csv_becomes_the_same_cases(cast: Cast, encoding: str, separator: str) -> None:
    data = ledgers.as_table(ledgers.merged_with_sums(), encoding=encoding, separator=separator)

    first = imported(data, by=cast["acceptor"].actor, name="台账.csv")
    again = imported(data, by=cast["acceptor"].actor, name="台账.csv")

    # The village that was merged over two lines stands in the first alone; nobody guesses the other one's.
    assert (first.imported, remarks(first)[5]) == (4, [("C", "no_village")])
    assert (again.imported, again.known) == (0, 4)
    assert [str(case.reported_on) for case in Case.objects.order_by("reported_at")] == [
        "2024-12-03",
        "2024-12-04",
        "2024-12-05",
        "2024-12-05",
    ]


def test_a_row_that_came_as_xlsx_is_known_when_it_comes_as_csv(cast: Cast) -> None:
    book = ledgers.merged_with_sums()
    imported(book, by=cast["acceptor"].actor)

    again = imported(ledgers.as_table(book), by=cast["acceptor"].actor, name="台账.csv")

    assert (again.imported, again.known) == (0, 4)
    assert Case.objects.count() == 5


def test_the_same_file_twice_adds_nothing(cast: Cast) -> None:
    data = ledgers.merged_with_sums()
    imported(data, by=cast["acceptor"].actor)

    again = imported(data, by=cast["duty_chief"].actor, name="另一个名字.xlsx")

    assert counts(again) == (0, 0, 5, 0)
    assert Case.objects.count() == 5


def test_the_same_rows_in_another_order_and_layout_add_only_the_new_ones(cast: Cast) -> None:
    imported(ledgers.merged_with_sums(), by=cast["acceptor"].actor)

    again = imported(ledgers.same_rows_again(), by=cast["acceptor"].actor, name="十二月台账（新）.xlsx")

    assert (again.imported, again.known) == (3, 5)
    assert Case.objects.count() == 8


def test_columns_are_confirmed_once_for_each_shape_of_sheet(cast: Cast) -> None:
    first = uploaded(ledgers.merged_with_sums(), by=cast["acceptor"].actor)
    columns = guessed(ledgers.merged_with_sums()) | {8: LedgerField.IGNORED}
    services.map_ledger(ledger_id=first.pk, sheet=0, columns=columns, by=cast["acceptor"].actor, at=MORNING)

    second = uploaded(ledgers.merged_with_sums(), by=cast["duty_chief"].actor)

    assert first.state == LedgerState.UPLOADED
    assert second.state == LedgerState.CHECKED
    assert second.columns["8"] == LedgerField.IGNORED
    assert LedgerMapping.objects.count() == 1


def test_a_trial_changes_nothing_but_what_it_says(cast: Cast) -> None:
    ledger = tried(ledgers.merged_with_sums(), by=cast["acceptor"].actor)

    assert counts(ledger) == (5, 0, 0, 0)
    assert Case.objects.count() == 0


def test_a_second_trial_takes_the_place_of_the_first(cast: Cast) -> None:
    data, by = ledgers.merged_with_sums(), cast["acceptor"].actor
    ledger = tried(data, by=by)

    services.map_ledger(
        ledger_id=ledger.pk, sheet=0, columns=guessed(data) | {4: LedgerField.IGNORED}, by=by, at=MORNING
    )

    ledger.refresh_from_db()
    assert LedgerRow.objects.filter(ledger=ledger).count() == 5
    assert ledger.good + ledger.wrong == 5


def test_days_are_read_in_every_way_in_which_they_are_written(cast: Cast) -> None:
    ledger = tried(ledgers.days_in_every_way(), by=cast["acceptor"].actor)

    rows = LedgerRow.objects.filter(ledger=ledger).order_by("number")
    read = [row.values.get("found_on") for row in rows]
    assert read == [day for _, day in ledgers.DAYS]
    assert [row.values["quantity"] for row in rows[:8]] == [1, 2, 5, 3, 12, 1, 1, 1]
    assert remarks(ledger)[17] == [("F", "lost_zero")]
    assert remarks(ledger)[19] == [("F", "future_day")]


def test_a_head_of_two_lines_hidden_things_and_notes_below(cast: Cast) -> None:
    ledger = tried(ledgers.two_line_head(), by=cast["acceptor"].actor)

    rows = list(LedgerRow.objects.filter(ledger=ledger).order_by("number"))
    assert [row.number for row in rows] == [4, 5, 6]
    assert [row.values["due_on"] for row in rows] == ["2024-12-31", None, "2025-01-10"]
    assert rows[2].values["place_text"] == "王家湾"
    assert ("", "hidden_row") in remarks(ledger)[6]


def test_telephone_numbers_are_not_taken_over(cast: Cast) -> None:
    imported(ledgers.two_line_head(), by=cast["acceptor"].actor)

    told = " ".join(Text.objects.values_list("body", flat=True))
    assert "138" not in told
    assert not Contact.objects.exists()
    assert not any("138" in str(row.values) + str(row.remarks) for row in LedgerRow.objects.all())


def test_a_telephone_number_is_taken_over_where_somebody_says_that_it_is_the_reporter_s(cast: Cast) -> None:
    data, by = ledgers.two_line_head(), cast["acceptor"].actor
    ledger = uploaded(data, by=by)
    services.map_ledger(
        ledger_id=ledger.pk, sheet=0, columns=guessed(data) | {3: LedgerField.CONTACT_PHONE}, by=by, at=MORNING
    )

    services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)
    services.import_due(by=SYSTEM, at=MORNING)

    assert set(Contact.objects.values_list("phone", flat=True)) == {"13800000001", "13800000003"}


def test_wrong_rows_say_where_and_what_and_the_rest_comes_in(cast: Cast) -> None:
    ledger = imported(ledgers.wrong_in_many_ways(), by=cast["acceptor"].actor)

    found = {number: said for number, said in remarks(ledger).items() if said}
    assert found == {
        3: [("B", "unknown_village")],
        4: [("A", "unknown_town")],
        5: [("C", "unknown_class")],
        6: [("E", "negative_quantity")],
        12: [("D", "bad_text")],
        13: [("C", "no_class")],
        14: [("E", "fault_in_cell")],
    }
    assert ledger.imported == 6


def test_text_that_begins_like_a_formula_is_kept_as_text_and_a_formula_by_its_stored_value(cast: Cast) -> None:
    ledger = tried(ledgers.wrong_in_many_ways(), by=cast["acceptor"].actor)

    rows = {row.number: row.values for row in LedgerRow.objects.filter(ledger=ledger)}
    assert rows[7]["text"].startswith("=HYPERLINK(")
    assert [rows[number]["text"][0] for number in (8, 9, 10)] == ["+", "-", "@"]
    assert rows[11]["quantity"] == 2


def test_rows_outside_the_reach_are_errors(cast: Cast) -> None:
    places = ledgers.Places(
        county="西坪县",
        town="石磨镇",
        villages=("双河村", "大坪村"),
        other_town="柳塘镇",
        other_villages=("青竹村", "双河村"),
    )

    ledger = tried(ledgers.merged_with_sums(places), by=cast["acceptor"].actor)

    assert counts(ledger) == (2, 3, 0, 0)
    assert {code for said in remarks(ledger).values() for _, code in said} == {"out_of_reach"}


@pytest.mark.parametrize("who", ["dispatcher", "grid_worker", "checker", "administrator", "street_office"])
def test_others_import_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        uploaded(ledgers.merged_with_sums(), by=cast[who].actor)


def test_nobody_uploads_for_another_district(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        uploaded(ledgers.merged_with_sums(), by=cast["outsider"].actor)


def test_what_the_ledger_calls_done_is_left_out_unless_it_is_wished(cast: Cast) -> None:
    data = _with_standings("已销号", "已整改", "整改中", "未整改")

    left_out = tried(data, by=cast["acceptor"].actor)
    taken_in = imported(data, by=cast["acceptor"].actor, ended=LedgerEnded.TAKE_IN)

    assert counts(left_out) == (2, 0, 0, 2)
    assert taken_in.imported == 4
    assert set(Case.objects.values_list("state", flat=True)) == {State.REPORTED}
    assert any("状态：已销号" in body for body in Text.objects.values_list("body", flat=True))


def _with_standings(*words: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["乡镇", "村", "问题类别", "问题描述", "发现时间", "整改状态"])
    for number, word in enumerate(words):
        sheet.append(["柳塘镇", "青竹村", "柴草垛", f"第{number}垛", date(2024, 12, 1), word])
    return ledgers.saved(book)


def test_an_import_that_was_broken_off_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    by = cast["acceptor"].actor
    ledger = tried(ledgers.merged_with_sums(), by=by)
    services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)
    monkeypatch.setattr("jiayuan.cases.services.ledger.IMPORTED_AT_ONCE", 2)
    services.import_some(ledger_id=ledger.pk, by=SYSTEM, at=MORNING)
    halfway = Case.objects.count()

    services.import_due(by=SYSTEM, at=MORNING)

    ledger.refresh_from_db()
    assert halfway == 2
    assert Case.objects.count() == 5
    assert (ledger.state, ledger.imported, ledger.good) == (LedgerState.DONE, 5, 0)


def test_two_trials_of_the_same_rows_become_cases_once(cast: Cast) -> None:
    data = ledgers.merged_with_sums()
    first, second = tried(data, by=cast["acceptor"].actor), tried(data, by=cast["duty_chief"].actor)
    for ledger, who in ((first, "acceptor"), (second, "duty_chief")):
        services.start_import(ledger_id=ledger.pk, by=cast[who].actor, at=MORNING)

    services.import_due(by=SYSTEM, at=MORNING)

    second.refresh_from_db()
    assert Case.objects.count() == 5
    assert (second.imported, second.known) == (0, 5)
    assert {row.case_id for row in second.rows.all()} == set(Case.objects.values_list("pk", flat=True))


def test_pressing_twice_starts_one_import(cast: Cast) -> None:
    by = cast["acceptor"].actor
    ledger = tried(ledgers.merged_with_sums(), by=by)

    for _ in range(2):
        services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)

    assert StoredEvent.objects.filter(kind=events.LedgerStarted.KIND).count() == 1


def test_an_import_without_good_rows_is_refused(cast: Cast) -> None:
    data = ledgers.merged_with_sums()
    imported(data, by=cast["acceptor"].actor)
    again = tried(data, by=cast["acceptor"].actor)

    with pytest.raises(Refused) as refusal:
        services.start_import(ledger_id=again.pk, by=cast["acceptor"].actor, at=MORNING)

    assert refusal.value.code == "nothing_to_import"


def test_whoever_lost_the_post_meanwhile_lets_nothing_in(cast: Cast) -> None:
    by = cast["acceptor"].actor
    ledger = tried(ledgers.merged_with_sums(), by=by)
    services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)
    Post.objects.filter(person_id=cast["acceptor"].person_id).update(ends_on=date(2025, 1, 2))

    services.import_due(by=SYSTEM, at=MORNING)

    ledger.refresh_from_db()
    assert (ledger.imported, ledger.wrong) == (0, 5)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({2: LedgerField.IGNORED}, "no_village_column"),
        ({4: LedgerField.IGNORED, 5: LedgerField.IGNORED}, "no_class_column"),
        ({0: LedgerField.VILLAGE}, "column_twice"),
    ],
)
def test_columns_with_which_nothing_can_be_read_are_refused(
    cast: Cast, change: dict[int, LedgerField], code: str
) -> None:
    data, by = ledgers.merged_with_sums(), cast["acceptor"].actor
    ledger = uploaded(data, by=by)

    with pytest.raises(Refused) as refusal:
        services.map_ledger(ledger_id=ledger.pk, sheet=0, columns=guessed(data) | change, by=by, at=MORNING)

    assert refusal.value.code == code


def test_sheets_and_remarks_are_let_go_after_a_month_and_rows_stay_known(cast: Cast) -> None:
    data, by = ledgers.wrong_in_many_ways(), cast["acceptor"].actor
    imported(data, by=by)

    services.erase_old_ledgers(by=SYSTEM, at=MORNING + timedelta(days=31))

    assert not LedgerImport.objects.exclude(sheets=None).exists()
    assert not LedgerRow.objects.exclude(remarks=[], values={}).exists()
    assert tried(data, by=by).known == 6


def test_a_ledger_that_nobody_let_in_for_a_month_has_nothing_left_to_let_in(cast: Cast) -> None:
    by = cast["acceptor"].actor
    ledger = tried(ledgers.merged_with_sums(), by=by)

    services.erase_old_ledgers(by=SYSTEM, at=MORNING + timedelta(days=31))

    ledger.refresh_from_db()
    assert (ledger.good, ledger.rows.count()) == (0, 0)
    with pytest.raises(Refused, match="nothing_to_import"):
        services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)


def test_a_ledger_whose_sheets_went_is_not_let_in(cast: Cast) -> None:
    by = cast["acceptor"].actor
    ledger = tried(ledgers.merged_with_sums(), by=by)
    LedgerImport.objects.update(sheets=None)

    with pytest.raises(Refused, match="sheets_gone"):
        services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)


def test_rows_that_fit_no_longer_are_wrong_and_hold_up_no_other_ledger(cast: Cast) -> None:
    by = cast["acceptor"].actor
    broken, sound = tried(ledgers.two_line_head(), by=by), tried(ledgers.merged_with_sums(), by=by)
    for ledger in (broken, sound):
        services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)
    LedgerRow.objects.filter(ledger=broken).update(values={})

    services.import_due(by=SYSTEM, at=MORNING)

    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.state, broken.imported, broken.wrong) == (LedgerState.DONE, 0, 3)
    assert {said[0] for said in remarks(broken).values()} == {("", "fits_no_longer")}
    assert (sound.state, sound.imported) == (LedgerState.DONE, 5)


def test_a_ledger_that_fails_as_a_whole_does_not_hold_up_the_next(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    by = cast["acceptor"].actor
    failing, sound = tried(ledgers.two_line_head(), by=by), tried(ledgers.merged_with_sums(), by=by)
    for ledger in (failing, sound):
        services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)
    import_some = services.ledger.import_some

    def stumbling(*, ledger_id: int, **given: Any) -> int:
        if ledger_id == failing.pk:
            raise RuntimeError
        return import_some(ledger_id=ledger_id, **given)

    monkeypatch.setattr("jiayuan.cases.services.ledger.import_some", stumbling)

    services.import_due(by=SYSTEM, at=MORNING)

    assert Case.objects.count() == 5


def test_a_trial_that_was_overtaken_says_so_and_writes_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    data, by = ledgers.merged_with_sums(), cast["acceptor"].actor
    ledger = tried(data, by=by)
    judged, inner = services.ledger._judged, iter([True])

    def with_another_in_between(*given: Any) -> Any:
        found = judged(*given)
        if next(inner, False):
            monkeypatch.setattr("jiayuan.cases.services.ledger._parts", overtaken)
        return found

    def overtaken(items: Any, size: int) -> Any:
        monkeypatch.setattr("jiayuan.cases.services.ledger._parts", parts)
        services.map_ledger(ledger_id=ledger.pk, sheet=0, columns=guessed(data), by=by, at=MORNING)
        return parts(items, size)

    parts = services.ledger._parts
    monkeypatch.setattr("jiayuan.cases.services.ledger._judged", with_another_in_between)

    with pytest.raises(Stale, match="tried_again"):
        services.map_ledger(ledger_id=ledger.pk, sheet=0, columns=guessed(data), by=by, at=MORNING)

    ledger.refresh_from_db()
    assert (ledger.state, ledger.good, ledger.rows.count()) == (LedgerState.CHECKED, 5, 5)


def test_a_batch_is_one_short_transaction(
    cast: Cast, queries_at_most: Callable[[int], AbstractContextManager[Any]]
) -> None:
    by = cast["acceptor"].actor
    ledger = tried(_with_standings(*["未整改"] * 10), by=by)
    services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)

    with queries_at_most(10 * 7 + 10):
        services.import_some(ledger_id=ledger.pk, by=SYSTEM, at=MORNING)
