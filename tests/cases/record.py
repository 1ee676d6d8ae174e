# SPDX-License-Identifier: Apache-2.0
"""What the record keeps of a case, for tests that look."""

from typing import TypeVar

from jiayuan.cases.events import CaseEvent
from jiayuan.cases.models import Case, Text
from jiayuan.record.queries import happened_to

E = TypeVar("E", bound=CaseEvent)


def course(case: Case) -> list[CaseEvent]:
    """The events of a case's own course, oldest first."""
    return [item.event for item in happened_to(case.ref) if isinstance(item.event, CaseEvent)]


def latest(case: Case, kind: type[E]) -> E:
    """The newest event of a case, which is of this kind."""
    event = course(case)[-1]
    assert isinstance(event, kind)
    return event


def text_of(text_id: int | None) -> str:
    """The erasable text that an event points to."""
    assert text_id is not None
    return Text.objects.get(pk=text_id).body
