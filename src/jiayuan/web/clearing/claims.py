# SPDX-License-Identifier: Apache-2.0
"""What a village had shown of a row that did not pass: on the page of the case that the row became."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from jiayuan.cases.access import May
from jiayuan.cases.queries import ClearingRow
from jiayuan.kernel.access import Actor, may
from jiayuan.media.queries import PhotoShown
from jiayuan.web.clearing import wording


@dataclass(frozen=True, slots=True)
class Claim:
    """The pair of pictures with which a village said that something was cleared, and its list for who may see it."""

    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    url: str


def claim_of(row: ClearingRow, photos: Iterable[PhotoShown], *, by: Actor) -> Claim:
    """What was claimed by the row behind a case."""
    sees_list = may(by, May.SEE_CLEARING, at=row.list.spot)
    url = reverse("clearing:one", args=[row.list.handle]) + f"#row-{row.number}" if sees_list else ""
    return Claim(**wording.pair(photos), url=url)
