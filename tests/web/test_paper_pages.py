# SPDX-License-Identifier: Apache-2.0
"""The pages of papers: everybody verifies, readers read and take files, the desk lists and makes void."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiayuan.papers import queries, services
from jiayuan.papers.document import Figure, Figures, Mention, paragraph
from jiayuan.papers.enums import Format, Standing, VoidReason
from jiayuan.record.events import Ref
from tests.cast import MORNING, SYSTEM, Cast
from tests.media.conftest import stores
from tests.media.story import derived
from tests.papers.conftest import offices
from tests.papers.sample import DISTRICT_OFFICE, INVENTED, OFFICE, document
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "offices", "small_town", "stores"]
pytestmark = pytest.mark.usefixtures("offices", "stores")
NOBODYS = "AAAAAAAAAA0"


def issued(*, office: str = OFFICE, is_public: bool = True, printed: bool = True, **more: object) -> queries.PaperView:
    paper_id = services.issue(
        kind="official", office=office, document=document(), is_public=is_public, by=SYSTEM, at=MORNING, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    if printed:
        services.print_paper(paper_id=paper_id, by=SYSTEM, at=MORNING)
    found = queries.paper_by_id(paper_id)
    assert found is not None
    return found


def at(view: queries.PaperView, then: str = "") -> str:
    return f"/papers/{view.row.handle}/{then}"


def checked(view: queries.PaperView, browser: Client | None = None) -> str:
    return told(browser or Client(), f"/papers/verify/{view.row.handle}/")


def sent(view: queries.PaperView, data: bytes) -> str:
    file = SimpleUploadedFile("通知.pdf", data)
    return Client().post(f"/papers/verify/{view.row.handle}/", {"file": file}).content.decode()


# ── verification ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_everybody_reads_what_the_house_knows_of_a_paper() -> None:
    view = issued()

    page = checked(view)

    wanted = (
        "云清办〔2025〕1号", "关于开展清洁家园月末检查的通知", "云溪市清洁家园行动领导小组办公室", "2025年1月3日",
        "有效", view.pdf_sha256, str(view.position), "查看全文",
    )  # fmt: skip
    assert [word for word in wanted if word not in page] == []


def test_the_address_on_the_paper_is_that_of_the_page() -> None:
    view = issued(printed=False)

    address = queries.sheet_of(view).verify_address

    assert address.endswith(reverse("papers:verify", args=[view.row.handle]))


def test_a_void_paper_says_so_with_its_reason() -> None:
    view = issued()
    services.void(paper_id=view.row.id, reason=VoidReason.WRONG, note="表二有误", by=SYSTEM, at=MORNING)

    page = checked(view)

    assert [word for word in ("已作废", "内容有误", "表二有误", "文号保留") if word not in page] == []


def test_a_corrected_paper_leads_to_the_later_one_and_back() -> None:
    wrong = issued()
    right = issued(corrects=wrong.row.id)

    assert f"/papers/verify/{right.row.handle}/" in checked(wrong)
    assert "已更正" in checked(wrong)
    assert f"/papers/verify/{wrong.row.handle}/" in checked(right)


def test_a_synthetic_paper_orders_nothing() -> None:
    assert "不具效力" in checked(issued(office=INVENTED))
    assert "不具效力" not in checked(issued())


def test_a_file_is_compared_with_the_one_that_was_issued() -> None:
    view, other = issued(), issued()
    data = queries.file_of(view, Format.PDF)

    assert "就是发出的原件" in sent(view, data)
    assert "不是发出的原件" in sent(view, data + b" ")
    answer = sent(view, queries.file_of(other, Format.PDF))
    assert "另一份文件" in answer
    assert "云清办〔2025〕2号" in answer


def test_comparing_nothing_asks_for_the_file() -> None:
    answer = Client().post(f"/papers/verify/{issued().row.handle}/", {})

    assert answer.status_code == 422


def test_a_paper_whose_files_are_not_made_yet_says_so() -> None:
    assert "正在生成" in checked(issued(printed=False))


def test_a_code_is_found_as_people_type_it_and_a_wrong_one_is_told() -> None:
    handle = issued().row.handle
    typed = f" {handle[:4].lower()} {handle[4:8]} {handle[8:]}"

    assert Client().get("/papers/verify/", {"code": typed}).headers["location"] == f"/papers/verify/{handle}/"
    assert "请再核对" in Client().get("/papers/verify/", {"code": "ABC"}).content.decode()
    assert "查无此件" in told(Client(), f"/papers/verify/{NOBODYS}/", status=404)


# ── the paper ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_reads_like_the_paper_and_says_where_its_numbers_come_from() -> None:
    page = told(Client(), at(issued()))

    wanted = (
        "一、总体要求",
        "（一）检查范围",
        "1.沟渠",
        "示范村乙",
        "附件：检查表",
        "逐项检查。",
        "抄送：",
        "出席：甲、乙",
    )
    assert [word for word in wanted if word not in page] == []
    assert '<a class="slot" href="#origin-1">17</a>' in page
    assert "cases.open area=990101000000" in page
    assert "截至存证位置4" in page
    assert "思源宋体代仿宋_GB2312" in page


@pytest.mark.parametrize(
    ("ending", "begins", "kind"),
    [("pdf", b"%PDF", "application/pdf"), ("docx", b"PK", "wordprocessingml"), ("xlsx", b"PK", "spreadsheetml")],
)
def test_its_files_are_taken_under_its_number(ending: str, begins: bytes, kind: str) -> None:
    answer = Client().get(at(issued(), f"{ending}/"))

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert kind in answer.headers["content-type"]
    assert "%E4%BA%91%E6%B8%85%E5%8A%9E" in answer.headers["content-disposition"]


@pytest.mark.parametrize("ending", ["exe", "pdf"])
def test_a_file_that_is_not_there_is_not_found(ending: str) -> None:
    assert Client().get(at(issued(printed=False), f"{ending}/")).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("mayor", 200), ("county_supervisor", 200), ("acceptor", 404), ("outsider", 404)]
)
def test_a_paper_that_is_not_public_is_read_only_in_reach(who: str, status: int, cast: Cast) -> None:
    view = issued(office=DISTRICT_OFFICE, is_public=False)

    assert cast[who].client().get(at(view)).status_code == status
    assert cast[who].client().get(at(view, "pdf/")).status_code == status
    assert Client().get(at(view)).status_code == 404
    assert "查看全文" not in checked(view)


def test_a_script_in_a_paper_is_text() -> None:
    evil = replace(document(), title="<script>1</script>", body=(paragraph("<b>x</b>"),))
    paper_id = services.issue(kind="official", office=OFFICE, document=evil, is_public=True, by=SYSTEM, at=MORNING)
    found = queries.paper_by_id(paper_id)
    assert found is not None

    page = told(Client(), at(found))

    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<script>1" not in page


# ── the desk ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_lists_papers_in_reach_and_narrows_them(cast: Cast) -> None:
    first, district = issued(printed=False), issued(office=DISTRICT_OFFICE, printed=False)
    services.void(paper_id=district.row.id, reason=VoidReason.TEST, by=SYSTEM, at=MORNING)
    browser = cast["mayor"].client()

    def rows(asked: str) -> tuple[bool, bool]:
        page = told(browser, f"/desk/papers/{asked}")
        return at(first) in page, at(district) in page

    assert rows("") == (True, True)
    assert rows("?standing=void") == (False, True)
    assert rows(f"?office={OFFICE}") == (True, False)
    assert rows("?form=letter") == (False, False)
    assert rows("?q=月末") == (True, True)
    assert rows("?q=年初&page=x") == (False, False)
    assert rows("?page=2") == (False, False)


def test_who_may_makes_a_paper_void_with_a_reason(cast: Cast) -> None:
    view, browser = issued(), cast["administrator"].client()
    assert "作废" in told(browser, at(view))

    empty = browser.post(f"/desk/papers/{view.row.handle}/void/", {})
    done = browser.post(f"/desk/papers/{view.row.handle}/void/", {"reason": "wrong", "note": "数字有误"}, follow=True)

    assert empty.status_code == 422
    assert "请选择作废原因" in empty.content.decode()
    assert "文号不再使用" in done.content.decode()
    assert queries.paper_by_id(view.row.id).row.standing is Standing.VOID  # type: ignore[union-attr]


def test_the_to_do_page_leads_to_papers_for_whoever_sees_them(cast: Cast) -> None:
    assert "/desk/papers/" in told(cast["mayor"].client(), "/desk/")
    assert "/desk/papers/" not in told(cast["acceptor"].client(), "/desk/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_three_languages(language: str, cast: Cast) -> None:
    view = issued()
    services.void(paper_id=view.row.id, reason=VoidReason.MISTAKE, by=SYSTEM, at=MORNING)
    browser = in_language(language, cast["administrator"].client())

    for url in (at(view), f"/papers/verify/{view.row.handle}/", "/papers/verify/", "/desk/papers/"):
        assert f'lang="{language}"' in told(browser, url)
    other = issued()
    told(browser, f"/desk/papers/{other.row.handle}/void/")


def test_pages_cost_the_same_however_many_papers_there_are(cast: Cast) -> None:
    view, browser = issued(), cast["mayor"].client()
    before = len(queries_of(browser, "/desk/papers/"))
    for _ in range(5):
        issued(printed=False)

    assert len(queries_of(browser, "/desk/papers/")) == before <= SHELL + 4
    assert len(queries_of(Client(), at(view))) <= 2
    assert len(queries_of(Client(), f"/papers/verify/{view.row.handle}/")) <= 2


def test_the_lists_pages_are_fifty_long(cast: Cast) -> None:
    for _ in range(51):
        issued(printed=False)
    browser = cast["mayor"].client()

    first, second = told(browser, "/desk/papers/"), told(browser, "/desk/papers/?page=2")

    assert first.count("data-row") == 50
    assert second.count("data-row") == 1
    assert "page=2" in first
    assert Path(queries.file_key("X", MORNING, Format.PDF)).suffix == ".pdf"


def test_a_paper_that_belongs_to_a_matter_is_made_void_with_it_and_not_alone(cast: Cast) -> None:
    view = issued(about=Ref("sheet", 12))
    browser = cast["administrator"].client()

    answer = browser.post(f"/desk/papers/{view.row.handle}/void/", {"reason": "wrong", "note": ""})

    assert answer.status_code == 422
    assert queries.paper(view.row.handle).row.standing == "valid"  # type: ignore[union-attr]


# ── photos ────────────────────────────────────────────────────────────────────────────────────────────────────────


def illustrated(*, is_public: bool) -> queries.PaperView:
    photo = str(derived().handle)
    shown = Figures(figures=(Figure(photo=photo, caption="沟边的柴草垛", alt="沟边堆着柴草"),))
    given = replace(document(), body=(paragraph("见", Mention(photo), "。"), shown))
    paper_id = services.issue(
        kind="official", office=OFFICE, document=given, is_public=is_public, by=SYSTEM, at=MORNING
    )
    found = queries.paper_by_id(paper_id)
    assert found is not None
    return found


def test_a_paper_shows_its_photos_with_their_numbers_to_whoever_reads_it(cast: Cast) -> None:
    view = illustrated(is_public=False)

    page = told(cast["mayor"].client(), at(view))
    picture = cast["mayor"].client().get(at(view, "figures/1/"))

    assert [word for word in ("见图1。", "图1　沟边的柴草垛", 'alt="沟边堆着柴草"') if word not in page] == []
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/webp")
    assert Client().get(at(view, "figures/1/")).status_code == 404


def test_a_public_paper_gives_away_no_photo_that_nobody_confirmed() -> None:
    view = illustrated(is_public=True)

    assert Client().get(at(view)).status_code == 200
    assert Client().get(at(view, "figures/1/")).status_code == 404
