# SPDX-License-Identifier: Apache-2.0
"""The words of a case that are stored. A stored code never changes; what it is called may."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where a case stands."""

    REPORTED = "reported", pgettext_lazy("cases", "Reported")
    VERIFYING = "verifying", pgettext_lazy("cases", "Being verified on site")
    VERIFIED = "verified", pgettext_lazy("cases", "Verified on site")
    REJECTED = "rejected", pgettext_lazy("cases", "Not filed")
    FILED = "filed", pgettext_lazy("cases", "Filed")
    DISPATCHED = "dispatched", pgettext_lazy("cases", "Dispatched")
    RETURNED = "returned", pgettext_lazy("cases", "Returned by the unit")
    HANDLING = "handling", pgettext_lazy("cases", "Being handled")
    FED_BACK = "fed_back", pgettext_lazy("cases", "Waiting for the check")
    REWORK = "rework", pgettext_lazy("cases", "Sent back for rework")
    CLOSED = "closed", pgettext_lazy("cases", "Closed")


class V(TextChoices):
    """The moves of a case: verbs, as they stand on buttons."""

    ASK_VERIFY = "ask_verify", pgettext_lazy("cases", "Have it verified")
    FIND = "find", pgettext_lazy("cases", "Say what was found")
    FILE = "file", pgettext_lazy("cases", "File")
    REJECT = "reject", pgettext_lazy("cases", "Do not file")
    DISPATCH = "dispatch", pgettext_lazy("cases", "Dispatch")
    SIGN = "sign", pgettext_lazy("cases", "Sign for it")
    RETURN = "return", pgettext_lazy("cases", "Return")
    FEED_BACK = "feed_back", pgettext_lazy("cases", "Feed back")
    CLOSE = "close", pgettext_lazy("cases", "Close")
    SEND_BACK = "send_back", pgettext_lazy("cases", "Send back")


class Source(TextChoices):
    """Where a report came from; it decides whether the problem is verified on site first."""

    PUBLIC = "public", pgettext_lazy("cases", "Resident")
    GRID = "grid", pgettext_lazy("cases", "Grid worker")
    INSPECTOR = "inspector", pgettext_lazy("cases", "Inspector")


class Finding(TextChoices):
    """What was found on site before filing."""

    THERE = "there", pgettext_lazy("cases", "It is there")
    GONE = "gone", pgettext_lazy("cases", "It is not there")


class Refusal(TextChoices):
    """Why a report is not filed. The reporter reads it."""

    NOT_THERE = "not_there", pgettext_lazy("cases", "Nothing was found on site")
    DUPLICATE = "duplicate", pgettext_lazy("cases", "Already being dealt with")
    NOT_OURS = "not_ours", pgettext_lazy("cases", "Not a matter of Clean Homes")
    UNCLEAR = "unclear", pgettext_lazy("cases", "Place or problem cannot be made out")


class ReturnReason(TextChoices):
    """Why a unit gives a case back to the dispatcher."""

    NOT_OURS = "not_ours", pgettext_lazy("cases", "Not the duty of this unit")
    WRONG_PLACE = "wrong_place", pgettext_lazy("cases", "Outside the area of this unit")
    NEEDS_OTHERS = "needs_others", pgettext_lazy("cases", "Needs another unit first")


class Shortfall(TextChoices):
    """Why a checker sends a case back."""

    NOT_DONE = "not_done", pgettext_lazy("cases", "The problem is still there")
    PARTLY = "partly", pgettext_lazy("cases", "Only part of it is done")
    WRONG_PHOTO = "wrong_photo", pgettext_lazy("cases", "The picture shows another place")


class TextKind(TextChoices):
    """What an erasable text says."""

    REPORT = "report", pgettext_lazy("cases", "Report")
    PLACE = "place", pgettext_lazy("cases", "Place")
    NOTE = "note", pgettext_lazy("cases", "Note")


