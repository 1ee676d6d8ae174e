# SPDX-License-Identifier: Apache-2.0
"""Residents' sentences find their tile, and the scorer can say why."""

from collections.abc import Iterator
from csv import DictReader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.standards.rules.plain_words import TileWord, WordTable

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src" / "jiayuan" / "data" / "standards"
HELD_OUT = ROOT / "tests" / "data" / "plain_words_holdout.csv"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def _words() -> Iterator[TileWord]:
    for row in _rows(SHIPPED / "tile_words.csv"):
        for word in filter(None, (row["word"], row["word_hant"])):
            yield TileWord(row["tile"], word, int(row["weight"]))


TABLE = WordTable(_words())


def _share_found(path: Path) -> float:
    rows = _rows(path)
    hits = [row for row in rows if (found := TABLE.guesses(row["sentence"])) and found[0].tile == row["tile"]]
    return len(hits) / len(rows)


def test_eight_of_ten_shipped_sentences_find_their_tile() -> None:
    assert len(_rows(SHIPPED / "plain_words.csv")) >= 60
    assert _share_found(SHIPPED / "plain_words.csv") >= 0.8


def test_eight_of_ten_sentences_that_the_words_never_saw_find_their_tile() -> None:
    assert len(_rows(HELD_OUT)) == 40
    assert _share_found(HELD_OUT) >= 0.8


def test_no_held_out_sentence_is_among_the_shipped_ones() -> None:
    held_out = {row["sentence"] for row in _rows(HELD_OUT)}

    assert not held_out & {row["sentence"] for row in _rows(SHIPPED / "plain_words.csv")}


@pytest.mark.parametrize("column", ["name", "name_hant"])
def test_a_tile_typed_by_its_own_name_is_found(column: str) -> None:
    for row in _rows(SHIPPED / "tiles.csv"):
        assert TABLE.guesses(row[column])[0].tile == row["tile"]


@pytest.mark.parametrize("text", ["臭水沟", "臭 水 沟!!!", "臭水溝"])
def test_spaces_marks_and_traditional_characters_do_not_matter(text: str) -> None:
    assert TABLE.guesses(text)[0].tile == "water"


def test_a_text_without_a_known_word_gives_no_guess() -> None:
    assert TABLE.guesses("你们几点上班") == ()
    assert TABLE.guesses("") == ()


def test_a_word_inside_a_longer_one_counts_once() -> None:
    table = WordTable([TileWord("bins", "垃圾", 3), TileWord("bins", "垃圾桶", 3)])

    guess = table.guesses("垃圾桶满了,垃圾桶")[0]

    assert (guess.score, guess.words) == (3, ("垃圾桶",))


def test_a_star_bridges_a_few_characters_and_no_more() -> None:
    table = WordTable([TileWord("heaps", "堆*沙", 5)])

    assert table.guesses("门口堆了半车沙")
    assert not table.guesses("堆在村里那条最长最宽的大路边上的沙")


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    guesses = TABLE.guesses(text)

    assert [guess.score for guess in guesses] == sorted((guess.score for guess in guesses), reverse=True)
