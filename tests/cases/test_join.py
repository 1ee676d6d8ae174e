# SPDX-License-Identifier: Apache-2.0
"""Somebody who saw the same follows the case: counted once, told with it, and with a receipt of their own."""

import pytest

from jiayuan.cases import queries, services
from jiayuan.cases.enums import State
from jiayuan.cases.events import CaseJoined
from jiayuan.cases.models import Case, Follower, Text
from jiayuan.cases.services import CaseId, followers
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import Refused
from tests.cases.record import course
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, photo, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def join(found: Case, device: str = "a", **given: object) -> Follower:
    values: dict[str, object] = {"by": ANONYMOUS, "at": MORNING + QUARTER} | given
    return services.join(case_id=CaseId(found.pk), device=queries.device_digest(device), **values)  # type: ignore[arg-type]


def test_who_joins_is_counted_and_gets_a_receipt_that_shows_the_case() -> None:
    found = case(State.HANDLING)

    follower = join(found, phone="13800000000", text="我也看到了", photos=[photo()])

    view = queries.public_view(follower.handle)
    assert Case.objects.get().me_toos == 1
    assert (view.handle, view.state, view.has_joined) == (follower.handle, State.HANDLING, True)
    assert isinstance(course(found)[-1], CaseJoined)


def test_joining_twice_from_one_device_counts_once_and_gives_the_first_receipt() -> None:
    found = report()

    first, again, other = join(found), join(found), join(found, device="b")

    assert first.handle == again.handle != other.handle
    assert Case.objects.get().me_toos == 2


def test_a_person_counts_once_whatever_device_they_use(cast: Cast) -> None:
    found, resident = report(), cast["resident"].actor

    join(found, device="a", by=resident)
    join(found, device="b", by=resident)

    assert Case.objects.get().me_toos == 1


def test_joining_a_merged_case_joins_the_one_that_leads() -> None:
    leading, duplicate = report(), report()
    services.merge(case_id=CaseId(duplicate.pk), into_id=CaseId(leading.pk), by=SYSTEM, at=MORNING)

    follower = join(duplicate)

    assert follower.case_id == leading.pk


def test_followers_of_a_duplicate_see_the_stage_of_the_leading_case_and_do_not_count_again() -> None:
    leading, duplicate = case(State.HANDLING), report()
    follower = join(duplicate)

    services.merge(case_id=CaseId(duplicate.pk), into_id=CaseId(leading.pk), by=SYSTEM, at=MORNING + 2 * QUARTER)

    for receipt in (follower.handle, duplicate.handle):
        view = queries.public_view(receipt)
        assert (view.handle, view.state, view.is_merged) == (receipt, State.HANDLING, True)
        assert queries.case_behind(receipt) == leading.pk
    assert join(leading).handle == follower.handle
    assert Case.objects.get(pk=leading.pk).me_toos == 2


def test_a_case_that_is_merged_while_it_is_waited_for_is_joined_where_it_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = report(), report()
    look, rest = followers._leading, iter([True])

    def merged_after_the_look(case_id: CaseId) -> CaseId:
        found = look(case_id)
        if next(rest, False):
            services.merge(case_id=CaseId(first.pk), into_id=CaseId(second.pk), by=SYSTEM, at=MORNING)
        return found

    monkeypatch.setattr("jiayuan.cases.services.followers._leading", merged_after_the_look)

    assert join(first).case_id == second.pk


def test_the_reporter_does_not_join_their_own_report_nor_what_it_was_merged_into(cast: Cast) -> None:
    resident = cast["resident"].actor
    own, leading = report(by=resident), report()

    with pytest.raises(Refused, match="own_report"):
        join(own, by=resident)
    services.merge(case_id=CaseId(own.pk), into_id=CaseId(leading.pk), by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="own_report"):
        join(leading, by=resident)

    assert not Follower.objects.exists()


def test_an_ended_case_is_joined_by_nobody() -> None:
    with pytest.raises(Refused, match="ended"):
        join(case(State.CLOSED))


def test_a_forgotten_follower_leaves_neither_words_nor_number(cast: Cast) -> None:
    found, resident = report(), cast["resident"]
    join(found, by=resident.actor, phone="13800000000", text="我是东头的老李")

    services.erase_reporter(person_id=resident.person_id, by=SYSTEM, at=MORNING)

    follower = Follower.objects.get()
    assert (follower.person_id, follower.phone, follower.text_id) == (None, "", None)
    assert not Text.objects.exists()
