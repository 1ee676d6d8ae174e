# SPDX-License-Identifier: Apache-2.0
"""Reading what stands beside a case: notes among colleagues, whom to name in them, standard replies, cases nearby.

The handling unit reads the notes meant for it, without the names of those who wrote them at the desk: it must not learn
who checks. For the same reason it can name its own colleagues only, and nobody near it reads a checker's name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

from django.db.models import Exists, F, OuterRef, Q

from jiayuan.cases.access import May
from jiayuan.cases.models import Case, CheckDraw, Note, Reply
from jiayuan.cases.queries.reading import Row, is_of_its_unit, rows_from
from jiayuan.kernel.access import Actor, arms, may
from jiayuan.people import queries as people
from jiayuan.people.queries import Colleague

NEAR_M = 300
NEAR_SPAN = timedelta(weeks=12)
MOST_NEAR = 10
_LOOKED_AT = 60
_M_PER_DEGREE = 111_320


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    """A note as its reader may see it; ``author`` is empty where the reader must not learn the name."""

    author: str
    body: str
    at: datetime
    for_unit: bool


def comes_through_unit(actor: Actor, case: Case) -> bool:
    """Whether the actor works for the unit that has this case: whatever other posts they hold, they read as it does."""
    return case.unit_id is not None and case.unit_id in actor.unit_ids


def people_around(case: Case) -> list[Colleague]:
    """Everybody who sees a case and may leave notes at it, the unit's people among them; one query."""
    return people.colleagues(May.NOTE, spot=case.spot)


def knows_checkers(actor: Actor, case: Case) -> bool:
    """Whether the actor reads the names of checkers: who may have another one drawn or approves, outside the unit.

    The head of the unit's town sees the case from above, so it is not enough to keep them from the unit's own people.
    """
    permissions = (May.REDRAW, May.APPROVE)
    return not is_of_its_unit(actor, case) and any(may(actor, one, at=case.spot) for one in permissions)


def named_to(actor: Actor, case: Case, around: Iterable[Colleague]) -> dict[int, str]:
    """The names, by account, of those around a case who may be told to be there: never who might check it."""
    knows = knows_checkers(actor, case)
    return {
        one.account_id: one.name
        for one in around
        if knows or (May.CHECK not in one.permissions and one.person_id != case.checker_id)
    }


def notes_of(actor: Actor, case: Case, around: Iterable[Colleague]) -> list[NoteShown]:
    """The notes of a case that the actor may read, oldest first; whoever might check it signs as the desk."""
    drawn = CheckDraw.objects.filter(case=case, checker_id=OuterRef("author_id"))
    found = Note.objects.filter(case=case).select_related("author").order_by("written_at", "id")
    through_unit, knows = comes_through_unit(actor, case), knows_checkers(actor, case)
    if through_unit:
        found = found.filter(for_unit=True)
    able = {one.person_id for one in around if May.CHECK in one.permissions}
    shown = []
    for note in found.annotate(was_drawn=Exists(drawn)):
        of_unit = note.author_unit_id is not None and note.author_unit_id == case.unit_id
        is_checker = note.was_drawn or note.author_id in able
        is_hidden = not of_unit and (through_unit or (is_checker and not knows and note.author_id != actor.person_id))
        shown.append(
            NoteShown(
                author="" if is_hidden else note.author.name,
                body=note.body,
                at=note.written_at,
                for_unit=note.for_unit,
            )
        )
    return shown


def colleagues_of(actor: Actor, case: Case, around: Iterable[Colleague]) -> list[Colleague]:
    """Whom the actor can name in a note about a case: everybody who sees it, for the unit its own people."""
    if comes_through_unit(actor, case):
        around = [one for one in around if one.unit_id is not None and one.unit_id in actor.unit_ids]
    return [one for one in around if one.account_id != actor.account_id and one.name]


def replies_for(case: Case) -> list[Reply]:
    """The standard replies offered at a case: those for its class first, each in the order in which it was written."""
    areas = {f"{case.village[:length]:0<12}" for length in (4, 6, 9, 12)}
    same = Q(problem_class__isnull=True) | Q(problem_class_id=case.problem_class_id)
    own_class_first = F("problem_class").asc(nulls_last=True)
    return list(Reply.objects.filter(same, area__in=areas, is_off=False).order_by(own_class_first, "id"))


def replies_kept(actor: Actor) -> list[Reply]:
    """The replies that the actor may change."""
    held = arms(actor, May.EDIT_REPLIES)
    found = Reply.objects.filter(is_off=False).order_by("area", "verb", "id")
    return [reply for reply in found if any(reply.area.startswith(str(arm.value)) for arm in held)]


def near(actor: Actor, case: Case, *, at: datetime) -> Sequence[Row]:
    """Cases of the last twelve weeks in the same village or within 300 metres, the newest first; one query."""
    wanted = Q(village=case.village)
    if case.lat is not None and case.lon is not None:
        high = NEAR_M / _M_PER_DEGREE
        broad = high / cos(radians(case.lat))
        wanted |= Q(lat__range=(case.lat - high, case.lat + high), lon__range=(case.lon - broad, case.lon + broad))
    # Bounded by town and time first, so that the index of the town's newest cases serves it.
    found = Case.objects.filter(wanted, town=case.town, reported_at__gte=at - NEAR_SPAN).exclude(pk=case.pk)
    rows = rows_from(found.order_by("-reported_at", "-id")[:_LOOKED_AT])
    return [row for row in rows if may(actor, May.SEE, at=row.spot)][:MOST_NEAR]
