# SPDX-License-Identifier: Apache-2.0
"""Sheets with a past: drafted and issued through the services by 督导曹 of 东桥区 for 桥头街道."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from jiayuan.cases.enums import State, V
from jiayuan.cases.models import Case
from jiayuan.kernel.access import Actor
from jiayuan.record import readers
from jiayuan.supervision import services
from jiayuan.supervision.enums import Attendance, Pattern, SheetKind, SheetSource, UrgeReason
from jiayuan.supervision.intake import AgendumInput, ItemInput, MeetingInput, SheetInput, UrgingInput
from jiayuan.supervision.models import Decision, Item, Meeting, Sheet, Urging
from jiayuan.supervision.services import ItemId, MeetingId, SheetId, There
from tests.cast import MORNING, Cast
from tests.factories.cases import QUARTER, case, move, unit_id

OFFICE = "YXQB-DQ"
NOON = MORNING + timedelta(hours=3)
_numbers = count(1_000_001)


def given(*cases: Case, **more: Any) -> SheetInput:
    """A sheet for 桥头街道 over these cases, due within five working days."""
    values: dict[str, Any] = {
        "client_id": UUID(int=next(_numbers), version=4),
        "kind": SheetKind.LIST,
        "office": OFFICE,
        "unit_id": unit_id(),
        "source": SheetSource.INSPECTION,
        "days": 5,
        "items": tuple(ItemInput(case_id=one.pk) for one in cases),
    }
    return SheetInput(**values | more)


def draft(*cases: Case, by: Actor, at: datetime = NOON, **more: Any) -> Sheet:
    """A draft."""
    return services.draft_sheet(given=given(*cases, **more), by=by, at=at)


def issued(*cases: Case, by: Actor, at: datetime = NOON, **more: Any) -> Sheet:
    """An issued sheet; without cases it lists one that 桥头街道 is handling, unless other items are given."""
    listed: Sequence[Case] = cases or (() if "items" in more else (case(State.HANDLING),))
    sheet = draft(*listed, by=by, at=at, **more)
    services.issue(sheet_id=SheetId(sheet.pk), by=by, at=at)
    return Sheet.objects.get(pk=sheet.pk)


def matter(**more: Any) -> tuple[ItemInput, ...]:
    """An item that no case stands behind."""
    return (ItemInput(matter="保洁没有固定的人和时间。", **more),)


def first(sheet: Sheet) -> Item:
    """The first item of a sheet as it stands now."""
    return sheet.items.get(number=1)


def item_id(sheet: Sheet) -> ItemId:
    """The id of the first item of a sheet."""
    return ItemId(first(sheet).pk)


def caught_up(at: datetime) -> None:
    """Let everybody who follows the record catch up."""
    readers.relay(at)


CAMPAIGN = "clean-homes-2024"


def next_id() -> UUID:
    """An id as a page gives one."""
    return UUID(int=next(_numbers), version=4)


def pressed(item: Item, *, by: Actor, at: datetime = NOON, **more: Any) -> Urging:
    """A supervision sheet for an item, to be answered within three working days."""
    values: dict[str, Any] = {
        "client_id": next_id(),
        "item_id": item.pk,
        "office": OFFICE,
        "reason": UrgeReason.SLOW,
        "days": 3,
    }
    return services.urge(given=UrgingInput(**values | more), by=by, at=at)


def urged(cast: Cast, *, pattern: Pattern | None = None, campaign: str = "", **more: Any) -> Urging:
    """A supervision sheet of 督导曹 over one matter of 桥头街道; with a pattern in a campaign that chose it."""
    if pattern is not None:
        services.choose_pattern(campaign=CAMPAIGN, pattern=pattern, by=Actor.system("test.city"), at=NOON)
    chief = cast["county_supervisor"].actor
    sheet = issued(by=chief, items=matter(), campaign=CAMPAIGN if pattern else campaign)
    return pressed(first(sheet), by=chief, **more)


def third_return(*, at: datetime = NOON) -> Case:
    """A case that 桥头街道 returned for the third time."""
    found = case(State.RETURNED, at=at - 12 * QUARTER)
    for n in range(2):
        for verb in (V.CONFIRM_RETURN, V.DISPATCH, V.RETURN):
            move(found, verb, at=at - (6 - 2 * n) * QUARTER)
    return Case.objects.get(pk=found.pk)


def meeting(*agenda: Case | str, by: Actor, at: datetime = NOON, **more: Any) -> Meeting:
    """A joint meeting of 东桥区 about cases and matters, to which 桥头街道 and 柳塘镇 were invited."""
    values: dict[str, Any] = {
        "client_id": next_id(),
        "office": OFFICE,
        "title": "清洁家园第1次联席会议",
        "meets_at": at,
        "units": (unit_id(), unit_id("YX-990101100")),
        "agenda": tuple(
            AgendumInput(matter=one) if isinstance(one, str) else AgendumInput(case_id=one.pk) for one in agenda
        ),
    }
    return services.plan_meeting(given=MeetingInput(**values | more), by=by, at=at)


def held(*agenda: Case | str, by: Actor, at: datetime = NOON, **more: Any) -> Meeting:
    """The same, held: 桥头街道 was there by its 主任, 柳塘镇 excused."""
    made = meeting(*agenda, by=by, at=at, **more)
    there = {
        unit_id(): There(attendance=Attendance.PRESENT, post="主任"),
        unit_id("YX-990101100"): There(attendance=Attendance.EXCUSED),
    }
    return services.hold_meeting(meeting_id=MeetingId(made.pk), there=there, by=by, at=at)


def decided(made: Meeting, number: int, *, by: Actor, at: datetime = NOON, **more: Any) -> Decision:
    """桥头街道 does it by Wednesday the fifteenth, unless it is said otherwise."""
    values: dict[str, Any] = {
        "unit_id": unit_id(),
        "what": "由桥头街道清理，建立长效保洁。",
        "until": date(2025, 1, 15),
    }
    return services.note_decision(meeting_id=MeetingId(made.pk), number=number, by=by, at=at, **values | more)
