# SPDX-License-Identifier: Apache-2.0
"""The departments' board: what each has open and late, and how fast it signs on. In the order of organisations."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import npgettext
from django.views.decorators.http import require_GET

from jiayuan.duties import queries
from jiayuan.duties.access import May
from jiayuan.kernel import clock
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.whistles import wording

WINDOWS = (30, 90, 365)


@needs(May.SEE_BOARD)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """How departments stand in the reader's area; nobody is ranked, and how often anybody whistles is shown nowhere."""
    asked, now = request.GET.get("days", ""), clock.now()
    days = int(asked) if asked in map(str, WINDOWS) else WINDOWS[1]
    lines = queries.whistle_board(actor_of(request), since=now - timedelta(days=days), now=now)
    context = {
        "lines": [
            {
                "name": one.unit.short_name,
                "open": one.open,
                "late": one.late,
                "signed": one.signed,
                "in_time": one.signed_in_time,
                "median": wording.minutes_words(one.median_minutes),
            }
            for one in lines
        ],
        "chips": [
            {
                "label": npgettext("duties", "%(n)s day", "%(n)s days", window) % {"n": window},
                "url": f"?days={window}",
                "is_on": window == days,
                "count": None,
            }
            for window in WINDOWS
        ],
        "now": now,
    }
    return render(request, "whistles/board.html", context)
