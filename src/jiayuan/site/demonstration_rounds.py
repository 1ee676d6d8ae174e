# SPDX-License-Identifier: Apache-2.0
"""The demonstration's inspections: two plans and eight rounds, the last of them waiting for whoever tries it.

All of it is invented. Real villages keep plain good scores: whoever is scored badly in a demonstration is invented
too, and no place of the city is, so no round has a black list to fill.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from jiayuan.inspections import queries, services
from jiayuan.inspections.enums import Excluded, Manner, StrataBy, Weighting
from jiayuan.inspections.intake import ExclusionInput, FindingInput, PlanInput, PlanLineInput, RoundInput
from jiayuan.inspections.queries import VisitView
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.media import illustrations
from jiayuan.media import services as media
from jiayuan.media.illustrations import Setting, Stage
from jiayuan.people import queries as people
from jiayuan.people import services as people_services
from jiayuan.places import queries as places

BY = Actor.system("site.demonstration")
SEED = 20250102
MARK = "（演示数据·非公文）"
COLLEAGUES = (("检查员乙", "陆行之"), ("检查员丙", "苏望山"))
"""Inspectors beside the one whom the welcome names; without a password that anybody is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A round of the demonstration: so many days before the present one, by which sheet and line."""

    title: str
    days_ago: int
    sheet: str
    line: str = "1"
    manner: Manner = Manner.UNDERCOVER
    strata_by: StrataBy = StrataBy.COUNTY
    grounds: tuple[str, ...] = ()
    """What is found here and there, one of these at a place."""


_PAPERS = ("2.1:b", "2.1:c")
ROUNDS = (
    Planned(title="第一轮暗访", days_ago=100, sheet="cunzhuang", grounds=_PAPERS),
    Planned(title="第二轮暗访", days_ago=86, sheet="cunzhuang", grounds=_PAPERS),
    Planned(title="三季度明查", days_ago=72, sheet="sanji", line="2", manner=Manner.OPEN, grounds=("2.2:a", "1.1:a")),
    Planned(title="第三轮暗访", days_ago=58, sheet="cunzhuang", grounds=_PAPERS),
    Planned(title="房前屋后专项", days_ago=44, sheet="bairi", line="3"),
    Planned(title="第四轮暗访", days_ago=30, sheet="cunzhuang", grounds=_PAPERS),
    Planned(title="一季度明查", days_ago=1, sheet="cunzhuang", line="2", manner=Manner.OPEN,
            grounds=("4.1:a", "3.1:a", "5.1:a", "2.1:c")),
    Planned(title="元旦后第一轮暗访", days_ago=0, sheet="cunzhuang"),
)  # fmt: skip
_LINES = (
    PlanLineInput(key="1", subject="城乡环境卫生暗访", lead="演清办", rounds=6, per_place=2),
    PlanLineInput(key="2", subject="季度明查", lead="演清办", rounds=4, per_place=1),
    PlanLineInput(key="3", subject="房前屋后专项检查", lead="演清办", rounds=1, per_place=1),
)
APPEALED = 5
PER_STRATUM = 3
WITH_A_FINDING = 3
"""So many in ten places lose something."""


def load_rounds(*, inspector: Actor, supervisor: Actor, password: str, at: datetime) -> int:
    """Adopt the plans and play the rounds; how many. Accounts and sheets are there."""
    city = places.city()
    versions = {one.code: one.version_id for one in queries.sheets()}
    if city is None or not versions:
        return 0
    inspectors = [inspector, *(_colleague(*one, city.code, password, at - timedelta(days=120)) for one in COLLEAGUES)]
    telling = _Telling(city.code, versions, inspectors, supervisor)
    for year in sorted({(at - timedelta(days=one.days_ago)).year for one in ROUNDS}):
        _adopt(city.code, year, at=min(at, _morning(date(year, 1, 2))))
    for planned in ROUNDS:
        telling.play(planned, at)
    return len(ROUNDS)


def _colleague(username: str, name: str, area: str, password: str, at: datetime) -> Actor:
    account = people_services.open_account(username=username, password=password, name=name, by=BY, at=at)
    people_services.appoint(
        person_id=account.person_id or 0,
        role="inspector",
        area=area,
        organisation_id=None,
        starts_on=clock.on(at),
        by=BY,
        at=at,
    )
    return people.actor_for(account.pk)


def _adopt(area: str, year: int, *, at: datetime) -> None:
    given = PlanInput(
        year=year,
        area=area,
        title=f"{year} 年督查检查考核计划{MARK}",
        source_number=f"演清办〔{year}〕2号",
        adopted_on=clock.on(at),
        lines=_LINES,
        is_illustrative=True,
    )
    services.adopt_plan(given=given, by=BY, at=at)


def _morning(on: date) -> datetime:
    return datetime.combine(on, time(8, 30), tzinfo=clock.ZONE)


class _Telling:
    """Plays rounds from one seed; pictures are drawn once and marked as drawn."""

    def __init__(self, area: str, versions: dict[str, int], inspectors: Sequence[Actor], supervisor: Actor) -> None:
        self.area, self.versions, self.supervisor = area, versions, supervisor
        self.inspectors = {one.person_id: one for one in inspectors}
        self.rng = seeded(SEED)
        self.pictures = illustrations.illustrations(
            illustrations.Scene("rubbish"), Setting.VILLAGE, Stage.BEFORE, seed=SEED
        )

    def play(self, planned: Planned, now: datetime) -> None:
        """A round from its preparation to its publication; the one of today stops once its places are drawn."""
        starts_on = clock.on(now - timedelta(days=planned.days_ago))
        at = min(_morning(starts_on), now)
        line = next(one for one in queries.plan_lines() if (one.year, one.key) == (starts_on.year, planned.line))
        row = services.prepare_round(
            given=RoundInput(
                line_id=line.id,
                version_id=self.versions[planned.sheet],
                title=f"{planned.title}{MARK}",
                manner=planned.manner,
                area=self.area,
                strata_by=planned.strata_by,
                per_stratum=PER_STRATUM,
                weighting=Weighting.STANDS_FOR,
                red_from=9_000,
                black_below=8_000,
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=4),
                is_synthetic=True,
            ),
            by=self.supervisor,
            at=at,
            handle=new_handle(self.rng),
        )
        self._exclude(row.pk, planned, at)
        seed = f"{self.rng.getrandbits(128):032x}"
        services.draw_places(round_id=row.pk, note="", seed=seed, by=self.supervisor, at=at)
        view = queries.round_seen_by(BY, row.handle)
        if view is None or not planned.days_ago:
            return
        for place in queries.places_of(view):
            self._inspect(place, planned, at + timedelta(hours=2 + place.number))
        published_at = min(at + timedelta(days=1), now)
        services.publish_round(round_id=row.pk, by=self.supervisor, at=published_at)
        if planned is ROUNDS[APPEALED]:
            self._appeal(row.pk, published_at)

    def _appeal(self, round_id: int, at: datetime) -> None:
        """The first finding of a round was not where it was said to be."""
        found = queries.findings_of_round(round_id)
        if not found:
            return
        asked = services.appeal(
            finding_id=found[0][1].id,
            reason="公示栏在村委会二楼，当天已公示。",
            photos=(),
            by=BY,
            at=at + timedelta(days=1),
        )
        services.decide_appeal(
            appeal_id=asked.pk,
            times=0,
            answer="经核对属实，取消这一条。",
            by=self.supervisor,
            at=at + timedelta(days=2),
        )

    def _exclude(self, round_id: int, planned: Planned, at: datetime) -> None:
        """One place of the second round was a building site."""
        if planned is not ROUNDS[1]:
            return
        village = self.rng.choice([one.code for one in places.children(self._town())])
        given = ExclusionInput(village=village, reason=Excluded.WORKS, note="")
        services.exclude(round_id=round_id, given=given, by=self.supervisor, at=at)

    def _town(self) -> str:
        county = places.children(self.area)[0]
        return places.children(county.code)[0].code

    def _inspect(self, place: VisitView, planned: Planned, at: datetime) -> None:
        by = self.inspectors[place.inspector_id]
        services.begin_visit(visit_id=place.id, by=by, at=at)
        if planned.grounds and self.rng.randrange(10) < WITH_A_FINDING:
            item, _, ground = self.rng.choice(planned.grounds).partition(":")
            photo = media.receive_drawn(data=self.pictures[0], by=by, at=at)
            given = FindingInput(
                client_id=UUID(int=self.rng.getrandbits(128), version=4),
                item=item,
                ground=ground,
                times=1,
                place_text="村口",
                photos=(photo.handle,),
            )
            services.note_finding(visit_id=place.id, given=given, by=by, at=at)
        services.submit_visit(visit_id=place.id, absent=(), expected=None, by=by, at=at + timedelta(minutes=40))
