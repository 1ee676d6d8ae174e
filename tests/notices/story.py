# SPDX-License-Identifier: Apache-2.0
"""Short ways through the services of the notices room."""

from datetime import datetime
from zoneinfo import ZoneInfo

from jiayuan.kernel.access import Actor
from jiayuan.notices.services import notify
from jiayuan.record.events import Ref

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2025, 1, 3, 12, 0, tzinfo=ZONE)
NIGHT = datetime(2025, 1, 3, 23, 30, tzinfo=ZONE)
MORNING = datetime(2025, 1, 4, 7, 0, tzinfo=ZONE)
SYSTEM = Actor.system("test")


def tell(
    actor: Actor, *, kind: str = "cases.dispatched", position: int = 1, number: int = 7, at: datetime = NOON
) -> bool:
    """Tell somebody of a case."""
    assert actor.account_id is not None
    return notify(
        account_id=actor.account_id,
        kind=kind,
        subject=Ref("case", number),
        position=position,
        params={"handle": f"H{number}", "class": "R01"},
        by=SYSTEM,
        at=at,
    )
