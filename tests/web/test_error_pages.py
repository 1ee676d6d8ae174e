# SPDX-License-Identifier: Apache-2.0
"""Nothing there, not allowed, not understood, broken: each is said in the reader's language, with a way out."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.utils import translation

WORDS = {
    404: {"zh-hans": "没有这一页", "zh-hant": "沒有這一頁", "en": "There is nothing here"},
    403: {"zh-hans": "没有提交成功", "zh-hant": "沒有提交成功", "en": "This was not sent"},
    500: {"zh-hans": "系统出了故障", "zh-hant": "系統出了故障", "en": "Something broke here"},
}
LANGUAGES = ("zh-hans", "zh-hant", "en")


def reader(language: str, *, checks: bool = False) -> Client:
    return Client(enforce_csrf_checks=checks, headers={"accept-language": language})


def said(page: Any) -> str:
    return str(page.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_address_says_so_and_shows_the_way_out(language: str) -> None:
    page = reader(language).get("/nowhere/")

    assert page.status_code == 404
    assert WORDS[404][language] in said(page)
    assert 'class="j-button is-main" href="/"' in said(page)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_cannot_be_trusted_is_refused_in_words(language: str) -> None:
    page = reader(language, checks=True).post("/report/", {"text": "x"})

    assert page.status_code == 403
    assert WORDS[403][language] in said(page)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("status", "fault"), [(400, SuspiciousOperation()), (403, PermissionDenied())])
def test_what_is_not_understood_or_not_allowed_has_a_page(language: str, status: int, fault: Exception) -> None:
    request = RequestFactory().get("/desk/")
    client = Client()
    request.session, request.user = client.session, client.get("/").wsgi_request.user
    answer: Any = get_resolver().resolve_error_handler(status)

    with translation.override(language):
        page = answer(request, exception=fault)

    assert page.status_code == status
    assert f'lang="{language}"' in said(page).replace("zh-Han", "zh-han")
    assert 'href="/desk/"' in said(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_is_answered_without_asking_the_database(language: str) -> None:
    answer: Any = get_resolver().resolve_error_handler(500)

    with translation.override(language):
        page = answer(RequestFactory().get("/"))

    assert page.status_code == 500
    assert WORDS[500][language] in said(page)
