# SPDX-License-Identifier: Apache-2.0
"""Summons talks: a unit is summoned for a ground, by post and in writing; what it promises is tracked like all else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.notices.models import Notice
from jiayuan.papers import queries as papers
from jiayuan.people.services import appoint
from jiayuan.supervision import events, queries, services
from jiayuan.supervision.enums import RaiseReason, Rung, SheetKind, SheetSource, SheetState, TalkCause, TalkState
from jiayuan.supervision.intake import TalkInput, WrittenUp
from jiayuan.supervision.models import Item, Sheet, Talk
from jiayuan.supervision.services import ItemId, TalkId
from tests.cast import DISTRICT, NEW_YEAR, SYSTEM, Cast
from tests.factories.cases import QUARTER, unit_id
from tests.supervision.story import NOON, OFFICE, caught_up, first, issued, item_id, matter, next_id

pytestmark = pytest.mark.usefixtures("offices")
LATER = NOON + QUARTER
UP = WrittenUp(
    present="东桥区清洁家园办主任，桥头街道主任",
    minutes="说明了原因。",
    commitments=("周五前清完。", "落实保洁。"),
    days=5,
)


def called(*, by: Actor, **more: Any) -> Talk:
    """The leader of 桥头街道 is summoned because somebody ordered it, unless it is said otherwise."""
    values: dict[str, Any] = {
        "client_id": next_id(),
        "office": OFFICE,
        "unit_id": unit_id(),
        "cause": TalkCause.ORDER,
        "summoned": "主要负责人",
        "host": "区清洁家园办主任",
        "meets_at": NOON + timedelta(days=3),
        "venue": "区政府三楼会议室",
        "reason": "区领导批示约谈。",
    }
    return services.call_talk(given=TalkInput(**values | more), by=by, at=NOON)


def pressed_as_far_as(rung: Rung, cast: Cast) -> Item:
    """An item of 桥头街道 that somebody raised to a level."""
    sheet = issued(by=cast["county_supervisor"].actor, items=matter())
    services.raise_level(
        item_id=item_id(sheet), to=rung, reason=RaiseReason.REPEATED, by=cast["county_supervisor"].actor, at=NOON
    )
    return first(sheet)


def written_up(made: Talk, by: Actor) -> Talk:
    return services.hold_talk(talk_id=TalkId(made.pk), given=UP, by=by, at=LATER)


def test_a_unit_is_summoned_in_writing_by_post(cast: Cast) -> None:
    made = called(by=cast["county_supervisor"].actor)

    paper = papers.paper_by_id(made.paper_id or 0)
    assert made.number == "东清办约〔2025〕1号"
    assert paper is not None
    assert not paper.row.is_public
    told = "".join(paper.document.texts())
    assert "主要负责人" in told
    assert "区领导批示约谈。" in told


def test_an_item_is_a_ground_once_it_pressed_as_far_as_the_county(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    issued(by=chief, items=matter())
    assert queries.grounds_of(unit_id()) == []

    item = pressed_as_far_as(Rung.COUNTY, cast)
    made = called(by=chief, item_id=item.pk, reason="")

    assert queries.grounds_of(unit_id()) == [item]
    assert made.item_id == item.pk


def test_without_a_ground_nobody_is_summoned(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    low = first(issued(by=chief, items=matter()))

    with pytest.raises(Refused) as silent:
        called(by=chief, reason="")
    with pytest.raises(Refused) as early:
        called(by=chief, item_id=low.pk)

    assert (silent.value.field, early.value.field) == ("reason", "item")
    assert not Talk.objects.exists()


def test_the_database_takes_no_talk_without_a_ground(cast: Cast) -> None:
    called(by=cast["county_supervisor"].actor)

    with pytest.raises(IntegrityError), transaction.atomic():
        Talk.objects.update(reason="")


@pytest.mark.parametrize("part", ["duty_chief", "checker", "town_leader", "street_office", "outsider"])
def test_only_county_supervisors_and_city_leaders_summon(cast: Cast, part: str) -> None:
    with pytest.raises(NotPermitted):
        called(by=cast[part].actor)


def test_a_unit_is_summoned_to_one_talk_at_a_time(cast: Cast) -> None:
    made = called(by=cast["county_supervisor"].actor)

    with pytest.raises(Stale):
        called(by=cast["mayor"].actor)
    services.cancel_talk(talk_id=TalkId(made.pk), by=cast["county_supervisor"].actor, at=LATER)

    assert called(by=cast["mayor"].actor).number == "东清办约〔2025〕2号"


def test_what_was_promised_becomes_a_numbered_sheet_that_is_struck_off(cast: Cast) -> None:
    made = called(by=cast["mayor"].actor)
    written_up(made, cast["mayor"].actor)

    sheet = Sheet.objects.get()
    assert (sheet.kind, sheet.source, sheet.number) == (SheetKind.ASSIGNMENT, SheetSource.TALK, "东清办交〔2025〕1号")
    assert list(queries.matters_of(list(sheet.items.all())).values()) == ["周五前清完。", "落实保洁。"]
    for item in sheet.items.order_by("number"):
        services.feed_back(item_id=ItemId(item.pk), measures="好了", by=cast["street_office"].actor, at=LATER)
        services.strike_off(item_id=ItemId(item.pk), by=cast["checker"].actor, at=LATER)
    assert Sheet.objects.get().state == SheetState.SETTLED


def test_the_minutes_say_what_was_said_and_promised_and_name_no_person(cast: Cast) -> None:
    made = written_up(called(by=cast["county_supervisor"].actor), cast["county_supervisor"].actor)

    paper = papers.paper_by_id(made.minutes_paper_id or 0)
    assert paper is not None
    told = "".join(paper.document.texts())
    assert (paper.row.form, made.state) == ("minutes", TalkState.HELD)
    assert "说明了原因。" in told
    assert "周五前清完。" in told
    assert all(member.part.name not in told for member in cast.members.values())


def test_a_talk_without_a_commitment_is_not_written_up(cast: Cast) -> None:
    made = called(by=cast["county_supervisor"].actor)
    empty = WrittenUp(present="桥头街道主任", minutes="说明了原因。", commitments=(), days=5)

    with pytest.raises(Refused) as refused:
        services.hold_talk(talk_id=TalkId(made.pk), given=empty, by=cast["county_supervisor"].actor, at=LATER)

    assert refused.value.code == "missing_commitments"
    assert not Sheet.objects.exists()


def test_the_unit_is_told_and_others_are_not(cast: Cast) -> None:
    made = called(by=cast["county_supervisor"].actor)
    caught_up(NOON)

    told = Notice.objects.filter(kind=events.TalkCalled.KIND).values_list("account_id", flat=True)
    assert set(told) == {cast[part].account.pk for part in ("street_office", "unit_lead")}
    assert queries.talk_seen_by(cast["bureau"].actor, made.handle) is None


# ── its pages ────────────────────────────────────────────────────────────────────────────────────────────────────────

NEW = "/desk/sheets/talks/new/?unit=YX-990101001"
FORM = {
    "office": OFFICE, "cause": "order", "summoned": "主要负责人", "host": "区清洁家园办主任", "day": "2025-01-08",
    "hour": "15:00", "venue": "三楼", "reason": "区领导批示约谈。",
}  # fmt: skip


def post(browser: Client, where: str, form: dict[str, str], status: int = 302) -> str:
    answer = browser.post(where, form)
    assert answer.status_code == status, answer.content.decode()[:600]
    return answer.content.decode()


def test_a_unit_is_summoned_and_the_talk_written_up_on_its_pages(cast: Cast) -> None:
    chief, handler = cast["county_supervisor"].client(), cast["street_office"].client()

    assert "区领导批示约谈。" in post(chief, NEW, {**FORM, "venue": ""}, 422)
    post(chief, NEW, FORM)
    made = Talk.objects.get()
    where = f"/desk/sheets/talks/{made.handle}/"
    assert where in handler.get("/desk/").content.decode()
    assert f"{where}hold/" not in handler.get(where).content.decode()
    page = post(chief, f"{where}hold/", {"present": "街道主任", "minutes": "说明了原因。", "days": "5"}, 422)
    assert "说明了原因。" in page
    post(
        chief, f"{where}hold/",
        {"present": "街道主任", "minutes": "说明了原因。", "commitments": "周五前清完。\n落实保洁。", "days": "5"},
    )  # fmt: skip

    assert Sheet.objects.get().number in chief.get(where).content.decode()
    assert where in chief.get("/desk/sheets/talks/?of=over").content.decode()
    assert handler.post(f"{where}cancel/").status_code == 403


def test_whoever_belongs_to_the_summoned_unit_neither_cancels_its_talk_nor_writes_it_up(cast: Cast) -> None:
    made, lead = called(by=cast["county_supervisor"].actor), cast["unit_lead"]
    appoint(
        person_id=lead.person_id, role="county_supervisor", area=DISTRICT, organisation_id=None, starts_on=NEW_YEAR,
        by=SYSTEM, at=NOON,
    )  # fmt: skip

    with pytest.raises(Refused) as written:
        written_up(made, lead.actor)
    with pytest.raises(Refused) as cancelled:
        services.cancel_talk(talk_id=TalkId(made.pk), by=lead.actor, at=LATER)
    assert (written.value.code, cancelled.value.code) == ("own_unit", "own_unit")
