# SPDX-License-Identifier: Apache-2.0
"""./jiayuan manage papers load FOLDER: offices of a pack with their marks; samples FOLDER: one paper of each form."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused
from jiayuan.papers import samples, services


class Command(BaseCommand):
    """Care for papers."""

    help = "load FOLDER | samples FOLDER | demonstrate"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verbs with what they need."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("load", help="take in offices and marks of a pack").add_argument("folder", type=Path)
        verbs.add_parser("samples", help="write one paper of each form").add_argument("folder", type=Path)
        verbs.add_parser("demonstrate", help="issue the samples in the demonstration, once")

    @override
    def handle(self, *_args: Any, verb: str, folder: Path | None = None, **_options: Any) -> None:
        """Do what the verb says; a refusal is one line."""
        try:
            self.stdout.write(_done(verb, folder or Path()))
        except Refused as refused:
            raise CommandError(refused.message) from refused


def _done(verb: str, folder: Path) -> str:
    if verb == "samples":
        return "\n".join(str(file) for file in samples.write(folder))
    by, at = Actor.system(f"papers {verb}"), clock.now()
    if verb == "demonstrate":
        return f"{services.issue_samples(by=by, at=at)} papers"
    return f"{services.load_offices(folder=folder, by=by, at=at)} offices"
