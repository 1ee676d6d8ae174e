# SPDX-License-Identifier: Apache-2.0
"""./jiayuan demo prints these at its end: one account per role, and the password they share."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from typing_extensions import override

from jiayuan.kernel.access import role
from jiayuan.places import queries as places
from jiayuan.site import demonstration


class Command(BaseCommand):
    """Print the demonstration's accounts."""

    help = "Print the demonstration's accounts."
    requires_system_checks: list[str] = []

    @override
    def handle(self, *_args: Any, **_options: Any) -> None:
        """One line per account: user name, role, area."""
        self.stdout.write(f"Password of every account: {demonstration.PASSWORD}\n")
        for login in demonstration.logins():
            unit = places.organisation_by_code(login.organisation) if login.organisation else None
            where = unit.short_name if unit else places.path_name(login.area)
            with translation.override("zh-hans"):
                name = str(role(login.role).name)
            self.stdout.write(f"  {login.username}\t{name}\t{where}")
