# SPDX-License-Identifier: Apache-2.0
"""The demonstration city's people and cases, made through the same services as real ones, from one seed.

Two hundred cases in every state, over the two weeks before the demonstration's clock begins. All of it is invented and
shown under 演示数据.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

from django.conf import settings

from jiayuan.cases import services
from jiayuan.cases.enums import Finding, Refusal, ReturnReason, Shortfall, Source, State
from jiayuan.cases.intake import Finders, ReportInput, rules_from_table
from jiayuan.cases.queries import cases_seen_by
from jiayuan.cases.services import CaseId
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import unit_of_work
from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.media import illustrations
from jiayuan.media import services as media
from jiayuan.notices import queries as notices
from jiayuan.notices import services as notice_services
from jiayuan.people import queries as people
from jiayuan.people import services as people_services
from jiayuan.places import queries as places
from jiayuan.places.enums import Level, OrganisationKind
from jiayuan.record import readers
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import Setting

PASSWORD = "jiayuan-2025"  # noqa: S105 – printed by ./jiayuan demo for everyone to use
SEED = 20250103
CASES = 200
WITH_PHOTOS = 60
DAYS = 14
HOME_TOWN = 3
"""Every third case lies in the town of the demonstration's own handler, so that everyone finds work to do."""
MORNING, EVENING = 7, 19
OFFICE_OPENS, OFFICE_CLOSES = 8, 18
BY = Actor.system("site.demonstration")
FOLDER = Path(settings.BASE) / "data" / "demo"

