# SPDX-License-Identifier: Apache-2.0
"""The authenticator of staff: offered in the demonstration, demanded in production, encrypted always."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast, Member

ACTIVATE = "/account/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def _no_attempt_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def signed_in(member: Member) -> Client:
    """A browser in which the member has typed the password a moment ago."""
    browser = Client()
    browser.post("/account/login/", {"login": member.account.username, "password": PASSWORD})
    return browser


def digits(secret: str) -> str:
    """What an authenticator app shows at this moment."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def set_up(browser: Client) -> str:
    """Set an authenticator up, for which the password is asked once more, and give its secret."""
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    found = re.search(r"<code>([A-Z2-7]+)</code>", browser.get(ACTIVATE).content.decode())
    assert found
    answer = browser.post(ACTIVATE, {"code": digits(found[1])})
    assert answer.status_code == 302
    return found[1]


def test_where_it_is_offered_staff_work_without_it(cast: Cast) -> None:
    assert signed_in(cast["administrator"]).get("/desk/people/").status_code == 200


def test_where_it_is_demanded_staff_are_sent_to_set_it_up(cast: Cast, settings: Any) -> None:
    settings.STAFF_MFA = "required"

    answer = signed_in(cast["administrator"]).get("/desk/people/")

    assert (answer.status_code, answer["Location"]) == (302, ACTIVATE)


def test_until_then_a_post_gives_nothing_outside_the_desk_either(cast: Cast, settings: Any) -> None:
    settings.STAFF_MFA = "required"
    answer = signed_in(cast["administrator"]).get("/")

    actor = answer.wsgi_request.actor  # type: ignore[attr-defined]

    assert actor.account_id == cast["administrator"].account.pk
    assert not actor.is_staff


def test_once_set_up_the_desk_opens(cast: Cast, settings: Any) -> None:
    settings.STAFF_MFA = "required"
    browser = signed_in(cast["administrator"])

    set_up(browser)

    assert browser.get("/desk/people/").status_code == 200


def test_residents_are_not_asked_for_it(cast: Cast, settings: Any) -> None:
    settings.STAFF_MFA = "required"

    assert signed_in(cast["resident"]).get("/desk/people/").status_code == 403


def test_the_next_sign_in_asks_for_the_digits(cast: Cast) -> None:
    secret = set_up(signed_in(cast["administrator"]))

    browser = signed_in(cast["administrator"])
    assert "_auth_user_id" not in browser.session
    cache.clear()  # a code counts once; here the same half minute stands still
    browser.post("/account/2fa/authenticate/", {"code": digits(secret)})

    assert "_auth_user_id" in browser.session


def test_the_secret_is_not_in_the_database_in_the_clear(cast: Cast) -> None:
    secret = set_up(signed_in(cast["administrator"]))

    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored


def test_staff_do_not_take_it_off_where_it_is_demanded(cast: Cast, settings: Any) -> None:
    settings.STAFF_MFA = "required"
    browser = signed_in(cast["administrator"])
    set_up(browser)

    browser.post("/account/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(type="totp").exists()
