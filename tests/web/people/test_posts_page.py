# SPDX-License-Identifier: Apache-2.0
"""The administrator's pages through the browser."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.http import HttpResponse

from jiayuan.people.models import Account, Post
from tests.cast import DISTRICT, PASSWORD, STREET, Cast

PEOPLE, APPOINT, NEW = "/desk/people/", "/desk/people/posts/new/", "/desk/people/accounts/new/"


def appoint(cast: Cast, **changed: str) -> HttpResponse:
    given = {"person": "志愿者王", "role": "checker", "area": "东桥区", "organisation": "", "starts_on": "2025-01-03"}
    return cast["administrator"].client().post(APPOINT, given | changed)  # type: ignore[return-value]


def test_the_list_shows_what_lies_in_reach(cast: Cast) -> None:
    whole = cast["administrator"].client().get(PEOPLE).content.decode()
    street = cast["town_leader"].client().get(PEOPLE).content.decode()

    assert "孙白露" in whole
    assert "严大雪" in whole
    assert "周立春" in street
    assert "孙白露" not in street


def test_whoever_only_looks_gets_no_button(cast: Cast) -> None:
    assert APPOINT not in cast["auditor"].client().get(PEOPLE).content.decode()


def test_a_post_is_given_by_the_name_of_the_area(cast: Cast) -> None:
    answer = appoint(cast)

    assert answer.status_code == 302
    assert Post.objects.get(person_id=cast["volunteer"].person_id).area == DISTRICT


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"person": "没有此人"}, "person"),
        ({"person": "管理员金"}, "person"),
        ({"role": "emperor"}, "role"),
        ({"role": "handler"}, "organisation"),
        ({"area": "亚特兰蒂斯"}, "area"),
        ({"area": "双河村"}, "area"),
        ({"starts_on": "someday"}, "starts_on"),
        ({"ends_on": "2024-12-31"}, "ends_on"),
    ],
)
def test_what_will_not_do_comes_back_with_the_reason_beside_it(cast: Cast, changed: dict[str, str], field: str) -> None:
    answer = appoint(cast, **changed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert changed.get("person", "志愿者王") in page


def test_a_name_that_several_places_bear_is_answered_with_their_codes(cast: Cast) -> None:
    page = appoint(cast, area="双河村").content.decode()

    assert "990101100200" in page
    assert "990121100201" in page


def test_a_post_gets_its_last_day(cast: Cast) -> None:
    post = Post.objects.get(person_id=cast["grid_worker"].person_id)

    answer = cast["administrator"].client().post(f"/desk/people/posts/{post.pk}/end/", {"ends_on": "2025-01-31"})

    post.refresh_from_db()
    assert answer.status_code == 302
    assert str(post.ends_on) == "2025-01-31"


def test_an_account_is_opened_and_signs_in(cast: Cast) -> None:
    given = {"name": "赵小雪", "username": "赵小雪", "phone": "", "email": "", "password": PASSWORD}

    answer = cast["administrator"].client().post(NEW, given)

    assert answer.status_code == 302
    assert Account.objects.get(username="赵小雪").check_password(PASSWORD)


def test_a_weak_first_password_is_refused(cast: Cast) -> None:
    given = {"name": "赵小雪", "username": "赵小雪", "phone": "", "email": "", "password": "12345678"}

    answer = cast["administrator"].client().post(NEW, given)

    assert answer.status_code == 422
    assert 'id="id_password_error"' in answer.content.decode()


def test_a_page_of_posts_asks_little(cast: Cast, queries_at_most: Callable[[int], AbstractContextManager[Any]]) -> None:
    browser = cast["administrator"].client()
    browser.get(PEOPLE)

    with queries_at_most(6):
        browser.get(PEOPLE)


def test_a_district_administrator_s_wish_beyond_the_district_reads_as_a_refusal(cast: Cast) -> None:
    cast["administrator"].client().post(
        APPOINT,
        {"person": "志愿者王", "role": "administrator", "area": STREET, "organisation": "", "starts_on": "2025-01-01"},
    )

    answer = (
        cast["volunteer"]
        .client()
        .post(
            APPOINT,
            {"person": "居民李", "role": "checker", "area": DISTRICT, "organisation": "", "starts_on": "2025-01-03"},
        )
    )

    assert answer.status_code == 403
    assert "not_permitted" in answer.content.decode()
