# SPDX-License-Identifier: Apache-2.0
"""Background work: huey only wakes. What is to be done stands in our own tables, and every sweep finds it there.

A task that is lost with a killed worker loses nothing: the next sweep, within a minute, does its work. Tasks carry
ids at most, as JSON.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from huey import SqliteHuey, crontab
from huey.registry import Message
from huey.serializer import Serializer

from jiayuan.cases import services as cases
from jiayuan.cases import wake as cases_wake
from jiayuan.duties import services as duties
from jiayuan.kernel import clock, limits
from jiayuan.kernel.access import Actor
from jiayuan.media import services as media
from jiayuan.media import wake as media_wake
from jiayuan.notices import services as notices
from jiayuan.papers import services as papers
from jiayuan.papers import wake as papers_wake
from jiayuan.record import readers
from jiayuan.record import wake as record_wake
from jiayuan.site import demonstration
from jiayuan.supervision import services as supervision

logger = logging.getLogger(__name__)
BY = Actor.system("site.jobs")
SOME = 10
"""So many photos are made before the queue is asked whether somebody waits for theirs."""
FEW = 3
"""So many are looked through for faces and plates before."""
SEASON_SECONDS = 2.0
"""So long the season is loaded before the queue is asked whether somebody waits for something."""


class JsonMessages(Serializer):  # type: ignore[misc]
    """Messages as JSON text: a queue file can never make the worker run foreign code, as a pickle could."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


huey = SqliteHuey(
    "jiayuan",
    filename=":memory:" if settings.JOBS_IMMEDIATE else str(settings.QUEUE_FILE),
    immediate=settings.JOBS_IMMEDIATE,
    results=False,
    serializer=JsonMessages(),
    # The queue holds no truth, so it need not wait for the disk.
    fsync=False,
)


@huey.task()  # type: ignore[untyped-decorator]
def relay() -> None:
    """Let the readers of the record catch up."""
    _done(lambda: readers.relay(clock.now()))


@huey.task(priority=10)  # type: ignore[untyped-decorator]
def derive(photo_id: int) -> None:
    """Make the served variants of one photo."""
    _done(lambda: media.derive(photo_id=photo_id, by=BY, at=clock.now()))


@huey.task()  # type: ignore[untyped-decorator]
def derive_rest() -> None:
    """Make some of the photos whose wake-up was lost, then let fresh ones go first before the next few."""
    _done(_derive_some)


def _derive_some() -> None:
    if media.derive_due(by=BY, at=clock.now(), limit=SOME) == SOME:
        _wake(derive_rest)


@huey.task()  # type: ignore[untyped-decorator]
def prepare_release(photo_id: int) -> None:
    """Look one photo through for faces and plates, or render what was decided about it."""
    _done(lambda: media.prepare(photo_id=photo_id, by=BY, at=clock.now()))


@huey.task()  # type: ignore[untyped-decorator]
def prepare_rest() -> None:
    """Prepare a few photos for a person's decision, then let others have the worker: each takes about half a second."""
    _done(_prepare_some)


def _prepare_some() -> None:
    if media.prepare_due(by=BY, at=clock.now(), limit=FEW) == FEW:
        _wake(prepare_rest)


@huey.task()  # type: ignore[untyped-decorator]
def print_paper(paper_id: int) -> None:
    """Make the files of one paper."""
    _done(lambda: papers.print_paper(paper_id=paper_id, by=BY, at=clock.now()))


@huey.task()  # type: ignore[untyped-decorator]
def import_rest() -> None:
    """Let in some rows of the ledgers that wait, then let others have the worker before the next ones."""
    _done(_import_some)


def _import_some() -> None:
    if cases.import_due(by=BY, at=clock.now(), most=SOME) == SOME:
        _wake(import_rest)


@huey.task()  # type: ignore[untyped-decorator]
def recompute_rest() -> None:
    """Compute some deadlines anew after a year was confirmed, then let others have the worker before the next ones."""
    _done(_recompute_some)


def _recompute_some() -> None:
    if cases.recompute_due(by=BY, at=clock.now()):
        _wake(recompute_rest)


@huey.task()  # type: ignore[untyped-decorator]
def season() -> None:
    """Load some more of the demonstration's season, then let everything else go first before the next few seconds."""
    _done(_season_some)


def _season_some() -> None:
    if demonstration.go_on(seconds=SEASON_SECONDS):
        _wake(season)


@huey.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Find whatever a lost wake-up left behind: events, photos, deliveries, papers."""
    _done(lambda: readers.relay(clock.now()))
    _wake(derive_rest)
    _wake(prepare_rest)
    _wake(import_rest)
    _wake(recompute_rest)
    _done(lambda: notices.digest_due(by=BY, at=clock.now()))
    _done(lambda: notices.deliver_due(by=BY, at=clock.now()))
    _done(lambda: papers.print_due(by=BY, at=clock.now()))
    _done(lambda: cases.resume_due(by=BY, at=clock.now()))
    _done(lambda: cases.remind_due(by=BY, at=clock.now()))
    _done(lambda: cases.redraw_silent(by=BY, at=clock.now()))
    _done(lambda: duties.recompute_whistles(by=BY, at=clock.now()))
    _done(lambda: duties.remind_of_whistles(by=BY, at=clock.now()))
    _done(lambda: supervision.escalate_due(by=BY, at=clock.now()))
    _done(lambda: supervision.raise_unanswered(by=BY, at=clock.now()))
    if settings.DEMO:
        _wake(season)


@huey.periodic_task(crontab(minute="17", hour="3"))  # type: ignore[untyped-decorator]
def clear() -> None:
    """Once a night: let go of what has had its time – drafts, pictures, loose files, contacts, sheets, limits."""
    _done(lambda: media.purge_due(by=BY, at=clock.now()))
    _done(lambda: media.sweep_orphans(by=BY, at=clock.now()))
    _done(lambda: cases.erase_old_contacts(by=BY, at=clock.now()))
    _done(lambda: cases.index_texts(by=BY, at=clock.now()))
    _done(lambda: cases.erase_old_ledgers(by=BY, at=clock.now()))
    _done(lambda: limits.forget_ended(at=clock.real_now()))


def _done(work: Callable[[], object]) -> None:
    """Run a piece of work with connections that are alive; its fault is logged and the next sweep tries again."""
    close_old_connections()
    try:
        work()
    except Exception:
        logger.exception("background work failed; the next sweep tries again")
    finally:
        close_old_connections()


def _wake(task: Callable[..., object], *args: int) -> None:
    """Put a wake-up into the queue; a queue that cannot be written must never fail what was already committed."""
    try:
        task(*args)
    except Exception:
        logger.exception("a wake-up was lost; the sweep will find the work")


def hang_bells() -> None:
    """Let the rooms ring when they have work."""
    record_wake.ring_with(lambda: _wake(relay))
    cases_wake.ring_with(lambda: _wake(import_rest))
    media_wake.ring_with(lambda photo_id: _wake(derive, photo_id))
    media_wake.ring_for_releases_with(lambda photo_id: _wake(prepare_release, photo_id))
    papers_wake.ring_with(lambda paper_id: _wake(print_paper, paper_id))
