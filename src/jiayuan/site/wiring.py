# SPDX-License-Identifier: Apache-2.0
"""Who hears what: every kind of event, every reader, every fold, in one place that can be read at a glance."""

from django.urls import reverse

from jiayuan.cases import events as case_events
from jiayuan.cases import queries as case_queries
from jiayuan.cases import reactions as case_reactions
from jiayuan.cases import tallies as case_tallies
from jiayuan.cases.queries import figures, loading
from jiayuan.cases.queries.figures import hold_progress
from jiayuan.duties import events as duty_events
from jiayuan.duties import reactions as duty_reactions
from jiayuan.inspections import events as inspection_events
from jiayuan.inspections import reactions as inspection_reactions
from jiayuan.kernel.access import hold_roles
from jiayuan.media import events as media_events
from jiayuan.notices import events as notice_events
from jiayuan.notices import kinds as notice_kinds
from jiayuan.papers import events as paper_events
from jiayuan.people import events as people_events
from jiayuan.places import events as place_events
from jiayuan.record import counters, readers
from jiayuan.record import events as record_events
from jiayuan.site import jobs
from jiayuan.site.roles import ROLES
from jiayuan.standards import events as standard_events
from jiayuan.supervision import events as supervision_events
from jiayuan.supervision import reactions as supervision_reactions
from jiayuan.web.cases import telling
from jiayuan.web.clearing import telling as clearing_telling
from jiayuan.web.inspections import telling as inspection_telling
from jiayuan.web.inspections import visits as inspection_visits
from jiayuan.web.media.sight import hold_sights
from jiayuan.web.supervision import telling as supervision_telling
from jiayuan.web.whistles import telling as whistle_telling

EVENTS = (
    *case_events.EVENTS,
    *duty_events.EVENTS,
    *inspection_events.EVENTS,
    *media_events.EVENTS,
    *notice_events.EVENTS,
    *paper_events.EVENTS,
    *people_events.EVENTS,
    *place_events.EVENTS,
    *standard_events.EVENTS,
    *supervision_events.EVENTS,
)

READERS = (
    counters.READER,
    readers.Reader(name="notices", apply=case_reactions.tell, parks=True),
    readers.Reader(name="clearing_notices", apply=case_reactions.tell_of_lists, parks=True),
    readers.Reader(name="residents", apply=case_reactions.tell_residents, parks=True),
    readers.Reader(name="retention", apply=case_reactions.hold_received, parks=True),
    readers.Reader(name="routing", apply=case_reactions.route),
    readers.Reader(name="forgetting", apply=case_reactions.forget_reporters, parks=True),
    readers.Reader(name="sheets_follow_cases", apply=supervision_reactions.follow_cases, parks=True),
    readers.Reader(name="urgings_follow_items", apply=supervision_reactions.follow_items, parks=True),
    readers.Reader(name="sheet_notices", apply=supervision_reactions.tell, parks=True),
    readers.Reader(name="inspection_notices", apply=inspection_reactions.tell, parks=True),
    readers.Reader(name="forgetting_appellants", apply=inspection_reactions.forget_appellants, parks=True),
    readers.Reader(name="deadlines", apply=case_reactions.recompute_deadlines, parks=True),
    readers.Reader(name="whistles", apply=duty_reactions.tell_of_whistles, parks=True),
    readers.Reader(name="forgetting_whistlers", apply=duty_reactions.forget_whistlers, parks=True),
)

FOLDS = case_tallies.FOLDS


def wire() -> None:
    """Connect the house. Called once, while the program starts."""
    record_events.hold_kinds(EVENTS, case_events.UPCASTERS)
    readers.hold_readers(READERS)
    counters.hold_folds(FOLDS)
    figures.hold_progress(case_queries.loading)
    hold_roles(ROLES)
    of_cases = (*telling.KINDS, *telling.TOLD, *clearing_telling.KINDS)
    of_rounds = inspection_telling.KINDS
    notice_kinds.hold_kinds((*of_cases, *whistle_telling.KINDS, *supervision_telling.KINDS, *of_rounds))
    notice_kinds.hold_addresses({"contact": case_queries.phone_of_contact, "follower": case_queries.phone_of_follower})
    notice_kinds.hold_way_out(lambda token: reverse("notices:stop", args=[token]))
    hold_sights(
        {
            "case": telling.sight,
            "clearing_row": clearing_telling.sight,
            "inspection_finding": inspection_visits.sight_of_finding,
            "inspection_appeal": inspection_visits.sight_of_appeal,
        }
    )
    hold_progress(loading)
    jobs.hang_bells()
