# SPDX-License-Identifier: Apache-2.0
"""./jiayuan standards …: load a pack, import the yearly notice, see what is missing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused
from jiayuan.standards import queries, services

PACK = Path(__file__).resolve().parents[3] / "data" / "standards"


class Command(BaseCommand):
    """Care for standards."""

    help = "load [FOLDER] | calendar import FILE [--dry-run] | check"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verb with what it needs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="load a pack and fill the work calendar, or bring them up to date")
        load.add_argument("folder", nargs="?", type=Path, default=PACK)
        calendar = verbs.add_parser("calendar", help="care for the work calendar").add_subparsers(
            dest="deed", required=True
        )
        notice = calendar.add_parser("import", help="put the yearly notice in the place of a provisional year")
        notice.add_argument("file", type=Path)
        notice.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
        notice.add_argument("--source", default="", help="number of the notice; the file's name if it is not given")
        verbs.add_parser("check", help="classes without target or limit, and how far the calendar is confirmed")

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the verb says; a refusal is one line."""
        try:
            getattr(self, f"_{options['verb']}")(options)
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def _load(self, options: dict[str, Any]) -> None:
        by, at = Actor.system("standards load"), clock.now()
        report = services.load_standards(folder=options["folder"], by=by, at=at)
        days = services.seed_calendar(by=by, at=at)
        self.stdout.write(
            f"{report.created} new, {report.changed} changed, {report.removed} removed or retired; "
            f"{days} days added to the work calendar"
        )

    def _calendar(self, options: dict[str, Any]) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as missing:
            raise CommandError(f"{options['file']}: {missing.strerror}") from missing
        report = services.import_year_notice(
            data=data,
            source=options["source"] or options["file"].name,
            is_dry_run=options["dry_run"],
            by=Actor.system("standards calendar import"),
            at=clock.now(),
        )
        for error in report.errors:
            self.stderr.write(f"line {error.line}, {error.column}: {error.message}")
        if report.errors:
            raise CommandError(f"{len(report.errors)} errors; nothing was changed")
        self._tell(report)

    def _tell(self, report: services.NoticeReport) -> None:
        for day in report.changed:
            self.stdout.write(day.isoformat())
        self.stdout.write(f"{report.year}: {report.confirmed} days confirmed, {len(report.changed)} of them changed")
        if report.is_dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")

    def _check(self, _options: dict[str, Any]) -> None:
        wrong = queries.class_findings()
        for finding in (*wrong, *queries.calendar_findings(clock.today())):
            self.stdout.write(finding.message)
        if wrong:
            raise CommandError(f"{len(wrong)} classes need care")
        self.stdout.write("every class has a limit and exactly one task in each campaign")
