# SPDX-License-Identifier: Apache-2.0
"""The indicators: what was put right by task, how well and how soon, for a period, and the records behind each number.

Everything is read from counters in two queries. The answer is kept in the process while the counters stand still.
"""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_GET

from jiayuan.cases.access import May
from jiayuan.cases.enums import State
from jiayuan.cases.queries import figures as told
from jiayuan.cases.queries.figures import Cut, Division, Figures, Formula, Numbers, Period, Proof, TaskFigure, Value
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.places import queries as places
from jiayuan.record import counters
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.figures.reach import under
from jiayuan.web.guards import needs

BLOCKS = (
    "close_rate",
    "close_in_time_rate",
    "handle_rate",
    "handle_in_time_rate",
    "overdue",
    "rework_rate",
    "satisfied_rate",
    "public_rate",
)
COLUMNS = ("close_rate", "close_in_time_rate", "handle_rate", "handle_in_time_rate", "rework_rate")
RANKED_BY = "close_in_time_rate"
TOWN_DIGITS = 9
TEN_THOUSAND = 10_000
"""From here on a number is said in words, and the exact one stands beside it."""

DIGITS_BELOW = {4: 6, 6: 9}
DASH = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A number as the page shows it: value large, n beside a rate, its formula, and where its proof is."""

    code: str
    label: str
    value: str
    unit: str
    n: str
    formula: str
    meaning: str
    owner: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the table: a county, town, unit or class with what was due, what is overdue, and its rates."""

    name: str
    url: str
    due: int
    overdue: str
    rates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of which the same may be said."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page is asked to show: where, from when to when, and by what the table is divided."""

    under: str
    period: Period
    span: str
    by: Division

    def address(self, name: str = "figures:indicators", *args: str, **other: str) -> str:
        """The address of a page with the same questions, some of them answered otherwise."""
        query = {
            "area": self.under,
            "span": self.span,
            "from": self.period.since.isoformat() if self.span == "any" else "",
            "to": self.period.until.isoformat() if self.span == "any" else "",
            "by": self.by,
        } | other
        return f"{reverse(name, args=args)}?{urlencode({key: value for key, value in query.items() if value})}"


@needs(May.SEE_FIGURES)
@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators of a period inside the actor's reach, with the table by area, unit or class."""
    asked = _asked(request)
    if (percent := told.loading()) is not None:
        return render(request, "figures/indicators.html", {"loading": percent})
    position, leaf = counters.stand()
    stand = leaf or str(position).encode()
    found = _figures(asked.under, asked.period, asked.by, clock.today(), stand)
    context: dict[str, Any] = {
        "asked": asked,
        "place": places.path_name(asked.under) if len(asked.under) > 4 else "",
        "tasks": [_task_block(one, asked) for one in _tasks(asked.under, clock.today(), stand)],
        "spans": _spans(asked),
        "since": asked.period.since,
        "until": asked.period.until,
        "unfinished": asked.period.until >= clock.today(),
        "position": position,
        "csv_url": asked.address("figures:indicators_csv"),
    }
    if found is not None:
        blocks = [_block(formula.code, found.total, asked) for formula in told.FORMULAS]
        context |= {
            "blocks": [block for code in BLOCKS for block in blocks if block.code == code],
            "all": blocks,
            "heads": [_name(code) for code in COLUMNS],
            "by": _divisions(asked),
            "groups": _groups(asked, found),
            "few": told.FEW,
            "unclear": found.total.flowed.get(told.UNCLEAR, 0),
        }
    return render(request, "figures/indicators.html", context)


@lru_cache(maxsize=128)
def _figures(area: str, period: Period, by: Division, today: date, _stand: bytes) -> Figures | None:
    # Numbers only, so that every language and every reader of an area shares them.
    if not 4 <= len(area) <= TOWN_DIGITS:
        return None
    return told.figures(under=area, period=period, cut=Cut(as_of=today), by=by)


@lru_cache(maxsize=128)
def _tasks(area: str, today: date, _stand: bytes) -> tuple[TaskFigure, ...]:
    campaign = standards.campaign_on(today)
    return told.task_figures(campaign=campaign, cut=Cut(as_of=today), area=area) if campaign else ()


# ── what is asked ─────────────────────────────────────────────────────────────────────────────────────────────────


