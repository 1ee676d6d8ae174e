# SPDX-License-Identifier: Apache-2.0
"""./jiayuan manage people forget USERNAME: for a person who asks to be forgotten."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused
from jiayuan.people import services
from jiayuan.people.queries import person_behind

BY = Actor.system("people.command")


class Command(BaseCommand):
    """Care for people."""

    help = "forget USERNAME"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verb and the user name."""
        parser.add_argument("verb", choices=["forget"])
        parser.add_argument("username")

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        """Forget the person; the record keeps that it was done."""
        person_id = person_behind(options["username"])
        if person_id is None:
            raise CommandError(f"Nobody signs in as {options['username']}.")
        try:
            services.forget_person(person_id=person_id, by=BY, at=clock.now())
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("forgotten")
