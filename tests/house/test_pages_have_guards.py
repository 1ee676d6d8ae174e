# SPDX-License-Identifier: Apache-2.0
"""No page without a guard: every address of ours says who may open it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from jiayuan.kernel.access import Permission, roles


def pages(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address below the root with the page behind it."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from pages(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


PAGES = [(address, page) for address, page in pages() if page.__module__.startswith("jiayuan.")]


def test_there_are_pages() -> None:
    assert len(PAGES) > 5


@pytest.mark.parametrize(("address", "page"), PAGES, ids=[address or "/" for address, _ in PAGES])
def test_a_page_says_who_may_open_it(address: str, page: Callable[..., Any]) -> None:
    guard = getattr(page, "guard", None)

    assert guard in ("public", "signed_in") or isinstance(guard, Permission), f"/{address} has no guard"
    if isinstance(guard, Permission):
        assert any(guard in role.permissions for role in roles())


def test_pages_below_the_desk_are_never_public() -> None:
    assert [address for address, page in PAGES if address.startswith("desk/") and page.guard == "public"] == []  # type: ignore[attr-defined]


def test_pages_of_others_are_those_of_sign_in_and_language() -> None:
    foreign = {page.__module__.split(".")[0] for _, page in pages()} - {"jiayuan"}

    assert foreign <= {"allauth", "django"}
