# SPDX-License-Identifier: Apache-2.0
"""Routing rules in plain sentences: 规则 7：南郊街道的暴露垃圾 → 南郊街道. Codes come in, sentences go out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import npgettext, pgettext

from jiayuan.cases.enums import Hours, Source, Target
from jiayuan.cases.queries import Fault, Finding, Proposal, RuleView
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.web.cases.wording import unit_name
from jiayuan.web.templatetags.jiayuan import day

NAMED = 3
"""So many places or kinds a sentence names one by one."""
HOUR = 60


def sentence(view: RuleView) -> str:
    """The whole rule in one sentence."""
    return pgettext("cases", "%(subject)s → %(target)s") % {"subject": subject(view), "target": target(view)}


def numbered(view: RuleView) -> str:
    """The rule with its number in front."""
    return pgettext("cases", "Rule %(number)s: %(sentence)s") % {"number": view.number, "sentence": sentence(view)}


def subject(view: RuleView) -> str:
    """Which cases a rule is about."""
    what, where = listed([kind_name(kind) for kind in view.kinds]), listed([place_name(code) for code in view.places])
    facts = {"what": what, "where": where}
    if what and where:
        said = pgettext("cases", "%(what)s in %(where)s") % facts
    elif what:
        said = pgettext("cases", "%(what)s everywhere") % facts
    else:
        said = pgettext("cases", "everything in %(where)s") % facts if where else pgettext("cases", "everything")
    conditions = [words for words in (when(view), sources(view), setting_name(view.setting)) if words]
    if not conditions:
        return said
    return pgettext("cases", "%(subject)s (%(conditions)s)") % {
        "subject": said,
        "conditions": pgettext("cases", "; ").join(conditions),
    }


def listed(names: Sequence[str]) -> str:
    """Names in a row; of many the first ones and how many more there are."""
    row = pgettext("cases", ", ").join(names[:NAMED])
    if len(names) <= NAMED:
        return row
    more = npgettext("cases", "%(first)s and %(n)s more", "%(first)s and %(n)s more", len(names) - NAMED)
    return more % {"first": row, "n": len(names) - NAMED}


def target(view: RuleView) -> str:
    """Where a rule sends."""
    return unit_name(view.unit_id) if view.unit_id is not None else str(Target.GOVERNING.label)


def kind_name(kind: str) -> str:
    """What a kind of a rule is called; its code where the standards do not know it any more."""
    sort, _, rest = kind.partition(":")
    if sort == "tile":
        tile = standards.tile(rest)
        return str(tile.name) if tile else rest
    scheme, _, more = rest.partition(":")
    of, _, code = more.partition(":")
    found = [row for row in standards.classes(scheme) if row.key.kind == of]
    if sort == "group":
        group = next((row.group for row in found if row.group_code == code), None)
        return str(group) if group else rest
    name = next((row.name for row in found if row.key.code == code), None)
    return str(name) if name else rest


def place_name(code: str) -> str:
    """A place as people tell it apart from its namesakes."""
    found = places.division(code)
    return found.label if found else code


def when(view: RuleView) -> str:
    """Weekdays and hours of a rule; empty if it holds at all times."""
    days = weekdays(view.weekdays)
    hours = "" if view.hours is Hours.ANY else str(view.hours.label)
    if view.hours is Hours.SPAN:
        following = pgettext("cases", "%(end)s of the next day") if view.starts > view.ends else "%(end)s"
        hours = pgettext("cases", "%(start)s to %(end)s") % {
            "start": clock_time(view.starts),
            "end": following % {"end": clock_time(view.ends)},
        }
    if days and hours:
        return pgettext("cases", "%(days)s %(hours)s") % {"days": days, "hours": hours}
    return days or hours


def weekdays(numbers: Sequence[int]) -> str:
    """Weekdays in a row; three or more that follow each other are told by the first and the last."""
    first, last = (numbers[0], numbers[-1]) if numbers else (0, 0)
    if len(numbers) >= NAMED and last - first + 1 == len(numbers):
        return pgettext("cases", "%(first)s to %(last)s") % {"first": weekday_name(first), "last": weekday_name(last)}
    return pgettext("cases", ", ").join(weekday_name(number) for number in numbers)


def clock_time(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{minute // HOUR:02d}:{minute % HOUR:02d}"


def weekday_name(number: int) -> str:
    """A weekday in short, 1 for Monday."""
    return (
        pgettext("cases", "Mon"),
        pgettext("cases", "Tue"),
        pgettext("cases", "Wed"),
        pgettext("cases", "Thu"),
        pgettext("cases", "Fri"),
        pgettext("cases", "Sat"),
        pgettext("cases", "Sun"),
    )[number - 1]


def sources(view: RuleView) -> str:
    """The sources of a rule."""
    names = [str(Source(code).label) for code in view.sources]
    return pgettext("cases", "from: %(sources)s") % {"sources": listed(names)} if names else ""


def setting_name(setting: str) -> str:
    """Countryside or built-up."""
    names = {"rural": pgettext("cases", "countryside"), "urban": pgettext("cases", "built-up places")}
    return names.get(setting, "")


def validity(view: RuleView) -> str:
    """From when to when a rule holds."""
    if view.valid_until is None:
        return pgettext("cases", "from %(first)s") % {"first": day(view.valid_from)}
    return pgettext("cases", "%(first)s to %(last)s") % {
        "first": day(view.valid_from),
        "last": day(view.valid_until),
    }


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version says otherwise than the one before."""

    name: str
    before: str
    after: str


