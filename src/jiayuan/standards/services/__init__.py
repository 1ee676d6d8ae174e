# SPDX-License-Identifier: Apache-2.0
"""The only writers of standards: loading a pack, seeding the calendar, importing the notice. Each may be repeated."""

from jiayuan.standards.services.calendar import NoticeReport, import_year_notice, seed_calendar
from jiayuan.standards.services.packs import LoadReport, load_standards

__all__ = ["LoadReport", "NoticeReport", "import_year_notice", "load_standards", "seed_calendar"]
