# SPDX-License-Identifier: Apache-2.0
"""Trying rules out on the cases of the last month: what would have gone elsewhere, and for which cases no rule speaks.

Nothing is written. Each trial reads at most 20,000 cases in one query, and those that came back in a second one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import islice

from jiayuan.cases.access import May
from jiayuan.cases.events import CaseDispatched
from jiayuan.cases.models import Case
from jiayuan.cases.queries.duties import against_list
from jiayuan.cases.queries.routing import Ground, RuleView, book_of, decide, moment_of, rule_of, rules_now
from jiayuan.cases.rules.routing import Decision, Facts, Rulebook
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Arm, arms
from jiayuan.record.queries import events_about

DAYS = 31
MOST = 20_000
SAMPLES = 10
GAPS = 12
_FIELDS = (
    "id",
    "handle",
    "village",
    "source",
    "problem_class_id",
    "dispatched_at",
    "unit_id",
    "returns",
    "reported_at",
)


@dataclass(frozen=True, slots=True)
class Past:
    """A case as it was dispatched: in the order of the columns that are read."""

    id: int
    handle: str
    village: str
    source: str
    problem_class_id: int
    dispatched_at: datetime
    unit_id: int | None
    returns: int
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """So many cases would have gone to another unit than they did; ``to`` is None where no rule speaks any more."""

    source: int | None
    to: int | None
    n: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One of the cases that would have gone elsewhere."""

    handle: str
    village: str
    unit_id: int | None
    problem_class_id: int
    at: datetime
    to: int | None
    was_returned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """So many cases would go to a town by this rule, did an entry of the responsibility list not take them back."""

    rule: int
    key: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What rules would have done with the cases that were dispatched since ``since``.

    ``decided``: the rule under trial decides. ``changed``: the proposal is another than without the change.
    ``elsewhere``: of these, the case in truth went to another unit; ``undecided``: no rule would speak any more;
    ``against``: what the rules would send against the responsibility list, and so is passed over.
    ``returned``: of both, it came back; ``mended``: of these, it was then sent where the rule would send it at once.
    """

    since: date
    looked_at: int
    decided: int
    changed: int
    elsewhere: int
    undecided: int
    returned: int
    mended: int
    passed_over: int
    flows: tuple[Flow, ...]
    samples: tuple[Sample, ...]
    is_cut: bool
    against: tuple[Against, ...] = ()


def try_rule(view: RuleView | None, *, instead_of: int | None, by: Actor, at: datetime) -> Trial:
    """What would have been different with a rule added, changed (``instead_of``) or taken out (``view`` None)."""
    before = book_of(rules_now())
    rule = rule_of(view) if view is not None and not view.is_off else None
    after = before.with_rule(rule, instead_of=instead_of)
    return _compare(before, after, number=rule.number if rule else None, by=by, at=at)


def try_rules(views: Sequence[RuleView], *, by: Actor, at: datetime) -> Trial:
    """What would have been different with these rules in the place of the present ones."""
    return _compare(book_of(rules_now()), book_of(views), number=None, by=by, at=at)


def _compare(before: Rulebook, after: Rulebook, *, number: int | None, by: Actor, at: datetime) -> Trial:
    past, is_cut = cases_of_last_month(by, at=at)
    first = _first_units(past)
    ground = Ground(clock.on(at))
    flows: Counter[tuple[int | None, int | None]] = Counter()
    back: Counter[tuple[int | None, int | None]] = Counter()
    decided = changed = mended = passed_over = 0
    samples: list[Sample] = []
    against: Counter[tuple[int, str]] = Counter()
    for case in past:
        facts = ground.facts(case, moment_of(case.dispatched_at))
        old, new = (
            book.route(facts, answering=ground.answering_for(case.problem_class_id)) for book in (before, after)
        )
        against.update(_against_list(after, facts, ground))
        decided += new.rule is not None and new.rule.number == number
        passed_over += any(rule.number == number for rule in new.passed_over)
        if old.unit_id == new.unit_id:
            continue
        changed += 1
        went = first.get(case.id, case.unit_id)
        if new.unit_id == went:
            continue
        flows[went, new.unit_id] += 1
        back[went, new.unit_id] += case.returns > 0
        mended += case.returns > 0 and case.unit_id is not None and case.unit_id == new.unit_id
        if len(samples) < SAMPLES:
            samples.append(_sample(case, went, new))
    return Trial(
        since=clock.on(at) - timedelta(days=DAYS),
        looked_at=len(past),
        decided=decided,
        changed=changed,
        elsewhere=sum(n for (_, to), n in flows.items() if to is not None),
        undecided=sum(n for (_, to), n in flows.items() if to is None),
        returned=back.total(),
        mended=mended,
        passed_over=passed_over,
        flows=tuple(Flow(source=a, to=b, n=n, returned=back[a, b]) for (a, b), n in flows.most_common()),
        samples=tuple(samples),
        is_cut=is_cut,
        against=tuple(Against(rule=rule, key=key, n=n) for (rule, key), n in sorted(against.items())),
    )


def _against_list(book: Rulebook, facts: Facts, ground: Ground) -> Iterator[tuple[int, str]]:
    """The rule that would send such a case to a town, though an entry says that a department took it back."""
    found = ground.taken_back(facts.class_id)
    if found is None:
        return
    wanted = book.route(facts, answering=ground.answering)
    if wanted.rule is None or wanted.unit_id is None:
        return
    if against_list(facts.class_id, wanted.unit_id, ground.on) is not None:
        yield wanted.rule.number, found.entry.key


def _sample(case: Past, went: int | None, new: Decision) -> Sample:
    return Sample(
        handle=case.handle,
        village=case.village,
        unit_id=went,
        problem_class_id=case.problem_class_id,
        at=case.dispatched_at,
        to=new.unit_id,
        was_returned=case.returns > 0,
    )


def cases_of_last_month(actor: Actor, *, at: datetime) -> tuple[list[Past], bool]:
    """The cases in reach that were reported in the last 31 days and dispatched, and whether there are even more."""
    since = at - timedelta(days=DAYS)
    lists = [_arm_cases(arm, since) for arm in arms(actor, May.SEE_ROUTING)]
    found = list(islice(merge(*lists, key=lambda case: (case.reported_at, case.id), reverse=True), MOST + 1))
    return found[:MOST], len(found) > MOST


def _arm_cases(arm: Arm, since: datetime) -> list[Past]:
    found = Case.objects.filter(**arm.lookup, reported_at__gte=since, dispatched_at__isnull=False)
    return [Past(*values) for values in found.order_by("-reported_at", "-id").values_list(*_FIELDS)[: MOST + 1]]


def _first_units(past: Sequence[Past]) -> dict[int, int]:
    """To which unit those cases went first that came back; the row of a case knows only the latest."""
    returned = [case.id for case in past if case.returns]
    first: dict[int, int] = {}
    for event in events_about("case", returned, kinds=[CaseDispatched.KIND]):
        if isinstance(event, CaseDispatched):
            first.setdefault(event.subject.id, event.unit_id)
    return first


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Cases of the last month of one class in one county for which no rule speaks."""

    class_id: int
    county: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """For how many cases of the last month some rule speaks, and where the others lie thickest."""

    since: date
    looked_at: int
    covered: int
    gaps: tuple[Gap, ...]
    is_cut: bool


def coverage(*, by: Actor, at: datetime) -> Coverage:
    """How far the present rules reach over the cases of the last month."""
    past, is_cut = cases_of_last_month(by, at=at)
    book, ground = book_of(rules_now()), Ground(clock.on(at))
    open_ones = Counter(
        (case.problem_class_id, case.village[:6])
        for case in past
        if decide(case, book, ground, moment_of(case.dispatched_at)).unit_id is None
    )
    return Coverage(
        since=clock.on(at) - timedelta(days=DAYS),
        looked_at=len(past),
        covered=len(past) - open_ones.total(),
        gaps=tuple(Gap(class_id=class_id, county=county, n=n) for (class_id, county), n in open_ones.most_common(GAPS)),
        is_cut=is_cut,
    )
