# SPDX-License-Identifier: Apache-2.0
"""Supervision sheets: numbered, answered, judged; colours rise one by one and never by mistake."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from jiayuan.kernel.access import Actor
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.notices.models import Notice
from jiayuan.papers import queries as papers
from jiayuan.record.queries import happened_to
from jiayuan.supervision import events, queries, services
from jiayuan.supervision.enums import (
    Colour,
    G,
    Pattern,
    RaiseReason,
    Unmet,
    UrgeReason,
    UrgingState,
    VoidReason,
)
from jiayuan.supervision.intake import UrgingInput
from jiayuan.supervision.models import ItemText, Scheme, Sheet, Urging, UrgingStep
from jiayuan.supervision.services import SheetId, UrgingId
from tests.cast import Cast
from tests.factories.cases import QUARTER
from tests.supervision.story import CAMPAIGN, NOON, OFFICE, caught_up, item_id, matter, next_id, pressed, urged
from tests.supervision.story import issued as issued_sheet

pytestmark = pytest.mark.usefixtures("offices")
LATER = NOON + QUARTER
SWEEP = Actor.system("test.sweep")


def moment(day: int, hour: int = 9) -> datetime:
    """A moment of January 2025."""
    return datetime(2025, 1, day, hour, tzinfo=ZONE)


def fresh(made: Urging) -> Urging:
    return Urging.objects.get(pk=made.pk)


def colours(made: Urging) -> list[str]:
    """The colours that a sheet went through, in order."""
    return list(UrgingStep.objects.filter(urging=made).order_by("pk").values_list("to_colour", flat=True))


def test_a_supervision_sheet_has_a_number_and_a_paper_of_its_own(cast: Cast) -> None:
    made = urged(cast)

    paper = papers.paper_by_id(made.paper_id or 0)
    assert made.number == "东清办督〔2025〕1号"
    assert paper is not None
    told = "".join(paper.document.texts())
    assert Sheet.objects.get().number in told
    assert "桥头街道" in told
    assert papers.papers_about(made.ref)[0].id == made.paper_id


def test_the_unit_has_its_working_days_to_reply(cast: Cast) -> None:
    made = urged(cast, days=3)

    # Friday 3 January: three working days end on Wednesday the eighth.
    assert made.reply_due_at == datetime(2025, 1, 8, 23, 59, 59, tzinfo=ZONE)


def test_one_matter_has_one_open_sheet(cast: Cast) -> None:
    made = urged(cast)

    with pytest.raises(Stale) as refused:
        pressed(made.item, by=cast["county_supervisor"].actor, at=LATER)

    assert (refused.value.code, refused.value.facts["number"]) == ("urged", made.number)
    assert Urging.objects.count() == 1


def test_the_database_refuses_a_second_open_sheet(cast: Cast) -> None:
    made = urged(cast)
    again = fresh(made)
    again.pk, again.handle, again.client_id, again.number, again.paper_id = None, "0000000000A", next_id(), "", None

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_the_same_form_sent_twice_makes_one_sheet(cast: Cast) -> None:
    item = issued_sheet(by=cast["county_supervisor"].actor, items=matter()).items.get()
    told = UUID(int=7, version=4)

    once = pressed(item, by=cast["county_supervisor"].actor, client_id=told)
    again = pressed(item, by=cast["county_supervisor"].actor, client_id=told)

    assert once.pk == again.pk


def test_a_reply_can_be_erased_and_is_accepted_or_not(cast: Cast) -> None:
    made = urged(cast)
    services.reply(urging_id=UrgingId(made.pk), text="运力不足，已加派两车。", by=cast["street_office"].actor, at=LATER)
    services.refuse_reply(
        urging_id=UrgingId(made.pk), reason=Unmet.PARTLY, note="还差一处。", by=cast["checker"].actor, at=LATER
    )
    assert fresh(made).state == UrgingState.OPEN
    services.reply(urging_id=UrgingId(made.pk), text="那一处也清了。", by=cast["unit_lead"].actor, at=LATER)
    services.accept_reply(urging_id=UrgingId(made.pk), by=cast["checker"].actor, at=LATER)

    told = next(one.event for one in happened_to(made.ref) if isinstance(one.event, events.UrgingReplied))
    assert ItemText.objects.get(pk=told.text_id or 0).body == "运力不足，已加派两车。"
    assert fresh(made).state == UrgingState.ACCEPTED


@pytest.mark.parametrize("part", ["street_office", "unit_lead", "town_leader", "mayor", "outsider", "checker"])
def test_only_who_issues_there_presses(cast: Cast, part: str) -> None:
    item = issued_sheet(by=cast["county_supervisor"].actor, items=matter()).items.get()

    with pytest.raises(NotPermitted):
        pressed(item, by=cast[part].actor)


@pytest.mark.parametrize("part", ["street_office", "unit_lead", "town_leader", "mayor", "outsider"])
def test_only_the_issuing_side_judges_a_reply(cast: Cast, part: str) -> None:
    made = urged(cast)
    services.reply(urging_id=UrgingId(made.pk), text="好了。", by=cast["street_office"].actor, at=LATER)

    with pytest.raises(NotPermitted):
        services.accept_reply(urging_id=UrgingId(made.pk), by=cast[part].actor, at=LATER)


# ── colours ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_choice_the_first_sheet_settles_that_colours_say_how_an_item_stands(cast: Cast) -> None:
    made = urged(cast, campaign=CAMPAIGN)

    assert (made.pattern, made.colour) == (Pattern.STATE, Colour.NONE)
    assert Scheme.objects.get().pattern == Pattern.STATE
    with pytest.raises(Stale):
        services.choose_pattern(campaign=CAMPAIGN, pattern=Pattern.ESCALATION, by=SWEEP, at=LATER)


def test_where_colours_say_how_an_item_stands_a_sheet_has_none(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        urged(cast, campaign=CAMPAIGN, colour=Colour.BLUE)
    made = urged(cast, campaign=CAMPAIGN)

    assert (refused.value.code, refused.value.field) == ("other_pattern", "colour")
    with pytest.raises(Refused) as raised:
        services.raise_colour(urging_id=UrgingId(made.pk), by=cast["checker"].actor, at=LATER)
    assert raised.value.code == "other_pattern"
    assert queries.moves_of_urging(cast["checker"].actor, made) == ()


@pytest.mark.parametrize(
    ("pattern", "colour"), [("state", "blue"), ("state", "red"), ("escalation", ""), ("escalation", "yellow")]
)
def test_the_database_mixes_no_patterns(cast: Cast, pattern: str, colour: str) -> None:
    made = urged(cast, pattern=Pattern.ESCALATION)

    with pytest.raises(IntegrityError), transaction.atomic():
        Urging.objects.filter(pk=made.pk).update(pattern=pattern, colour=colour)


@pytest.mark.parametrize("colour", [Colour.YELLOW])
def test_yellow_belongs_to_the_other_pattern(cast: Cast, colour: Colour) -> None:
    with pytest.raises(Refused) as refused:
        urged(cast, pattern=Pattern.ESCALATION, colour=colour)

    assert refused.value.code == "other_pattern"


def test_a_sheet_begins_blue_and_higher_only_with_a_reason(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        urged(cast, pattern=Pattern.ESCALATION, colour=Colour.RED)
    blue = urged(cast, pattern=Pattern.ESCALATION)
    red = urged(cast, pattern=Pattern.ESCALATION, colour=Colour.RED, raise_reason=RaiseReason.DANGER)

    assert refused.value.field == "raise_reason"
    assert (colours(blue), colours(red)) == (["blue"], ["red"])
    assert UrgingStep.objects.get(urging=red).reason == RaiseReason.DANGER


def test_the_clock_raises_one_colour_at_a_time_and_none_after_red(cast: Cast) -> None:
    made = urged(cast, pattern=Pattern.ESCALATION, days=2)

    assert services.raise_unanswered(by=SWEEP, at=moment(7, 23)) == 0
    # However long nobody looked, the next colour begins with a whole time to reply.
    assert services.raise_unanswered(by=SWEEP, at=moment(20)) == 1
    assert services.raise_unanswered(by=SWEEP, at=moment(20, 10)) == 0
    assert fresh(made).reply_due_at == datetime(2025, 1, 22, 23, 59, 59, tzinfo=ZONE)
    assert services.raise_unanswered(by=SWEEP, at=moment(23)) == 1
    assert services.raise_unanswered(by=SWEEP, at=moment(31)) == 0

    assert colours(made) == ["blue", "orange", "red"]
    assert list(UrgingStep.objects.order_by("pk").values_list("by_clock", flat=True)) == [False, True, True]


def test_whoever_replied_is_raised_by_nobody_but_people(cast: Cast) -> None:
    made = urged(cast, pattern=Pattern.ESCALATION, days=2)
    services.reply(urging_id=UrgingId(made.pk), text="车坏了，周五修好。", by=cast["street_office"].actor, at=LATER)

    assert services.raise_unanswered(by=SWEEP, at=moment(20)) == 0
    services.raise_colour(urging_id=UrgingId(made.pk), by=cast["checker"].actor, at=moment(20))

    assert colours(made) == ["blue", "orange"]
    assert fresh(made).state == UrgingState.OPEN


def test_a_person_leaves_a_colour_out_only_with_a_reason(cast: Cast) -> None:
    made = urged(cast, pattern=Pattern.ESCALATION)
    chief = cast["county_supervisor"].actor

    with pytest.raises(Refused) as refused:
        services.raise_colour(urging_id=UrgingId(made.pk), to=Colour.RED, by=chief, at=LATER)
    services.raise_colour(
        urging_id=UrgingId(made.pk), to=Colour.RED, reason=RaiseReason.ORDER, by=chief, at=LATER
    )  # fmt: skip
    with pytest.raises(Refused) as again:
        services.raise_colour(urging_id=UrgingId(made.pk), by=chief, at=LATER)

    assert (refused.value.code, again.value.code) == ("missing_reason", "not_higher")
    assert G.RAISE not in queries.moves_of_urging(chief, fresh(made))


@pytest.mark.parametrize(
    "step",
    [
        {"from_colour": "", "to_colour": "orange"},
        {"from_colour": "blue", "to_colour": "red"},
        {"from_colour": "red", "to_colour": "orange", "reason": "order"},
        {"from_colour": "", "to_colour": "blue"},
        {"from_colour": "blue", "to_colour": "red", "reason": "order", "by_clock": True},
    ],
)
def test_the_database_keeps_colours_in_their_order_and_each_once(cast: Cast, step: dict[str, Any]) -> None:
    made = urged(cast, pattern=Pattern.ESCALATION)

    with pytest.raises(IntegrityError), transaction.atomic():
        UrgingStep.objects.create(urging=made, at=LATER, **step)


# ── how it ends ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_ends_when_its_item_is_struck_off(cast: Cast) -> None:
    made = urged(cast)
    services.feed_back(
        item_id=item_id(made.item.sheet), measures="排了班。", by=cast["street_office"].actor, at=LATER
    )  # fmt: skip
    services.strike_off(item_id=item_id(made.item.sheet), by=cast["checker"].actor, at=LATER)
    caught_up(LATER)

    assert (fresh(made).state, fresh(made).ended_at) == (UrgingState.CLOSED, LATER)
    ended = happened_to(made.ref)[-1].event
    assert isinstance(ended, events.UrgingClosed)
    assert ended.struck


def test_it_ends_when_the_sheet_of_its_item_is_void(cast: Cast) -> None:
    made = urged(cast)
    services.void_sheet(
        sheet_id=SheetId(made.item.sheet_id), reason=VoidReason.MISTAKEN, by=cast["county_supervisor"].actor, at=LATER
    )
    caught_up(LATER)

    assert fresh(made).state == UrgingState.CLOSED


def test_a_void_sheet_keeps_its_number_and_the_item_can_be_pressed_again(cast: Cast) -> None:
    made, chief = urged(cast), cast["county_supervisor"].actor

    services.void_urging(urging_id=UrgingId(made.pk), reason=VoidReason.MISTAKEN, by=chief, at=LATER)
    again = pressed(made.item, by=chief, at=LATER)

    paper = papers.paper_by_id(made.paper_id or 0)
    assert paper is not None
    assert paper.row.standing == "void"
    assert again.number == "东清办督〔2025〕2号"


def test_what_waits_for_acceptance_is_not_pressed(cast: Cast) -> None:
    sheet = issued_sheet(by=cast["county_supervisor"].actor, items=matter())
    services.feed_back(item_id=item_id(sheet), measures="好了", by=cast["street_office"].actor, at=LATER)

    with pytest.raises(Refused) as refused:
        pressed(sheet.items.get(), by=cast["county_supervisor"].actor, at=LATER)

    assert refused.value.code == "not_open"


def test_the_unit_is_told_of_the_sheet_and_the_issuing_side_of_the_reply(cast: Cast) -> None:
    made = urged(cast)
    services.reply(urging_id=UrgingId(made.pk), text="好了。", by=cast["street_office"].actor, at=LATER)
    caught_up(LATER)

    def told(kind: str) -> set[int]:
        return set(Notice.objects.filter(kind=kind).values_list("account_id", flat=True))

    assert told(events.UrgingIssued.KIND) == {cast[part].account.pk for part in ("street_office", "unit_lead")}
    assert told(events.UrgingReplied.KIND) == {cast[part].account.pk for part in ("checker", "county_supervisor")}


def test_somebody_who_saw_an_older_sheet_is_told(cast: Cast) -> None:
    made = urged(cast)
    services.reply(urging_id=UrgingId(made.pk), text="好了。", by=cast["street_office"].actor, at=LATER)

    with pytest.raises(Stale):
        services.accept_reply(
            urging_id=UrgingId(made.pk), by=cast["checker"].actor, at=LATER + timedelta(hours=1), version=made.version
        )


def test_an_office_without_a_mark_for_it_issues_none(cast: Cast) -> None:
    item = issued_sheet(by=cast["county_supervisor"].actor, items=matter()).items.get()
    told = UrgingInput(client_id=next_id(), item_id=item.pk, office="YXQB-YS", reason=UrgeReason.SLOW, days=2)

    with pytest.raises(Refused) as refused:
        services.urge(given=told, by=cast["county_supervisor"].actor, at=LATER)

    assert (refused.value.code, refused.value.field) == ("no_office", "office")
    assert told.office != OFFICE
