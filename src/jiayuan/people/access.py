# SPDX-License-Identifier: Apache-2.0
"""What may be done with persons, accounts and posts, one sentence each."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of this room."""

    SEE_PEOPLE = Permission("people.see", pgettext_lazy("people", "See who holds which post"))
    MANAGE_POSTS = Permission(
        "people.manage_posts", pgettext_lazy("people", "Open accounts, appoint people to posts and end posts")
    )
    FORGET_PEOPLE = Permission("people.forget", pgettext_lazy("people", "Forget a person who asks for it"))
    KEEP_HOUSEHOLDS = Permission("people.keep_households", pgettext_lazy("people", "Enter who belongs to a household"))
