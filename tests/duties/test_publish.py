# SPDX-License-Identifier: Apache-2.0
"""Drafts are edited, published versions never; a version holds from its day on, and only one holds on any day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from jiayuan.duties import queries, services
from jiayuan.duties.enums import Force, Kind
from jiayuan.duties.events import DutyDraftChanged, DutyListPublished
from jiayuan.duties.intake import DocumentInput
from jiayuan.duties.models import Document, Version
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import NotPermitted, Problems, Refused, Stale
from jiayuan.record.events import Event
from jiayuan.record.models import StoredEvent
from jiayuan.record.queries import happened_to
from tests.cast import MORNING, SMALL_CITY, SYSTEM, Cast, cast
from tests.duties.lists import DUST, LIST, RUBBISH, STALLS, TODAY, entry, in_force, issued, lists, publish_next
from tests.ground import ground, small_town

__all__ = ["cast", "ground", "lists", "small_town"]
pytestmark = pytest.mark.usefixtures("lists")
TOMORROW = TODAY + timedelta(days=1)


def draft(*, by: Actor = SYSTEM) -> queries.VersionView:
    services.make_draft(document=LIST, by=by, at=MORNING)
    found = queries.draft_of(LIST)
    assert found is not None
    return found


def told() -> list[Event]:
    return [item.event for item in happened_to(Document.objects.get(code=LIST).ref)]


def test_the_pack_publishes_its_lists_once() -> None:
    again = services.load_lists(folder=SMALL_CITY / "duties", by=SYSTEM, at=MORNING)

    assert again == 0
    assert [one.key for one in in_force().entries] == ["2.1", "2.3", "2.10"]
    assert (in_force().source_number, in_force().is_illustrative) == ("云清办〔2024〕3号", True)


def test_a_draft_begins_with_what_was_published_and_is_there_once(cast: Cast) -> None:
    by = cast["administrator"].actor

    first, second = draft(by=by), draft(by=by)

    assert first.id == second.id
    assert (first.number, first.entries) == (2, in_force().entries)


def test_an_entry_is_written_anew_under_its_key() -> None:
    begun = draft()

    services.write_entry(
        document=LIST,
        entry=entry(key="2.1", task="垃圾收集清运", classes=(RUBBISH,)),
        instead_of="2.1",
        revision=begun.revision,
        by=SYSTEM,
        at=MORNING,
    )

    assert draft().entries[0].task == "垃圾收集清运"
    assert in_force().entries[0].task == "暴露垃圾清运"
    event = told()[-1]
    assert isinstance(event, DutyDraftChanged)
    assert (event.added, event.changed, event.removed) == (0, 1, 0)


def test_whoever_writes_in_a_draft_that_moved_on_is_told() -> None:
    begun = draft()
    services.take_entry_out(document=LIST, key="2.10", revision=begun.revision, by=SYSTEM, at=MORNING)

    with pytest.raises(Stale):
        services.write_entry(
            document=LIST, entry=entry(), instead_of="", revision=begun.revision, by=SYSTEM, at=MORNING
        )
    assert [one.key for one in draft().entries] == ["2.1", "2.3"]


def test_a_key_stands_once_in_a_version() -> None:
    begun = draft()

    with pytest.raises(Refused, match="key_twice"):
        services.write_entry(
            document=LIST, entry=entry(key="2.3"), instead_of="2.1", revision=begun.revision, by=SYSTEM, at=MORNING
        )


def test_the_same_table_twice_changes_nothing() -> None:
    wanted = [*in_force().entries, entry()]
    services.fill_draft(document=LIST, entries=wanted, by=SYSTEM, at=MORNING)
    before = StoredEvent.objects.count()

    again = services.fill_draft(document=LIST, entries=wanted, by=SYSTEM, at=MORNING)

    assert again is None
    assert StoredEvent.objects.count() == before


def test_a_table_that_says_what_is_published_makes_no_draft() -> None:
    assert services.fill_draft(document=LIST, entries=in_force().entries, by=SYSTEM, at=MORNING) is None
    assert queries.draft_of(LIST) is None


def test_a_table_that_contradicts_itself_writes_nothing() -> None:
    with pytest.raises(Problems):
        services.fill_draft(document=LIST, entries=[*in_force().entries, entry(classes=(DUST,))], by=SYSTEM, at=MORNING)
    assert queries.draft_of(LIST) is None


def test_a_version_holds_from_its_day_on_and_supersedes_the_one_before() -> None:
    publish_next(entry(key="2.1", part="taken_back", lead="YX-CG", classes=(RUBBISH,)), valid_from=TOMORROW)

    assert (in_force().number, in_force(TOMORROW).number) == (1, 2)
    first, second = queries.published_of(LIST)
    assert [queries.force_on(one, TODAY) for one in (first, second)] == [Force.IN_FORCE, Force.COMING]
    assert [queries.force_on(one, TOMORROW) for one in (first, second)] == [Force.SUPERSEDED, Force.IN_FORCE]
    assert queries.taken_back(RUBBISH, TODAY) is None
    assert queries.taken_back(RUBBISH, TOMORROW) is not None
    event = told()[-1]
    assert isinstance(event, DutyListPublished)
    assert (event.number, event.valid_from, event.entries, event.taken_back) == (2, TOMORROW, 3, 2)


def test_a_version_that_begins_before_the_one_it_follows_is_refused() -> None:
    services.fill_draft(document=LIST, entries=[*in_force().entries, entry()], by=SYSTEM, at=MORNING)

    with pytest.raises(Refused, match="begins_too_early"):
        services.publish(document=LIST, issued=issued(date(2025, 1, 1)), revision=1, by=SYSTEM, at=MORNING)


def test_a_draft_that_says_nothing_new_is_not_published() -> None:
    with pytest.raises(Refused, match="nothing_new"):
        services.publish(document=LIST, issued=issued(TOMORROW), revision=draft().revision, by=SYSTEM, at=MORNING)


def test_a_list_without_entries_is_not_published() -> None:
    made = services.open_document(given=DocumentInput(kind=Kind.TOWNS, title="空清单"), by=SYSTEM, at=MORNING)
    begun = services.make_draft(document=made.code, by=SYSTEM, at=MORNING)

    with pytest.raises(Refused, match="empty_list"):
        services.publish(document=made.code, issued=issued(TODAY), revision=begun.revision, by=SYSTEM, at=MORNING)


def test_the_database_holds_no_two_versions_from_one_day_and_no_two_drafts() -> None:
    document = Document.objects.get(code=LIST)
    draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(document=document, number=7, made_at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(
            document=document, number=8, standing="published", made_at=MORNING, published_at=MORNING,
            valid_from=in_force().valid_from, issued_on=TODAY, source="清单", source_number="一号",
        )  # fmt: skip


def test_only_whoever_keeps_the_lists_writes_in_them(cast: Cast) -> None:
    for part in ("duty_chief", "bureau", "town_leader", "mayor"):
        with pytest.raises(NotPermitted):
            draft(by=cast[part].actor)


def test_an_entry_is_found_in_the_version_in_which_it_was_cited() -> None:
    code = queries.entries_for(STALLS, TODAY)[0].code

    publish_next(entry(key="2.10", task="店外经营巡查", classes=(STALLS,)), valid_from=TOMORROW)

    found = queries.cited(code)
    assert found is not None
    assert (code, found.entry.task) == ("qingdan:1:2.10", "店外经营整治")
    assert queries.cited("qingdan:1:7.7") is None
    assert queries.cited("anything") is None
