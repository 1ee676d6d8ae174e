# SPDX-License-Identifier: Apache-2.0
"""Reading summons talks: pages, one, what can be the ground of one, and what invitation and minutes say."""

from collections.abc import Sequence

from django.utils.translation import override, pgettext

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, may
from jiayuan.papers import queries as papers
from jiayuan.papers.document import Block, Document, Heading, Items, Roll, Text, paragraph
from jiayuan.papers.enums import Form
from jiayuan.places import queries as places
from jiayuan.record.queries import Happened, happened_to
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import LIVE, Rung, SheetState, T, TalkState
from jiayuan.supervision.lifecycle import TALK
from jiayuan.supervision.models import Item, Talk
from jiayuan.supervision.queries.sheets import PAGE
from jiayuan.supervision.queries.urgings import MOST, reach
from jiayuan.supervision.queries.wording import PAPER_LANGUAGE, day_words

PAPER_OF_TALK = "talk"


def page_of_talks(actor: Actor, *, states: Sequence[TalkState], skip: int = 0) -> list[Talk]:
    """The talks in reach, newest first; one more than a page where there are more."""
    found = Talk.objects.filter(reach(actor, May.SEE), state__in=states)
    return list(found.order_by("-meets_at", "-pk")[skip : skip + PAGE + 1])


def talk_seen_by(actor: Actor, handle: str) -> Talk | None:
    """A talk inside the actor's reach, or None."""
    found = Talk.objects.filter(handle=handle).select_related("item__sheet", "sheet").first()
    return found if found is not None and may(actor, May.SEE, at=found.spot) else None


def grounds_of(unit_id: int) -> list[Item]:
    """The live items of a unit that pressed as far as the county or the city."""
    found = Item.objects.filter(
        sheet__unit=unit_id,
        sheet__state=SheetState.ISSUED,
        state__in=LIVE,
        escalations__to_rung__in=(Rung.COUNTY, Rung.CITY),
    )
    return list(found.select_related("sheet", "case").distinct().order_by("due_at", "pk")[:MOST])


def talks_to_hold(actor: Actor) -> list[Talk]:
    """Talks that wait to be held and written up."""
    found = Talk.objects.filter(reach(actor, May.SUMMON), state=TalkState.CALLED)
    return list(found.order_by("meets_at", "pk")[:PAGE])


def talks_to_attend(actor: Actor) -> list[Talk]:
    """Talks to which the actor's unit is summoned."""
    found = Talk.objects.filter(reach(actor, May.ANSWER), state=TalkState.CALLED)
    return list(found.order_by("meets_at", "pk")[:PAGE])


def moves_of_talk(actor: Actor, made: Talk) -> tuple[T, ...]:
    """What the actor may do with a talk now; nobody for the unit to which they belong."""
    if made.unit_id in actor.unit_ids:
        return ()
    return tuple(verb for verb, row in TALK.items() if made.state in row.sources and may(actor, row.by, at=made.spot))


def history_of_talk(made: Talk) -> list[Happened]:
    """What happened to a talk, oldest first."""
    return happened_to(made.ref)


# ── its papers ───────────────────────────────────────────────────────────────────────────────────────────────────────


def requirement_of_talk(made: Talk) -> str:
    """What the sheet of its commitments says."""
    with override(PAPER_LANGUAGE):
        words = pgettext("supervision", "Promised at the summons talk of %(day)s (%(number)s).")
        return words % {"day": day_words(made.meets_at), "number": made.number}


def invitation_of_talk(made: Talk) -> Document:
    """The letter that summons: who by post, when, where and why."""
    with override(PAPER_LANGUAGE):
        words = pgettext(
            "supervision",
            "The %(summoned)s of your unit is asked to a talk with %(host)s on %(day)s at %(hour)s, %(venue)s.",
        )
        told = words % {
            "summoned": made.summoned,
            "host": made.host,
            "day": day_words(made.meets_at),
            "hour": f"{clock.local(made.meets_at):%H:%M}",
            "venue": made.venue,
        }
        return _document(made, Form.LETTER, pgettext("supervision", "Summons of %(unit)s"), (told, *_why(made)))


def _why(made: Talk) -> list[str]:
    why = [pgettext("supervision", "Why: %(cause)s.") % {"cause": made.get_cause_display()}]
    if made.item is not None:
        words = pgettext("supervision", "It is about item %(number)s of %(sheet)s.")
        why.append(words % {"number": made.item.number, "sheet": made.item.sheet.number})
    return [*why, made.reason] if made.reason else why


def minutes_of_talk(made: Talk, commitments: Sequence[str]) -> Document:
    """The minutes: why, what was said, what was promised."""
    with override(PAPER_LANGUAGE):
        said = pgettext("supervision", "On %(day)s %(host)s talked with the %(summoned)s of the unit, %(venue)s.")
        opening = said % {
            "day": day_words(made.meets_at),
            "host": made.host,
            "summoned": made.summoned,
            "venue": made.venue,
        }
        told = _document(made, Form.MINUTES, pgettext("supervision", "Minutes of the talk with %(unit)s"), ())
        body: tuple[Block, ...] = (
            paragraph(opening),
            *(paragraph(text) for text in _why(made)),
            Heading(1, pgettext("supervision", "What was said")),
            paragraph(made.minutes),
            Heading(1, pgettext("supervision", "What was promised")),
            Items(items=tuple((Text(one),) for one in commitments), is_numbered=True),
        )
        roll = Roll(label=pgettext("supervision", "Present"), names=made.present)
        return Document(
            form=told.form,
            title=told.title,
            office=told.office,
            on=clock.on(made.held_at or made.moved_at),
            body=body,
            rolls=(roll,),
            printed_by=told.printed_by,
            printed_on=clock.on(made.held_at or made.moved_at),
        )


def _document(made: Talk, form: Form, title: str, body: Sequence[str]) -> Document:
    office, unit = papers.office(made.office), places.organisation(made.unit_id)
    name = office.name if office else made.office
    return Document(
        form=form,
        title=title % {"unit": unit.short_name if unit else ""},
        office=name,
        on=clock.on(made.moved_at),
        recipients=(unit.name if unit else "",),
        body=tuple(paragraph(text) for text in body),
        printed_by=name,
        printed_on=clock.on(made.moved_at),
    )
