# SPDX-License-Identifier: Apache-2.0
"""Reading joint meetings: pages, one, what could be put on an agenda, and what the minutes say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import override, pgettext

from jiayuan.cases import queries as cases
from jiayuan.duties import queries as duties
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, arms, may
from jiayuan.papers import queries as papers
from jiayuan.papers.document import Document, Heading, Paragraph, paragraph
from jiayuan.papers.document import Roll as PaperRoll
from jiayuan.papers.enums import Form
from jiayuan.places import queries as places
from jiayuan.record.queries import Happened, happened_to
from jiayuan.standards import queries as standards
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import AgendaKind, Attendance, K, MeetingState
from jiayuan.supervision.lifecycle import MEETING
from jiayuan.supervision.models import Agendum, Decision, Meeting, Roll
from jiayuan.supervision.queries.ground import home_of, spot_of_unit
from jiayuan.supervision.queries.sheets import PAGE
from jiayuan.supervision.queries.wording import PAPER_LANGUAGE

PAPER_OF_MEETING = "minutes"
LONGEST_REQUIREMENT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What waits for a joint meeting: a case with its third return, or a whistle that nobody could decide."""

    kind: AgendaKind
    handle: str
    place: str
    class_id: int | None = None
    class_key: str = ""
    returns: int = 0


def _reach(actor: Actor) -> Q:
    """Areas by their columns; a unit sees the meetings to which it was invited."""
    found = Q(pk__in=())
    for arm in arms(actor, May.SEE):
        if arm.column == "unit_id":
            found |= Q(Exists(Roll.objects.filter(meeting=OuterRef("pk"), **arm.lookup)))
        else:
            found |= Q(**arm.lookup) if arm.column else Q(pk__isnull=False)
    return found


def page_of_meetings(actor: Actor, *, states: Sequence[MeetingState], skip: int = 0) -> list[Meeting]:
    """The meetings in reach, newest first; one more than a page where there are more."""
    found = Meeting.objects.filter(_reach(actor), state__in=states)
    return list(found.order_by("-meets_at", "-pk")[skip : skip + PAGE + 1])


def meeting_seen_by(actor: Actor, handle: str) -> Meeting | None:
    """A meeting inside the actor's reach, or None."""
    return Meeting.objects.filter(_reach(actor), handle=handle).select_related("paper").first()


def agenda_of(made: Meeting) -> list[Agendum]:
    """The agenda of a meeting with its decisions and what became of them."""
    decided = Decision.objects.select_related("item__sheet", "item__case").order_by("pk")
    found = Agendum.objects.filter(meeting=made).select_related("case").order_by("number")
    return list(found.prefetch_related(Prefetch("decisions", queryset=decided)))


def rolls_of(made: Meeting) -> list[Roll]:
    """The units of a meeting, in the order of their codes."""
    return list(Roll.objects.filter(meeting=made).select_related("unit").order_by("unit__code"))


def meetings_to_finish(actor: Actor) -> list[Meeting]:
    """Meetings that wait for whoever prepares them: planned, or held without minutes."""
    if not arms(actor, May.MEET):
        return []
    reach = Q(pk__in=())
    for arm in arms(actor, May.MEET):
        reach |= Q(**arm.lookup) if arm.column else Q(pk__isnull=False)
    found = Meeting.objects.filter(reach, state__in=(MeetingState.PLANNED, MeetingState.HELD))
    return list(found.order_by("meets_at", "pk")[:PAGE])


def moves_of_meeting(actor: Actor, made: Meeting) -> tuple[K, ...]:
    """What the actor may do with a meeting now."""
    return tuple(
        verb for verb, row in MEETING.items() if made.state in row.sources and may(actor, row.by, at=made.spot)
    )


def proposed(actor: Actor) -> list[Proposed]:
    """What could be put on an agenda: cases returned three times, then whistles without a decision."""
    found = [
        Proposed(
            kind=AgendaKind.CASE,
            handle=row.handle,
            place=row.village,
            class_id=row.problem_class_id,
            returns=row.returns,
        )
        for row in cases.for_the_meeting(actor)
    ]
    return found + [
        Proposed(kind=AgendaKind.WHISTLE, handle=one.handle, place=one.place, class_key=one.class_key)
        for one in _whistles(actor)
    ]


def _whistles(actor: Actor) -> "list[duties.Whistle]":
    waiting = {heap.verb: heap for heap in duties.whistles_waiting(actor)}
    refused = [unit.whistle for unit in waiting["refusing"].units] if "refusing" in waiting else []
    undecided = list(waiting["triage"].whistles) if "triage" in waiting else []
    return list({one.pk: one for one in (*refused, *undecided)}.values())


def units_to_decide(actor: Actor, agendum: Agendum) -> list[places.Unit]:
    """The units that can be given something by a decision; of a case those that answer for its place."""
    found = places.units_for(agendum.case.village) if agendum.case is not None else places.organisations()
    return [unit for unit in found if _may_assign(actor, unit)]


