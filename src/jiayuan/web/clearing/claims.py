# SPDX-License-Identifier: Apache-2.0
"""What a village had shown of a row that did not pass: on the page of the case that the row became."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from jiayuan.cases import queries
from jiayuan.cases.access import May
from jiayuan.cases.enums import Source
from jiayuan.cases.queries import Case
from jiayuan.kernel.access import Actor, may
from jiayuan.media.queries import photos_of
from jiayuan.web.clearing import wording


@dataclass(frozen=True, slots=True)
class Claim:
    """The pair of pictures with which a village said that something was cleared, and its list for who may see it."""

    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    url: str


def claim_behind(case: Case, *, by: Actor) -> Claim | None:
    """What was claimed before this case, or None: only cases of samples cost a query."""
    row = queries.row_of_case(case.pk) if case.source == Source.SAMPLE else None
    if row is None:
        return None
    sees_list = may(by, May.SEE_CLEARING, at=row.list.spot)
    url = reverse("clearing:one", args=[row.list.handle]) + f"#row-{row.number}" if sees_list else ""
    return Claim(**wording.pair(photos_of(row.ref)), url=url)
