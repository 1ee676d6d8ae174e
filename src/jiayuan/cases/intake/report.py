# SPDX-License-Identifier: Apache-2.0
"""Words from a form, a phone or an import → a typed report, or refusals beside their fields. Shared by all doors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from django.utils.dateparse import parse_datetime
from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import Source
from jiayuan.kernel.errors import Problems, Refused
from jiayuan.kernel.words import one_line, phone, words
from jiayuan.places.intake import Position, optional_position
from jiayuan.record.events import Ref

LONGEST_TEXT = 500
LONGEST_PLACE = 100
LONGEST_NAME = 20
MOST_PHOTOS = 6
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """A report in typed values; ``village`` and ``tile`` are codes that the caller has found to exist.

    Whoever knows the class already gives ``class_id``, and may leave the tile empty. ``handed_on_from`` names the
    subject at which the photos hang already.
    """

    client_id: UUID
    source: Source
    village: str
    tile: str
    text: str = ""
    place_text: str = ""
    position: Position | None = None
    photos: tuple[UUID, ...] = ()
    handed_on_from: Ref | None = None
    contact_name: str = ""
    contact_phone: str = ""
    language: str = "zh-hans"
    seen_at: datetime | None = None
    class_id: int | None = None
    quantity: int = 1
    outside_number: str = ""
    outside_due_at: datetime | None = None


class Gathering:
    """Collects refusals while fields are read one after another, so that all of them are shown at once."""

    def __init__(self) -> None:
        self.refusals: list[Refused] = []

    def take(self, read: Callable[[], T], otherwise: T) -> T:
        """The value that reading gives, or ``otherwise`` with the refusal kept."""
        try:
            return read()
        except Problems as problems:
            self.refusals.extend(problems.refusals)
        except Refused as refusal:
            self.refusals.append(refusal)
        return otherwise

    def finish(self) -> None:
        """Refuse with everything gathered, if anything was."""
        if self.refusals:
            raise Problems(self.refusals)


def report_from(
    raw: Mapping[str, str],
    *,
    source: Source,
    village: Callable[[str], str],
    tile: Callable[[str, str], str],
    photos: Sequence[UUID],
    now: datetime,
) -> ReportInput:
    """The typed report in what was sent, or ``Problems`` with one refusal per wrong field.

    ``village`` and ``tile`` find the place and the kind in words and refuse what they do not find; they are given by
    the door because only it knows how it asked.
    """
    gathering = Gathering()
    text = gathering.take(lambda: words(raw.get("text", ""), field="text", longest=LONGEST_TEXT), "")
    report = ReportInput(
        client_id=gathering.take(lambda: client_id_from(raw.get("client_id", "")), uuid4()),
        source=source,
        village=gathering.take(lambda: village(raw.get("village", "")), ""),
        tile=gathering.take(lambda: tile(raw.get("tile", ""), text), ""),
        text=text,
        place_text=gathering.take(
            lambda: one_line(raw.get("place_text", ""), field="place_text", longest=LONGEST_PLACE), ""
        ),
        position=gathering.take(lambda: _position(raw), None),
        photos=tuple(photos),
        contact_name=gathering.take(
            lambda: one_line(raw.get("contact_name", ""), field="contact_name", longest=LONGEST_NAME), ""
        ),
        contact_phone=gathering.take(lambda: phone(raw.get("contact_phone", ""), field="contact_phone"), ""),
        language=raw.get("language", "zh-hans"),
        seen_at=gathering.take(lambda: _seen_at(raw.get("seen_at", ""), now), None),
    )
    gathering.finish()
    return report


def _position(raw: Mapping[str, str]) -> Position | None:
    return optional_position(
        lon=raw.get("lon", ""),
        lat=raw.get("lat", ""),
        crs=raw.get("crs") or "wgs84",
        accuracy_m=raw.get("accuracy_m", ""),
        source=raw.get("position_source") or "device",
    )


def client_id_from(raw: str) -> UUID:
    """The sender's own id of what was sent; one is made for a page that was opened without JavaScript and lost it."""
    try:
        return UUID(raw) if raw else uuid4()
    except ValueError as wrong:
        raise Refused(
            "client_id", pgettext_lazy("cases", "This form was changed on its way. Open it again."), field="client_id"
        ) from wrong


def _seen_at(raw: str, now: datetime) -> datetime | None:
    if not raw:
        return None
    try:
        moment = parse_datetime(raw)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused("date", pgettext_lazy("cases", "This is not a date and time."), field="seen_at")
    if moment > now + timedelta(minutes=5):
        raise Refused(
            "future", pgettext_lazy("cases", "This lies in the future. Check the clock of the phone."), field="seen_at"
        )
    return moment
