# SPDX-License-Identifier: Apache-2.0
"""Reading what the desk keeps beside cases: the lists that somebody comes back to, and their columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from jiayuan.cases.models import SavedList
from jiayuan.kernel.access import Actor

NOBODY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A list to come back to: its name, address and columns, and whether it is the reader's own or a colleague's."""

    id: int
    name: str
    address: str
    columns: str
    is_own: bool
    is_shared: bool


def saved_lists(actor: Actor) -> Sequence[Saved]:
    """The actor's lists and those that colleagues share with a unit of theirs; the one without a name is first.

    The nameless one holds the columns that the actor wants wherever no saved list says otherwise.
    """
    theirs = Q(account_id=actor.account_id if actor.account_id is not None else NOBODY)
    rows = SavedList.objects.filter(theirs | Q(unit_id__in=actor.unit_ids)).order_by("name", "id")
    return [
        Saved(
            id=row.pk,
            name=row.name,
            address=row.address,
            columns=row.columns,
            is_own=row.account_id == actor.account_id,
            is_shared=row.unit_id is not None,
        )
        for row in rows
    ]
