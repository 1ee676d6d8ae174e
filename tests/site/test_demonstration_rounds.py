# SPDX-License-Identifier: Apache-2.0
"""The demonstration's inspections: eight rounds that anybody can replay, and no real place that is scored badly."""

from datetime import timedelta

from jiayuan.inspections import queries, services
from jiayuan.inspections.enums import RoundState
from jiayuan.inspections.models import Appeal, Plan, Round, Visit
from jiayuan.kernel import clock
from jiayuan.people import queries as people
from jiayuan.people import services as people_services
from jiayuan.places import queries as places
from jiayuan.site.demonstration_rounds import BY, ROUNDS, load_rounds
from tests.inspections.rounds import SHIPPED


def member(username: str, role: str) -> int:
    """An account of the whole city, for a season."""
    at, city = clock.now() - timedelta(days=120), places.city()
    assert city is not None
    account = people_services.open_account(username=username, password="扫干净-2025", name=username, by=BY, at=at)
    people_services.appoint(
        person_id=account.person_id or 0,
        role=role,
        area=city.code,
        organisation_id=None,
        starts_on=clock.on(at),
        by=BY,
        at=at,
    )
    return account.pk


def test_eight_rounds_are_played_and_one_waits_for_whoever_tries_it(suizhou: None) -> None:
    services.load_sheets(folder=SHIPPED, by=BY, at=clock.now() - timedelta(days=110))
    inspector, supervisor = member("检查员", "inspector"), member("市级督导", "county_supervisor")

    played = load_rounds(
        inspector=people.actor_for(inspector),
        supervisor=people.actor_for(supervisor),
        password="扫干净-2025",
        at=clock.now(),
    )

    assert played == len(ROUNDS) == Round.objects.count() == 8
    assert sorted(Plan.objects.values_list("year", flat=True)) == [2024, 2025]
    assert Round.objects.filter(state=RoundState.PUBLISHED).count() == 7
    assert queries.visits_of(people.actor_for(inspector))
    assert Appeal.objects.exists()
    for row in Round.objects.all():
        draw = row.draws.get()
        again = [line.code for line in queries.draw(queries.frame_from(draw.listing), draw.seed)]
        assert again == list(row.visits.order_by("number").values_list("village", flat=True))
        assert row.is_synthetic
        assert "演示数据" in row.title
    # Whoever is scored badly in a demonstration is invented, and no place of the city is.
    assert Visit.objects.exclude(points=None).count() == 63
    assert not Visit.objects.filter(points__lt=90_000_000).exists()
    assert not Visit.objects.filter(submitted_at__gt=clock.now()).exists()


def test_without_sheets_nothing_is_inspected(suizhou: None) -> None:
    nobody = people.actor_for(member("检查员", "inspector"))

    assert load_rounds(inspector=nobody, supervisor=nobody, password="x", at=clock.now()) == 0
