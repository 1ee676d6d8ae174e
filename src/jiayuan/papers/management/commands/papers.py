# SPDX-License-Identifier: Apache-2.0
"""./jiayuan manage papers load FOLDER: the offices of a pack, with the marks of their numbers."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused
from jiayuan.papers import services


class Command(BaseCommand):
    """Care for papers."""

    help = "load FOLDER"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verbs with what they need."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("load", help="take in offices and marks of a pack").add_argument("folder", type=Path)

    @override
    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        """Do what the verb says; a refusal is one line."""
        try:
            loaded = services.load_offices(folder=folder, by=Actor.system("papers load"), at=clock.now())
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{loaded} offices")
