# SPDX-License-Identifier: Apache-2.0
"""What may be done to the ground itself. Looking at it needs no permission: divisions are public."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of this room."""

    IMPORT_PLACES = Permission(
        "places.import",
        pgettext_lazy("places", "Import divisions, organisations, jurisdictions and outlines of the whole city"),
    )
