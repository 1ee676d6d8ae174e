# SPDX-License-Identifier: Apache-2.0
"""Asking for standards."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from jiayuan.kernel.errors import Refused
from jiayuan.standards import models, queries, services
from jiayuan.standards.book import ClassKey
from jiayuan.standards.enums import Kind, LimitKind, Setting, Unit
from jiayuan.standards.rules.deadlines import Limit
from tests.standards.calendars import at


def _target(scheme: str, code: str) -> str:
    row = queries.class_by_key(ClassKey(scheme, Kind.MATTER, code))
    assert row is not None
    task = queries.target_of(row.id, campaign_code="clean-homes-2024")
    assert task is not None
    return task.code


@pytest.mark.parametrize(
    ("scheme", "code", "task"),
    [
        ("rural", "R01", "three-heaps"),
        ("rural", "R12", "two-stacks"),
        ("rural", "R23", "three-disorders"),
        ("gbt47678-2026", "06010", "sanitation"),
        ("gbt47678-2026", "07001", "outdoor-ads"),
        ("gbt47678-2026", "06045", "greening"),
        ("gbt47678-2026", "09005", "frontage"),
        ("gbt47678-2026", "09006", "street-order"),
    ],
)
def test_a_class_counts_to_its_task(loaded: services.LoadReport, *, scheme: str, code: str, task: str) -> None:
    assert _target(scheme, code) == task


def test_the_three_published_rural_counts_hold_only_what_the_campaign_names(loaded: services.LoadReport) -> None:
    targets = queries.targets_of("clean-homes-2024")
    named = {queries.problem_class(row).key.code for row, task in targets.items() if task.setting is Setting.RURAL}

    assert named == {"R01", "R02", "R03", "R11", "R12", "R21", "R22", "R23"}


def test_a_tile_becomes_another_class_in_town(loaded: services.LoadReport) -> None:
    tile = queries.tile("stacks")

    assert tile is not None
    assert str(tile.class_in(Setting.RURAL).key) == "rural:matter:R11"
    assert str(tile.class_in(Setting.URBAN).key) == "gbt47678-2026:matter:06036"


def test_names_are_said_in_the_readers_language(loaded: services.LoadReport) -> None:
    tile = queries.tile("rubbish")
    said = []

    for language in ("zh-hans", "zh-hant", "en"):
        with override(language):
            said.append(str(tile.name) if tile else "")

    assert said == ["垃圾没人收", "垃圾沒人收", "Rubbish not collected"]


def test_typed_words_find_tiles_in_order(loaded: services.LoadReport) -> None:
    assert queries.guess_tiles("柴火堆在路边上没人管")[0].code == "stacks"
    assert queries.guess_tiles("") == ()


def test_the_key_of_a_class_reads_back() -> None:
    key = ClassKey("gbt47678-2026", Kind.COMPONENT, "03001")

    assert ClassKey.read(str(key)) == key


def test_the_campaign_runs_from_its_first_day(loaded: services.LoadReport) -> None:
    running = queries.campaign_on(date(2025, 1, 3))

    assert running is not None
    assert [phase.starts_on for phase in running.phases] == [date(2024, 9, 10), date(2024, 12, 4)]
    assert len(queries.tasks_of(running.code, Setting.RURAL)) == 3
    assert len(queries.tasks_of(running.code, Setting.URBAN)) == 5
    assert queries.campaign_on(date(2024, 9, 9)) is None


def test_a_limit_turns_into_a_due_moment_and_what_is_left(loaded: services.LoadReport) -> None:
    start = at("2025-01-03 16:30")

    due = queries.deadline_for(start=start, limit=Limit(LimitKind.WORKING_HOURS, 4))
    left = queries.remaining(now=at("2025-01-06 08:00"), due_at=due.at, kind=LimitKind.WORKING_HOURS)

    assert (due.at, due.provisional) == (at("2025-01-06 10:30"), False)
    assert (left.amount, left.unit, left.overdue) == (2, Unit.WORKING_HOURS, False)


def test_a_deadline_past_the_calendar_is_refused_with_its_end(loaded: services.LoadReport) -> None:
    with pytest.raises(Refused) as refusal:
        queries.deadline_for(start=at("2028-12-29 10:00"), limit=Limit(LimitKind.WORKING_DAYS, 30))

    assert refusal.value.code == "calendar_ends"
    assert "2028-12-31" in refusal.value.message


def test_what_is_left_of_a_far_date_is_told_in_calendar_days(loaded: services.LoadReport) -> None:
    left = queries.remaining(now=at("2025-01-03 09:00"), due_at=at("2031-01-03 09:00"), kind=LimitKind.WORKING_DAYS)

    assert left.unit is Unit.CALENDAR_DAYS


def test_without_a_calendar_a_deadline_is_refused_and_found(db: None) -> None:
    with pytest.raises(Refused, match="no_calendar"):
        queries.deadline_for(start=at("2025-01-03 09:00"), limit=Limit(LimitKind.URGENT, 2))

    assert [finding.code for finding in queries.calendar_findings(date(2025, 1, 3))] == ["no_calendar"]


def test_sixty_days_before_the_confirmed_end_the_calendar_is_too_short(loaded: services.LoadReport) -> None:
    assert queries.calendar_findings(date(2026, 11, 1)) == ()
    assert [finding.code for finding in queries.calendar_findings(date(2026, 11, 2))] == ["calendar_short"]


def test_a_class_without_task_or_limit_is_found(loaded: services.LoadReport) -> None:
    row = queries.class_by_key(ClassKey("rural", Kind.MATTER, "R52"))
    assert row is not None
    models.ClassTarget.objects.filter(problem_class_id=row.id).delete()
    models.FilingCondition.objects.filter(problem_class_id=row.id).update(is_retired=True)
    queries.forget()

    assert [finding.code for finding in queries.class_findings()] == ["no_condition", "no_target"]


def test_answers_come_from_memory(
    loaded: services.LoadReport, queries_at_most: Callable[[int], AbstractContextManager[Any]]
) -> None:
    queries.tiles()
    queries.work_calendar()

    with queries_at_most(0):
        queries.guess_tiles("垃圾没人收")
        queries.deadline_for(start=at("2025-01-03 09:00"), limit=Limit(LimitKind.WORKING_DAYS, 3))


@pytest.mark.parametrize(
    ("scheme", "code", "before", "after"),
    [
        ("rural", "R03", 1, 1),
        ("rural", "R62", 0, 0),
        ("gbt47678-2026", "06010", 1, 1),
        ("gbt47678-2026", "06028", 0, 0),
        ("gbt47678-2026", "09001", 0, 0),
        ("gbt47678-2026", "09005", 0, 0),
    ],
)
def test_a_heap_needs_two_pictures_and_a_doing_none(
    loaded: services.LoadReport, *, scheme: str, code: str, before: int, after: int
) -> None:
    row = queries.class_by_key(ClassKey(scheme, Kind.MATTER, code))

    assert row is not None
    assert queries.photo_rule(row.id) == queries.PhotoRule(before=before, after=after)


def test_every_class_that_a_tile_becomes_needs_a_picture_afterwards(loaded: services.LoadReport) -> None:
    classes = {tile.class_in(setting).id for tile in queries.tiles() for setting in Setting}

    assert all(queries.photo_rule(class_id).after == 1 for class_id in classes)


def test_a_ditch_is_the_same_further_along_than_a_bin(loaded: services.LoadReport) -> None:
    ditch = queries.class_by_key(ClassKey("rural", Kind.MATTER, "R31"))
    litter_bin = queries.class_by_key(ClassKey("gbt47678-2026", Kind.COMPONENT, "03005"))

    assert ditch is not None
    assert litter_bin is not None
    assert queries.sameness(ditch.id).within_m > queries.sameness(litter_bin.id).within_m


@pytest.mark.parametrize(
    ("kind", "minutes"),
    [(LimitKind.URGENT, 4 * 60), (LimitKind.WORKING_HOURS, 60 + 60), (LimitKind.WORKING_DAYS, 60 + 60)],
)
def test_time_is_counted_as_the_limit_counts_it(loaded: services.LoadReport, kind: LimitKind, minutes: int) -> None:
    began, ended = at("2025-01-03 11:00"), at("2025-01-03 15:00")

    assert queries.time_between(began, ended, kind).total_seconds() == minutes * 60


def test_beyond_the_calendar_time_is_told_by_the_clock(loaded: services.LoadReport) -> None:
    began, ended = at("2090-01-02 11:00"), at("2090-01-02 15:00")

    assert queries.time_between(began, ended, LimitKind.WORKING_HOURS).total_seconds() == 4 * 3600
