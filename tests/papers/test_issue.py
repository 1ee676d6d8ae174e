# SPDX-License-Identifier: Apache-2.0
"""Issuing freezes the model under the next number; what fails takes its number back, what is void keeps it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from jiayuan.kernel.commands import command, savepoint
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.papers import queries, services
from jiayuan.papers.document import Document, paragraph
from jiayuan.papers.enums import Standing, VoidReason
from jiayuan.papers.events import PaperCorrected, PaperIssued, PaperVoided
from jiayuan.papers.models import Mark, NumberCounter, Paper
from jiayuan.papers.rules import Number
from jiayuan.record.events import Event, Ref
from jiayuan.record.queries import happened_to
from tests.cast import MORNING, SMALL_CITY, SYSTEM, Cast
from tests.papers.sample import DISTRICT_OFFICE, INVENTED, OFFICE, TODAY, document

pytestmark = pytest.mark.usefixtures("offices")


def issued(kind: str = "official", *, office: str = OFFICE, given: Document | None = None, **more: object) -> int:
    return services.issue(kind=kind, office=office, document=given or document(), by=SYSTEM, at=MORNING, **more)  # type: ignore[arg-type]


def view(paper_id: int) -> queries.PaperView:
    found = queries.paper_by_id(paper_id)
    assert found is not None
    return found


def told(paper_id: int) -> list[Event]:
    return [item.event for item in happened_to(Ref("paper", paper_id))]


@command
def take(kind: str = "official", *, office: str = OFFICE, on: date = TODAY, mark: str | None = None) -> Number:
    return services.take_number(kind=kind, office=office, on=on, mark=mark, by=SYSTEM, at=MORNING)


def test_a_paper_is_issued_under_the_next_number_of_its_kind_office_and_year() -> None:
    first, second, letter, elsewhere = issued(), issued(), issued("letter"), issued(office=DISTRICT_OFFICE)
    next_year = issued(given=document(on=date(2026, 1, 1)))

    numbers = [view(one).row.number.text for one in (first, second, letter, elsewhere, next_year)]

    assert numbers == [
        "云清办〔2025〕1号", "云清办〔2025〕2号", "云清办函〔2025〕1号", "东清办〔2025〕1号", "云清办〔2026〕1号",
    ]  # fmt: skip


def test_the_model_is_frozen_and_found_by_its_handle() -> None:
    paper = view(issued(is_public=True, about=Ref("case", 12)))

    again = queries.paper(paper.row.handle)

    assert again == paper
    assert paper.document == document()
    assert (paper.about, paper.row.standing, paper.row.is_public) == (Ref("case", 12), Standing.VALID, True)
    assert [row.id for row in queries.papers_about(Ref("case", 12))] == [paper.row.id]


def test_the_record_keeps_number_and_digest_but_no_words() -> None:
    paper_id = issued()

    (event,) = told(paper_id)

    assert isinstance(event, PaperIssued)
    assert (event.office, event.paper_kind, event.year, event.number) == (OFFICE, "official", 2025, 1)
    assert event.model == view(paper_id).model_sha256


def test_whatever_an_invented_office_issues_is_synthetic() -> None:
    assert view(issued(office=INVENTED)).row.is_synthetic
    assert view(issued(synthetic=True)).row.is_synthetic
    assert not view(issued()).row.is_synthetic


def test_an_office_without_a_mark_counts_issues() -> None:
    assert view(issued("note")).row.number.text == "第1期"


@pytest.mark.parametrize(("office", "kind", "code"), [("NOBODY", "official", "no_office"), (OFFICE, "poem", "no_mark")])
def test_what_has_not_been_loaded_is_refused(office: str, kind: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        issued(kind, office=office)

    assert refused.value.code == code


def test_a_number_may_be_written_under_a_mark_of_its_own_but_not_under_anothers() -> None:
    assert take("poem", mark="云清诗").text == "云清诗〔2025〕1号"

    with pytest.raises(Refused) as refused:
        take("poem", mark="云清办函")

    assert refused.value.code == "mark_taken"


def test_a_number_outside_a_command_is_a_fault_of_the_code() -> None:
    with pytest.raises(RuntimeError, match="inside the command"):
        services.take_number(kind="official", office=OFFICE, on=TODAY, by=SYSTEM, at=MORNING)


def test_a_part_of_a_command_that_fails_alone_takes_its_number_back() -> None:
    @command
    def one_of_two() -> Number:
        with pytest.raises(RuntimeError, match="thrown away"), savepoint():
            services.take_number(kind="official", office=OFFICE, on=TODAY, by=SYSTEM, at=MORNING)
            raise RuntimeError("thrown away")
        return services.take_number(kind="official", office=OFFICE, on=TODAY, by=SYSTEM, at=MORNING)

    assert one_of_two().n == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (replace(document(), title="长" * 201), "title_long"),
        (replace(document(), body=(paragraph("响铃\x07"),)), "unprintable"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_takes_no_number(given: Document, code: str) -> None:
    with pytest.raises(Refused) as refused:
        issued(given=given)

    assert refused.value.code == code
    assert not NumberCounter.objects.exists()


def test_a_void_paper_keeps_its_number(cast: Cast) -> None:
    first = issued()

    services.void(paper_id=first, reason=VoidReason.WRONG, note="数字有误", by=cast["administrator"].actor, at=MORNING)

    assert view(first).row.number.n == 1
    assert (view(first).row.standing, view(first).void_reason) == (Standing.VOID, VoidReason.WRONG)
    assert view(issued()).row.number.n == 2
    assert isinstance(told(first)[-1], PaperVoided)


@pytest.mark.parametrize("who", ["acceptor", "town_leader", "auditor", "mayor"])
def test_only_who_may_makes_a_paper_void(who: str, cast: Cast) -> None:
    paper_id = issued()

    with pytest.raises(NotPermitted):
        services.void(paper_id=paper_id, reason=VoidReason.TEST, by=cast[who].actor, at=MORNING)


def test_a_paper_is_made_void_once() -> None:
    paper_id = issued()
    services.void(paper_id=paper_id, reason=VoidReason.TEST, by=SYSTEM, at=MORNING)

    with pytest.raises(Refused) as refused:
        services.void(paper_id=paper_id, reason=VoidReason.TEST, by=SYSTEM, at=MORNING)

    assert refused.value.code == "void_already"


def test_a_correction_has_a_number_of_its_own_and_both_papers_say_so() -> None:
    wrong = issued()

    right = issued(corrects=wrong)

    assert view(right).row.number.n == 2
    assert view(right).corrects == view(wrong).row
    assert view(wrong).row.standing is Standing.CORRECTED
    assert [row.id for row in view(wrong).corrected_by] == [right]
    assert told(wrong)[-1] == PaperCorrected(subject=Ref("paper", wrong), later=right)


def test_what_is_not_valid_any_more_is_not_corrected() -> None:
    paper_id = issued()
    services.void(paper_id=paper_id, reason=VoidReason.TEST, by=SYSTEM, at=MORNING)

    with pytest.raises(Refused) as refused:
        issued(corrects=paper_id)

    assert refused.value.code == "not_valid"
    assert NumberCounter.objects.get().n == 1


def test_the_database_refuses_a_number_twice() -> None:
    paper_id = issued()
    row = Paper.objects.get(pk=paper_id)
    row.pk, row.handle = None, "AAAAAAAAAA0"

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_void_paper_without_a_reason_is_refused_by_the_database() -> None:
    issued()

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.update(standing=Standing.VOID)


def test_lists_are_narrowed_by_kind_office_and_standing() -> None:
    first, _, other = issued(), issued("letter"), issued(office=DISTRICT_OFFICE)
    services.void(paper_id=other, reason=VoidReason.TEST, by=SYSTEM, at=MORNING)

    assert [row.id for row in queries.papers_of("official")] == [other, first]
    assert [row.id for row in queries.papers_of("official", office=OFFICE, year=2025)] == [first]
    assert [row.id for row in queries.papers_of("official", standing=Standing.VOID)] == [other]


@pytest.mark.parametrize(
    ("who", "sees"), [("mayor", 2), ("auditor", 2), ("county_supervisor", 1), ("town_leader", 0), ("acceptor", 0)]
)
def test_the_desk_lists_what_lies_in_reach(who: str, sees: int, cast: Cast) -> None:
    issued()
    issued(office=DISTRICT_OFFICE)

    actor = cast[who].actor
    rows = queries.rows_of(queries.papers_seen_by(actor))

    assert len(rows) == sees
    everything = queries.rows_of(queries.papers_seen_by(SYSTEM))
    assert sum(queries.may_read(actor, row) for row in everything) == sees


def test_offices_are_brought_up_to_date_and_marks_stay() -> None:
    assert services.load_offices(folder=SMALL_CITY / "papers", by=SYSTEM, at=MORNING) == 3
    Mark.objects.filter(mark="云清办").update(mark="老云清办")

    with pytest.raises(Refused) as refused:
        services.load_offices(folder=SMALL_CITY / "papers", by=SYSTEM, at=MORNING)

    assert refused.value.code == "mark_changed"


def test_only_who_may_loads_offices(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        services.load_offices(folder=SMALL_CITY / "papers", by=cast["acceptor"].actor, at=MORNING)


def test_a_title_that_is_broken_on_paper_is_one_line_in_lists() -> None:
    view_of = view(issued(given=replace(document(), title="关于开展检查\n的通知")))

    assert view_of.row.title == "关于开展检查的通知"
    assert view_of.document.title == "关于开展检查\n的通知"
