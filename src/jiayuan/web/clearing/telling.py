# SPDX-License-Identifier: Apache-2.0
"""How notices about clearing lists read and where they lead, and who may see the pictures of their rows."""

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.queries import spot_of_row
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.notices.kinds import NoticeKind, Params
from jiayuan.places import queries as places
from jiayuan.web.cases.telling import SAMPLE


def _words(params: Params) -> dict[str, object]:
    return {"where": places.path_name(str(params.get("place", "")))}


def _link(params: Params) -> str:
    return reverse("clearing:one", args=[params["handle"]])


KINDS = (
    NoticeKind(
        code=events.ClearingHandedIn.KIND,
        sentence=pgettext_lazy("cases", "%(where)s handed in a clearing list; it waits for the sample"),
        words=_words,
        link=_link,
        sample=SAMPLE,
    ),
    NoticeKind(
        code=events.ClearingReopened.KIND,
        sentence=pgettext_lazy("cases", "The clearing list of %(where)s did not pass the sample; look at it again"),
        words=_words,
        link=_link,
        sample=SAMPLE,
    ),
    NoticeKind(
        code=events.ClearingTakenBack.KIND,
        sentence=pgettext_lazy("cases", "The acceptance of a clearing list of %(where)s was taken back"),
        words=_words,
        link=_link,
        sample=SAMPLE,
    ),
)


def sight(actor: Actor, row_id: int) -> Spot | None:
    """Where a row stands, for an actor who may see its list, or the case that it became."""
    found = spot_of_row(row_id)
    if found is None:
        return None
    spot, is_case = found
    seen = may(actor, May.SEE_CLEARING, at=spot) or (is_case and may(actor, May.SEE, at=spot))
    return spot if seen else None
