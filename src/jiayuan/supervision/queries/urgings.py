# SPDX-License-Identifier: Apache-2.0
"""Reading supervision sheets: pages, one, what may be done with it, what waits for whom, and what its paper says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import override, pgettext

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Permission, arms, may
from jiayuan.papers import queries as papers
from jiayuan.papers.document import Document, paragraph
from jiayuan.papers.enums import Form
from jiayuan.places import queries as places
from jiayuan.record.queries import Happened, happened_to
from jiayuan.standards import queries as standards
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import URGING_LIVE, G, ItemState, Pattern, UrgingState
from jiayuan.supervision.lifecycle import URGING
from jiayuan.supervision.models import Item, Sheet, Urging
from jiayuan.supervision.queries.sheets import PAGE
from jiayuan.supervision.queries.wording import PAPER_LANGUAGE, day_words, matters_of
from jiayuan.supervision.rules.colours import Urged, next_colour

PAPER_OF_URGING = "supervision"
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsked:
    """Which page of a list was asked for, and how many rows lie before it."""

    number: int
    skip: int
    size: int = PAGE


def page_asked(text: str) -> PageAsked:
    """A page by its number; the first one for whatever is none."""
    number = int(text) if text.isdecimal() and len(text) < 5 else 0
    return PageAsked(number=number, skip=number * PAGE)


def reach(actor: Actor, permission: Permission) -> Q:
    """What stands at a unit inside somebody's reach."""
    inside = (Q(**arm.lookup) if arm.column else Q(pk__isnull=False) for arm in arms(actor, permission))
    return reduce(or_, inside, Q(pk__in=()))


def page_of_urgings(actor: Actor, *, states: Sequence[UrgingState], skip: int = 0) -> list[Urging]:
    """The supervision sheets in reach, newest first; one more than a page where there are more."""
    found = Urging.objects.filter(reach(actor, May.SEE), state__in=states).select_related("item__sheet")
    return list(found.order_by("-issued_at", "-pk")[skip : skip + PAGE + 1])


def urging_seen_by(actor: Actor, handle: str) -> Urging | None:
    """A supervision sheet inside the actor's reach, or None."""
    found = Urging.objects.filter(handle=handle).select_related("item__sheet", "item__case", "paper").first()
    return found if found is not None and may(actor, May.SEE, at=found.spot) else None


def urgings_of(items: Iterable[Item]) -> dict[int, Urging]:
    """The live supervision sheet of each item."""
    live = Urging.objects.filter(item__in=[item.pk for item in items], state__in=URGING_LIVE)
    return {made.item_id: made for made in live}


def is_urged(sheet_id: int) -> bool:
    """Whether a supervision sheet presses any item of a sheet."""
    return Urging.objects.filter(item__sheet=sheet_id, state__in=URGING_LIVE).exists()


def urgings_around(made: Urging) -> list[Urging]:
    """Other supervision sheets of the same item, over by now."""
    return list(Urging.objects.filter(item=made.item_id).exclude(pk=made.pk).order_by("-issued_at"))


def history_of_urging(made: Urging) -> list[Happened]:
    """What happened to it, oldest first."""
    return happened_to(made.ref)


def moves_of_urging(actor: Actor, made: Urging) -> tuple[G, ...]:
    """What the actor may do now; the unit never judges itself, and only its item ends it."""
    own = made.unit_id in actor.unit_ids
    return tuple(
        verb
        for verb, row in URGING.items()
        if verb is not G.CLOSE
        and made.state in row.sources
        and may(actor, row.by, at=made.spot)
        and not (own and row.by is not May.ANSWER)
        and not (verb is G.RAISE and (made.pattern == Pattern.STATE or next_colour(made.colour) is None))
    )


def may_urge(actor: Actor, sheet: Sheet, item: Item) -> bool:
    """Whether the actor may press an item by a supervision sheet; whether one presses already is asked elsewhere."""
    return (
        item.state == ItemState.OPEN
        and item.paused_at is None
        and sheet.unit_id not in actor.unit_ids
        and may(actor, May.ISSUE, at=sheet.spot)
    )


def to_reply(actor: Actor) -> list[Urging]:
    """Supervision sheets that wait for a reply of the actor's unit, the most urgent first."""
    found = Urging.objects.filter(reach(actor, May.ANSWER), state=UrgingState.OPEN)
    return list(found.select_related("item__sheet").order_by("reply_due_at", "pk")[:MOST])


def to_judge_replies(actor: Actor) -> list[Urging]:
    """Replies that wait for the issuing side, the longest waiting first."""
    found = Urging.objects.filter(reach(actor, May.ACCEPT), state=UrgingState.REPLIED)
    mine = found.exclude(unit_id__in=actor.unit_ids).select_related("item__sheet")
    return list(mine.order_by("replied_at", "pk")[:MOST])


def urged(made: Urging, item: Item) -> Urged:
    """A supervision sheet as the rule of the clock wants it."""
    return Urged(
        colour=made.colour,
        reply_due_at=made.reply_due_at,
        waits_for_reply=made.state == UrgingState.OPEN and item.state == ItemState.OPEN,
        stands_still=item.paused_at is not None,
    )


def document_of_urging(made: Urging, sheet: Sheet, item: Item) -> Document:
    """The paper of a supervision sheet that is being issued."""
    with override(PAPER_LANGUAGE):
        office, unit = papers.office(made.office), places.organisation(made.unit_id)
        name = office.name if office else made.office
        return Document(
            form=Form.OFFICIAL,
            title=_title(made, unit.short_name if unit else ""),
            office=name,
            on=clock.on(made.issued_at),
            recipients=(unit.name if unit else "",),
            body=tuple(paragraph(text) for text in _body(made, sheet, item) if text),
            printed_by=name,
            printed_on=clock.on(made.issued_at),
        )


def _title(made: Urging, unit: str) -> str:
    if made.colour:
        words = pgettext("supervision", "%(colour)s supervision sheet for %(unit)s")
        return words % {"colour": made.get_colour_display(), "unit": unit}
    return pgettext("supervision", "Supervision sheet for %(unit)s") % {"unit": unit}


def _body(made: Urging, sheet: Sheet, item: Item) -> list[str]:
    matter = matters_of([item]).get(item.pk, "")
    name = str(standards.problem_class(item.problem_class_id).name) if item.problem_class_id else ""
    listed = pgettext(
        "supervision",
        "Item %(number)s of %(sheet)s (%(place)s: %(what)s) is due on %(due)s. Why it is pressed: %(reason)s.",
    )
    reply = pgettext(
        "supervision",
        "Put it right at once and reply in writing by %(due)s: what was done, or why it could not be done and when it "
        "will be.",
    )
    return [
        listed
        % {
            "number": item.number,
            "sheet": sheet.number,
            "place": places.path_name(item.place),
            "what": "，".join(part for part in (name, matter) if part),
            "due": day_words(item.due_at or made.issued_at),
            "reason": made.get_reason_display(),
        },
        made.requirement,
        reply % {"due": day_words(made.reply_due_at)},
    ]
