# SPDX-License-Identifier: Apache-2.0
"""What may be done to standards, one sentence each. Reading them needs no permission: they are public rules."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of this room; both count for the whole city."""

    LOAD_STANDARDS = Permission(
        "standards.load", pgettext_lazy("standards", "Load class schemes, limits, campaigns and tiles for the city")
    )
    KEEP_CALENDAR = Permission(
        "standards.calendar", pgettext_lazy("standards", "Import the yearly notice of holidays into the work calendar")
    )
