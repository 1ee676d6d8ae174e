# SPDX-License-Identifier: Apache-2.0
"""What decides about cases: pure functions over plain values, one module per subject."""

from jiayuan.cases.rules.evidence import Errand, Picture, Point, Raised, Twin, flags_of, metres_between
from jiayuan.cases.rules.handling import EARLIEST, Handling, is_in_time, may_check, moment_of_report
from jiayuan.cases.rules.life import Facts, obstacle
from jiayuan.cases.rules.lots import RUNNING, CheckLot, digest_of, draw, tired

__all__ = [
    "EARLIEST",
    "RUNNING",
    "CheckLot",
    "Errand",
    "Facts",
    "Handling",
    "Picture",
    "Point",
    "Raised",
    "Twin",
    "digest_of",
    "draw",
    "flags_of",
    "is_in_time",
    "may_check",
    "metres_between",
    "moment_of_report",
    "obstacle",
    "tired",
]
