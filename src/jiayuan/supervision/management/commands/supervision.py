# SPDX-License-Identifier: Apache-2.0
"""./jiayuan supervision figures: how many lists an office issued, and how much of what was due was struck off."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.kernel import clock
from jiayuan.papers import queries as papers
from jiayuan.record.queries import newest_position
from jiayuan.supervision.enums import SheetKind
from jiayuan.supervision.queries import figures_of, said_roundly

DEFINITION = "items struck off ÷ items due; void items and what stands still belong to neither"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"{text} is no day: write 2025-01-03") from wrong


class Command(BaseCommand):
    """Care for numbered sheets."""

    help = "figures [--as-of DAY] [--office CODE] [--json]"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verb with what it needs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        told = verbs.add_parser("figures", help="rectification lists issued, and the rate of their items")
        told.add_argument("--as-of", type=_day, help="before the end of this day in Shanghai; today if not given")
        told.add_argument("--office", default="", help="code of an issuing office; every office if not given")
        told.add_argument("--json", action="store_true", help="for programs")

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        """Tell the figures with their definition."""
        if options["office"] and papers.office(options["office"]) is None:
            raise CommandError(f"no office is called {options['office']}: ./jiayuan manage papers load")
        as_of = options["as_of"] or clock.today()
        until = datetime.combine(as_of + timedelta(days=1), time(0), clock.ZONE)
        found = figures_of(kind=SheetKind.LIST, until=until, office=options["office"])
        told = {
            "as_of": as_of.isoformat(),
            "office": options["office"],
            "position": newest_position(),
            "lists": found.issued,
            "words": said_roundly(found.issued),
            "items": found.items,
            "due": found.due,
            "struck_off": found.struck,
            "rate": f"{found.struck * 100 / found.due:.2f}" if found.due else None,
            "definition": DEFINITION,
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        rate = f"{told['rate']} %" if told["rate"] else "–"
        self.stdout.write(f"{told['words']} ({found.issued} lists, {found.items} items)")
        self.stdout.write(f"{rate} ({found.struck}/{found.due} {DEFINITION})")
