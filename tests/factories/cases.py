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
from jiayuan.cases.enums import Finding, Refusal, ReturnReason, Shortfall, Source, State, V
from jiayuan.cases.intake import ReportInput
from jiayuan.cases.models import Case
from jiayuan.cases.services import CaseId
from jiayuan.kernel.access import ANONYMOUS, Actor
from jiayuan.media.services import receive
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from tests.cast import COMMUNITY, MORNING, STREET_OFFICE, SYSTEM
from tests.media.pictures import encoded, scene

QUARTER = timedelta(minutes=15)
_numbers = count(1)

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


Step = Callable[..., Case]
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
}


def move(case: Case, verb: V, *, by: Actor = SYSTEM, at: datetime, **given: Any) -> Case:
    """Make a move with everything it needs; ``given`` replaces what a test is about."""
    step, usual = _STEPS[verb]
    values = usual(case) | given
    if verb is V.FEED_BACK and "evidence" not in values:
        values["evidence"] = [photo(by=by, at=at)]
    return step(case_id=CaseId(case.pk), by=by, at=at, **values)


def report(*, by: Actor = ANONYMOUS, at: datetime = MORNING, **given: Any) -> Case:
    """A reported case."""
    return services.report(given=told(**given), by=by, at=at)


def case(
    state: State = State.REPORTED,
    *,
    by: Mapping[V, Actor] | None = None,
    unit: str = STREET_OFFICE,
    at: datetime = MORNING,
    **given: Any,
) -> Case:
    """A case that went the shortest way to a state; ``by`` says who made which move, ``given`` what was reported."""
    found = report(at=at, **given)
    for number, verb in enumerate(PATHS[state], start=1):
        more = {"unit_id": unit_id(unit)} if verb is V.DISPATCH else {}
        found = move(found, verb, by=(by or {}).get(verb, SYSTEM), at=at + number * QUARTER, **more)
    return found
