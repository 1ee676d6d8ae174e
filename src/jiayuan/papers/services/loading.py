# SPDX-License-Identifier: Apache-2.0
"""Offices and their marks from a pack. Names are brought up to date; a mark that was given stays."""

from csv import DictReader
from datetime import datetime
from pathlib import Path

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor, Area, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.papers.access import May
from jiayuan.papers.models import Mark, Office, Paper
from jiayuan.papers.samples import samples
from jiayuan.papers.services.issuing import issue
from jiayuan.places import queries as places

DEMONSTRATION = "YSQB"
"""The invented office of the demonstration."""


@command
def issue_samples(*, by: Actor, at: datetime) -> int:
    """Issue one paper of each form in the demonstration; how many. Nothing where any paper has been issued."""
    if Paper.objects.exists():
        return 0
    # One command takes several numbers here, each of another kind, and always in the order of their names.
    return len(
        [
            issue(kind=one.kind, office=DEMONSTRATION, document=one.document, by=by, at=at, is_public=True)
            for one in samples()
        ]
    )


@command
def load_offices(*, folder: Path, by: Actor, at: datetime) -> int:
    """Take in ``offices.csv`` and ``marks.csv`` of a folder; how many offices there are in it.

    Refused when an area is not known or a mark would become another one: numbers that were given would change.
    """
    require(by, May.LOAD, at=_whole_city())
    rows = _rows(folder / "offices.csv")
    for row in rows:
        _office(row)
    for row in _rows(folder / "marks.csv"):
        _mark(row)
    return len(rows)


def _whole_city() -> Spot:
    city = places.city()
    if city is None:
        raise Refused("no_city", pgettext_lazy("papers", "The city is not loaded yet."))
    return Spot(code=city.code)


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(DictReader(lines))


def _office(row: dict[str, str]) -> None:
    area = places.division(row["area"])
    if area is None:
        raise Refused(
            "unknown_area",
            pgettext_lazy("papers", "%(office)s: its area is not known."),
            field="area",
            office=row["name"],
        )
    given = {
        "name": row["name"],
        "area": Area(area.code).code,
        "unit": row["unit"],
        "is_synthetic": row["is_synthetic"] == "yes",
    }
    Office.objects.update_or_create(code=row["code"], defaults=given)


def _mark(row: dict[str, str]) -> None:
    office = Office.objects.get(code=row["office"])
    made, is_new = Mark.objects.get_or_create(office=office, kind=row["kind"], defaults={"mark": row["mark"]})
    if not is_new and made.mark != row["mark"]:
        raise Refused(
            "mark_changed",
            pgettext_lazy("papers", "%(mark)s has been in use and stays as it is."),
            field="mark",
            mark=made.mark,
        )
