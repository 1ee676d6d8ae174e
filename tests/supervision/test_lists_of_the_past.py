# SPDX-License-Identifier: Apache-2.0
"""Lists of a season that is over: they fit into the lives of their cases, and tell nobody."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jiayuan.cases.enums import State
from jiayuan.kernel.access import Actor
from jiayuan.notices.models import Notice
from jiayuan.record.queries import happened_to
from jiayuan.supervision import events, queries, services
from jiayuan.supervision.enums import SheetKind
from jiayuan.supervision.models import Item, Sheet
from tests.cast import MORNING, Cast
from tests.factories.cases import case
from tests.supervision.story import caught_up

pytestmark = pytest.mark.usefixtures("offices")
BY = Actor.system("test.past")


def closed_cases(n: int, days_ago: int = 60) -> None:
    """Cases of 桥头街道 that took more than a day, closed weeks ago."""
    for _ in range(n):
        case(State.CLOSED, at=MORNING - timedelta(days=days_ago + 40), late=True)


def test_a_list_fits_into_the_lives_of_its_cases(cast: Cast) -> None:
    closed_cases(9)

    found = queries.lists_of_the_past(until=MORNING, wanted=5, seed=1)

    assert found
    for past in found:
        assert 3 <= len(past.cases) <= 8
        for one in past.cases:
            assert one.dispatched_at is not None
            assert one.fed_back_at is not None
            assert one.dispatched_at < past.issued_at < one.fed_back_at
    listed = [one.pk for past in found for one in past.cases]
    assert len(listed) == len(set(listed))


def test_the_same_seed_plans_the_same_lists(cast: Cast) -> None:
    closed_cases(9)

    once = queries.lists_of_the_past(until=MORNING, wanted=5, seed=7)

    assert queries.lists_of_the_past(until=MORNING, wanted=5, seed=7) == once


def test_it_is_written_with_its_number_of_the_year_its_events_and_a_balance_that_closes(cast: Cast) -> None:
    closed_cases(4)
    past = queries.lists_of_the_past(until=MORNING, wanted=1, seed=1)[0]

    sheet = services.load_past(past=past, office="YXQB-DQ", number=1, by=BY, at=MORNING)

    year = past.issued_at.year
    assert sheet.number == f"东清办清〔{year}〕1号"
    balance = queries.balances_of([sheet.pk], now=MORNING)[sheet.pk]
    assert balance.total == len(past.cases) == balance.struck + balance.in_progress
    told = [type(item.event) for item in happened_to(sheet.ref)]
    assert told[:3] == [events.SheetDrafted, events.SheetIssued, events.SheetSigned]
    assert told.count(events.ItemStruckOff) == balance.struck
    assert Item.objects.filter(struck_at__isnull=False, fed_back_at__isnull=True).count() == 0
    assert queries.figures_of(kind=SheetKind.LIST, until=MORNING, office="YXQB-DQ").issued == 1


def test_history_is_no_news_for_anybody(cast: Cast) -> None:
    closed_cases(4)
    caught_up(MORNING)
    before = Notice.objects.count()
    past = queries.lists_of_the_past(until=MORNING, wanted=1, seed=1)[0]
    services.load_past(past=past, office="YXQB-DQ", number=1, by=BY, at=MORNING)

    caught_up(MORNING)

    assert Sheet.objects.count() == 1
    assert Notice.objects.count() == before


def test_the_figures_are_told_for_any_day_with_their_definition(cast: Cast) -> None:
    closed_cases(4)
    past = queries.lists_of_the_past(until=MORNING, wanted=1, seed=1)[0]
    services.load_past(past=past, office="YXQB-DQ", number=1, by=BY, at=MORNING)
    said = StringIO()

    call_command("supervision", "figures", "--as-of", "2025-01-03", "--office", "YXQB-DQ", "--json", stdout=said)

    told = json.loads(said.getvalue())
    assert (told["lists"], told["words"], told["due"]) == (1, "1份", len(past.cases))
    assert told["struck_off"] <= told["due"]
    assert "÷" in told["definition"]


def test_nothing_due_is_no_rate_and_no_office_is_refused(cast: Cast) -> None:
    said = StringIO()

    call_command("supervision", "figures", "--as-of", "2024-09-01", stdout=said)

    assert "–" in said.getvalue()
    with pytest.raises(CommandError):
        call_command("supervision", "figures", "--office", "KEINE")
