# SPDX-License-Identifier: Apache-2.0
"""The invented city's inspections: the shipped sheets, a plan of 2025 with two lines, and inspectors from outside."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

import jiayuan
from jiayuan.inspections import services
from jiayuan.inspections.enums import Manner, StrataBy, Weighting
from jiayuan.inspections.intake import FindingInput, PlanInput, PlanLineInput, RoundInput
from jiayuan.inspections.models import Finding, PlanLine, Round, SheetVersion, Visit
from jiayuan.inspections.queries import sheet_of
from jiayuan.kernel.access import Actor
from tests.cast import CITY, DISTRICT, MORNING, SYSTEM, Cast, Member, Part, enter
from tests.factories.cases import photo

SHIPPED = Path(jiayuan.__file__).parent / "data" / "inspections"
TODAY = MORNING.date()
SEED = "2025010309000001"


@pytest.fixture
def planned(cast: Cast) -> Iterator[Cast]:
    """The cast with three inspectors of the city, the shipped sheets and the plan of the year."""
    sheet_of.cache_clear()
    services.load_sheets(folder=SHIPPED, by=SYSTEM, at=MORNING)
    services.adopt_plan(given=plan(), by=SYSTEM, at=MORNING)
    for name in ("戴白露", "冯雨水", "蒋惊蛰"):
        cast.members[name] = inspector(name)
    yield cast
    sheet_of.cache_clear()


def inspector(name: str, area: str = CITY) -> Member:
    """Somebody who is drawn to inspect."""
    return enter(Part(username=f"检查{name}", name=name, role="inspector", area=area))


def plan(area: str = CITY, year: int = 2025) -> PlanInput:
    """A plan with a line for rounds of the city and one that inspects a place once only."""
    lines = (
        PlanLineInput(key="1", subject="城乡环境卫生暗访", lead="演清办", rounds=2, per_place=2),
        PlanLineInput(key="2", subject="村庄清洁年度检查", lead="演清办", rounds=1, per_place=1),
    )
    return PlanInput(
        year=year, area=area, title="督查检查考核计划（虚构）", source_number="云清办〔2025〕3号", adopted_on=TODAY,
        lines=lines,
    )  # fmt: skip


def round_input(line: str = "1", sheet: str = "cunzhuang", **given: Any) -> RoundInput:
    """A round: without more one village of each town of the district, undercover, by the village sheet."""
    said: dict[str, Any] = {
        "line_id": PlanLine.objects.get(key=line).pk,
        "version_id": SheetVersion.objects.get(sheet__code=sheet).pk,
        "title": "第一轮暗访",
        "manner": Manner.UNDERCOVER,
        "area": DISTRICT,
        "strata_by": StrataBy.TOWN,
        "per_stratum": 1,
        "weighting": Weighting.EQUAL,
        "red_from": 9_000,
        "black_below": 8_000,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=7),
    }
    return RoundInput(**said | given)


def prepared(by: Actor = SYSTEM, **given: Any) -> Round:
    """A round of which nothing is drawn yet."""
    return services.prepare_round(given=round_input(**given), by=by, at=MORNING)


def drawn(by: Actor = SYSTEM, seed: str = SEED, **given: Any) -> Round:
    """A round whose places are drawn."""
    row = prepared(by=by, **given)
    services.draw_places(round_id=row.pk, note="", seed=seed, by=by, at=MORNING)
    row.refresh_from_db()
    return row


def inspecting(visit: Visit, cast: Cast) -> Actor:
    """The inspector who was drawn for a visit."""
    found = next(member for member in cast.members.values() if member.person_id == visit.inspector_id)
    return found.actor


def found(visit: Visit, by: Actor, ground: str = "4.2:a", times: int = 1, **given: Any) -> Finding:
    """A finding with a picture: without more a heap of sand."""
    item, _, letter = ground.partition(":")
    said: dict[str, Any] = {
        "client_id": uuid4(),
        "place_text": "村口",
        "photos": (photo(by=by),),
    }
    return services.note_finding(
        visit_id=visit.pk,
        given=FindingInput(item=item, ground=letter, times=times, **(said | given)),
        by=by,
        at=MORNING,
    )


def scored(row: Round, cast: Cast, times: int = 1) -> None:
    """Every place of a round scored, each with so many heaps."""
    for visit in row.visits.order_by("number"):
        by = inspecting(visit, cast)
        if times:
            found(visit, by, times=times)
        services.submit_visit(visit_id=visit.pk, absent=(), expected=None, by=by, at=MORNING)


def published(cast: Cast, times: int = 1, **given: Any) -> Round:
    """A round whose scores are published on Friday morning."""
    row = drawn(**given)
    scored(row, cast, times)
    services.publish_round(round_id=row.pk, by=SYSTEM, at=MORNING)
    row.refresh_from_db()
    return row
