# SPDX-License-Identifier: Apache-2.0
"""The season's rectification lists, put on numbered sheets by the worker once the season is whole.

Cases of the season that were closed stand on lists as they would have then. A few items wait for their acceptance, so
that what was struck off of what was due is a rate and no round number.
"""

from datetime import datetime

from jiayuan.cases.queries import shapes
from jiayuan.kernel.access import Actor
from jiayuan.papers import queries as papers
from jiayuan.supervision import queries, services
from jiayuan.supervision.enums import SheetKind

OFFICE = "YSCG"
LISTS = 236
SEED = 20250105
SOME = 30
"""So many lists are written before the queue is asked whether somebody waits for something."""
BY = Actor.system("demonstration.lists")


def go_on_with_lists(at: datetime) -> bool:
    """Write some more of the lists, if some are missing; whether there is more to do."""
    ends_at = shapes().ends_at
    if papers.office(OFFICE) is None or at < ends_at:
        return False
    done = queries.figures_of(kind=SheetKind.LIST, until=ends_at, office=OFFICE).issued
    if done >= LISTS:
        return False
    planned = queries.lists_of_the_past(until=ends_at, wanted=LISTS, seed=SEED)
    for number, past in enumerate(planned[done : done + SOME], start=done + 1):
        services.load_past(past=past, office=OFFICE, number=number, by=BY, at=ends_at)
    return done + SOME < len(planned)
