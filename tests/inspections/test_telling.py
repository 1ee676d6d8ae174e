# SPDX-License-Identifier: Apache-2.0
"""Inspectors learn that they were drawn, the inspected after the evidence is in; nobody is told of their own deed."""

import pytest

from jiayuan.inspections import events, services
from jiayuan.inspections.models import Appeal, Finding
from jiayuan.notices.queries import inbox
from jiayuan.people import services as people
from jiayuan.people.models import Post
from jiayuan.record import readers
from tests.cast import MORNING, NEW_YEAR, STREET, SYSTEM, Cast, cast
from tests.ground import ground, small_town
from tests.inspections.rounds import drawn, planned, published, scored

__all__ = ["cast", "ground", "planned", "small_town"]


def told(cast: Cast, part: str) -> list[str]:
    readers.relay(MORNING)
    kinds = {one.KIND for one in events.EVENTS}
    return [notice.kind for notice in inbox(cast[part].actor, size=100).notices if notice.kind in kinds]


def test_inspectors_are_told_and_the_inspected_are_not_before_the_sheet_is_in(planned: Cast) -> None:
    row = drawn(per_stratum=3)

    assert [told(planned, name) for name in ("戴白露", "冯雨水", "蒋惊蛰")] == [[events.PlacesDrawn.KIND]] * 3
    assert told(planned, "town_leader") == []
    scored(row, planned)
    assert told(planned, "town_leader") == [events.PlaceScored.KIND] * 3


def test_the_inspected_are_told_once_of_the_publication(planned: Cast) -> None:
    published(planned, per_stratum=3)

    assert told(planned, "town_leader").count(events.RoundPublished.KIND) == 1


@pytest.mark.parametrize("times", [0, 1])
def test_whoever_decides_is_told_of_an_appeal_and_whoever_asked_of_its_answer(planned: Cast, times: int) -> None:
    published(planned)
    finding = Finding.objects.get(visit__town=STREET[:9])
    leader, supervisor = planned["town_leader"], planned["county_supervisor"]
    asked = services.appeal(finding_id=finding.pk, reason="在邻村", photos=[], by=leader.actor, at=MORNING)

    assert told(planned, "county_supervisor").count(events.ScoreAppealed.KIND) == 1
    services.decide_appeal(appeal_id=asked.pk, times=times, answer="核对过了", by=supervisor.actor, at=MORNING)
    assert told(planned, "town_leader").count(events.AppealDecided.KIND) == 1
    assert events.AppealDecided.KIND not in told(planned, "county_supervisor")


def test_the_words_of_a_person_who_is_forgotten_go_and_the_appeal_stays(planned: Cast) -> None:
    published(planned)
    finding = Finding.objects.get(visit__town=STREET[:9])
    leader = planned["town_leader"]
    services.appeal(finding_id=finding.pk, reason="是我家门口，不是村口", photos=[], by=leader.actor, at=MORNING)
    Post.objects.filter(person_id=leader.person_id).update(ends_on=NEW_YEAR)
    people.forget_person(person_id=leader.person_id, by=SYSTEM, at=MORNING)
    readers.relay(MORNING)

    left = Appeal.objects.get()
    assert left.asked_by is None
    assert left.reason == ""
