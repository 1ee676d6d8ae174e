# SPDX-License-Identifier: Apache-2.0
"""Commands of routing rules: writing, changing, switching off, taking back – each adds a version and loses none.

And what rules do by themselves: dispatching at once where a rule says so, and noting what came of their proposals.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.enums import RuleChange, State
from jiayuan.cases.intake.routing import RuleInput
from jiayuan.cases.models import Case, RoutingRule, RoutingVersion
from jiayuan.cases.queries import routing as queries
from jiayuan.cases.queries.routing import RuleView, view_of
from jiayuan.cases.queries.routing_checks import content_from
from jiayuan.cases.services.core import CaseId
from jiayuan.cases.services.moves import dispatch
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Problems, Refused, Stale
from jiayuan.record.events import Code
from jiayuan.record.log import record

MOST_RULES = 500
"""More rules than this no administrator keeps in mind, and the search for contradictions is quadratic."""
_CONTENT = (
    *("is_off", "kinds", "places", "sources", "setting", "weekdays", "hours", "starts", "ends", "unit_id"),
    *("priority", "valid_from", "valid_until", "at_once", "basis"),
)


def make_rule(*, given: RuleInput, client_id: UUID, by: Actor, at: datetime) -> RuleView:
    """Write a new rule; sent twice it is one rule."""
    try:
        return _make_rule(given=given, client_id=client_id, by=by, at=at)
    except IntegrityError:
        # Sent twice at the same moment: neither saw the other's, and the unique key let one of them through.
        told = RoutingRule.objects.filter(client_id=client_id).first()
        if told is None:
            raise
        return view_of(told.versions.get(version=told.version))


@command
def _make_rule(*, given: RuleInput, client_id: UUID, by: Actor, at: datetime) -> RuleView:
    _require(by, given.places)
    told = RoutingRule.objects.filter(client_id=client_id).first()
    if told is not None:
        return view_of(told.versions.get(version=told.version))
    content = content_from(given, on=clock.on(at))
    if RoutingRule.objects.count() >= MOST_RULES:
        message = pgettext_lazy("cases", "There are %(most)s rules already. Change one instead.")
        raise Refused("too_many_rules", message, most=MOST_RULES)
    rule = RoutingRule.objects.create(client_id=client_id)
    return _add(rule, content, RuleChange.MADE, by=by, at=at)


@command
def change_rule(*, number: int, version: int, given: RuleInput, by: Actor, at: datetime) -> RuleView:
    """Let a rule say something else from now on. Told the same again, it stays as it is."""
    rule, now = _locked(number)
    _require(by, now.places.split())
    _require(by, given.places)
    _refuse_stale(rule, version)
    content = content_from(given, on=clock.on(at))
    if content == _content_of(now):
        return view_of(now)
    return _next(rule, content, RuleChange.CHANGED, by=by, at=at)


@command
def end_rule(*, number: int, version: int, by: Actor, at: datetime) -> RuleView:
    """Switch a rule off; it stays in the history and can be taken back."""
    rule, now = _locked(number)
    _require(by, now.places.split())
    _refuse_stale(rule, version)
    if now.is_off:
        return view_of(now)
    return _next(rule, _content_of(now) | {"is_off": True}, RuleChange.ENDED, by=by, at=at)


@command
def take_back(*, number: int, version: int, by: Actor, at: datetime, to: int | None = None) -> RuleView:
    """Let a rule say again what it said before, or in version ``to``; a rule just written is switched off."""
    rule, now = _locked(number)
    wanted = version - 1 if to is None else to
    earlier = RoutingVersion.objects.filter(rule=rule, version=wanted).first()
    _require(by, now.places.split())
    if earlier is not None:
        _require(by, earlier.places.split())
    _refuse_stale(rule, version)
    if earlier is None and wanted != 0:
        raise Refused("unknown_version", pgettext_lazy("cases", "This rule has no such version."), field="to")
    content = _content_of(earlier) if earlier is not None else _content_of(now) | {"is_off": True}
    if content == _content_of(now):
        return view_of(now)
    return _next(rule, content, RuleChange.TAKEN_BACK, by=by, at=at)


@command
def keep_rules(*, rows: Sequence[tuple[int | None, RuleInput | None, UUID]], by: Actor, at: datetime) -> list[RuleView]:
    """Take over a table of rules: a row with a number changes that rule, one without writes a new one.

    A row without content switches its rule off. One refusal takes the whole table back; the numbers of the rows that
    are wrong stand in its facts.
    """
    kept: list[RuleView] = []
    wrong: list[Refused] = []
    for line, (number, given, client_id) in enumerate(rows):
        try:
            kept.append(_keep_row(number, given, client_id, by=by, at=at))
        except Problems as problems:
            wrong += [Refused(item.code, item.message, field=item.field, line=line) for item in problems.refusals]
        except Refused as refusal:
            wrong.append(Refused(refusal.code, refusal.message, field=refusal.field, line=line))
    if wrong:
        raise Problems(wrong)
    return kept


def _keep_row(number: int | None, given: RuleInput | None, client_id: UUID, *, by: Actor, at: datetime) -> RuleView:
    if number is None:
        if given is None:
            raise Refused("unknown_rule", pgettext_lazy("cases", "There is no rule with this number."), field="number")
        return make_rule(given=given, client_id=client_id, by=by, at=at)
    version = RoutingRule.objects.filter(pk=number).values_list("version", flat=True).first() or 0
    if given is None:
        return end_rule(number=number, version=version, by=by, at=at)
    return change_rule(number=number, version=version, given=given, by=by, at=at)


def _require(by: Actor, codes: Sequence[str]) -> None:
    """The reach must cover every place of the rule; a rule for the whole city asks for the whole city."""
    for spot in queries.spots_of(codes):
        require(by, May.EDIT_ROUTING, at=spot)


def _locked(number: int) -> tuple[RoutingRule, RoutingVersion]:
    """The rule with its row locked until the command ends, and what it says now."""
    rule = RoutingRule.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if rule is None:
        raise Refused("unknown_rule", pgettext_lazy("cases", "There is no rule with this number."), field="number")
    return rule, rule.versions.get(version=rule.version)


def _refuse_stale(rule: RoutingRule, version: int) -> None:
    if rule.version != version:
        raise Stale(
            "rule_moved_on",
            pgettext_lazy(
                "cases",
                "Somebody else changed this rule meanwhile. Compare with what it says now, then save again.",
            ),
            version=rule.version,
        )


def _content_of(row: RoutingVersion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _CONTENT}


def _next(rule: RoutingRule, content: dict[str, Any], change: RuleChange, *, by: Actor, at: datetime) -> RuleView:
    rule.version += 1
    rule.save(update_fields=["version"])
    return _add(rule, content, change, by=by, at=at)


def _add(rule: RoutingRule, content: dict[str, Any], change: RuleChange, *, by: Actor, at: datetime) -> RuleView:
    row = RoutingVersion.objects.create(rule=rule, version=rule.version, change=change, made_at=at, **content)
    view = view_of(row)
    record(
        events.RoutingRuleSet(
            subject=rule.ref,
            version=view.version,
            change=change,
            is_off=view.is_off,
            kinds=tuple(Code(kind) for kind in view.kinds),
            places=tuple(Code(code) for code in view.places),
            sources=tuple(Code(source) for source in view.sources),
            setting=Code(view.setting),
            weekdays=Code(row.weekdays),
            hours=view.hours,
            starts=view.starts,
            ends=view.ends,
            unit_id=view.unit_id,
            priority=view.priority,
            at_once=view.at_once,
        ),
        by=by,
        at=at,
    )
    return view


@command
def dispatch_by_rule(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Dispatch a filed case to the unit that the rules name; ``dispatch`` asks everything else as always."""
    case = Case.objects.get(pk=case_id)
    proposal = queries.proposed_unit(case, at=at) if case.state == State.FILED and not case.returns else None
    if proposal is None:
        message = pgettext_lazy("cases", "No rule names a unit for this case. Choose one by hand.")
        raise Refused("no_rule", message, field="unit")
    return dispatch(case_id=case_id, unit_id=proposal.unit_id, by=by, at=at, version=version)
