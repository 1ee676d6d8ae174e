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
    SHELVED = "shelved", pgettext_lazy("cases", "Shelved")
    CLOSED = "closed", pgettext_lazy("cases", "Closed")
    VOID = "void", pgettext_lazy("cases", "Void")
    MERGED = "merged", pgettext_lazy("cases", "Merged into another case")


class V(TextChoices):
    """The moves of a case: verbs, as they stand on buttons."""

    ASK_VERIFY = "ask_verify", pgettext_lazy("cases", "Have it verified")
    FIND = "find", pgettext_lazy("cases", "Say what was found")
    FILE = "file", pgettext_lazy("cases", "File")
    REJECT = "reject", pgettext_lazy("cases", "Do not file")
    DISPATCH = "dispatch", pgettext_lazy("cases", "Dispatch")
    SIGN = "sign", pgettext_lazy("cases", "Sign for it")
    RETURN = "return", pgettext_lazy("cases", "Return")
    CONFIRM_RETURN = "confirm_return", pgettext_lazy("cases", "Confirm the return")
    REFUSE_RETURN = "refuse_return", pgettext_lazy("cases", "Refuse the return")
    HAND_IN = "hand_in", pgettext_lazy("cases", "Hand in pictures")
    FEED_BACK = "feed_back", pgettext_lazy("cases", "Feed back")
    CLOSE = "close", pgettext_lazy("cases", "Close")
    SEND_BACK = "send_back", pgettext_lazy("cases", "Send back")
    ASK_EXTENSION = "ask_extension", pgettext_lazy("cases", "Ask for more time")
    GRANT_EXTENSION = "grant_extension", pgettext_lazy("cases", "Grant more time")
    REFUSE_EXTENSION = "refuse_extension", pgettext_lazy("cases", "Refuse more time")
    ASK_SHELVING = "ask_shelving", pgettext_lazy("cases", "Ask to shelve it")
    SHELVE = "shelve", pgettext_lazy("cases", "Shelve it")
    REFUSE_SHELVING = "refuse_shelving", pgettext_lazy("cases", "Refuse to shelve it")
    RESUME = "resume", pgettext_lazy("cases", "Take it up again")
    URGE = "urge", pgettext_lazy("cases", "Mark as urgent")
    SPLIT = "split", pgettext_lazy("cases", "Split")
    MERGE = "merge", pgettext_lazy("cases", "Merge into another case")
    VOID = "void", pgettext_lazy("cases", "Make void")
    FORCE_CLOSE = "force_close", pgettext_lazy("cases", "Close by force")
    APPEAL = "appeal", pgettext_lazy("cases", "Appeal against the overrun")
    REVIEW_APPEAL = "review_appeal", pgettext_lazy("cases", "Review the appeal")
    DECIDE_APPEAL = "decide_appeal", pgettext_lazy("cases", "Decide the appeal")
    CALL_BACK = "call_back", pgettext_lazy("cases", "Note the call-back")
    LOOK_BACK = "look_back", pgettext_lazy("cases", "Look back")
    ASK_REOPEN = "ask_reopen", pgettext_lazy("cases", "Ask to reopen it")
    REOPEN = "reopen", pgettext_lazy("cases", "Reopen")
    RECONSIDER = "reconsider", pgettext_lazy("cases", "Take it in after all")
    REFUSE_REOPEN = "refuse_reopen", pgettext_lazy("cases", "Leave it closed")


class Source(TextChoices):
    """Where a report came from; it decides whether the problem is verified on site first."""

    PUBLIC = "public", pgettext_lazy("cases", "Resident")
    GRID = "grid", pgettext_lazy("cases", "Grid worker")
    INSPECTOR = "inspector", pgettext_lazy("cases", "Inspector")
    PATROL = "patrol", pgettext_lazy("cases", "Patrol")
    CALLER = "caller", pgettext_lazy("cases", "Caller")
    HOTLINE = "hotline", pgettext_lazy("cases", "Hotline 12345")
    MEDIA = "media", pgettext_lazy("cases", "Media")
    SUPERIOR = "superior", pgettext_lazy("cases", "Order from above")
    DEPARTMENT = "department", pgettext_lazy("cases", "Department")
    LOOK_BACK = "look_back", pgettext_lazy("cases", "Look-back")
    SAMPLE = "sample", pgettext_lazy("cases", "Sample of a clearing list")


