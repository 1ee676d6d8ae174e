# SPDX-License-Identifier: Apache-2.0
"""./jiayuan manage guide load [FOLDER]: bring the shipped pages of the work guide; what people wrote is left alone."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.cases import services
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused

PACK = Path(__file__).resolve().parents[3] / "data" / "guide"


class Command(BaseCommand):
    """Care for the work guide."""

    help = "load [FOLDER]"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verb with what it needs."""
        load = parser.add_subparsers(dest="verb", required=True).add_parser("load", help="load pages, or bring them up")
        load.add_argument("folder", nargs="?", type=Path, default=PACK)

    @override
    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        """Load; a refusal is one line."""
        try:
            written = services.load_guide(folder=folder, by=Actor.system("guide load"), at=clock.now())
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{written} versions written")
