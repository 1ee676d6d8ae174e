# SPDX-License-Identifier: Apache-2.0
"""./jiayuan places …"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jiayuan.places import queries, services
from tests.places.conftest import SMALL_CITY


def said(*words: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("places", *words, stdout=out)
    return out.getvalue()


def test_load_and_count_print_the_known_numbers(db: None) -> None:
    assert said("load", "suizhou").startswith("2206 new, 0 changed")
    assert said("count") == "3 51 842 167\n"


def test_a_folder_can_be_loaded_as_a_pack(db: None) -> None:
    said("load", str(SMALL_CITY))

    assert said("count") == "2 4 9 3\n"


def test_a_dry_run_says_that_nothing_changed(small_city: services.Report, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text("code,name,valid_from\n990101100298,新村,2024-01-01\n", encoding="utf-8")

    assert "1 new" in said("import", str(file), "--dry-run")
    assert queries.division("990101100298") is None
    assert "1 new" in said("import", str(file))
    assert queries.division("990101100298") is not None


def test_outlines_are_imported_with_their_review_number(small_city: services.Report) -> None:
    words = ("import", str(SMALL_CITY / "outlines.geojson"), "--as", "outlines", "--review-number", "X(2025)1")

    assert "18 changed" in said(*words, "--dry-run")
    assert "18 changed" in said(*words)


def test_wrong_lines_are_printed_one_by_one(small_city: services.Report, tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text("code,name,valid_from\n12345,甲,2024-01-01\n990101100298,,x\n", encoding="utf-8")
    err = StringIO()

    with pytest.raises(CommandError):
        call_command("places", "import", str(file), stderr=err)

    assert [line.split(":")[0] for line in err.getvalue().splitlines()] == [
        "line 2, code",
        "line 3, name",
        "line 3, valid_from",
    ]


def test_a_missing_file_is_one_clear_line(db: None) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("places", "import", "/nowhere/at/all.csv")
