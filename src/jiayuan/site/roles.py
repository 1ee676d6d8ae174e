# SPDX-License-Identifier: Apache-2.0
"""Who holds what: the roles of a city in prose. Stored by code; a post gives a role at an area or in a unit."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.cases.access import May as Cases
from jiayuan.duties.access import May as Duties
from jiayuan.inspections.access import May as Inspections
from jiayuan.kernel.access import Permission, Role, Scope
from jiayuan.media.access import May as Media
from jiayuan.notices.access import May as Notices
from jiayuan.papers.access import May as Papers
from jiayuan.people.access import May as People
from jiayuan.places.access import May as Places
from jiayuan.standards.access import May as Standards


def _role(code: str, name: Any, purpose: Any, scope: Scope, permissions: Iterable[Permission]) -> Role:
    return Role(code=code, name=name, purpose=purpose, scope=scope, permissions=frozenset(permissions))


ROLES = (
    _role(
        "acceptor",
        pgettext_lazy("people", "Acceptor"),
        pgettext_lazy("people", "Takes in reports: files them, has them verified, or says why not."),
        Scope.AREA,
        (
            Cases.SEE,
            Cases.NOTE,
            Cases.SEE_REPORTER,
            Cases.TRIAGE,
            Cases.CALL_BACK,
            Cases.ASK_REOPEN,
            Cases.IMPORT_LEDGER,
            Cases.SEE_FIGURES,
        ),
    ),
    _role(
        "dispatcher",
        pgettext_lazy("people", "Dispatcher"),
        pgettext_lazy("people", "Sends each filed case to the unit that answers for it."),
        Scope.AREA,
        (Cases.SEE, Cases.NOTE, Cases.DISPATCH, Cases.SEE_FIGURES, Cases.SEE_ROUTING),
    ),
    _role(
        "duty_chief",
        pgettext_lazy("people", "Duty chief"),
        pgettext_lazy("people", "Stands in for acceptors and dispatchers and decides what they leave open."),
        Scope.AREA,
        (
            Cases.SEE,
            Cases.EDIT_REPLIES,
            Cases.NOTE,
            Cases.SEE_REPORTER,
            Cases.TRIAGE,
            Cases.DISPATCH,
            Cases.SEE_FIGURES,
            Cases.SEE_ROUTING,
            Cases.EDIT_ROUTING,
            Cases.APPROVE,
            Cases.REDRAW,
            Cases.VOID,
            Cases.CALL_BACK,
            Cases.ASK_REOPEN,
            Cases.IMPORT_LEDGER,
            Cases.EDIT_GUIDE,
            Papers.SEE,
        ),
    ),
    _role(
        "handler",
        pgettext_lazy("people", "Handler"),
        pgettext_lazy("people", "Puts problems right for a unit: signs, handles, feeds back or returns."),
        Scope.UNIT,
        (Cases.SEE, Cases.NOTE, Cases.HANDLE),
    ),
    _role(
        "unit_lead",
        pgettext_lazy("people", "Head of a handling unit"),
        pgettext_lazy("people", "Answers for what a unit has in hand."),
        Scope.UNIT,
        (Cases.SEE, Cases.NOTE, Cases.HANDLE),
    ),
    _role(
        "grid_worker",
        pgettext_lazy("people", "Grid worker"),
        pgettext_lazy("people", "Reports problems of an area and verifies on site what others reported."),
        Scope.AREA,
        (
            Cases.SEE,
            Cases.NOTE,
            Cases.REPORT,
            Cases.VERIFY,
            Cases.SEE_CLEARING,
            Cases.LIST_CLEARING,
            Cases.ASK_REOPEN,
        ),
    ),
    _role(
        "checker",
        pgettext_lazy("people", "Checker"),
        pgettext_lazy("people", "Looks at what other units did, then closes or sends back."),
        Scope.AREA,
        (Cases.SEE, Cases.NOTE, Cases.CHECK, Cases.BE_DRAWN, Cases.SEE_FIGURES, Media.SEE_ORIGINAL),
    ),
    _role(
        "village_clerk",
        pgettext_lazy("people", "Village clerk"),
        pgettext_lazy("people", "Keeps the village's books: reports, verifies, sees what is open at home."),
        Scope.AREA,
        (
            Cases.SEE,
            Cases.NOTE,
            Cases.REPORT,
            Cases.VERIFY,
            Cases.SEE_FIGURES,
            People.KEEP_HOUSEHOLDS,
            Cases.SEE_CLEARING,
            Cases.LIST_CLEARING,
            Cases.ASK_REOPEN,
            Cases.IMPORT_LEDGER,
            Inspections.SEE,
        ),
    ),
    _role(
        "town_leader",
        pgettext_lazy("people", "Town leader"),
        pgettext_lazy("people", "Answers for a town or sub-district and sees everything open there."),
        Scope.AREA,
        (
            Cases.SEE,
            Cases.NOTE,
            Cases.SEE_FIGURES,
            People.SEE_PEOPLE,
            Cases.SEE_CLEARING,
            Cases.ACCEPT_CLEARING,
            Duties.EDIT_ZONES,
            Papers.SEE,
            Inspections.SEE,
        ),
    ),
    _role(
        "county_supervisor",
        pgettext_lazy("people", "County supervisor"),
        pgettext_lazy("people", "Watches over the work of a county and checks it on the spot."),
        Scope.AREA,
        (
            Cases.SEE,
            Cases.NOTE,
            Cases.CHECK,
            Cases.REDRAW,
            Cases.SEE_FIGURES,
            People.SEE_PEOPLE,
            Media.SEE_ORIGINAL,
            Cases.SEE_ROUTING,
            Cases.SEE_CLEARING,
            Cases.ACCEPT_CLEARING,
            Cases.DECIDE_APPEAL,
            Cases.ASK_REOPEN,
            Papers.SEE,
            Inspections.SEE,
            Inspections.PLAN,
        ),
    ),
    _role(
        "inspector",
        pgettext_lazy("people", "Inspector"),
        pgettext_lazy("people", "Is drawn to inspect places, scores them on the spot, reports what is found there."),
        Scope.AREA,
        (Cases.REPORT, Inspections.INSPECT, Inspections.SEE),
    ),
    _role(
        "city_leader",
        pgettext_lazy("people", "City leader"),
        pgettext_lazy("people", "Sees how the whole city stands, down to the single case."),
        Scope.AREA,
        (Cases.SEE, Cases.NOTE, Cases.SEE_FIGURES, Cases.SEE_ROUTING, Cases.SEE_CLEARING, Papers.SEE, Inspections.SEE),
    ),
    _role(
        "auditor",
        pgettext_lazy("people", "Auditor"),
        pgettext_lazy("people", "Reads everything and changes nothing."),
        Scope.AREA,
        (
            Cases.SEE,
            Cases.SEE_REPORTER,
            Cases.SEE_FIGURES,
            People.SEE_PEOPLE,
            Media.SEE_ORIGINAL,
            Cases.SEE_ROUTING,
            Cases.SEE_CLEARING,
            Papers.SEE,
            Inspections.SEE,
        ),
    ),
    _role(
        "administrator",
        pgettext_lazy("people", "Administrator"),
        pgettext_lazy("people", "Opens accounts, gives posts, keeps reference data; handles no cases."),
        Scope.AREA,
        (
            People.SEE_PEOPLE,
            People.MANAGE_POSTS,
            People.FORGET_PEOPLE,
            People.KEEP_HOUSEHOLDS,
            Places.IMPORT_PLACES,
            Standards.LOAD_STANDARDS,
            Standards.KEEP_CALENDAR,
            Notices.EDIT_TEMPLATES,
            Cases.EDIT_REPLIES,
            Cases.SEE_ROUTING,
            Cases.EDIT_ROUTING,
            Cases.EDIT_GUIDE,
            Duties.EDIT_LIST,
            Duties.EDIT_ZONES,
            Papers.SEE,
            Papers.VOID,
            Papers.LOAD,
            Inspections.SEE,
            Inspections.EDIT_SHEETS,
        ),
    ),
)
