# SPDX-License-Identifier: Apache-2.0
"""./jiayuan standards: load, calendar import, check."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jiayuan.standards import models, queries, services
from tests.standards.test_import_year_notice import INVENTED_2027


def _said(*words: str) -> str:
    out = StringIO()
    call_command("standards", *words, stdout=out, stderr=out)
    return out.getvalue()


def test_load_fills_schemes_and_the_calendar_and_may_be_repeated(db: None) -> None:
    assert "3288 days added" in _said("load")
    assert _said("load") == "0 new, 0 changed, 0 removed or retired; 0 days added to the work calendar\n"


def test_check_finds_every_class_in_order(loaded: services.LoadReport) -> None:
    assert "exactly one task" in _said("check")


def test_check_fails_for_a_class_without_a_task(loaded: services.LoadReport) -> None:
    models.ClassTarget.objects.all().delete()
    queries.forget()

    with pytest.raises(CommandError, match="134 classes need care"):
        _said("check")


def test_a_notice_is_imported_after_a_dry_run(loaded: services.LoadReport, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes(INVENTED_2027)

    assert "Nothing was changed" in _said("calendar", "import", str(file), "--dry-run")
    assert "2027: 365 days confirmed" in _said("calendar", "import", str(file))


def test_a_wrong_notice_fails_with_its_lines(loaded: services.LoadReport, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes(INVENTED_2027 + b"someday,,off,\n")

    with pytest.raises(CommandError, match="1 errors; nothing was changed"):
        _said("calendar", "import", str(file))


def test_a_missing_file_is_one_line(loaded: services.LoadReport, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        _said("calendar", "import", str(tmp_path / "none.csv"))
