# SPDX-License-Identifier: Apache-2.0
"""Publication, appeals within three working days, corrections that keep what stood before, and looking back."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from jiayuan.cases.models import Case
from jiayuan.inspections import queries, services
from jiayuan.inspections.enums import AppealState, RoundState, StrataBy, Weighting
from jiayuan.inspections.events import AppealDecided
from jiayuan.inspections.models import Appeal, Finding, Reading, Round, Visit
from jiayuan.kernel.access import Actor
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.record.queries import happened_to
from tests.cast import CITY, MORNING, STREET, SYSTEM, Cast, cast
from tests.factories.cases import photo
from tests.ground import ground, small_town
from tests.inspections.rounds import SEED, drawn, found, inspecting, planned, published, scored

__all__ = ["cast", "ground", "planned", "small_town"]


def finding(town: str = STREET[:9]) -> Finding:
    return Finding.objects.filter(visit__town=town).latest("pk")


def appealed(by: Actor, at: datetime = MORNING, reason: str = "拍的是邻村", photos: int = 0) -> Appeal:
    return services.appeal(
        finding_id=finding().pk, reason=reason, photos=[photo(by=by) for _ in range(photos)], by=by, at=at
    )


def decided(row: Appeal, by: Actor = SYSTEM, times: int = 0, answer: str = "经核对，不在本村") -> Appeal:
    return services.decide_appeal(appeal_id=row.pk, times=times, answer=answer, by=by, at=MORNING)


def refused(code: str, act: object, *args: object, **given: object) -> None:
    with pytest.raises(Refused) as refusal:
        act(*args, **given)  # type: ignore[operator]
    assert refusal.value.code == code


def view(row: Round) -> queries.RoundView:
    shown = queries.round_seen_by(SYSTEM, row.handle)
    assert shown is not None
    return shown


# ── publication ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_scores_are_published_when_every_place_is_scored_and_not_before(planned: Cast) -> None:
    row = drawn()
    refused("not_all_scored", services.publish_round, round_id=row.pk, by=SYSTEM, at=MORNING)
    scored(row, planned)
    services.publish_round(round_id=row.pk, by=planned["county_supervisor"].actor, at=MORNING)

    row.refresh_from_db()
    assert row.state == RoundState.PUBLISHED
    # Published on Friday, the third of January: three working days end on Wednesday.
    assert row.appeals_until == datetime(2025, 1, 8, 23, 59, 59, tzinfo=ZONE)
    assert queries.round_seen_by(planned["auditor"].actor, row.handle) is not None
    refused("published_already", services.publish_round, round_id=row.pk, by=SYSTEM, at=MORNING)
    refused("published_already", services.void_round, round_id=row.pk, by=SYSTEM, at=MORNING)


# ── appeals ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_upheld_appeal_corrects_the_score_and_keeps_what_stood_before(planned: Cast) -> None:
    published(planned, times=3)
    row = appealed(planned["town_leader"].actor, photos=1)
    decided(row, by=planned["county_supervisor"].actor, times=1)

    visit = finding().visit
    assert visit.points == 99_000_000
    assert [one.points for one in queries.scores_of(visit.pk)] == [Fraction(97), Fraction(99)]
    assert list(Reading.objects.filter(finding=finding()).values_list("version", "times")) == [(1, 3), (2, 1)]
    shown = queries.findings_of(visit.pk)[0]
    assert (shown.first_times, shown.times) == (3, 1)
    assert shown.appeal is not None
    assert shown.appeal.state is AppealState.UPHELD
    told = happened_to(visit.ref)[-1].event
    assert isinstance(told, AppealDecided)
    assert (told.points_before, told.points) == (97_000_000, 99_000_000)


def test_a_refused_appeal_leaves_the_score_and_says_why(planned: Cast) -> None:
    published(planned)
    row = decided(appealed(planned["town_leader"].actor), times=1)

    assert (row.state, row.answer) == (AppealState.REFUSED, "经核对，不在本村")
    assert finding().visit.points == 99_000_000
    refused("decided_already", decided, row)


def test_appeals_are_taken_for_three_working_days_from_the_publication(planned: Cast) -> None:
    row = published(planned)
    leader = planned["town_leader"].actor
    assert row.appeals_until is not None
    refused("appeals_over", appealed, leader, at=row.appeals_until + timedelta(seconds=1))
    appealed(leader, at=row.appeals_until)


def test_only_the_inspected_appeal_once_with_a_reason_and_after_publication(planned: Cast) -> None:
    row, leader = drawn(), planned["town_leader"].actor
    scored(row, planned)
    refused("not_published", appealed, leader)
    services.publish_round(round_id=row.pk, by=SYSTEM, at=MORNING)
    for part in ("auditor", "county_supervisor"):
        with pytest.raises(NotPermitted):
            appealed(planned[part].actor)
    refused("missing_reason", appealed, leader, reason="")
    appealed(leader)
    refused("appealed_before", appealed, leader)


def test_whoever_scored_or_asked_does_not_decide_and_nobody_makes_it_worse(planned: Cast) -> None:
    published(planned, times=2)
    row = appealed(planned["town_leader"].actor)
    supervisor = planned["county_supervisor"].actor
    refused("worse", decided, row, by=supervisor, times=3)
    refused("missing_answer", decided, row, by=supervisor, answer="")
    with pytest.raises(NotPermitted):
        decided(row, by=inspecting(finding().visit, planned))
    Visit.objects.filter(pk=finding().visit_id).update(inspector_id=supervisor.person_id)
    refused("own_score", decided, row, by=supervisor)


def test_the_database_lets_nobody_decide_their_own_appeal(planned: Cast) -> None:
    published(planned)
    row = appealed(planned["town_leader"].actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=row.pk).update(decided_by_id=row.asked_by_id)


# ── what a round came to ──────────────────────────────────────────────────────────────────────────────────────────


def test_results_say_how_many_of_how_many_and_rank_nobody_on_one_village(planned: Cast) -> None:
    row = drawn()
    for visit, times in zip(row.visits.order_by("number"), (0, 9), strict=True):
        by = inspecting(visit, planned)
        if times:
            found(visit, by, times=times)
        services.submit_visit(visit_id=visit.pk, absent=(), expected=None, by=by, at=MORNING)
    told = queries.results_of(view(row))

    assert {(mean.n, mean.whole) for mean in told.towns} == {(1, 3)}
    assert sorted(mean.points for mean in told.towns) == [91, 100]
    assert [len(band) for band in told.bands] == [2]
    assert [(mean.points, mean.n, mean.whole) for mean in told.counties] == [(Fraction(191, 2), 2, 6)]


def test_a_round_of_the_city_weighs_towns_as_it_says(planned: Cast) -> None:
    for weighting in Weighting:
        row = drawn(area=CITY, strata_by=StrataBy.TOWN, weighting=weighting, line="1", seed=SEED)
        scored(row, planned, times=2)
        told = queries.results_of(view(row))

        assert {mean.key for mean in told.counties} == {"990101", "990121"}
        assert all(mean.points == 98 for mean in told.counties)
        weights = {mean.key: mean.weight for mean in told.counties}
        assert weights["990121"] == (6 if weighting is Weighting.STANDS_FOR else 2)


# ── looking back ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_findings_of_black_places_are_looked_at_again_and_a_share_of_the_others(planned: Cast) -> None:
    row = published(planned, times=2, black_below=9_900, red_from=9_950, per_stratum=3)
    kept = services.draw_look_back(round_id=row.pk, by=SYSTEM, at=MORNING, seed=SEED)
    shown = queries.look_back_of(row.pk)

    assert shown is not None
    # Every place lost two points and is black, so all six are drawn.
    assert set(shown.findings) == set(Finding.objects.values_list("pk", flat=True))
    assert kept.listing_digest == queries.digest_of(shown.listing)
    refused("looked_back", services.draw_look_back, round_id=row.pk, by=SYSTEM, at=MORNING)


def test_without_black_places_a_fifth_is_looked_at_again(planned: Cast) -> None:
    row = published(planned, per_stratum=3)
    services.draw_look_back(round_id=row.pk, by=SYSTEM, at=MORNING, seed=SEED)
    shown = queries.look_back_of(row.pk)

    assert shown is not None
    assert len(shown.findings) == 2
    assert Case.objects.count() == 6


def test_nothing_is_looked_at_again_of_a_round_that_found_nothing(planned: Cast) -> None:
    row = published(planned, times=0)
    refused("nothing_found", services.draw_look_back, round_id=row.pk, by=SYSTEM, at=MORNING)