def _asked(request: HttpRequest) -> Asked:
    span = request.GET.get("span", "")
    today = clock.today()
    campaign = standards.campaign_on(today)
    begun = campaign.starts_on if campaign else today.replace(month=1, day=1)
    starts = {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "campaign": begun,
    }
    period = Period(since=starts.get(span, begun), until=today)
    if span == "any":
        since, until = _day(request.GET.get("from", "")) or begun, _day(request.GET.get("to", "")) or today
        period = Period(since=min(since, until), until=min(until, today))
    by = request.GET.get("by", "")
    return Asked(
        under=under(actor_of(request), request.GET.get("area", "")),
        period=period,
        span=span if span in (*starts, "any") else "campaign",
        by=next((one for one in Division if one == by), Division.AREA),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _spans(asked: Asked) -> list[dict[str, Any]]:
    names = [
        ("campaign", pgettext("cases", "Since the campaign began")),
        ("month", pgettext("cases", "This month")),
        ("week", pgettext("cases", "This week")),
    ]
    return [
        {"label": name, "url": asked.address(span=code, **{"from": "", "to": ""}), "is_on": asked.span == code}
        for code, name in names
    ]


def _divisions(asked: Asked) -> list[dict[str, Any]]:
    names = [
        (Division.AREA, pgettext("cases", "By area")),
        (Division.UNIT, pgettext("cases", "By unit")),
        (Division.CLASS, pgettext("cases", "By class")),
    ]
    return [{"label": name, "url": asked.address(by=code), "is_on": asked.by == code} for code, name in names]


# ── how it is shown ───────────────────────────────────────────────────────────────────────────────────────────────


def _name(code: str) -> str:
    return str(told.words_of(code).name)


def shown(value: Value, formula: Formula) -> tuple[str, str, str]:
    """A value, its unit and its n: a dash where nothing was due, because 0 % and 100 % would both be lies."""
    if formula.below is None:
        return f"{value.n:,}", "", ""
    if formula.is_index:
        return value.percent or DASH, "", ""
    parts = f"{value.n:,}/{value.of or 0:,}"
    return (value.percent, "%", parts) if value.percent is not None else (DASH, "", parts)


def _block(code: str, numbers: Numbers, asked: Asked) -> Block:
    formula = told.indicator(code)
    if formula is None:
        raise LookupError(code)
    words = told.words_of(code)
    value, unit, n = shown(told.value_of(formula, numbers), formula)
    return Block(
        code=code,
        label=str(words.name),
        value=value,
        unit=unit,
        n=n,
        formula=str(words.formula),
        meaning=str(words.meaning),
        owner=str(words.owner),
        url=asked.address("figures:proof", code),
    )


def _task_block(figure: TaskFigure, asked: Asked) -> dict[str, Any]:
    language = get_language() or ""
    return {
        "label": str(figure.task.name),
        "value": told.in_words(figure.n, "", language),
        "unit": str(figure.task.unit),
        "exact": f"{figure.n:,}" if figure.n >= TEN_THOUSAND else "",
        "full": f"{figure.full.n:,}",
        "by_themselves": f"{figure.by_themselves.n:,}",
        "url": asked.address("figures:proof", figure.task.code),
    }


def _groups(asked: Asked, found: Figures) -> list[Group]:
    """The table: in order of the rate only where enough was due to compare; the rest beside it, unranked."""
    rows, name, url = _rows(asked, found)
    formula = told.indicator(RANKED_BY)
    if formula is None:
        raise LookupError(RANKED_BY)
    order = told.ranked({code: told.value_of(formula, numbers) for code, numbers in rows.items()}, formula.turn)
    titles = (
        (order.ranked, pgettext("cases", "In order of the closed-in-time rate")),
        (order.few, pgettext("cases", "Fewer than %(few)s due: shown, not compared") % {"few": told.FEW}),
        (order.none, pgettext("cases", "Nothing was due")),
    )
    return [
        Group(title=title, lines=tuple(_line(name(code), url(code), rows[code]) for code in codes))
        for codes, title in titles
        if codes
    ]


def _rows(asked: Asked, found: Figures) -> tuple[Mapping[str, Numbers], Callable[[str], str], Callable[[str], str]]:
    if asked.by is Division.CLASS:
        names = {str(item.key): str(item.name) for item in standards.classes()}
        classes = {code: row for code, row in found.classes.items() if row.flowed.get(told.DUE)}
        return classes, lambda code: names.get(code, code), lambda code: ""
    if asked.by is Division.UNIT:
        units = {unit.id: unit for unit in places.organisations()}
        today = clock.today()
        inside = {
            str(key): row
            for key, row in found.units.items()
            if key in units and _is_inside(places.answers_for(key, on=today), asked.under)
        }
        return inside, lambda code: units[int(code)].short_name, lambda code: ""
    digits = DIGITS_BELOW.get(len(asked.under), 0)
    wanted = [place.code[:digits] for place in places.children(asked.under)] if digits else []
    below = {code: found.below.get(code, Numbers()) for code in wanted}
    return below, _short_name, lambda code: asked.address(area=code)


def _is_inside(answers_for: Collection[str], under: str) -> bool:
    """Whether a unit answers for something, and for nothing outside the area."""
    return bool(answers_for) and all(code.startswith(under) for code in answers_for)


def _short_name(code: str) -> str:
    place = places.division(code)
    return place.short_name if place else code


def _line(name: str, url: str, numbers: Numbers) -> Line:
    return Line(
        name=name,
        url=url,
        due=numbers.flowed.get(told.DUE, 0),
        overdue=_shown("overdue", numbers)[0] if numbers.ever else DASH,
        rates=tuple(_rate(code, numbers) for code in COLUMNS),
    )


def _shown(code: str, numbers: Numbers) -> tuple[str, str, str]:
    formula = told.indicator(code)
    if formula is None:
        raise LookupError(code)
    return shown(told.value_of(formula, numbers), formula)


def _rate(code: str, numbers: Numbers) -> tuple[str, str]:
    value, unit, n = _shown(code, numbers)
    return f"{value}\N{NO-BREAK SPACE}{unit}" if unit else value, n if unit else ""


# ── out for a spreadsheet ─────────────────────────────────────────────────────────────────────────────────────────


@needs(May.SEE_FIGURES)
@require_GET
def indicators_csv(request: HttpRequest) -> HttpResponse:
    """Every indicator of the area and of what lies below it, with numerator and denominator, as CSV."""
    asked = _asked(request)
    told.refuse_while(told.loading())
    position, leaf = counters.stand()
    found = _figures(asked.under, asked.period, Division.AREA, clock.today(), leaf or str(position).encode())
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="indicators-{asked.under}-{asked.period.until}.csv"'
    answer.write("\ufeff")  # or a spreadsheet takes the characters for another encoding
    writer = csv.writer(answer)
    writer.writerow(
        [
            pgettext("cases", "Area"),
            pgettext("cases", "Indicator"),
            pgettext("cases", "Formula"),
            pgettext("cases", "Numerator"),
            pgettext("cases", "Denominator"),
            "%",
            pgettext("cases", "From"),
            pgettext("cases", "To"),
            pgettext("cases", "Position of the record"),
        ]
    )
    if found is not None:
        for row in _table(found):
            writer.writerow([*row, asked.period.since, asked.period.until, position])
    return answer


def _table(found: Figures) -> Iterator[list[object]]:
    areas = [(_short_name(found.under), found.total)]
    areas += [(_short_name(code), row) for code, row in sorted(found.below.items())]
    for name, numbers in areas:
        for formula in told.FORMULAS:
            if formula.top_classes and numbers is not found.total:
                # Classes are kept for the whole alone.
                continue
            value, words = told.value_of(formula, numbers), told.words_of(formula.code)
            percent = DASH if formula.below and value.percent is None else value.percent or ""
            yield [name, words.name, words.formula, value.n, "" if value.of is None else value.of, percent]


# ── the very records ──────────────────────────────────────────────────────────────────────────────────────────────


@needs(May.SEE_FIGURES)
@require_GET
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """The records behind a figure, newest first, page by page; what only the record knows is named by its counters."""
    asked = _asked(request)
    before = int(text) if (text := request.GET.get("before", "")).isdigit() and len(text) < 18 else told.NEWEST
    campaign = standards.campaign_on(clock.today())
    task = next((one for one in campaign.tasks if one.code == code), None) if campaign else None
    if campaign is not None and task is not None:
        context = _proof_of_task(asked, campaign, task, before, part=request.GET.get("part", ""))
    else:
        context = _proof_of_indicator(asked, code, before, part=request.GET.get("part", ""))
    context["lines"] = _readable(actor_of(request), context["lines"])
    return render(request, "figures/proof.html", context | {"asked": asked, "back": asked.address()})


def _proof_of_task(
    asked: Asked, campaign: standards.Campaign, task: standards.Task, before: int, *, part: str
) -> dict[str, Any]:
    narrowed: dict[str, Any] = {"campaign": campaign, "task": task, "area": asked.under, "before": before}
    own = part == "self"
    lines: Sequence[Any] = told.lines_of_task(**narrowed) if own else told.proof_of_task(**narrowed)
    tabs = [
        {"label": pgettext("cases", "Closed after a check"), "url": _part(asked, task.code, "full"), "is_on": not own},
        {"label": pgettext("cases", "Cleared by villages"), "url": _part(asked, task.code, "self"), "is_on": own},
    ]
    formula = pgettext("cases", "quantities of cases closed after a check + quantities of accepted clearing lists")
    return {
        "title": str(task.name),
        "formula": formula,
        "tabs": tabs,
        "own": own,
        "counters": [told.CLEARED_SELF if own else told.CLEARED],
        "since": campaign.starts_on,
        "until": clock.today(),
        **_page(asked, task.code, "self" if own else "full", lines),
    }


def _proof_of_indicator(asked: Asked, code: str, before: int, *, part: str) -> dict[str, Any]:
    formula = told.indicator(code)
    if formula is None:
        raise Http404
    live = told.live_measures(formula)
    chosen = part if part in live else next(iter(live), "")
    area = asked.under if len(asked.under) > 4 else ""
    lines = told.proof_of_measure(chosen, period=asked.period, area=area, before=before) if chosen else ()
    sums = [one for one in (formula.above, formula.below) if one is not None]
    words = told.words_of(code)
    return {
        "title": str(words.name),
        "formula": str(words.formula),
        "meaning": str(words.meaning),
        "tabs": [
            {"label": _MEASURES[name](), "url": _part(asked, code, name), "is_on": name == chosen} for name in live
        ],
        "own": False,
        "counters": list(dict.fromkeys(name for one in sums for name in (*one.plus, *one.minus))),
        "only_record": not live,
        "since": asked.period.since,
        "until": asked.period.until,
        **_page(asked, code, chosen, lines),
    }


_MEASURES: Mapping[str, Callable[[], str]] = {
    told.CAME: lambda: pgettext("cases", "Reported"),
    told.CAME_PATROL: lambda: pgettext("cases", "Reported on duty"),
    told.DUE: lambda: pgettext("cases", "Due in the period"),
    told.HANDLED: lambda: pgettext("cases", "Handled"),
    told.HANDLED_IN_TIME: lambda: pgettext("cases", "Handled in time"),
    told.CLOSED: lambda: pgettext("cases", "Closed"),
    told.CLOSED_IN_TIME: lambda: pgettext("cases", "Closed in time"),
    told.STILL_DUE: lambda: pgettext("cases", "Overdue and not handled"),
}


def _part(asked: Asked, code: str, part: str, **other: str) -> str:
    return asked.address("figures:proof", code, part=part, **other)


def _page(asked: Asked, code: str, part: str, lines: Sequence[Any]) -> dict[str, Any]:
    more = len(lines) == told.PROOF_LINES
    return {"lines": lines, "older": _part(asked, code, part, before=str(lines[-1].id)) if more else ""}


def _readable(actor: Actor, lines: Sequence[Any]) -> list[dict[str, Any]]:
    """The lines with names and addresses; an address only where the reader may open it."""
    classes = {item.id: item for item in standards.classes()}
    return [
        {
            "handle": line.handle,
            "url": _address(actor, line),
            "class": str(classes[line.problem_class_id].name) if line.problem_class_id in classes else "",
            "place": places.path_name(line.village),
            "line": line,
            "state": line.state if isinstance(line, Proof) else "",
            "state_name": State(line.state).label if isinstance(line, Proof) else "",
        }
        for line in lines
    ]


def _address(actor: Actor, line: Any) -> str:
    if isinstance(line, Proof):
        spot = Spot(code=line.village, unit_id=line.unit_id)
        return reverse("cases:case", args=[line.handle]) if may(actor, May.SEE, at=spot) else ""
    seen = may(actor, May.SEE_CLEARING, at=Spot(code=line.village))
    return reverse("clearing:one", args=[line.handle]) if seen else ""
