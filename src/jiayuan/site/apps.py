# SPDX-License-Identifier: Apache-2.0
"""The roof is put on when all rooms stand."""

from django.apps import AppConfig
from typing_extensions import override


class SiteConfig(AppConfig):
    """Wires the house once every room is loaded."""

    name = "jiayuan.site"
    label = "site"

    @override
    def ready(self) -> None:
        """Connect events, readers, folds, roles, notices and background work."""
        from jiayuan.site.wiring import wire

        wire()
