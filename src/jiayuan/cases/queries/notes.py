# SPDX-License-Identifier: Apache-2.0
"""Reading what stands beside a case: notes among colleagues, whom to name in them, standard replies, cases nearby.

The handling unit reads the notes meant for it, without the names of those who wrote them at the desk: it must not learn
who checks. For the same reason it can name its own colleagues only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

from django.db.models import F, Q

from jiayuan.cases.access import May
from jiayuan.cases.models import Case, Note, Reply
from jiayuan.cases.queries.reading import Row, rows_from
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
    """Whether the actor sees this case only because their unit has it."""
    columns = {arm.column for arm in arms(actor, May.SEE) if arm.holds(case.spot)}
    return columns == {"unit_id"}


def notes_of(actor: Actor, case: Case) -> list[NoteShown]:
    """The notes of a case that the actor may read, oldest first."""
    found = Note.objects.filter(case=case).select_related("author").order_by("written_at", "id")
    through_unit = comes_through_unit(actor, case)
    if through_unit:
        found = found.filter(for_unit=True)
    return [
        NoteShown(
            author="" if through_unit and note.author_unit_id != case.unit_id else note.author.name,
            body=note.body,
            at=note.written_at,
            for_unit=note.for_unit,
        )
        for note in found
    ]


def colleagues_of(actor: Actor, case: Case) -> list[Colleague]:
    """Whom the actor can name in a note about a case: everybody who sees it, for the unit its own people."""
    found = people.colleagues(May.NOTE, spot=case.spot)
    if comes_through_unit(actor, case):
        found = [one for one in found if one.unit_id is not None and one.unit_id in actor.unit_ids]
    return [one for one in found if one.account_id != actor.account_id and one.name]


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
