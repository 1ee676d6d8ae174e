# SPDX-License-Identifier: Apache-2.0
"""Supervision sheets as lines: beside the items that they press, and in what waits for somebody."""

from typing import Any

from django.urls import reverse

from jiayuan.kernel.access import Actor
from jiayuan.supervision import queries
from jiayuan.supervision.enums import Colour, SheetState
from jiayuan.supervision.queries import Sheet, Urging
from jiayuan.web.cases.wording import unit_name
from jiayuan.web.clearing.waiting import Line
from jiayuan.web.supervision import wording


def urging_line(made: Urging) -> Line:
    """What waits, as a line of a heap."""
    url = reverse("supervision:urging", args=[made.handle])
    return Line(url, made.number, unit_name(made.unit_id), wording.urging_mark(made.state))


def hang_urgings(actor: Actor, sheet: Sheet, shown: list[dict[str, Any]]) -> None:
    """Say beside each item what presses it, or where it can be pressed."""
    live = queries.urgings_of([one["item"] for one in shown])
    for one in shown:
        made = live.get(one["item"].pk)
        one["urging"] = _said(made) if made is not None else None
        free = made is None and sheet.state == SheetState.ISSUED and queries.may_urge(actor, sheet, one["item"])
        one["urge_url"] = reverse("supervision:urge", args=[sheet.handle, one["item"].number]) if free else ""


def _said(made: Urging) -> dict[str, Any]:
    return {
        "url": reverse("supervision:urging", args=[made.handle]),
        "name": made.number,
        "mark": wording.urging_mark(made.state),
        "colour": wording.colour_mark(Colour(made.colour)),
    }
