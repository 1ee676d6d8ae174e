# SPDX-License-Identifier: Apache-2.0
"""Who is meant by the names in a note."""

from collections.abc import Iterable


def named_in(body: str, *, names: Iterable[str]) -> frozenset[str]:
    """The names that stand in a text with @ before them. Who is called 王伟 is not meant where 王伟明 stands."""
    found = set()
    for name in sorted({name for name in names if name}, key=len, reverse=True):
        left = body.replace(f"@{name}", "\n")
        if left != body:
            found.add(name)
        body = left
    return frozenset(found)
