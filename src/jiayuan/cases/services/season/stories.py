# SPDX-License-Identifier: Apache-2.0
"""How the cases of a season went: who did what when, drawn from the shapes and told through ``Life``.

A story is told until the season's last moment. One that must have ended by then and did not is told again, begun some
days earlier; one that is to be open just stops there.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from jiayuan.cases import events
from jiayuan.cases.enums import (
    Answer,
    CallBackResult,
    Denial,
    Discontent,
    Finding,
    ForcedReason,
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
from jiayuan.cases.enums import Ground as AppealGround
from jiayuan.cases.models import Case
from jiayuan.cases.rules.life import is_extendable
from jiayuan.cases.rules.season import Chooser, Shapes
from jiayuan.cases.services.season.ground import Ground, Matter
from jiayuan.cases.services.season.lives import Life
from jiayuan.cases.services.season.plan import Family, Fate
from jiayuan.cases.services.season.rows import STRIDE, Rows
from jiayuan.kernel import bulk, clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.media.services import Drawing
from jiayuan.places.enums import PositionSource
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind

TRIES = 40
OPENS, CLOSES = 8, 18
_VERIFIED_FIRST = (Source.CALLER, Source.HOTLINE, Source.MEDIA)
_HELD = {
    "": 58, "reported": 6, "verify": 5, "verified": 4, "filed": 6, "dispatched": 9, "returned": 3,
    "fed_back": 9, "rework": 5, "asking": 5, "shelved": 6,
}  # fmt: skip
"""At which step open cases are standing, with weights; those without one are just on their way."""
_HOLDS: Chooser[str] = Chooser(_HELD.items())
_LONG_OPEN = ("shelved", "asking", "rework")


class Ended(Exception):
    """The season's last moment has come, or the case stands still where it is meant to."""


class Teller:
    """Tells families. Holds nothing that changes from one to the next."""

    def __init__(self, ground: Ground, shapes: Shapes, *, seed: int, cast: dict[str, Actor], by: Actor) -> None:
        self.ground, self.shapes, self.seed, self.cast, self.by = ground, shapes, seed, cast, by
        self.ends_at = shapes.ends_at
        self.sources = {
            setting: Chooser([(Source(code), weight) for code, weight in weights.items()])
            for setting, weights in shapes.sources.items()
        }

    def who(self, role: str) -> Actor:
        """The demonstration's account with a role; the system where there is none."""
        return self.cast.get(role, self.by)

    def case(self, family: Family, base: int) -> Rows:
        """What a family of cases leaves."""
        for attempt in range(TRIES):
            rng = seeded(f"{self.seed} {family.number} {attempt}")
            rows = Rows(base + family.number * STRIDE)
            story = CaseStory(self, family, rows, rng, earlier=attempt)
            try:
                story.tell()
            except Ended:
                if family.fate is not Fate.OPEN:
                    continue
            return rows
        raise RuntimeError(f"family {family.number} does not come to its end")


