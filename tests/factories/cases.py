# SPDX-License-Identifier: Apache-2.0
"""Cases with a past, told through the services: ``case(State.FED_BACK)`` went every step that leads there.

Nobody in particular acts unless a test says who: the system takes each step, a quarter of an hour after the one before.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from jiayuan.cases import services
from jiayuan.cases.enums import (
    Answer,
    CallBackResult,
    Denial,
    Finding,
    ForcedReason,
    Ground,
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
    V,
    VoidReason,
)
from jiayuan.cases.intake import ReportInput
from jiayuan.cases.lifecycle import LIFE
from jiayuan.cases.models import Case
from jiayuan.cases.rules import clearing as rules
from jiayuan.cases.services import CaseId, Part
from jiayuan.kernel import clock
from jiayuan.kernel.access import ANONYMOUS, Actor
from jiayuan.media.services import receive
from jiayuan.people.models import Person
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from tests.cast import COMMUNITY, MORNING, STREET_OFFICE, SYSTEM
from tests.media.pictures import encoded, scene

QUARTER = timedelta(minutes=15)
_numbers = count(1_000_001)
"""The small ones are for what a test names itself."""

PATHS: Mapping[State, tuple[V, ...]] = {
    State.REPORTED: (),
    State.VERIFYING: (V.ASK_VERIFY,),
    State.VERIFIED: (V.ASK_VERIFY, V.FIND),
    State.REJECTED: (V.REJECT,),
    State.FILED: (V.FILE,),
    State.DISPATCHED: (V.FILE, V.DISPATCH),
    State.RETURNED: (V.FILE, V.DISPATCH, V.RETURN),
    State.HANDLING: (V.FILE, V.DISPATCH, V.SIGN),
    State.FED_BACK: (V.FILE, V.DISPATCH, V.SIGN, V.FEED_BACK),
    State.REWORK: (V.FILE, V.DISPATCH, V.SIGN, V.FEED_BACK, V.SEND_BACK),
    State.SHELVED: (V.FILE, V.DISPATCH, V.SIGN, V.ASK_SHELVING, V.SHELVE),
    State.VOID: (V.VOID,),
    State.MERGED: (V.MERGE,),
    State.CLOSED: (V.FILE, V.DISPATCH, V.SIGN, V.FEED_BACK, V.CLOSE),
}
"""The shortest way to each state."""


def told(**given: Any) -> ReportInput:
    """A resident's report from 桥头社区 in typed values; each has an id of its own."""
    values: dict[str, Any] = {
        "client_id": UUID(int=next(_numbers), version=4),
        "source": Source.PUBLIC,
        "village": COMMUNITY,
        "tile": "rubbish",
    }
    return ReportInput(**values | given)


def photo(*, by: Actor = ANONYMOUS, at: datetime = MORNING) -> UUID:
    """A draft photo, ready to be attached by whoever sent it."""
    data = encoded(scene((64, 48), seed=next(_numbers)))
    return receive(data=data, declared_name="IMG_0001.jpg", by=by, at=at).handle


def unit_id(code: str = STREET_OFFICE) -> int:
    """An organisation's id by its code."""
    found = places.organisation_by_code(code)
    assert found is not None
    return found.id


def condition_of(case: Case, number: int = 0) -> int:
    """The id of one of the conditions under which a case can be filed."""
    return standards.conditions_of(case.problem_class_id)[number].id


Step = Callable[..., object]
_STEPS: Mapping[V, tuple[Step, Callable[[Case], dict[str, Any]]]] = {
    V.ASK_VERIFY: (services.ask_verify, lambda case: {}),
    V.FIND: (services.find, lambda case: {"finding": Finding.THERE, "note": "", "photos": ()}),
    V.FILE: (services.file, lambda case: {"condition_id": condition_of(case)}),
    V.REJECT: (services.reject, lambda case: {"reason": Refusal.NOT_OURS, "note": ""}),
    V.DISPATCH: (services.dispatch, lambda case: {"unit_id": unit_id()}),
    V.SIGN: (services.sign, lambda case: {}),
    V.RETURN: (services.give_back, lambda case: {"reason": ReturnReason.NOT_OURS, "note": ""}),
    V.FEED_BACK: (services.feed_back, lambda case: {"note": ""}),
    V.CLOSE: (services.close, lambda case: {}),
    V.SEND_BACK: (services.send_back, lambda case: {"reason": Shortfall.PARTLY, "note": ""}),
    V.CONFIRM_RETURN: (services.confirm_return, lambda case: {"note": "联席会议议定改派。"}),
    V.REFUSE_RETURN: (services.refuse_return, lambda case: {"reason": ReturnDecision.IS_YOURS, "note": ""}),
    V.HAND_IN: (services.hand_in_pictures, lambda case: {}),
    V.ASK_EXTENSION: (services.ask_extension, lambda case: _for_time(case, days_after_due=1) | {"leader": "周主任"}),
    V.GRANT_EXTENSION: (services.grant_extension, lambda case: {}),
    V.REFUSE_EXTENSION: (services.refuse_extension, lambda case: {"reason": Denial.CAN_BE_DONE, "note": ""}),
    V.ASK_SHELVING: (services.ask_shelving, lambda case: _for_time(case, days_after_due=60)),
    V.SHELVE: (services.shelve, lambda case: {}),
    V.REFUSE_SHELVING: (services.refuse_shelving, lambda case: {"reason": Denial.NO_GROUND, "note": ""}),
    V.RESUME: (services.resume, lambda case: {}),
    V.URGE: (services.urge, lambda case: {"reason": Urgency.DANGER, "note": ""}),
    V.SPLIT: (services.split, lambda case: {"parts": [Part(class_id=case.problem_class_id, text="还有一处")]}),
    V.MERGE: (services.merge, lambda case: {"into_id": CaseId(report(at=case.reported_at).pk)}),
    V.VOID: (services.void, lambda case: {"reason": VoidReason.MISTAKEN, "note": ""}),
    V.FORCE_CLOSE: (services.force_close, lambda case: {"reason": ForcedReason.PROJECT, "note": ""}),
    V.APPEAL: (services.appeal, lambda case: {"reason": Ground.FORCE, "note": ""}),
    V.REVIEW_APPEAL: (services.review_appeal, lambda case: {"answered": Answer.YES, "note": ""}),
    V.DECIDE_APPEAL: (services.decide_appeal, lambda case: {"answered": Answer.YES, "note": ""}),
    V.CALL_BACK: (
        services.call_back,
        lambda case: {"result": CallBackResult.SATISFIED, "reason": None, "note": ""},
    ),
    V.LOOK_BACK: (
        services.look_back,
        lambda case: {"result": LookBackResult.HOLDS, "photos": (), "note": ""},
    ),
    V.ASK_REOPEN: (
        services.ask_reopen,
        lambda case: {"reason": ReopenGround.STILL_THERE, "note": "还在那里", "photos": ()},
    ),
    V.REOPEN: (services.reopen, lambda case: {"note": "照片属实，重新办理。"}),
    V.RECONSIDER: (services.reconsider, lambda case: {"note": "重新受理。"}),
    V.REFUSE_REOPEN: (services.refuse_reopen, lambda case: {"note": "现场已清。"}),
}


