# SPDX-License-Identifier: Apache-2.0
"""./jiayuan record …: recount the counters, let readers catch up, show where they stand, resume a stopped one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.kernel import clock
from jiayuan.record import counters, readers
from jiayuan.record.models import Cursor, Parked


class Command(BaseCommand):
    """Care for the record."""

    help = "recount | relay | status | resume READER"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb, and for resume the reader's name."""
        parser.add_argument("verb", choices=["recount", "relay", "status", "resume"])
        parser.add_argument("reader", nargs="?", default="")

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the verb says."""
        getattr(self, f"_{options['verb']}")(options["reader"])

    def _recount(self, _reader: str) -> None:
        found = counters.recount()
        for key, kept, told in found.wrong[:20]:
            self.stdout.write(f"{key}: counter {kept}, record {told}")
        if found.wrong:
            raise CommandError(f"{len(found.wrong)} of {found.compared} counters disagree with the record")
        self.stdout.write(f"all {found.compared} counters agree with the record up to position {found.position}")

    def _relay(self, _reader: str) -> None:
        self.stdout.write(f"{readers.relay(clock.now())} events applied")

    def _status(self, _reader: str) -> None:
        for cursor in Cursor.objects.order_by("reader"):
            state = "halted" if cursor.halted else "following"
            self.stdout.write(f"{cursor.reader}: position {cursor.position}, {state} {cursor.error}".rstrip())
        for parked in Parked.objects.order_by("reader", "since_position", "pk"):
            subject = f"{parked.subject_kind}:{parked.subject_id}"
            self.stdout.write(
                f"{parked.reader}: {subject} parked since position {parked.since_position} {parked.error}"
            )
        self.stdout.write(f"{Parked.objects.count()} subjects parked")

    def _resume(self, reader: str) -> None:
        if reader not in readers.names():
            raise CommandError(f"Say which reader: {', '.join(readers.names())}")
        self.stdout.write(f"{readers.resume(reader)} missed events applied")