_ENDS: tuple[tuple[State, int], ...] = (
    (State.CLOSED, 96),
    (State.HANDLING, 22),
    (State.REPORTED, 16),
    (State.DISPATCHED, 16),
    (State.FED_BACK, 12),
    (State.REJECTED, 12),
    (State.FILED, 8),
    (State.REWORK, 6),
    (State.VERIFYING, 4),
    (State.VERIFIED, 4),
    (State.RETURNED, 4),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A demonstration account as the welcome prints it."""

    username: str
    name: str
    role: str
    area: str
    organisation: str


class BrokenOff(Exception):
    """An earlier load ended half-way; the cases it left are no whole demonstration."""


def logins() -> list[Login]:
    """The demonstration's accounts, one per role."""
    with (FOLDER / "cast.csv").open(encoding="utf-8", newline="") as file:
        return [Login(**row) for row in csv.DictReader(file)]


def load() -> int:
    """Make people and cases if there are none yet; how many cases were made. ``BrokenOff`` after half a load."""
    if people.account_named(logins()[0].username) is not None:
        if cases_seen_by(BY).count() < CASES:
            raise BrokenOff
        return 0
    at = clock.now()
    accounts = [(login.role, _account(login, at - timedelta(days=120))) for login in logins()]
    cast = dict(reversed(accounts))
    _write_rules(cast["administrator"], at - timedelta(days=115))
    story = Story(cast, seeded(SEED), at)
    steps = sorted(story.steps(), key=lambda step: (step.at, step.number))
    for start in range(0, len(steps), 25):
        # Short transactions: somebody may already be looking at the pages.
        with unit_of_work():
            for step in steps[start : start + 25]:
                step.act()
    readers.relay(at)
    for _, actor in accounts:
        _read_old_notices(actor, at)
    return CASES


def _account(login: Login, at: datetime) -> Actor:
    account = people_services.open_account(username=login.username, password=PASSWORD, name=login.name, by=BY, at=at)
    unit = places.organisation_by_code(login.organisation) if login.organisation else None
    people_services.appoint(
        person_id=account.person_id or 0,
        role=login.role,
        area=login.area,
        organisation_id=unit.id if unit else None,
        starts_on=clock.on(at),
        by=BY,
        at=at,
    )
    return people.actor_for(account.pk)


def _write_rules(administrator: Actor, at: datetime) -> None:
    """The routing rules of the invented city, from a table as an administrator would take it over."""
    as_it_stands = Finders(kind=str, place=str, unit=str, source=str)
    table = (FOLDER / "routing_rules.csv").read_bytes()
    rows = rules_from_table(table, finders=as_it_stands, today=clock.on(at))
    services.keep_rules(rows=[(row.number, row.given, row.client_id) for row in rows], by=administrator, at=at)


def _read_old_notices(actor: Actor, at: datetime) -> None:
    """Leave unread what came this morning, as people do who empty their inbox at the end of a day."""
    box = notices.inbox(actor, unread_only=True, size=1000)
    old = [notice.id for notice in box.notices if notice.created_at < at - timedelta(hours=6)]
    notice_services.mark_read(notice_ids=old, by=actor, at=at)


@dataclass(frozen=True, slots=True)
class Step:
    """One service call at its moment."""

    at: datetime
    number: int
    act: Callable[[], object]


class Story:
    """Plans the calls of all cases; a case learns its id when its first call has run."""

    def __init__(self, cast: dict[str, Actor], rng: Random, now: datetime) -> None:
        self.cast, self.rng, self.now = cast, rng, now
        self.ids: dict[int, CaseId] = {}
        self.after: dict[int, tuple[UUID, ...]] = {}
        with (FOLDER / "reports.csv").open(encoding="utf-8", newline="") as file:
            self.words = list(csv.DictReader(file))
        self.villages = _villages()
        home = next(login for login in logins() if login.role == "handler")
        self.home = [place for place in self.villages if place.code.startswith(home.area[:9])]

    def steps(self) -> Iterator[Step]:
        """Every call of every case."""
        ends = [state for state, n in _ENDS for _ in range(n)]
        self.rng.shuffle(ends)
        for number, end in enumerate(ends):
            yield from self._case(number, end)

    def _case(self, number: int, end: State) -> Iterator[Step]:
        rng = self.rng
        place = rng.choice(self.home if number % HOME_TOWN == 0 else self.villages)
        words = rng.choice(self.words)
        at = self._reported_at(end)
        shown = number < WITH_PHOTOS
        before = self._photo(number, words["tile"], place, illustrations.Stage.BEFORE, at) if shown else ()
        given = ReportInput(
            client_id=UUID(int=rng.getrandbits(128), version=4),
            source=Source.GRID if number % 5 == 4 else Source.PUBLIC,
            village=place.code,
            tile=words["tile"],
            text=words["text"],
            place_text=words["place_text"],
            photos=before,
        )
        reporter = BY if given.source is Source.GRID else Actor()
        handle = new_handle(rng)
        yield Step(at, number, partial(self._report, number, given, reporter, at, handle))
        yield from self._moves(number, end, place, words["tile"], at)

    def _reported_at(self, end: State) -> datetime:
        """Running cases are young enough to be inside their limits mostly; ended ones lie further back."""
        oldest = DAYS * 24 if end in (State.CLOSED, State.REJECTED) else 40
        at = self.now - timedelta(hours=self.rng.uniform(3, oldest))
        hour = clock.local(at).hour
        # Nobody reports a heap at night; whoever saw it in the dark reported it the evening before.
        return at - timedelta(hours=(hour - EVENING) % 24) if hour < MORNING or hour > EVENING else at

    def _report(self, number: int, given: ReportInput, by: Actor, at: datetime, handle: str) -> None:
        case = services.report(given=given, by=by, at=at, handle=handle)
        self.ids[number] = CaseId(case.pk)

    def _photo(
        self, number: int, tile: str, place: places.Place, stage: illustrations.Stage, at: datetime
    ) -> tuple[UUID, ...]:
        is_village = standards.setting_of(urban_rural=place.urban_rural, kind=place.kind) is Setting.RURAL
        setting = illustrations.Setting.VILLAGE if is_village else illustrations.Setting.STREET
        data = illustrations.illustration(illustrations.Scene(tile), setting, stage, seed=number)
        return (media.receive_drawn(data=data, by=Actor(), at=at).handle,)

    def _moves(self, number: int, end: State, place: places.Place, tile: str, at: datetime) -> Iterator[Step]:
        moment = at
        path = _PATHS[end]
        for verb in path:
            moment = self._later(moment, steps_left=len(path))
            if verb == "feed_back":
                self.after[number] = self._photo(number, tile, place, illustrations.Stage.AFTER, moment)
            yield Step(moment, number, partial(getattr(self, f"_{verb}"), number, place, tile, moment))

    def _later(self, at: datetime, *, steps_left: int) -> datetime:
        """Some time between the moment before and now, so that the last step is never in the future."""
        room = (self.now - at).total_seconds()
        later = at + timedelta(seconds=room * self.rng.uniform(0.04, 0.9 / steps_left))
        morning = later + timedelta(hours=(OFFICE_OPENS - clock.local(later).hour) % 24)
        is_closed = not OFFICE_OPENS <= clock.local(later).hour < OFFICE_CLOSES
        return morning if is_closed and morning < self.now else later

    def _ask_verify(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.ask_verify(case_id=self.ids[number], by=self.cast["acceptor"], at=at)

    def _find(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.find(case_id=self.ids[number], finding=Finding.THERE, note="", photos=(), by=BY, at=at)

    def _reject(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        reason = seeded(number).choice([Refusal.NOT_THERE, Refusal.DUPLICATE, Refusal.NOT_OURS])
        services.reject(case_id=self.ids[number], reason=reason, note="", by=self.cast["acceptor"], at=at)

    def _file(self, number: int, place: places.Place, tile: str, at: datetime) -> None:
        found = standards.tile(tile)
        setting = standards.setting_of(urban_rural=place.urban_rural, kind=place.kind)
        conditions = standards.conditions_of(found.class_in(setting).id) if found else ()
        # The longest of a class's limits: a demonstration full of overdue cases would teach the wrong lesson.
        longest = max(conditions, key=lambda condition: (condition.limit.kind == "working_days", condition.limit.value))
        services.file(case_id=self.ids[number], condition_id=longest.id, by=self.cast["acceptor"], at=at)

    def _dispatch(self, number: int, place: places.Place, _tile: str, at: datetime) -> None:
        units = places.units_for(place.code)
        # Some cases go past the nearest office to a bureau, so that both of the demonstration's handlers find work.
        unit = (
            next((unit for unit in units if unit.kind is OrganisationKind.BUREAU), units[0])
            if number % 4 == 1
            else units[0]
        )
        services.dispatch(case_id=self.ids[number], unit_id=unit.id, by=self.cast["dispatcher"], at=at)

    def _sign(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.sign(case_id=self.ids[number], by=BY, at=at)

    def _give_back(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.give_back(
            case_id=self.ids[number], reason=ReturnReason.NOT_OURS, note="此处由村集体自管，请改派。", by=BY, at=at
        )

    def _feed_back(self, number: int, place: places.Place, tile: str, at: datetime) -> None:
        photos = self.after[number]
        services.feed_back(case_id=self.ids[number], evidence=photos, note="", by=BY, at=at)

    def _send_back(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.send_back(
            case_id=self.ids[number], reason=Shortfall.PARTLY, note="墙角还有一堆。", by=self.cast["checker"], at=at
        )

    def _close(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.close(case_id=self.ids[number], by=self.cast["checker"], at=at)


_FILED = ("file",)
_OUT = (*_FILED, "dispatch")
_HANDS = (*_OUT, "sign")
_BACK = (*_HANDS, "feed_back")
_PATHS: dict[State, tuple[str, ...]] = {
    State.REPORTED: (),
    State.VERIFYING: ("ask_verify",),
    State.VERIFIED: ("ask_verify", "find"),
    State.REJECTED: ("ask_verify", "find", "reject"),
    State.FILED: _FILED,
    State.DISPATCHED: _OUT,
    State.RETURNED: (*_OUT, "give_back"),
    State.HANDLING: _HANDS,
    State.FED_BACK: _BACK,
    State.REWORK: (*_BACK, "send_back"),
    State.CLOSED: (*_BACK, "close"),
}


def _villages() -> list[places.Place]:
    city = places.city()
    counties = places.children(city.code) if city else ()
    towns = [town for county in counties for town in places.children(county.code)]
    return [place for town in towns for place in places.children(town.code) if place.level is Level.VILLAGE]
