# SPDX-License-Identifier: Apache-2.0
"""The demonstration's meetings and talks: called examples, and only invented units are pressed."""

from django.conf import settings

from jiayuan.cases.enums import State
from jiayuan.kernel import clock
from jiayuan.papers import queries as papers
from jiayuan.papers.services import load_offices
from jiayuan.site import demonstration
from jiayuan.site.demonstration import BY
from jiayuan.supervision.enums import AgendaKind, ItemState, MeetingState, SheetSource, TalkState
from jiayuan.supervision.models import Agendum, Decision, Item, Meeting, Sheet, Talk

INVENTED = "演示单位"


def test_meetings_and_talks_are_examples_and_press_invented_units_alone(suizhou: None) -> None:
    load_offices(folder=settings.BASE / "data" / settings.CITY_PACK / "papers", by=BY, at=clock.now())
    demonstration.load()

    assert sorted(Meeting.objects.values_list("state", flat=True)) == [
        MeetingState.ISSUED,
        MeetingState.ISSUED,
        MeetingState.PLANNED,
    ]
    for meeting in Meeting.objects.all():
        assert meeting.is_example
        assert "示例·演示数据" in meeting.title
    kinds = set(Agendum.objects.filter(meeting__state=MeetingState.ISSUED).values_list("kind", flat=True))
    assert kinds == set(AgendaKind)
    for decision in Decision.objects.select_related("unit", "item"):
        assert INVENTED in decision.unit.name
        assert decision.item is not None
    assert {ItemState.STRUCK, ItemState.FED_BACK, ItemState.OPEN} <= set(Item.objects.values_list("state", flat=True))
    # The minutes confirmed the third return and sent the case on.
    put = Agendum.objects.get(meeting__state=MeetingState.ISSUED, case__isnull=False)
    assert put.case is not None
    assert (put.case.returns, put.case.state) == (3, State.DISPATCHED)
    assert Agendum.objects.filter(meeting__state=MeetingState.PLANNED, case__returns=3).exists()
    for meeting in Meeting.objects.filter(state=MeetingState.ISSUED):
        paper = papers.paper_by_id(meeting.paper_id or 0)
        assert paper is not None
        assert paper.row.is_synthetic
        assert "演清办纪" in meeting.number
    assert sorted(Talk.objects.values_list("state", flat=True)) == [TalkState.CALLED, TalkState.HELD]
    for talk in Talk.objects.select_related("unit"):
        assert INVENTED in talk.unit.name
        assert "示例" in talk.reason
    sources = set(Sheet.objects.values_list("source", flat=True))
    assert {SheetSource.MEETING, SheetSource.TALK} <= sources
    for sheet in Sheet.objects.select_related("unit"):
        assert INVENTED in sheet.unit.name
