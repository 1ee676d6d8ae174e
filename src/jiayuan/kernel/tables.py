# SPDX-License-Identifier: Apache-2.0
"""Values as cells of a table that somebody opens in a spreadsheet, where a text may turn into a formula. Pure."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_APOSTROPHE = "'"


def harmless(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would read it as a formula; else as it is."""
    return f"{_APOSTROPHE}{text}" if text.startswith(_STARTS) else text
