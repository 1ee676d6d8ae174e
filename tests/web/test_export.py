# SPDX-License-Identifier: Apache-2.0
"""Lists as tables: what the reader may see, in their columns and language, harmless for a spreadsheet, and recorded."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from openpyxl import load_workbook

from jiayuan.cases.enums import State
from jiayuan.cases.events import CasesExported
from jiayuan.cases.models import Export
from jiayuan.places import queries as places
from jiayuan.places.models import Organisation
from jiayuan.record.readers import happened_after
from tests.cast import MORNING, NEXT_VILLAGE, Cast
from tests.factories.cases import case, report
from tests.web.stories import cast, ground, in_language, small_town

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db


def taken(cast: Cast, part: str, form: str, address: str = "state=all", language: str = "zh-hans") -> bytes:
    """What a reader of this language takes away."""
    answer = in_language(language, cast[part].client()).post(f"/desk/cases/export/{form}/?{address}")
    assert answer.status_code == 200, answer.content[:500]
    assert isinstance(answer, StreamingHttpResponse)
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def lines(data: bytes) -> list[list[str]]:
    assert data.startswith("\ufeff".encode())
    return list(csv.reader(StringIO(data.decode("utf-8-sig"))))


def test_a_table_holds_what_the_reader_sees_and_nothing_else(cast: Cast) -> None:
    home = report(contact_name="李春花", contact_phone="13800000000", text="路口有垃圾")
    report(village=NEXT_VILLAGE)

    data = taken(cast, "acceptor", "csv")

    heads, *rows = lines(data)
    assert [row[0] for row in rows] == [home.handle]
    assert heads[:3] == ["回执编号", "什么问题", "地点"]
    for hidden in ("李春花", "13800000000", "路口有垃圾"):
        assert hidden not in data.decode()


def test_a_unit_takes_away_its_own_cases_only(cast: Cast) -> None:
    theirs = case(State.HANDLING)
    case(State.HANDLING, unit="YX-CG")

    rows = lines(taken(cast, "street_office", "csv"))[1:]

    assert [row[0] for row in rows] == [theirs.handle]


def test_the_workbook_says_the_same_as_the_text(cast: Cast) -> None:
    for state in (State.REPORTED, State.CLOSED, State.HANDLING):
        case(state, at=MORNING - timedelta(days=3))

    sheet: Any = load_workbook(BytesIO(taken(cast, "acceptor", "xlsx"))).active

    told = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert told == lines(taken(cast, "acceptor", "csv"))


def test_a_name_that_looks_like_a_formula_stays_a_name(cast: Cast) -> None:
    case(State.HANDLING)
    Organisation.objects.update(short_name="=HYPERLINK(1)")
    places.forget()

    data = taken(cast, "street_office", "csv", address="state=all")

    assert ",=HYPERLINK" not in data.decode() and "'=HYPERLINK(1)" in data.decode()


def test_every_export_is_recorded_with_its_size(cast: Cast) -> None:
    case()

    taken(cast, "auditor", "csv", address="state=open&area=990101")

    kept = Export.objects.get()
    assert (kept.account_id, kept.form, kept.rows) == (cast["auditor"].account.pk, "csv", 1)
    event = next(item.event for item in happened_after(0, limit=100) if isinstance(item.event, CasesExported))
    assert (event.rows, event.form, event.area) == (1, "csv", "990101")


def test_heads_and_values_are_in_the_readers_language(cast: Cast) -> None:
    case()

    assert lines(taken(cast, "acceptor", "csv", language="en"))[0][:2] == ["Receipt code", "What it is"]


def test_a_form_that_does_not_exist_is_not_found(cast: Cast) -> None:
    assert cast["acceptor"].client().post("/desk/cases/export/pdf/").status_code == 404