ENTERED_FOR_OTHERS = (Source.CALLER, Source.HOTLINE, Source.MEDIA, Source.SUPERIOR, Source.DEPARTMENT)
"""Sources that the desk takes down for somebody else; each may bring a number and a due time of its own."""
BY_THE_PUBLIC = (Source.PUBLIC, Source.CALLER, Source.HOTLINE, Source.MEDIA)
ON_DUTY = (Source.GRID, Source.INSPECTOR, Source.PATROL)
"""Sources of those whose work it is to find what is wrong."""


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


class ReturnDecision(TextChoices):
    """Why the duty chief does not accept a return."""

    IS_YOURS = "is_yours", pgettext_lazy("cases", "It is the duty of this unit")
    ON_THE_LIST = "on_the_list", pgettext_lazy("cases", "The responsibility list names this unit")
    DO_YOUR_PART = "do_your_part", pgettext_lazy("cases", "This unit does its part first")


class NotYet(TextChoices):
    """Why something is honestly not done yet."""

    WEATHER = "weather", pgettext_lazy("cases", "Rain, snow or frost")
    ENGINEERING = "engineering", pgettext_lazy("cases", "Needs engineering work")
    SEASON = "season", pgettext_lazy("cases", "Can only be done in season")
    OTHERS_FIRST = "others_first", pgettext_lazy("cases", "Another unit has to go first")
    MONEY = "money", pgettext_lazy("cases", "Money or material is on its way")
    OWNER = "owner", pgettext_lazy("cases", "The owner has to be talked round")


class RequestKind(TextChoices):
    """What somebody may ask for."""

    EXTENSION = "extension", pgettext_lazy("cases", "More time")
    SHELVING = "shelving", pgettext_lazy("cases", "Shelving")
    APPEAL = "appeal", pgettext_lazy("cases", "Appeal against the overrun")
    REOPENING = "reopening", pgettext_lazy("cases", "Reopening")


class RequestState(TextChoices):
    """How far a request has come."""

    OPEN = "open", pgettext_lazy("cases", "Waits for an answer")
    GRANTED = "granted", pgettext_lazy("cases", "Granted")
    REFUSED = "refused", pgettext_lazy("cases", "Refused")
    LAPSED = "lapsed", pgettext_lazy("cases", "No longer needed")


class Answer(TextChoices):
    """Yes or no to an appeal."""

    YES = "yes", pgettext_lazy("cases", "The overrun is excused")
    NO = "no", pgettext_lazy("cases", "It stays late")


class Denial(TextChoices):
    """Why a request is refused."""

    NO_GROUND = "no_ground", pgettext_lazy("cases", "The reason given does not hold")
    TOO_LONG = "too_long", pgettext_lazy("cases", "The date asked for lies too far off")
    CAN_BE_DONE = "can_be_done", pgettext_lazy("cases", "It can be done now")


class VoidReason(TextChoices):
    """Why a case is made void."""

    MISTAKEN = "mistaken", pgettext_lazy("cases", "Entered by mistake")
    NOT_THERE = "not_there", pgettext_lazy("cases", "The problem does not exist")
    NOT_OURS = "not_ours", pgettext_lazy("cases", "Not a matter of Clean Homes")
    TEST = "test", pgettext_lazy("cases", "Entered as a trial")


class ForcedReason(TextChoices):
    """Why a case is closed by force."""

    ENFORCEMENT = "enforcement", pgettext_lazy("cases", "Handed over to law enforcement")
    PROJECT = "project", pgettext_lazy("cases", "Taken into an engineering project")
    CANNOT = "cannot", pgettext_lazy("cases", "Cannot be put right by any unit")


class Urgency(TextChoices):
    """Why a case cannot wait its turn."""

    DANGER = "danger", pgettext_lazy("cases", "Danger to people")
    LEADER = "leader", pgettext_lazy("cases", "Order from above")
    MANY = "many", pgettext_lazy("cases", "Many people are affected")


class Ground(TextChoices):
    """Why a handling that took too long should not count as late."""

    NOT_CHARGED = "not_charged", pgettext_lazy("cases", "The time was not this unit's")
    FORCE = "force", pgettext_lazy("cases", "Weather or disaster")
    SYSTEM = "system", pgettext_lazy("cases", "The system was down")
    WRONG_LIMIT = "wrong_limit", pgettext_lazy("cases", "Filed under the wrong condition")


