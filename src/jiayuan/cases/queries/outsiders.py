# SPDX-License-Identifier: Apache-2.0
"""Who is kept away from a check, whether somebody is drawn for it or nobody was left and the area's side checks."""

from collections.abc import Collection
from datetime import date

from jiayuan.cases.access import May
from jiayuan.cases.enums import DrawEnding
from jiayuan.cases.events import HANDS
from jiayuan.cases.models import Case, CheckDraw
from jiayuan.cases.rules import RUNNING, tired
from jiayuan.people import queries as people
from jiayuan.places import queries as places
from jiayuan.record.queries import persons_behind


def hands_of(case: Case) -> frozenset[int]:
    """The persons who had a case in their hands."""
    return persons_behind(case.ref, kinds=HANDS)


def barred(unit_id: int, hands: Collection[int], *, on: date) -> set[int]:
    """Whoever has a post in the unit or in the body above it, and whoever had the case in hand."""
    unit = places.organisation(unit_id)
    bodies = {unit_id} | ({unit.parent_id} if unit is not None and unit.parent_id is not None else set())
    return set(hands) | people.persons_in(organisation_ids=bodies, on=on)


def latest_checkers(unit_id: int, *, besides: Case | None = None) -> list[int | None]:
    """The newest checkers of a unit, newest first; a draw that was replaced made nobody check."""
    counted = CheckDraw.objects.filter(unit_id=unit_id).exclude(ending=DrawEnding.REPLACED).order_by("-id")
    if besides is not None:
        counted = counted.exclude(case=besides, ended_at=None)
    return list(counted.values_list("checker_id", flat=True)[:RUNNING])


def kept_away(case: Case, hands: Collection[int], *, on: date) -> set[int]:
    """The persons who may not check a case for which nobody was left to be drawn: the rules of the draw hold for them.

    Never the unit, the body above it, the hands, and whoever declined in this round. Whoever did not answer, or checked
    the unit three times running, rests while there is somebody else.
    """
    if case.unit_id is None:
        return set(hands)
    drawn = list(CheckDraw.objects.filter(case=case).order_by("round").values_list("round", "checker_id", "declined"))
    of_round = [(person_id, declined) for number, person_id, declined in drawn if number == drawn[-1][0] and person_id]
    away = barred(case.unit_id, hands, on=on) | {person_id for person_id, declined in of_round if declined}
    resting = {person_id for person_id, _ in of_round} | tired(latest_checkers(case.unit_id, besides=case))
    others = people.persons_with(May.CHECK, spot=case.spot, on=on) - away
    return away | resting if others - resting else away
