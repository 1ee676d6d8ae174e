# SPDX-License-Identifier: Apache-2.0
"""Bulletins: drafted from a round or from the cases of some days, edited, signed by somebody else, corrected."""

import re
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from jiayuan.cases.enums import State
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.papers import queries as papers
from jiayuan.people.services import appoint
from jiayuan.record.queries import happened_to
from jiayuan.supervision import events, queries, services
from jiayuan.supervision.enums import BulletinKind, BulletinState
from jiayuan.supervision.models import Bulletin
from jiayuan.supervision.services import BulletinId, BulletinInput
from tests.cast import DISTRICT, NEW_YEAR, NEXT_VILLAGE, SYSTEM, Cast, Member, Part, enter
from tests.factories.cases import QUARTER, case
from tests.inspections.rounds import planned, published
from tests.supervision.story import NOON, caught_up, issued, matter

__all__ = ["planned"]
pytestmark = pytest.mark.usefixtures("offices")
LATER = NOON + QUARTER
_numbers = count(1_000_001)


def leader() -> Member:
    """Somebody who signs for 东桥区."""
    return enter(Part(username="区领导汤", name="汤小雪", role="city_leader", area=DISTRICT))


def about_days(cast: Cast, **more: Any) -> Bulletin:
    """A draft about the cases of the first days of January."""
    given = BulletinInput(
        client_id=UUID(int=next(_numbers), version=4), kind=BulletinKind.PERIOD, office="YXQB-DQ",
        since=date(2025, 1, 1), until=date(2025, 1, 3),
    )  # fmt: skip
    return services.draft_bulletin(given=given, by=cast["county_supervisor"].actor, at=more.get("at", NOON))


def about_round(cast: Cast, handle: str) -> Bulletin:
    """A draft about a round."""
    given = BulletinInput(
        client_id=UUID(int=next(_numbers), version=4), kind=BulletinKind.ROUND, office="YXQB-DQ", round_handle=handle
    )
    return services.draft_bulletin(given=given, by=cast["county_supervisor"].actor, at=NOON)


def text_of(bulletin: Bulletin) -> str:
    """The whole text as it is printed."""
    facts = queries.facts_of(bulletin)
    return "\n".join(queries.filled(part.text, facts) for part in bulletin.parts.order_by("number"))


def signed(bulletin: Bulletin, cast: Cast) -> Bulletin:
    """The bulletin, handed up and signed."""
    services.hand_up(bulletin_id=BulletinId(bulletin.pk), by=cast["county_supervisor"].actor, at=LATER)
    services.sign_bulletin(bulletin_id=BulletinId(bulletin.pk), by=leader().actor, at=LATER)
    return Bulletin.objects.get(pk=bulletin.pk)


def test_a_bulletin_about_days_is_drafted_from_the_counters(cast: Cast) -> None:
    for _ in range(3):
        case(State.CLOSED)
    caught_up(NOON)

    text = text_of(about_days(cast))

    assert "期间上报问题3件，立案3件。" in text
    assert "东桥区" in text


def test_a_month_is_compared_with_the_one_before_and_a_late_unit_with_what_it_had(cast: Cast) -> None:
    case(State.CLOSED, at=NOON - timedelta(days=55))
    for _ in range(2):
        case(State.CLOSED, at=NOON - timedelta(days=25))
    case(State.HANDLING, at=NOON - timedelta(days=25))
    caught_up(NOON)
    given = BulletinInput(
        client_id=UUID(int=next(_numbers), version=4), kind=BulletinKind.PERIOD, office="YXQB-DQ",
        since=date(2024, 12, 1), until=date(2024, 12, 31),
    )  # fmt: skip

    text = text_of(services.draft_bulletin(given=given, by=cast["county_supervisor"].actor, at=NOON))

    assert "与2024年11月相比，上报问题增加2件，结案率下降33.3个百分点。" in text
    assert re.search(r"逾期未办1件，较多的是\D+1件（累计到期4件）。", text)


def test_a_bulletin_about_a_round_names_places_and_makes_two_annexes(planned: Cast) -> None:
    row = published(planned, times=2)

    bulletin = about_round(planned, row.handle)
    paper = papers.paper_by_id(signed(bulletin, planned).paper_id or 0)

    assert "抽签名单和种子已封存" in text_of(bulletin)
    assert paper is not None
    assert [annex.title for annex in paper.document.annexes] == ["得分表", "问题清单"]
    assert paper.row.is_public


def test_a_round_that_is_not_published_has_no_bulletin(planned: Cast) -> None:
    with pytest.raises(Refused) as refused:
        about_round(planned, "00000000000")

    assert refused.value.code == "not_published"


def test_a_typed_figure_is_refused_and_nothing_changes(cast: Cast) -> None:
    bulletin = about_days(cast)
    before = text_of(bulletin)

    with pytest.raises(Refused) as refused:
        services.edit_part(
            bulletin_id=BulletinId(bulletin.pk),
            number=1,
            text="共办结99件。",
            by=cast["county_supervisor"].actor,
            at=LATER,
        )

    assert refused.value.code == "no_source"
    assert "99" in str(refused.value.message)
    assert text_of(bulletin) == before


