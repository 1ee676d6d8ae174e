# SPDX-License-Identifier: Apache-2.0
"""Words → typed values, or refusals beside their fields, one module per subject. Shared by all doors."""

from jiayuan.cases.intake.clearing import ListInput, RowInput, list_from, quantity_from, row_from
from jiayuan.cases.intake.guide import GuideHead, GuideText, guide_head_from, guide_text_from
from jiayuan.cases.intake.lists import GROUPS, USUAL_COLUMNS, Filter, address_of, columns_from, filter_from, group_from
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
from jiayuan.cases.intake.routing_table import HEADINGS, Finders, TableRow, rules_from_table, source_named

__all__ = [
    "GROUPS",
    "HEADINGS",
    "LONGEST_NAME",
    "LONGEST_PLACE",
    "LONGEST_TEXT",
    "MOST_PHOTOS",
    "USUAL_COLUMNS",
    "Filter",
    "Finders",
    "Gathering",
    "GuideHead",
    "GuideText",
    "ListInput",
    "ReportInput",
    "RowInput",
    "RuleInput",
    "TableRow",
    "address_of",
    "columns_from",
    "filter_from",
    "group_from",
    "guide_head_from",
    "guide_text_from",
    "list_from",
    "quantity_from",
    "report_from",
    "row_from",
    "rule_from",
    "rules_from_table",
    "source_named",
]
