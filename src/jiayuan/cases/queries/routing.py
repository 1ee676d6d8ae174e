# SPDX-License-Identifier: Apache-2.0
"""Reading routing rules: what they say, what they propose for a case, what is wrong with them, what came of them.

Everything here asks the tables once or twice however many cases are looked at; kinds, places, units and the calendar
are kept in process by the rooms below.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db.models import Count, F, Q, QuerySet

from jiayuan.cases.access import May
from jiayuan.cases.enums import Hours, RuleChange, State
from jiayuan.cases.events import CaseReturned
from jiayuan.cases.models import RoutedCase, RoutingVersion
from jiayuan.cases.queries.duties import taken_back
from jiayuan.cases.rules import routing
from jiayuan.cases.rules.routing import Answering, Breadth, Decision, Facts, Finding, Moment, Rule, Rulebook
from jiayuan.duties.queries import Cited, is_of_a_town
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Area, Spot, may
from jiayuan.places import queries as places
from jiayuan.record.events import Ref
from jiayuan.record.queries import events_about, happened_to
from jiayuan.standards import queries as standards


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A version of a rule as pages read it; ``unit_id`` is None for whoever governs the place."""

    number: int
    version: int
    change: RuleChange
    made_at: datetime
    is_off: bool
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    sources: tuple[str, ...]
    setting: str
    weekdays: tuple[int, ...]
    hours: Hours
    starts: int
    ends: int
    unit_id: int | None
    priority: int
    valid_from: date
    valid_until: date | None
    at_once: bool
    basis: str

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where the rule counts, for permission; one for the whole city holds at the city."""
        return spots_of(self.places)

    def is_over(self, on: date) -> bool:
        """Whether the rule decides nothing any more."""
        return self.is_off or (self.valid_until is not None and self.valid_until < on)


def spots_of(codes: Sequence[str]) -> tuple[Spot, ...]:
    """The spots of some places; of the whole city when there are none."""
    city = places.city()
    return tuple(Spot(code=code) for code in (codes or ((city.code,) if city else ("",))))


def may_edit(actor: Actor, view: RuleView) -> bool:
    """Whether the actor's reach covers every place of the rule."""
    return all(may(actor, May.EDIT_ROUTING, at=spot) for spot in view.spots)


def view_of(row: RoutingVersion) -> RuleView:
    """A stored version in plain values."""
    return RuleView(
        number=row.rule_id,
        version=row.version,
        change=RuleChange(row.change),
        made_at=row.made_at,
        is_off=row.is_off,
        kinds=tuple(row.kinds.split()),
        places=tuple(row.places.split()),
        sources=tuple(row.sources.split()),
        setting=row.setting,
        weekdays=tuple(int(digit) for digit in row.weekdays),
        hours=Hours(row.hours),
        starts=row.starts,
        ends=row.ends,
        unit_id=row.unit_id,
        priority=row.priority,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        at_once=row.at_once,
        basis=row.basis,
    )


def rules_now() -> tuple[RuleView, ...]:
    """The present version of every rule, in the order in which rules are asked; those switched off come last."""
    rows = RoutingVersion.objects.filter(version=F("rule__version")).order_by("rule_id")
    return tuple(sorted(map(view_of, rows), key=lambda view: (view.is_off, rule_of(view).order)))


