# SPDX-License-Identifier: Apache-2.0
"""What changed between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from jiayuan.cases.rules.differences import Change, Piece, differences

TEXTS = st.text(alphabet="扫净ab \n", max_size=60)


def test_a_changed_character_is_shown_alone() -> None:
    assert differences("两天内清走\n第二行", "三天内清走\n第二行") == [
        Piece(Change.OUT, "两"),
        Piece(Change.IN, "三"),
        Piece(Change.SAME, "天内清走\n第二行"),
    ]


def test_a_latin_word_changes_as_a_whole() -> None:
    assert Piece(Change.OUT, "cleared") in differences("is cleared", "is cleaned")


def test_the_same_text_has_nothing_new() -> None:
    assert differences("一样", "一样") == [Piece(Change.SAME, "一样")]


@given(TEXTS, TEXTS)
def test_the_pieces_hold_both_texts_whole(before: str, after: str) -> None:
    pieces = differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.change is not Change.IN) == before
    assert "".join(piece.text for piece in pieces if piece.change is not Change.OUT) == after