class ReopenGround(TextChoices):
    """Why a closed case should be taken up again."""

    STILL_THERE = "still_there", pgettext_lazy("cases", "It was never put right")
    WRONG_PLACE = "wrong_place", pgettext_lazy("cases", "Another place was put right")
    NOT_LOOKED = "not_looked", pgettext_lazy("cases", "Nobody came to look")
    NEW_FACTS = "new_facts", pgettext_lazy("cases", "There is a new picture or fact")


class CallBackResult(TextChoices):
    """What the reporter said when called back."""

    SATISFIED = "satisfied", pgettext_lazy("cases", "Satisfied")
    UNSATISFIED = "unsatisfied", pgettext_lazy("cases", "Not satisfied")
    NOT_REACHED = "not_reached", pgettext_lazy("cases", "Not reached")


class Discontent(TextChoices):
    """Why a reporter is not satisfied."""

    STILL_THERE = "still_there", pgettext_lazy("cases", "The problem is still there")
    TOO_SLOW = "too_slow", pgettext_lazy("cases", "It took too long")
    MANNER = "manner", pgettext_lazy("cases", "The manner of those who came")
    PARTLY = "partly", pgettext_lazy("cases", "Only part of it is done")


class LookBackResult(TextChoices):
    """What a look after closing found."""

    HOLDS = "holds", pgettext_lazy("cases", "Still clean")
    RELAPSED = "relapsed", pgettext_lazy("cases", "It is back")


class Stage(TextChoices):
    """Whose time a clock counts."""

    VERIFY = "verify", pgettext_lazy("cases", "Verifying")
    DISPATCH = "dispatch", pgettext_lazy("cases", "Dispatching")
    HANDLE = "handle", pgettext_lazy("cases", "Handling")
    CHECK = "check", pgettext_lazy("cases", "Checking")
    WHOLE = "whole", pgettext_lazy("cases", "From filing to closing")


class PauseReason(TextChoices):
    """Why a clock stands still."""

    SHELVED = "shelved", pgettext_lazy("cases", "Shelved")
    RETURNED = "returned", pgettext_lazy("cases", "Returned, until that is decided")


class DeadlineReason(TextChoices):
    """Why a deadline moved although nobody moved the case."""

    CALENDAR = "calendar", pgettext_lazy("cases", "the work calendar of the year was confirmed")


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
    State.SHELVED,
    State.FED_BACK,
    State.REWORK,
)
WITH_UNIT = (State.DISPATCHED, State.HANDLING, State.SHELVED, State.FED_BACK, State.REWORK)
TAKEN_ON = (State.FILED, State.RETURNED, *WITH_UNIT, State.CLOSED)
SIGNED_FOR = (State.HANDLING, State.SHELVED, State.FED_BACK, State.REWORK, State.CLOSED)
HANDLED = (State.FED_BACK, State.CLOSED)
RUNNING = (State.DISPATCHED, State.HANDLING, State.REWORK)
ENDED = (State.CLOSED, State.REJECTED, State.VOID, State.MERGED)


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


class Flag(TextChoices):
    """What a checker is told about a picture. A flag informs; people decide."""

    SAME = "same", pgettext_lazy("cases", "Used before")
    NEARLY_SAME = "nearly_same", pgettext_lazy("cases", "Nearly the same as an earlier picture")
    SAME_AS_BEFORE = "same_as_before", pgettext_lazy("cases", "Used before in this case")
    FAR = "far", pgettext_lazy("cases", "Taken far away")
    EARLY = "early", pgettext_lazy("cases", "Taken too early")
    BACKWARDS = "backwards", pgettext_lazy("cases", "Taken the wrong way round")
    EDITED = "edited", pgettext_lazy("cases", "Edited by software")
    CLOCK = "clock", pgettext_lazy("cases", "Camera clock is wrong")


class Weight(TextChoices):
    """How much a flag asks for."""

    STRONG = "strong", pgettext_lazy("cases", "Look closely")
    HINT = "hint", pgettext_lazy("cases", "Keep in mind")