def _for_time(case: Case, *, days_after_due: int) -> dict[str, Any]:
    """Why it is not done yet and until when."""
    until = clock.on(case.due_at or case.moved_at) + timedelta(days=days_after_due)
    return {"reason": NotYet.WEATHER, "until": until, "note": ""}


EXTENDABLE: Mapping[str, Any] = {"tile": "sheds", "condition": 1}
"""A kind and the number of its condition whose limit of days may be extended."""
ASKED_BEFORE: Mapping[V, tuple[V, ...]] = {
    V.GRANT_EXTENSION: (V.ASK_EXTENSION,),
    V.REFUSE_EXTENSION: (V.ASK_EXTENSION,),
    V.SHELVE: (V.ASK_SHELVING,),
    V.REFUSE_SHELVING: (V.ASK_SHELVING,),
    V.REVIEW_APPEAL: (V.APPEAL,),
    V.DECIDE_APPEAL: (V.APPEAL, V.REVIEW_APPEAL),
    V.REOPEN: (V.ASK_REOPEN,),
    V.RECONSIDER: (V.ASK_REOPEN,),
    V.REFUSE_REOPEN: (V.ASK_REOPEN,),
}
"""What has to be asked before somebody can answer."""
_ABOUT_LATENESS = (V.APPEAL, V.REVIEW_APPEAL, V.DECIDE_APPEAL)


def case_for(verb: V, state: State | None = None, **given: Any) -> Case:
    """A case in which a move is possible now, in the first state in which the table lets it start or in another one."""
    wanted = state or LIFE[verb].sources[0]
    if wanted is State.CLOSED and verb in _ABOUT_LATENESS:
        found = case(wanted, at=MORNING - timedelta(days=60), late=True, **given)
    elif V.ASK_EXTENSION in (verb, *ASKED_BEFORE.get(verb, ())):
        found = case(wanted, **{**EXTENDABLE, **given})
    else:
        found = case(wanted, **given)
    if wanted in LIFE[verb].sources:
        for before in ASKED_BEFORE.get(verb, ()):
            found = move(found, before, at=MORNING + 9 * QUARTER)
    return found


def move(case: Case, verb: V, *, by: Actor = SYSTEM, at: datetime, **given: Any) -> Case:
    """Make a move with everything it needs; ``given`` replaces what a test is about."""
    step, usual = _STEPS[verb]
    values = usual(case) | given
    if verb in (V.FEED_BACK, V.HAND_IN) and "evidence" not in values:
        values["evidence"] = [photo(by=by, at=at)]
    step(case_id=CaseId(case.pk), by=by, at=at, **values)
    return Case.objects.get(pk=case.pk)


def seed_for(person_id: int) -> str:
    """A seed with which the draw falls on this person, among however many others."""
    everybody = {str(pk) for pk in Person.objects.values_list("pk", flat=True)} | {str(person_id)}
    return next(
        seed for seed in map("{:032x}".format, count()) if rules.drawn(seed, everybody, size=1) == (str(person_id),)
    )


def report(*, by: Actor = ANONYMOUS, at: datetime = MORNING, **given: Any) -> Case:
    """A reported case."""
    return services.report(given=told(**given), by=by, at=at)


def case(
    state: State = State.REPORTED,
    *,
    by: Mapping[V, Actor] | None = None,
    unit: str = STREET_OFFICE,
    at: datetime = MORNING,
    late: bool = False,
    condition: int = 0,
    drawn: int | None = None,
    **given: Any,
) -> Case:
    """A case that went the shortest way to a state; ``by`` says who made which move, ``given`` what was reported.

    A late one is fed back forty days after its dispatch. ``drawn`` is the person on whom the draw of the checker falls.
    """
    found = report(at=at, **given)
    for number, verb in enumerate(PATHS[state], start=1):
        more: dict[str, Any] = {"unit_id": unit_id(unit)} if verb is V.DISPATCH else {}
        if verb is V.FILE:
            more = {"condition_id": condition_of(found, condition)}
        if verb is V.FEED_BACK:
            at += timedelta(days=40) if late else timedelta()
            more = {"seed": seed_for(drawn)} if drawn is not None else {}
        found = move(found, verb, by=(by or {}).get(verb, SYSTEM), at=at + number * QUARTER, **more)
    return found
