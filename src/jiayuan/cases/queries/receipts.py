# SPDX-License-Identifier: Apache-2.0
"""What a receipt shows to whoever holds it: a reporter, also of a merged duplicate, or somebody who joined."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.enums import OPEN, RequestKind, RequestState, State
from jiayuan.cases.models import Case, Follower, Request, Text
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import read_handle
from jiayuan.record.events import Ref
from jiayuan.record.queries import happened_to


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicView:
    """What anybody with the receipt may see: stage, due moment, reason if it was not taken on. Never a name.

    The stage is that of the leading case once this one was merged; ``handle`` stays the one on the receipt.
    """

    handle: str
    state: State
    village: str
    tile: str
    problem_class_id: int
    condition_id: int | None
    reported_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    in_time: bool | None
    refusal: str
    void_reason: str
    forced: bool
    shelved_until: Any
    asking: str
    reopens: int
    me_toos: int
    is_merged: bool = False
    has_joined: bool = False
    relapse: str = ""

    @property
    def is_asked_to_reopen(self) -> bool:
        """Whether somebody asks to take it up again and waits for the answer."""
        return RequestKind.REOPENING in self.asking.split()


_COLUMNS = tuple(name for name in PublicView.__dataclass_fields__ if name not in ("is_merged", "has_joined", "relapse"))
_KEPT_OF_ITS_OWN = ("handle", "reported_at")


def public_view(handle: str) -> PublicView:
    """A case as its receipt shows it, or ``Refused`` with what is wrong about the receipt code."""
    canonical = read_handle(handle)
    found = _case_of(handle=canonical) if canonical else None
    more: dict[str, Any] = {}
    if found is None and canonical:
        joined = Follower.objects.filter(handle=canonical).values("case_id", "since").first()
        if joined:
            found = _case_of(pk=joined["case_id"])
            more = {"handle": canonical, "reported_at": joined["since"], "has_joined": True}
    if found is None:
        raise Refused(
            "unknown_receipt",
            pgettext_lazy("cases", "There is no report with this code. Compare it with the receipt, letter by letter."),
            field="code",
        )
    case_id, into_id = found.pop("pk"), found.pop("merged_into_id")
    if into_id is not None and (leading := _case_of(pk=into_id)):
        case_id = leading.pop("pk")
        leading.pop("merged_into_id")
        found = leading | {name: found[name] for name in _KEPT_OF_ITS_OWN} | {"is_merged": True}
    if found["state"] == State.CLOSED:
        more["relapse"] = _relapse_of(case_id)
    return PublicView(**{**found, **more})


def _case_of(**wanted: Any) -> dict[str, Any] | None:
    found = Case.objects.filter(**wanted).values("pk", "merged_into_id", *_COLUMNS).first()
    return dict(found) if found else None


def _relapse_of(case_id: int) -> str:
    """The latest open case that says the problem is back."""
    back = Case.objects.filter(relapse_of_id=case_id, state__in=OPEN).order_by("-id")
    return back.values_list("handle", flat=True).first() or ""


def case_behind(receipt: str) -> int | None:
    """The case that a receipt code speaks for: the reporter's or the one joined; after a merger the leading one."""
    handle = read_handle(receipt)
    if not handle:
        return None
    own = Case.objects.filter(handle=handle).values_list("pk", "merged_into_id").first()
    found = own or Follower.objects.filter(handle=handle).values_list("case_id", "case__merged_into_id").first()
    return (found[1] or found[0]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """What became of the latest wish to take a case up again, with the reason that whoever asked reads."""

    state: RequestState
    asked_at: datetime
    answered_at: datetime | None
    answer: str


_ANSWERS = (events.CaseReopened, events.CaseReconsidered, events.CaseReopenRefused)


def reopening_of(receipt: str) -> Reopening | None:
    """The latest wish to take the case of a receipt up again, or None if nobody asked."""
    case_id = case_behind(receipt)
    if case_id is None:
        return None
    asked = Request.objects.filter(case_id=case_id, kind=RequestKind.REOPENING).order_by("-asked_at", "-id").first()
    if asked is None:
        return None
    return Reopening(
        state=RequestState(asked.state),
        asked_at=asked.asked_at,
        answered_at=asked.answered_at,
        answer=_answer_to(asked) if asked.answered_at else "",
    )


def _answer_to(asked: Request) -> str:
    history = happened_to(Ref("case", asked.case_id))
    said = [
        item.event.text_id
        for item in history
        if isinstance(item.event, _ANSWERS) and item.event.request_id == asked.pk and item.event.text_id
    ]
    text = Text.objects.filter(pk=said[-1]).first() if said else None
    return text.body if text else ""
