# SPDX-License-Identifier: Apache-2.0
"""Whatever the demonstration shows says that it is one."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from jiayuan.site.config import Config
from tests.house.test_pages_have_guards import PAGES

MARK = "演示数据"
# What answers with a part of a page for a script, a picture or a way on shows no page of its own.
PARTS_OF_PAGES = {"find_places", "find_same"}
PUBLIC = [
    (address, page)
    for address, page in PAGES
    if getattr(page, "guard", "") == "public" and "<" not in address and page.__name__ not in PARTS_OF_PAGES
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for address, _ in PUBLIC])
def test_every_public_page_of_the_demonstration_is_marked(client: Client, address: str) -> None:
    answer = client.get(f"/{address}", headers={"accept-language": "zh-hans"})

    assert answer.status_code < 500
    if answer.content:
        assert MARK in answer.content.decode()
    else:
        assert answer.status_code in (302, 405), "without a page it leads on or takes only what is sent"


@pytest.mark.django_db
def test_the_page_for_signing_in_is_marked_too(client: Client) -> None:
    assert MARK in client.get(reverse("account_login"), headers={"accept-language": "zh-hans"}).content.decode()


def test_the_demonstrations_clock_is_refused_outside_the_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings refuse it while they are read; here only the condition stands, for they can be read but once."""
    assert settings.DEMO_OFFSET_SECONDS == 0
    assert Config.model_fields["demo_offset_seconds"].default == 0


def test_there_are_public_pages() -> None:
    assert len(PUBLIC) >= 2
    with pytest.raises(NoReverseMatch):
        reverse("a_page_that_is_not")
