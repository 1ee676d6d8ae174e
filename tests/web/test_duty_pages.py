# SPDX-License-Identifier: Apache-2.0
"""The pages of responsibility lists: residents browse, whoever keeps them drafts and publishes, dispatch shows them."""

from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from jiayuan.cases.enums import ReturnReason, State, V
from jiayuan.cases.models import Case
from jiayuan.duties import queries, services
from jiayuan.duties.models import Version
from jiayuan.web.duties import table
from tests.cases.test_dispatch_by_list import dusty
from tests.cast import BUREAU, MORNING, SYSTEM, Cast
from tests.duties.lists import LIST, TODAY, entry, in_force, lists, publish_next
from tests.factories.cases import case, unit_id
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "lists", "small_town"]
pytestmark = pytest.mark.usefixtures("lists")

DESK = f"/desk/duties/{LIST}/"


def upload(browser: Client, data: bytes) -> tuple[int, str]:
    """Status and body of a trial of a table."""
    answer = browser.post(f"{DESK}import/", {"file": SimpleUploadedFile("清单.xlsx", data)})
    return answer.status_code, answer.content.decode()


def packed(page: str) -> str:
    """What waits in the page of a trial."""
    return unescape(page.partition('name="packed" hidden>')[2].partition("</textarea>")[0])


def changed() -> bytes:
    """The list in force as a table in which 2.1 says something else, and 9.1 is new."""
    rows = [one for one in in_force().entries if one.key != "2.1"]
    return table.book([*rows, entry(key="2.1", task="垃圾收集清运"), entry()])


# ── residents ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_resident_reads_who_answers_and_from_which_document() -> None:
    page = told(Client(), "/duties/")

    wanted = (
        "工地扬尘整治",
        "市城管局",
        "上级部门收回事项",
        "云清办〔2024〕3号",
        "2024年12月20日",
        "2025年1月1日",
        "示例",
    )
    assert [word for word in wanted if word not in page] == []


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("kind=rubbish", "暴露垃圾清运", "工地扬尘整治"),
        ("unit=YX-DQ", "店外经营整治", "暴露垃圾清运"),
        ("q=扬尘", "工地扬尘整治", "店外经营整治"),
    ],
)
def test_the_list_is_narrowed_by_kind_by_unit_and_by_words(asked: str, there: str, gone: str) -> None:
    page = told(Client(), f"/duties/?{asked}")

    assert there in page
    assert gone not in page


def test_what_fits_nothing_says_so_and_keeps_what_was_asked() -> None:
    page = told(Client(), "/duties/?q=没有这样的")

    assert "没有符合条件的事项" in page
    assert 'value="没有这样的"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_residents_read_it_in_their_language_without_a_query(language: str) -> None:
    page = told(in_language(language), "/duties/")

    assert {"zh-hans": "谁来负责", "zh-hant": "誰來負責", "en": "Who answers for what"}[language] in page
    assert len(queries_of(in_language(language), "/duties/")) <= SHELL


# ── at the desk ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_shows_versions_and_their_differences_and_hides_drafts(cast: Cast) -> None:
    publish_next(entry(key="2.1", task="垃圾收集清运"), valid_from=TODAY)
    services.make_draft(document=LIST, by=SYSTEM, at=MORNING)

    documents = told(cast["bureau"].client(), "/desk/duties/")
    version = told(cast["bureau"].client(), f"{DESK}2/")

    assert "第 2 版" in documents
    assert "第 3 版" not in documents
    assert "<del>暴露垃圾清运</del>" in version
    assert "<ins>垃圾收集清运</ins>" in version
    told(cast["bureau"].client(), f"{DESK}3/", status=404)


def test_the_desk_prints_a_version_with_the_document_in_which_it_stands(cast: Cast) -> None:
    page = told(cast["bureau"].client(), f"{DESK}1/")

    assert "data-print" in page
    assert [words for words in ("暴露垃圾清运", "云清办〔2024〕3号") if words not in page] == []


def test_a_draft_is_begun_an_entry_changed_and_the_version_published(cast: Cast) -> None:
    browser = cast["administrator"].client()
    browser.post(f"{DESK}draft/")
    form = browser.get(f"{DESK}draft/entry/?key=2.1").context["form"]
    given = {name: form.initial.get(name, "") for name in form.fields} | {"task": "垃圾收集清运"}

    kept = browser.post(f"{DESK}draft/entry/?key=2.1", given)
    said = browser.get(f"{DESK}publish/").context["form"].initial
    days = {"issued_on": "2025-01-02", "valid_from": "2025-01-03"}
    refused = browser.post(f"{DESK}publish/", {**said, **days})
    published = browser.post(f"{DESK}publish/", {**said, **days, "source_number": "云清办〔2025〕1号"})

    assert kept.status_code == 302
    assert refused.status_code == 422
    assert "云溪市“清洁家园”责任清单" in refused.content.decode()
    assert published.status_code == 302
    assert (in_force().number, in_force().source_number) == (2, "云清办〔2025〕1号")
    assert in_force().entries[0].task == "垃圾收集清运"
    assert "YX-CG" in in_force().entries[0].cooperating
    assert "金惊蛰" in told(browser, "/desk/duties/")


def test_an_entry_with_something_wrong_comes_back_as_it_was_typed(cast: Cast) -> None:
    browser = cast["administrator"].client()
    browser.post(f"{DESK}draft/")
    given = {"key": "9.1", "group": "环境卫生", "task": "河道保洁", "part": "taken_back", "revision": "1"}

    answer = browser.post(f"{DESK}draft/entry/", given)

    assert answer.status_code == 422
    assert "河道保洁" in answer.content.decode()
    assert "请填写收回事项的部门" in answer.content.decode()


