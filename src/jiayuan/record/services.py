# SPDX-License-Identifier: Apache-2.0
"""The one thing that may be done to the record besides adding to it: forgetting a person."""

from datetime import datetime

from django.db.models import Q

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.record.events import PersonId, kinds, private_persons
from jiayuan.record.models import Secret


@command
def forget_person(*, person_id: PersonId, by: Actor, at: datetime) -> int:
    """How many events lost their private part and salt: those the person caused and those that name the person.

    The events stand, and their leaves still prove them; nobody can try a name or a number against them any more. The
    caller has asked for the permission.
    """
    named = Q(person_id=person_id)
    for field in sorted({name for kind in kinds() for name in private_persons(kind)}):
        # Bodies are canonical JSON, so a key and its number are followed by a comma or the closing bracket.
        named |= Q(body__contains=f'"{field}":{person_id},') | Q(body__contains=f'"{field}":{person_id}}}')
    return Secret.objects.filter(named).delete()[0]
