# SPDX-License-Identifier: Apache-2.0
"""The demonstration city's people and cases, from seeds: a live front through the services, a season in bulk behind it.

Two hundred cases of the last two weeks are made by the commands, forty of them scripted with pictures as phones take
them, six of those deliberate fakes. The season behind them is loaded by the worker while the pages answer already. All
of it is invented and shown under 演示数据.
"""

import csv
import io
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from uuid import UUID

from django.conf import settings

from jiayuan.cases import services
from jiayuan.cases.enums import Finding, NotYet, Refusal, ReturnReason, Shortfall, Source, State, VoidReason
from jiayuan.cases.intake import Finders, ReportInput, rules_from_table
from jiayuan.cases.queries import cases_seen_by, loading, shapes
from jiayuan.cases.services import CaseId
from jiayuan.duties.services import load_answers, load_frontages, load_groups, load_lists, load_rotas, load_schemes
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import unit_of_work
from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.media import illustrations
from jiayuan.media import services as media
from jiayuan.media.illustrations import Fake, Shot, Stage, Taken, fake_pair_beside, scripted_pair
from jiayuan.notices import queries as notices
from jiayuan.notices import services as notice_services
from jiayuan.people import queries as people
from jiayuan.people import services as people_services
from jiayuan.places import queries as places
from jiayuan.places.enums import Crs, Level, OrganisationKind, PositionSource
from jiayuan.places.intake import Position
from jiayuan.places.services import import_organisations
from jiayuan.record import readers
from jiayuan.site.demonstration_bulletin import go_on_with_bulletin
from jiayuan.site.demonstration_lists import go_on_with_lists
from jiayuan.site.demonstration_meetings import load_meetings
from jiayuan.site.demonstration_releases import go_on_with_releases
from jiayuan.site.demonstration_rounds import load_rounds
from jiayuan.site.whistling import Whistling
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import Setting

PASSWORD = "jiayuan-2025"  # noqa: S105 – printed by ./jiayuan demo for everyone to use
SEED = 20250103
CASES = 200
WITH_PHOTOS = 60
DAYS = 14
WHOLE_PERCENT = 100
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
    (State.REJECTED, 10),
    (State.FILED, 6),
    (State.REWORK, 6),
    (State.VERIFYING, 4),
    (State.VERIFIED, 4),
    (State.RETURNED, 4),
    (State.SHELVED, 2),
    (State.VOID, 1),
    (State.MERGED, 1),
)
SCRIPTED = 40
"""So many cases carry pictures as phones take them, which are compared; all others' are marked as drawn."""
FAKES = (Fake.SAME, Fake.COPIED, Fake.EARLY, Fake.FAR, Fake.EDITED, Fake.REUSED)
DRAWERS = 2
"""So many processes draw pictures meanwhile."""
QUICK_PERCENT = 2
"""How much of the season is there before the first page answers."""


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
    _contractors(at)
    with ProcessPoolExecutor(DRAWERS, mp_context=get_context("spawn")) as drawers:
        # Pictures are drawn by other processes while people get their accounts.
        story = Story(seeded(SEED), at, drawers)
        whistling = Whistling(FOLDER / "whistles.csv", at, story.home, story.cast)
        told = [Step(step_at, CASES + number, act) for number, (step_at, act) in enumerate(whistling.steps())]
        steps = sorted([*story.steps(), *told], key=lambda step: (step.at, step.number))
        accounts = [(login.role, _account(login, at - timedelta(days=120))) for login in logins()]
        story.cast.update(reversed(accounts))
        _write_rules(story.cast["administrator"], at - timedelta(days=115))
        duties = Path(settings.BASE) / "data" / settings.CITY_PACK / "duties"
        load_lists(folder=duties, by=BY, at=at)
        load_answers(folder=duties, by=BY, at=at)
        load_schemes(folder=duties, by=BY, at=at)
        load_frontages(folder=duties, by=BY, at=at)
        load_groups(folder=duties, by=BY, at=at)
        load_rotas(folder=duties, by=BY, at=at, seed=SEED)
        story.receive_pictures()
    for start in range(0, len(steps), 25):
        # Short transactions: somebody may already be looking at the pages.
        with unit_of_work():
            for step in steps[start : start + 25]:
                step.act()
    supervisor = _inspect(at)
    with unit_of_work():
        load_meetings(cast={**story.cast, "county_supervisor": supervisor}, at=at)
    readers.relay(at)
    for _, actor in accounts:
        _read_old_notices(actor, at)
    return CASES


