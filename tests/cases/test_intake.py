# SPDX-License-Identifier: Apache-2.0
"""Words into a typed report: what is read, and what is refused beside which field, all at once."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from jiayuan.cases.enums import Source
from jiayuan.cases.intake import LONGEST_NAME, LONGEST_PLACE, LONGEST_TEXT, ReportInput, report_from
from jiayuan.kernel.errors import Problems, Refused
from tests.cast import COMMUNITY, MORNING

ID = "0190a0f0-0000-7000-8000-000000000001"


def read(raw: Mapping[str, str]) -> ReportInput:
    return report_from(
        raw,
        source=Source.PUBLIC,
        village=lambda text: text or COMMUNITY,
        tile=lambda code, text: code or "rubbish",
        photos=[uuid4()],
        now=MORNING,
    )


def refusals(raw: Mapping[str, str]) -> dict[str, str]:
    """Field → code of everything that is refused."""
    with pytest.raises(Problems) as problems:
        read(raw)
    return {one.field: one.code for one in problems.value.refusals}


def test_a_full_report_is_read_in_typed_values() -> None:
    given = read(
        {
            "client_id": ID,
            "text": "  一堆垃圾\r\n没人收  ",
            "place_text": "桥北",
            "contact_name": "李春花",
            "contact_phone": "138 1234 5678",
            "lon": "113.38",
            "lat": "31.69",
            "accuracy_m": "12",
            "seen_at": "2025-01-03T08:00:00+08:00",
        }
    )

    assert given.client_id == UUID(ID)
    assert "垃圾" in given.text
    assert "\r" not in given.text
    assert given.contact_phone.endswith("13812345678")
    assert given.position is not None
    assert given.position.accuracy_m == 12
    assert given.seen_at == MORNING - timedelta(hours=1)


def test_an_empty_form_asks_for_nothing_but_place_and_kind() -> None:
    given = read({})

    assert (given.text, given.contact_phone, given.position, given.seen_at) == ("", "", None, None)
    assert given.client_id != read({}).client_id


def test_every_wrong_field_is_told_at_once() -> None:
    told = refusals(
        {
            "client_id": "not-an-id",
            "text": "长" * (LONGEST_TEXT + 1),
            "place_text": "长" * (LONGEST_PLACE + 1),
            "contact_name": "长" * (LONGEST_NAME + 1),
            "contact_phone": "12",
            "lon": "31.69",
            "lat": "113.38",
            "seen_at": "yesterday",
        }
    )

    assert {"client_id", "text", "place_text", "contact_name", "contact_phone", "seen_at"} <= set(told)
    assert len(told) >= 7


@pytest.mark.parametrize(
    ("seen_at", "code"),
    [
        ("2025-01-03T09:06:00+08:00", "future"),
        ("2025-01-03T08:00:00", "date"),
        ("2025-02-30T08:00:00+08:00", "date"),
        ("9999999999999", "date"),
        ("２０２５", "date"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_beside_its_field(seen_at: str, code: str) -> None:
    assert refusals({"seen_at": seen_at}) == {"seen_at": code}


def test_a_clock_that_is_a_little_fast_is_believed() -> None:
    assert read({"seen_at": "2025-01-03T09:04:00+08:00"}).seen_at is not None


def test_what_the_door_cannot_find_is_told_with_the_rest() -> None:
    def nowhere(_text: str) -> str:
        raise Refused("village", "choose", field="village_query")

    with pytest.raises(Problems) as problems:
        report_from(
            {"contact_phone": "1"},
            source=Source.PUBLIC,
            village=nowhere,
            tile=lambda code, text: "rubbish",
            photos=[],
            now=MORNING,
        )

    assert [one.field for one in problems.value.refusals] == ["village_query", "contact_phone"]
