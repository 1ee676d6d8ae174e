# SPDX-License-Identifier: Apache-2.0
"""An invented rota of an invented zone, with a bureau, a shop and a team that take turns."""

from datetime import date
from typing import Any

from jiayuan.duties import services
from jiayuan.duties.enums import ZoneKind
from jiayuan.duties.intake import RotaInput, TurnInput, ZoneInput
from jiayuan.duties.models import RotaHand, Zone
from jiayuan.duties.rules import bits_of
from jiayuan.kernel.access import Actor
from tests.cast import COMMUNITY, MORNING, NEW_YEAR, SYSTEM

TODAY = MORNING.date()
"""A Friday."""
MONDAY, SUNDAY = date(2024, 12, 30), date(2025, 1, 5)
SHOP, TEAM = "示范便利店", "示范志愿队"


def zone(*villages: str) -> int:
    """A zone, in the community if nothing else is said."""
    given = ZoneInput(
        name="示范路段", kind=ZoneKind.ROAD, description="主街", geometry="", villages=villages or (COMMUNITY,),
        starts_on=NEW_YEAR,
    )  # fmt: skip
    return int(services.open_zone(given=given, by=SYSTEM, at=MORNING).pk)


def plan(zone_id: int = 0, **given: Any) -> RotaInput:
    """A rota of a zone."""
    said: dict[str, Any] = {"name": "示范轮值", "what": "清扫路面", "skips_holidays": False, "starts_on": NEW_YEAR}
    found = zone_id or Zone.objects.order_by("id").values_list("id", flat=True).first() or zone()
    return RotaInput(zone_id=found, **(said | given))


def draw(zone_id: int = 0, by: Actor = SYSTEM, **given: Any) -> int:
    """Draw up a rota."""
    return int(services.draw_rota(given=plan(zone_id, **given), by=by, at=MORNING).pk)


def pattern(*weekdays: int, **given: Any) -> TurnInput:
    """A turn of the shop, every week on Fridays if nothing else is said."""
    said: dict[str, Any] = {"organisation_id": None, "person_id": None, "named": SHOP, "every": 1, "ends_on": None}
    return TurnInput(**(said | {"weekdays": bits_of(weekdays or (5,)), "starts_on": NEW_YEAR} | given))


def add(rota_id: int, *weekdays: int, by: Actor = SYSTEM, **given: Any) -> int:
    """Add a turn."""
    return int(services.add_turn(rota_id=rota_id, given=pattern(*weekdays, **given), by=by, at=MORNING).pk)


def card_of(named: str) -> str:
    """The card of a shop or team."""
    return RotaHand.objects.get(named=named).card
