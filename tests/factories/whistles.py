# SPDX-License-Identifier: Apache-2.0
"""Whistles with a past, told through the services: ``whistle(WhistleState.ANSWERED)`` went every step that leads there.

Without more it is a daily whistle about stalls: the small city's list names the bureau as lead, the district and the
street office as assisting. The system takes each step unless a test says who.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from jiayuan.duties import services
from jiayuan.duties.enums import NoWhistle, WhistleKind, WhistleState
from jiayuan.duties.intake import CallInput, Rating, WhistleInput
from jiayuan.duties.models import Whistle
from jiayuan.kernel.access import Actor
from jiayuan.places import queries as places
from tests.cast import BUREAU, COMMUNITY, MORNING, STREET_OFFICE, SYSTEM
from tests.duties.lists import STALLS

DISTRICT_OFFICE = "YX-DQ"
CLAUSE = "qingdan:1:2.10"
_numbers = count(1_000_001)


def unit_id(code: str = BUREAU) -> int:
    """An organisation by its code."""
    found = places.organisation_by_code(code)
    assert found is not None
    return found.id


def wanted(**given: Any) -> WhistleInput:
    """What a community wants."""
    said: dict[str, Any] = {
        "client_id": UUID(int=next(_numbers)),
        "kind": WhistleKind.DAILY,
        "place": COMMUNITY,
        "class_key": STALLS,
        "text": "渡口路店外经营反复劝导无效，请部门到场。",
        "cases": (),
    }
    return WhistleInput(**said | given)


def applied(by: Actor = SYSTEM, *, at: datetime = MORNING, **given: Any) -> Whistle:
    """A whistle as somebody applied for it; the system's own goes on to the triage office at once."""
    return services.apply_for_whistle(given=wanted(**given), by=by, at=at)


def called(*, assisting: Iterable[str] = (STREET_OFFICE,), at: datetime = MORNING, **given: Any) -> Whistle:
    """A whistle for which the bureau leads and others assist."""
    found = applied(at=at, **given)
    call = CallInput(lead=unit_id(), assisting=tuple(unit_id(code) for code in assisting))
    services.assign_whistle(whistle_id=found.pk, given=call, by=SYSTEM, at=at)
    return fresh(found)


def sign_and_arrive(found: Whistle, code: str = BUREAU, *, at: datetime = MORNING) -> None:
    """A unit signs on and reports on site."""
    services.sign_whistle(whistle_id=found.pk, unit_id=unit_id(code), by=SYSTEM, at=at)
    services.arrive_at_whistle(whistle_id=found.pk, unit_id=unit_id(code), by=SYSTEM, at=at)


def answer(found: Whistle, code: str = BUREAU, *, at: datetime = MORNING) -> None:
    """A unit goes all its steps."""
    sign_and_arrive(found, code, at=at)
    services.tell_result(whistle_id=found.pk, unit_id=unit_id(code), told="已清理，已约谈。", by=SYSTEM, at=at)


def refuse(found: Whistle, code: str = BUREAU, clause: str = CLAUSE, *, at: datetime = MORNING) -> None:
    """A unit refuses, citing the list."""
    services.refuse_whistle(whistle_id=found.pk, unit_id=unit_id(code), clause=clause, note="", by=SYSTEM, at=at)


def whistle(state: WhistleState, *, by: Actor = SYSTEM, at: datetime = MORNING, **given: Any) -> Whistle:
    """A whistle in a state; to wait for the leader it needs somebody who is none (``by``)."""
    if state in (WhistleState.APPLIED, WhistleState.TRIAGE):
        return applied(by, at=at, **given)
    if state is WhistleState.TURNED_DOWN:
        found = applied(at=at, **given)
        services.dismiss_whistle(whistle_id=found.pk, reason=NoWhistle.TWICE, note="", by=SYSTEM, at=at)
    elif state is WhistleState.WITHDRAWN:
        found = applied(at=at, **given)
        services.withdraw_whistle(whistle_id=found.pk, by=SYSTEM, at=at)
    else:
        found = called(at=at, **given)
        if state is not WhistleState.CALLED:
            answer(found, at=at)
            answer(found, STREET_OFFICE, at=at)
        if state is WhistleState.RATED:
            marks = Rating(speed=5, handling=4, result=3, comment="到场快。")
            services.rate_whistle(whistle_id=found.pk, given=marks, by=SYSTEM, at=at)
    return fresh(found)


def fresh(found: Whistle) -> Whistle:
    """The whistle as it stands now."""
    return Whistle.objects.get(pk=found.pk)
