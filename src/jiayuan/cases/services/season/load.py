# SPDX-License-Identifier: Apache-2.0
"""Storing the season: a few families a transaction, so that nobody who works meanwhile waits; from the last one on."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import perf_counter

from django.conf import settings

from jiayuan.cases import events
from jiayuan.cases.queries.season import BEFORE, DONE, FIRST_KEY, SIGN, WHOLE, shapes, words
from jiayuan.cases.rules.season import Shapes
from jiayuan.cases.services.season.ground import Ground
from jiayuan.cases.services.season.plan import Family, Fate, plan
from jiayuan.cases.services.season.rows import STRIDE, Rows, store
from jiayuan.cases.services.season.stories import Teller
from jiayuan.cases.services.season.weeks import lot
from jiayuan.kernel import bulk
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command, unit_of_work
from jiayuan.kernel.handles import seeded
from jiayuan.media.services import hang_drawings
from jiayuan.places import queries as places
from jiayuan.record import readers
from jiayuan.record.bulk import Behind, append, marks, set_mark
from jiayuan.record.queries import newest_position
from jiayuan.standards import queries as standards

FEWEST, FIRST, MOST = 10, 30, 200
"""So few and so many families in one transaction, and so many in the first."""
SECONDS = 0.15
"""What a transaction is meant to take; the next one is made larger or smaller accordingly."""
PATIENCE = 20
_CASES = (Fate.CLOSED, Fate.OPEN, Fate.UNFILED, Fate.VOID)


class Season:
    """A season being loaded: its plan and its teller, made once per process."""

    def __init__(self, drawn: Shapes, *, seed: int, cast: Mapping[str, Actor], by: Actor) -> None:
        held = marks(FIRST_KEY, BEFORE)
        self.seed, self.first_key = seed, held[FIRST_KEY]
        ground = Ground(drawn, words(), seed=seed)
        self.families = plan(ground, drawn, seed=seed, already=_already(drawn, held[BEFORE]))
        self.teller = Teller(ground, drawn, seed=seed, cast=dict(cast), by=by)

    def rows_of(self, family: Family) -> Rows:
        """What a family leaves; the same whenever it is asked."""
        if family.fate in _CASES:
            return self.teller.case(family, self.first_key)
        return lot(self.teller, family, self.first_key)


_seasons: dict[tuple[int, int, int], Season] = {}


def _already(drawn: Shapes, position: int) -> dict[str, int]:
    """What the record counts to the figures before the season: the plan leaves so much less to it."""
    counted: dict[str, int] = {}
    campaign = standards.campaign_on(drawn.ends_at.date())
    wanted = {(figure.task, figure.setting) for figure in drawn.figures}
    reached = 0
    while campaign and (found := readers.happened_after(reached, limit=500)) and found[0].position <= position:
        reached = found[-1].position
        closed = [item.event for item in found if item.position <= position]
        for event in closed:
            if isinstance(event, events.CaseClosed):
                task = _task_of(event.class_code, campaign.code)
                if (task, _setting(event.place)) in wanted:
                    counted[task] = counted.get(task, 0) + event.quantity
    return counted


def _task_of(class_code: str, campaign: str) -> str:
    known = standards.class_by_key(standards.ClassKey.read(class_code))
    task = standards.target_of(known.id, campaign_code=campaign) if known else None
    return task.code if task else ""


def _setting(code: str) -> str:
    place = places.division(code)
    return standards.setting_of(urban_rural=place.urban_rural, kind=place.kind).value if place else ""


@command
def begin_season(*, by: Actor, at: datetime, drawn: Shapes | None = None, seed: int | None = None) -> int:
    """Set aside the season's keys and note from where it is loaded; how many families it has. Once: again, the same.

    Before the server answers: what counts already is read off the record here.
    """
    held = marks(WHOLE)
    if WHOLE in held:
        return held[WHOLE]
    found = drawn or shapes()
    readers.relay(at)
    set_mark(BEFORE, newest_position())
    set_mark(FIRST_KEY, bulk.reserve(("cases", "media"), 0))
    season = Season(found, seed=found.seed if seed is None else seed, cast={}, by=by)
    set_mark(FIRST_KEY, bulk.reserve(("cases", "media"), len(season.families) * STRIDE))
    set_mark(WHOLE, len(season.families))
    set_mark(DONE, 0)
    return len(season.families)


def load_season(
    *,
    cast: Mapping[str, Actor],
    by: Actor,
    at: datetime,
    families: int | None = None,
    seconds: float | None = None,
    drawn: Shapes | None = None,
    seed: int | None = None,
) -> int:
    """Store more of the season, at most so many families or for so many seconds; how many percent are there now.

    Each transaction stands for itself: who is killed goes on after the last one that was committed.
    """
    found = drawn or shapes()
    held = marks(DONE, WHOLE, FIRST_KEY)
    key = (found.seed if seed is None else seed, held[FIRST_KEY], held[WHOLE])
    if key not in _seasons:
        _seasons.clear()
        _seasons[key] = Season(found, seed=key[0], cast=cast, by=by)
    season, done, whole = _seasons[key], held[DONE], held[WHOLE]
    until = whole if families is None else min(whole, done + families)
    start, size = perf_counter(), FIRST
    with _nothing_swept(), bulk.roomy():
        while done < until and (seconds is None or perf_counter() - start < seconds):
            some = season.families[done : min(until, done + size)]
            took = _store(season, some, by=by, at=at)
            done += len(some)
            size = _next_size(size, took / len(some))
    _leave_sign(done, whole)
    if done >= whole:
        _seasons.clear()
    return done * 100 // whole


def _next_size(size: int, each: float) -> int:
    """How many families next, when one took so long. Half way only: one slow disk must not make the next ones jump."""
    return max(FEWEST, min(MOST, round((size + min(2 * size, SECONDS / max(each, 0.0001))) / 2)))


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """No search for cycles meanwhile: rows and events go once they are stored; looking through them costs a quarter."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _store(season: Season, some: Sequence[Family], *, by: Actor, at: datetime) -> float:
    """Tell some families, then store them in one transaction; how long that transaction took."""
    parts = [season.rows_of(family) for family in some]
    entries = [entry for part in parts for entry in part.in_order()]
    for _ in range(PATIENCE):
        start = perf_counter()
        with suppress(Behind), unit_of_work():
            store(parts)
            hang_drawings(drawings=[drawing for part in parts for drawing in part.drawings], by=by, at=at)
            set_mark(DONE, some[-1].number + 1)
            append(entries, salts=seeded(f"salts {season.seed} {some[0].number}"))
            return perf_counter() - start
        # Somebody did something meanwhile that a reader has not applied yet; it must not be led past it.
        readers.relay(at)
    raise Behind("the readers do not catch up")


def _leave_sign(done: int, whole: int) -> None:
    """Tell the banners how far it is. A sign that cannot be written harms nobody."""
    sign = Path(settings.VAR) / SIGN
    with suppress(OSError):
        if done >= whole:
            sign.unlink(missing_ok=True)
        else:
            sign.write_text(str(done * 100 // whole))