_PARTS: tuple[tuple[Callable[[], str], Callable[[RuleView], str]], ...] = (
    (lambda: pgettext("cases", "Kinds"), lambda view: _all([kind_name(kind) for kind in view.kinds])),
    (lambda: pgettext("cases", "Places"), lambda view: _all([place_name(code) for code in view.places])),
    (lambda: pgettext("cases", "Time"), when),
    (lambda: pgettext("cases", "Sources"), sources),
    (lambda: pgettext("cases", "Setting"), lambda view: setting_name(view.setting)),
    (lambda: pgettext("cases", "Goes to"), target),
    (lambda: pgettext("cases", "Priority"), lambda view: str(view.priority)),
    (lambda: pgettext("cases", "Valid"), validity),
    (
        lambda: pgettext("cases", "Dispatch"),
        lambda view: pgettext("cases", "at once, by itself") if view.at_once else pgettext("cases", "by a dispatcher"),
    ),
    (lambda: pgettext("cases", "Basis"), lambda view: view.basis),
    (
        lambda: pgettext("cases", "Standing"),
        lambda view: pgettext("cases", "switched off") if view.is_off else pgettext("cases", "in force"),
    ),
)


def _all(names: Sequence[str]) -> str:
    return pgettext("cases", ", ").join(names)


def facts(view: RuleView) -> list[tuple[str, str]]:
    """Everything a rule says, part by part; what it leaves open is told as such."""
    return [(name(), part(view) or pgettext("cases", "any")) for name, part in _PARTS]


def differences(before: RuleView, after: RuleView) -> list[Change]:
    """What was changed, in words."""
    nothing = pgettext("cases", "any")
    return [
        Change(name(), part(before) or nothing, part(after) or nothing)
        for name, part in _PARTS
        if part(before) != part(after)
    ]


def finding_words(finding: Finding) -> str:
    """What is wrong with a rule, and what to do."""
    said = {
        Fault.CONFLICT: pgettext(
            "cases",
            "Rules %(number)s and %(other)s fit the same cases, equally narrow, and name different units. The older "
            "one decides. Give one of them another priority.",
        ),
        Fault.CROSSING: pgettext(
            "cases",
            "Rules %(number)s and %(other)s cross: where both fit, rule %(number)s decides. If that is wrong, give "
            "rule %(other)s a smaller priority number.",
        ),
        Fault.SHADOWED: pgettext(
            "cases",
            "Rule %(number)s never decides: rule %(other)s takes all its cases before. Switch it off or move it up.",
        ),
        Fault.HOMELESS: pgettext(
            "cases", "Rule %(number)s leads nowhere: its unit answers for none of its places any more."
        ),
    }[finding.fault]
    return said % {"number": finding.number, "other": finding.other}


def reason(proposal: Proposal) -> str:
    """Why the dispatch form proposes a unit, and which rules were passed over before."""
    said = numbered(proposal.rule)
    if not proposal.passed_over:
        return said
    over = pgettext("cases", ", ").join(str(view.number) for view in proposal.passed_over)
    return pgettext("cases", "%(rule)s. Passed over, because their unit may not get it: %(numbers)s.") % {
        "rule": said,
        "numbers": over,
    }
