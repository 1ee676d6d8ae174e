# SPDX-License-Identifier: Apache-2.0
"""Opening accounts at the desk."""

import pytest

from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.people.models import Account
from jiayuan.people.queries import actor_for, person_name, person_name_masked
from jiayuan.people.services import open_account
from tests.cast import MORNING, PASSWORD, Cast


def opened(
    cast: Cast,
    *,
    by: str = "administrator",
    username: str = "赵小雪",
    name: str = "赵小雪",
    phone: str = "",
    email: str = "",
) -> Account:
    return open_account(
        username=username, password=PASSWORD, name=name, phone=phone, email=email, by=cast[by].actor, at=MORNING
    )


def test_the_person_behind_an_account_has_a_name_that_outsiders_do_not_see(cast: Cast) -> None:
    account = opened(cast)

    assert account.person_id is not None
    assert person_name(account.person_id) == "赵小雪"
    assert person_name_masked(account.person_id) == "赵**"


def test_a_new_account_may_do_nothing_yet(cast: Cast) -> None:
    assert actor_for(opened(cast).pk).grants == ()


def test_without_a_password_no_password_opens_it(cast: Cast) -> None:
    account = open_account(username="赵小雪", password=None, name="赵小雪", by=cast["administrator"].actor, at=MORNING)

    assert not account.has_usable_password()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"username": "赵\u200b小雪"}, "username"),
        ({"username": "管理员金"}, "username"),
        ({"name": ""}, "name"),
        ({"name": "赵" * 41}, "name"),
        ({"name": "<script>赵</script>"}, "name"),
        ({"name": "赵😀"}, "name"),
        ({"phone": "12"}, "phone"),
        ({"email": "zhao at example"}, "email"),
    ],
)
def test_what_will_not_do_is_refused_beside_its_field(cast: Cast, given: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        opened(cast, **given)

    assert refused.value.field == field
    assert "%(" not in refused.value.message


def test_a_number_and_an_address_belong_to_one_account(cast: Cast) -> None:
    opened(cast, phone="13800138000", email="zhao@example.org")

    with pytest.raises(Refused) as number:
        opened(cast, username="赵大雪", phone="+86 138 0013 8000")
    with pytest.raises(Refused) as address:
        opened(cast, username="赵大雪", email="ZHAO@example.org")

    assert (number.value.field, address.value.field) == ("phone", "email")


@pytest.mark.parametrize("part", ["resident", "dispatcher", "auditor"])
def test_only_administrators_open_accounts(cast: Cast, part: str) -> None:
    with pytest.raises(NotPermitted):
        opened(cast, by=part)