class DrawReason(TextChoices):
    """Why a checker was drawn."""

    FED_BACK = "fed_back", pgettext_lazy("cases", "The unit fed back")
    DECLINED = "declined", pgettext_lazy("cases", "The one drawn before declined")
    SILENT = "silent", pgettext_lazy("cases", "The one drawn before did not answer in time")
    ORDERED = "ordered", pgettext_lazy("cases", "Another draw was ordered")


class DrawEnding(TextChoices):
    """How a draw ended."""

    CHECKED = "checked", pgettext_lazy("cases", "Checked")
    REPLACED = "replaced", pgettext_lazy("cases", "Another one was drawn")


class DeclineReason(TextChoices):
    """Why a drawn checker does not check."""

    AWAY = "away", pgettext_lazy("cases", "Away or ill")
    KNOWS = "knows", pgettext_lazy("cases", "Knows the people who handled it")
    TOO_MUCH = "too_much", pgettext_lazy("cases", "Too many checks at once")


class Group(TextChoices):
    """The chips above a list of cases: what most people look for."""

    OPEN = "open", pgettext_lazy("cases", "Open")
    TRIAGE = "triage", pgettext_lazy("cases", "To be filed")
    DISPATCH = "dispatch", pgettext_lazy("cases", "To be dispatched")
    HANDLING = "handling", pgettext_lazy("cases", "With a unit")
    CHECK = "check", pgettext_lazy("cases", "To be checked")
    SHELVED = "shelved", pgettext_lazy("cases", "Shelved")
    CLOSED = "closed", pgettext_lazy("cases", "Closed")
    REJECTED = "rejected", pgettext_lazy("cases", "Not filed")
    ENDED = "ended", pgettext_lazy("cases", "Void or merged")
    ALL = "all", pgettext_lazy("cases", "All")


class Due(TextChoices):
    """How near the end of a case's limit is."""

    OVERDUE = "overdue", pgettext_lazy("cases", "Overdue")
    SOON = "soon", pgettext_lazy("cases", "Due within a day")


class Mark(TextChoices):
    """What makes a case stand out in a list."""

    URGENT = "urgent", pgettext_lazy("cases", "Urgent")
    ASKED = "asked", pgettext_lazy("cases", "Somebody asks")
    MEETING = "meeting", pgettext_lazy("cases", "For the joint meeting")
    RETURNED = "returned", pgettext_lazy("cases", "Was returned")
    REWORKED = "reworked", pgettext_lazy("cases", "Was sent back")


class Order(TextChoices):
    """In which order a list stands."""

    NEWEST = "newest", pgettext_lazy("cases", "Newest first")
    DUE = "due", pgettext_lazy("cases", "Due first")


class Column(TextChoices):
    """What a list of cases can show, in the order in which it does."""

    PHOTO = "photo", pgettext_lazy("cases", "Picture")
    HANDLE = "handle", pgettext_lazy("cases", "Receipt code")
    WHAT = "what", pgettext_lazy("cases", "What it is")
    WHERE = "where", pgettext_lazy("cases", "Where it is")
    UNIT = "unit", pgettext_lazy("cases", "Unit")
    STATE = "state", pgettext_lazy("cases", "State")
    DUE = "due", pgettext_lazy("cases", "Due")
    REPORTED = "reported", pgettext_lazy("cases", "Reported at")
    SOURCE = "source", pgettext_lazy("cases", "Source")
    QUANTITY = "quantity", pgettext_lazy("cases", "Number of places")
    REWORKS = "reworks", pgettext_lazy("cases", "Times sent back")
    RETURNS = "returns", pgettext_lazy("cases", "Times returned")
    DUE_AT = "due_at", pgettext_lazy("cases", "Due at")
    ENDED_AT = "ended_at", pgettext_lazy("cases", "Ended at")


class Form(TextChoices):
    """The forms in which a list leaves the house."""

    CSV = "csv", pgettext_lazy("cases", "CSV table")
    XLSX = "xlsx", pgettext_lazy("cases", "Excel table")


class ReminderKind(TextChoices):
    """Of what a unit is reminded."""

    SOON = "soon", pgettext_lazy("cases", "Due soon")
    OVERDUE = "overdue", pgettext_lazy("cases", "Overdue")


class Readers(TextChoices):
    """Who reads a note among colleagues."""

    DESK = "desk", pgettext_lazy("cases", "The desk")
    UNIT = "unit", pgettext_lazy("cases", "The desk and the handling unit")
