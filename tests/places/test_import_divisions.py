# SPDX-License-Identifier: Apache-2.0
"""Divisions from a table: added and changed, never deleted, all lines or none."""

import pytest

from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.places import queries, services
from jiayuan.places.models import Division
from jiayuan.places.rows import RowsRefused
from jiayuan.record.models import StoredEvent
from tests.places.conftest import AT, BY

HEAD = "code,name,valid_from,valid_to,pinyin\n"


def import_text(text: str) -> services.Report:
    """The report on a table with the usual columns."""
    return services.import_divisions(data=(HEAD + text).encode(), by=BY, at=AT)


def test_a_renamed_village_is_changed_and_the_rest_left_alone(small_city: services.Report) -> None:
    report = import_text("990101100201,翠竹村村民委员会,2024-01-01,,cui zhu cun\n")

    assert (report.created, report.changed, report.unchanged, report.absent) == (0, 1, 0, 18)
    found = queries.division("990101100201")
    assert found is not None
    assert found.short_name == "翠竹村"
    assert [place.code for place in queries.search("cuizhu")] == ["990101100201"]
    assert queries.search("青竹") == ()


def test_a_village_that_ended_is_not_offered_but_still_known(small_city: services.Report) -> None:
    import_text("990101100201,青竹村村民委员会,2024-01-01,2025-03-01,qing zhu cun\n")

    ended = queries.division("990101100201")
    assert ended is not None
    assert ended.short_name == "青竹村"
    assert queries.search("青竹") == ()
    assert len(queries.children("990101100")) == 2
    assert len(queries.children("990101100", on=AT.date().replace(year=2024))) == 3
    assert queries.count().villages == 8


def test_a_new_town_with_its_village_may_come_in_any_order(small_city: services.Report) -> None:
    report = import_text("990121300200,新村村民委员会,2024-01-01,,\n990121300,新乡,2024-01-01,,\n")

    assert report.created == 2
    assert queries.division("990121300200") is not None


def test_an_import_is_recorded_once_with_its_numbers(small_city: services.Report) -> None:
    import_text("990101100201,翠竹村村民委员会,2024-01-01,,\n")

    event = StoredEvent.objects.order_by("-position")[0]
    assert (event.kind, event.payload) == ("places.divisions_imported", '{"changed":1,"created":0}')


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("99010110020,某村,2024-01-01,,", "code"),
        ("abc,某村,2024-01-01,,", "code"),
        (",某村,2024-01-01,,", "code"),
        ("990101999200,某村,2024-01-01,,", "code"),
        ("990101100299,,2024-01-01,,", "name"),
        (f"990101100299,{'村' * 81},2024-01-01,,", "name"),
        ("990101100299,某\u202e村,2024-01-01,,", "name"),
        ("990101100299,某村,2024年1月1日,,", "valid_from"),
        ("990101100299,某村,,,", "valid_from"),
        ("990101100299,某村,2024-01-01,2023-01-01,", "valid_to"),
        ("990101100299,某村,2024-01-01,,mǒu cūn", "pinyin"),
        ("990101100299,某村,2024-01-01,,,more,cells", ""),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column_and_nothing_is_imported(
    small_city: services.Report, line: str, field: str
) -> None:
    with pytest.raises(RowsRefused) as refusal:
        import_text(f"990101100298,好村,2024-01-01,,\n{line}\n")

    assert [(error.line, error.field) for error in refusal.value.errors] == [(3, field)]
    assert str(refusal.value.errors[0].message)
    assert not Division.objects.filter(code="990101100298").exists()


def test_a_code_that_stands_twice_is_refused(small_city: services.Report) -> None:
    with pytest.raises(RowsRefused) as refusal:
        import_text("990101100298,甲村,2024-01-01,,\n990101100298,乙村,2024-01-01,,\n")

    assert [(error.line, error.field) for error in refusal.value.errors] == [(3, "code")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "columns_missing"),
        ("code,名称\n".encode(), "columns_missing"),
        (b"code,name,valid_from,colour\n", "columns_strange"),
        (b"code,name,name,valid_from\n", "columns_strange"),
        (b"\xff\xfe\x00\x81", "encoding"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_by_name(db: None, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        services.import_divisions(data=data, by=BY, at=AT)

    assert refusal.value.code == code
    assert refusal.value.field == "file"


def test_a_table_saved_by_a_chinese_spreadsheet_is_read(small_city: services.Report) -> None:
    text = HEAD + "990101100298,闇家河村民委员会,2024-01-01,,\r\n"

    services.import_divisions(data=text.encode("gb18030"), by=BY, at=AT)

    found = queries.division("990101100298")
    assert found is not None
    assert found.short_name == "闇家河村"


def test_a_dry_run_tells_exactly_what_would_happen_and_does_nothing(small_city: services.Report) -> None:
    told = StoredEvent.objects.count()
    data = (HEAD + "990101100201,翠竹村,2024-01-01,,\n990101100298,新村,2024-01-01,,\n").encode()

    report = services.dry_run(of=services.import_divisions, data=data, by=BY, at=AT)

    assert (report.created, report.changed) == (1, 1)
    assert queries.division("990101100298") is None
    assert queries.search("青竹")
    assert StoredEvent.objects.count() == told


def test_a_visitor_may_not_import(db: None) -> None:
    with pytest.raises(NotPermitted):
        services.import_divisions(data=HEAD.encode(), by=ANONYMOUS, at=AT)


def test_what_became_of_a_village_is_followed_across_steps(small_city: services.Report) -> None:
    links = (
        "predecessor,successor,change,on\n"
        "990101100200,990101100201,merged,2024-06-01\n"
        "990101100201,990101001200,recoded,2025-01-01\n"
    )

    services.import_division_links(data=links.encode(), by=BY, at=AT)

    assert queries.successors("990101100200") == ("990101100201", "990101001200")
    assert queries.successors("990121100200") == ()


def test_a_division_cannot_become_itself(small_city: services.Report) -> None:
    links = "predecessor,successor,change,on\n990101100200,990101100200,merged,2024-06-01\n"

    with pytest.raises(RowsRefused):
        services.import_division_links(data=links.encode(), by=BY, at=AT)
