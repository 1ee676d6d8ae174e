# SPDX-License-Identifier: Apache-2.0
"""Inspecting a drawn place: what is found is noted as it comes, and becomes cases with the score, in one command.

Until then nobody but the inspector and whoever planned the round knows the place, so no case may tell of it.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import uuid5

from django.utils.translation import pgettext_lazy

from jiayuan.cases import services as cases
from jiayuan.cases.enums import Source
from jiayuan.cases.intake import LONGEST_TEXT, ReportInput
from jiayuan.inspections import events, rules
from jiayuan.inspections.access import May
from jiayuan.inspections.enums import RoundState, VisitState
from jiayuan.inspections.intake import FindingInput
from jiayuan.inspections.models import Absence, Finding, Reading, Visit, VisitScore
from jiayuan.inspections.queries import marks_of, sheet_of
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of
from jiayuan.media.services import attach
from jiayuan.places.enums import Crs, PositionSource
from jiayuan.places.intake import Position
from jiayuan.record.events import Code
from jiayuan.record.log import record
from jiayuan.standards import queries as standards

MOST_FINDINGS = 200


@command
def begin_visit(*, visit_id: int, by: Actor, at: datetime) -> Visit:
    """The visit of whoever was drawn for it, under way; beginning twice changes nothing."""
    row = _own(visit_id, by=by)
    _begin(row, by=by, at=at)
    return row


def _own(visit_id: int, *, by: Actor) -> Visit:
    """A visit of a running round, locked, for the inspector who was drawn and nobody else."""
    row = Visit.objects.select_for_update(of=("self",)).select_related("round").filter(pk=visit_id).first()
    if row is None:
        raise Refused("no_visit", pgettext_lazy("inspections", "There is no such inspection."))
    require(by, May.INSPECT, at=Spot(code=row.village))
    if not by.is_system and by.person_id != row.inspector_id:
        raise Refused("not_drawn", pgettext_lazy("inspections", "Somebody else was drawn for this place."))
    return row


def _begin(row: Visit, *, by: Actor, at: datetime) -> None:
    if row.state == VisitState.SUBMITTED:
        raise Stale("submitted_already", pgettext_lazy("inspections", "This place has been scored already."))
    if row.round.state != RoundState.DRAWN:
        raise Refused("round_over", pgettext_lazy("inspections", "This round is not running."))
    if row.state == VisitState.UNDER_WAY:
        return
    row.state, row.started_at = VisitState.UNDER_WAY, at
    row.save(update_fields=["state", "started_at"])
    begun = events.VisitBegun(subject=row.ref, round_id=row.round_id, place=Code(row.village))
    record(begun, by=by, at=at)


@command
def note_finding(*, visit_id: int, given: FindingInput, by: Actor, at: datetime) -> Finding:
    """A finding with its pictures; sent again under the same ``client_id`` it is the same finding."""
    row = _own(visit_id, by=by)
    told = row.findings.filter(client_id=given.client_id).first()
    if told is not None:
        if (told.item, told.ground) != (given.item, given.ground):
            # A page that was gone back to: the number was another finding's.
            message = pgettext_lazy("inspections", "Another finding was sent from this page. Reload it first.")
            raise Refused("other_finding", message)
        return told
    _begin(row, by=by, at=at)
    _refuse_unknown(row, given)
    if not given.photos:
        message = pgettext_lazy("inspections", "Take a picture: nothing is taken off without one.")
        raise Refused("missing_photo", message, field="photos")
    number = row.findings.count() + 1
    if number > MOST_FINDINGS:
        message = pgettext_lazy("inspections", "More than %(most)s findings do not fit on one sheet.")
        raise Refused("too_many_findings", message, most=MOST_FINDINGS)
    position = given.position
    made = Finding.objects.create(
        visit=row,
        number=number,
        client_id=given.client_id,
        item=given.item,
        ground=given.ground,
        place_text=given.place_text,
        note=given.note,
        lon=position.lon if position else None,
        lat=position.lat if position else None,
        accuracy_m=position.accuracy_m if position else None,
        found_at=at,
    )
    attach(photos=given.photos, to=made.ref, role=PhotoRole.BEFORE, by=by, at=at)
    read(made, given.times, version=1, photos=len(given.photos), by=by, at=at)
    return made


def _refuse_unknown(row: Visit, given: FindingInput) -> None:
    items = {item.key: item for item in sheet_of(row.round.version_id).items}
    item = items.get(given.item)
    if item is None or all(ground.key != given.ground for ground in item.grounds):
        message = pgettext_lazy("inspections", "This is not on the sheet. Open it again.")
        raise Refused("unknown_ground", message, field="ground")


def read(finding: Finding, times: int, *, version: int, photos: int, by: Actor, at: datetime) -> None:
    """Keep how often a finding counts from now on; the caller has made it, or holds its visit."""
    Reading.objects.create(finding=finding, version=version, times=times, read_at=at)
    noted = events.FindingNoted(
        subject=finding.ref,
        number=finding.number,
        item=Code(finding.item),
        ground=Code(finding.ground),
        version=version,
        times=times,
        photos=photos,
    )
    record(noted, by=by, at=at)


@command
def count_again(*, visit_id: int, number: int, times: int, by: Actor, at: datetime) -> Finding:
    """A finding that counts another number of times, before the sheet is handed in; 0 strikes it."""
    row = _own(visit_id, by=by)
    _begin(row, by=by, at=at)
    found = row.findings.filter(number=number).first()
    if found is None or not 0 <= times <= 99:
        raise Refused("no_finding", pgettext_lazy("inspections", "There is no such finding."))
    latest = found.readings.order_by("-version").first()
    if latest is not None and latest.times != times:
        read(found, times, version=latest.version + 1, photos=0, by=by, at=at)
    return found


@command
def submit_visit(*, visit_id: int, absent: Collection[str], expected: int | None, by: Actor, at: datetime) -> Visit:
    """The place scored, and a case made of every finding that names a class; the same again when sent twice.

    ``expected`` is how many findings the phone holds: where fewer have arrived nothing is handed in.
    """
    row = _own(visit_id, by=by)
    if row.state == VisitState.SUBMITTED:
        return row
    _begin(row, by=by, at=at)
    sheet, found = sheet_of(row.round.version_id), list(row.findings.order_by("number"))
    if expected is not None and expected > len(found):
        message = pgettext_lazy(
            "inspections", "%(n)s findings have not arrived yet. They are on this phone; wait a moment."
        )
        raise Refused("not_all_here", message, n=expected - len(found))
    marks = marks_of(row.pk, absent=absent)
    if wrong := rules.conflicts(sheet, marks):
        message = pgettext_lazy("inspections", "Item %(item)s cannot be marked as not there, or has findings.")
        raise Refused("absent_item", message, field="absent", item=wrong[0])
    Absence.objects.bulk_create(Absence(visit=row, item=item) for item in sorted(set(absent)))
    made = sum(_make_case(row, sheet, finding, by=by, at=at) for finding in found)
    total = rules.score(sheet, marks).total
    row.points = None if total is None else rules.millionths(total)
    row.state, row.submitted_at, row.submitted_on = VisitState.SUBMITTED, at, clock.on(at)
    row.save(update_fields=["points", "state", "submitted_at", "submitted_on"])
    VisitScore.objects.create(visit=row, version=1, points=row.points, scored_at=at)
    scored = events.PlaceScored(
        subject=row.ref,
        round_id=row.round_id,
        place=Code(row.village),
        points=row.points,
        findings=len(found),
        cases=made,
        absent=tuple(Code(item) for item in sorted(set(absent))),
    )
    record(scored, by=by, at=at)
    return row


def _make_case(row: Visit, sheet: rules.Sheet, finding: Finding, *, by: Actor, at: datetime) -> bool:
    """Make a case of a finding that counts and names a class; whether there is one."""
    ground = ground_of(sheet, finding)
    latest = finding.readings.order_by("-version").first()
    times = latest.times if latest else 0
    if not times or not ground.class_key:
        return False
    kind = standards.class_by_key(standards.ClassKey.read(ground.class_key))
    if kind is None:
        return False
    case = cases.report(
        given=ReportInput(
            # The same finding of the same place is the same case, however often it is sent; never another place's.
            client_id=uuid5(finding.client_id, row.village),
            source=Source.INSPECTOR,
            village=row.village,
            tile="",
            text=" · ".join(filter(None, (ground.words, finding.note)))[:LONGEST_TEXT],
            place_text=finding.place_text,
            position=_position(finding),
            photos=tuple(photo.handle for photo in photos_of(finding.ref)),
            handed_on_from=finding.ref,
            class_id=kind.id,
            quantity=times,
        ),
        by=by,
        at=at,
    )
    finding.case_id = case.pk
    finding.save(update_fields=["case"])
    return True


def ground_of(sheet: rules.Sheet, finding: Finding) -> rules.Ground:
    """The ground of a finding on its sheet."""
    return next(
        ground
        for item in sheet.items
        for ground in item.grounds
        if (item.key, ground.key) == (finding.item, finding.ground)
    )


def _position(finding: Finding) -> Position | None:
    if finding.lon is None or finding.lat is None:
        return None
    return Position(
        lon=finding.lon,
        lat=finding.lat,
        crs=Crs.WGS84,
        accuracy_m=finding.accuracy_m,
        source=PositionSource.DEVICE,
    )
