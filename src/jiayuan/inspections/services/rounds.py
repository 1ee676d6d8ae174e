# SPDX-License-Identifier: Apache-2.0
"""Adopting the plan of a year, preparing rounds under its lines, and saying who takes no part and why."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import pgettext_lazy

from jiayuan.inspections import events
from jiayuan.inspections.access import May
from jiayuan.inspections.enums import Excluded, Manner, RoundState
from jiayuan.inspections.intake import ExclusionInput, PlanInput, RoundInput
from jiayuan.inspections.models import Exclusion, Plan, PlanLine, Round, SheetVersion
from jiayuan.inspections.queries import spot_of
from jiayuan.kernel.access import Actor, Area, Spot, require
from jiayuan.kernel.commands import command, savepoint
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle
from jiayuan.record.events import Code
from jiayuan.record.log import record


@command
def adopt_plan(*, given: PlanInput, by: Actor, at: datetime) -> Plan:
    """The plan of a year with its lines; refused where the area has one already."""
    require(by, May.PLAN, at=Spot(code=given.area))
    if not given.lines:
        raise Refused("empty_plan", pgettext_lazy("inspections", "A plan needs at least one line."), field="lines")
    try:
        with savepoint():
            plan = Plan.objects.create(
                year=given.year,
                area=given.area,
                title=given.title,
                source_number=given.source_number,
                adopted_on=given.adopted_on,
                is_illustrative=given.is_illustrative,
            )
            PlanLine.objects.bulk_create(
                PlanLine(
                    plan=plan,
                    key=line.key,
                    subject=line.subject,
                    lead=line.lead,
                    rounds=line.rounds,
                    per_place=line.per_place,
                )
                for line in given.lines
            )
    except IntegrityError as twice:
        message = pgettext_lazy("inspections", "This area has a plan for the year, or a line stands twice.")
        raise Refused("plan_twice", message, field="year") from twice
    adopted = events.PlanAdopted(subject=plan.ref, year=plan.year, area=Code(plan.area), lines=len(given.lines))
    record(adopted, by=by, at=at)
    return plan


@command
def prepare_round(*, given: RoundInput, by: Actor, at: datetime, handle: str | None = None) -> Round:
    """A round under a line of a plan whose area covers it; nothing is drawn yet."""
    require(by, May.PLAN, at=Spot(code=given.area))
    line = PlanLine.objects.select_related("plan").filter(pk=given.line_id).first()
    if line is None or not Area(line.plan.area).covers(given.area):
        message = pgettext_lazy("inspections", "Choose the line of the plan by which this is inspected.")
        raise Refused("missing_line", message, field="line")
    if given.starts_on.year != line.plan.year:
        message = pgettext_lazy("inspections", "This line plans for %(year)s. Choose a day of that year.")
        raise Refused("other_year", message, field="starts_on", year=line.plan.year)
    version = SheetVersion.objects.select_related("sheet").filter(pk=given.version_id).first()
    if version is None:
        raise Refused("missing_version", pgettext_lazy("inspections", "Choose a score sheet."), field="version")
    row = Round.objects.create(
        handle=handle or new_handle(),
        line=line,
        version=version,
        title=given.title,
        manner=given.manner,
        area=given.area,
        strata_by=given.strata_by,
        per_stratum=given.per_stratum,
        listed="\n".join(f"{code}\t{stratum}" for code, stratum in given.listed),
        weighting=given.weighting,
        red_from=given.red_from,
        black_below=given.black_below,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        is_synthetic=given.is_synthetic,
        made_at=at,
    )
    prepared = events.RoundPrepared(
        subject=row.ref,
        plan_id=line.plan_id,
        line=Code(line.key),
        area=Code(row.area),
        manner=Manner(row.manner),
        sheet=Code(version.sheet.code),
        version=version.number,
    )
    record(prepared, by=by, at=at)
    return row


def locked_round(round_id: int, *, by: Actor) -> Round:
    """A round, locked, of somebody who may plan where it draws."""
    row = Round.objects.select_for_update(of=("self",)).filter(pk=round_id).first()
    if row is None:
        raise Refused("no_round", pgettext_lazy("inspections", "There is no such round."))
    require(by, May.PLAN, at=spot_of(row))
    return row


def refuse_unless_prepared(row: Round) -> None:
    """Refuse to change what a draw was made from."""
    if row.state != RoundState.PREPARED:
        message = pgettext_lazy("inspections", "Places have been drawn. The list they were drawn from stays as it is.")
        raise Refused("drawn_already", message)


@command
def exclude(*, round_id: int, given: ExclusionInput, by: Actor, at: datetime) -> Exclusion:
    """Let a place take no part in the draw, for a reason that stands in the sealed list."""
    row = locked_round(round_id, by=by)
    refuse_unless_prepared(row)
    if not Area(row.area).covers(given.village):
        message = pgettext_lazy("inspections", "This place lies outside the round.")
        raise Refused("outside_round", message, field="village")
    found, _ = Exclusion.objects.update_or_create(
        round=row, village=given.village, defaults={"reason": given.reason, "note": given.note}
    )
    excluded = events.PlaceExcluded(subject=row.ref, place=Code(given.village), reason=Excluded(given.reason))
    record(excluded, by=by, at=at)
    return found


@command
def readmit(*, round_id: int, village: str, by: Actor, at: datetime) -> None:
    """Let a place take part after all."""
    row = locked_round(round_id, by=by)
    refuse_unless_prepared(row)
    if Exclusion.objects.filter(round=row, village=village).delete()[0]:
        record(events.PlaceReadmitted(subject=row.ref, place=Code(village)), by=by, at=at)


@command
def void_round(*, round_id: int, by: Actor, at: datetime) -> Round:
    """A round that does not count; refused once its scores are published."""
    row = locked_round(round_id, by=by)
    if row.state == RoundState.PUBLISHED:
        message = pgettext_lazy("inspections", "Published scores are corrected by appeals, not made void.")
        raise Refused("published_already", message)
    if row.state != RoundState.VOID:
        row.state = RoundState.VOID
        row.save(update_fields=["state"])
        record(events.RoundVoided(subject=row.ref), by=by, at=at)
    return row
