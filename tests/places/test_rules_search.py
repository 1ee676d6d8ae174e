# SPDX-License-Identifier: Apache-2.0
"""Finding a village by what people type, on the names of the demonstration city."""

import csv
from functools import cache
from pathlib import Path

import pytest

import jiayuan.data
from jiayuan.places.enums import Level
from jiayuan.places.rules import ancestors_of
from jiayuan.places.search import Entry, search


@cache
def entries() -> tuple[Entry, ...]:
    """Every division of the demonstration city."""
    made: dict[str, Entry] = {}
    with (Path(jiayuan.data.__file__).parent / "suizhou" / "divisions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            above = tuple(made[code] for code in ancestors_of(row["code"]) if code in made and code[4:6] != "00")
            made[row["code"]] = Entry(
                code=row["code"],
                level=Level(row["level"]),
                name=row["name"],
                short_name=row["short_name"],
                pinyin=row["pinyin"],
                above=above,
            )
    return tuple(made.values())


def first(text: str) -> str:
    """The name of the best hit with the town before it."""
    hit = search(entries(), text)[0]
    return " ".join([*(higher.short_name for higher in hit.above[:1]), hit.short_name])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("南郊", "曾都区 南郊街道"),
        ("nanjiao", "曾都区 南郊街道"),
        ("nan jiao", "曾都区 南郊街道"),
        ("NanJiao", "曾都区 南郊街道"),
        ("njjd", "曾都区 南郊街道"),
        ("cengdu", "随州市 曾都区"),
        ("zhangling", "广水市 长岭镇"),
        ("huantan", "随县 澴潭镇"),
        ("yunshui", "曾都区 涢水街道"),
        ("北郊 双寺", "北郊街道 双寺村"),
        ("北郊双寺", "北郊街道 双寺村"),
        ("北郊街道双寺村", "北郊街道 双寺村"),
        ("双寺", "北郊街道 双寺村"),
        ("shuangsi", "北郊街道 双寺村"),
        ("shuang si cun", "北郊街道 双寺村"),
        ("beijiao shuangsi", "北郊街道 双寺村"),
        ("bj ssc", "北郊街道 双寺村"),
        ("双寺村委会", "北郊街道 双寺村"),
        ("店子河", "洪山镇 店子河村"),
        ("lvshui", "长岗镇 绿水村"),
        ("lüshui", "长岗镇 绿水村"),
        ("421303004200", "北郊街道 双寺村"),
    ],
)
def test_what_people_type_finds_the_place(text: str, expected: str) -> None:
    assert first(text).removeprefix("随州市 ") == expected.removeprefix("随州市 ")


def test_the_two_letters_of_a_town_find_it_at_once() -> None:
    assert "南郊街道" in [hit.short_name for hit in search(entries(), "nj", limit=3)]


def test_a_name_that_occurs_five_times_comes_with_five_towns() -> None:
    hits = [hit for hit in search(entries(), "双河村") if hit.short_name == "双河村"]

    assert len(hits) == 5
    assert len({hit.above[0].short_name for hit in hits}) == 5


def test_a_town_added_to_a_common_name_leaves_one_place() -> None:
    hits = search(entries(), "余店 双河")

    assert [(hit.above[0].short_name, hit.short_name) for hit in hits] == [("余店镇", "双河村")]


def test_a_county_added_to_a_common_name_leaves_its_places_only() -> None:
    hits = search(entries(), "guangshui shuanghe")

    assert hits
    assert all(hit.code.startswith("421381") for hit in hits)


def test_a_town_alone_is_followed_by_its_villages() -> None:
    names = [hit.short_name for hit in search(entries(), "涢水街道", limit=10)]

    assert names[0] == "涢水街道"
    assert set(names[1:]) == {"涢水社区", "前进居委会", "风光社区", "白桃村", "永久村"}


@pytest.mark.parametrize("text", ["", "   ", "、、", "zzzz", "不存在的地方", "<script>", "😀", "%", "a" * 5000])
def test_nonsense_finds_nothing_and_breaks_nothing(text: str) -> None:
    assert search(entries(), text) == []


def test_the_answer_is_never_longer_than_asked() -> None:
    assert len(search(entries(), "村", limit=7)) == 7
