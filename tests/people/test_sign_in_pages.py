# SPDX-License-Identifier: Apache-2.0
"""Every page of signing in, in three languages: it opens, stands in our shell and leaves no English in Chinese."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast

FOR_VISITORS = (
    "/account/login/",
    "/account/login/code/",
    "/account/signup/",
    "/account/inactive/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-x/",
    "/account/password/reset/key/done/",
    "/account/confirm-email/",
    "/account/confirm-email/x/",
)
FOR_ACCOUNTS = (
    "/account/logout/",
    "/account/email/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
)
LANGUAGES = ("zh-hans", "zh-hant", "en")
# What is called so in every language, and the secret that the authenticator page spells out.
KEPT = re.compile(r"QR|<code>.*?</code>")
SIMPLIFIED_ONLY = re.compile("[账码邮验证录发设请输]")


def words_of(page: str) -> str:
    """The words of a page's own part, without the frame around it and without markup."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main
    return unescape(re.sub(r"<[^>]+>", " ", KEPT.sub("", main[0])))


def browser_in(language: str) -> Client:
    cache.clear()
    return Client(headers={"accept-language": language})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FOR_VISITORS)
def test_a_visitors_page_speaks_the_language(db: None, path: str, language: str) -> None:
    check(browser_in(language), path, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_an_account_speak_the_language(cast: Cast, language: str) -> None:
    browser = browser_in(language)
    browser.post("/account/login/", {"login": cast["resident"].account.username, "password": PASSWORD})
    browser.post("/account/reauthenticate/", {"password": PASSWORD})

    for path in FOR_ACCOUNTS:
        check(browser, path, language)


def check(browser: Client, path: str, language: str) -> None:
    answer = browser.get(path, follow=True)
    page = answer.content.decode()

    assert answer.status_code == 200, path
    assert f'<html lang="{language}"' in page
    spoken = words_of(page)
    if language == "en":
        assert not re.search(r"[\u4e00-\u9fff]", spoken.replace("居民李", "")), (path, spoken)
    else:
        assert not re.search(r"[A-Za-z]{3,}", spoken), (path, spoken)
    if language == "zh-hant":
        assert not SIMPLIFIED_ONLY.search(spoken), (path, spoken)
