# SPDX-License-Identifier: Apache-2.0
"""What may be done to lists, zones and guarantors. Reading what is public needs no permission."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of this room. Lists are one for the whole city; zones and guarantors belong to their places."""

    EDIT_LIST = Permission(
        "duties.edit_list", pgettext_lazy("duties", "Draft responsibility lists and publish their versions")
    )
    EDIT_ZONES = Permission(
        "duties.edit_zones", pgettext_lazy("duties", "Keep zones, their claims and the guarantors of places")
    )
