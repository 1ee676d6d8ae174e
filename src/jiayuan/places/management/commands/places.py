# SPDX-License-Identifier: Apache-2.0
"""./jiayuan places …: count the divisions, import a table or outlines, load a whole city from its pack."""

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused
from jiayuan.places import queries, services
from jiayuan.places.enums import Crs
from jiayuan.places.rows import RowsRefused

_PACKS = Path(__file__).resolve().parents[3] / "data"
_TABLES: dict[str, Callable[..., services.Report]] = {
    "divisions": services.import_divisions,
    "links": services.import_division_links,
    "organisations": services.import_organisations,
    "jurisdictions": services.import_jurisdictions,
    "points": services.import_village_points,
    "honeycomb": services.import_honeycomb,
    "outlines": services.import_outlines,
}


class Command(BaseCommand):
    """Care for the ground."""

    help = "count | import FILE [--as TABLE] [--dry-run] | load PACK"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verb with what it needs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("count", help="counties, town-level units, villages, communities")
        load = verbs.add_parser("load", help="load a city from its pack, or bring it up to date")
        load.add_argument("pack", nargs="?", default=settings.CITY_PACK, help="name of a shipped pack, or a folder")
        file = verbs.add_parser("import", help="add and change rows from one file; nothing is deleted")
        file.add_argument("file", type=Path)
        file.add_argument("--as", dest="table", choices=sorted(_TABLES), default="divisions")
        file.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
        file.add_argument("--review-number", default="", help="审图号 to show beside outlines")
        file.add_argument("--source", default="", help="who made the outlines")
        file.add_argument("--crs", choices=[crs.value for crs in Crs], default=Crs.WGS84.value)

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the verb says; a refusal is printed line by line."""
        try:
            getattr(self, f"_{options['verb']}")(options)
        except RowsRefused as refused:
            for error in refused.errors:
                self.stderr.write(f"line {error.line}, {error.field}: {error.message}")
            raise CommandError(refused.message) from refused
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def _count(self, _options: dict[str, Any]) -> None:
        self.stdout.write(str(queries.count()))

    def _load(self, options: dict[str, Any]) -> None:
        named = _PACKS / options["pack"]
        pack = named if named.is_dir() else Path(options["pack"])
        self._tell(services.load_city(pack=pack, by=Actor.system("places load"), at=clock.now()))

    def _import(self, options: dict[str, Any]) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as missing:
            raise CommandError(f"{options['file']}: {missing.strerror}") from missing
        importer = _TABLES[options["table"]]
        if options["table"] == "outlines":
            facts = {"review_number": options["review_number"], "source": options["source"]}
            importer = partial(importer, crs=Crs(options["crs"]), **facts)
        by, at = Actor.system("places import"), clock.now()
        if options["dry_run"]:
            self._tell(services.dry_run(of=importer, data=data, by=by, at=at))
            self.stdout.write("Nothing was changed: this was a dry run.")
        else:
            self._tell(importer(data=data, by=by, at=at))

    def _tell(self, report: services.Report) -> None:
        self.stdout.write(
            f"{report.created} new, {report.changed} changed, {report.unchanged} as before, "
            f"{report.absent} here but not in the file (left alone)"
        )
