# SPDX-License-Identifier: Apache-2.0
"""The demonstration's joint meetings and summons talks, every one of them an example that is called so.

Who returns a case again and again, answers late or is summoned is one of the season's invented contractors; bureaus of
the city sit at the table and nothing more.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from jiayuan.cases import services as cases
from jiayuan.cases.enums import ReturnReason, State
from jiayuan.cases.queries import Case, cases_seen_by
from jiayuan.cases.services import CaseId
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.papers import queries as papers
from jiayuan.places import queries as places
from jiayuan.standards.queries import is_working_day
from jiayuan.supervision import queries, services
from jiayuan.supervision.enums import AgendaKind, Attendance, TalkCause
from jiayuan.supervision.intake import AgendumInput, MeetingInput, TalkInput, WrittenUp
from jiayuan.supervision.queries import Meeting
from jiayuan.supervision.services import ItemId, MeetingId, TalkId, There

BY = Actor.system("site.demonstration")
OFFICE = "YSQB"
MARK = "（示例·演示数据·非公文）"
CARETAKERS, WARDENS = "YS-01", "YS-02"
"""The two invented contractors."""
AT_THE_TABLE = ("SZ-CGW", "SZ-NYNCJ")
VENUE = "示例会议室"
_QUARTER = timedelta(minutes=15)


def load_meetings(*, cast: Mapping[str, Actor], at: datetime) -> int:
    """Hold two joint meetings, prepare a third, and summon to two talks; how many there are. Cases and whistles are
    there already. None without an office that writes minutes.
    """
    if papers.office(OFFICE) is None:
        return 0
    returned = _returned_again(cast, at)
    _talks(cast["county_supervisor"], at)
    _of_matters(cast, at)
    _of_what_nobody_decided(cast, returned[:1], at)
    _planned(cast, returned[1:], at)
    return 3


def _id(number: int) -> UUID:
    return UUID(int=0x20250106_0000 + number)


def _unit(code: str) -> int:
    found = places.organisation_by_code(code)
    if found is None:
        raise LookupError(f"the pack has no organisation {code}")
    return found.id


def _morning(on: date, hour: int = 9) -> datetime:
    return datetime.combine(on, time(hour), tzinfo=clock.ZONE)


def _working_day(on: date) -> date:
    """The day itself, or the next one on which people work."""
    while not is_working_day(on):
        on += timedelta(days=1)
    return on


def _returned_again(cast: Mapping[str, Actor], at: datetime) -> list[Case]:
    """Two returned cases that an invented contractor returned twice more: now they are for the joint meeting."""
    found = list(cases_seen_by(BY).filter(state=State.RETURNED).order_by("moved_at", "pk")[:2])
    for case in found:
        case_id, moment = CaseId(case.pk), case.moved_at
        for _ in range(2):
            moment = min(moment + _QUARTER, at)
            cases.confirm_return(case_id=case_id, note="", by=cast["duty_chief"], at=moment)
            cases.dispatch(case_id=case_id, unit_id=_unit(CARETAKERS), by=cast["dispatcher"], at=moment)
            moment = min(moment + _QUARTER, at)
            note = "合同里没有这一段，示例中不归本队。"
            cases.give_back(case_id=case_id, reason=ReturnReason.NOT_OURS, note=note, by=BY, at=moment)
    return found


def _plan(cast: Mapping[str, Actor], number: int, title: str, agenda: Sequence[AgendumInput], *, meets_at: datetime,
          at: datetime) -> Meeting:  # fmt: skip
    given = MeetingInput(
        client_id=_id(number),
        office=OFFICE,
        title=f"{title}{MARK}",
        meets_at=meets_at,
        venue=VENUE,
        chair="市清洁家园行动工作专班召集人",
        is_example=True,
        units=tuple(_unit(code) for code in (*AT_THE_TABLE, CARETAKERS, WARDENS)),
        agenda=tuple(agenda),
    )
    return services.plan_meeting(given=given, by=cast["duty_chief"], at=at)


def _hold(cast: Mapping[str, Actor], meeting: Meeting, *, at: datetime) -> None:
    there = {_unit(code): There(attendance=Attendance.PRESENT, post="分管负责人") for code in AT_THE_TABLE}
    there |= {_unit(CARETAKERS): There(attendance=Attendance.PRESENT, post="队长")}
    there |= {_unit(WARDENS): There(attendance=Attendance.EXCUSED)}
    services.hold_meeting(meeting_id=MeetingId(meeting.pk), there=there, by=cast["duty_chief"], at=at)


def _decide(
    cast: Mapping[str, Actor], meeting: Meeting, number: int, unit: str, what: str, until: date, *, at: datetime
) -> None:
    services.note_decision(
        meeting_id=MeetingId(meeting.pk),
        number=number,
        unit_id=_unit(unit),
        what=what,
        until=until,
        by=cast["duty_chief"],
        at=at,
    )


def _of_matters(cast: Mapping[str, Actor], at: datetime) -> None:
    """Three weeks ago: two decisions, one of them struck off by now, the other answered and waiting to be looked at."""
    day = _working_day(clock.on(at) - timedelta(days=21))
    begun = _morning(day)
    matters = (
        AgendumInput(matter="示例河段沿线保洁由谁负责"),
        AgendumInput(matter="集镇早市散场后的清扫"),
        AgendumInput(matter="元旦前集中清理的安排"),
    )
    meeting = _plan(cast, 1, "清洁家园第一次联席会议", matters, meets_at=begun, at=begun - timedelta(days=2))
    _hold(cast, meeting, at=begun)
    until = _working_day(day + timedelta(days=12))
    _decide(cast, meeting, 1, CARETAKERS, "固定人员和时间，每天巡河保洁一次，公示责任牌。", until, at=begun)
    _decide(cast, meeting, 2, WARDENS, "散场后一小时内清扫完毕，摊主自带垃圾袋。", until, at=begun)
    issued_at = begun + 4 * _QUARTER
    services.issue_minutes(meeting_id=MeetingId(meeting.pk), by=cast["duty_chief"], at=issued_at)
    _answer(cast, meeting, at=issued_at + timedelta(days=8))


def _answer(cast: Mapping[str, Actor], meeting: Meeting, *, at: datetime) -> None:
    """Both units feed back; the first is looked at on site and struck off."""
    items = [one.item_id for put in queries.agenda_of(meeting) for one in put.decisions.all()]
    for item_id in items:
        services.feed_back(item_id=ItemId(item_id or 0), measures="已按纪要落实，现场照片附后。", by=BY, at=at)
    services.strike_off(item_id=ItemId(items[0] or 0), by=cast["checker"], at=at + timedelta(days=1))


def _of_what_nobody_decided(cast: Mapping[str, Actor], returned: Sequence[Case], at: datetime) -> None:
    """Just now: a case that was returned three times, and a whistle that a unit refuses."""
    agenda = [AgendumInput(case_id=case.pk) for case in returned]
    agenda += [AgendumInput(whistle=one.handle) for one in _whistles(cast["duty_chief"])[:1]]
    if not agenda:
        return
    begun = max([at - 3 * _QUARTER, *(cases_seen_by(BY).get(pk=case.pk).moved_at for case in returned)])
    meeting = _plan(cast, 2, "清洁家园第二次联席会议", agenda, meets_at=begun, at=begun)
    _hold(cast, meeting, at=begun)
    until = _working_day(clock.on(at) + timedelta(days=10))
    if returned:
        what = "由示意市容维护队清理，区划边界上的路段今后归其养护。"
        _decide(cast, meeting, 1, WARDENS, what, until, at=begun)
    if len(agenda) > len(returned):
        _decide(cast, meeting, len(agenda), CARETAKERS, "出车配合清运，完成后报吹哨街道。", until, at=begun)
    services.issue_minutes(meeting_id=MeetingId(meeting.pk), by=cast["duty_chief"], at=at)


def _planned(cast: Mapping[str, Actor], returned: Sequence[Case], at: datetime) -> None:
    """Next week, prepared for whoever tries it."""
    agenda = [AgendumInput(case_id=case.pk) for case in returned]
    agenda += [AgendumInput(whistle=one.handle) for one in _whistles(cast["duty_chief"])[1:2]]
    agenda.append(AgendumInput(matter="春节前集中清理的分工"))
    meets_at = _morning(_working_day(clock.on(at) + timedelta(days=6)), hour=15)
    _plan(cast, 3, "清洁家园第三次联席会议", agenda, meets_at=meets_at, at=at)


def _whistles(by: Actor) -> "list[queries.Proposed]":
    return [one for one in queries.proposed(by) if one.kind is AgendaKind.WHISTLE]


def _talks(supervisor: Actor, at: datetime) -> None:
    """One talk was held two weeks ago and its promises are tracked; another one is summoned for next week."""
    held_on = _working_day(clock.on(at) - timedelta(days=14))
    held_at = _morning(held_on, hour=10)
    reason = "同一路段三次回潮，提醒两次仍未建立固定保洁（示例）。"
    made = _call(supervisor, 11, WARDENS, TalkCause.RELAPSE, reason, meets_at=held_at, at=held_at - timedelta(days=2))
    written = WrittenUp(
        present="市清洁家园行动工作专班、示意市容维护队负责人",
        minutes="通报了三次回潮的情况；该队说明人手不足，同意补足人员并按周报告（示例·演示数据）。",
        commitments=("三个工作日内补足早晚两班人员。", "每周一报告上周巡查情况，连报四周。"),
        days=20,
    )
    services.hold_talk(talk_id=made, given=written, by=supervisor, at=held_at + timedelta(hours=1))
    reason = "清单事项两次延期后仍无进展（示例）。"
    meets_at = _morning(_working_day(clock.on(at) + timedelta(days=4)), hour=15)
    _call(supervisor, 12, CARETAKERS, TalkCause.OVERDUE, reason, meets_at=meets_at, at=at)


def _call(
    supervisor: Actor, number: int, unit: str, cause: TalkCause, reason: str, *, meets_at: datetime, at: datetime
) -> TalkId:
    given = TalkInput(
        client_id=_id(number),
        office=OFFICE,
        unit_id=_unit(unit),
        cause=cause,
        summoned="队长",
        host="市清洁家园行动工作专班召集人",
        meets_at=meets_at,
        venue=VENUE,
        reason=reason,
    )
    return TalkId(services.call_talk(given=given, by=supervisor, at=at).pk)
