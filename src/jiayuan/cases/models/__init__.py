# SPDX-License-Identifier: Apache-2.0
"""The tables of cases, one module per subject. Constraints say in the database what the rules say in Python."""

from jiayuan.cases.models.case import Case, Contact, Text
from jiayuan.cases.models.checks import CheckDraw, CheckFlag
from jiayuan.cases.models.clearing import (
    ClearingCount,
    ClearingDraw,
    ClearingList,
    ClearingRow,
    ClearingSample,
    ClearingText,
)
from jiayuan.cases.models.desk import Export, Mention, Note, Reply, SavedList
from jiayuan.cases.models.followers import Follower, Reminder, SearchWords
from jiayuan.cases.models.guide import GuidePage, GuideVersion
from jiayuan.cases.models.ledger import LedgerImport, LedgerMapping, LedgerRow
from jiayuan.cases.models.life import CalendarMark, CallBack, LookBack, Pause, Request, Timer
from jiayuan.cases.models.routing import RoutedCase, RoutingRule, RoutingVersion

__all__ = [
    "CalendarMark",
    "CallBack",
    "Case",
    "CheckDraw",
    "CheckFlag",
    "ClearingCount",
    "ClearingDraw",
    "ClearingList",
    "ClearingRow",
    "ClearingSample",
    "ClearingText",
    "Contact",
    "Export",
    "Follower",
    "GuidePage",
    "GuideVersion",
    "LedgerImport",
    "LedgerMapping",
    "LedgerRow",
    "LookBack",
    "Mention",
    "Note",
    "Pause",
    "Reminder",
    "Reply",
    "Request",
    "RoutedCase",
    "RoutingRule",
    "RoutingVersion",
    "SavedList",
    "SearchWords",
    "Text",
    "Timer",
]