def rule_now(number: int) -> RuleView | None:
    """The present version of one rule, or None."""
    row = RoutingVersion.objects.filter(rule_id=number, version=F("rule__version")).first()
    return view_of(row) if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A version in the history, the one before it, and who made it (None once forgotten, or the system)."""

    view: RuleView
    before: RuleView | None
    person_id: int | None


def history_of_rule(number: int) -> list[Edition]:
    """Every version of a rule, the newest first."""
    views = [view_of(row) for row in RoutingVersion.objects.filter(rule_id=number).order_by("version")]
    persons = {getattr(item.event, "version", 0): item.person_id for item in happened_to(Ref("routing_rule", number))}
    before: dict[int, RuleView] = {view.version + 1: view for view in views}
    return [
        Edition(view=view, before=before.get(view.version), person_id=persons.get(view.version))
        for view in reversed(views)
    ]


def rule_of(view: RuleView) -> Rule:
    """The rule as it decides: kinds turned into classes, places into beginnings of codes."""
    found = [classes_of(kind) for kind in view.kinds]
    return Rule(
        number=view.number,
        version=view.version,
        priority=view.priority,
        # A kind that has gone from the standards must not turn into "every kind".
        classes=frozenset(class_id for classes in found for class_id in classes) or frozenset([0] if found else []),
        breadth=min((_breadth(kind) for kind in view.kinds), default=Breadth.ANY),
        places=frozenset(Area(code).key for code in view.places),
        sources=frozenset(view.sources),
        setting=view.setting,
        weekdays=frozenset(view.weekdays),
        hours=view.hours,
        starts=view.starts,
        ends=view.ends,
        valid_from=view.valid_from,
        valid_until=view.valid_until,
        unit_id=view.unit_id,
        at_once=view.at_once,
    )


def classes_of(kind: str) -> tuple[int, ...]:
    """The classes that a kind in a rule stands for; none if the standards do not know it."""
    sort, _, rest = kind.partition(":")
    if sort == "tile":
        tile = standards.tile(rest)
        return (tile.rural_class.id, tile.urban_class.id) if tile else ()
    parts = rest.split(":")
    if len(parts) != len(("scheme", "kind", "code")):
        return ()
    scheme, of, code = parts
    found = [row for row in standards.classes(scheme) if row.key.kind == of]
    if sort == "group":
        return tuple(row.id for row in found if row.group_code == code)
    return tuple(row.id for row in found if row.key.code == code) if sort == "class" else ()


def _breadth(kind: str) -> Breadth:
    return {"group": Breadth.GROUP, "tile": Breadth.TILE}.get(kind.partition(":")[0], Breadth.CLASS)


def book_of(views: Iterable[RuleView]) -> Rulebook:
    """The rules that are switched on, ready to be asked."""
    return Rulebook(rule_of(view) for view in views if not view.is_off)


def moment_of(at: datetime) -> Moment:
    """A moment as rules read it, on the wall clocks of the city and by its work calendar."""
    return Moment.at(clock.local(at), in_hours=standards.is_in_hours(at))


class Asked(Protocol):
    """What must be known of a case to ask the rules: a case or a row of a list."""

    @property
    def village(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def problem_class_id(self) -> int: ...


def _is_of_a_town(unit_id: int) -> bool:
    unit = places.organisation(unit_id)
    return unit is not None and is_of_a_town(unit)


class Ground:
    """Who answers for which village, and how villages are counted, each looked up once."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._answering: dict[str, Answering] = {}
        self._setting: dict[str, str] = {}
        self._taken_back: dict[int, Cited | None] = {}

    def answering(self, village: str) -> Answering:
        """The units that may get a case there today."""
        if village not in self._answering:
            units = places.units_for(village, on=self.on)
            governing = places.governing(village, on=self.on)
            self._answering[village] = Answering(
                unit_ids=frozenset(unit.id for unit in units), governing=governing[0].id if governing else None
            )
        return self._answering[village]

    def answering_for(self, class_id: int) -> Callable[[str], Answering]:
        """Who may get a case of a class: of what a department took back, none of the towns' units."""
        return self._departments if self.taken_back(class_id) is not None else self.answering

    def taken_back(self, class_id: int) -> Cited | None:
        """The entry by which a department took a class back from the towns."""
        if class_id not in self._taken_back:
            self._taken_back[class_id] = taken_back(class_id, self.on)
        return self._taken_back[class_id]

    def _departments(self, village: str) -> Answering:
        full = self.answering(village)
        towns = {unit_id for unit_id in full.unit_ids if _is_of_a_town(unit_id)}
        governing = None if full.governing in towns else full.governing
        return Answering(unit_ids=full.unit_ids - towns, governing=governing)

    def setting(self, village: str) -> str:
        """Whether the village is counted as countryside or as built-up."""
        if village not in self._setting:
            place = places.division(village)
            found = standards.setting_of(urban_rural=place.urban_rural, kind=place.kind) if place else ""
            self._setting[village] = str(found)
        return self._setting[village]

    def facts(self, case: Asked, moment: Moment) -> Facts:
        """What rules may ask of a case at a moment."""
        return Facts(
            class_id=case.problem_class_id,
            village=case.village,
            source=str(case.source),
            setting=self.setting(case.village),
            moment=moment,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The unit that the rules name for a case, by which rule, and the rules that were left out before it."""

    unit_id: int
    rule: RuleView
    passed_over: tuple[RuleView, ...]


def proposed_unit(case: Asked, *, at: datetime, returned_by: Collection[int] = ()) -> Proposal | None:
    """What the rules propose for a case at a moment; never a unit that has given this case back before."""
    views = rules_now()
    if not views:
        return None
    return _proposal(case, views, book_of(views), Ground(clock.on(at)), moment_of(at), returned_by)


def returned_by(case_id: int) -> frozenset[int]:
    """The units that have given a case back."""
    events = events_about("case", [case_id], kinds=[CaseReturned.KIND])
    return frozenset(event.unit_id for event in events if isinstance(event, CaseReturned))


def proposed_units(rows: Iterable["Waiting"], *, at: datetime) -> dict[int, Proposal]:
    """What the rules propose for each of some waiting cases, by the id of the case.

    A case that came back once is left out: the rules said their word, now somebody has to look.
    """
    views = rules_now()
    if not views:
        return {}
    book, ground, moment = book_of(views), Ground(clock.on(at)), moment_of(at)
    found = (
        (row.id, _proposal(row, views, book, ground, moment, ()))
        for row in rows
        if row.state == State.FILED and not row.returns
    )
    return {case_id: proposal for case_id, proposal in found if proposal is not None}


class Waiting(Asked, Protocol):
    """A row of a list of cases that wait for their dispatch."""

    @property
    def id(self) -> int: ...
    @property
    def state(self) -> State: ...
    @property
    def returns(self) -> int: ...


def _proposal(
    case: Asked,
    views: Sequence[RuleView],
    book: Rulebook,
    ground: Ground,
    moment: Moment,
    returned_by: Collection[int],
) -> Proposal | None:
    decision = decide(case, book, ground, moment, returned_by=returned_by)
    if decision.rule is None or decision.unit_id is None:
        return None
    by_number = {view.number: view for view in views}
    return Proposal(
        unit_id=decision.unit_id,
        rule=by_number[decision.rule.number],
        passed_over=tuple(by_number[rule.number] for rule in decision.passed_over),
    )


def decide(
    case: Asked, book: Rulebook, ground: Ground, moment: Moment, *, returned_by: Collection[int] = ()
) -> Decision:
    """The one decision that pages, trials, automatic dispatch and figures share."""

    allowed = ground.answering_for(case.problem_class_id)

    def answering(village: str) -> Answering:
        full = allowed(village)
        if not returned_by:
            return full
        governing = None if full.governing in returned_by else full.governing
        return Answering(unit_ids=full.unit_ids.difference(returned_by), governing=governing)

    return book.route(ground.facts(case, moment), answering=answering)


def findings_in(views: Sequence[RuleView], *, on: date) -> list[Finding]:
    """What is wrong with the rules that still decide: contradictions, rules that never do, units out of place."""
    alive = [rule_of(view) for view in views if not view.is_over(on)]
    areas: dict[int, tuple[str, ...]] = {}

    def keys(unit_id: int) -> tuple[str, ...]:
        if unit_id not in areas:
            areas[unit_id] = tuple(Area(code).key for code in places.answers_for(unit_id, on=on))
        return areas[unit_id]

    return list(
        routing.findings(
            alive,
            reaches=lambda unit_id, key: any(key.startswith(area) for area in keys(unit_id)),
            touches=lambda unit_id, key: any(key.startswith(area) or area.startswith(key) for area in keys(unit_id)),
        )
    )


def touches(unit_id: int, codes: Sequence[str], *, on: date) -> bool:
    """Whether a unit answers for anything in some places; in the whole city when there are none."""
    keys = [Area(code).key for code in codes] or [""]
    areas = [Area(code).key for code in places.answers_for(unit_id, on=on)]
    return any(key.startswith(area) or area.startswith(key) for key in keys for area in areas)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFigures:
    """What came of a rule: how often it proposed, was followed, and of the followed ones came back, wrongly sent."""

    proposed: int
    followed: int
    returned: int
    wrong: int

    @property
    def right(self) -> int:
        """The followed ones that were not found to be wrongly sent: the numerator of 准确派遣率."""
        return self.followed - self.wrong


def figures_of_rules(*, since: datetime | None = None) -> Mapping[int, RuleFigures]:
    """The figures of every rule by its number; a rule that never proposed anything is left out."""
    rows: QuerySet[RoutedCase] = RoutedCase.objects.filter(at__gte=since) if since else RoutedCase.objects.all()
    was_followed = Q(proposed=F("unit"))
    counted = (
        rows.values("rule_id")
        .annotate(
            proposed_n=Count("id"),
            followed_n=Count("id", filter=was_followed),
            returned_n=Count("id", filter=was_followed & Q(returned_at__isnull=False)),
            wrong_n=Count("id", filter=was_followed & Q(was_wrong=True)),
        )
        .order_by("rule_id")
    )
    return {
        row["rule_id"]: RuleFigures(
            proposed=row["proposed_n"], followed=row["followed_n"], returned=row["returned_n"], wrong=row["wrong_n"]
        )
        for row in counted
    }


def offered_units() -> tuple[places.Unit, ...]:
    """The units that a rule can name: whoever governs something today, and the bureaus."""
    on = clock.today()
    return tuple(unit for unit in places.organisations() if places.answers_for(unit.id, on=on))


@dataclass(frozen=True, slots=True)
class _Told:
    """A case as it stood when it was dispatched."""

    village: str
    source: str
    problem_class_id: int


class Editions:
    """Every version of every rule, to ask what the rules of an earlier moment proposed."""

    def __init__(self, views: Sequence[RuleView]) -> None:
        self.views = views
        self._made = [view.made_at for view in views]
        self._books: dict[int, Rulebook] = {}
        self._grounds: dict[date, Ground] = {}

    def book_at(self, at: datetime) -> Rulebook:
        """The rules as they stood at a moment."""
        known = bisect_right(self._made, at)
        if known not in self._books:
            present = {view.number: view for view in self.views[:known]}
            self._books[known] = book_of(present.values())
        return self._books[known]

    def decision_for(self, case: Asked, class_code: str, *, at: datetime) -> Decision:
        """What the rules said when a case of this class was dispatched."""
        book = self.book_at(at)
        found = standards.class_by_key(standards.ClassKey.read(class_code)) if book.rules else None
        if found is None:
            return Decision()
        on = clock.on(at)
        ground = self._grounds.setdefault(on, Ground(on))
        told = _Told(case.village, str(case.source), found.id)
        return decide(told, book, ground, moment_of(at))


def every_edition() -> Editions:
    """The whole history of all rules."""
    rows = RoutingVersion.objects.order_by("made_at", "id")
    return Editions([view_of(row) for row in rows])
