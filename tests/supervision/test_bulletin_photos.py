# SPDX-License-Identifier: Apache-2.0
"""Bulletins show photos beside their problems: chosen by people, and only among those that a person has released."""

from uuid import UUID, uuid4

import pytest

from jiayuan.cases.models import Case
from jiayuan.inspections.models import Finding, Round
from jiayuan.kernel.access import Spot
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.media import services as media
from jiayuan.media.queries import photos_of, public_bytes, release_of
from jiayuan.papers import queries as papers
from jiayuan.people.services import appoint
from jiayuan.record.queries import happened_to
from jiayuan.supervision import events, queries, services
from jiayuan.supervision.models import Bulletin
from jiayuan.supervision.services import BulletinId
from tests.cast import DISTRICT, NEW_YEAR, SYSTEM, Cast, Part, enter
from tests.inspections.rounds import planned, published
from tests.supervision.story import NOON
from tests.supervision.test_bulletins import LATER, about_days, about_round, leader, signed

__all__ = ["planned"]
pytestmark = pytest.mark.usefixtures("offices")


def case_of(finding: Finding) -> Case:
    """The case that a finding became."""
    assert finding.case_id is not None
    return Case.objects.get(pk=finding.case_id)


def photo_of(finding: Finding) -> UUID:
    """The picture of a case that a finding became, derived."""
    case = case_of(finding)
    (photo, *_) = photos_of(case.ref)
    media.derive_due(by=SYSTEM, at=NOON, limit=100)
    return photo.handle


def spot_of(finding: Finding) -> Spot:
    """Where the case of a finding stands."""
    return case_of(finding).spot


def release(finding: Finding, cast: Cast) -> UUID:
    """The picture of a finding, released by the acceptor and rendered."""
    handle, spot, by = photo_of(finding), spot_of(finding), cast["acceptor"].actor
    media.ask_release(handle=handle, spot=spot, by=by, at=NOON)
    media.prepare_due(by=SYSTEM, at=NOON)
    view = release_of(handle)
    assert view is not None
    media.confirm_release(handle=handle, kept=[], drawn=(), seen=view.version, spot=spot, by=by, at=NOON)
    media.prepare_due(by=SYSTEM, at=NOON)
    return handle


def take_back(finding: Finding, handle: UUID, cast: Cast) -> None:
    """The public does not see a picture any more."""
    media.hold_back(handle=handle, spot=spot_of(finding), by=cast["acceptor"].actor, at=NOON)


def findings_of(row: Round) -> list[Finding]:
    """What a round found, in the order of its annex."""
    return list(Finding.objects.filter(visit__round=row).order_by("visit__number", "number"))


def choose(bulletin: Bulletin, cast: Cast, *photos: UUID) -> None:
    services.choose_photos(
        bulletin_id=BulletinId(bulletin.pk), photos=photos, by=cast["county_supervisor"].actor, at=LATER
    )


def annex_of(bulletin: Bulletin) -> papers.Sheet:
    """The paper of a bulletin with everything counted."""
    view = papers.paper_by_id(bulletin.paper_id or 0)
    assert view is not None
    return papers.sheet_of(view)


def test_chosen_photos_are_printed_with_the_numbers_that_stand_beside_their_problems(planned: Cast) -> None:
    row = published(planned, times=1)
    first, second, *_ = findings_of(row)
    handles = [release(first, planned), release(second, planned)]
    bulletin = about_round(planned, row.handle)

    choose(bulletin, planned, *handles)
    sheet = annex_of(signed(bulletin, planned))

    _, (_, _, (table, plate)) = sheet.annexes
    assert table.head[-1] == "照片"  # type: ignore[union-attr]
    assert [cells[-1] for cells in table.rows] == ["图1", "图2"]  # type: ignore[union-attr]
    printed = [(n, UUID(figure.photo)) for n, figure in plate.figures]  # type: ignore[union-attr]
    assert printed == [(1, handles[0]), (2, handles[1])]
    assert plate.figures[1][1].caption.startswith("问题2，")  # type: ignore[union-attr]


def test_a_problem_without_a_photo_has_a_dash(planned: Cast) -> None:
    row = published(planned, times=1)
    _, second = findings_of(row)
    handle = release(second, planned)
    bulletin = about_round(planned, row.handle)

    choose(bulletin, planned, handle)
    sheet = annex_of(signed(bulletin, planned))

    _, (_, _, (table, _)) = sheet.annexes
    assert [cells[-1] for cells in table.rows] == ["—", "图1"]  # type: ignore[union-attr]


def test_the_public_paper_shows_the_picture_with_everything_covered_that_was_covered(planned: Cast) -> None:
    row = published(planned)
    handle = release(findings_of(row)[0], planned)
    bulletin = about_round(planned, row.handle)
    choose(bulletin, planned, handle)

    view = papers.paper_by_id(signed(bulletin, planned).paper_id or 0)

    assert view is not None
    shown = papers.figure_of(view, 1)
    assert shown is not None
    assert shown == public_bytes(handle)


