# SPDX-License-Identifier: Apache-2.0
"""Forms of inspections. They draw questions and keep what was typed; what is right is decided in the room's intake."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import pgettext_lazy

from jiayuan.inspections.enums import Excluded, Manner, StrataBy, Weighting
from jiayuan.web.cases.forms import Answered, photos_field, reasons, text_field
from jiayuan.web.duties.forms import Questions
from jiayuan.web.people.forms import DayInput

_PLACE = pgettext_lazy("people", "Name, pinyin or twelve-digit code of a village, town, county or the city.")


def _choices(label: Any, choices: Sequence[tuple[str, Any]], hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=False, help_text=hint)


def _day(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=DayInput)


class RoundForm(Questions):
    """A round: by which line and sheet, where, how places are drawn, and what they count for."""

    NEEDED: ClassVar[tuple[str, ...]] = (
        "title", "line", "version", "manner", "area", "strata_by", "per_stratum", "weighting", "starts_on", "ends_on",
    )  # fmt: skip

    title = text_field(pgettext_lazy("inspections", "Name of the round"), "")
    line = _choices(
        pgettext_lazy("inspections", "Line of the plan"),
        (),
        pgettext_lazy("inspections", "Without a plan nothing is inspected. In brackets: rounds so far, and planned."),
    )
    version = _choices(pgettext_lazy("inspections", "Score sheet"), ())
    manner = reasons(pgettext_lazy("inspections", "Are the inspected told beforehand"), Manner.choices)
    area = text_field(pgettext_lazy("inspections", "Where places are drawn"), _PLACE)
    strata_by = _choices(pgettext_lazy("inspections", "Strata"), StrataBy.choices)
    per_stratum = text_field(
        pgettext_lazy("inspections", "Places drawn of each"), "", kind="number", attrs={"min": "1", "max": "999"}
    )
    listed = text_field(
        pgettext_lazy("inspections", "List of places"),
        pgettext_lazy("inspections", "Only for strata as the list says: a place and its stratum in each line."),
        rows=4,
    )
    weighting = reasons(pgettext_lazy("inspections", "What a drawn place counts for"), Weighting.choices)
    red_from = text_field(pgettext_lazy("inspections", "Red list from"), pgettext_lazy("inspections", "Points."))
    black_below = text_field(pgettext_lazy("inspections", "Black list below"), pgettext_lazy("inspections", "Points."))
    starts_on, ends_on = (
        _day(pgettext_lazy("inspections", "First day")),
        _day(pgettext_lazy("inspections", "Last day")),
    )

    def __init__(
        self, *args: Any, lines: Sequence[tuple[str, str]], versions: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("line", lines), ("version", versions)):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", "—"), *choices]


class PlanForm(Questions):
    """The plan of a year; its lines as a table in a field."""

    NEEDED: ClassVar[tuple[str, ...]] = ("year", "area", "title", "source_number", "adopted_on", "lines")

    year = text_field(pgettext_lazy("inspections", "Year"), "", kind="number", attrs={"min": "2000", "max": "2100"})
    area = text_field(pgettext_lazy("inspections", "For which area"), _PLACE)
    title = text_field(pgettext_lazy("inspections", "Title"), "")
    source_number = text_field(pgettext_lazy("inspections", "Document number"), "")
    adopted_on = _day(pgettext_lazy("inspections", "Adopted on"))
    lines = text_field(
        pgettext_lazy("inspections", "Lines"),
        pgettext_lazy(
            "inspections",
            "One in a line, parted by semicolons: number; what is inspected; who leads; rounds; times one place.",
        ),
        rows=6,
    )


class ExcludeForm(Answered):
    """A place that takes no part, and why."""

    village = text_field(pgettext_lazy("inspections", "Village or community"), "")
    reason = _choices(pgettext_lazy("inspections", "Why"), Excluded.choices)
    note = text_field(pgettext_lazy("inspections", "Note"), "")


class DrawForm(Answered):
    """A draw; drawing again needs a reason."""

    note = text_field(
        pgettext_lazy("inspections", "Why places are drawn again"),
        pgettext_lazy("inspections", "Everybody who looks at the draw reads it. The first draw stays."),
    )


class SheetForm(Answered):
    """A sheet as a table."""

    code = _choices(pgettext_lazy("inspections", "Which sheet"), ())
    title = text_field(pgettext_lazy("inspections", "Title"), pgettext_lazy("inspections", "Of a new sheet."))
    source = text_field(
        pgettext_lazy("inspections", "Source"),
        pgettext_lazy("inspections", "The document by which this version was issued."),
    )
    bonus_cap = text_field(pgettext_lazy("inspections", "All bonus items together add at most"), "")
    file = forms.FileField(label=pgettext_lazy("inspections", "Table (.xlsx or .csv)"), required=False)

    def __init__(self, *args: Any, codes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = ("", pgettext_lazy("inspections", "A new sheet"))
        cast(forms.ChoiceField, self.fields["code"]).choices = [new, *codes]


class AppealForm(Answered):
    """What is wrong with a finding."""

    reason = text_field(pgettext_lazy("inspections", "What is wrong with it"), "", rows=4)
    photos = photos_field(
        pgettext_lazy("inspections", "Counter-evidence"), pgettext_lazy("inspections", "Pictures, if there are any.")
    )


class DecideForm(Answered):
    """What becomes of an appeal."""

    times = text_field(
        pgettext_lazy("inspections", "How often it counts"),
        pgettext_lazy("inspections", "As before: the score stands. Fewer: it is corrected. 0: it is struck."),
        kind="number",
        attrs={"min": "0"},
    )
    answer = text_field(pgettext_lazy("inspections", "Reason"), pgettext_lazy("inspections", "They read it."), rows=3)
