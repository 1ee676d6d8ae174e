# SPDX-License-Identifier: Apache-2.0
"""Some of the demonstration's pictures for everybody to see, before and after, as a person would have released them.

Every second case whose pictures a phone took is shown, with all covered that the program proposed; the others wait for
whoever tries the page. What visitors of the demonstration close themselves is theirs to decide.
"""

from datetime import datetime

from jiayuan.cases.queries import shapes
from jiayuan.kernel.access import Actor
from jiayuan.media import queries, services

SOME = 20
"""So many are decided before the queue is asked whether somebody waits for something."""


def go_on_with_releases(*, by: Actor, at: datetime) -> bool:
    """Release some more of what was looked through; whether something was done."""
    ends_at = shapes().ends_at
    waiting = queries.waiting_releases(by, limit=100)
    shown = [one for one in waiting if one.asked_at < ends_at and one.subject is not None and one.subject.id % 2 == 0]
    for one in shown[:SOME]:
        view = queries.release_of(one.handle)
        if view is None:
            continue
        kept = [region.id for region in view.regions if region.is_covered]
        services.confirm_release(
            handle=view.handle, kept=kept, drawn=(), seen=view.version, spot=view.spot, by=by, at=at
        )
    return bool(shown)
