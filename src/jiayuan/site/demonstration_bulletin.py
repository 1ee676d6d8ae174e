# SPDX-License-Identifier: Apache-2.0
"""The demonstration's bulletin with a red and a black list, written by the worker once the season is whole.

Nobody real is put to shame: the round behind it went to four invented villages of an invented town, which stood only
while the season ran, so no list of places, no map and no draw of today knows them.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from django.conf import settings

from jiayuan.cases import queries as cases
from jiayuan.cases import services as handling
from jiayuan.cases.queries import shapes
from jiayuan.cases.services import CaseId
from jiayuan.inspections import queries as inspections
from jiayuan.inspections import services as inspecting
from jiayuan.inspections.enums import Manner, StrataBy, Weighting
from jiayuan.inspections.intake import FindingInput, RoundInput
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import unit_of_work
from jiayuan.media import illustrations
from jiayuan.media import services as media
from jiayuan.media.illustrations import Setting, Stage
from jiayuan.papers import queries as papers
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.places.services import import_divisions
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind
from jiayuan.supervision import queries, services
from jiayuan.supervision.enums import BulletinKind
from jiayuan.supervision.services import BulletinId, BulletinInput

BY = Actor.system("demonstration.bulletin")
FOLDER = Path(settings.BASE) / "data" / "demo"
OFFICE = "YSQB"
CONTRACTOR = "YS-01"
SHEET, LINE = "cunzhuang", "1"
MARK = "（演示数据·非公文）"
DAYS_AGO = 20
_IDS = UUID(int=0x20250107)
_HOUR = timedelta(hours=1)


def villages() -> list[dict[str, str]]:
    """The invented villages, as the data file declares them."""
    return [row for row in _rows("villages.csv") if row["level"] == Level.VILLAGE]


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def go_on_with_bulletin(*, supervisor: Actor, signer: Actor, at: datetime) -> bool:
    """Inspect the invented villages and publish the bulletin about them, once; whether something was done."""
    if papers.office(OFFICE) is None or at < shapes().ends_at or queries.bulletins_seen_by(BY):
        return False
    starts_on = clock.on(at) - timedelta(days=DAYS_AGO)
    version = next((one.version_id for one in inspections.sheets() if one.code == SHEET), None)
    line = next((one for one in inspections.plan_lines() if (one.year, one.key) == (starts_on.year, LINE)), None)
    if version is None or line is None:
        return False
    _invent(at)
    pictures = _pictures(at)
    with unit_of_work():
        handle = _round(version, line.id, starts_on, supervisor, pictures)
        _publish(handle, supervisor, signer, at=_moment(starts_on + timedelta(days=6)))
    return True


def _moment(on: date, hour: int = 9) -> datetime:
    return datetime.combine(on, time(hour), tzinfo=clock.ZONE)


def _invent(at: datetime) -> None:
    """The invented town and its villages, which stood until yesterday."""
    since, until = shapes().starts_on.isoformat(), (clock.on(at) - timedelta(days=1)).isoformat()
    rows = [{**row, "valid_from": since, "valid_to": until} for row in _rows("villages.csv")]
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    import_divisions(data=out.getvalue().encode(), by=BY, at=at)


def _pictures(at: datetime) -> Iterator[UUID]:
    """A drawn picture for each finding; they come in before the command, which decodes none."""
    needed = len(_rows("findings.csv"))
    drawn = illustrations.illustrations(illustrations.Scene("rubbish"), Setting.VILLAGE, Stage.BEFORE, seed=needed)
    return iter([media.receive_drawn(data=drawn[0], by=BY, at=at).handle for _ in range(needed)])


def _round(version_id: int, line_id: int, starts_on: date, supervisor: Actor, pictures: Iterator[UUID]) -> str:
    """The round, scored and published; its handle."""
    at = _moment(starts_on)
    given = RoundInput(
        line_id=line_id,
        version_id=version_id,
        title=_rows("round.csv")[0]["title"] + MARK,
        manner=Manner.UNDERCOVER,
        area=next(row["code"] for row in _rows("villages.csv") if row["level"] == Level.TOWN),
        strata_by=StrataBy.TOWN,
        per_stratum=len(villages()),
        weighting=Weighting.EQUAL,
        red_from=9_000,
        black_below=8_000,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=3),
        is_synthetic=True,
    )
    row = inspecting.prepare_round(given=given, by=supervisor, at=at)
    inspecting.draw_places(round_id=row.pk, note="", by=supervisor, at=at)
    view = inspections.round_seen_by(BY, row.handle)
    if view is None:
        raise LookupError(row.handle)
    for visit in inspections.places_of(view):
        _inspect(visit, pictures, at + visit.number * _HOUR)
    _hand_on(view.id, at + timedelta(days=4))
    inspecting.publish_round(round_id=row.pk, by=supervisor, at=at + timedelta(days=4))
    return row.handle


def _hand_on(round_id: int, at: datetime) -> None:
    """Give what was found to an invented contractor, who works at it still."""
    contractor = places.organisation_by_code(CONTRACTOR)
    if contractor is None:
        raise LookupError(CONTRACTOR)
    ids = [one.case_id for _, one in inspections.findings_of_round(round_id) if one.case_id is not None]
    for case in cases.cases_by_id(ids):
        case_id, conditions = CaseId(case.pk), standards.conditions_of(case.problem_class_id)
        longest = max(conditions, key=lambda one: (one.limit.kind == LimitKind.WORKING_DAYS, one.limit.value))
        handling.file(case_id=case_id, condition_id=longest.id, by=BY, at=at)
        handling.dispatch(case_id=case_id, unit_id=contractor.id, by=BY, at=at)
        handling.sign(case_id=case_id, by=BY, at=at + _HOUR)


def _inspect(visit: inspections.VisitView, pictures: Iterator[UUID], at: datetime) -> None:
    inspecting.begin_visit(visit_id=visit.id, by=BY, at=at)
    for row in _rows("findings.csv"):
        if row["village"] != visit.village:
            continue
        given = FindingInput(
            client_id=uuid5(_IDS, f"{visit.village} {row['item']} {row['ground']}"),
            item=row["item"],
            ground=row["ground"],
            times=int(row["times"]),
            place_text=row["where"],
            photos=(next(pictures),),
        )
        inspecting.note_finding(visit_id=visit.id, given=given, by=BY, at=at)
    inspecting.submit_visit(visit_id=visit.id, absent=(), expected=None, by=BY, at=at + _HOUR / 2)


def _publish(handle: str, supervisor: Actor, signer: Actor, *, at: datetime) -> None:
    """Drafted by the supervisor, signed by somebody else."""
    given = BulletinInput(client_id=_IDS, kind=BulletinKind.ROUND, office=OFFICE, round_handle=handle)
    bulletin_id = BulletinId(services.draft_bulletin(given=given, by=supervisor, at=at).pk)
    services.hand_up(bulletin_id=bulletin_id, by=supervisor, at=at + _HOUR)
    services.sign_bulletin(bulletin_id=bulletin_id, by=signer, at=at + 2 * _HOUR)
