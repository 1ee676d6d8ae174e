# SPDX-License-Identifier: Apache-2.0
"""Where a sheet stands: at the home of its unit, and the levels above that."""

from jiayuan.cases.enums import WITH_UNIT
from jiayuan.kernel.access import Spot
from jiayuan.places import queries as places
from jiayuan.places.queries import Place
from jiayuan.record.queries import happened_to
from jiayuan.supervision.enums import LIVE, Rung, SheetState
from jiayuan.supervision.events import SheetIssued
from jiayuan.supervision.models import Item

IN_HAND = WITH_UNIT
"""The states in which a case may be put on a sheet: a unit has it."""
_DIGITS = {Rung.CITY: 4, Rung.COUNTY: 6, Rung.TOWN: 9, Rung.VILLAGE: 12}


def home_of(unit_id: int) -> Place | None:
    """The division at which a unit is at home; of one without, that of the unit above it."""
    unit = places.organisation(unit_id)
    while unit is not None and not unit.division and unit.parent_id is not None:
        unit = places.organisation(unit.parent_id)
    return places.division(unit.division) if unit is not None and unit.division else None


def spot_of_unit(unit_id: int, home: Place) -> Spot:
    """Where a sheet for a unit would stand for permission."""
    return Spot(code=home.code, unit_id=unit_id)


def code_at(area: str, rung: Rung) -> str:
    """The division of a level above an area, or the area itself where there is none."""
    code = f"{area[: _DIGITS[rung]]:0<12}"
    return code if places.division(code) is not None else area


def item_behind(case_id: int, *, position: int) -> int | None:
    """The live item of a case, if its sheet was issued before what happened at a position of the record.

    A reader may lag behind: what happened to the case before it was listed is not the item's affair. The minutes of a
    meeting confirm a return and list the case again in one command.
    """
    live = Item.objects.filter(case_id=case_id, state__in=LIVE, sheet__state=SheetState.ISSUED)
    item = live.select_related("sheet").first()
    if item is None:
        return None
    issued = (one.position for one in happened_to(item.sheet.ref) if isinstance(one.event, SheetIssued))
    return item.pk if next(issued, 0) < position else None
