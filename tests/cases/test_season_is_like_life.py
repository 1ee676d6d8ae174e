# SPDX-License-Identifier: Apache-2.0
"""One story told twice, by the commands and in memory: what stands in the tables and in the record is the same."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jiayuan.cases import services
from jiayuan.cases.enums import (
    Answer,
    CallBackResult,
    Denial,
    Finding,
    ForcedReason,
    Ground,
    LookBackResult,
    NotYet,
    Refusal,
    ReopenGround,
    ReturnDecision,
    ReturnReason,
    Shortfall,
    Source,
    State,
    Urgency,
    VoidReason,
)
from jiayuan.cases.models import CallBack, Case, LookBack, Pause, Request, Text, Timer
from jiayuan.cases.queries import wrong_cases
from jiayuan.cases.services.season.lives import Life
from jiayuan.cases.services.season.rows import Rows, store
from jiayuan.kernel.commands import unit_of_work
from jiayuan.kernel.handles import new_handle
from jiayuan.media.services import Drawing
from jiayuan.places import queries as places
from jiayuan.record.log import record
from jiayuan.record.models import StoredEvent
from jiayuan.standards import queries as standards
from tests.cast import COMMUNITY, MORNING, SYSTEM
from tests.factories.cases import photo, told, unit_id

START = datetime.fromisoformat("2024-11-04T09:00:00+08:00")
SERVICES_OWN = {"id", "handle", "client_id", "tile", "checker_id", "merged_into_id", "relapse_of_id", "split_from_id"}
IDS = {"text_id", "request_id", "into_id", "relapse_id", "parts"}
Step = tuple[str, dict[str, Any]]
MAIN: list[Step] = [
    ("ask_verify", {}),
    ("find", {"finding": Finding.THERE}),
    ("file", {}),
    ("urge", {"reason": Urgency.MANY}),
    ("dispatch", {}),
    ("give_back", {"reason": ReturnReason.NOT_OURS, "note": "不归我们"}),
    ("refuse_return", {"reason": ReturnDecision.IS_YOURS}),
    ("sign", {}),
    ("ask_extension", {"reason": NotYet.WEATHER, "until": date(2024, 11, 29), "note": "下雨"}),
    ("refuse_extension", {"reason": Denial.CAN_BE_DONE}),
    ("ask_extension", {"reason": NotYet.WEATHER, "until": date(2024, 11, 29), "note": "还在下"}),
    ("grant_extension", {}),
    ("ask_shelving", {"reason": NotYet.MONEY, "until": date(2024, 12, 20), "note": ""}),
    ("refuse_shelving", {"reason": Denial.NO_GROUND}),
    ("ask_shelving", {"reason": NotYet.SEASON, "until": date(2024, 12, 20), "note": ""}),
    ("shelve", {}),
    ("resume", {}),
    ("hand_in", {}),
    ("feed_back", {"note": "清完"}),
    ("send_back", {"reason": Shortfall.PARTLY, "note": "墙角"}),
]
STORIES: dict[str, list[Step]] = {
    "through to the end": [
        *MAIN,
        ("feed_back", {"note": ""}),
        ("close", {}),
        ("call_back", {"result": CallBackResult.SATISFIED, "reason": None}),
        ("look_back", {"result": LookBackResult.HOLDS}),
        ("ask_reopen", {"reason": ReopenGround.STILL_THERE, "note": "还在"}),
        ("refuse_reopen", {"note": "看过了"}),
        ("ask_reopen", {"reason": ReopenGround.STILL_THERE, "note": "真的还在"}),
        ("reopen", {"note": "属实"}),
    ],
    "late and excused": [
        ("file", {}),
        ("dispatch", {}),
        ("sign", {}),
        ("feed_back", {"note": "", "days": 30}),
        ("close", {}),
        ("appeal", {"reason": Ground.FORCE, "note": "大雪"}),
        ("review_appeal", {"answered": Answer.YES}),
        ("decide_appeal", {"answered": Answer.YES}),
    ],
    "to another unit": [
        ("file", {}),
        ("dispatch", {}),
        ("give_back", {"reason": ReturnReason.WRONG_PLACE, "note": ""}),
        ("confirm_return", {"note": ""}),
        ("dispatch", {}),
        ("sign", {}),
        ("void", {"reason": VoidReason.NOT_THERE}),
    ],
    "by force": [("file", {}), ("dispatch", {}), ("force_close", {"reason": ForcedReason.PROJECT})],
    "not filed": [
        ("reject", {"reason": Refusal.UNCLEAR, "note": "看不清"}),
        ("ask_reopen", {"reason": ReopenGround.NEW_FACTS, "note": "有照片了"}),
        ("reconsider", {"note": "再看"}),
    ],
    "void while being verified": [("ask_verify", {}), ("void", {"reason": VoidReason.TEST})],
}
_CALLED = {"hand_in": "hand_in_pictures"}
_NOTED = {
    "find", "reject", "give_back", "confirm_return", "refuse_return", "feed_back", "send_back", "ask_extension",
    "refuse_extension", "ask_shelving", "refuse_shelving", "urge", "void", "force_close", "appeal", "review_appeal",
    "decide_appeal", "call_back", "look_back", "ask_reopen", "reopen", "reconsider", "refuse_reopen",
}  # fmt: skip


def by_commands(story: list[Step]) -> Case:
    given = told(source=Source.GRID, tile="sheds", text="搭了棚子", place_text="村口", photos=())
    case = services.report(given=given, by=SYSTEM, at=START)
    at = START
    for verb, more in story:
        given_more = {**more}
        at += timedelta(days=given_more.pop("days", 0), minutes=47)
        command: Callable[..., object] = getattr(services, _CALLED.get(verb, verb))
        extra: dict[str, Any] = {"note": ""} if verb in _NOTED else {}
        if verb == "file":
            extra["condition_id"] = _condition(case.problem_class_id).id
        if verb == "dispatch":
            extra["unit_id"] = unit_id()
        if verb in ("hand_in", "feed_back"):
            extra["evidence"] = (photo(at=at),)
        if verb in ("find", "look_back", "ask_reopen"):
            extra["photos"] = ()
        command(case_id=services.CaseId(case.pk), by=SYSTEM, at=at, **extra | given_more)
    return Case.objects.get(pk=case.pk)


def in_memory(story: list[Step]) -> Case:
    rows = Rows(10_000)
    place = places.division(COMMUNITY)
    tile = standards.tile("sheds")
    assert place is not None
    assert tile is not None
    setting = standards.setting_of(urban_rural=place.urban_rural, kind=place.kind)
    case = Case(
        handle=new_handle(),
        client_id=told().client_id,
        source=Source.GRID,
        state=State.REPORTED,
        county=place.county,
        town=place.town,
        village=place.code,
        problem_class_id=tile.class_in(setting).id,
        reported_at=START,
        reported_on=START.date(),
        moved_at=START,
    )
    life = Life(rows, case)
    life.report("搭了棚子", "村口", (), by=SYSTEM, at=START)
    at = START
    for number, (verb, more) in enumerate(story):
        given = {**more}
        at += timedelta(days=given.pop("days", 0), minutes=47)
        if verb == "file":
            given["condition"] = _condition(case.problem_class_id)
        if verb == "dispatch":
            given["unit_id"] = unit_id()
        if verb in ("hand_in", "feed_back"):
            drawn: dict[str, Any] = {"scene": "sheds", "setting": "street", "stage": "after", "seed": number}
            given["drawings"] = (Drawing.of(**drawn, handle=told().client_id),)
        if verb == "look_back":
            given["relapse"] = None
        getattr(life, verb)(**given, by=SYSTEM, at=at)
    with unit_of_work():
        store([rows])
        for entry in rows.in_order():
            record(entry.event, by=entry.by, at=entry.at)
    return Case.objects.get(pk=case.pk)


def _condition(class_id: int) -> standards.Condition:
    return max(standards.conditions_of(class_id), key=lambda row: (row.limit.kind == "working_days", row.limit.value))


def columns(row: Any, *, without: set[str]) -> dict[str, Any]:
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in without}


def around(case: Case) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table that hang on a case, without keys."""
    without = {"id", "case_id", "timer_id", "text_id", "relapse_id"}
    found = {
        "texts": Text.objects.filter(case=case),
        "timers": Timer.objects.filter(case=case),
        "pauses": Pause.objects.filter(timer__case=case),
        "requests": Request.objects.filter(case=case),
        "call-backs": CallBack.objects.filter(case=case),
        "looks back": LookBack.objects.filter(case=case),
    }
    return {name: [columns(row, without=without) for row in rows.order_by("pk")] for name, rows in found.items()}


def course(case: Case) -> list[tuple[str, int, datetime, dict[str, Any]]]:
    """What the record says of a case, without keys; draws of checkers and pictures are not the season's."""
    rows = StoredEvent.objects.filter(subject_kind="case", subject_id=case.pk).order_by("position")
    return [
        (row.kind, row.v, row.at, {name: value for name, value in json.loads(row.payload).items() if name not in IDS})
        for row in rows
        if row.kind not in ("media.photo_attached", "cases.checker_drawn")
    ]


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("name", STORIES)
def test_a_story_in_memory_leaves_what_the_commands_leave(name: str) -> None:
    real, loaded = by_commands(STORIES[name]), in_memory(STORIES[name])

    assert columns(loaded, without=SERVICES_OWN) == columns(real, without=SERVICES_OWN)
    assert around(loaded) == around(real)
    assert course(loaded) == course(real)
    assert list(wrong_cases([real, loaded])) == []


def test_the_moment_of_the_stories_lies_before_the_demonstration() -> None:
    assert START < MORNING
