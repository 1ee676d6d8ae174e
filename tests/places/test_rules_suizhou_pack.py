# SPDX-License-Identifier: Apache-2.0
"""The demonstration city's files agree with each other and with what is known of the city."""

import csv
from collections import Counter
from pathlib import Path

import jiayuan.data
from jiayuan.places import rules
from jiayuan.places.enums import KIND_WORDS

PACK = Path(jiayuan.data.__file__).parent / "suizhou"


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one file of the pack."""
    with (PACK / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_city_has_its_known_numbers_of_divisions() -> None:
    levels = Counter(row["level"] for row in rows("divisions.csv"))
    kinds = Counter(row["kind"] for row in rows("divisions.csv"))

    assert levels == {"city": 1, "county": 3, "town": 51, "village": 1009}
    assert (kinds["镇"], kinds["街道"], kinds["类似乡级"]) == (37, 9, 5)
    assert (kinds["村委会"], kinds["居委会"]) == (842, 167)


def test_each_county_has_its_known_numbers_of_villages_and_communities() -> None:
    counted = Counter((row["code"][:6], row["kind"]) for row in rows("divisions.csv") if row["level"] == "village")

    assert counted == {
        ("421303", "村委会"): 148,
        ("421303", "居委会"): 65,
        ("421321", "村委会"): 347,
        ("421321", "居委会"): 47,
        ("421381", "村委会"): 347,
        ("421381", "居委会"): 55,
    }


def test_every_row_says_what_its_code_says() -> None:
    for row in rows("divisions.csv"):
        assert row["level"] == rules.level_of(row["code"])
        assert KIND_WORDS[row["kind"]] is rules.kind_of(row["code"])
        assert row["short_name"] == rules.short_name_of(row["name"])
        assert row["initials"] == rules.initials_of(row["pinyin"])
        assert row["urban_rural"] == ""


def test_every_name_is_spelt_in_as_many_syllables_as_it_has_characters() -> None:
    for row in rows("divisions.csv"):
        assert len(row["pinyin"].split()) == len(row["short_name"])
        assert row["pinyin"].replace(" ", "").isascii()


def test_readings_that_dictionaries_get_wrong_are_right() -> None:
    spelt = {row["short_name"]: row["pinyin"] for row in rows("divisions.csv")}

    assert spelt["曾都区"] == "ceng du qu"
    assert spelt["长岭镇"] == "zhang ling zhen"
    assert spelt["澴潭镇"] == "huan tan zhen"
    assert spelt["涢水街道"] == "yun shui jie dao"
    assert spelt["曾家河村"] == "zeng jia he cun"
    assert spelt["朝阳村"] == "chao yang cun"


def test_every_village_reports_through_exactly_one_of_five_units() -> None:
    reporting = {
        row["division"]: row["organisation"] for row in rows("jurisdictions.csv") if row["role"] == "reports_for"
    }
    villages = [row["code"] for row in rows("divisions.csv") if row["level"] == "village"]

    reporters = Counter(
        next(reporting[code] for code in rules.ancestors_of(village) if code in reporting) for village in villages
    )

    assert sum(reporters.values()) == 1009
    assert reporters == {"SZ-421303": 198, "SZ-421321": 384, "SZ-421381": 402, "SZ-GXQ": 15, "SZ-DHS": 10}


def test_attributions_that_documents_dispute_are_marked_as_illustrative() -> None:
    for row in rows("jurisdictions.csv"):
        if row["organisation"] in {"SZ-GXQ", "SZ-DHS", "SZ-DHS-NC"}:
            assert row["document"].startswith("示意")


def test_organisations_and_jurisdictions_point_to_rows_that_exist() -> None:
    divisions = {row["code"] for row in rows("divisions.csv")}
    organisations = {row["code"] for row in rows("organisations.csv")}

    assert {row["parent"] for row in rows("organisations.csv")} - {""} <= organisations
    assert {row["division"] for row in rows("organisations.csv")} - {""} <= divisions
    assert {row["organisation"] for row in rows("jurisdictions.csv")} <= organisations
    assert {row["division"] for row in rows("jurisdictions.csv")} <= divisions
    assert sum(row["kind"] == "town_office" for row in rows("organisations.csv")) == 51
