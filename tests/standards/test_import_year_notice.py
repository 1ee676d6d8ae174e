# SPDX-License-Identifier: Apache-2.0
"""Importing the yearly notice in the place of a provisional year. The notice of 2027 in here is invented."""

from datetime import date

import pytest

from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import NotPermitted
from jiayuan.record.models import StoredEvent
from jiayuan.standards import models, queries, services
from jiayuan.standards.enums import LimitKind
from jiayuan.standards.rules.deadlines import Limit
from tests.standards.calendars import at
from tests.standards.conftest import AT, BY

INVENTED_2027 = """from,to,day,reason
2027-01-01,2027-01-03,放假,元旦
2027-02-05,2027-02-11,放假,春节
2027-02-20,2027-02-21,上班,春节
2027-10-01,2027-10-07,放假,国庆节
""".encode()


def _import(data: bytes = INVENTED_2027, *, is_dry_run: bool = False) -> services.NoticeReport:
    return services.import_year_notice(data=data, source="invented", is_dry_run=is_dry_run, by=BY, at=AT)


def test_a_notice_confirms_its_whole_year(loaded: services.LoadReport) -> None:
    report = _import()

    assert (report.year, report.confirmed) == (2027, 365)
    assert date(2027, 2, 20) in report.changed
    assert queries.work_calendar().confirmed_to == date(2027, 12, 31)
    assert queries.work_calendar().is_working(date(2027, 2, 20))
    assert not models.WorkDay.objects.filter(on__year=2027, provisional=True).exists()


def test_a_deadline_moves_with_the_notice_and_is_no_longer_provisional(
    loaded: services.LoadReport, caplog: pytest.LogCaptureFixture
) -> None:
    limit = Limit(LimitKind.WORKING_DAYS, 1)
    before = queries.deadline_for(start=at("2027-02-19 10:00"), limit=limit)

    _import()

    after = queries.deadline_for(start=at("2027-02-19 10:00"), limit=limit)
    assert (before.at, before.provisional) == (at("2027-02-22 23:59:59"), True)
    assert (after.at, after.provisional) == (at("2027-02-20 23:59:59"), False)
    assert "no notice confirms" in caplog.text


def test_a_dry_run_says_what_would_change_and_changes_nothing(loaded: services.LoadReport) -> None:
    events = StoredEvent.objects.count()

    report = _import(is_dry_run=True)

    assert report.is_dry_run
    assert date(2027, 2, 20) in report.changed
    assert queries.work_calendar().confirmed_to == date(2026, 12, 31)
    assert StoredEvent.objects.count() == events


def test_an_import_is_recorded_once_and_a_second_changes_nothing(loaded: services.LoadReport) -> None:
    first = _import()
    events = StoredEvent.objects.count()

    second = _import()

    newest = StoredEvent.objects.order_by("-position")[0]
    assert newest.kind == "standards.calendar_year_confirmed"
    assert str(len(first.changed)) in newest.payload
    assert second.changed == ()
    assert StoredEvent.objects.count() == events


def test_with_one_wrong_line_nothing_is_written(loaded: services.LoadReport) -> None:
    report = _import(INVENTED_2027 + "2027-08-02,,perhaps,错\n".encode())

    assert [(error.line, error.column) for error in report.errors] == [(6, "day")]
    assert queries.work_calendar().confirmed_to == date(2026, 12, 31)


def test_a_notice_that_skips_a_year_leaves_no_gap(loaded: services.LoadReport) -> None:
    report = _import(
        INVENTED_2027.replace(b"2027", b"2030").replace(b"2030-02-20,2030-02-21", b"2030-02-23,2030-02-24")
    )

    assert report.errors == ()
    assert queries.work_calendar().latest == date(2030, 12, 31)
    assert queries.work_calendar().is_provisional(date(2029, 6, 1))


def test_nobody_without_the_post_imports_a_notice(db: None) -> None:
    with pytest.raises(NotPermitted):
        services.import_year_notice(data=INVENTED_2027, source="", is_dry_run=True, by=ANONYMOUS, at=AT)