def units_to_invite(actor: Actor) -> list[places.Unit]:
    """The units inside the actor's reach."""
    return [unit for unit in places.organisations() if _may_assign(actor, unit)]


def _may_assign(actor: Actor, unit: places.Unit) -> bool:
    home = home_of(unit.id)
    return home is not None and may(actor, May.ISSUE, at=spot_of_unit(unit.id, home))


def history_of_meeting(made: Meeting) -> list[Happened]:
    """What happened to a meeting, oldest first."""
    return happened_to(made.ref)


# ── the minutes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def requirement_of_meeting(made: Meeting, own: Sequence[Decision]) -> str:
    """What a unit's sheet says: which meeting decided, and the words of decisions about cases."""
    with override(PAPER_LANGUAGE):
        told = pgettext("supervision", "Decided by: %(title)s (%(day)s).") % {
            "title": made.title,
            "day": _day(clock.on(made.meets_at)),
        }
        words = [one.what for one in own if one.agendum.case_id is not None]
    return "\n".join([told, *words])[:LONGEST_REQUIREMENT]


def document_of_meeting(made: Meeting, decided: Sequence[Decision], *, on: date) -> Document:
    """The minutes: who met when under whom, and item by item what was decided."""
    with override(PAPER_LANGUAGE):
        office = papers.office(made.office)
        name = office.name if office else made.office
        return Document(
            form=Form.MINUTES,
            title=pgettext("supervision", "Minutes of: %(title)s") % {"title": made.title},
            office=name,
            on=on,
            body=tuple(_body(made, decided)),
            rolls=_rolls(made),
            printed_by=name,
            printed_on=on,
        )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _body(made: Meeting, decided: Sequence[Decision]) -> "list[Heading | Paragraph]":
    opening = pgettext("supervision", "The joint meeting took place on %(day)s%(venue)s%(chair)s. What was decided:")
    said: list[Heading | Paragraph] = []
    if made.is_example:
        said.append(paragraph(pgettext("supervision", "Example: this meeting was made up to show how it works.")))
    said.append(
        paragraph(
            opening
            % {
                "day": _day(clock.on(made.meets_at)),
                "venue": pgettext("supervision", " at %(venue)s") % {"venue": made.venue} if made.venue else "",
                "chair": pgettext("supervision", ", led by %(chair)s") % {"chair": made.chair} if made.chair else "",
            }
        )
    )
    for agendum in agenda_of(made):
        said.append(Heading(1, about_agendum(agendum)))
        own = [one for one in decided if one.agendum_id == agendum.pk]
        said += [paragraph(_decision(one)) for one in own]
        if not own:
            said.append(paragraph(pgettext("supervision", "Taken note of; nothing was decided.")))
    return said


def about_agendum(agendum: Agendum) -> str:
    """What an item of the agenda is about. A reporter's words never stand here."""
    match AgendaKind(agendum.kind):
        case AgendaKind.CASE:
            case = agendum.case
            if case is None:
                raise ValueError("an item of the kind case has its case")
            name = str(standards.problem_class(case.problem_class_id).name)
            words = pgettext("supervision", "%(what)s at %(place)s (case %(handle)s)")
            return words % {"what": name, "place": places.path_name(case.village), "handle": case.handle}
        case AgendaKind.WHISTLE:
            return _about_whistle(agendum.whistle)
        case _:
            return agendum.matter


def _about_whistle(handle: str) -> str:
    whistle = duties.Whistle.objects.filter(handle=handle).only("class_key", "place").first()
    if whistle is None:
        return pgettext("supervision", "Whistle %(handle)s") % {"handle": handle}
    found = standards.class_by_key(standards.ClassKey.read(whistle.class_key))
    words = pgettext("supervision", "Whistle: %(what)s at %(place)s (%(handle)s)")
    name = str(found.name) if found is not None else whistle.class_key
    return words % {"what": name, "place": places.path_name(whistle.place), "handle": handle}


def _decision(one: Decision) -> str:
    unit = places.organisation(one.unit_id)
    words = pgettext("supervision", "%(unit)s: %(what)s To be done by %(day)s.")
    return words % {"unit": unit.name if unit else "", "what": _stopped(one.what), "day": _day(one.until)}


def _stopped(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith(("。", "！", "？", ".", "；")) else f"{text}。"


def _rolls(made: Meeting) -> tuple[PaperRoll, ...]:
    labels = {
        Attendance.PRESENT: pgettext("supervision", "Present"),
        Attendance.EXCUSED: pgettext("supervision", "Excused"),
    }
    found = rolls_of(made)
    rolls = []
    for attendance, label in labels.items():
        names = [f"{roll.unit.short_name}{roll.post}" for roll in found if roll.attendance == attendance]
        if names:
            rolls.append(PaperRoll(label=label, names="，".join(names)))
    return tuple(rolls)