OPEN = (
    State.REPORTED,
    State.VERIFYING,
    State.VERIFIED,
    State.FILED,
    State.DISPATCHED,
    State.RETURNED,
    State.HANDLING,
    State.FED_BACK,
    State.REWORK,
)
WITH_UNIT = (State.DISPATCHED, State.HANDLING, State.FED_BACK, State.REWORK)
TAKEN_ON = (State.FILED, State.RETURNED, *WITH_UNIT, State.CLOSED)
SIGNED_FOR = (State.HANDLING, State.FED_BACK, State.REWORK, State.CLOSED)
HANDLED = (State.FED_BACK, State.CLOSED)
RUNNING = (State.DISPATCHED, State.HANDLING, State.REWORK)
ENDED = (State.CLOSED, State.REJECTED)


class Hours(TextChoices):
    """At which time of day a routing rule holds."""

    ANY = "", pgettext_lazy("cases", "At any time")
    WORKING = "working", pgettext_lazy("cases", "In working hours")
    OFF = "off", pgettext_lazy("cases", "Outside working hours")
    SPAN = "span", pgettext_lazy("cases", "From one hour to another")


class Target(TextChoices):
    """To whom a routing rule sends: one unit, or whoever governs the place."""

    UNIT = "unit", pgettext_lazy("cases", "A certain unit")
    GOVERNING = "governing", pgettext_lazy("cases", "Whoever governs the place")


class RuleChange(TextChoices):
    """What was done to a routing rule."""

    MADE = "made", pgettext_lazy("cases", "written")
    CHANGED = "changed", pgettext_lazy("cases", "changed")
    ENDED = "ended", pgettext_lazy("cases", "switched off")
    TAKEN_BACK = "taken_back", pgettext_lazy("cases", "taken back")


class ListState(TextChoices):
    """Where a clearing list stands."""

    OPEN = "open", pgettext_lazy("cases", "Being cleared")
    HANDED_IN = "handed_in", pgettext_lazy("cases", "Handed in")
    ACCEPTED = "accepted", pgettext_lazy("cases", "Accepted")
    REOPENED = "reopened", pgettext_lazy("cases", "To be looked at again")
    VOID = "void", pgettext_lazy("cases", "Void")


class RowState(TextChoices):
    """Where a row of a clearing list stands."""

    LISTED = "listed", pgettext_lazy("cases", "To be cleared")
    CLEARED = "cleared", pgettext_lazy("cases", "Cleared")
    ACCEPTED = "accepted", pgettext_lazy("cases", "Accepted")
    FAILED = "failed", pgettext_lazy("cases", "Did not pass, now a case")
    VOID = "void", pgettext_lazy("cases", "Struck out")


class L(TextChoices):
    """The moves of a clearing list: verbs, as they stand on buttons."""

    ADD = "add", pgettext_lazy("cases", "Add a row")
    AMEND = "amend", pgettext_lazy("cases", "Correct the number")
    STRIKE = "strike", pgettext_lazy("cases", "Strike out")
    CLEAR = "clear", pgettext_lazy("cases", "Cleared")
    HAND_IN = "hand_in", pgettext_lazy("cases", "Hand in")
    DRAW = "draw", pgettext_lazy("cases", "Draw the sample")
    ACCEPT = "accept", pgettext_lazy("cases", "Accept")
    LEAVE = "leave", pgettext_lazy("cases", "Leave for the next draw")
    REOPEN = "reopen", pgettext_lazy("cases", "Open again")
    TAKE_BACK = "take_back", pgettext_lazy("cases", "Take the acceptance back")
    VOID = "void", pgettext_lazy("cases", "Make void")


class RowFlaw(TextChoices):
    """Why a drawn row does not pass."""

    NOT_DONE = "not_done", pgettext_lazy("cases", "It is still there")
    PARTLY = "partly", pgettext_lazy("cases", "Only part of it is done")
    WRONG_PHOTO = "wrong_photo", pgettext_lazy("cases", "The picture shows another place")
    BACK = "back", pgettext_lazy("cases", "It is back")


