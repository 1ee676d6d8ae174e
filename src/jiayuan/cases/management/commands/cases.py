# SPDX-License-Identifier: Apache-2.0
"""./jiayuan cases figures: what was put right and how well, as of any day, each with its formula and query."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from csv import DictReader
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override as speaking
from typing_extensions import override

from jiayuan.cases.queries.figures import (
    FORMULAS,
    Cut,
    Half,
    Period,
    TaskFigure,
    Value,
    figures,
    in_words,
    loading,
    refuse_while,
    task_figures,
    value_of,
    words_of,
)
from jiayuan.kernel import clock
from jiayuan.kernel.errors import Refused
from jiayuan.places import queries as places
from jiayuan.record import counters
from jiayuan.record.queries import newest_position
from jiayuan.standards import queries as standards

PACKS = Path(__file__).resolve().parents[3] / "data"
LANGUAGE = "zh-hans"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"{text} is no day: write 2025-01-03") from wrong


class Command(BaseCommand):
    """Care for cases."""

    help = "figures [--as-of DAY] [--known-at POSITION] [--since DAY] [--area CODE] [--json]"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verb with what it needs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        told = verbs.add_parser("figures", help="what was put right by task, and every indicator with its formula")
        told.add_argument("--as-of", type=_day, help="before the end of this day in Shanghai; today if not given")
        told.add_argument("--known-at", type=int, help="only what was recorded up to this position of the record")
        told.add_argument(
            "--since", type=_day, help="first day of the period of the indicators; the campaign's if not given"
        )
        told.add_argument("--area", default="", help="code of a county, a town or a village")
        told.add_argument("--json", action="store_true", help="for programs")

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the verb says; a refusal is one line."""
        try:
            with speaking(LANGUAGE):
                getattr(self, f"_{options['verb']}")(options)
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def _figures(self, options: dict[str, Any]) -> None:
        refuse_while(loading())
        cut = Cut(as_of=options["as_of"] or clock.today(), known_at=options["known_at"])
        campaign = standards.campaign_on(cut.as_of)
        if campaign is None:
            raise CommandError(f"no campaign was on at {cut.as_of}: load the standards, or choose a later day")
        area = options["area"] or _city()
        period = Period(since=options["since"] or campaign.starts_on, until=cut.as_of)
        told = {
            "as_of": cut.as_of.isoformat(),
            "known_at": cut.known_at,
            "position": counters.as_of_position() if cut.is_present else newest_position(),
            "read_from": "counters" if cut.is_present else "record",
            "campaign": campaign.code,
            "area": area,
            "figures": _tasks(campaign, cut, area),
            "since": period.since.isoformat(),
            "indicators": _indicators(area, period, cut),
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) if options["json"] else _text(told))


def _city() -> str:
    found = places.city()
    if found is None:
        raise CommandError("there is no city yet: ./jiayuan places load")
    return found.code[:4]


def _tasks(campaign: standards.Campaign, cut: Cut, area: str) -> list[dict[str, Any]]:
    published = _published(campaign.code)
    told = [
        _task(figure, published.get(figure.task.code)) for figure in task_figures(campaign=campaign, cut=cut, area=area)
    ]
    return sorted(told, key=lambda row: (row["figure"] or "~", row["task"]))


def _task(figure: TaskFigure, published: dict[str, str] | None) -> dict[str, Any]:
    words = in_words(figure.n, figure.task.unit, LANGUAGE)
    return {
        "figure": published["figure"] if published else None,
        "task": figure.task.code,
        "name": str(figure.task.name),
        "words": words,
        "value": figure.n,
        "unit": figure.task.unit,
        "places": figure.task.setting.value,
        "since": figure.since.isoformat(),
        "self_cleared": _half(figure, figure.by_themselves),
        "fully_processed": _half(figure, figure.full),
        "published": published["words"] if published else None,
        "agrees": published["words"] == words if published else None,
    }


def _half(figure: TaskFigure, half: Half) -> dict[str, Any]:
    counter = {"measure": half.measure, "level": "village", "class_codes": list(figure.class_codes)}
    return {"value": half.n, "counter": counter, "sql": half.sql}


def _published(campaign: str) -> dict[str, dict[str, str]]:
    """What the city's pack says was published, by task: to be held beside what the records give, never to be shown."""
    path = PACKS / settings.CITY_PACK / "published.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["task"]: row for row in DictReader(file) if row["campaign"] == campaign}


def _indicators(area: str, period: Period, cut: Cut) -> list[dict[str, Any]]:
    if len(area) not in (4, 6, 9):
        return []
    total = figures(under=area, period=period, cut=cut).total
    return [_indicator(value_of(formula, total), formula.below is not None) for formula in FORMULAS]


def _indicator(value: Value, is_rate: bool) -> dict[str, Any]:
    words = words_of(value.code)
    return {
        "code": value.code,
        "name": str(words.name),
        "formula": str(words.formula),
        "n": value.n,
        "of": value.of,
        "percent": value.percent,
        "undefined": is_rate and value.percent is None,
    }


def _text(told: dict[str, Any]) -> str:
    known = f", known at position {told['known_at']}" if told["known_at"] is not None else ""
    lines = [f"as of {told['as_of']}{known}, from the {told['read_from']} up to position {told['position']}", ""]
    for row in told["figures"]:
        beside = (
            ""
            if row["agrees"] is None
            else f"  published {row['published']}: {'agrees' if row['agrees'] else 'DIFFERS'}"
        )
        lines.append(f"{row['figure'] or '–':<3} {row['name']} {row['words']} ({row['value']:,}){beside}")
        for name in ("self_cleared", "fully_processed"):
            lines += [f"    {name} {row[name]['value']:,}", f"      {row[name]['sql']}"]
    lines += ["", f"{told['since']} – {told['as_of']}"]
    for row in told["indicators"]:
        rate = "–" if row["undefined"] else f"{row['percent']} %" if row["percent"] else f"{row['n']:,}"
        parts = f"（{row['n']:,}/{row['of']:,}）" if row["of"] is not None else ""
        lines.append(f"{row['name']} {rate}{parts} = {row['formula']}")
    return "\n".join(lines)
