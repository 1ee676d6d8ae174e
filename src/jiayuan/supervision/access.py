# SPDX-License-Identifier: Apache-2.0
"""What a person may do with rectification lists, one sentence each."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of this room. A sheet stands where the unit that received it is at home."""

    SEE = Permission("supervision.see", pgettext_lazy("supervision", "See rectification lists and how they stand"))
    ISSUE = Permission("supervision.issue", pgettext_lazy("supervision", "Draft rectification lists and issue them"))
    ANSWER = Permission(
        "supervision.answer", pgettext_lazy("supervision", "Sign for a list, feed back and ask for more time")
    )
    ACCEPT = Permission(
        "supervision.accept",
        pgettext_lazy("supervision", "Look on site and strike items off, or not, and answer requests for time"),
    )
    WRITE_BULLETIN = Permission(
        "supervision.write_bulletin", pgettext_lazy("supervision", "Draft bulletins and edit them")
    )
    SIGN_BULLETIN = Permission(
        "supervision.sign_bulletin",
        pgettext_lazy("supervision", "Sign bulletins that somebody else wrote, which publishes them"),
    )
    RAISE = Permission(
        "supervision.raise", pgettext_lazy("supervision", "Raise supervision to a higher level, with a reason")
    )
    MEET = Permission(
        "supervision.meet", pgettext_lazy("supervision", "Prepare joint meetings, note decisions, issue their minutes")
    )
    SUMMON = Permission(
        "supervision.summon", pgettext_lazy("supervision", "Summon the leader of a unit to a talk, and write it up")
    )
