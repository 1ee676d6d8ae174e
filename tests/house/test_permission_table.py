# SPDX-License-Identifier: Apache-2.0
"""Every address × everybody of the cast × the status they get, as a table that can be read and must be complete.

``permission_table.csv`` has a row per route: its pattern, a path that it answers, the method, and a column for the
visitor and for each of the cast. ``{post}`` stands for the acceptor's post. A new page fails here until its row is
written – by hand, since the table says who *should* come in.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from jiayuan.people.models import Post
from tests.cast import PARTS, Cast

TABLE = Path(__file__).parent / "permission_table.csv"
WHO = ("visitor", *PARTS)


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route of the site as Django writes it."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            yield here


def test_every_route_has_its_row() -> None:
    missing = set(routes(get_resolver().url_patterns)) - {row["route"] for row in rows()}

    assert not missing, f"write rows into {TABLE.name} for: {sorted(missing)}"


def test_no_row_is_left_of_a_route_that_is_gone() -> None:
    gone = {row["route"] for row in rows()} - set(routes(get_resolver().url_patterns))

    assert not gone, f"take these out of {TABLE.name}: {sorted(gone)}"


def test_the_table_knows_the_whole_cast() -> None:
    assert tuple(rows()[0])[3:] == WHO


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_in_where_the_table_says_and_nowhere_else(who: str, cast: Cast) -> None:
    post = Post.objects.get(person_id=cast["acceptor"].person_id)
    # A page that is told wrong about a row must not hide the others, so all are asked before any is judged.
    wrong = []
    for row in rows():
        got = status(who, row, cast, path=row["path"].format(post=post.pk))
        if got != int(row[who]):
            wrong.append(f"{row['method']} {row['path']}: {row[who]} expected, {got} got")

    assert not wrong, f"{who}:\n" + "\n".join(wrong)


def status(who: str, row: dict[str, str], cast: Cast, *, path: str) -> int:
    """What one person gets, in a fresh browser and without any attempt counted."""
    cache.clear()
    browser = Client() if who == "visitor" else cast[who].client()
    return int(browser.generic(row["method"], path, content_type="application/x-www-form-urlencoded").status_code)