class ListVoid(TextChoices):
    """Why a clearing list is made void."""

    MISTAKEN = "mistaken", pgettext_lazy("cases", "Entered by mistake")
    TWICE = "twice", pgettext_lazy("cases", "Listed twice")
    TEST = "test", pgettext_lazy("cases", "Entered as a trial")


class ListTextKind(TextChoices):
    """What an erasable text of a clearing list says."""

    TEAM = "team", pgettext_lazy("cases", "Team")
    PLACE = "place", pgettext_lazy("cases", "Place")


WRITABLE = (ListState.OPEN, ListState.REOPENED)
"""The states in which the village works on its list."""
LIVE = (RowState.LISTED, RowState.CLEARED, RowState.ACCEPTED)
"""The states of rows that still belong to their list: neither struck out nor gone on as a case."""


class LedgerField(TextChoices):
    """What a column of a ledger from elsewhere says."""

    IGNORED = "ignored", pgettext_lazy("cases", "Leave out")
    COUNTY = "county", pgettext_lazy("cases", "County or district")
    TOWN = "town", pgettext_lazy("cases", "Town or sub-district")
    VILLAGE = "village", pgettext_lazy("cases", "Village or community")
    PLACE = "place", pgettext_lazy("cases", "Where exactly")
    CLASS = "class", pgettext_lazy("cases", "Kind of problem")
    TEXT = "text", pgettext_lazy("cases", "Description of the problem")
    QUANTITY = "quantity", pgettext_lazy("cases", "How many")
    FOUND_ON = "found_on", pgettext_lazy("cases", "Day on which it was found")
    DUE_ON = "due_on", pgettext_lazy("cases", "To be done by")
    UNIT = "unit", pgettext_lazy("cases", "Unit that answers for it")
    STANDING = "standing", pgettext_lazy("cases", "How it stands")
    NUMBER = "number", pgettext_lazy("cases", "Number in the other system")
    CONTACT_NAME = "contact_name", pgettext_lazy("cases", "Name of the reporter")
    CONTACT_PHONE = "contact_phone", pgettext_lazy("cases", "Telephone of the reporter")


class LedgerStanding(TextChoices):
    """How a ledger from elsewhere says that things stand. Only the issuing side strikes off (销号)."""

    OPEN = "open", pgettext_lazy("cases", "not put right yet")
    UNDERWAY = "underway", pgettext_lazy("cases", "being put right")
    DONE = "done", pgettext_lazy("cases", "put right")
    STRUCK = "struck", pgettext_lazy("cases", "struck off the list")


class LedgerState(TextChoices):
    """How far the import of a ledger has come."""

    UPLOADED = "uploaded", pgettext_lazy("cases", "Columns to be confirmed")
    CHECKED = "checked", pgettext_lazy("cases", "Tried out, nothing imported yet")
    IMPORTING = "importing", pgettext_lazy("cases", "Being imported")
    DONE = "done", pgettext_lazy("cases", "Imported")


class LedgerRowState(TextChoices):
    """What becomes of a row of a ledger."""

    GOOD = "good", pgettext_lazy("cases", "Good")
    WRONG = "wrong", pgettext_lazy("cases", "To be corrected")
    KNOWN = "known", pgettext_lazy("cases", "Known already")
    LEFT_OUT = "left_out", pgettext_lazy("cases", "Left out")
    IMPORTED = "imported", pgettext_lazy("cases", "Imported")


class LedgerEnded(TextChoices):
    """What to do with rows that the ledger itself calls done."""

    LEAVE_OUT = "leave_out", pgettext_lazy("cases", "Leave them out")
    TAKE_IN = "take_in", pgettext_lazy("cases", "Take them in as reports that say so")


class GuideAbout(TextChoices):
    """What a page of the work guide is about."""

    GENERAL = "general", pgettext_lazy("cases", "The work in general")
    CLASS = "class", pgettext_lazy("cases", "Kinds of problems")
    MOVE = "move", pgettext_lazy("cases", "Steps of a case")
