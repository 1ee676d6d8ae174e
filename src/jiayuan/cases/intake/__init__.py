# SPDX-License-Identifier: Apache-2.0
"""Words → typed values, or refusals beside their fields, one module per subject. Shared by all doors."""

from jiayuan.cases.intake.clearing import ListInput, RowInput, list_from, quantity_from, row_from
from jiayuan.cases.intake.report import (
    LONGEST_NAME,
    LONGEST_PLACE,
    LONGEST_TEXT,
    MOST_PHOTOS,
    Gathering,
    ReportInput,
    report_from,
)
from jiayuan.cases.intake.routing import RuleInput, rule_from

__all__ = [
    "LONGEST_NAME",
    "LONGEST_PLACE",
    "LONGEST_TEXT",
    "MOST_PHOTOS",
    "Gathering",
    "ListInput",
    "ReportInput",
    "RowInput",
    "RuleInput",
    "list_from",
    "quantity_from",
    "report_from",
    "row_from",
    "rule_from",
]
