# SPDX-License-Identifier: Apache-2.0
"""What decides about cases: pure functions over plain values, one module per subject."""

from jiayuan.cases.rules.handling import EARLIEST, Handling, is_in_time, may_check, moment_of_report
from jiayuan.cases.rules.life import Facts, obstacle

__all__ = ["EARLIEST", "Facts", "Handling", "is_in_time", "may_check", "moment_of_report", "obstacle"]
