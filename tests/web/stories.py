# SPDX-License-Identifier: Apache-2.0
"""What the tests of the story's pages share: the cast on its ground, readers in three languages, queries that count."""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import cast
from tests.ground import ground, small_town

__all__ = ["LANGUAGES", "SHELL", "cast", "ground", "in_language", "queries_of", "small_town", "told"]

LANGUAGES = ("zh-hans", "zh-hant", "en")
SHELL = 3
_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def in_language(language: str, browser: Client | None = None) -> Client:
    """A browser whose reader chose a language."""
    found = browser or Client()
    found.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return found


def told(browser: Client, url: str, *, status: int = 200) -> str:
    """What a page says; it must answer with this status."""
    answer = browser.get(url)
    said = answer.content.decode()
    assert answer.status_code == status, said[:500]
    return said


def queries_of(browser: Client, url: str) -> list[str]:
    """The queries of a page when process and session are warm, transaction control left out."""
    told(browser, url)
    with CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as captured:
        told(browser, url)
    return [query["sql"] for query in captured if not query["sql"].lstrip().upper().startswith(_CONTROL)]
