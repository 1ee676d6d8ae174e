# SPDX-License-Identifier: Apache-2.0
"""What is said about a row: a code with its facts, kept as it is and put into the reader's language when it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A remark about a cell: its column (empty for the whole row), a code, and the words that it quotes."""

    code: str
    column: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is the matter and the way out."""
        return str(SENTENCES[self.code]) % self.facts if self.facts else str(SENTENCES[self.code])

    @property
    def plain(self) -> dict[str, Any]:
        """The remark as it is kept."""
        return {"code": self.code, "column": self.column, "facts": dict(self.facts)}


def remark_from(plain: Mapping[str, Any]) -> Remark:
    """The remark that was kept."""
    return Remark(code=plain["code"], column=plain["column"], facts=plain["facts"])


SENTENCES: Mapping[str, Any] = {
    "no_village": pgettext_lazy("cases", "No village is named. Write it with its town."),
    "unknown_village": pgettext_lazy(
        "cases", "“%(said)s” is not in the list of villages. Correct the name, or write it with its town."
    ),
    "unknown_town": pgettext_lazy("cases", "“%(said)s” is not in the list of towns. Correct the name of the town."),
    "village_alone": pgettext_lazy(
        "cases",
        "“%(said)s” alone is not enough, several villages may share a name. Write the town before it: %(candidates)s",
    ),
    "several_villages": pgettext_lazy("cases", "“%(said)s” can be several villages. Write which: %(candidates)s"),
    "village_elsewhere": pgettext_lazy(
        "cases", "“%(said)s” does not lie in the town or county named. It may be: %(candidates)s"
    ),
    "out_of_reach": pgettext_lazy("cases", "%(said)s lies outside your area. Leave the row to whoever answers for it."),
    "fits_no_longer": pgettext_lazy(
        "cases", "Place or kind went from the lists since the trial. Try the ledger out once more."
    ),
    "no_class": pgettext_lazy("cases", "No kind of problem is named. Fill it in, for example 柴草垛 or 暴露垃圾."),
    "unknown_class": pgettext_lazy(
        "cases",
        "“%(said)s” is no kind of problem that is known here. Write one from the list, for example %(candidates)s.",
    ),
    "no_day": pgettext_lazy("cases", "“%(said)s” is not a day. Write it like 2024年12月3日."),
    "missing_day": pgettext_lazy("cases", "The day is missing. Write it like 2024年12月3日."),
    "month_without_day": pgettext_lazy("cases", "“%(said)s” names no day. Write it like 2024年12月3日."),
    "lost_zero": pgettext_lazy(
        "cases",
        "“%(said)s” may be the 1st or the 10th, the 3rd or the 30th: the sheet dropped the zero. Write 12月3日.",
    ),
    "future_day": pgettext_lazy("cases", "“%(said)s” lies in the future. Correct the day or the year."),
    "negative_quantity": pgettext_lazy("cases", "“%(said)s” is below zero. Write how many there were."),
    "no_quantity": pgettext_lazy("cases", "“%(said)s” is not a number of places. Write a whole number from 1."),
    "two_quantities": pgettext_lazy("cases", "“%(said)s” holds two numbers. Write one, or make two rows of it."),
    "large_quantity": pgettext_lazy("cases", "“%(said)s” is more than 9,999. Write how many places there were."),
    "fault_in_cell": pgettext_lazy("cases", "The sheet itself shows an error here (%(said)s). Repair the cell."),
    "uncalculated": pgettext_lazy(
        "cases",
        "There is a formula without a stored result. Open the file in WPS or Excel, save it, and choose it again.",
    ),
    "bad_text": pgettext_lazy("cases", "This text cannot be kept: %(why)s"),
    "bad_phone": pgettext_lazy("cases", "“%(said)s” is not a telephone number. Digits alone, or leave it empty."),
    "same_in_file": pgettext_lazy(
        "cases", "The same as row %(row)s. If there are two, say in the text how they differ."
    ),
    "already_there": pgettext_lazy("cases", "It was taken in before."),
    "ended_there": pgettext_lazy("cases", "The ledger itself says: %(said)s."),
    "year_supposed": pgettext_lazy("cases", "No year is written; read as %(said)s."),
    "class_supposed": pgettext_lazy("cases", "“%(said)s” was read as %(found)s."),
    "about": pgettext_lazy("cases", "“%(said)s” was read as %(found)s."),
    "some": pgettext_lazy("cases", "“%(said)s” was read as 1."),
    "measured": pgettext_lazy("cases", "“%(said)s” is a measure, not a number of places; counted as 1."),
    "quantity_merged": pgettext_lazy("cases", "The merged number was counted once, in its first row."),
    "unknown_unit": pgettext_lazy("cases", "“%(said)s” is not in the list of units; the words are kept."),
    "unknown_standing": pgettext_lazy(
        "cases", "“%(said)s” says nothing known about how it stands; taken as not put right."
    ),
    "unclear_deadline": pgettext_lazy("cases", "“%(said)s” is not a day by which to be done; left out."),
    "number_left_out": pgettext_lazy("cases", "A telephone or identity number was left out of the text."),
    "hidden_row": pgettext_lazy("cases", "The row is hidden in the sheet."),
    "shortened": pgettext_lazy("cases", "The text was longer than %(longest)s characters; the rest was left out."),
}
"""Every sentence that can stand beside a row, by its code."""