@pytest.mark.parametrize(("text", "code"), [("共{没有这个数}件。", "unknown_name"), ("共{上报数件。", "loose_brace")])
def test_names_are_those_listed(cast: Cast, text: str, code: str) -> None:
    case(State.FILED)
    caught_up(NOON)
    bulletin = about_days(cast)

    with pytest.raises(Refused) as refused:
        services.edit_part(
            bulletin_id=BulletinId(bulletin.pk), number=1, text=text, by=cast["county_supervisor"].actor, at=LATER
        )

    assert refused.value.code == code


def test_what_was_edited_is_printed_and_what_was_emptied_is_left_out(cast: Cast) -> None:
    bulletin, by = about_days(cast), cast["county_supervisor"].actor
    services.edit_part(bulletin_id=BulletinId(bulletin.pk), number=1, text="现通报如下。", by=by, at=LATER)
    services.edit_part(bulletin_id=BulletinId(bulletin.pk), number=3, text="", by=by, at=LATER)

    paper = papers.paper_by_id(signed(bulletin, cast).paper_id or 0)

    assert paper is not None
    told = "\n".join(paper.document.texts())
    assert "现通报如下。" in told
    assert "期间" not in told


def test_every_number_of_a_published_bulletin_comes_out_again_from_its_query(cast: Cast) -> None:
    for _ in range(4):
        case(State.HANDLING)
    caught_up(NOON)

    bulletin = signed(about_days(cast), cast)

    paper = papers.paper_by_id(bulletin.paper_id or 0)
    assert paper is not None
    slots = list(paper.document.slots())
    assert slots
    assert {slot.position for slot in slots} == {bulletin.position}
    for slot in slots:
        again = queries.fact_again(slot.query, slot.arguments, office=bulletin.office, on=date(2025, 1, 3))
        assert again == slot.text, slot.query


def test_numbers_asked_again_change_and_edits_stay(cast: Cast) -> None:
    case(State.FILED)
    caught_up(NOON)
    bulletin, by = about_days(cast), cast["county_supervisor"].actor
    services.edit_part(bulletin_id=BulletinId(bulletin.pk), number=1, text="现通报如下。", by=by, at=LATER)
    case(State.FILED)
    caught_up(LATER)

    changed = services.ask_again(bulletin_id=BulletinId(bulletin.pk), by=by, at=LATER)

    assert changed >= 2
    assert "现通报如下。" in text_of(bulletin)
    assert "期间上报问题2件" in text_of(bulletin)


def test_nobody_signs_their_own_words(cast: Cast) -> None:
    bulletin, both = about_days(cast), cast["county_supervisor"]
    services.hand_up(bulletin_id=BulletinId(bulletin.pk), by=both.actor, at=LATER)
    with pytest.raises(NotPermitted):
        services.sign_bulletin(bulletin_id=BulletinId(bulletin.pk), by=both.actor, at=LATER)

    from_above = enter(Part(username="区领导曹", name="曹立冬", role="city_leader", area=DISTRICT))
    Bulletin.objects.filter(pk=bulletin.pk).update(made_by_id=from_above.person_id)
    with pytest.raises(Refused) as refused:
        services.sign_bulletin(bulletin_id=BulletinId(bulletin.pk), by=from_above.actor, at=LATER)

    assert refused.value.code == "own_words"


def test_signing_gives_the_number_and_says_how_many_facts_it_states(cast: Cast) -> None:
    case(State.FILED)
    caught_up(NOON)

    bulletin = signed(about_days(cast), cast)

    event = happened_to(bulletin.ref)[-1].event
    assert isinstance(event, events.BulletinIssued)
    assert (bulletin.state, bulletin.number) == (BulletinState.ISSUED, "东清办通〔2025〕1号")
    assert event.facts >= 2


def test_what_is_handed_up_stands_still_until_it_is_handed_back(cast: Cast) -> None:
    bulletin, by = about_days(cast), cast["county_supervisor"].actor
    services.hand_up(bulletin_id=BulletinId(bulletin.pk), by=by, at=LATER)
    with pytest.raises(Stale):
        services.edit_part(bulletin_id=BulletinId(bulletin.pk), number=1, text="改。", by=by, at=LATER)

    services.hand_back(bulletin_id=BulletinId(bulletin.pk), by=leader().actor, at=LATER)

    services.edit_part(bulletin_id=BulletinId(bulletin.pk), number=1, text="改。", by=by, at=LATER)
    assert "改。" in text_of(bulletin)


