# SPDX-License-Identifier: Apache-2.0
"""./jiayuan demo calls this: the demonstration's people and cases, made once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from jiayuan.kernel import clock
from jiayuan.media import wake
from jiayuan.site import demonstration


class Command(BaseCommand):
    """Make the demonstration, unless it is there."""

    help = "Make the demonstration's people and cases."

    @override
    def handle(self, *_args: Any, **_options: Any) -> None:
        """Refused outside the demo: a real city's record must not begin with inventions."""
        if not settings.DEMO:
            raise CommandError("The demonstration is only for JIAYUAN_MODE=demo.")
        # The worker's sweep makes these pictures; as wake-ups they would stand before every visitor's own.
        wake.ring_with(lambda _photo_id: None)
        try:
            made = demonstration.load()
        except demonstration.BrokenOff:
            raise CommandError(
                "The demonstration was broken off half-way. Begin again: ./jiayuan demo --fresh"
            ) from None
        percent = demonstration.begin_season(clock.now())
        self.stdout.write(f"{made} cases made, {percent} % of the season loaded")
