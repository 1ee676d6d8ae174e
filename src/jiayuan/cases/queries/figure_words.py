# SPDX-License-Identifier: Apache-2.0
"""What each indicator is called, what it means, and its formula as it is printed beside every value."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """An indicator in words: its name, its formula, and what to know before comparing anybody by it."""

    name: Any
    formula: Any
    meaning: Any
    owner: Any


_SUPERVISION = pgettext_lazy("cases", "Supervision centre")
_COMMAND = pgettext_lazy("cases", "Command centre")

_DUE = pgettext_lazy(
    "cases",
    "Due = handled in time + handled late + overdue, by the day on which the handling was due. Shelved and returned "
    "cases are not due while they rest; the time of the check is not the unit's.",
)

WORDS: dict[str, IndicatorWords] = {
    "close_rate": IndicatorWords(
        pgettext_lazy("cases", "Closing rate"), pgettext_lazy("cases", "closed ÷ due"), _DUE, _SUPERVISION
    ),
    "close_in_time_rate": IndicatorWords(
        pgettext_lazy("cases", "Closed-in-time rate"),
        pgettext_lazy("cases", "closed and fed back by the deadline ÷ due"),
        pgettext_lazy(
            "cases",
            "A case whose overrun was excused after an appeal counts as in time; the overrun itself stays in its own "
            "figure.",
        ),
        _SUPERVISION,
    ),
    "handle_rate": IndicatorWords(
        pgettext_lazy("cases", "Handling rate"), pgettext_lazy("cases", "fed back ÷ due"), _DUE, _COMMAND
    ),
    "handle_in_time_rate": IndicatorWords(
        pgettext_lazy("cases", "Handled-in-time rate"),
        pgettext_lazy("cases", "fed back by the deadline ÷ due"),
        _DUE,
        _COMMAND,
    ),
    "overdue": IndicatorWords(
        pgettext_lazy("cases", "Overdue and not handled"),
        pgettext_lazy("cases", "due up to the last day − fed back"),
        pgettext_lazy(
            "cases",
            "Everything open whose deadline lies on the last day or before, whenever it was reported. While that day "
            "is not over, what is due later in it is counted, too.",
        ),
        _COMMAND,
    ),
    "rework_rate": IndicatorWords(
        pgettext_lazy("cases", "Rework rate"),
        pgettext_lazy("cases", "sent back by the check ÷ fed back"),
        pgettext_lazy("cases", "Counted by checks, not by cases: a case sent back twice counts twice."),
        _SUPERVISION,
    ),
    "file_rate": IndicatorWords(
        pgettext_lazy("cases", "Filing rate"),
        pgettext_lazy("cases", "filed ÷ reported"),
        pgettext_lazy("cases", "Both on their own day: what is filed today may have been reported yesterday."),
        _SUPERVISION,
    ),
    "dispatch_rate": IndicatorWords(
        pgettext_lazy("cases", "Dispatch rate"),
        pgettext_lazy("cases", "(dispatched − confirmed mis-dispatches) ÷ filed"),
        pgettext_lazy("cases", "Both on their own day."),
        _COMMAND,
    ),
    "right_dispatch_rate": IndicatorWords(
        pgettext_lazy("cases", "Right-dispatch rate"),
        pgettext_lazy("cases", "(dispatched − confirmed mis-dispatches) ÷ dispatched"),
        pgettext_lazy("cases", "A return counts as a mis-dispatch once the duty chief has confirmed it."),
        _COMMAND,
    ),
    "verify_in_time_rate": IndicatorWords(
        pgettext_lazy("cases", "Verified-in-time rate"),
        pgettext_lazy("cases", "verified on site by the limit ÷ to be verified"),
        pgettext_lazy("cases", "By the day on which verifying was due. Without a limit of the city nothing is due."),
        _SUPERVISION,
    ),
    "dispatch_in_time_rate": IndicatorWords(
        pgettext_lazy("cases", "Dispatched-in-time rate"),
        pgettext_lazy("cases", "dispatched by the limit ÷ to be dispatched"),
        pgettext_lazy("cases", "By the day on which dispatching was due. Without a limit of the city nothing is due."),
        _COMMAND,
    ),
    "check_in_time_rate": IndicatorWords(
        pgettext_lazy("cases", "Checked-in-time rate"),
        pgettext_lazy("cases", "checked by the limit ÷ to be checked"),
        pgettext_lazy("cases", "By the day on which the check was due. Without a limit of the city nothing is due."),
        _SUPERVISION,
    ),
    "public_rate": IndicatorWords(
        pgettext_lazy("cases", "Share found by the public"),
        pgettext_lazy("cases", "filed after reports by residents, callers, 12345 and media ÷ filed"),
        pgettext_lazy("cases", "The lower the better: those whose work it is should find it first."),
        _SUPERVISION,
    ),
    "patrol_rate": IndicatorWords(
        pgettext_lazy("cases", "Share found on duty"),
        pgettext_lazy("cases", "filed after reports by grid workers, inspectors and patrols ÷ filed"),
        pgettext_lazy("cases", "Counts areas, never persons."),
        _SUPERVISION,
    ),
    "valid_report_rate": IndicatorWords(
        pgettext_lazy("cases", "Valid-report rate"),
        pgettext_lazy("cases", "filed after reports by grid workers, inspectors and patrols ÷ reported by them"),
        pgettext_lazy("cases", "Both on their own day. Counts areas, never persons."),
        _SUPERVISION,
    ),
    "missed_rate": IndicatorWords(
        pgettext_lazy("cases", "Missed rate"),
        pgettext_lazy("cases", "filed after reports of the public ÷ filed after reports of the public and on duty"),
        pgettext_lazy(
            "cases", "What the public found first, those on duty had missed. Orders and other offices are left out."
        ),
        _SUPERVISION,
    ),
    "covered_rate": IndicatorWords(
        pgettext_lazy("cases", "Area covered"),
        pgettext_lazy("cases", "villages and communities with at least one report ÷ all of them"),
        pgettext_lazy("cases", "Read from reports: nobody's way is followed. A clean village may well have none."),
        _SUPERVISION,
    ),
    "area_index": IndicatorWords(
        pgettext_lazy("cases", "Area index"),
        pgettext_lazy(
            "cases",
            "10 % × (100 − share found by the public) + 20 % × points for the number filed + 30 % × closing rate + "
            "40 % × closed-in-time rate",
        ),
        pgettext_lazy(
            "cases",
            "Points of 100. None filed gives 100 points for the number, fewer than 3, 5, 7 and 9 give 90, 75, 60 and "
            "40, more give 0: a scale for a small area and a short time. Undefined where nothing was filed or due.",
        ),
        _COMMAND,
    ),
    "satisfied_rate": IndicatorWords(
        pgettext_lazy("cases", "Satisfaction rate"),
        pgettext_lazy("cases", "satisfied ÷ call-backs answered"),
        pgettext_lazy("cases", "Who was not reached does not count; the latest answer is the one that counts."),
        _SUPERVISION,
    ),
    "relapse_rate": IndicatorWords(
        pgettext_lazy("cases", "Relapse rate"),
        pgettext_lazy("cases", "back again ÷ looked at after closing"),
        pgettext_lazy("cases", "Only places that somebody went back to."),
        _SUPERVISION,
    ),
    "twice_rate": IndicatorWords(
        pgettext_lazy("cases", "Reported twice"),
        pgettext_lazy("cases", "merged, or not filed as a duplicate ÷ reported"),
        pgettext_lazy("cases", "Told by people, not guessed by distance and time."),
        _SUPERVISION,
    ),
    "top_classes": IndicatorWords(
        pgettext_lazy("cases", "Share of the three commonest classes"),
        pgettext_lazy("cases", "filed in the three commonest classes ÷ filed"),
        pgettext_lazy("cases", "Shows where prevention pays."),
        _SUPERVISION,
    ),
    "overrun": IndicatorWords(
        pgettext_lazy("cases", "Closed late"),
        pgettext_lazy("cases", "cases closed whose handling overran, by the day due"),
        pgettext_lazy("cases", "The raw overrun: neither an appeal nor reopening takes it back."),
        _SUPERVISION,
    ),
    "excused": IndicatorWords(
        pgettext_lazy("cases", "Overruns excused"),
        pgettext_lazy("cases", "appeals upheld in the second stage, by the day due"),
        pgettext_lazy("cases", "A part of the overruns beside it."),
        _SUPERVISION,
    ),
    "forced": IndicatorWords(
        pgettext_lazy("cases", "Closed by force"),
        pgettext_lazy("cases", "cases ended without a check"),
        pgettext_lazy("cases", "They count as closed, with their overrun, and never as put right."),
        _SUPERVISION,
    ),
    "extensions": IndicatorWords(
        pgettext_lazy("cases", "Extensions granted"),
        pgettext_lazy("cases", "deadlines moved on request"),
        pgettext_lazy("cases", "Charged to nobody: who asks in time is honest."),
        _COMMAND,
    ),
    "shelvings": IndicatorWords(
        pgettext_lazy("cases", "Shelvings granted"),
        pgettext_lazy("cases", "cases whose clock stands still on request"),
        pgettext_lazy("cases", "Charged to nobody; shelved cases are not due."),
        _COMMAND,
    ),
}
"""By the code of the formula; a test holds that each formula has its words."""
