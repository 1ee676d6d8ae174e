# SPDX-License-Identifier: Apache-2.0
"""The demonstration's whistles: one in every state, told step by step through the services like its cases.

The words are invented. Who refuses or is late is one of the season's invented contractors, never a real office.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from jiayuan.cases.queries import cases_seen_by
from jiayuan.duties import services
from jiayuan.duties.enums import NoWhistle, Outside, WhistleKind
from jiayuan.duties.intake import CallInput, Rating, WhistleInput
from jiayuan.duties.queries import entries_for
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.places import queries as places

BY = Actor.system("site.demonstration")
SEED = 20250104
_QUARTER = timedelta(minutes=15)
Act = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody whistles for, and how it goes on."""

    number: int
    story: str
    kind: WhistleKind
    class_key: str
    place: str
    begun_at: datetime
    lead: str
    assisting: tuple[str, ...]
    words: str


class Whistling:
    """Plans the calls of all whistles; a whistle learns its id when its first call has run."""

    def __init__(self, table: Path, now: datetime, villages: Sequence[places.Place], cast: Mapping[str, Actor]) -> None:
        self.now, self.cast = now, cast
        self.ids: dict[int, int] = {}
        self.rng = seeded(SEED)
        with table.open(encoding="utf-8", newline="") as file:
            self.lines = [self._line(number, row, villages) for number, row in enumerate(csv.DictReader(file))]

    def _line(self, number: int, row: Mapping[str, str], villages: Sequence[places.Place]) -> Line:
        return Line(
            number=number,
            story=row["story"],
            kind=WhistleKind(row["kind"]),
            class_key=row["class"],
            place=villages[int(row["village"]) % len(villages)].code,
            # What is fresh was told half an hour ago; the others on as many earlier days, at this hour.
            begun_at=self.now - timedelta(days=int(row["days"])) - 2 * _QUARTER,
            lead=row["lead"],
            assisting=tuple(filter(None, row["assisting"].split(";"))),
            words=row["words"],
        )

    def steps(self) -> Iterator[tuple[datetime, Callable[[], object]]]:
        """Every call with its moment, of each whistle in its order."""
        for line in self.lines:
            yield line.begun_at, partial(self._apply, line, new_handle(self.rng))
            at = line.begun_at
            for act in self._course(line):
                at = min(at + _QUARTER, self.now)
                yield at, partial(act, at)

    def _course(self, line: Line) -> list[Act]:
        """What happens after somebody applied, by the story."""
        pass_on: list[Act] = [] if line.kind is WhistleKind.EMERGENCY else [partial(self._approve, line)]
        call: list[Act] = [*pass_on, partial(self._call, line)]
        answers: list[Act] = [act for unit in (line.lead, *line.assisting) for act in self._answer(line, unit)]
        stories: dict[str, list[Act]] = {
            "review": [],
            "withdrawn": [partial(self._withdraw, line)],
            "own_work": [partial(self._turn_down, line)],
            "triage": pass_on,
            "called": call,
            "on_site": [
                *call,
                self._sign(line, line.lead),
                self._arrive(line, line.lead),
                partial(self._tell_measures, line),
                *(self._sign(line, unit) for unit in line.assisting[:1]),
                *(act for unit in line.assisting[1:] for act in self._answer(line, unit)),
            ],
            "refusing": [*call, self._sign(line, line.lead), partial(self._refuse, line)],
            "overdue": [*call, *self._answer(line, line.lead)],
            "answered": [*call, *answers],
            "rated": [*call, *answers, partial(self._rate, line)],
        }
        return stories[line.story]

    def _apply(self, line: Line, handle: str) -> None:
        clerk = self.cast["village_clerk"]
        case = cases_seen_by(clerk).filter(village=line.place).order_by("pk").first()
        given = WhistleInput(
            client_id=UUID(int=line.number + 1),
            kind=line.kind,
            place=line.place,
            class_key=line.class_key,
            text=line.words,
            cases=(case.handle,) if case is not None and line.story in ("on_site", "rated") else (),
        )
        self.ids[line.number] = services.apply_for_whistle(given=given, by=clerk, at=line.begun_at, handle=handle).pk

    def _approve(self, line: Line, at: datetime) -> None:
        services.approve_whistle(whistle_id=self.ids[line.number], by=self.cast["town_leader"], at=at)

    def _turn_down(self, line: Line, at: datetime) -> None:
        services.turn_whistle_down(
            whistle_id=self.ids[line.number],
            reason=NoWhistle.OWN_WORK,
            note="街道保洁队当天清理。",
            by=self.cast["town_leader"],
            at=at,
        )

    def _withdraw(self, line: Line, at: datetime) -> None:
        services.withdraw_whistle(whistle_id=self.ids[line.number], by=self.cast["village_clerk"], at=at)

    def _call(self, line: Line, at: datetime) -> None:
        given = CallInput(
            lead=_unit(line.lead),
            assisting=tuple(map(_unit, line.assisting)),
            outside=Outside.BEYOND_ITS_KIND,
        )
        services.assign_whistle(whistle_id=self.ids[line.number], given=given, by=self.cast["dispatcher"], at=at)

    def _sign(self, line: Line, unit: str) -> Act:
        return lambda at: services.sign_whistle(whistle_id=self.ids[line.number], unit_id=_unit(unit), by=BY, at=at)

    def _arrive(self, line: Line, unit: str) -> Act:
        return lambda at: services.arrive_at_whistle(
            whistle_id=self.ids[line.number], unit_id=_unit(unit), by=BY, at=at
        )

    def _tell_measures(self, line: Line, at: datetime) -> None:
        told = "先围挡、再分三天清运，覆土和看管同步安排。"
        services.tell_measures(whistle_id=self.ids[line.number], unit_id=_unit(line.lead), told=told, by=BY, at=at)

    def _answer(self, line: Line, unit: str) -> list[Act]:
        def tell(at: datetime) -> None:
            told = "已到场处理，现场清理完毕。"
            services.tell_result(whistle_id=self.ids[line.number], unit_id=_unit(unit), told=told, by=BY, at=at)

        return [self._sign(line, unit), self._arrive(line, unit), tell]

    def _refuse(self, line: Line, at: datetime) -> None:
        services.refuse_whistle(
            whistle_id=self.ids[line.number],
            unit_id=_unit(line.assisting[0]),
            clause=entries_for(line.class_key, clock.on(at))[0].code,
            note="清单写明由属地清运。",
            by=BY,
            at=at,
        )

    def _rate(self, line: Line, at: datetime) -> None:
        given = Rating(speed=5, handling=4, result=5, comment="来得快，线已经理顺。")
        services.rate_whistle(whistle_id=self.ids[line.number], given=given, by=self.cast["village_clerk"], at=at)


def _unit(code: str) -> int:
    found = places.organisation_by_code(code)
    if found is None:
        raise LookupError(f"the pack has no organisation {code}")
    return found.id
