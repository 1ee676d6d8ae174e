# SPDX-License-Identifier: Apache-2.0
"""./jiayuan demo and run start this beside the server: one consumer for everything that happens in the background."""

import logging
from typing import Any

from django.core.management.base import BaseCommand
from huey.consumer import Consumer
from typing_extensions import override

from jiayuan.site import jobs


class Command(BaseCommand):
    """Run background work until told to end."""

    help = "Run background work until told to end."

    @override
    def handle(self, *_args: Any, **_options: Any) -> None:
        """First do what waits, for a worker that was killed left its wake-ups behind; then listen."""
        logging.getLogger("huey").setLevel(logging.WARNING)
        jobs.sweep.call_local()
        Consumer(jobs.huey, workers=1, periodic=True, max_delay=1.0).run()
