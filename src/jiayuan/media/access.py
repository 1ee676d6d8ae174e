# SPDX-License-Identifier: Apache-2.0
"""The rights of this room. Whether somebody may see a derived photo follows from what it proves."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of the media room."""

    SEE_ORIGINAL = Permission(
        "media.see_original",
        pgettext_lazy("media", "see a photo as it was received, with its position, time and camera"),
    )
    RELEASE = Permission(
        "media.release",
        pgettext_lazy("media", "decide which photos the public sees, and what is covered in them"),
    )
