# SPDX-License-Identifier: Apache-2.0
"""The only writers of the room."""

from jiayuan.papers.services.issuing import issue, void
from jiayuan.papers.services.loading import issue_samples, load_offices
from jiayuan.papers.services.numbers import take_number
from jiayuan.papers.services.printing import print_due, print_paper

__all__ = ["issue", "issue_samples", "load_offices", "print_due", "print_paper", "take_number", "void"]
