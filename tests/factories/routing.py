# SPDX-License-Identifier: Apache-2.0
"""Routing rules told through the services: ``rule(kinds=[RUBBISH], unit=BUREAU)``."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from jiayuan.cases import services
from jiayuan.cases.intake import RuleInput
from jiayuan.cases.queries import RuleView
from jiayuan.kernel.access import Actor
from tests.cast import MORNING, NEW_YEAR, SYSTEM

RUBBISH = "tile:rubbish"
RUBBISH_IN_TOWN = "class:gbt47678-2026:matter:06010"
STREET_SCENE = "group:gbt47678-2026:matter:06"
_numbers = count(1_000_001)
"""The small ones are for what a test names itself."""


def said(**given: Any) -> RuleInput:
    """What a rule says, in typed values; without more it sends everything to whoever governs the place."""
    lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return RuleInput(**{"valid_from": NEW_YEAR} | given | lists)


def rule(*, by: Actor = SYSTEM, at: datetime = MORNING, **given: Any) -> RuleView:
    """A rule that was written."""
    client_id = UUID(int=next(_numbers), version=4)
    return services.make_rule(given=said(**given), client_id=client_id, by=by, at=at)
