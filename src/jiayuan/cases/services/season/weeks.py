# SPDX-License-Identifier: Apache-2.0
"""How villages cleared by their own lists: listed, cleared, handed in, drawn from and accepted, with what went wrong.

A list that was accepted at once is told by ``clearing_story.story_of``, which gives the very events of the commands.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5

from jiayuan.cases import events
from jiayuan.cases.enums import ListState, RowFlaw, RowState, Source, State
from jiayuan.cases.models import Case, ClearingDraw, ClearingList, ClearingRow, ClearingSample
from jiayuan.cases.rules import clearing as draws
from jiayuan.cases.services import clearing_story as story
from jiayuan.cases.services.clearing import BY as SAMPLER
from jiayuan.cases.services.clearing import CASES_OF_ROWS
from jiayuan.cases.services.season.ground import Matter
from jiayuan.cases.services.season.lives import Life
from jiayuan.cases.services.season.plan import Family, Fate
from jiayuan.cases.services.season.rows import STRIDE, Rows
from jiayuan.cases.services.season.stories import TRIES, CaseStory, Ended, Teller
from jiayuan.kernel import bulk, clock
from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.media.enums import PhotoRole
from jiayuan.media.services import Drawing
from jiayuan.places.enums import PositionSource
from jiayuan.record.events import Code
from jiayuan.record.log import Entry


def lot(teller: Teller, family: Family, base: int) -> Rows:
    """What a village's week of lists leaves."""
    for attempt in range(TRIES):
        rng = seeded(f"{teller.seed} {family.number} {attempt}")
        rows = Rows(base + family.number * STRIDE)
        try:
            Week(teller, family, rows, rng, earlier=attempt).tell()
        except Ended:
            continue
        return rows
    raise RuntimeError(f"week {family.number} does not come to its end")


