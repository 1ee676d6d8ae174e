# SPDX-License-Identifier: Apache-2.0
"""Reading one's notices, and nobody else's."""

from pytest_django import DjangoAssertNumQueries

from jiayuan.kernel.access import ANONYMOUS, Actor
from jiayuan.notices.enums import Pace
from jiayuan.notices.models import Notice
from jiayuan.notices.queries import inbox, pace_of, unread_count
from jiayuan.notices.services import mark_read, prefer
from tests.notices.story import NOON, SYSTEM, tell


def test_the_inbox_shows_the_newest_first_with_a_link(li: Actor) -> None:
    tell(li, position=1, number=1)
    tell(li, position=2, number=2)

    assert [notice.link for notice in inbox(li).notices] == ["/desk/cases/H2", "/desk/cases/H1"]


def test_everybody_sees_only_their_own(li: Actor, wang: Actor) -> None:
    tell(li)

    assert unread_count(wang) == unread_count(ANONYMOUS) == unread_count(SYSTEM) == 0
    assert inbox(wang).notices == inbox(ANONYMOUS).notices == inbox(SYSTEM).notices == ()


def test_pages_follow_each_other_without_gap_or_repetition(
    li: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for position in range(7):
        tell(li, position=position, number=position)
    seen, before = [], None

    while True:
        with django_assert_num_queries(1):
            page = inbox(li, before=before, size=3)
        seen += [notice.subject.id for notice in page.notices]
        before = page.older_than
        if before is None:
            break

    assert seen == [6, 5, 4, 3, 2, 1, 0]


def test_reading_lowers_the_count_once(li: Actor) -> None:
    tell(li, position=1)
    tell(li, position=2)
    chosen = [inbox(li).notices[0].id]

    assert mark_read(notice_ids=chosen, by=li, at=NOON) == 1
    assert mark_read(notice_ids=chosen, by=li, at=NOON) == 0

    assert unread_count(li) == 1
    assert [notice.is_read for notice in inbox(li).notices] == [True, False]
    assert len(inbox(li, unread_only=True).notices) == 1


def test_everything_can_be_marked_as_read_at_once(li: Actor, wang: Actor) -> None:
    for position in range(3):
        tell(li, position=position)
    tell(wang)

    assert mark_read(by=li, at=NOON) == 3

    assert (unread_count(li), unread_count(wang)) == (0, 1)


def test_nobody_marks_the_notices_of_others(li: Actor, wang: Actor) -> None:
    tell(li)

    assert mark_read(notice_ids=[Notice.objects.get().pk], by=wang, at=NOON) == 0
    assert mark_read(by=ANONYMOUS, at=NOON) == 0

    assert unread_count(li) == 1


def test_counting_stops_where_the_page_shows_no_more(li: Actor) -> None:
    for position in range(4):
        tell(li, position=position)

    assert unread_count(li, at_most=3) == 3


def test_mail_comes_at_once_until_something_else_is_chosen(li: Actor) -> None:
    assert pace_of(li) is Pace.AT_ONCE

    prefer(pace=Pace.DAILY, by=li, at=NOON)
    prefer(pace=Pace.INBOX, by=li, at=NOON)

    assert pace_of(li) is Pace.INBOX
