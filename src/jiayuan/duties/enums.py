# SPDX-License-Identifier: Apache-2.0
"""Stored codes of the room; they never change, what they are called may."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What sort of document a list is."""

    RESPONSIBILITY = "responsibility", pgettext_lazy("duties", "Responsibility list")
    TOWNS = "towns", pgettext_lazy("duties", "Duty list of towns and sub-districts")


class Standing(TextChoices):
    """Whether a version is still being written. Whether a published one is in force follows from its day."""

    DRAFT = "draft", pgettext_lazy("duties", "Draft")
    PUBLISHED = "published", pgettext_lazy("duties", "Published")


class Force(TextChoices):
    """How a version stands on a day."""

    DRAFT = "draft", pgettext_lazy("duties", "Draft")
    COMING = "coming", pgettext_lazy("duties", "Published, not yet in force")
    IN_FORCE = "in_force", pgettext_lazy("duties", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("duties", "Superseded")


class Part(TextChoices):
    """To which part of a list an entry belongs."""

    BASIC = "basic", pgettext_lazy("duties", "Basic duty")
    COOPERATIVE = "cooperative", pgettext_lazy("duties", "Cooperative duty")
    TAKEN_BACK = "taken_back", pgettext_lazy("duties", "Taken back by the department")


class Change(TextChoices):
    """What became of an entry between two versions."""

    ADDED = "added", pgettext_lazy("duties", "Added")
    CHANGED = "changed", pgettext_lazy("duties", "Changed")
    REMOVED = "removed", pgettext_lazy("duties", "Taken out")


class ZoneKind(TextChoices):
    """What shape a zone has."""

    ROAD = "road", pgettext_lazy("duties", "Road section")
    AREA = "area", pgettext_lazy("duties", "Area")
    PLACES = "places", pgettext_lazy("duties", "List of places")


class WhistleKind(TextChoices):
    """How pressing a whistle is; each kind has clocks of its own."""

    DAILY = "daily", pgettext_lazy("duties", "Daily whistle")
    HARD_TASK = "hard_task", pgettext_lazy("duties", "Hard-task whistle")
    EMERGENCY = "emergency", pgettext_lazy("duties", "Emergency whistle")


class WhistleState(TextChoices):
    """Where a whistle stands."""

    APPLIED = "applied", pgettext_lazy("duties", "With the town's leader")
    TRIAGE = "triage", pgettext_lazy("duties", "With the triage office")
    CALLED = "called", pgettext_lazy("duties", "Units called")
    ANSWERED = "answered", pgettext_lazy("duties", "Answered, to be rated")
    RATED = "rated", pgettext_lazy("duties", "Rated and closed")
    TURNED_DOWN = "turned_down", pgettext_lazy("duties", "Turned down")
    WITHDRAWN = "withdrawn", pgettext_lazy("duties", "Withdrawn")


WHISTLE_OVER = (WhistleState.RATED, WhistleState.TURNED_DOWN, WhistleState.WITHDRAWN)
"""States in which nobody has anything to do any more."""


class UnitState(TextChoices):
    """Where a called unit stands."""

    CALLED = "called", pgettext_lazy("duties", "to sign on")
    SIGNED = "signed", pgettext_lazy("duties", "signed on")
    ON_SITE = "on_site", pgettext_lazy("duties", "on site")
    ANSWERED = "answered", pgettext_lazy("duties", "result told")
    REFUSING = "refusing", pgettext_lazy("duties", "refuses, to be decided")
    RELEASED = "released", pgettext_lazy("duties", "released")


UNIT_AT_WORK = (UnitState.CALLED, UnitState.SIGNED, UnitState.ON_SITE)
"""States in which a clock of the unit runs."""


class UnitRole(TextChoices):
    """What a called unit is there for."""

    LEAD = "lead", pgettext_lazy("duties", "leads")
    ASSIST = "assist", pgettext_lazy("duties", "assists")


class W(TextChoices):
    """Moves of a whistle, named as their buttons."""

    APPROVE = "approve", pgettext_lazy("duties", "Pass it on to the triage office")
    TURN_DOWN = "turn_down", pgettext_lazy("duties", "Turn down")
    WITHDRAW = "withdraw", pgettext_lazy("duties", "Withdraw")
    LINK = "link", pgettext_lazy("duties", "Link a case")
    ASSIGN = "assign", pgettext_lazy("duties", "Call the units")
    DISMISS = "dismiss", pgettext_lazy("duties", "No matter for a whistle")
    COMPLETE = "complete", pgettext_lazy("duties", "All results are there")
    RETRIAGE = "retriage", pgettext_lazy("duties", "No unit is left")
    RATE = "rate", pgettext_lazy("duties", "Rate")


class U(TextChoices):
    """Moves of a called unit, named as their buttons."""

    SIGN = "sign", pgettext_lazy("duties", "Sign on")
    ARRIVE = "arrive", pgettext_lazy("duties", "Report on site")
    TELL_MEASURES = "tell_measures", pgettext_lazy("duties", "Tell measures")
    TELL_RESULT = "tell_result", pgettext_lazy("duties", "Tell the result")
    REFUSE = "refuse", pgettext_lazy("duties", "Refuse, citing the list")
    RELEASE = "release", pgettext_lazy("duties", "Release the unit")
    INSIST = "insist", pgettext_lazy("duties", "The unit has to answer")


class NoWhistle(TextChoices):
    """Why something becomes no whistle."""

    OWN_WORK = "own_work", pgettext_lazy("duties", "The town can solve it itself")
    ORDINARY_CASE = "ordinary", pgettext_lazy("duties", "Ordinary work: report it as a case")
    TWICE = "twice", pgettext_lazy("duties", "Whistled for already")
    UNCLEAR = "unclear", pgettext_lazy("duties", "It is not clear what is wanted")


class Outside(TextChoices):
    """Why a unit is called that the responsibility list does not name."""

    LIST_SILENT = "silent", pgettext_lazy("duties", "The list says nothing about it")
    BEYOND_ITS_KIND = "beyond", pgettext_lazy("duties", "The matter goes beyond its kind")
    LEADERS_DECIDED = "leaders", pgettext_lazy("duties", "The leading group decided so")
    EMERGENCY = "emergency", pgettext_lazy("duties", "Emergency")


class WhistleTextKind(TextChoices):
    """What a text at a whistle is."""

    WORDS = "words", pgettext_lazy("duties", "What is wanted")
    NOTE = "note", pgettext_lazy("duties", "Note")
    MEASURES = "measures", pgettext_lazy("duties", "Measures")
    RESULT = "result", pgettext_lazy("duties", "Result")
    COMMENT = "comment", pgettext_lazy("duties", "Comment")


class GroupKind(TextChoices):
    """What sort of body a document founded."""

    LEADING = "leading", pgettext_lazy("duties", "Leading group")
    TASK_FORCE = "task_force", pgettext_lazy("duties", "Task force")


class GroupRole(TextChoices):
    """As what somebody belongs to a group, in the order in which documents list them."""

    HEAD = "head", pgettext_lazy("duties", "Head of the group")
    DEPUTY = "deputy", pgettext_lazy("duties", "Deputy head")
    MEMBER = "member", pgettext_lazy("duties", "Member")
    OFFICE_HEAD = "office_head", pgettext_lazy("duties", "Head of its office")
    OFFICE_DEPUTY = "office_deputy", pgettext_lazy("duties", "Deputy head of its office")
    LIAISON = "liaison", pgettext_lazy("duties", "Liaison")


class SwapState(TextChoices):
    """What became of a turn that somebody cannot take."""

    ASKED = "asked", pgettext_lazy("duties", "somebody is looked for")
    TAKEN = "taken", pgettext_lazy("duties", "somebody stands in")
    WITHDRAWN = "withdrawn", pgettext_lazy("duties", "comes after all")