def test_a_correction_has_a_number_of_its_own_and_the_earlier_paper_says_so(cast: Cast) -> None:
    first = signed(about_days(cast), cast)
    case(State.FILED)
    caught_up(LATER)

    draft = services.correct_bulletin(
        bulletin_id=BulletinId(first.pk), client_id=UUID(int=next(_numbers), version=4),
        by=cast["county_supervisor"].actor, at=LATER,
    )  # fmt: skip
    services.hand_up(bulletin_id=BulletinId(draft.pk), by=cast["county_supervisor"].actor, at=LATER)
    services.sign_bulletin(bulletin_id=BulletinId(draft.pk), by=cast["mayor"].actor, at=LATER)

    second = Bulletin.objects.get(pk=draft.pk)
    paper = papers.paper_by_id(first.paper_id or 0)
    assert second.number == "东清办通〔2025〕2号"
    assert paper is not None
    assert paper.row.standing == "corrected"


@pytest.mark.parametrize("part", ["street_office", "checker", "town_leader", "mayor", "outsider", "auditor"])
def test_only_who_writes_bulletins_there_drafts_one(cast: Cast, part: str) -> None:
    given = BulletinInput(
        client_id=UUID(int=1, version=4), kind=BulletinKind.PERIOD, office="YXQB-DQ", since=date(2025, 1, 1),
        until=date(2025, 1, 3),
    )  # fmt: skip

    with pytest.raises(NotPermitted):
        services.draft_bulletin(given=given, by=cast[part].actor, at=NOON)


def test_a_draft_is_seen_by_who_writes_and_signs_and_the_published_by_all_in_reach(cast: Cast) -> None:
    bulletin = about_days(cast)
    sees = {
        part: queries.bulletin_seen_by(cast[part].actor, bulletin.handle) for part in ("county_supervisor", "checker")
    }
    assert sees["county_supervisor"] is not None
    assert sees["checker"] is None

    signed(bulletin, cast)

    assert queries.bulletin_seen_by(cast["checker"].actor, bulletin.handle) is not None
    assert queries.bulletins_seen_by(SYSTEM)


def test_a_county_names_no_unit_of_another_one(cast: Cast) -> None:
    for _ in range(3):
        case(State.HANDLING, village=NEXT_VILLAGE, unit="YX-990121100", at=NOON - timedelta(days=40))
    case(State.HANDLING, at=NOON - timedelta(days=40))
    caught_up(NOON)

    text = text_of(about_days(cast))

    assert "桥头街道1件" in text
    assert "石磨" not in text


def test_a_day_that_has_not_come_has_no_bulletin(cast: Cast) -> None:
    given = BulletinInput(
        client_id=UUID(int=next(_numbers), version=4), kind=BulletinKind.PERIOD, office="YXQB-DQ",
        since=date(2025, 1, 1), until=date(2025, 1, 4),
    )  # fmt: skip

    with pytest.raises(Refused) as refused:
        services.draft_bulletin(given=given, by=cast["county_supervisor"].actor, at=NOON)

    assert (refused.value.code, refused.value.field) == ("day_to_come", "until")


def test_an_edit_stays_with_its_part_when_a_part_comes_before_it(cast: Cast) -> None:
    case(State.FILED)
    caught_up(NOON)
    bulletin, by = about_days(cast), cast["county_supervisor"].actor
    last = bulletin.parts.order_by("-number")[0]
    services.edit_part(bulletin_id=BulletinId(bulletin.pk), number=last.number, text="请抓紧办理。", by=by, at=LATER)
    issued(by=by, items=matter(), at=LATER)

    services.ask_again(bulletin_id=BulletinId(bulletin.pk), by=by, at=LATER)

    parts = list(bulletin.parts.order_by("number"))
    assert len(parts) == last.number + 1
    assert [part.text for part in parts if part.text != part.proposed] == ["请抓紧办理。"]
    assert parts[-1].text == "请抓紧办理。"


def test_whoever_edited_a_bulletin_does_not_sign_it_either(cast: Cast) -> None:
    bulletin = about_days(cast)
    both = enter(Part(username="区领导汪", name="汪立秋", role="city_leader", area=DISTRICT))
    appoint(
        person_id=both.person_id, role="county_supervisor", area=DISTRICT, organisation_id=None, starts_on=NEW_YEAR,
        by=SYSTEM, at=NOON,
    )  # fmt: skip
    services.edit_part(bulletin_id=BulletinId(bulletin.pk), number=1, text="现通报如下。", by=both.actor, at=LATER)
    services.hand_up(bulletin_id=BulletinId(bulletin.pk), by=cast["county_supervisor"].actor, at=LATER)

    with pytest.raises(Refused) as refused:
        services.sign_bulletin(bulletin_id=BulletinId(bulletin.pk), by=both.actor, at=LATER)

    assert refused.value.code == "own_words"


def test_a_correction_that_is_sent_twice_is_one(cast: Cast) -> None:
    first = signed(about_days(cast), cast)
    number, by = UUID(int=next(_numbers), version=4), cast["county_supervisor"].actor

    once = services.correct_bulletin(bulletin_id=BulletinId(first.pk), client_id=number, by=by, at=LATER)

    again = services.correct_bulletin(bulletin_id=BulletinId(first.pk), client_id=number, by=by, at=LATER)
    assert again.pk == once.pk
