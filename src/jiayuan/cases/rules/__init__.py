# SPDX-License-Identifier: Apache-2.0
"""What decides about a case: pure functions over plain values, one module per subject."""

from jiayuan.cases.rules.life import EARLIEST, Handling, is_in_time, may_check, moment_of_report

__all__ = ["EARLIEST", "Handling", "is_in_time", "may_check", "moment_of_report"]
