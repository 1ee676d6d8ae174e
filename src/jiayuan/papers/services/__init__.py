# SPDX-License-Identifier: Apache-2.0
"""The only writers of the room."""

from jiayuan.papers.services.issuing import issue, void
from jiayuan.papers.services.loading import load_offices
from jiayuan.papers.services.numbers import take_number

__all__ = ["issue", "load_offices", "take_number", "void"]
