# SPDX-License-Identifier: Apache-2.0
"""The one right of this room. One's own notices need none."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of the notices room; it counts for the whole city."""

    EDIT_TEMPLATES = Permission(
        "notices.edit_templates", pgettext_lazy("notices", "Write the words of e-mails and text messages")
    )
