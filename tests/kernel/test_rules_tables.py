# SPDX-License-Identifier: Apache-2.0
"""What a spreadsheet would take for a formula leaves as plain text."""

import pytest

from jiayuan.kernel.tables import harmless


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠家"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "垃圾", "1=1", "a@b", "'=1"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
