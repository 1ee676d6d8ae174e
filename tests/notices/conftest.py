# SPDX-License-Identifier: Apache-2.0
"""Two readers and the kinds of notices they get."""

from collections.abc import Iterator

import pytest

from jiayuan.kernel.access import Actor
from jiayuan.notices.enums import Channel, Urgency
from jiayuan.notices.kinds import NoticeKind, Params, hold_kinds, kinds
from jiayuan.people.models import Account


def in_full(params: Params) -> dict[str, object]:
    return {**params, "what": {"R01": "rubbish heap"}[str(params["class"])]}


def case_page(params: Params) -> str:
    return f"/desk/cases/{params['handle']}"


DISPATCHED = NoticeKind(
    code="cases.dispatched",
    sentence="%(what)s %(handle)s is yours to deal with.",
    words=in_full,
    link=case_page,
    sample={"what": "rubbish heap", "handle": "H0"},
)
FLOOD = NoticeKind(code="cases.flood", sentence="Water at %(handle)s.", urgency=Urgency.EMERGENCY)
QUIETLY = NoticeKind(code="cases.closed", sentence="%(handle)s is closed.", channels=frozenset({Channel.IN_APP}))
TOLD = NoticeKind(
    code="told.cases.filed",
    sentence="Your report %(handle)s was taken on",
    link=lambda params: f"/r/{params['handle']}/",
    channels=frozenset({Channel.IN_APP, Channel.EMAIL, Channel.SMS}),
    sample={"handle": "H0"},
)


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    held = kinds()
    hold_kinds([DISPATCHED, FLOOD, QUIETLY, TOLD])
    yield
    hold_kinds(held)


@pytest.fixture
def li(db: None) -> Actor:
    """A handler with an e-mail address who reads English."""
    account = Account.objects.create(username="li", email="li@example.org", language="en")
    return Actor(account_id=account.pk)


@pytest.fixture
def wang(db: None) -> Actor:
    """Somebody else, without an address."""
    return Actor(account_id=Account.objects.create(username="wang").pk)
