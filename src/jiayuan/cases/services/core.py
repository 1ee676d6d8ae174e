# SPDX-License-Identifier: Apache-2.0
"""What all commands of cases share: loading locked, the one choke point of moves, writing, and what events carry."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NewType
from uuid import UUID

from django.utils.translation import pgettext_lazy

from jiayuan.cases import rules
from jiayuan.cases.enums import State, TextKind, V
from jiayuan.cases.events import HANDS
from jiayuan.cases.lifecycle import LIFE
from jiayuan.cases.models import Case, Text
from jiayuan.cases.queries import facts_of
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.machine import check_move
from jiayuan.media.enums import PhotoRole
from jiayuan.media.services import attach
from jiayuan.record.events import Code, Digest, Ref
from jiayuan.record.queries import persons_behind
from jiayuan.standards import queries as standards

CaseId = NewType("CaseId", int)
NO_TEXT = {"text_id": None, "text_digest": None}

OBSTACLES = {
    "own_work": pgettext_lazy("cases", "Nobody of the unit does this for its own case. Somebody else has to."),
    "request_open": pgettext_lazy("cases", "This was asked already and waits for its answer."),
    "no_request": pgettext_lazy("cases", "Nobody asks for this now."),
    "no_extension": pgettext_lazy("cases", "Cases with so short a limit get no more time. Ask to shelve it instead."),
    "extended_twice": pgettext_lazy("cases", "This case got more time twice already. Ask to shelve it instead."),
    "limit_passed": pgettext_lazy("cases", "The limit has passed; more time is granted before that only."),
    "shelved_before": pgettext_lazy("cases", "This case was shelved once already."),
    "not_late": pgettext_lazy("cases", "This case was in time; there is nothing to appeal against."),
    "appealed_before": pgettext_lazy("cases", "There was an appeal in this case already."),
    "already_urgent": pgettext_lazy("cases", "This case is marked as urgent already."),
    "verify_first": pgettext_lazy("cases", "Reports from this source are verified on site before they are filed."),
}


def locked(case_id: CaseId) -> Case:
    """The case with its row locked until the command ends."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def decide(
    case: Case,
    verb: V,
    *,
    by: Actor,
    version: int | None,
    at: datetime,
    given: Mapping[str, object] | None = None,
) -> State:
    """The single choke point of all moves: the table allows this one from here, and where the case came from.

    Refused when the page that asked has seen an older case. Nothing is written before ``write``.
    """
    if version is not None and case.version != version:
        raise Stale(
            "moved_on",
            pgettext_lazy("cases", "Somebody else moved this case meanwhile. Below is where it stands now."),
            state=case.state,
        )
    row, before = LIFE[verb], State(case.state)
    check_move(row, before, given or {})
    if found := rules.obstacle(verb, facts_of(case, at, by=by)):
        raise Refused(found, OBSTACLES[found])
    case.state, case.version, case.moved_at = row.after(before), case.version + 1, at
    return before


def write(case: Case, *also: str) -> None:
    """Keep the decided move together with the other columns that it changed."""
    case.save(update_fields=["state", "version", "moved_at", *also])


def refuse_own_work(case: Case, by: Actor) -> None:
    """Whoever had the case in hand does not judge it."""
    handling = rules.Handling(unit_id=case.unit_id, person_ids=persons_behind(case.ref, kinds=HANDS))
    if not by.is_system and not rules.may_check(handling, unit_ids=by.unit_ids, person_id=by.person_id):
        raise Refused(
            "own_work", pgettext_lazy("cases", "Whoever handled a case does not check it. Somebody else has to look.")
        )


def due_of(case: Case) -> dict[str, Any]:
    """The deadline as events carry it."""
    return {"due_at": case.due_at, "due_is_provisional": case.due_is_provisional}


def due_at(case: Case) -> datetime:
    """The deadline; refused before dispatch."""
    if case.due_at is None:
        raise Refused("not_dispatched", pgettext_lazy("cases", "The case has not been dispatched yet."))
    return case.due_at


def unit_of(case: Case) -> int:
    """The unit that has the case; refused before dispatch."""
    if case.unit_id is None:
        raise Refused("not_dispatched", pgettext_lazy("cases", "The case has not been dispatched yet."))
    return case.unit_id


def where(case: Case, *, came_from: State | None) -> dict[str, Any]:
    """What every event of a case carries."""
    return {
        "subject": case.ref,
        "place": Code(case.village),
        "class_code": class_code(case),
        "came_from": came_from,
        "to": State(case.state),
    }


def class_code(case: Case) -> Code:
    """The key of the case's class."""
    return Code(str(standards.problem_class(case.problem_class_id).key))


def note_of(case: Case, body: str, *, at: datetime) -> dict[str, Any]:
    """Keep a note in an erasable row; what the event carries of it."""
    if not body:
        return dict(NO_TEXT)
    text = Text.objects.create(case=case, kind=TextKind.NOTE, body=body, written_at=at)
    return {"text_id": text.pk, "text_digest": digest(body)}


def hang(
    case: Case,
    photos: Sequence[UUID],
    role: PhotoRole,
    *,
    by: Actor,
    at: datetime,
    handed_on_from: Ref | None = None,
) -> None:
    """Attach photos to a case as evidence; those that hang elsewhere already are handed on from there."""
    if photos:
        attach(photos=photos, to=case.ref, role=role, by=by, at=at, handed_on_from=handed_on_from)


def digest(body: str) -> Digest:
    """What an event keeps of a text."""
    return Digest(sha256(body.encode()).hexdigest())
