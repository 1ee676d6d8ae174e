# SPDX-License-Identifier: Apache-2.0
"""The whistles to which a case belongs, beside its page, and the way to a new one about it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jiayuan.cases.queries import Case
from jiayuan.duties import queries
from jiayuan.duties.access import May
from jiayuan.kernel.access import Actor, may
from jiayuan.standards import queries as standards
from jiayuan.web.whistles import wording


def whistles_beside(actor: Actor, case: Case, now: datetime) -> dict[str, Any]:
    """What the fragment beside a case shows of whistles; one query for whoever may see any, none for others."""
    asked = {
        "case": case.handle,
        "place": case.village,
        "problem": str(standards.problem_class(case.problem_class_id).key),
    }
    may_whistle = may(actor, May.WHISTLE, at=case.spot)
    return {
        "whistles": [wording.line(row, now) for row in queries.whistles_of_case(actor, case.handle)],
        "whistle_url": f"{reverse('whistles:new')}?{urlencode(asked)}" if may_whistle else "",
    }