class Week:
    """The lists of one village in one week, told once."""

    def __init__(self, teller: Teller, family: Family, rows: Rows, rng: Random, *, earlier: int) -> None:
        self.teller, self.family, self.rows, self.rng, self.earlier = teller, family, rows, rng, earlier
        self.ground, self.shapes = teller.ground, teller.shapes
        self.place = family.place or self.ground.place("rural", rng)
        day = family.day or self.shapes.ends_at.date() - timedelta(days=self._back())
        self.day = max(self.shapes.starts_on, day - timedelta(days=7 * earlier))
        self.matters: dict[int, Matter] = {}

    def _back(self) -> int:
        return self.rng.randint(20, 40) if self.family.fate is Fate.TAKEN_BACK else self.rng.randint(1, 3)

    def tell(self) -> None:
        """Tell of every list of the week and of the town's sample."""
        lists = [self._list(rows) for rows in self.family.lists]
        if self.family.fate is Fate.OPEN_LIST:
            for found, own in lists:
                self._still_open(found, own)
            return
        self._hand_in(lists)
        if self.family.fate is Fate.WAITING_LIST:
            for found, own in lists:
                found.moved_at = found.handed_in_at or found.made_at
                self._village_part(found, own)
            return
        if self.family.fate is Fate.FAILED_LOT:
            self._fails_first(*lists[0])
            return
        sample, drawn = self._sample(lists, self._decided_after(lists))
        for found, own in lists:
            self._accepted(found, own, sample, drawn)
        if self.family.fate is Fate.TAKEN_BACK:
            self._taken_back(*lists[0])

    # ── the village ───────────────────────────────────────────────────────────────────────────────────────────────

    def _list(self, dealt: Sequence[tuple[str, int]]) -> tuple[ClearingList, list[ClearingRow]]:
        rng, place = self.rng, self.ground.places[self.place]
        made_at = datetime.combine(self.day, time(7, 30), clock.ZONE) + timedelta(minutes=rng.uniform(0, 480))
        found = bulk.row(
            ClearingList,
            handle=new_handle(rng),
            client_id=UUID(int=rng.getrandbits(128), version=4),
            state=ListState.OPEN,
            county=place.county,
            town=place.town,
            village=place.code,
            made_at=made_at,
            made_on=clock.on(made_at),
            moved_at=made_at,
        )
        self.rows.add(found)
        wanted = [*dealt, (self.family.task, 1)] if self.family.fate is Fate.FAILED_LOT else list(dealt)
        at = made_at
        own: list[ClearingRow] = []
        for number, (task, quantity) in enumerate(wanted, start=1):
            at += timedelta(minutes=rng.uniform(2, 25))
            own.append(self._row(found, number, task, quantity, at))
        return found, own

    def _row(self, found: ClearingList, number: int, task: str, quantity: int, at: datetime) -> ClearingRow:
        matter = self.ground.matter(task, self.rng)
        lon, lat = self.ground.spot(self.place, self.rng)
        row = bulk.row(
            ClearingRow,
            list_id=found.pk,
            client_id=UUID(int=self.rng.getrandbits(128), version=4),
            number=number,
            problem_class_id=matter.class_id,
            quantity=quantity,
            lon=lon,
            lat=lat,
            accuracy_m=self.rng.choice((8, 12, 20)),
            position_source=PositionSource.MAP,
            state=RowState.LISTED,
            listed_at=at,
        )
        self.rows.add(row)
        self.matters[row.pk] = matter
        found.version += 1
        self._picture(row, matter, "before", PhotoRole.BEFORE, 1, at)
        return row

    def _picture(self, row: ClearingRow, matter: Matter, stage: str, role: PhotoRole, place: int, at: datetime) -> None:
        drawing = Drawing.of(
            scene=matter.kind.scene,
            setting="village",
            stage=stage,
            seed=row.pk % (1 << 24) + self.teller.seed,
            handle=UUID(int=self.rng.getrandbits(128), version=4),
        )
        self.rows.draw(drawing.hung(row.ref, role=role, place=place, at=at))

    def _clear(self, found: ClearingList, own: Sequence[ClearingRow], after: datetime, *, place: int = 2) -> datetime:
        """Clear every row after another, in daylight; when the last was."""
        at = after
        for row in own:
            at = self._daylight(at + timedelta(hours=self.rng.uniform(0.3, 5)))
            row.state, row.cleared_at = RowState.CLEARED, at
            found.version += 1
            self._picture(row, self.matters[row.pk], "after", PhotoRole.AFTER, place, at)
        return at

    def _daylight(self, at: datetime) -> datetime:
        hour = clock.local(at).hour
        return at if 7 <= hour < 19 else at + timedelta(hours=(8 - hour) % 24)

    def _hand_in(self, lists: Sequence[tuple[ClearingList, list[ClearingRow]]]) -> None:
        """Every list of a week goes to the town in that week, at the latest on Sunday evening."""
        moments = [self._clear(found, own, max(row.listed_at for row in own)) for found, own in lists]
        weeks = {draws.week_of(clock.on(moment)) for moment in moments}
        for (found, _), moment in zip(lists, moments, strict=True):
            # A lot is drawn from one week: when somebody cleared into the next, all wait for it.
            done = moment if len(weeks) == 1 else max(moments)
            self._handed(found, self._in_time(done + timedelta(minutes=self.rng.uniform(5, 20))))

    def _handed(self, found: ClearingList, at: datetime) -> None:
        found.state, found.handed_in_at, found.week = ListState.HANDED_IN, at, draws.week_of(clock.on(at))
        found.moved_at = at
        found.version += 1

    def _in_time(self, at: datetime) -> datetime:
        if at >= self.shapes.ends_at:
            raise Ended
        return at

    # ── the town ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _decided_after(self, lists: Sequence[tuple[ClearingList, list[ClearingRow]]]) -> datetime:
        latest = max(found.handed_in_at for found, _ in lists if found.handed_in_at)
        return self._office(latest + timedelta(hours=self.rng.uniform(3, 60)))

    def _office(self, at: datetime) -> datetime:
        while not self.ground.working.get(clock.on(at), True) or not 8 <= clock.local(at).hour < 18:
            local = clock.local(at)
            day = local.date() + timedelta(days=int(local.hour >= 8))
            at = datetime.combine(day, time(8), clock.ZONE) + timedelta(minutes=self.rng.uniform(5, 200))
        return self._in_time(at)

    def _sample(
        self,
        lists: Sequence[tuple[ClearingList, list[ClearingRow]]],
        drawn_at: datetime,
        *,
        must: ClearingRow | None = None,
    ) -> tuple[ClearingSample, list[ClearingDraw]]:
        """The sample of a lot and its draws. ``must`` is drawn: the seed is looked for until it is."""
        named = {story.name_of(found, row): row for found, own in lists for row in own if row.state == RowState.CLEARED}
        size = draws.sample_size(len(named), percent=draws.SAMPLE_PERCENT)
        while True:
            seed = f"{self.rng.getrandbits(64):016x}"
            chosen = [named[name] for name in draws.drawn(seed, named, size=size)]
            if must is None or must in chosen:
                break
        first = lists[0][0]
        sample = ClearingSample(
            county=first.county,
            town=first.town,
            village=first.village,
            week=first.week,
            seed=seed,
            percent=draws.SAMPLE_PERCENT,
            eligible=len(named),
            size=size,
            digest=draws.digest_of(named),
            drawn_at=drawn_at,
            decided_at=self._in_time(drawn_at + timedelta(hours=self.rng.uniform(0.5, 8))),
        )
        self.rows.add(sample)
        made = [ClearingDraw(sample=sample, row=row, place=place, passed=True) for place, row in enumerate(chosen, 1)]
        for draw in made:
            self.rows.add(draw)
        return sample, made

    def _accepted(
        self, found: ClearingList, own: list[ClearingRow], sample: ClearingSample, drawn: Sequence[ClearingDraw]
    ) -> None:
        self._accept(found, own, sample)
        ours = [draw for draw in drawn if draw.row.list_id == found.pk]
        self.rows.entries += story.story_of(found, own, sample, ours, village=self.teller.by, town=self.teller.by)

    def _accept(self, found: ClearingList, own: Sequence[ClearingRow], sample: ClearingSample) -> None:
        for row in own:
            row.state = RowState.ACCEPTED
        for count in story.counts_of(found, own, sample):
            self.rows.add(count)
        found.state, found.decided_at = ListState.ACCEPTED, sample.decided_at
        found.moved_at = sample.decided_at or sample.drawn_at
        # Drawn and accepted.
        found.version += 2

    def _tell(self, event: events.ClearingEvent, at: datetime) -> None:
        self.rows.entries.append(Entry(event, self.teller.by, at))

    def _village_part(self, found: ClearingList, own: Sequence[ClearingRow]) -> None:
        """What the record keeps of a list up to its handing in."""
        self._tell(story.begun(found), found.made_at)
        for row in own:
            self._tell(story.row_added(found, row, photos=1), row.listed_at)
        self._cleared_again(found, own)

    def _cleared_again(self, found: ClearingList, own: Sequence[ClearingRow]) -> None:
        for row in own:
            if row.cleared_at is not None:
                self._tell(story.row_cleared(found, row, photos=1), row.cleared_at)
        if found.handed_in_at is not None:
            self._tell(story.handed_in(found, own), found.handed_in_at)

    def _still_open(self, found: ClearingList, own: Sequence[ClearingRow]) -> None:
        done = own[: self.rng.randint(0, len(own) - 1)]
        at = max(row.listed_at for row in own)
        for row in done:
            at = self._daylight(at + timedelta(hours=self.rng.uniform(0.3, 3)))
            row.state, row.cleared_at = RowState.CLEARED, self._in_time(at)
            found.version += 1
            self._picture(row, self.matters[row.pk], "after", PhotoRole.AFTER, 2, at)
        found.moved_at = at
        self._village_part(found, own)

    # ── what went wrong ───────────────────────────────────────────────────────────────────────────────────────────

    def _fails_first(self, found: ClearingList, own: list[ClearingRow]) -> None:
        """The last row is drawn and does not pass: it becomes a case, the others are looked at again and accepted."""
        lists = [(found, own)]
        sample, drawn = self._sample(lists, self._decided_after(lists), must=own[-1])
        self._village_part(found, own)
        flaw = self.rng.choice((RowFlaw.NOT_DONE, RowFlaw.PARTLY))
        rest, failed, decided = own[:-1], own[-1], sample.decided_at or sample.drawn_at
        self._draw_told(found, sample, drawn)
        for draw in drawn:
            if draw.row is failed:
                draw.passed, draw.flaw, sample.failed = False, flaw, 1
            told = story.row_checked(found, sample, draw.row.number, flaw if draw.row is failed else None)
            self._tell(told, decided)
        life = self._case_of(found, failed, decided)
        reopened = events.ClearingReopened(
            subject=found.ref,
            place=Code(found.village),
            sample_id=sample.pk,
            failed=(failed.number,),
            case_ids=(life.case.pk,),
        )
        self._tell(reopened, decided)
        found.state, found.decided_at, found.reopens = ListState.REOPENED, decided, found.reopens + 1
        # Drawn and opened again.
        found.version += 2
        for row in rest:
            row.state, row.cleared_at = RowState.LISTED, None
        self._again(found, rest, decided)
        self._finish_case(life, failed)

    def _draw_told(self, found: ClearingList, sample: ClearingSample, drawn: Sequence[ClearingDraw]) -> None:
        self._tell(story.drawn(found, sample, [draw.row.number for draw in drawn]), sample.drawn_at)

    def _again(self, found: ClearingList, rest: list[ClearingRow], after: datetime) -> None:
        cleared = self._clear(found, rest, after, place=3)
        at = self._in_time(cleared + timedelta(minutes=self.rng.uniform(5, 90)))
        found.state, found.handed_in_at, found.week = ListState.HANDED_IN, at, draws.week_of(clock.on(at))
        found.decided_at = None
        found.version += 1
        self._cleared_again(found, rest)
        lists = [(found, rest)]
        sample, drawn = self._sample(lists, self._decided_after(lists))
        self._draw_told(found, sample, drawn)
        decided = sample.decided_at or sample.drawn_at
        for draw in drawn:
            self._tell(story.row_checked(found, sample, draw.row.number, None), decided)
        self._tell(story.accepted(found, sample, rest), decided)
        self._accept(found, rest, sample)

    def _case_of(self, found: ClearingList, row: ClearingRow, at: datetime) -> Life:
        case = bulk.row(
            Case,
            handle=new_handle(self.rng),
            client_id=uuid5(CASES_OF_ROWS, story.name_of(found, row)),
            source=Source.SAMPLE,
            state=State.REPORTED,
            county=found.county,
            town=found.town,
            village=found.village,
            lon=row.lon,
            lat=row.lat,
            accuracy_m=row.accuracy_m,
            position_source=row.position_source,
            problem_class_id=row.problem_class_id,
            reported_at=at,
            reported_on=clock.on(at),
            moved_at=at,
            quantity=row.quantity,
        )
        life = Life(self.rows, case)
        life.report("", "", (), by=SAMPLER, at=at)
        row.state, row.case = RowState.FAILED, case
        return life

    def _finish_case(self, life: Life, row: ClearingRow) -> None:
        """The case of a failed row goes its whole way."""
        family = Family(
            fate=Fate.CLOSED, setting="rural", task=self.family.task, place=self.place, number=self.family.number
        )
        tale = CaseStory(self.teller, family, self.rows, self.rng, earlier=0)
        tale.matter, tale.at = self.matters[row.pk], life.case.reported_at
        tale.go_through(life)

    def _taken_back(self, found: ClearingList, own: list[ClearingRow]) -> None:
        """An acceptance undone: nothing of the list counts any more, and one row becomes a case that is still open."""
        decided = found.decided_at or found.made_at
        at = self._office(decided + timedelta(days=self.rng.uniform(3, 9)))
        failed = own[0]
        counted = [(row.number, story.class_code(row.problem_class_id), row.quantity) for row in own]
        for count in story.undone(found, own, on=clock.on(at)):
            self.rows.add(count)
        life = self._case_of(found, failed, at)
        for row in own[1:]:
            row.state, row.cleared_at = RowState.LISTED, None
        found.state, found.decided_at, found.reopens = ListState.REOPENED, at, found.reopens + 1
        found.moved_at, found.version = at, found.version + 1
        taken = events.ClearingTakenBack(
            subject=found.ref,
            place=Code(found.village),
            failed=(failed.number,),
            flaws=(RowFlaw.BACK,),
            case_ids=(life.case.pk,),
            rows=tuple(number for number, _, _ in counted),
            class_codes=tuple(code for _, code, _ in counted),
            quantities=tuple(quantity for _, _, quantity in counted),
        )
        self._tell(taken, at)