def _inspect(at: datetime) -> Actor:
    """The season's rounds of inspection, by the inspector and the supervisor of the whole city, who is given back."""
    supervisor = _of_the_city("county_supervisor")
    load_rounds(inspector=_of_the_city("inspector"), supervisor=supervisor, password=PASSWORD, at=at)
    return supervisor


def _of_the_city(role: str) -> Actor:
    """Whoever has a role in the whole city."""
    city = places.city()
    login = next(one for one in logins() if city is not None and (one.role, one.area) == (role, city.code))
    return people.actor_for(people.account_named(login.username))


def _contractors(at: datetime) -> None:
    """The season's invented contractors: whatever is done badly in the demonstration is done by them."""
    city = places.city()
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("code", "name", "short_name", "kind", "uscc", "parent", "division"))
    for weak in shapes().weak:
        kind = OrganisationKind.BUREAU.value
        table.writerow((weak.code, weak.name, weak.short_name, kind, "", "", city.code if city else ""))
    import_organisations(data=out.getvalue().encode(), by=BY, at=at)


def begin_season(at: datetime) -> int:
    """Plan the season and load the first part of it, before the first page answers; how many percent are there."""
    whole = services.begin_season(by=BY, at=at)
    return services.load_season(cast=_cast(), by=BY, at=at, families=whole * QUICK_PERCENT // 100)


def go_on(*, seconds: float) -> bool:
    """Load some more of the season, if one is being loaded, then what comes after it; whether there is more to do."""
    if loading() is None:
        at, supervisor = clock.now(), _of_the_city("county_supervisor")
        return (
            go_on_with_lists(at)
            or go_on_with_bulletin(supervisor=supervisor, signer=_of_the_city("city_leader"), at=at)
            or go_on_with_releases(by=supervisor, at=at)
        )
    services.load_season(cast=_cast(), by=BY, at=clock.now(), seconds=seconds)
    return True


def _cast() -> dict[str, Actor]:
    """The demonstration's accounts by their roles."""
    told = [(login.role, people.account_named(login.username)) for login in reversed(logins())]
    return {role: people.actor_for(account_id) for role, account_id in told if account_id is not None}


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


@dataclass(frozen=True, slots=True)
class Order:
    """Pictures of a case that are being drawn, which of them they are and when each was taken, and how they come in."""

    number: int
    pictures: "Future[tuple[bytes, ...]]"
    taken: tuple[tuple[Stage, datetime], ...]
    receive: Callable[[bytes, Stage, datetime], UUID]


class Story:
    """Plans the calls of all cases; a case learns its id when its first call has run.

    Everybody must be in the cast, and the pictures received, before the first call.
    """

    def __init__(self, rng: Random, now: datetime, drawers: Executor) -> None:
        self.rng, self.now, self.drawers = rng, now, drawers
        self.cast: dict[str, Actor] = {}
        self.ids: dict[int, CaseId] = {}
        self.orders: list[Order] = []
        self.pictures: dict[tuple[int, Stage], tuple[UUID, ...]] = {}
        self.scripted: frozenset[int] = frozenset()
        self.fakes: dict[int, Fake] = {}
        self.honest: Taken | None = None
        with (FOLDER / "reports.csv").open(encoding="utf-8", newline="") as file:
            self.words = list(csv.DictReader(file))
        self.villages = _villages()
        home = next(login for login in logins() if login.role == "handler")
        self.home = [place for place in self.villages if place.code.startswith(home.area[:9])]

    def steps(self) -> Iterator[Step]:
        """Every call of every case."""
        ends = [state for state, n in _ENDS for _ in range(n)]
        self.rng.shuffle(ends)
        self.scripted, self.fakes = _cast_pictures(ends)
        for number, end in enumerate(ends):
            yield from self._case(number, end)

    def _case(self, number: int, end: State) -> Iterator[Step]:
        rng = self.rng
        place = rng.choice(self.home if number % HOME_TOWN == 0 else self.villages)
        words = rng.choice(self.words)
        at = self._reported_at(end)
        moments = self._moments(at, len(_PATHS[end]))
        spot = self._spot()
        self._order_pictures(number, words["tile"], place, spot, (at, *moments), end)
        given = ReportInput(
            client_id=UUID(int=rng.getrandbits(128), version=4),
            source=Source.GRID if number % 5 == 4 else Source.PUBLIC,
            village=place.code,
            tile=words["tile"],
            text=words["text"],
            place_text=words["place_text"],
            position=spot,
        )
        reporter = BY if given.source is Source.GRID else Actor()
        handle = new_handle(rng)
        yield Step(at, number, partial(self._report, number, given, reporter, at, handle))
        for verb, moment in zip(_PATHS[end], moments, strict=True):
            yield Step(moment, number, partial(getattr(self, f"_{verb}"), number, place, words["tile"], moment))

    def _spot(self) -> Position:
        """Somewhere on the invented map."""
        drawn, rng = shapes().map, self.rng
        return Position(
            lon=round(drawn["lon"] + rng.gauss(0, 0.12), 6),
            lat=round(drawn["lat"] + rng.gauss(0, 0.1), 6),
            crs=Crs.WGS84,
            accuracy_m=15,
            source=PositionSource.DEVICE,
        )

    def _reported_at(self, end: State) -> datetime:
        """Running cases are young enough to be inside their limits mostly; ended ones lie further back."""
        oldest = DAYS * 24 if end in (State.CLOSED, State.REJECTED) else 40
        at = self.now - timedelta(hours=self.rng.uniform(3, oldest))
        hour = clock.local(at).hour
        # Nobody reports a heap at night; whoever saw it in the dark reported it the evening before.
        return at - timedelta(hours=(hour - EVENING) % 24) if hour < MORNING or hour > EVENING else at

    def _report(self, number: int, given: ReportInput, by: Actor, at: datetime, handle: str) -> None:
        given = replace(given, photos=self.pictures.get((number, Stage.BEFORE), ()))
        case = services.report(given=given, by=by, at=at, handle=handle)
        self.ids[number] = CaseId(case.pk)

    def _order_pictures(
        self,
        number: int,
        tile: str,
        place: places.Place,
        spot: Position,
        moments: tuple[datetime, ...],
        end: State,
    ) -> None:
        """Have the pictures of a case drawn: before and, where something was done, after."""
        verbs = _PATHS[end]
        done_at = moments[verbs.index("feed_back") + 1] if "feed_back" in verbs else None
        is_village = standards.setting_of(urban_rural=place.urban_rural, kind=place.kind) is Setting.RURAL
        setting = illustrations.Setting.VILLAGE if is_village else illustrations.Setting.STREET
        scene = illustrations.Scene(tile)
        after = ((Stage.AFTER, done_at),) if done_at is not None else ()
        if number in self.scripted:
            pair = self._as_phones_take_them(number, scene, setting, spot, moments[0], done_at)
            self.orders.append(Order(number, pair, ((Stage.BEFORE, moments[0]), *after), _received))
            return
        taken = (*(((Stage.BEFORE, moments[0]),) if number < WITH_PHOTOS else ()), *after)
        stages = [stage for stage, _ in taken]
        drawn = self.drawers.submit(illustrations.illustrations, scene, setting, *stages, seed=number)
        self.orders.append(Order(number, drawn, taken, _received_drawn))

    def _as_phones_take_them(
        self,
        number: int,
        scene: illustrations.Scene,
        setting: illustrations.Setting,
        spot: Position,
        at: datetime,
        done_at: datetime | None,
    ) -> "Future[tuple[bytes, ...]]":
        """A pair with its own EXIF that is received like any photo; six pairs deceive, each in another way."""
        before = Shot(at=at - timedelta(minutes=2), lon=spot.lon, lat=spot.lat)
        after = Shot(at=(done_at or at) - timedelta(minutes=4), lon=spot.lon, lat=spot.lat)
        shots = {"before": before, "after": after}
        if number in self.fakes:
            kind, honest = self.fakes[number], self.honest
            return self.drawers.submit(fake_pair_beside, kind, number, scene, setting, honest=honest, **shots)
        self.honest = Taken(number=number, scene=scene, setting=setting, shot=before)
        return self.drawers.submit(scripted_pair, number, scene, setting, **shots)

    def receive_pictures(self) -> None:
        """Take every picture in as soon as it is drawn."""
        for order in self.orders:
            for picture, (stage, at) in zip(order.pictures.result(), order.taken, strict=False):
                self.pictures[(order.number, stage)] = (order.receive(picture, stage, at),)

    def _moments(self, at: datetime, steps: int) -> list[datetime]:
        """When each step of a case was done."""
        moments: list[datetime] = []
        for _ in range(steps):
            moments.append(self._later(moments[-1] if moments else at, steps_left=steps))
        return moments

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
        photos = self.pictures.get((number, Stage.AFTER), ())
        services.feed_back(case_id=self.ids[number], evidence=photos, note="", by=BY, at=at)

    def _send_back(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.send_back(
            case_id=self.ids[number], reason=Shortfall.PARTLY, note="墙角还有一堆。", by=self.cast["checker"], at=at
        )

    def _close(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.close(case_id=self.ids[number], by=self.cast["checker"], at=at)

    def _ask_shelving(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        until = clock.on(self.now) + timedelta(days=60)
        services.ask_shelving(
            case_id=self.ids[number], reason=NotYet.ENGINEERING, until=until, note="要等机械进场。", by=BY, at=at
        )

    def _shelve(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.shelve(case_id=self.ids[number], by=BY, at=at)

    def _void(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        services.void(case_id=self.ids[number], reason=VoidReason.TEST, note="", by=BY, at=at)

    def _merge(self, number: int, _place: places.Place, _tile: str, at: datetime) -> None:
        """Into whichever case was reported last and has not ended: a demonstration may call any two the same."""
        leading = cases_seen_by(BY).filter(state=State.REPORTED).exclude(pk=self.ids[number]).order_by("-pk").first()
        services.merge(case_id=self.ids[number], into_id=CaseId(leading.pk if leading else 0), by=BY, at=at)


def _received(picture: bytes, stage: Stage, at: datetime) -> UUID:
    name = "IMG_0001.jpg" if stage is Stage.BEFORE else "IMG_0002.jpg"
    return media.receive(data=picture, declared_name=name, by=Actor(), at=at).handle


def _received_drawn(picture: bytes, _stage: Stage, at: datetime) -> UUID:
    return media.receive_drawn(data=picture, by=Actor(), at=at).handle


def _cast_pictures(ends: list[State]) -> tuple[frozenset[int], dict[int, Fake]]:
    """Which cases are scripted, and which of those deceive: six that wait for their check right now."""
    waiting = [number for number, end in enumerate(ends) if end is State.FED_BACK]
    others = [number for number, end in enumerate(ends) if end in (State.CLOSED, State.REWORK, State.HANDLING)]
    scripted = [*waiting, *others[: SCRIPTED - len(waiting)]]
    # What deceives with another's picture needs one that came before.
    late = [number for number in waiting if number > min(scripted)]
    return frozenset(scripted), dict(zip(late, FAKES, strict=False))


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
    State.SHELVED: (*_HANDS, "ask_shelving", "shelve"),
    State.VOID: ("void",),
    State.MERGED: ("merge",),
}


def _villages() -> list[places.Place]:
    city = places.city()
    counties = places.children(city.code) if city else ()
    towns = [town for county in counties for town in places.children(county.code)]
    return [place for town in towns for place in places.children(town.code) if place.level is Level.VILLAGE]
