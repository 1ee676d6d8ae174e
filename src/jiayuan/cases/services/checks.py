# SPDX-License-Identifier: Apache-2.0
"""Who checks a case, and what the checker is told about its pictures."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events, rules
from jiayuan.cases.access import May
from jiayuan.cases.enums import DeclineReason, DrawEnding, DrawReason, State
from jiayuan.cases.models import Case, CheckDraw, CheckFlag
from jiayuan.cases.queries import place_of, readings_of
from jiayuan.cases.queries.outsiders import barred, hands_of, kept_away, latest_checkers
from jiayuan.cases.services.core import CaseId, locked, note_of, unit_of
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.media import queries as media
from jiayuan.media.enums import PhotoRole
from jiayuan.people import queries as people
from jiayuan.record.events import Code, PersonId
from jiayuan.record.log import record
from jiayuan.record.queries import Happened, happened_to
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind

BY = Actor.system("cases.checks")
SEED_BYTES = 16
_BEGINS = (events.CaseDispatched, events.CaseSentBack, events.CaseReopened)
"""From when on the unit has the case in hand, once more."""


def prepare_check(case: Case, *, seed: str | None = None, by: Actor, at: datetime) -> None:
    """Judge the pictures of a case that was just fed back and draw who checks it; the case is locked by the caller.

    ``seed`` is for tests and replays; otherwise chance gives one, and it is recorded.
    """
    history = happened_to(case.ref)
    _judge(case, history, at=at)
    _draw(case, history, why=DrawReason.FED_BACK, seed=seed, at=at)


def end_check(case: Case, *, by: Actor, at: datetime) -> None:
    """Let the open draw of a case end with its check; the case is locked by the caller.

    Where nobody was left to be drawn, whoever checked stands there from now on, so that the rule of three counts them.
    """
    open_to_all = CheckDraw.objects.filter(case=case, ended_at=None, checker=None)
    open_to_all.update(checker_id=by.person_id, ended_at=at, ending=DrawEnding.CHECKED)
    _end(case, DrawEnding.CHECKED, at=at)


def refuse_undrawn(case: Case, *, by: Actor, at: datetime) -> None:
    """Refuse whoever was not drawn. When nobody was left the area's side checks, and the draw's rules hold for it."""
    if by.is_system:
        return
    if case.checker_id is not None and by.person_id != case.checker_id:
        raise Refused("not_drawn", pgettext_lazy("cases", "Somebody else was drawn to check this case."))
    if case.checker_id is None and by.person_id in kept_away(case, hands_of(case), on=clock.on(at)):
        raise Refused("kept_away", pgettext_lazy("cases", "The rules of the draw keep this check for somebody else."))


@command
def decline_check(
    *, case_id: CaseId, reason: DeclineReason, note: str, by: Actor, at: datetime, seed: str | None = None
) -> Case:
    """Say that one cannot check this case; another checker is drawn."""
    case = locked(case_id)
    require(by, May.CHECK, at=case.spot)
    _refuse_unless_waiting(case)
    if case.checker_id is None or by.person_id != case.checker_id:
        raise Refused("not_drawn", pgettext_lazy("cases", "Somebody else was drawn to check this case."))
    if not reason:
        raise Refused("missing_reason", pgettext_lazy("cases", "Choose one of these."), field="reason")
    _draw(case, happened_to(case.ref), why=DrawReason.DECLINED, declined=reason, note=note, seed=seed, at=at)
    return case


@command
def redraw_checker(*, case_id: CaseId, note: str, by: Actor, at: datetime, seed: str | None = None) -> Case:
    """Have another checker drawn, with a reason that stays on record."""
    case = locked(case_id)
    require(by, May.REDRAW, at=case.spot)
    _refuse_unless_waiting(case)
    if not note:
        raise Refused("missing_note", pgettext_lazy("cases", "Say why another one is to be drawn."), field="note")
    _draw(case, happened_to(case.ref), why=DrawReason.ORDERED, note=note, seed=seed, at=at)
    return case


def redraw_silent(*, by: Actor, at: datetime, limit: int = 100) -> int:
    """Draw others for the checks whose checkers did not answer in time, a short command each; how many."""
    late = CheckDraw.objects.filter(ended_at=None, answer_by__lt=at).order_by("answer_by", "pk")
    return sum(
        _redraw_silent(CaseId(case_id), by=by, at=at) for case_id in late.values_list("case_id", flat=True)[:limit]
    )


@command
def _redraw_silent(case_id: CaseId, *, by: Actor, at: datetime) -> bool:
    case = locked(case_id)
    silent = CheckDraw.objects.filter(case=case, ended_at=None, answer_by__lt=at).exists()
    if silent and case.state == State.FED_BACK:
        _draw(case, happened_to(case.ref), why=DrawReason.SILENT, seed=None, at=at)
    return silent


def _refuse_unless_waiting(case: Case) -> None:
    if case.state != State.FED_BACK:
        raise Stale(
            "wrong_state",
            pgettext_lazy("cases", "This case waits for no check now. Below is where it stands."),
            state=case.state,
        )


# ── the draw ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _draw(
    case: Case,
    history: Sequence[Happened],
    *,
    why: DrawReason,
    seed: str | None,
    at: datetime,
    declined: DeclineReason | None = None,
    note: str = "",
) -> None:
    unit_id, seed = unit_of(case), seed or secrets.token_hex(SEED_BYTES)
    before = list(CheckDraw.objects.filter(case=case).order_by("round", "attempt"))
    is_again = why is not DrawReason.FED_BACK and bool(before)
    of_round = [one for one in before if is_again and one.round == before[-1].round]
    spent = {one.checker_id for one in of_round if one.checker_id is not None}
    lot = rules.draw(
        seed=seed,
        able=people.persons_with(May.CHECK, May.BE_DRAWN, spot=case.spot, on=clock.on(at)),
        barred=spent | barred(unit_id, _hands(history), on=clock.on(at)),
        latest=_latest_of(unit_id, case=case if is_again else None),
    )
    if is_again:
        _end(case, DrawEnding.REPLACED, declined=declined, at=at)
    drawn = CheckDraw.objects.create(
        case=case,
        round=before[-1].round + (not is_again) if before else 1,
        attempt=len(of_round) + 1,
        unit_id=unit_id,
        why=why,
        seed=seed,
        eligible=len(lot.eligible),
        eligible_digest=rules.digest_of(lot.eligible),
        relaxed=lot.relaxed,
        checker_id=lot.person_id,
        drawn_at=at,
        answer_by=_answer_by(at) if lot.person_id is not None else None,
    )
    case.checker_id = lot.person_id
    case.save(update_fields=["checker"])
    _record_draw(case, drawn, declined=declined, note=note, at=at)


def _hands(history: Sequence[Happened]) -> set[int]:
    """Whoever had the case in hand."""
    return {item.person_id for item in history if item.event.KIND in events.HANDS and item.person_id is not None}


def _latest_of(unit_id: int, *, case: Case | None) -> list[int | None]:
    """The newest checkers of a unit, newest first.

    The newest draw is locked before the rest is read: of two that are made at once the second sees the first.
    """
    CheckDraw.objects.filter(unit_id=unit_id).order_by("-id").select_for_update(of=("self",)).first()
    return latest_checkers(unit_id, besides=case)


def _end(case: Case, ending: DrawEnding, *, at: datetime, declined: DeclineReason | None = None) -> None:
    open_one = CheckDraw.objects.filter(case=case, ended_at=None)
    open_one.update(ended_at=at, ending=ending, declined=declined or "")


def _answer_by(at: datetime) -> datetime | None:
    """By when the drawn one is to have checked; a calendar that ends must not keep a case from being checked."""
    try:
        limit = standards.Limit(LimitKind.WORKING_HOURS, settings.STAGE_HOURS["check"])
        return standards.deadline_for(start=at, limit=limit).at
    except Refused:
        return None


def _record_draw(case: Case, drawn: CheckDraw, *, declined: DeclineReason | None, note: str, at: datetime) -> None:
    record(
        events.CheckerDrawn(
            subject=case.ref,
            place=Code(case.village),
            unit_id=drawn.unit_id,
            round=drawn.round,
            attempt=drawn.attempt,
            why=DrawReason(drawn.why),
            seed=Code(drawn.seed),
            eligible=drawn.eligible,
            eligible_digest=Code(drawn.eligible_digest),
            relaxed=drawn.relaxed,
            declined=declined,
            checker=PersonId(drawn.checker_id) if drawn.checker_id is not None else None,
            **note_of(case, note, at=at),
        ),
        # Chance acts here and nobody else: whoever fed back has no part in it.
        by=BY,
        at=at,
    )


# ── the pictures ──────────────────────────────────────────────────────────────────────────────────────────────────


def _judge(case: Case, history: Sequence[Happened], *, at: datetime) -> None:
    """Keep what is to be told about the pictures that came since the unit got the case, and at first about all."""
    evidence = media.evidence_of(subject=case.ref, spot=case.spot, by=BY)
    since = max((item.at for item in history if isinstance(item.event, _BEGINS)), default=None)
    is_first = not CheckDraw.objects.filter(case=case).exists()
    fresh = [one for one in evidence if is_first or since is None or one.linked_at >= since]
    pictures = [_picture(one, evidence, since, is_fresh=one in fresh) for one in evidence]
    errand = rules.Errand(
        place=place_of(case, evidence), since=since, within_m=standards.sameness(case.problem_class_id).within_m
    )
    wanted = {one.id for one in fresh}
    raised = [flag for flag in rules.flags_of(errand, pictures, case_id=case.pk) if flag.photo_id in wanted]
    CheckFlag.objects.bulk_create(_row(case, flag, at=at) for flag in raised)


def _picture(
    one: media.Evidence, among: Sequence[media.Evidence], since: datetime | None, *, is_fresh: bool
) -> rules.Picture:
    return rules.Picture(
        photo_id=one.id,
        is_after=one.role is PhotoRole.AFTER,
        received_at=one.received_at,
        taken_at=one.taken_at,
        readings=readings_of(one),
        editor=one.editor,
        twins=_twins(one) if is_fresh else (),
        same_as=_seen_before(one, among, since) if is_fresh else None,
    )


def _twins(one: media.Evidence) -> tuple[rules.Twin, ...]:
    return tuple(
        rules.Twin(
            photo_id=twin.photo_id,
            case_id=twin.subject.id if twin.subject.kind == "case" else None,
            is_same=twin.is_same,
        )
        for twin in media.earlier_twins(one)
    )


def _seen_before(one: media.Evidence, among: Sequence[media.Evidence], since: datetime | None) -> int | None:
    """The picture of this case, from before or from an earlier try, of which an after-picture is a copy."""
    if one.role is not PhotoRole.AFTER:
        return None
    earlier = (other for other in among if other.role is not PhotoRole.AFTER or (since and other.linked_at < since))
    return next((other.id for other in earlier if one.is_copy_of(other)), None)


def _row(case: Case, flag: rules.Raised, *, at: datetime) -> CheckFlag:
    return CheckFlag(
        case=case,
        photo_id=flag.photo_id,
        flag=flag.flag,
        weight=flag.weight,
        metres=flag.metres,
        minutes=flag.minutes,
        word=flag.word,
        other_photo_id=flag.other_photo,
        other_case_id=flag.other_case,
        raised_at=at,
    )
