# SPDX-License-Identifier: Apache-2.0
"""A round cites its plan; its places are drawn by a recorded seed from a sealed list, and inspectors from outside."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jiayuan.inspections import queries, services
from jiayuan.inspections.enums import Excluded, RoundState, StrataBy, VisitState
from jiayuan.inspections.events import PlacesDrawn
from jiayuan.inspections.intake import ExclusionInput
from jiayuan.inspections.models import Draw, Round, Visit
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.record.queries import happened_to
from tests.cast import CITY, COMMUNITY, DISTRICT, MORNING, NEXT_VILLAGE, STREET, SYSTEM, Cast, cast
from tests.ground import ground, small_town
from tests.inspections.rounds import SEED, drawn, inspector, plan, planned, prepared

__all__ = ["cast", "ground", "planned", "small_town"]
pytestmark = pytest.mark.usefixtures("planned")


def excluded(village: str = COMMUNITY, reason: Excluded = Excluded.WORKS, note: str = "") -> ExclusionInput:
    return ExclusionInput(village=village, reason=reason, note=note)


def refused(code: str, **given: Any) -> None:
    with pytest.raises(Refused) as refusal:
        prepared(**given)
    assert refusal.value.code == code


# ── the plan ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_area_has_one_plan_for_a_year() -> None:
    with pytest.raises(Refused) as refusal:
        services.adopt_plan(given=plan(), by=SYSTEM, at=MORNING)

    assert refusal.value.code == "plan_twice"
    services.adopt_plan(given=plan(year=2026), by=SYSTEM, at=MORNING)


def test_a_round_cites_a_line_of_its_year_that_covers_it() -> None:
    refused("missing_line", line_id=0)
    refused("other_year", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 9))
    refused("missing_version", version_id=0)


def test_a_district_plans_rounds_of_its_own_and_of_no_other(planned: Cast) -> None:
    supervisor = planned["county_supervisor"].actor

    assert prepared(by=supervisor).area == DISTRICT
    for area in (CITY, NEXT_VILLAGE):
        with pytest.raises(NotPermitted):
            prepared(by=supervisor, area=area)
    with pytest.raises(NotPermitted):
        prepared(by=planned["town_leader"].actor, area=STREET)


# ── the draw ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_round_draws_its_number_of_every_town_and_keeps_seed_list_and_moment() -> None:
    row = drawn(per_stratum=2)

    kept = queries.draws_of(row.pk)[0]
    assert Counter(Visit.objects.values_list("town", flat=True)) == {"990101001": 2, "990101100": 2}
    assert (row.state, kept.seed, kept.drawn_at) == (RoundState.DRAWN, SEED, MORNING)
    assert queries.digest_of(kept.listing) == kept.listing_digest
    # Anybody draws the same places again from what was kept.
    again = queries.draw(queries.frame_from(kept.listing), kept.seed)
    assert [line.code for line in again] == list(Visit.objects.order_by("number").values_list("village", flat=True))
    told = happened_to(row.ref)[-1].event
    assert isinstance(told, PlacesDrawn)
    assert (told.drawn, told.listed, told.seed) == (4, 6, SEED)


def test_chance_gives_a_seed_where_nobody_does() -> None:
    seeds = set()
    for _ in range(2):
        row = prepared()
        seeds.add(services.draw_places(round_id=row.pk, note="", by=SYSTEM, at=MORNING).seed)

    assert len(seeds) == 2
    assert {len(seed) for seed in seeds} == {32}


def test_an_excluded_place_stays_out_and_its_reason_stands_in_the_list() -> None:
    row = prepared(per_stratum=9)
    services.exclude(round_id=row.pk, given=excluded(), by=SYSTEM, at=MORNING)
    services.exclude(round_id=row.pk, given=excluded(f"{STREET[:9]}002"), by=SYSTEM, at=MORNING)
    services.readmit(round_id=row.pk, village=f"{STREET[:9]}002", by=SYSTEM, at=MORNING)

    kept = services.draw_places(round_id=row.pk, note="", by=SYSTEM, at=MORNING)

    assert not Visit.objects.filter(village=COMMUNITY).exists()
    assert Visit.objects.count() == 5
    assert f"{COMMUNITY}\t{STREET[:9]}\tworks\n" in kept.listing
    with pytest.raises(Refused) as refusal:
        services.exclude(round_id=row.pk, given=excluded(), by=SYSTEM, at=MORNING)
    assert refusal.value.code == "drawn_already"


def test_a_place_outside_the_round_cannot_be_excluded() -> None:
    row = prepared()
    with pytest.raises(Refused) as refusal:
        services.exclude(round_id=row.pk, given=excluded(NEXT_VILLAGE), by=SYSTEM, at=MORNING)

    assert refusal.value.code == "outside_round"


def test_places_are_drawn_again_with_a_note_only_and_both_draws_stay() -> None:
    row = drawn()
    with pytest.raises(Refused) as refusal:
        services.draw_places(round_id=row.pk, note="", by=SYSTEM, at=MORNING)
    assert refusal.value.code == "missing_note"

    services.draw_places(round_id=row.pk, note="双河村断路，进不去", by=SYSTEM, at=MORNING)

    assert [(one.attempt, one.note) for one in queries.draws_of(row.pk)] == [(2, "双河村断路，进不去"), (1, "")]
    assert Visit.objects.count() == 2


def test_nothing_is_drawn_again_once_somebody_is_inspecting() -> None:
    row = drawn()
    Visit.objects.filter(number=1).update(state=VisitState.UNDER_WAY)
    with pytest.raises(Refused) as refusal:
        services.draw_places(round_id=row.pk, note="再抽一次", by=SYSTEM, at=MORNING)

    assert refusal.value.code == "under_way"


def test_the_database_refuses_a_second_draw_without_a_note() -> None:
    row = drawn()
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(round=row).update(attempt=2)


def test_strata_may_stand_in_a_list_of_their_own() -> None:
    listed = ((COMMUNITY, "主干道"), (f"{STREET[:9]}200", "偏远"), (f"{STREET[:9]}002", "主干道"))
    drawn(strata_by=StrataBy.LISTED, listed=listed)

    assert Counter(Visit.objects.values_list("stratum", flat=True)) == {"主干道": 1, "偏远": 1}


@pytest.mark.parametrize(
    ("by", "strata"),
    [
        (StrataBy.WHOLE, {"all"}),
        (StrataBy.COUNTY, {"990101", "990121"}),
        (StrataBy.SETTING, {"rural", "urban"}),
    ],
)
def test_a_round_of_the_city_parts_its_places_as_it_says(by: StrataBy, strata: set[str]) -> None:
    drawn(area=CITY, strata_by=by)

    assert set(Visit.objects.values_list("stratum", flat=True)) == strata


def test_a_place_stands_for_those_of_its_stratum_that_took_part() -> None:
    drawn()

    assert set(Visit.objects.values_list("town", "stands_for")) == {("990101001", 3_000_000), ("990101100", 3_000_000)}


# ── who inspects ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_inspectors_are_drawn_by_the_seed_and_share_the_work(planned: Cast) -> None:
    drawn(area=CITY, per_stratum=3)
    first = list(Visit.objects.order_by("number").values_list("inspector_id", flat=True))
    Visit.objects.all().delete()
    drawn(area=CITY, per_stratum=3)

    assert list(Visit.objects.order_by("number").values_list("inspector_id", flat=True)) == first
    often = Counter(first)
    assert set(often) == {planned[name].person_id for name in ("戴白露", "冯雨水", "蒋惊蛰")}
    assert max(often.values()) - min(often.values()) <= 1


def test_nobody_inspects_the_unit_in_which_they_hold_a_post(planned: Cast) -> None:
    own = inspector("沈清明", area=STREET)
    drawn(per_stratum=9)

    # A round of the district compares its towns: whoever is at home in one does not inspect it.
    assert not Visit.objects.filter(inspector_id=own.person_id, town=STREET[:9]).exists()


def test_a_round_for_which_nobody_from_outside_is_left_is_not_drawn(planned: Cast) -> None:
    for name in ("戴白露", "冯雨水", "蒋惊蛰"):
        planned[name].account.is_active = False
        planned[name].account.save(update_fields=["is_active"])
    inspector("沈清明", area=STREET)
    row = prepared()
    with pytest.raises(Refused) as refusal:
        services.draw_places(round_id=row.pk, note="", by=SYSTEM, at=MORNING)

    assert refusal.value.code == "no_inspector"
    assert not Draw.objects.exists()


# ── what is told of it ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_round_exists_for_planners_of_its_area_alone_until_it_is_published(planned: Cast) -> None:
    row = drawn(area=CITY)

    assert [one.handle for one in queries.rounds_seen_by(SYSTEM)] == [row.handle]
    for part in ("county_supervisor", "town_leader", "auditor", "resident"):
        assert queries.round_seen_by(planned[part].actor, row.handle) is None
    assert queries.published_round(row.handle) is None


def test_a_warning_names_the_places_inspected_more_often_than_planned() -> None:
    everywhere: dict[str, Any] = {"line": "2", "per_stratum": 9}
    first = drawn(**everywhere)
    assert not queries.warnings_of(view(first), [COMMUNITY]).is_needed

    second = drawn(**everywhere)
    found = queries.warnings_of(view(second), [COMMUNITY])

    assert found.line.is_overdone
    assert [(one.village, one.n, one.planned) for one in found.places] == [(COMMUNITY, 2, 1)]
    services.void_round(round_id=second.pk, by=SYSTEM, at=MORNING)
    assert not queries.warnings_of(view(first), [COMMUNITY]).is_needed


def view(row: Round) -> queries.RoundView:
    found = queries.round_seen_by(SYSTEM, row.handle)
    assert found is not None
    return found


def test_a_void_round_is_drawn_no_more() -> None:
    row = prepared()
    services.void_round(round_id=row.pk, by=SYSTEM, at=MORNING)
    with pytest.raises(Refused) as refusal:
        services.draw_places(round_id=row.pk, note="", by=SYSTEM, at=MORNING)

    assert refusal.value.code == "not_open"
