# SPDX-License-Identifier: Apache-2.0
"""./jiayuan manage duties load FOLDER: publish the lists and schemes of a pack; what is there already is left alone."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.duties import services
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused


class Command(BaseCommand):
    """Care for lists of duties."""

    help = "load FOLDER"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verb with what it needs."""
        load = parser.add_subparsers(dest="verb", required=True).add_parser("load", help="publish the lists of a pack")
        load.add_argument("folder", type=Path)

    @override
    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        """Load; a refusal is one line."""
        try:
            by, at = Actor.system("duties load"), clock.now()
            published = services.load_lists(folder=folder, by=by, at=at)
            added = services.load_schemes(folder=folder, by=by, at=at)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{published} lists published, {added} schemes of frontage duties added")
