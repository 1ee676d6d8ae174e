# SPDX-License-Identifier: Apache-2.0
"""A season in bulk: its sums are exact, its rows stand where its events say, and it can be broken off anywhere."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db.models import Max, Sum

from jiayuan.cases.enums import ListState, RowState, State
from jiayuan.cases.models import Case, ClearingCount, ClearingList, ClearingRow, ClearingSample, Timer
from jiayuan.cases.queries import loading, shapes, wrong_cases, wrong_lists, wrong_samples
from jiayuan.cases.queries.season import words
from jiayuan.cases.rules.season import Shapes, smaller
from jiayuan.cases.services import begin_season, load_season
from jiayuan.cases.services.season import load as loader
from jiayuan.cases.services.season.ground import Ground
from jiayuan.cases.services.season.plan import Fate, plan
from jiayuan.media.enums import Variant
from jiayuan.media.models import Photo
from jiayuan.media.queries import picture
from jiayuan.media.services import draw_on_view
from jiayuan.notices.models import Notice
from jiayuan.places import queries as places
from jiayuan.record import counters, readers
from jiayuan.record.models import Cursor, StoredEvent
from jiayuan.standards import queries as standards
from tests.cast import MORNING, SYSTEM
from tests.factories.cases import report

CAMPAIGN = "clean-homes-2024"


@pytest.fixture
def small(ground: None) -> Iterator[Shapes]:
    """A season of a fiftieth, with branches enough to meet all of them."""
    loader._seasons.clear()
    drawn = smaller(shapes(), 0.02)
    cases = {**drawn.cases, "relapses_per_figure": 2, "failed_rows_per_rural_figure": 2, "storm": 6, "open": 60}
    yield Shapes(**{name: getattr(drawn, name) for name in Shapes.__slots__} | {"cases": cases})
    loader._seasons.clear()


def load(drawn: Shapes, *, seed: int = 1) -> None:
    begin_season(by=SYSTEM, at=MORNING, drawn=drawn, seed=seed)
    assert load_season(cast={}, by=SYSTEM, at=MORNING, drawn=drawn, seed=seed) == 100


def sums() -> dict[tuple[str, str], int]:
    """What was put right, by task and setting: closed cases and accepted rows."""
    found: Counter[tuple[str, str]] = Counter()
    for case in Case.objects.filter(state=State.CLOSED, forced=False):
        place = places.division(case.village)
        assert place is not None
        setting = standards.setting_of(urban_rural=place.urban_rural, kind=place.kind)
        found[(_task(case.problem_class_id), setting.value)] += case.quantity
    for class_id, quantity in ClearingCount.objects.values_list("problem_class_id", "quantity"):
        found[(_task(class_id), "rural")] += quantity
    return dict(found)


def _task(class_id: int) -> str:
    task = standards.target_of(class_id, campaign_code=CAMPAIGN)
    return task.code if task else ""


def test_every_published_figure_comes_out_exactly_whatever_the_seed(small: Shapes) -> None:
    load(small, seed=7)

    found = sums()
    assert {figure.code: found[(figure.task, figure.setting)] for figure in small.figures} == {
        figure.code: figure.total for figure in small.figures
    }


def test_another_seed_keeps_the_figures_and_tells_other_stories(small: Shapes) -> None:
    grounds = [Ground(small, words(), seed=seed) for seed in (1, 2)]
    plans = [plan(ground, small, seed=seed, already={}) for seed, ground in enumerate(grounds, 1)]

    by_task = [Counter[str]() for _ in plans]
    for counted, families in zip(by_task, plans, strict=True):
        for family in families:
            if family.fate is Fate.CLOSED and not family.task.startswith("other"):
                counted[family.task] += family.quantity
            for task, quantity in (row for rows in family.lists for row in rows):
                if family.fate in (Fate.LOT, Fate.FAILED_LOT):
                    counted[task] += quantity
    assert by_task[0] == by_task[1]
    assert [family.place for family in plans[0]] != [family.place for family in plans[1]]


def test_no_case_and_no_list_stands_where_its_events_do_not_say(small: Shapes) -> None:
    load(small)

    assert list(wrong_cases(Case.objects.order_by("pk"))) == []
    assert list(wrong_lists(ClearingList.objects.order_by("pk"))) == []
    assert list(wrong_samples(ClearingSample.objects.order_by("pk"))) == []
    assert counters.recount().wrong == ()


def test_the_replay_of_cases_finds_a_row_that_lies(small: Shapes) -> None:
    load(small)
    handling = Case.objects.filter(state=State.HANDLING).first()
    assert handling is not None
    Case.objects.filter(pk=handling.pk).update(reworks=3)
    Timer.objects.filter(case=handling, ended_at=None).update(paused_at=MORNING)

    found = list(wrong_cases(Case.objects.filter(pk=handling.pk)))

    assert any("reworks is 3" in line for line in found)
    Case.objects.filter(pk=handling.pk).update(state=State.REPORTED, unit=None, due_at=None)
    assert any("state is reported" in line for line in wrong_cases(Case.objects.filter(pk=handling.pk)))


def test_all_branches_of_the_life_occur(small: Shapes) -> None:
    load(small)

    states = set(Case.objects.values_list("state", flat=True))
    assert {State.CLOSED, State.REJECTED, State.VOID, State.MERGED, State.HANDLING} <= states
    kinds = set(StoredEvent.objects.values_list("kind", flat=True))
    assert {
        "cases.returned",
        "cases.sent_back",
        "cases.merged",
        "cases.clearing_reopened",
        "cases.looked_back",
    } <= kinds
    assert set(ClearingList.objects.values_list("state", flat=True)) >= {ListState.ACCEPTED, ListState.OPEN}
    assert ClearingRow.objects.filter(state=RowState.FAILED, case__isnull=False).exists()
    assert Case.objects.aggregate(most=Max("me_toos"))["most"] == small.cases["storm"]


def test_nothing_happens_after_the_seasons_last_moment(small: Shapes) -> None:
    load(small)

    told = StoredEvent.objects.filter(kind__startswith="cases.")
    assert not told.filter(at__gte=small.ends_at).exists()
    assert not Case.objects.filter(moved_at__gte=small.ends_at).exists()
    assert not told.exclude(recorded_at=MORNING).exists(), "it became known when it was loaded"


def test_nobody_is_told_of_what_happened_long_ago(small: Shapes) -> None:
    load(small)

    assert readers.relay(MORNING) == 0
    assert not Notice.objects.exists()
    newest = StoredEvent.objects.aggregate(newest=Max("position"))["newest"]
    names = [reader.name for reader in readers.held()]
    assert set(Cursor.objects.filter(reader__in=names).values_list("position", flat=True)) == {newest}


def test_what_somebody_does_meanwhile_is_not_skipped(small: Shapes) -> None:
    whole = begin_season(by=SYSTEM, at=MORNING, drawn=small, seed=1)
    assert load_season(cast={}, by=SYSTEM, at=MORNING, drawn=small, seed=1, families=whole // 3) < 100
    live = report()

    assert load_season(cast={}, by=SYSTEM, at=MORNING, drawn=small, seed=1) == 100

    assert counters.recount().wrong == ()
    assert list(wrong_cases([live])) == []


def test_a_load_that_was_broken_off_goes_on_and_doubles_nothing(small: Shapes) -> None:
    whole = begin_season(by=SYSTEM, at=MORNING, drawn=small, seed=1)
    assert loading() == 0
    load_season(cast={}, by=SYSTEM, at=MORNING, drawn=small, seed=1, families=whole // 2)
    percent = loading()
    assert percent is not None
    assert 40 <= percent <= 60
    # Another process knows nothing of the plan and makes it anew.
    loader._seasons.clear()

    assert begin_season(by=SYSTEM, at=MORNING, drawn=small, seed=1) == whole
    load_season(cast={}, by=SYSTEM, at=MORNING, drawn=small, seed=1)

    assert loading() is None
    found = sums()
    assert all(found[(figure.task, figure.setting)] == figure.total for figure in small.figures)
    assert StoredEvent.objects.count() == StoredEvent.objects.aggregate(newest=Max("position"))["newest"]


def test_keys_of_what_comes_afterwards_lie_beyond_the_season(small: Shapes) -> None:
    begin_season(by=SYSTEM, at=MORNING, drawn=small, seed=1)
    first = report()
    load_season(cast={}, by=SYSTEM, at=MORNING, drawn=small, seed=1)

    assert Case.objects.aggregate(newest=Max("pk"))["newest"] == first.pk


def test_pictures_are_drawn_when_somebody_first_looks(small: Shapes) -> None:
    load(small)
    photo = Photo.objects.filter(synthetic=True).order_by("pk").first()
    assert photo is not None
    assert picture(photo.handle, Variant.THUMB) is None

    assert draw_on_view(handle=photo.handle, by=SYSTEM, at=MORNING)

    shown = picture(photo.handle, Variant.THUMB)
    assert shown is not None
    assert shown[:4] == b"RIFF"
    assert not Photo.objects.filter(synthetic=False).exists()


def test_the_village_share_of_what_counts_is_cleared_by_itself(small: Shapes) -> None:
    load(small)

    by_itself = ClearingCount.objects.aggregate(total=Sum("quantity"))["total"]
    assert by_itself == sum(figure.total * figure.self_percent // 100 for figure in small.figures)
