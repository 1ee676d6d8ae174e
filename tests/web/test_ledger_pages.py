# SPDX-License-Identifier: Apache-2.0
"""The pages of ledgers: upload, columns, trial, import, and the rows to be corrected as a sheet that comes back."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from jiayuan.cases import services
from jiayuan.cases.models import Case, LedgerImport, LedgerRow
from tests.cases import ledgers
from tests.cast import DISTRICT, MORNING, SYSTEM, Cast
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

UPLOAD = "/desk/ledgers/"


def upload(browser: Client, data: bytes, name: str = "台账.xlsx", **changed: str) -> tuple[int, str, str]:
    """Status, body and where it leads of an upload."""
    given = {"area": DISTRICT, "source": "inspector", "ended": "leave_out"} | changed
    answer = browser.post(UPLOAD, given | {"file": SimpleUploadedFile(name, data)})
    return answer.status_code, answer.content.decode(), answer.headers.get("Location", "")


def columns_of(browser: Client, url: str) -> dict[str, str]:
    """What the page of columns proposes, as its form would send it."""
    answer = browser.get(url)
    return {question["name"]: question["chosen"] for question in answer.context["questions"]} | {"sheet": "0"}


def tried(browser: Client, data: bytes) -> str:
    """The address of a ledger that was tried out with what was proposed."""
    _, _, url = upload(browser, data)
    browser.post(f"{url}columns/", columns_of(browser, url))
    return url


def test_a_ledger_is_uploaded_tried_out_and_let_in(cast: Cast) -> None:
    browser = cast["acceptor"].client()

    url = tried(browser, ledgers.merged_with_sums())
    trial = told(browser, url)
    browser.post(f"{url}import/")
    under_way = told(browser, url)
    services.import_due(by=SYSTEM, at=MORNING)

    assert "堂屋前柴草垛占了半条路" in trial
    assert "导入 5 行" in trial
    assert "正在导入" in under_way
    assert Case.objects.count() == 5
    assert "双河村" in told(browser, url)


def test_the_page_of_columns_shows_what_stands_in_them(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    _, _, url = upload(browser, ledgers.two_line_head())

    page = told(browser, url)

    assert "户主电话" in page
    assert "李家湾" in page
    assert "（隐藏）" in page
    assert "人居环境问题交办清单" in page


def test_the_next_sheet_of_the_same_shape_is_tried_out_at_once(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    tried(browser, ledgers.merged_with_sums())

    _, _, url = upload(browser, ledgers.merged_with_sums(), name="下周.xlsx")

    assert "可导入的行" in told(browser, url)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0", "台账.xls", "另存为 .xlsx"),
        ("村,类别".encode(), "台账.txt", "另存为 .xlsx"),
        (b"\xff\xff\xff,\xff", "台账.csv", "请另存为 .xlsx"),
        (b"PK\x03\x04", "坏.xlsx", "重新保存"),
    ],
)
def test_what_cannot_be_read_comes_back_with_a_way_out(cast: Cast, data: bytes, name: str, said: str) -> None:
    status, page, _ = upload(cast["acceptor"].client(), data, name)

    assert status == 422
    assert said in page
    assert 'id="id_file_error"' in page


@pytest.mark.parametrize("changed", [{"area": "990121000000"}, {"source": "public"}, {"ended": "perhaps"}])
def test_what_is_not_on_the_lists_is_refused(cast: Cast, changed: dict[str, str]) -> None:
    status, _, _ = upload(cast["acceptor"].client(), ledgers.merged_with_sums(), **changed)

    assert status == 422
    assert not LedgerImport.objects.exists()


def test_columns_with_which_nothing_can_be_read_come_back_as_they_were_chosen(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    _, _, url = upload(browser, ledgers.merged_with_sums())
    chosen = columns_of(browser, url) | {"column_2": "ignored", "column_6": "due_on"}

    answer = browser.post(f"{url}columns/", chosen)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请指明哪一列是村（社区）" in page
    assert '<option value="due_on" selected>' in page


def test_wrong_rows_stand_on_the_page_with_row_and_column(cast: Cast) -> None:
    browser = cast["acceptor"].client()

    page = told(browser, tried(browser, ledgers.wrong_in_many_ways()))

    assert "区划表中没有“没有这个镇”，请改正乡镇名。" in page
    assert "<script>alert" not in page


def test_wrong_rows_come_as_a_sheet_that_can_be_corrected_and_imported_again(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    url = tried(browser, ledgers.wrong_in_many_ways())

    answer = browser.get(f"{url}wrong.xlsx")
    book = load_workbook(BytesIO(answer.content))
    sheet = book.worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[-1]]
    for row in sheet.iter_rows(min_row=2):
        if row[1].value == "并无此村":
            row[1].value = "青竹村"
    _, _, again = upload(browser, ledgers.saved(book), name="更正后.xlsx")
    page = told(browser, again)

    assert rows[0][-1] == "需要更正"
    assert "B：区划表中没有“并无此村”" in str(rows[1][-1])
    assert "导入 1 行" in page


def test_nothing_in_the_sheet_of_wrong_rows_is_a_formula(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    book = load_workbook(BytesIO(ledgers.wrong_in_many_ways()))
    for row in book.worksheets[0].iter_rows(min_row=7, max_row=10, min_col=2, max_col=2):
        row[0].value = "并无此村"
    for row in book.worksheets[0].iter_rows(min_row=7, max_row=7, min_col=4, max_col=4):
        row[0].data_type = "s"
    url = tried(browser, ledgers.saved(book))

    sheet = load_workbook(BytesIO(browser.get(f"{url}wrong.xlsx").content)).worksheets[0]

    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert "f" not in kinds
    assert any(text.startswith("=HYPERLINK") for text in texts)


def test_nobody_sees_the_ledger_of_somebody_else(cast: Cast) -> None:
    url = tried(cast["acceptor"].client(), ledgers.wrong_in_many_ways())

    stranger = cast["duty_chief"].client()

    for path in (url, f"{url}wrong.xlsx"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{url}import/").status_code == 404
    assert "台账.xlsx" not in told(stranger, UPLOAD)


def test_the_same_file_is_said_to_have_been_imported(cast: Cast) -> None:
    browser, data = cast["acceptor"].client(), ledgers.merged_with_sums()
    tried(browser, data)
    ledger = LedgerImport.objects.get()
    LedgerImport.objects.update(state="done", ended_at=ledger.uploaded_at)

    _, _, again = upload(browser, data)

    assert "同一份文件已于" in told(browser, again)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_in_every_language(cast: Cast, language: str) -> None:
    browser = in_language(language, cast["acceptor"].client())
    url = tried(browser, ledgers.wrong_in_many_ways())

    for path in (UPLOAD, url, f"{url}?columns=1"):
        assert 'lang="' in told(browser, path)


def test_a_trial_asks_the_same_few_questions_for_few_rows_and_for_many(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    few = tried(browser, ledgers.merged_with_sums())
    many = tried(browser, ledgers.wrong_in_many_ways())

    assert len(queries_of(browser, few)) == len(queries_of(browser, many)) <= 5 + SHELL
    assert len(queries_of(browser, UPLOAD)) <= 5 + SHELL
    assert LedgerRow.objects.exists()
