# SPDX-License-Identifier: Apache-2.0
"""Signing in as people do: by name, number or address, with a password or a code; and what a stranger learns."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from jiayuan.people.models import Account
from jiayuan.people.services import open_account
from jiayuan.record.models import StoredEvent
from tests.cast import MORNING, PASSWORD, SYSTEM, Cast

LOGIN, CODE, CONFIRM, SIGN_UP = (
    "/account/login/",
    "/account/login/code/",
    "/account/login/code/confirm/",
    "/account/signup/",
)
ERRORS = re.compile(r'<div class="j-errors.*?</div>', re.DOTALL)


@pytest.fixture(autouse=True)
def _no_attempt_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def zhang(db: None) -> Account:
    """张三, who can be reached in every way."""
    return open_account(
        username="张三",
        password=PASSWORD,
        name="张三",
        phone="138 0013 8000",
        email="Zhang@example.org",
        by=SYSTEM,
        at=MORNING,
    )


def sign_in(client: Client, login: str, password: str = PASSWORD) -> HttpResponse:
    return client.post(LOGIN, {"login": login, "password": password})  # type: ignore[return-value]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "login",
    [
        "张三",
        " 张三 ",
        "zhang@example.org",
        "ZHANG@example.org",
        "13800138000",
        "+86 138 0013 8000",
        "１３８００１３８０００",
    ],
)
def test_a_person_signs_in_with_whatever_they_know_of_themselves(client: Client, zhang: Account, login: str) -> None:
    answer = sign_in(client, login)

    assert answer.status_code == 302
    assert is_signed_in(client)


def test_a_full_width_user_name_is_the_same_name(client: Client, db: None) -> None:
    open_account(username="ｗａｎｇ２０２５", password=PASSWORD, name="王小满", by=SYSTEM, at=MORNING)

    sign_in(client, "WANG2025")

    assert is_signed_in(client)


def test_staff_land_on_the_desk_and_residents_on_the_front_page(cast: Cast) -> None:
    assert sign_in(Client(), cast["acceptor"].account.username)["Location"] == "/desk/"
    assert sign_in(Client(), cast["resident"].account.username)["Location"] == "/"


def test_a_page_asked_for_before_signing_in_comes_after_it(client: Client, zhang: Account) -> None:
    answer = client.post(f"{LOGIN}?next=/report/", {"login": "张三", "password": PASSWORD, "next": "/report/"})

    assert answer["Location"] == "/report/"


def test_nobody_is_sent_to_a_foreign_site(client: Client, zhang: Account) -> None:
    answer = client.post(LOGIN, {"login": "张三", "password": PASSWORD, "next": "https://evil.example/"})

    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("known", "unknown"),
    [("张三", "李四"), ("zhang@example.org", "li@example.org"), ("13800138000", "13900139000")],
)
def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(
    client: Client, zhang: Account, known: str, unknown: str
) -> None:
    told = [ERRORS.findall(sign_in(client, login, "wrong-wrong").content.decode()) for login in (known, unknown)]

    assert told[0]
    assert told[0] == told[1]


def test_a_closed_account_does_not_open(client: Client, zhang: Account) -> None:
    Account.objects.filter(pk=zhang.pk).update(is_active=False)

    sign_in(client, "张三")

    assert not is_signed_in(client)


def test_after_five_wrong_passwords_even_the_right_one_waits(client: Client, zhang: Account) -> None:
    for _ in range(5):
        sign_in(client, "张三", "wrong-wrong")

    answer = sign_in(client, "张三")

    assert not is_signed_in(client)
    assert ERRORS.search(answer.content.decode())


def test_a_code_sent_by_mail_signs_in(client: Client, zhang: Account) -> None:
    client.post(CODE, {"email": "zhang@example.org"})
    code = re.search(r"^[A-Z0-9-]{6,}$", str(mail.outbox[0].body), re.MULTILINE)
    assert code

    client.post(CONFIRM, {"code": code[0]})

    assert is_signed_in(client)


def test_a_code_for_a_phone_is_printed_where_the_demonstration_runs(
    client: Client, zhang: Account, caplog: pytest.LogCaptureFixture
) -> None:
    client.post(CODE, {"phone": "13800138000"})
    code = caplog.messages[-1].rsplit(": ", 1)[1]

    client.post(CONFIRM, {"code": code})

    assert is_signed_in(client)


def test_without_a_text_gateway_no_phone_is_asked_for(client: Client, db: None, settings: Any) -> None:
    settings.TEXTS_TO_CONSOLE = False

    assert 'name="phone"' not in client.get(CODE).content.decode()


def test_whoever_asks_for_a_code_does_not_learn_whether_there_is_an_account(client: Client, zhang: Account) -> None:
    asked = [Client(), Client()]
    answers = [
        browser.post(CODE, {"email": address})
        for browser, address in zip(asked, ("zhang@example.org", "nobody@example.org"), strict=True)
    ]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, CONFIRM)] * 2
    pages = [browser.get(CONFIRM).content.decode().replace("nobody@", "zhang@") for browser in asked]
    assert without_tokens(pages[0]) == without_tokens(pages[1])


def without_tokens(page: str) -> str:
    """A page without what differs from visit to visit."""
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', "", page)


def test_three_wrong_codes_end_the_attempt(client: Client, zhang: Account) -> None:
    client.post(CODE, {"email": "zhang@example.org"})
    for _ in range(3):
        answer = client.post(CONFIRM, {"code": "WRONG1"})

    assert answer.status_code == 302
    assert not is_signed_in(client)


def test_a_visitor_opens_an_account_and_the_record_knows(client: Client, db: None) -> None:
    answer = client.post(SIGN_UP, {"username": "李春花", "email": "", "password1": PASSWORD})

    assert answer.status_code == 302
    account = Account.objects.get(username="李春花")
    assert account.person_id is None
    assert StoredEvent.objects.filter(kind="people.account_opened", subject_id=account.pk).exists()


@pytest.mark.parametrize("name", ["张", "张三😀", "张\u200b三", "<b>张三</b>", "13800138000", "a" * 21])
def test_a_name_that_will_not_do_comes_back_with_the_reason_beside_it(client: Client, db: None, name: str) -> None:
    answer = client.post(SIGN_UP, {"username": name, "email": "", "password1": PASSWORD})

    assert answer.status_code == 200
    assert ERRORS.search(answer.content.decode())
    assert not Account.objects.exists()


def test_a_name_somebody_has_in_other_letters_is_taken(client: Client, db: None) -> None:
    open_account(username="wang2025", password=PASSWORD, name="王小满", by=SYSTEM, at=MORNING)

    client.post(SIGN_UP, {"username": "ＷＡＮＧ2025", "email": "", "password1": PASSWORD})

    assert Account.objects.count() == 1


def test_signing_out_takes_a_press_of_a_button(client: Client, zhang: Account) -> None:
    client.force_login(zhang)

    client.get("/account/logout/")
    assert is_signed_in(client)
    client.post("/account/logout/")
    assert not is_signed_in(client)


def test_a_forgotten_password_is_chosen_anew_through_the_mail(client: Client, zhang: Account) -> None:
    client.post("/account/password/reset/", {"email": "zhang@example.org"})
    found = re.search(r"/account/password/reset/key/\S+", str(mail.outbox[0].body))
    assert found
    page = client.get(found[0], follow=True)
    form = page.redirect_chain[-1][0]

    client.post(form, {"password1": "码整齐-放屋后-2026", "password2": "码整齐-放屋后-2026"})

    sign_in(client, "张三", "码整齐-放屋后-2026")
    assert is_signed_in(client)
