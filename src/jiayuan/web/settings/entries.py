# SPDX-License-Identifier: Apache-2.0
"""What stands under Settings: a name, a sentence, an address, and the permission that opens it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.cases.access import May as Cases
from jiayuan.duties.access import May as Duties
from jiayuan.inspections.access import May as Inspections
from jiayuan.kernel.access import Actor, Permission, holds
from jiayuan.notices.access import May as Notices
from jiayuan.people.access import May as People


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the overview."""

    name: Any
    sentence: Any
    url_name: str
    needs: Permission


ENTRIES = (
    Entry(
        name=pgettext_lazy("people", "People and posts"),
        sentence=pgettext_lazy("web", "Who may do what where: accounts, posts and their terms."),
        url_name="people:posts",
        needs=People.SEE_PEOPLE,
    ),
    Entry(
        name=pgettext_lazy("cases", "Routing rules"),
        sentence=pgettext_lazy("web", "Which cases go to which unit, tried out on the last month before it holds."),
        url_name="routing:rules",
        needs=Cases.SEE_ROUTING,
    ),
    Entry(
        name=pgettext_lazy("duties", "Responsibility lists"),
        sentence=pgettext_lazy("web", "Who answers for what: versions, drafts, and what dispatch has to respect."),
        url_name="duties:documents",
        needs=Duties.EDIT_LIST,
    ),
    Entry(
        name=pgettext_lazy("duties", "Zones and guarantors"),
        sentence=pgettext_lazy("web", "Who answers for which place, from when to when."),
        url_name="duties:guarantors",
        needs=Duties.EDIT_ZONES,
    ),
    Entry(
        name=pgettext_lazy("duties", "Frontage duties"),
        sentence=pgettext_lazy(
            "web", "Which shops signed for the space before their doors, with the sheet to hang up."
        ),
        url_name="duties:frontages",
        needs=Duties.EDIT_ZONES,
    ),
    Entry(
        name=pgettext_lazy("duties", "Upkeep rotas"),
        sentence=pgettext_lazy("web", "Who looks after which zone on which day, with the sheet for the notice board."),
        url_name="duties:rotas",
        needs=Duties.KEEP_ROTAS,
    ),
    Entry(
        name=pgettext_lazy("duties", "Groups and task forces"),
        sentence=pgettext_lazy("web", "Which document founded them, who belongs to them from when to when."),
        url_name="duties:groups",
        needs=Duties.KEEP_GROUPS,
    ),
    Entry(
        name=pgettext_lazy("inspections", "Inspections"),
        sentence=pgettext_lazy("web", "The year's plan, rounds drawn by lot, score sheets, and what places scored."),
        url_name="inspections:home",
        needs=Inspections.SEE,
    ),
    Entry(
        name=pgettext_lazy("cases", "Work guide"),
        sentence=pgettext_lazy("web", "How each kind of problem and each step is done; every change is a version."),
        url_name="guide:contents",
        needs=Cases.EDIT_GUIDE,
    ),
    Entry(
        name=pgettext_lazy("cases", "Standard replies"),
        sentence=pgettext_lazy("web", "Sentences that one tap puts into a note."),
        url_name="cases:replies",
        needs=Cases.EDIT_REPLIES,
    ),
    Entry(
        name=pgettext_lazy("notices", "Words of messages"),
        sentence=pgettext_lazy("web", "What e-mails and text messages say, looked at with a sample before it holds."),
        url_name="notices:kinds",
        needs=Notices.EDIT_TEMPLATES,
    ),
)


def open_to(actor: Actor) -> tuple[Entry, ...]:
    """The entries that some post of the actor opens."""
    return tuple(entry for entry in ENTRIES if holds(actor, entry.needs))
