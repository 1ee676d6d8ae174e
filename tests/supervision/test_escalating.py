# SPDX-License-Identifier: Apache-2.0
"""The sweep lets levels press in turn on the work calendar; whoever answers there is told."""

from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings

from jiayuan.cases.enums import State, V
from jiayuan.kernel.access import Actor
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.notices.models import Notice
from jiayuan.supervision import events, services
from jiayuan.supervision.enums import Colour, Pattern, RaiseReason, Rung
from jiayuan.supervision.models import Escalation, Scheme, Urging
from tests.cast import Cast
from tests.factories.cases import case, move
from tests.supervision.story import CAMPAIGN, caught_up, first, issued, item_id, matter, pressed, urged

pytestmark = pytest.mark.usefixtures("offices")
SWEEP = Actor.system("test.sweep")


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of January 2025; the sheet of the story is due at the end of Friday the tenth."""
    return datetime(2025, 1, day, hour, minute, tzinfo=ZONE)


def steps() -> list[tuple[str, str]]:
    """Who took over from whom, in order."""
    return list(Escalation.objects.order_by("pk").values_list("from_rung", "to_rung"))


def test_the_county_presses_after_the_towns_working_time_and_then_the_city(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())
    assert first(sheet).rung == Rung.TOWN

    # Sixteen working hours from Monday the thirteenth end on Tuesday evening.
    assert services.escalate_due(by=SWEEP, at=moment(14, 17)) == 0
    assert services.escalate_due(by=SWEEP, at=moment(15, 9)) == 1
    assert services.escalate_due(by=SWEEP, at=moment(15, 9, 1)) == 0
    assert services.escalate_due(by=SWEEP, at=moment(17, 12)) == 1
    assert services.escalate_due(by=SWEEP, at=moment(28, 12)) == 0

    assert steps() == [("town", "county"), ("county", "city")]


def test_nobody_presses_over_a_weekend(cast: Cast) -> None:
    issued(by=cast["county_supervisor"].actor, items=matter())

    assert services.escalate_due(by=SWEEP, at=moment(12, 23)) == 0


def test_a_sweep_that_slept_for_weeks_still_skips_no_level(cast: Cast) -> None:
    issued(by=cast["county_supervisor"].actor, items=matter())

    services.escalate_due(by=SWEEP, at=moment(27, 9))
    services.escalate_due(by=SWEEP, at=moment(27, 9, 1))

    assert steps() == [("town", "county")]


def test_what_waits_for_acceptance_or_is_shelved_presses_nobody(cast: Cast) -> None:
    chief, shelved = cast["county_supervisor"].actor, case(State.HANDLING)
    answered = issued(by=chief, items=matter())
    services.feed_back(item_id=item_id(answered), measures="好了", by=cast["street_office"].actor, at=moment(9, 9))
    issued(shelved, by=chief)
    move(shelved, V.ASK_SHELVING, at=moment(9, 9))
    move(shelved, V.SHELVE, at=moment(9, 9))
    caught_up(moment(9, 9))

    assert services.escalate_due(by=SWEEP, at=moment(24, 9)) == 0


def test_the_levels_people_and_the_unit_are_told_and_nobody_above(cast: Cast) -> None:
    issued(by=cast["county_supervisor"].actor, items=matter())
    services.escalate_due(by=SWEEP, at=moment(15, 9))
    caught_up(moment(15, 9))

    told = set(Notice.objects.filter(kind=events.ItemEscalated.KIND).values_list("account_id", flat=True))
    assert told == {cast[part].account.pk for part in ("county_supervisor", "street_office", "unit_lead")}


def test_a_person_may_skip_levels_and_the_clock_goes_on_from_there(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())

    services.raise_level(
        item_id=item_id(sheet), to=Rung.CITY, reason=RaiseReason.IMPORTANT, by=cast["county_supervisor"].actor,
        at=moment(6, 9),
    )  # fmt: skip

    assert services.escalate_due(by=SWEEP, at=moment(28, 9)) == 0
    assert steps() == [("town", "city")]


def test_nothing_is_raised_to_where_it_is(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())

    with pytest.raises(Refused) as refused:
        services.raise_level(
            item_id=item_id(sheet),
            to=Rung.TOWN,
            reason=RaiseReason.ORDER,
            by=cast["town_leader"].actor,
            at=moment(6, 9),
        )

    assert refused.value.code == "not_higher"


def test_the_hours_of_each_level_are_a_setting(cast: Cast, settings: LazySettings) -> None:
    settings.ESCALATION_HOURS = {"village": 1, "town": 1, "county": 1, "city": 0}
    issued(by=cast["county_supervisor"].actor, items=matter())

    assert services.escalate_due(by=SWEEP, at=moment(13, 10)) == 1


def test_a_campaign_has_one_pattern_of_colours_for_good(cast: Cast) -> None:
    by = Actor.system("test.city")
    services.choose_pattern(campaign="clean-homes-2024", pattern=Pattern.STATE, by=by, at=moment(3, 9))
    services.choose_pattern(campaign="clean-homes-2024", pattern=Pattern.STATE, by=by, at=moment(3, 10))

    with pytest.raises(Stale):
        services.choose_pattern(campaign="clean-homes-2024", pattern=Pattern.ESCALATION, by=by, at=moment(3, 11))

    assert Scheme.objects.get().pattern == Pattern.STATE


def test_a_deadline_that_moved_moves_the_pressing_with_it(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())
    item = first(sheet)
    assert item.due_at is not None
    item.due_at += timedelta(days=14)
    item.save(update_fields=["due_at"])

    assert services.escalate_due(by=SWEEP, at=moment(20, 9)) == 0


def test_the_days_of_a_check_let_no_level_press_sooner(cast: Cast) -> None:
    found = case(State.HANDLING)
    issued(found, by=cast["county_supervisor"].actor)
    # Overdue since the tenth, fed back on Monday morning, checked for a week, sent back.
    move(found, V.FEED_BACK, at=moment(13, 9))
    caught_up(moment(13, 9))
    move(found, V.SEND_BACK, at=moment(20, 9))
    caught_up(moment(20, 9))

    assert services.escalate_due(by=SWEEP, at=moment(20, 9, 1)) == 0


def test_an_item_that_no_calendar_reaches_keeps_no_other_from_its_level(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    chief = cast["county_supervisor"].actor
    beyond = [first(issued(by=chief, items=matter())) for _ in range(2)]
    late = first(issued(by=chief, items=matter()))
    # Taken over from a time of which the calendar knows nothing; the sweep meets both first.
    for item in beyond:
        item.due_at = item.rung_since = datetime(1999, 1, 4, 9, tzinfo=ZONE)
        item.save(update_fields=["due_at", "rung_since"])

    assert services.escalate_due(by=SWEEP, at=moment(15, 9)) == 1

    assert list(Escalation.objects.values_list("item", flat=True)) == [late.pk]
    told = [
        one.getMessage() for one in caplog.records if "calendar" in one.getMessage() and "matters" in one.getMessage()
    ]
    assert len(told) == 1
    assert "2 overdue" in told[0]


def test_a_colour_that_no_calendar_reaches_keeps_no_other_from_rising(cast: Cast) -> None:
    far = urged(cast, pattern=Pattern.ESCALATION, days=3)
    near = pressed(
        first(issued(by=cast["county_supervisor"].actor, items=matter(), campaign=CAMPAIGN)),
        by=cast["county_supervisor"].actor,
        days=3,
    )
    Urging.objects.filter(pk=far.pk).update(days=2000)

    assert services.raise_unanswered(by=SWEEP, at=moment(9, 9)) == 1

    assert Urging.objects.get(pk=near.pk).colour == Colour.ORANGE
    assert Urging.objects.get(pk=far.pk).colour == Colour.BLUE
