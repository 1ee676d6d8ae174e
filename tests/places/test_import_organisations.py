# SPDX-License-Identifier: Apache-2.0
"""Organisations and jurisdictions from tables."""

from datetime import date

import pytest

from jiayuan.places import queries, services
from jiayuan.places.models import Jurisdiction
from jiayuan.places.rows import RowsRefused
from tests.places.conftest import AT, BY

SPANS = "organisation,division,role,valid_from,valid_to,document\n"


def import_spans(*lines: str) -> services.Report:
    """The report on a table of jurisdictions."""
    return services.import_jurisdictions(data=(SPANS + "\n".join(lines) + "\n").encode(), by=BY, at=AT)


def import_bodies(*lines: str) -> services.Report:
    """The report on a table of organisations."""
    data = "code,name,kind,uscc,parent\n" + "\n".join(lines) + "\n"
    return services.import_organisations(data=data.encode(), by=BY, at=AT)


def test_an_organisation_gets_its_parent_whatever_the_order(small_city: services.Report) -> None:
    import_bodies("ZZ-KID,某所,bureau,,ZZ-TOP", "ZZ-TOP,某局,bureau,,YX")

    kid, top = queries.organisation_by_code("ZZ-KID"), queries.organisation_by_code("ZZ-TOP")
    assert kid is not None
    assert top is not None
    assert kid.parent_id == top.id


def test_moving_an_organisation_counts_as_a_change(small_city: services.Report) -> None:
    report = import_bodies("YX-CG,云溪市城市管理局,bureau,91350100M000100Y43,YX-DQ")

    assert (report.created, report.changed) == (0, 1)


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        (["ZZ,某局,bureau,91350100M000100Y44,"], "uscc"),
        (["ZZ,某局,bureau,91350100M000100Y43,"], "uscc"),
        (["ZZ,某局,guild,,"], "kind"),
        (["ZZ,某局,bureau,,NOBODY"], "parent"),
        (["ZZ,某局,bureau,,ZZ"], "parent"),
        ([",某局,bureau,,"], "code"),
    ],
)
def test_a_wrong_organisation_is_named_by_its_column(small_city: services.Report, lines: list[str], field: str) -> None:
    with pytest.raises(RowsRefused) as refusal:
        import_bodies(*lines)

    assert {error.field for error in refusal.value.errors} == {field}


def test_two_organisations_cannot_stand_above_each_other(small_city: services.Report) -> None:
    with pytest.raises(RowsRefused):
        import_bodies("ZZ-A,甲局,bureau,,ZZ-B", "ZZ-B,乙局,bureau,,ZZ-A")


def test_the_narrowest_division_decides_who_reports_and_dates_decide_when(small_city: services.Report) -> None:
    def reporter(code: str, on: date) -> str:
        found = queries.reporting_unit_of(code, on=on)
        return found.code if found else ""

    assert reporter("990101001002", date(2024, 12, 31)) == "YX-DQ"
    assert reporter("990101001002", date(2025, 1, 1)) == "YX-KFQ"
    assert reporter("990101001002", date(2025, 12, 31)) == "YX-KFQ"
    assert reporter("990101001002", date(2026, 1, 1)) == "YX-DQ"
    assert reporter("990101001001", date(2025, 6, 1)) == "YX-DQ"
    assert reporter("990101001002", date(2023, 6, 1)) == ""


def test_reporting_units_stand_beside_each_other_on_a_day(small_city: services.Report) -> None:
    def codes(on: date) -> list[str]:
        return [found.unit.code for found in queries.reporting_units(on)]

    assert codes(date(2024, 6, 1)) == ["YX-DQ", "YX-XP"]
    assert codes(date(2025, 6, 1)) == ["YX-DQ", "YX-KFQ", "YX-XP"]


def test_the_units_for_a_village_begin_with_its_town(small_city: services.Report) -> None:
    names = [unit.short_name for unit in queries.units_for("990101100200", on=date(2025, 6, 1))]

    assert names == ["柳塘镇", "东桥区", "云溪市", "市城管局"]


def test_two_units_cannot_report_for_one_division_at_a_time(small_city: services.Report) -> None:
    with pytest.raises(RowsRefused) as refusal:
        import_spans("YX-KFQ,990121,reports_for,2025-01-01,,")

    assert [(error.line, error.field) for error in refusal.value.errors] == [(2, "valid_from")]


def test_a_division_changes_its_reporter_by_ending_one_span_and_beginning_another(
    small_city: services.Report,
) -> None:
    report = import_spans(
        "YX-KFQ,990121,reports_for,2025-07-01,,第二号", "YX-XP,990121,reports_for,2024-01-01,2025-07-01,第一号"
    )

    assert (report.created, report.changed) == (1, 1)
    before, after = (queries.reporting_unit_of("990121", on=date(2025, month, 30)) for month in (6, 7))
    assert before is not None
    assert after is not None
    assert (before.code, after.code) == ("YX-XP", "YX-KFQ")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("NOBODY,990121,governs,2025-01-01,,", "organisation"),
        ("YX,990199,governs,2025-01-01,,", "division"),
        ("YX,990121,owns,2025-01-01,,", "role"),
        ("YX,990121,governs,2025-01-01,2025-01-01,", "valid_to"),
    ],
)
def test_a_wrong_jurisdiction_is_named_by_its_column(small_city: services.Report, line: str, field: str) -> None:
    held = Jurisdiction.objects.count()

    with pytest.raises(RowsRefused) as refusal:
        import_spans(line)

    assert {error.field for error in refusal.value.errors} == {field}
    assert Jurisdiction.objects.count() == held
