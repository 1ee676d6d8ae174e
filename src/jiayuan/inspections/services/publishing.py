# SPDX-License-Identifier: Apache-2.0
"""Publishing the scores of a round, appeals against them, and the draw of what is looked at again."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import pgettext_lazy

from jiayuan.inspections import events, rules
from jiayuan.inspections.access import May
from jiayuan.inspections.enums import AppealState, RoundState, VisitState
from jiayuan.inspections.models import Appeal, Finding, LookBack, LookedAgain, Reading, Round, Visit, VisitScore
from jiayuan.inspections.queries import marks_of, sheet_of, spot_of
from jiayuan.inspections.services.drawing import MILLION, SEED_BYTES
from jiayuan.inspections.services.rounds import locked_round
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.media.enums import PhotoRole
from jiayuan.media.services import attach, start_retention
from jiayuan.record.events import Code
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind

APPEAL_DAYS = 3
"""Working days in which the inspected may appeal, from the publication on."""
LOOK_BACK_PERCENT = 20


@command
def publish_round(*, round_id: int, by: Actor, at: datetime) -> Round:
    """A round whose scores are published; refused while a place has not been scored. Appeals run from here."""
    row = locked_round(round_id, by=by)
    if row.state == RoundState.PUBLISHED:
        raise Stale("published_already", pgettext_lazy("inspections", "The scores are published already."))
    left = row.visits.exclude(state=VisitState.SUBMITTED).count()
    if row.state != RoundState.DRAWN or left:
        message = pgettext_lazy("inspections", "%(n)s places have not been scored yet.")
        raise Refused("not_all_scored", message, n=left)
    limit = standards.Limit(LimitKind.WORKING_DAYS, APPEAL_DAYS)
    row.state, row.published_at = RoundState.PUBLISHED, at
    row.appeals_until = standards.deadline_for(start=at, limit=limit).at
    row.save(update_fields=["state", "published_at", "appeals_until"])
    # Pictures at cases are kept until those are closed; those that made no case have nothing else to wait for.
    for finding in Finding.objects.filter(visit__round=row, case=None):
        start_retention(subject=finding.ref, by=by, at=at)
    published = events.RoundPublished(subject=row.ref, places=row.visits.count(), appeals_until=row.appeals_until)
    record(published, by=by, at=at)
    return row


@command
def appeal(*, finding_id: int, reason: str, photos: Sequence[UUID], by: Actor, at: datetime) -> Appeal:
    """An appeal of the inspected against a finding, within three working days; counter-evidence if there is any."""
    finding, visit = _locked_finding(finding_id)
    require(by, May.APPEAL, at=Spot(code=visit.village))
    _refuse_appeal(visit.round, finding, at=at)
    if not reason:
        raise Refused("missing_reason", pgettext_lazy("inspections", "Say what is wrong with it."), field="reason")
    row = Appeal.objects.create(finding=finding, reason=reason, asked_by_id=by.person_id, asked_at=at)
    if photos:
        attach(photos=photos, to=row.ref, role=PhotoRole.OTHER, by=by, at=at)
    asked = events.ScoreAppealed(
        subject=visit.ref, number=finding.number, place=Code(visit.village), photos=len(photos)
    )
    record(asked, by=by, at=at)
    return row


def _locked_finding(finding_id: int) -> tuple[Finding, Visit]:
    """A finding with its visit, which is locked: everything that changes a score waits for it."""
    visit_id = Finding.objects.filter(pk=finding_id).values_list("visit_id", flat=True).first()
    if visit_id is None:
        raise Refused("no_finding", pgettext_lazy("inspections", "There is no such finding."))
    visit = Visit.objects.select_for_update(of=("self",)).select_related("round").get(pk=visit_id)
    return Finding.objects.get(pk=finding_id), visit


def _refuse_appeal(row: Round, finding: Finding, *, at: datetime) -> None:
    if row.state != RoundState.PUBLISHED or row.appeals_until is None:
        raise Refused("not_published", pgettext_lazy("inspections", "The scores are not published yet."))
    if at > row.appeals_until:
        message = pgettext_lazy("inspections", "The three working days for appeals are over.")
        raise Refused("appeals_over", message)
    if finding.appeals.exists():
        raise Stale("appealed_before", pgettext_lazy("inspections", "There was an appeal against this already."))


@command
def decide_appeal(*, appeal_id: int, times: int, answer: str, by: Actor, at: datetime) -> Appeal:
    """The decided appeal: fewer times than before corrects the score, as many refuse it; never more.

    Decided by somebody who neither scored the place nor asked. The earlier reading and score stay.
    """
    finding_id = Appeal.objects.filter(pk=appeal_id).values_list("finding_id", flat=True).first()
    finding, visit = _locked_finding(finding_id or 0)
    require(by, May.DECIDE, at=spot_of(visit.round))
    row = Appeal.objects.get(pk=appeal_id)
    latest = finding.readings.latest("version")
    _refuse_decision(row, visit, latest, times=times, answer=answer, by=by)
    before = visit.points
    is_upheld = times < latest.times
    row.state = AppealState.UPHELD if is_upheld else AppealState.REFUSED
    row.decided_by_id, row.decided_at, row.answer = by.person_id, at, answer
    row.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    if is_upheld:
        Reading.objects.create(finding=finding, version=latest.version + 1, times=times, appeal=row, read_at=at)
        _score_again(visit, row, at=at)
    decided = events.AppealDecided(
        subject=visit.ref,
        number=finding.number,
        place=Code(visit.village),
        state=AppealState(row.state),
        times_before=latest.times,
        times=times,
        points_before=before,
        points=visit.points,
    )
    record(decided, by=by, at=at)
    return row


def _refuse_decision(row: Appeal, visit: Visit, latest: Reading, *, times: int, answer: str, by: Actor) -> None:
    if row.state != AppealState.ASKED:
        raise Stale("decided_already", pgettext_lazy("inspections", "This appeal has been decided."))
    if by.person_id is not None and by.person_id in (visit.inspector_id, row.asked_by_id):
        message = pgettext_lazy(
            "inspections", "Whoever scored the place or asked does not decide. Somebody else has to."
        )
        raise Refused("own_score", message)
    if not answer:
        raise Refused("missing_answer", pgettext_lazy("inspections", "Give the reason. They read it."), field="answer")
    if not 0 <= times <= latest.times:
        message = pgettext_lazy("inspections", "An appeal never makes it worse: from 0 to %(most)s.")
        raise Refused("worse", message, field="times", most=latest.times)


def _score_again(visit: Visit, row: Appeal, *, at: datetime) -> None:
    total = rules.score(sheet_of(visit.round.version_id), marks_of(visit.pk)).total
    visit.points = None if total is None else rules.millionths(total)
    visit.save(update_fields=["points"])
    version = visit.scores.count() + 1
    VisitScore.objects.create(visit=visit, version=version, points=visit.points, appeal=row, scored_at=at)


@command
def erase_appellant(*, person_id: int, by: Actor, at: datetime) -> int:
    """Let go of what appeals hold of a forgotten person: their words, and whose they were. How many appeals."""
    return Appeal.objects.filter(asked_by_id=person_id).update(asked_by=None, reason="")


@command
def draw_look_back(
    *, round_id: int, by: Actor, at: datetime, percent: int = LOOK_BACK_PERCENT, seed: str | None = None
) -> LookBack:
    """Which findings of a published round are looked at again: all of black places, and a share of the others."""
    row = locked_round(round_id, by=by)
    if row.state != RoundState.PUBLISHED:
        raise Refused("not_published", pgettext_lazy("inspections", "The scores are not published yet."))
    if LookBack.objects.filter(round=row).exists():
        raise Stale("looked_back", pgettext_lazy("inspections", "It has been drawn what is looked at again."))
    found = Finding.objects.filter(visit__round=row, case__isnull=False).select_related("visit")
    names = {f"{finding.visit.village}-{finding.number}": finding for finding in found.order_by("pk")}
    always = {name for name, finding in names.items() if is_black(row, finding.visit)}
    seed = seed or secrets.token_hex(SEED_BYTES)
    drawn = rules.sample(seed, names, percent=percent, always=always)
    if not drawn:
        raise Refused("nothing_found", pgettext_lazy("inspections", "Nothing was found that could be looked at again."))
    listing = rules.ALGORITHM + "\n" + "".join(f"{name}\t{name in always:d}\n" for name in sorted(names))
    kept = LookBack.objects.create(
        round=row,
        percent=percent,
        listing=listing,
        listing_digest=rules.digest_of(listing),
        seed=seed,
        drawn_at=at,
    )
    LookedAgain.objects.bulk_create(LookedAgain(look_back=kept, finding=names[name]) for name in drawn)
    happened = events.LookBackDrawn(
        subject=row.ref,
        listed=len(names),
        always=len(always),
        percent=percent,
        drawn=len(drawn),
        seed=Code(seed),
        listing_digest=Code(kept.listing_digest),
    )
    record(happened, by=by, at=at)
    return kept


def is_black(row: Round, visit: Visit) -> bool:
    """Whether a place stands on the black list of its round."""
    return row.black_below is not None and visit.points is not None and visit.points * 100 < row.black_below * MILLION
