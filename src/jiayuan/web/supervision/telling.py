# SPDX-License-Identifier: Apache-2.0
"""How notices about sheets read and where they lead. They name the unit and the number, never a person."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from jiayuan.notices.kinds import NoticeKind, Params
from jiayuan.places import queries as places
from jiayuan.supervision import events

SAMPLE = {"unit": pgettext_lazy("supervision", "a sub-district office"), "item": 3, "handle": "7K3M9P2RTXA"}


def _words(params: Params) -> dict[str, object]:
    unit = places.organisation_by_code(str(params.get("unit", "")))
    return {"unit": unit.short_name if unit else "", "item": params.get("item", 0)}


def _link(params: Params) -> str:
    item = params.get("item", 0)
    return reverse("supervision:one", args=[params["handle"]]) + (f"#item-{item}" if item else "")


def _urging_link(params: Params) -> str:
    return reverse("supervision:urging", args=[params["handle"]])


def _urging(event: type[events.ItemEvent], sentence: Any) -> NoticeKind:
    return NoticeKind(code=event.KIND, sentence=sentence, words=_words, link=_urging_link, sample=SAMPLE)


def _meeting_words(params: Params) -> dict[str, object]:
    day = date.fromisoformat(str(params["day"]))
    return {"day": date_format(day, "DATE_FORMAT")}


def _meeting(event: type[events.MeetingEvent], sentence: Any) -> NoticeKind:
    return NoticeKind(
        code=event.KIND,
        sentence=sentence,
        words=_meeting_words,
        link=lambda params: reverse("supervision:meeting", args=[params["handle"]]),
        sample={"day": "2025-01-08", "handle": "7K3M9P2RTXA"},
    )


def _talk(event: type[events.TalkEvent], sentence: Any) -> NoticeKind:
    return NoticeKind(
        code=event.KIND,
        sentence=sentence,
        words=lambda params: _words(params) | _meeting_words(params),
        link=lambda params: reverse("supervision:talk", args=[params["handle"]]),
        sample=SAMPLE | {"day": "2025-01-08"},
    )


def _kind(event: type[events.SheetEvent], sentence: Any) -> NoticeKind:
    return NoticeKind(code=event.KIND, sentence=sentence, words=_words, link=_link, sample=SAMPLE)


KINDS = (
    _kind(events.SheetIssued, pgettext_lazy("supervision", "A numbered sheet came for %(unit)s; sign for it")),
    _kind(events.SheetVoided, pgettext_lazy("supervision", "A sheet for %(unit)s was made void")),
    _kind(events.SheetSettled, pgettext_lazy("supervision", "Every item of a sheet of %(unit)s is struck off")),
    _kind(
        events.ItemFedBack, pgettext_lazy("supervision", "%(unit)s fed back item %(item)s; it waits for its acceptance")
    ),
    _kind(events.ItemStruckOff, pgettext_lazy("supervision", "Item %(item)s of %(unit)s was struck off")),
    _kind(
        events.ItemRefused,
        pgettext_lazy("supervision", "Item %(item)s of %(unit)s was not struck off"),
    ),
    _kind(events.ItemTimeAsked, pgettext_lazy("supervision", "%(unit)s asks for more time for item %(item)s")),
    _kind(events.ItemTimeGranted, pgettext_lazy("supervision", "Item %(item)s of %(unit)s got more time")),
    _kind(events.ItemTimeRefused, pgettext_lazy("supervision", "Item %(item)s of %(unit)s got no more time")),
    _kind(events.ItemVoided, pgettext_lazy("supervision", "Item %(item)s of %(unit)s is void")),
    _kind(
        events.ItemEscalated,
        pgettext_lazy("supervision", "Item %(item)s of %(unit)s is overdue; the next level presses now"),
    ),
    _urging(
        events.UrgingIssued, pgettext_lazy("supervision", "A supervision sheet came for %(unit)s; reply in writing")
    ),
    _urging(
        events.UrgingReplied, pgettext_lazy("supervision", "%(unit)s replied to a supervision sheet; look at the reply")
    ),
    _urging(events.UrgingAccepted, pgettext_lazy("supervision", "The reply of %(unit)s was accepted")),
    _urging(events.UrgingRefused, pgettext_lazy("supervision", "The reply of %(unit)s was not accepted; reply again")),
    _urging(
        events.UrgingRaised, pgettext_lazy("supervision", "A supervision sheet of %(unit)s got a higher colour; reply")
    ),
    _urging(events.UrgingVoided, pgettext_lazy("supervision", "A supervision sheet of %(unit)s was made void")),
    _talk(events.TalkCalled, pgettext_lazy("supervision", "%(unit)s is summoned to a talk on %(day)s")),
    _talk(
        events.TalkHeld, pgettext_lazy("supervision", "What %(unit)s promised at the talk on %(day)s is tracked now")
    ),
    _talk(events.TalkCancelled, pgettext_lazy("supervision", "The talk with %(unit)s on %(day)s is cancelled")),
    _meeting(
        events.MeetingPlanned, pgettext_lazy("supervision", "Your unit is invited to the joint meeting on %(day)s")
    ),
    _meeting(events.MeetingCancelled, pgettext_lazy("supervision", "The joint meeting on %(day)s is cancelled")),
    _meeting(
        events.MinutesIssued, pgettext_lazy("supervision", "The minutes of the joint meeting on %(day)s are there")
    ),
)