class CaseStory:
    """One case with what belongs to it, told once."""

    def __init__(self, teller: Teller, family: Family, rows: Rows, rng: Random, *, earlier: int) -> None:
        self.teller, self.family, self.rows, self.rng = teller, family, rows, rng
        self.shapes, self.ground = teller.shapes, teller.ground
        self.earlier = earlier
        self.hold = _HOLDS.draw(rng) if family.fate is Fate.OPEN else ""
        self.place = family.place or self.ground.place(family.setting, rng)
        self.matter = self.ground.matter(family.task, rng)
        self.seed = rng.getrandbits(24)
        self.at = self._reported_at()

    # ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _reported_at(self) -> datetime:
        rng, latest = self.rng, self.shapes.ends_at.date()
        if self.family.fate is Fate.OPEN:
            longest = 30.0 if self.hold in _LONG_OPEN else 1.0 if self.hold in ("reported", "verify") else 9.0
            mean = 0.35 if longest == 1.0 else 1.6 if longest == 9.0 else 12.0
            back = min(rng.expovariate(1 / mean), longest)
            return self._awake(self.shapes.ends_at - timedelta(days=back, minutes=rng.randint(10, 300)))
        day = self.family.day or self.ground.day(self.family.setting, rng, latest=latest)
        # Told again because it did not end in time: it began the earlier, but never before the season.
        day = max(self.shapes.starts_on, day - timedelta(days=2 * self.earlier))
        hour = min(21.4, max(6.2, rng.gauss(13.0, 3.6)))
        return datetime.combine(day, time(), clock.ZONE) + timedelta(hours=hour, seconds=rng.randint(0, 59))

    def _awake(self, at: datetime) -> datetime:
        hour = clock.local(at).hour
        return at - timedelta(hours=(hour - 20) % 24) if hour < 6 or hour > 21 else at

    def later(self, fewest: float, most: float) -> datetime:
        """A moment so many hours of work later; the story stops when it lies beyond the season."""
        at = self.at + timedelta(hours=self.rng.uniform(fewest, most), seconds=self.rng.randint(1, 59))
        return self.to(self._at_work(at))

    def to(self, at: datetime) -> datetime:
        """Go on to a moment, never backwards."""
        if at >= self.shapes.ends_at:
            raise Ended
        self.at = max(self.at, at)
        return self.at

    def _at_work(self, at: datetime) -> datetime:
        local = clock.local(at)
        day = local.date()
        if OPENS <= local.hour < CLOSES and self._works(day):
            return at
        if local.hour >= CLOSES or not self._works(day):
            day += timedelta(days=1)
        while not self._works(day):
            day += timedelta(days=1)
        opening = datetime.combine(day, time(OPENS), clock.ZONE)
        return opening + timedelta(minutes=self.rng.uniform(2, 190))

    def _works(self, day: date) -> bool:
        return self.ground.working.get(day, day.weekday() < 5)

    def _stop(self, hold: str) -> None:
        if self.hold == hold:
            raise Ended

    def chance(self, name: str) -> bool:
        """Whether a branch of the shapes is taken."""
        return self.shapes.chance(name, self.rng)

    # ── the story ─────────────────────────────────────────────────────────────────────────────────────────────────

    def tell(self) -> None:
        """From the report to whatever its family is to come to."""
        life = self._begin()
        if self.family.fate is Fate.UNFILED:
            self._unfiled(life)
        elif self.family.fate is Fate.VOID:
            self._void(life)
        else:
            self.go_through(life)

    def _begin(self) -> Life:
        rng = self.rng
        source = self.teller.sources[self.family.setting].draw(rng)
        life = Life(self.rows, self._case(source, self.at, quantity=self.family.quantity))
        is_shown = self.chance("pictures") and source not in (Source.CALLER, Source.HOTLINE)
        scene = self.matter.kind.scene
        life.report(
            self.ground.words("report", rng, scene),
            self.ground.words("place", rng),
            (self._drawn("before"),) if is_shown else (),
            by=Actor() if source is Source.PUBLIC else self.teller.by,
            at=self.at,
        )
        return life

    def _case(self, source: Source, at: datetime, *, quantity: int = 1) -> Case:
        place = self.ground.places[self.place]
        lon, lat = self.ground.spot(self.place, self.rng)
        return bulk.row(
            Case,
            handle=new_handle(self.rng),
            client_id=UUID(int=self.rng.getrandbits(128), version=4),
            source=source,
            state=State.REPORTED,
            county=place.county,
            town=place.town,
            village=place.code,
            lon=lon,
            lat=lat,
            accuracy_m=self.rng.choice((8, 12, 20, 35)),
            position_source=PositionSource.MAP,
            problem_class_id=self.matter.class_id,
            reported_at=at,
            reported_on=clock.on(at),
            moved_at=at,
            quantity=quantity,
        )

    def _drawn(self, stage: str) -> Drawing:
        return Drawing.of(
            scene=self.matter.kind.scene,
            setting="village" if self.family.setting == "rural" else "street",
            stage=stage,
            seed=self.seed,
            handle=UUID(int=self.rng.getrandbits(128), version=4),
        )

    def _unfiled(self, life: Life) -> None:
        if life.case.source in _VERIFIED_FIRST or self.rng.random() < 0.45:
            life.ask_verify(by=self.teller.who("acceptor"), at=self.later(0.2, 3))
            life.find(Finding.GONE, by=self.teller.by, at=self.later(1, 9))
            reason = Refusal.NOT_THERE
        else:
            reason = self.rng.choice((Refusal.NOT_OURS, Refusal.NOT_OURS, Refusal.DUPLICATE, Refusal.UNCLEAR))
        life.reject(reason, "", by=self.teller.who("acceptor"), at=self.later(0.3, 5))
        if self.chance("reopen_asked") and self.shapes.ends_at - self.at > timedelta(days=3):
            life.ask_reopen(ReopenGround.NEW_FACTS, "", by=Actor(), at=self.later(4, 40))
            life.refuse_reopen("已再次查看，情况没有变化。", by=self.teller.by, at=self.later(2, 12))

    def _void(self, life: Life) -> None:
        reason = self.rng.choice((VoidReason.MISTAKEN, VoidReason.NOT_THERE, VoidReason.TEST))
        if self.rng.random() < 0.5:
            self._file(life)
            if self.rng.random() < 0.5:
                self._dispatch(life)
        life.void(reason, by=self.teller.by, at=self.later(0.5, 8))

    def go_through(self, life: Life) -> None:
        """From filing to the end."""
        self._stop("reported")
        parent = self._split_off(life)
        self._file(life)
        self._stop("filed")
        self._dispatch(life)
        self._stop("dispatched")
        self._returns(life)
        life.sign(by=self.teller.by, at=self._signed(life))
        self._in_hand(life)
        if self._forced(life):
            return
        self._put_right(life, is_first=True)
        self._after(life)
        self._duplicates(life)
        if parent is not None:
            self._finish_part(parent)

    def _split_off(self, life: Life) -> "Life | None":
        """A further problem in the same report, of a class that no published figure counts."""
        if self.family.fate is not Fate.CLOSED or self.family.relapses or not self.chance("split"):
            return None
        at = self.later(0.1, 2)
        other = self.ground.matter(f"other-{self.family.setting}", self.rng)
        child = self._child(life, "split_from", Source(life.case.source), other, at)
        child.report(
            self.ground.words("report", self.rng, other.kind.scene), "", (), by=self.teller.who("acceptor"), at=at
        )
        life.split(child, by=self.teller.who("acceptor"), at=at)
        return child

    def _child(self, life: Life, link: str, source: Source, matter: Matter, at: datetime) -> Life:
        return life.linked(
            link,
            client_id=UUID(int=self.rng.getrandbits(128), version=4),
            handle=new_handle(self.rng),
            source=source,
            class_id=matter.class_id,
            at=at,
        )

    def _finish_part(self, child: Life) -> None:
        """The part goes its own way: it is not filed, because it is no matter of the campaign."""
        if child.case.source in _VERIFIED_FIRST:
            child.ask_verify(by=self.teller.who("acceptor"), at=self.later(0.1, 1))
            child.find(Finding.THERE, by=self.teller.by, at=self.later(0.5, 3))
        child.reject(Refusal.NOT_OURS, "", by=self.teller.who("acceptor"), at=self.later(0.1, 2))

    def _file(self, life: Life) -> None:
        if life.case.source in _VERIFIED_FIRST or self.hold in ("verify", "verified"):
            life.ask_verify(by=self.teller.who("acceptor"), at=self.later(0.1, 2))
            self._stop("verify")
            life.find(Finding.THERE, by=self.teller.by, at=self.later(0.5, 6))
            self._stop("verified")
        conditions = standards.conditions_of(life.case.problem_class_id)
        likely = self.matter.conditions if life.case.problem_class_id == self.matter.class_id else conditions
        condition = likely[0] if self.rng.random() < 0.85 else self.rng.choice(likely)
        if self.hold in ("asking", "shelved"):
            condition = max(likely, key=lambda row: (is_extendable(row.limit.kind, row.limit.value), row.limit.value))
        life.file(condition, by=self.teller.who("acceptor"), at=self.later(0.1, 2.5))
        if self.chance("urged"):
            life.urge(self.rng.choice(tuple(Urgency)), by=self.teller.who("acceptor"), at=self.later(0.05, 0.5))

    def _dispatch(self, life: Life) -> None:
        unit = self.ground.unit(self.place, self.family.task, self.rng)
        life.dispatch(unit, by=self.teller.who("dispatcher"), at=self.later(0.05, 1.5))

    def _signed(self, life: Life) -> datetime:
        """Things with a limit of hours go to whoever is on duty, at any time; the rest waits for the office to open."""
        limit = standards.condition(life.case.condition_id or 0).limit
        if limit.kind in (LimitKind.URGENT, LimitKind.WORKING_HOURS):
            return self.to(self.at + timedelta(minutes=self.rng.uniform(2, 18)))
        return self.later(0.1, 4)

    def _returns(self, life: Life) -> None:
        times = self.family.returns or int(self.hold == "returned" or self.chance("returned"))
        for number in range(times):
            reason = self.rng.choice(tuple(ReturnReason))
            life.give_back(reason, self.ground.words("return", self.rng), by=self.teller.by, at=self.later(0.3, 3))
            self._stop("returned")
            note = "联席会议议定改派。" if number == 2 else ""
            if number == 2 or self.chance("return_confirmed"):
                life.confirm_return(note, by=self.teller.by, at=self.later(0.3, 5))
                self._dispatch(life)
            else:
                life.refuse_return(self.rng.choice(tuple(ReturnDecision)), by=self.teller.by, at=self.later(0.3, 5))

    def _in_hand(self, life: Life) -> None:
        """What a unit may honestly say while it has a case: not yet."""
        case, rng = life.case, self.rng
        limit = standards.condition(case.condition_id or 0).limit
        wants_time = self.hold == "asking" or self.chance("extended")
        if wants_time and is_extendable(limit.kind, limit.value) and case.due_at is not None:
            at = self.later(0.5, 4)
            if at < case.due_at:
                until = clock.on(case.due_at) + timedelta(days=rng.randint(1, 2))
                life.ask_extension(
                    rng.choice(tuple(NotYet)), until, self.ground.words("ask", rng), by=self.teller.by, at=at
                )
                self._stop("asking")
                if self.chance("extension_refused"):
                    life.refuse_extension(Denial.CAN_BE_DONE, by=self.teller.by, at=self.later(0.3, 3))
                else:
                    life.grant_extension(by=self.teller.by, at=self.later(0.3, 3))
        if self.hold == "shelved" or self.chance("shelved"):
            self._shelve(life)

    def _shelve(self, life: Life) -> None:
        at = self.later(0.5, 6)
        rests = timedelta(days=self.rng.randint(40, 150) if self.hold == "shelved" else self.rng.randint(6, 14))
        reason = self.rng.choice((NotYet.SEASON, NotYet.ENGINEERING, NotYet.MONEY))
        life.ask_shelving(reason, clock.on(at) + rests, self.ground.words("ask", self.rng), by=self.teller.by, at=at)
        if self.hold != "shelved" and self.chance("shelving_refused"):
            life.refuse_shelving(Denial.NO_GROUND, by=self.teller.by, at=self.later(0.3, 4))
            return
        life.shelve(by=self.teller.by, at=self.later(0.3, 4))
        self._stop("shelved")
        resumed = datetime.combine(clock.on(at) + rests + timedelta(days=1), time(0, 1), clock.ZONE)
        life.resume(by=self.teller.by, at=self.to(resumed))

    def _forced(self, life: Life) -> bool:
        if not (
            self.family.fate is Fate.CLOSED and self.family.task.startswith("other") and self.chance("forced_of_other")
        ):
            return False
        if self.family.relapses:
            return False
        life.force_close(self.rng.choice(tuple(ForcedReason)), by=self.teller.by, at=self.later(3, 30))
        return True

    def _put_right(self, life: Life, *, is_first: bool) -> None:
        """Handle, feed back, have it checked, once or, after a failed check, again."""
        is_weak = life.case.unit_id in self.ground.weak_ids
        if is_first and self.chance("handed_in_first"):
            life.hand_in((self._drawn("after"),), by=self.teller.by, at=self.later(0.3, 2))
        self._feed_back(life)
        self._stop("fed_back")
        again = self.hold == "rework" or self.chance("rework_weak_unit" if is_weak else "rework")
        if is_first and again:
            reason = self.rng.choice(tuple(Shortfall))
            life.send_back(
                reason, self.ground.words("back", self.rng), by=self.teller.who("checker"), at=self.later(0.5, 7)
            )
            self._stop("rework")
            self._put_right(life, is_first=False)
            return
        at = self.later(0.4, 7)
        if self.family.fate is Fate.OPEN:
            raise Ended
        life.close(by=self.teller.who("checker"), at=at)

    def _feed_back(self, life: Life) -> None:
        case, rng = life.case, self.rng
        if case.due_at is None:
            raise RuntimeError("a case in hand is due")
        began, due = self.at, case.due_at
        room = (due - began).total_seconds()
        if room <= 60 or self.chance(self._how_late(case)):
            at = max(due, began) + timedelta(hours=rng.expovariate(1 / 14) + 0.2)
            at = self._at_work(at)
        else:
            at = began + timedelta(seconds=room * rng.betavariate(1.6, 1.9))
            local = clock.local(at)
            evening = at.replace(minute=rng.randint(0, 59)) - timedelta(hours=(local.hour - 17) % 24)
            at = evening if (local.hour < 7 or local.hour > 19) and evening > began else at
        self.to(max(at, began + timedelta(minutes=5)))
        shown = tuple(self._drawn("after") for _ in range(max(1, standards.photo_rule(case.problem_class_id).after)))
        life.feed_back(shown, self.ground.words("note", rng), by=self.teller.by, at=self.at)

    def _how_late(self, case: Case) -> str:
        if case.unit_id in self.ground.weak_ids:
            return "late_weak_unit"
        return "late_slow_class" if self.matter.kind.key in self.shapes.slow else "late"

    # ── after the end ─────────────────────────────────────────────────────────────────────────────────────────────

    def _after(self, life: Life) -> None:
        closed_at = self.at
        for step in (self._called_back, self._appealed, self._reopened):
            self._if_there_is_time(step, life)
        if self.family.relapses:
            self._relapse(life)
        elif self.chance("looked_back"):
            self._if_there_is_time(self._looked_back, life)
        self.closed_at = closed_at

    def _if_there_is_time(self, step: Callable[[Life], None], life: Life) -> None:
        if self.shapes.ends_at - self.at > timedelta(days=8):
            step(life)

    def _called_back(self, life: Life) -> None:
        if life.case.source not in (Source.PUBLIC, Source.HOTLINE, Source.CALLER) or not self.chance("called_back"):
            return
        draw = self.rng.random() * 100
        result, reason = CallBackResult.UNSATISFIED, None
        if draw < self.shapes.shares["satisfied"]:
            result = CallBackResult.SATISFIED
        elif draw < self.shapes.shares["satisfied"] + self.shapes.shares["not_reached"]:
            result = CallBackResult.NOT_REACHED
        else:
            reason = self.rng.choice(tuple(Discontent))
        life.call_back(result, reason, by=self.teller.by, at=self.later(2, 30))

    def _appealed(self, life: Life) -> None:
        if life.case.in_time is not False or life.case.appealed or not self.chance("appealed_of_late"):
            return
        life.appeal(self.rng.choice(tuple(AppealGround)), "", by=self.teller.by, at=self.later(2, 20))
        answer = Answer.YES if self.chance("appeal_upheld") else Answer.NO
        life.review_appeal(answer, by=self.teller.by, at=self.later(2, 20))
        life.decide_appeal(answer, by=self.teller.by, at=self.later(2, 20))

    def _reopened(self, life: Life) -> None:
        if not self.chance("reopen_asked"):
            return
        ground = self.rng.choice((ReopenGround.STILL_THERE, ReopenGround.NOT_LOOKED, ReopenGround.NEW_FACTS))
        life.ask_reopen(ground, "", by=Actor(), at=self.later(4, 40))
        if self.chance("reopened"):
            life.reopen("照片属实，重新处理。", by=self.teller.by, at=self.later(1, 8))
            self._put_right(life, is_first=False)
        else:
            life.refuse_reopen("已到现场看过，问题已经处理。", by=self.teller.by, at=self.later(1, 8))

    def _looked_back(self, life: Life) -> None:
        life.look_back(LookBackResult.HOLDS, None, by=self.teller.who("checker"), at=self.later(48, 170))

    def _relapse(self, life: Life) -> None:
        """The problem is back: a new case that names the old one and goes its whole way too."""
        at = self.later(40, 150)
        child = self._child(life, "relapse_of", Source.LOOK_BACK, self.matter, at)
        child.report("", "", (self._drawn("before"),), by=self.teller.who("checker"), at=at)
        life.look_back(LookBackResult.RELAPSED, child, by=self.teller.who("checker"), at=at)
        self._file(child)
        self._dispatch(child)
        child.sign(by=self.teller.by, at=self._signed(child))
        self._put_right(child, is_first=False)

    def _duplicates(self, life: Life) -> None:
        """Others who told of the same thing while it was open; each report ends in this case."""
        began, ended = life.case.reported_at, self._first_end(life)
        for _ in range(self.family.duplicates):
            told = self._awake(began + (ended - began) * self.rng.uniform(0.02, 0.45))
            told = max(told, began + timedelta(seconds=30))
            joined = told + (ended - told) * self.rng.uniform(0.05, 0.5)
            twin = Life(self.rows, self._case(Source.PUBLIC, told))
            scene = self.matter.kind.scene
            twin.report(self.ground.words("report", self.rng, scene), "", (), by=Actor(), at=told)
            twin.merge(life, by=self.teller.who("acceptor"), at=joined)

    def _first_end(self, life: Life) -> datetime:
        """When the case first ended: what came after a reopening joined nobody."""
        ends = (
            entry.at
            for entry in self.rows.entries
            if entry.event.subject == life.case.ref and isinstance(entry.event, events.ENDING)
        )
        return min(ends)
