# SPDX-License-Identifier: Apache-2.0
"""What all commands of whistles share: loading locked, the choke points of moves, clocks, and what events carry.

Every command locks the whistle first and only then touches a unit of it, so that two units that tell their results at
the same moment never both believe that the other one is missing.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.translation import pgettext_lazy

from jiayuan.duties.enums import U, UnitState, W, WhistleKind, WhistleState, WhistleTextKind
from jiayuan.duties.lifecycle import CALLED_UNIT, WHISTLE
from jiayuan.duties.models import Whistle, WhistleText, WhistleUnit
from jiayuan.duties.rules import Limits, Span, limits_from
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.machine import check_move
from jiayuan.record.events import Code, Digest
from jiayuan.standards import queries as standards

_read_limits = lru_cache(maxsize=4)(limits_from)


def limits_of(kind: WhistleKind) -> Limits:
    """How long a unit may take to sign on and to tell its result, by the kind of the whistle."""
    return _read_limits(settings.WHISTLE_LIMITS)[kind.value]


def due_after(start: datetime, span: Span) -> standards.Due:
    """When a span that begins at a moment is used up; minutes and hours of the clock ask no calendar."""
    if span.by_the_clock is not None:
        return standards.Due(at=start + span.by_the_clock, provisional=False)
    return standards.deadline_for(start=start, limit=standards.Limit(span.limit, span.value))


def locked(whistle_id: int) -> Whistle:
    """The whistle with its row locked until the command ends."""
    found = Whistle.objects.select_for_update(of=("self",)).filter(pk=whistle_id).first()
    if found is None:
        raise Refused("no_whistle", pgettext_lazy("duties", "There is no such whistle."))
    return found


def decide(
    whistle: Whistle,
    verb: W,
    *,
    by: Actor,
    at: datetime,
    version: int | None,
    given: Mapping[str, object] | None = None,
) -> None:
    """The choke point of a whistle's moves: whoever asks may, and the table allows it. Nothing is written yet."""
    row = WHISTLE[verb]
    require(by, row.by, at=whistle.spot)
    _refuse_stale(whistle, version)
    check_move(row, WhistleState(whistle.state), given or {})
    advance(whistle, verb, at=at)


def _refuse_stale(whistle: Whistle, version: int | None) -> None:
    if version is not None and whistle.version != version:
        message = pgettext_lazy("duties", "Somebody else moved this whistle meanwhile. Below is where it stands now.")
        raise Stale("moved_on", message, state=whistle.state)


def advance(whistle: Whistle, verb: W, *, at: datetime) -> None:
    """Put the whistle where a move leads."""
    whistle.state = WHISTLE[verb].after(WhistleState(whistle.state))
    whistle.version, whistle.moved_at = whistle.version + 1, at


def decide_unit(
    whistle: Whistle,
    unit_id: int,
    verb: U,
    *,
    by: Actor,
    at: datetime,
    given: Mapping[str, object] | None = None,
) -> WhistleUnit:
    """The choke point of a called unit's moves; its row, already where the move leads. Nothing is written yet."""
    row = CALLED_UNIT[verb]
    require(by, row.by, at=Spot(code=whistle.place, unit_id=unit_id))
    called = whistle.units.exclude(state=UnitState.RELEASED).filter(organisation_id=unit_id).first()
    if called is None or whistle.state != WhistleState.CALLED:
        message = pgettext_lazy("duties", "This unit has nothing to answer here any more. Reload the page.")
        raise Stale("unit_moved_on", message)
    check_move(row, UnitState(called.state), given or {})
    called.state = row.after(UnitState(called.state))
    whistle.version, whistle.moved_at = whistle.version + 1, at
    return called


def write(whistle: Whistle, *also: str) -> None:
    """Keep the decided move together with the other columns that it changed."""
    whistle.save(update_fields=["state", "version", "moved_at", *also])


def where(whistle: Whistle) -> dict[str, Any]:
    """What every event of a whistle carries."""
    return {
        "subject": whistle.ref,
        "place": Code(whistle.place),
        "kind": WhistleKind(whistle.kind),
        "to": WhistleState(whistle.state),
    }


def of_unit(whistle: Whistle, called: WhistleUnit) -> dict[str, Any]:
    """What every event of a called unit carries."""
    return where(whistle) | {"unit_id": called.organisation_id}


def keep(
    whistle: Whistle,
    kind: WhistleTextKind,
    body: str,
    *,
    by: Actor,
    at: datetime,
    called: WhistleUnit | None = None,
) -> dict[str, Any]:
    """Keep a text in an erasable row; what the event carries of it."""
    if not body:
        return {"text_id": None, "text_digest": None}
    text = WhistleText.objects.create(
        whistle=whistle, unit=called, kind=kind, body=body, author_id=by.person_id, written_at=at
    )
    return {"text_id": text.pk, "text_digest": Digest(sha256(body.encode()).hexdigest())}
