# SPDX-License-Identifier: Apache-2.0
"""The one thing that may be done to the record besides adding to it: forgetting a person."""

from collections.abc import Iterator
from datetime import datetime
from itertools import product

from django.db.models import Q

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.record.events import PersonId, persons_in
from jiayuan.record.models import Secret
from jiayuan.record.readers import happened_at


@command
def forget_person(*, person_id: PersonId, by: Actor, at: datetime) -> int:
    """How many events lost their private part and salt: those the person caused and those that name the person.

    The events stand, and their leaves still prove them; nobody can try a name or a number against them any more. The
    caller has asked for the permission.
    """
    named = [*Secret.objects.filter(person_id=person_id).values_list("position", flat=True), *_naming(person_id)]
    # A few hundred at a time: one statement may carry no more numbers than the database takes.
    return sum(
        Secret.objects.filter(position__in=named[start : start + 500]).delete()[0]
        for start in range(0, len(named), 500)
    )


def _naming(person_id: PersonId) -> Iterator[int]:
    """The positions of other people's events that name the person, whatever the field was called when it was written.

    Bodies are canonical JSON, so the number stands between a colon, comma or bracket and a comma or bracket. What
    looks like it is read as an event before it loses anything: the number may be an account's.
    """
    number = Q()
    for before, after in product(":,[", ",]}"):
        number |= Q(body__contains=f"{before}{person_id}{after}")
    alike = Secret.objects.filter(number).exclude(person_id=person_id)
    positions = list(alike.order_by("position").values_list("position", flat=True))
    for start in range(0, len(positions), 500):
        for happened in happened_at(positions[start : start + 500]):
            if person_id in persons_in(happened.event):
                yield happened.position
