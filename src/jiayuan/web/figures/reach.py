# SPDX-License-Identifier: Apache-2.0
"""How far somebody's figures reach."""

from jiayuan.cases.access import May
from jiayuan.kernel.access import Actor, arms
from jiayuan.places import queries as places

CITY_DIGITS = 4
DIGITS = (CITY_DIGITS, 6, 9, 12)


def under(actor: Actor, asked: str) -> str:
    """The code prefix to show: the asked one if the actor reaches it, else the widest one that they reach."""
    reach = [str(arm.value) for arm in arms(actor, May.SEE_FIGURES) if arm.column != "unit_id"]
    if asked.isdigit() and len(asked) in DIGITS and any(asked.startswith(prefix) for prefix in reach):
        return asked
    widest = min(reach, key=len, default="")
    return widest or city()


def city() -> str:
    """The code prefix of the whole city."""
    found = places.city()
    return found.code[:CITY_DIGITS] if found else ""