def test_a_table_is_looked_at_first_and_then_becomes_the_draft(cast: Cast) -> None:
    browser = cast["administrator"].client()

    status, page = upload(browser, changed())
    between = queries.draft_of(LIST)
    kept = browser.post(f"{DESK}import/", {"packed": packed(page), "save": "1"})
    draft = queries.draft_of(LIST)
    again = browser.post(f"{DESK}import/", {"packed": packed(page), "save": "1"}, follow=True)

    assert (status, between) == (200, None)
    assert "<ins>垃圾收集清运</ins>" in page
    assert kept.status_code == 302
    assert draft is not None
    assert [one.key for one in draft.entries] == ["2.1", "2.3", "2.10", "9.1"]
    assert queries.draft_of(LIST) == draft
    assert "未作改动" in again.content.decode()


def test_the_download_is_imported_again_without_any_difference(cast: Cast) -> None:
    browser = cast["administrator"].client()
    data = browser.get(f"{DESK}1/table/").content

    status, page = upload(browser, data)

    assert status == 200
    assert "两者内容相同" in page
    lines = [[cell.value for cell in line] for line in load_workbook(BytesIO(data)).active]
    assert lines[0][0] == "演示数据·非公文"
    assert lines[1][:3] == ["编号", "任务类别", "事项"]


def test_a_table_with_faults_names_line_and_column_and_keeps_nothing(cast: Cast) -> None:
    browser = cast["administrator"].client()
    lines = [(1, ["编号", "任务类别", "事项", "分类", "牵头单位"]), (2, ["2.3", "环境卫生", "扬尘", "收回", "无名局"])]

    status, page = upload(browser, _book_of(lines))
    pressed = browser.post(f"{DESK}import/", {"packed": table.packed(lines), "save": "1"})

    assert status == 422
    assert "没有名为“无名局”的单位" in page
    assert "牵头单位" in page
    assert pressed.status_code == 422
    assert not Version.objects.filter(standing="draft").exists()


def _book_of(lines: table.Lines) -> bytes:
    book = Workbook()
    for _, cells in lines:
        book.active.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_is_no_table_and_what_was_changed_on_the_way_is_refused(cast: Cast) -> None:
    browser = cast["administrator"].client()

    assert upload(browser, b"nothing of the kind")[0] == 422
    assert browser.post(f"{DESK}import/", {}).status_code == 422
    for packed_text in ("[[1]]", "{", '[["1",["a"]]]', "[" * 99_999):
        assert browser.post(f"{DESK}import/", {"packed": packed_text, "save": "1"}).status_code == 422


def test_publishing_twice_says_that_there_is_no_draft_any_more(cast: Cast) -> None:
    answer = cast["administrator"].client().post(f"{DESK}publish/", {})

    assert answer.status_code == 422
    assert "该清单没有草稿" in answer.content.decode()


def test_a_list_is_opened_and_goes_on_to_its_table(cast: Cast) -> None:
    answer = (
        cast["administrator"]
        .client()
        .post("/desk/duties/new/", {"title": "履职事项清单", "kind": "towns"}, follow=True)
    )

    assert "履职事项清单" in answer.content.decode()
    assert answer.redirect_chain[0][0].endswith("/import/")


@pytest.mark.parametrize("url", ["/desk/duties/", f"{DESK}1/"])
def test_the_pages_at_the_desk_ask_the_tables_a_few_times(url: str, cast: Cast) -> None:
    assert len(queries_of(cast["administrator"].client(), url)) <= SHELL + 5


# ── beside a case ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_dispatch_form_shows_the_entry_and_puts_the_lead_first(cast: Cast) -> None:
    found = dusty()
    browser = cast["dispatcher"].client()

    page = told(browser, f"/desk/cases/{found.handle}/")
    answer = browser.post(f"/desk/cases/{found.handle}/{V.DISPATCH}/", {"unit": unit_id(), "version": found.version})

    assert "责任清单 2.3：工地扬尘整治，牵头单位：市城管局" in page
    assert page.index(f'value="{unit_id(BUREAU)}"') < page.index(f'value="{unit_id()}"')
    assert "桥头街道（按责任清单不得派遣）" in page
    assert answer.status_code == 422
    assert "已由市城管局收回，不得派遣给桥头街道" in answer.content.decode()


def test_a_bulk_dispatch_obeys_case_by_case(cast: Cast) -> None:
    dust, rubbish = dusty(), case(State.FILED)
    boxes = [f"{one.handle}.{one.version}" for one in (dust, rubbish)]
    given = {"verb": "dispatch", "case": boxes, "sure": "1", "unit": unit_id()}

    said = cast["dispatcher"].client().post("/desk/cases/bulk/", given).content.decode()

    assert "2 件中办成 1 件" in said
    assert "已由市城管局收回" in said
    assert [Case.objects.get(pk=one.pk).state for one in (dust, rubbish)] == [State.FILED, State.DISPATCHED]


def test_a_return_offers_the_entries_and_the_course_says_which_one(cast: Cast) -> None:
    found = case(State.DISPATCHED)
    browser = cast["street_office"].client()

    page = told(browser, f"/desk/cases/{found.handle}/")
    given = {"reason": next(iter(ReturnReason)).value, "clause": "qingdan:1:2.1", "version": found.version}
    answer = browser.post(f"/desk/cases/{found.handle}/{V.RETURN}/", given)

    assert 'value="qingdan:1:2.1"' in page
    assert "不引用" in page
    assert answer.status_code == 302
    assert "依据责任清单 2.1：暴露垃圾清运，牵头单位：属地" in told(
        cast["dispatcher"].client(), f"/desk/cases/{found.handle}/"
    )
