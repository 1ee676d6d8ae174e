# SPDX-License-Identifier: Apache-2.0
"""Drafting, issuing, signing, discarding and voiding numbered sheets."""

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.models import Case
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.papers import queries as papers
from jiayuan.papers.models import Office
from jiayuan.record.queries import happened_to
from jiayuan.supervision import events, services
from jiayuan.supervision.enums import ItemState, RaiseReason, Rung, SheetKind, SheetState, VoidReason
from jiayuan.supervision.models import Escalation, Sheet
from jiayuan.supervision.services import SheetId
from tests.cast import CITY, Cast, Part, enter
from tests.factories.cases import QUARTER, case, move, unit_id
from tests.supervision.story import NOON, draft, first, given, issued, matter

pytestmark = pytest.mark.usefixtures("offices")
LATER = NOON + QUARTER


def test_a_sheet_gets_its_number_when_it_is_issued_and_not_before(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    waiting = draft(case(State.HANDLING), by=chief)

    one, two = issued(by=chief), issued(by=chief)
    late = services.issue(sheet_id=SheetId(waiting.pk), by=chief, at=LATER)

    assert waiting.number == ""
    assert [sheet.number for sheet in (one, two, late)] == [f"东清办清〔2025〕{n}号" for n in (1, 2, 3)]


def test_every_item_is_due_after_so_many_working_days_on_the_real_calendar(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor, days=5)

    # Friday 3 January: five working days end on Friday the tenth.
    assert first(sheet).due_at is not None
    assert first(sheet).due_at.astimezone(NOON.tzinfo).isoformat() == "2025-01-10T23:59:59+08:00"  # type: ignore[union-attr]


def test_the_paper_says_what_the_sheet_says_and_keeps_no_reporters_words(cast: Cast) -> None:
    reported = case(State.HANDLING, text="王大妈家门口有垃圾，电话 13812345678")

    sheet = issued(reported, by=cast["county_supervisor"].actor)

    paper = papers.paper_by_id(sheet.paper_id or 0)
    assert paper is not None
    told = "".join(paper.document.texts())
    assert reported.handle in told
    assert "桥头街道" in told
    assert "2025年1月10日" in told
    assert "王大妈" not in told
    assert "13812345678" not in told


def test_a_case_stands_on_one_sheet_at_a_time(cast: Cast) -> None:
    chief, found = cast["county_supervisor"].actor, case(State.HANDLING)
    issued(found, by=chief)

    with pytest.raises(Refused) as refused:
        draft(found, by=chief)

    assert refused.value.code == "listed"
    assert Sheet.objects.count() == 1


@pytest.mark.parametrize("state", [State.FILED, State.CLOSED, State.VOID])
def test_only_what_the_unit_has_in_hand_can_stand_on_its_sheet(cast: Cast, state: State) -> None:
    with pytest.raises(Refused) as refused:
        draft(case(state), by=cast["county_supervisor"].actor)

    assert refused.value.code == "not_with_unit"


def test_the_case_of_another_unit_cannot_stand_on_a_sheet(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        draft(case(State.HANDLING, unit="YX-CG"), by=cast["county_supervisor"].actor)

    assert refused.value.code == "not_with_unit"


def test_a_case_that_went_elsewhere_since_the_draft_is_not_issued_unseen(cast: Cast) -> None:
    chief, found = cast["county_supervisor"].actor, case(State.HANDLING)
    waiting = draft(found, by=chief)
    move(found, V.VOID, at=LATER)

    with pytest.raises(Refused) as refused:
        services.issue(sheet_id=SheetId(waiting.pk), by=chief, at=LATER)

    assert refused.value.code == "not_with_unit"
    assert Sheet.objects.get(pk=waiting.pk).number == ""


def test_the_same_draft_sent_twice_is_one(cast: Cast) -> None:
    chief, told = cast["county_supervisor"].actor, given(case(State.HANDLING))

    once = services.draft_sheet(given=told, by=chief, at=NOON)
    again = services.draft_sheet(given=told, by=chief, at=LATER)

    assert once.pk == again.pk


def test_an_empty_draft_is_not_issued(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    waiting = draft(by=chief, items=())

    with pytest.raises(Refused) as refused:
        services.issue(sheet_id=SheetId(waiting.pk), by=chief, at=LATER)

    assert refused.value.code == "missing_items"


def test_somebody_who_saw_an_older_draft_is_told(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    waiting = draft(case(State.HANDLING), by=chief)
    services.write_draft(sheet_id=SheetId(waiting.pk), given=given(case(State.HANDLING), days=9), by=chief, at=LATER)

    with pytest.raises(Stale):
        services.issue(sheet_id=SheetId(waiting.pk), by=chief, at=LATER, version=waiting.version)


@pytest.mark.parametrize("part", ["street_office", "unit_lead", "checker", "town_leader", "mayor", "outsider"])
def test_only_who_issues_there_drafts_and_issues(cast: Cast, part: str) -> None:
    waiting = draft(case(State.HANDLING), by=cast["county_supervisor"].actor)

    with pytest.raises(NotPermitted):
        draft(case(State.HANDLING), by=cast[part].actor)
    with pytest.raises(NotPermitted):
        services.issue(sheet_id=SheetId(waiting.pk), by=cast[part].actor, at=LATER)


def test_a_county_does_not_issue_in_the_citys_name(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        draft(case(State.HANDLING), by=cast["county_supervisor"].actor, office="YXQB")


def test_an_office_without_a_mark_for_this_kind_of_sheet_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        draft(case(State.HANDLING), by=cast["county_supervisor"].actor, office="YXQB", kind=SheetKind.NOTICE)

    assert (refused.value.code, refused.value.field) == ("no_office", "office")


def test_the_unit_signs_for_a_sheet_once(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor)

    services.sign(sheet_id=SheetId(sheet.pk), by=cast["street_office"].actor, at=LATER)
    again = services.sign(sheet_id=SheetId(sheet.pk), by=cast["unit_lead"].actor, at=LATER + QUARTER)

    assert again.signed_at == LATER
    assert sum(isinstance(one.event, events.SheetSigned) for one in happened_to(sheet.ref)) == 1


def test_another_unit_does_not_sign_for_it(cast: Cast) -> None:
    sheet = issued(by=cast["county_supervisor"].actor)

    with pytest.raises(NotPermitted):
        services.sign(sheet_id=SheetId(sheet.pk), by=cast["bureau"].actor, at=LATER)


def test_a_discarded_draft_leaves_its_cases_free(cast: Cast) -> None:
    chief, found = cast["county_supervisor"].actor, case(State.HANDLING)
    waiting = draft(found, by=chief)

    services.discard(sheet_id=SheetId(waiting.pk), by=chief, at=LATER)

    assert issued(found, by=chief).number == "东清办清〔2025〕1号"


def test_a_void_sheet_keeps_its_number_and_its_paper_says_so(cast: Cast) -> None:
    chief, found = cast["county_supervisor"].actor, case(State.HANDLING)
    sheet = issued(found, by=chief)

    services.void_sheet(sheet_id=SheetId(sheet.pk), reason=VoidReason.MISTAKEN, by=chief, at=LATER)

    sheet = Sheet.objects.get(pk=sheet.pk)
    paper = papers.paper_by_id(sheet.paper_id or 0)
    assert (sheet.state, sheet.number) == (SheetState.VOID, "东清办清〔2025〕1号")
    assert first(sheet).state == ItemState.VOID
    assert paper is not None
    assert paper.row.standing == "void"
    assert Case.objects.get(pk=found.pk).state == State.HANDLING
    assert issued(found, by=chief).number == "东清办清〔2025〕2号"


def test_a_person_may_begin_higher_and_says_why(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    waiting = draft(by=chief, items=matter())

    services.issue(
        sheet_id=SheetId(waiting.pk), by=chief, at=LATER, begins=Rung.CITY, reason=RaiseReason.DANGER
    )  # fmt: skip

    step = Escalation.objects.get(item=first(waiting))
    assert (step.from_rung, step.to_rung, step.reason) == (Rung.TOWN, Rung.CITY, RaiseReason.DANGER)
    assert first(waiting).rung == Rung.CITY


def test_beginning_higher_without_a_reason_is_refused_and_nothing_is_issued(cast: Cast) -> None:
    chief = cast["county_supervisor"].actor
    waiting = draft(by=chief, items=matter())

    with pytest.raises(Refused) as refused:
        services.issue(sheet_id=SheetId(waiting.pk), by=chief, at=LATER, begins=Rung.COUNTY)

    assert refused.value.field == "raise_reason"
    assert Sheet.objects.get(pk=waiting.pk).state == SheetState.DRAFT
    assert papers.papers_about(waiting.ref) == ()


def test_an_office_issues_nothing_to_the_unit_it_belongs_to(cast: Cast) -> None:

    Office.objects.filter(code="YXQB-DQ").update(unit="YX-990101001")

    with pytest.raises(Refused) as refused:
        draft(case(State.HANDLING), by=cast["county_supervisor"].actor)

    assert refused.value.code == "to_itself"
    assert unit_id()


def test_an_office_issues_nothing_outside_its_area(cast: Cast) -> None:
    both = enter(Part(username="市督导钱", name="钱小满", role="county_supervisor", area=CITY))

    with pytest.raises(Refused) as refused:
        draft(by=both.actor, items=matter(), unit_id=unit_id("YX-990121100"))

    assert (refused.value.code, refused.value.field) == ("outside_office", "office")
