# SPDX-License-Identifier: Apache-2.0
"""Stored codes of the room; they never change, what they are called may."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class SheetKind(TextChoices):
    """What sort of numbered sheet it is. None of them is an enforcement act against a business or a person."""

    LIST = "list", pgettext_lazy("supervision", "Rectification list")
    ASSIGNMENT = "assignment", pgettext_lazy("supervision", "Assignment sheet")
    NOTICE = "notice", pgettext_lazy("supervision", "Rectification notice")


class SheetState(TextChoices):
    """Where a sheet stands."""

    DRAFT = "draft", pgettext_lazy("supervision", "Draft")
    ISSUED = "issued", pgettext_lazy("supervision", "Issued")
    SETTLED = "settled", pgettext_lazy("supervision", "Settled")
    VOID = "void", pgettext_lazy("supervision", "Void")


class M(TextChoices):
    """The moves of a sheet: verbs, as they stand on buttons."""

    WRITE = "write", pgettext_lazy("supervision", "Change the draft")
    ISSUE = "issue", pgettext_lazy("supervision", "Issue")
    SIGN = "sign", pgettext_lazy("supervision", "Sign for it")
    SETTLE = "settle", pgettext_lazy("supervision", "Settle")
    DISCARD = "discard", pgettext_lazy("supervision", "Discard the draft")
    VOID = "void", pgettext_lazy("supervision", "Make void")


class ItemState(TextChoices):
    """Where an item of a sheet stands."""

    OPEN = "open", pgettext_lazy("supervision", "Being put right")
    FED_BACK = "fed_back", pgettext_lazy("supervision", "Waiting for acceptance")
    STRUCK = "struck", pgettext_lazy("supervision", "Struck off")
    VOID = "void", pgettext_lazy("supervision", "Void")


class V(TextChoices):
    """The moves of an item: verbs, as they stand on buttons."""

    FEED_BACK = "feed_back", pgettext_lazy("supervision", "Feed back")
    TAKE_BACK = "take_back", pgettext_lazy("supervision", "Take the feedback back")
    STRIKE_OFF = "strike_off", pgettext_lazy("supervision", "Strike off")
    REFUSE = "refuse", pgettext_lazy("supervision", "Do not strike off")
    ASK_TIME = "ask_time", pgettext_lazy("supervision", "Ask for more time")
    GRANT_TIME = "grant_time", pgettext_lazy("supervision", "Grant more time")
    REFUSE_TIME = "refuse_time", pgettext_lazy("supervision", "Refuse more time")
    PAUSE = "pause", pgettext_lazy("supervision", "Stop the clock")
    RESUME = "resume", pgettext_lazy("supervision", "Let the clock run again")
    RAISE = "raise", pgettext_lazy("supervision", "Raise the level")
    VOID = "void", pgettext_lazy("supervision", "Make void")


class SheetSource(TextChoices):
    """What the sheet goes back to."""

    INSPECTION = "inspection", pgettext_lazy("supervision", "Spot check")
    DESK = "desk", pgettext_lazy("supervision", "Open cases at the desk")
    HOTLINE = "hotline", pgettext_lazy("supervision", "Hotline 12345")
    ORDER = "order", pgettext_lazy("supervision", "Order of a leader")
    MEDIA = "media", pgettext_lazy("supervision", "Media")
    MEETING = "meeting", pgettext_lazy("supervision", "Joint meeting")
    TALK = "talk", pgettext_lazy("supervision", "Summons talk")


class Unmet(TextChoices):
    """Why an item is not struck off."""

    NOT_DONE = "not_done", pgettext_lazy("supervision", "It is still there")
    PARTLY = "partly", pgettext_lazy("supervision", "Only part of it is done")
    ELSEWHERE = "elsewhere", pgettext_lazy("supervision", "Another place was put right")
    BACK = "back", pgettext_lazy("supervision", "It is back")


class TimeReason(TextChoices):
    """Why more time is asked for. Asking costs nothing."""

    WEATHER = "weather", pgettext_lazy("supervision", "Weather")
    MATERIAL = "material", pgettext_lazy("supervision", "Machines or material are missing")
    OTHERS = "others", pgettext_lazy("supervision", "Somebody else has to act first")
    SIZE = "size", pgettext_lazy("supervision", "More to do than it seemed")


class RequestState(TextChoices):
    """What became of a request for time."""

    OPEN = "open", pgettext_lazy("supervision", "Asked")
    GRANTED = "granted", pgettext_lazy("supervision", "Granted")
    REFUSED = "refused", pgettext_lazy("supervision", "Refused")
    LAPSED = "lapsed", pgettext_lazy("supervision", "Overtaken")


class Denial(TextChoices):
    """Why more time is refused."""

    SMALL = "small", pgettext_lazy("supervision", "It can be done in time")
    DANGER = "danger", pgettext_lazy("supervision", "It is dangerous as it is")
    AGAIN = "again", pgettext_lazy("supervision", "More time was granted before")


class VoidReason(TextChoices):
    """Why a sheet or an item is void."""

    MISTAKEN = "mistaken", pgettext_lazy("supervision", "Issued by mistake")
    TWICE = "twice", pgettext_lazy("supervision", "It stands on another sheet")
    WRONG_UNIT = "wrong_unit", pgettext_lazy("supervision", "Another unit answers for it")
    NO_CASE = "no_case", pgettext_lazy("supervision", "Its case was made void or merged")


class RaiseReason(TextChoices):
    """Why somebody raises the level by hand, or begins higher."""

    IMPORTANT = "important", pgettext_lazy("supervision", "Important matter")
    DANGER = "danger", pgettext_lazy("supervision", "Danger to people")
    REPEATED = "repeated", pgettext_lazy("supervision", "It came back again and again")
    ORDER = "order", pgettext_lazy("supervision", "Order of a leader")


class Pattern(TextChoices):
    """What colours mean in a campaign. The two real patterns are never mixed."""

    STATE = "state", pgettext_lazy("supervision", "Colours say how an item stands")
    ESCALATION = "escalation", pgettext_lazy("supervision", "Colours say how hard it is pressed")


class Colour(TextChoices):
    """Colours of supervision. Yellow belongs to the first pattern, orange to the second."""

    NONE = "", pgettext_lazy("supervision", "No colour")
    BLUE = "blue", pgettext_lazy("supervision", "Blue")
    YELLOW = "yellow", pgettext_lazy("supervision", "Yellow")
    ORANGE = "orange", pgettext_lazy("supervision", "Orange")
    RED = "red", pgettext_lazy("supervision", "Red")


class Rung(TextChoices):
    """The levels that press, from the nearest to the highest."""

    VILLAGE = "village", pgettext_lazy("supervision", "Village")
    TOWN = "town", pgettext_lazy("supervision", "Town")
    COUNTY = "county", pgettext_lazy("supervision", "County")
    CITY = "city", pgettext_lazy("supervision", "City")


class TextKind(TextChoices):
    """What an erasable text says."""

    MATTER = "matter", pgettext_lazy("supervision", "Problem")
    MEASURES = "measures", pgettext_lazy("supervision", "Measures")
    PLAN = "plan", pgettext_lazy("supervision", "What is done meanwhile")
    NOTE = "note", pgettext_lazy("supervision", "Note")
    REPLY = "reply", pgettext_lazy("supervision", "Reply")


class UrgingState(TextChoices):
    """Where a supervision sheet stands."""

    OPEN = "open", pgettext_lazy("supervision", "Reply to come")
    REPLIED = "replied", pgettext_lazy("supervision", "Replied, to be looked at")
    ACCEPTED = "accepted", pgettext_lazy("supervision", "Reply accepted")
    CLOSED = "closed", pgettext_lazy("supervision", "Over")
    VOID = "void", pgettext_lazy("supervision", "Void")


class G(TextChoices):
    """The moves of a supervision sheet: verbs, as they stand on buttons."""

    REPLY = "reply", pgettext_lazy("supervision", "Reply")
    ACCEPT = "accept", pgettext_lazy("supervision", "Accept the reply")
    REFUSE = "refuse", pgettext_lazy("supervision", "Do not accept the reply")
    RAISE = "raise", pgettext_lazy("supervision", "Raise the colour")
    CLOSE = "close", pgettext_lazy("supervision", "End it")
    VOID = "void", pgettext_lazy("supervision", "Make void")


class UrgeReason(TextChoices):
    """Why an item is pressed by a supervision sheet."""

    SLOW = "slow", pgettext_lazy("supervision", "It goes on slowly")
    POOR = "poor", pgettext_lazy("supervision", "It is badly done")
    OVERDUE = "overdue", pgettext_lazy("supervision", "It is overdue")
    BACK = "back", pgettext_lazy("supervision", "It came back")


class MeetingState(TextChoices):
    """Where a joint meeting stands."""

    PLANNED = "planned", pgettext_lazy("supervision", "Planned")
    HELD = "held", pgettext_lazy("supervision", "Held, minutes to come")
    ISSUED = "issued", pgettext_lazy("supervision", "Minutes issued")
    CANCELLED = "cancelled", pgettext_lazy("supervision", "Cancelled")


class K(TextChoices):
    """The moves of a joint meeting: verbs, as they stand on buttons."""

    PUT_ON = "put_on", pgettext_lazy("supervision", "Put it on the agenda")
    TAKE_OFF = "take_off", pgettext_lazy("supervision", "Take it off the agenda")
    HOLD = "hold", pgettext_lazy("supervision", "Say who was there")
    DECIDE = "decide", pgettext_lazy("supervision", "Note a decision")
    TAKE_BACK = "take_back", pgettext_lazy("supervision", "Take the decision back")
    ISSUE = "issue", pgettext_lazy("supervision", "Issue the minutes")
    CANCEL = "cancel", pgettext_lazy("supervision", "Cancel the meeting")


class AgendaKind(TextChoices):
    """What a meeting talks about."""

    CASE = "case", pgettext_lazy("supervision", "Case returned three times")
    WHISTLE = "whistle", pgettext_lazy("supervision", "Open whistle")
    MATTER = "matter", pgettext_lazy("supervision", "Another matter")


class Attendance(TextChoices):
    """Whether a unit was there."""

    INVITED = "invited", pgettext_lazy("supervision", "Invited")
    PRESENT = "present", pgettext_lazy("supervision", "Present")
    EXCUSED = "excused", pgettext_lazy("supervision", "Excused")


class TalkState(TextChoices):
    """Where a summons talk stands."""

    CALLED = "called", pgettext_lazy("supervision", "Summoned")
    HELD = "held", pgettext_lazy("supervision", "Held")
    CANCELLED = "cancelled", pgettext_lazy("supervision", "Cancelled")


class T(TextChoices):
    """The moves of a summons talk: verbs, as they stand on buttons."""

    HOLD = "hold", pgettext_lazy("supervision", "Write up the talk")
    CANCEL = "cancel", pgettext_lazy("supervision", "Cancel the talk")


class TalkCause(TextChoices):
    """Why the leader of a unit is summoned."""

    OVERDUE = "overdue", pgettext_lazy("supervision", "Overdue in spite of pressure")
    RELAPSE = "relapse", pgettext_lazy("supervision", "It came back again and again")
    FAKED = "faked", pgettext_lazy("supervision", "Faked rectification")
    ORDER = "order", pgettext_lazy("supervision", "Order of a leader")


URGING_LIVE = (UrgingState.OPEN, UrgingState.REPLIED, UrgingState.ACCEPTED)
"""The states in which a supervision sheet still holds: an item has one such at most."""


class BulletinKind(TextChoices):
    """From what a bulletin was drafted."""

    ROUND = "round", pgettext_lazy("supervision", "Round of inspection")
    PERIOD = "period", pgettext_lazy("supervision", "Cases of a span of days")


class BulletinState(TextChoices):
    """Where a bulletin stands."""

    DRAFT = "draft", pgettext_lazy("supervision", "Draft")
    HANDED_UP = "handed_up", pgettext_lazy("supervision", "Waiting to be signed")
    ISSUED = "issued", pgettext_lazy("supervision", "Published")
    DISCARDED = "discarded", pgettext_lazy("supervision", "Discarded")


class B(TextChoices):
    """The moves of a bulletin: verbs, as they stand on buttons."""

    EDIT = "edit", pgettext_lazy("supervision", "Edit")
    ASK_AGAIN = "ask_again", pgettext_lazy("supervision", "Ask for the numbers again")
    HAND_UP = "hand_up", pgettext_lazy("supervision", "Hand up for signature")
    HAND_BACK = "hand_back", pgettext_lazy("supervision", "Hand back")
    SIGN = "sign", pgettext_lazy("supervision", "Sign and publish")
    DISCARD = "discard", pgettext_lazy("supervision", "Discard the draft")


LIVE = (ItemState.OPEN, ItemState.FED_BACK)
"""The states in which an item still has to be struck off."""
