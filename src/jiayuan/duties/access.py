# SPDX-License-Identifier: Apache-2.0
"""What may be done to lists of duties. Reading what was published needs no permission: residents read it too."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permission of this room; it counts for the whole city."""

    EDIT_LIST = Permission(
        "duties.edit_list", pgettext_lazy("duties", "Draft responsibility lists and publish their versions")
    )
