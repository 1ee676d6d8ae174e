# SPDX-License-Identifier: Apache-2.0
"""Ending posts."""

from datetime import timedelta

import pytest

from jiayuan.cases.access import May
from jiayuan.kernel.access import Spot, may
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.people.models import Post
from jiayuan.people.queries import actor_for
from jiayuan.people.services import end_post
from tests.cast import COMMUNITY, MORNING, Cast

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)


def post_of(cast: Cast, part: str) -> Post:
    return Post.objects.get(person_id=cast[part].person_id)


def test_a_post_gives_nothing_after_its_last_day(cast: Cast) -> None:
    end_post(post_id=post_of(cast, "acceptor").pk, ends_on=TODAY, by=cast["administrator"].actor, at=MORNING)

    account = cast["acceptor"].account.pk
    assert may(actor_for(account, on=TODAY), May.TRIAGE, at=Spot(code=COMMUNITY))
    assert not actor_for(account, on=TOMORROW).is_staff


def test_a_last_day_can_be_moved_forward_and_not_back(cast: Cast) -> None:
    post = post_of(cast, "acceptor")
    by = cast["administrator"].actor
    end_post(post_id=post.pk, ends_on=TOMORROW, by=by, at=MORNING)

    with pytest.raises(Refused) as refused:
        end_post(post_id=post.pk, ends_on=TOMORROW, by=by, at=MORNING)

    assert refused.value.code == "ends_already"
    assert end_post(post_id=post.pk, ends_on=TODAY, by=by, at=MORNING).ends_on == TODAY


def test_a_post_does_not_end_before_it_began(cast: Cast) -> None:
    post = post_of(cast, "acceptor")

    with pytest.raises(Refused) as refused:
        end_post(
            post_id=post.pk,
            ends_on=post.starts_on - timedelta(days=1),
            by=cast["administrator"].actor,
            at=MORNING,
        )

    assert refused.value.field == "ends_on"


@pytest.mark.parametrize("part", ["resident", "dispatcher", "auditor", "mayor"])
def test_only_administrators_end_posts(cast: Cast, part: str) -> None:
    with pytest.raises(NotPermitted):
        end_post(post_id=post_of(cast, "acceptor").pk, ends_on=TODAY, by=cast[part].actor, at=MORNING)


def test_a_post_that_is_none_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        end_post(post_id=0, ends_on=TODAY, by=cast["administrator"].actor, at=MORNING)

    assert refused.value.code == "no_post"