def test_without_photos_the_list_of_problems_has_no_column_for_them(planned: Cast) -> None:
    row = published(planned)
    release(findings_of(row)[0], planned)

    sheet = annex_of(signed(about_round(planned, row.handle), planned))

    _, (_, _, blocks) = sheet.annexes
    assert len(blocks) == 1
    assert blocks[0].head[-1] != "照片"  # type: ignore[union-attr]


def test_only_what_a_person_released_is_offered_and_taken(planned: Cast) -> None:
    row = published(planned)
    unseen = photo_of(findings_of(row)[0])
    bulletin = about_round(planned, row.handle)
    assert queries.photos_offered(bulletin) == []

    for photo in (unseen, uuid4()):
        with pytest.raises(Refused) as refused:
            choose(bulletin, planned, photo)
        assert refused.value.code == "photo_not_released"

    assert not bulletin.photos.exists()


def test_a_bulletin_about_days_shows_no_photos_of_a_round(planned: Cast) -> None:
    handle = release(findings_of(published(planned))[0], planned)

    with pytest.raises(Refused) as refused:
        choose(about_days(planned), planned, handle)

    assert refused.value.code == "photo_not_released"


def test_what_was_taken_back_is_not_signed_and_left_out_when_it_is_asked_again(planned: Cast) -> None:
    row = published(planned)
    finding = findings_of(row)[0]
    handle = release(finding, planned)
    bulletin, by = about_round(planned, row.handle), planned["county_supervisor"].actor
    choose(bulletin, planned, handle)
    services.hand_up(bulletin_id=BulletinId(bulletin.pk), by=by, at=LATER)
    take_back(finding, handle, planned)
    signer = leader().actor

    with pytest.raises(Refused) as refused:
        services.sign_bulletin(bulletin_id=BulletinId(bulletin.pk), by=signer, at=LATER)
    assert refused.value.code == "photo_taken_back"
    services.hand_back(bulletin_id=BulletinId(bulletin.pk), by=signer, at=LATER)
    services.ask_again(bulletin_id=BulletinId(bulletin.pk), by=by, at=LATER)

    assert not bulletin.photos.exists()


def test_choosing_is_recorded_once_and_may_be_taken_back(planned: Cast) -> None:
    row = published(planned)
    handle = release(findings_of(row)[0], planned)
    bulletin = about_round(planned, row.handle)

    for photos in ((handle,), (handle,), ()):
        choose(bulletin, planned, *photos)

    told = [item.event for item in happened_to(bulletin.ref)]
    assert [event.photos for event in told if isinstance(event, events.BulletinPhotosChosen)] == [1, 0]


def test_whoever_chose_its_photos_does_not_sign_it(planned: Cast) -> None:
    row = published(planned)
    handle = release(findings_of(row)[0], planned)
    bulletin = about_round(planned, row.handle)
    both = enter(Part(username="区领导季", name="季小满", role="city_leader", area=DISTRICT))
    appoint(
        person_id=both.person_id, role="county_supervisor", area=DISTRICT, organisation_id=None, starts_on=NEW_YEAR,
        by=SYSTEM, at=NOON,
    )  # fmt: skip

    services.choose_photos(bulletin_id=BulletinId(bulletin.pk), photos=[handle], by=both.actor, at=LATER)
    services.hand_up(bulletin_id=BulletinId(bulletin.pk), by=planned["county_supervisor"].actor, at=LATER)
    with pytest.raises(Refused) as refused:
        services.sign_bulletin(bulletin_id=BulletinId(bulletin.pk), by=both.actor, at=LATER)

    assert refused.value.code == "own_words"


def test_what_waits_for_its_signature_keeps_its_photos(planned: Cast) -> None:
    row = published(planned)
    handle = release(findings_of(row)[0], planned)
    bulletin = about_round(planned, row.handle)
    services.hand_up(bulletin_id=BulletinId(bulletin.pk), by=planned["county_supervisor"].actor, at=LATER)

    with pytest.raises(Stale):
        choose(bulletin, planned, handle)


@pytest.mark.parametrize("part", ["mayor", "checker", "outsider"])
def test_only_who_writes_bulletins_chooses_photos(planned: Cast, part: str) -> None:
    bulletin = about_round(planned, published(planned).handle)

    with pytest.raises(NotPermitted):
        services.choose_photos(bulletin_id=BulletinId(bulletin.pk), photos=(), by=planned[part].actor, at=LATER)


def test_a_correction_takes_the_photos_along_that_may_still_be_shown(planned: Cast) -> None:
    row = published(planned, times=1)
    stays, goes, *_ = findings_of(row)
    kept, gone = release(stays, planned), release(goes, planned)
    bulletin = about_round(planned, row.handle)
    choose(bulletin, planned, kept, gone)
    first = signed(bulletin, planned)
    take_back(goes, gone, planned)

    draft = services.correct_bulletin(
        bulletin_id=BulletinId(first.pk), client_id=uuid4(), by=planned["county_supervisor"].actor, at=LATER
    )

    assert list(draft.photos.values_list("handle", flat=True)) == [kept]
