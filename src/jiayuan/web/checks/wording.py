# SPDX-License-Identifier: Apache-2.0
"""Flags and facts of pictures in sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import npgettext, pgettext

from jiayuan.cases.enums import Flag, Weight
from jiayuan.cases.queries import FlagTold
from jiayuan.media import queries as media
from jiayuan.media.enums import Variant
from jiayuan.web.templatetags.jiayuan import moment

KILOMETRE, HOUR, DAY = 1000, 60, 24 * 60
_TONES = {Weight.STRONG: "late", Weight.HINT: "waiting"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagShown:
    """A flag as the page shows it: tone, word, sentence, and the other picture where it may be seen."""

    tone: str
    word: str
    sentence: str
    other_url: str
    other_thumb: str


def flag_shown(told: FlagTold) -> FlagShown:
    """A flag in the words of the reader."""
    other = told.other
    return FlagShown(
        tone=_TONES[told.weight],
        word=str(told.flag.label),
        sentence=_sentence(told),
        other_url=reverse("cases:case", args=[other.case_handle]) if other else "",
        other_thumb=media.variant_url(other.photo_handle, Variant.THUMB) if other and other.is_ready else "",
    )


def _sentence(told: FlagTold) -> str:
    facts = {"distance": distance(told.metres or 0), "span": span(told.minutes or 0), "program": told.word}
    return {
        Flag.SAME: pgettext("cases", "This very picture was evidence of something else before."),
        Flag.NEARLY_SAME: pgettext("cases", "It is nearly the same as a picture that was evidence of something else."),
        Flag.SAME_AS_BEFORE: pgettext("cases", "It is nearly the same as an earlier picture of this case."),
        Flag.FAR: pgettext("cases", "It was taken about %(distance)s away from the place of the case."),
        Flag.EARLY: pgettext("cases", "It was taken %(span)s before the unit was given the case."),
        Flag.BACKWARDS: pgettext("cases", "It was taken %(span)s before the picture that shows the problem."),
        Flag.EDITED: pgettext("cases", "It was saved by an editing program: %(program)s."),
        Flag.CLOCK: pgettext("cases", "The camera's clock is off by %(span)s; its time says nothing."),
    }[told.flag] % facts


def distance(metres: int) -> str:
    """A distance as people say it."""
    if metres < KILOMETRE:
        return pgettext("cases", "%(n)s m") % {"n": metres}
    return pgettext("cases", "%(n)s km") % {"n": f"{metres / KILOMETRE:.1f}"}


def span(minutes: int) -> str:
    """A span of time in its largest fitting unit."""
    amount = abs(minutes)
    if amount < 2 * HOUR:
        return npgettext("cases", "%(n)s minute", "%(n)s minutes", amount) % {"n": amount}
    if amount < 2 * DAY:
        return npgettext("cases", "%(n)s hour", "%(n)s hours", amount // HOUR) % {"n": amount // HOUR}
    return npgettext("cases", "%(n)s day", "%(n)s days", amount // DAY) % {"n": amount // DAY}


def taken_words(taken_at: datetime | None) -> str:
    """When a picture was taken, or that it does not say so."""
    if taken_at is None:
        return pgettext("cases", "It does not say when it was taken, as is usual after a messenger.")
    return pgettext("cases", "Taken %(moment)s") % {"moment": moment(taken_at)}


def where_words(metres: int | None) -> str:
    """How far from the case a picture was taken, or that it does not say so."""
    if metres is None:
        return pgettext("cases", "It does not say where it was taken.")
    return pgettext("cases", "about %(distance)s from the case") % {"distance": distance(metres)}


def picture(one: media.Evidence, variant: Variant) -> dict[str, Any]:
    """A picture's address in a variant and in full; both empty while it is being prepared."""
    if not one.is_ready:
        return {"url": "", "full_url": "", "words": str(one.state.label)}
    return {
        "url": media.variant_url(one.handle, variant),
        "full_url": media.variant_url(one.handle, Variant.LARGE),
        "words": "",
    }
