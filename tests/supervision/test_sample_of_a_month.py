# SPDX-License-Identifier: Apache-2.0
"""A month's bulletin of a city that does not exist: what docs/samples shows, so that no real place is pressed.

``JIAYUAN_WRITE_SAMPLES=1`` plays two whole months and writes docs/samples/bulletin-of-a-month.pdf anew.
"""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from jiayuan.cases.enums import State
from jiayuan.kernel import clock
from jiayuan.supervision import services
from jiayuan.supervision.enums import BulletinKind
from jiayuan.supervision.models import Bulletin
from jiayuan.supervision.services import BulletinId, BulletinInput
from tests.cast import CITY, Part, enter
from tests.factories.cases import QUARTER, case
from tests.media.conftest import stores
from tests.papers.sample import WRITES_SAMPLES, shown
from tests.supervision.story import caught_up, issued

__all__ = ["stores"]
pytestmark = pytest.mark.usefixtures("offices", "stores")

OFFICE, SEED = "YXQB-YS", 20250103
NOON = datetime(2025, 1, 3, 12, tzinfo=clock.ZONE)
TOWNS = {
    "YX-990101001": ("990101001001", "990101001002", "990101001200"),
    "YX-990101100": ("990101100001", "990101100200", "990101100201"),
    "YX-990121100": ("990121100200", "990121100201", "990121100202"),
    "YX-990121200": ("990121200200", "990121200201", "990121200202"),
}
TILES = ("rubbish", "sheds", "rubbish", "rubbish")


def play(rng: Random, month: date, cases: int) -> None:
    """So many cases of a month in the four towns; of ten one is still with its unit."""
    for number in range(cases):
        unit = rng.choice(sorted(TOWNS))
        at = datetime(month.year, month.month, 1, 9, tzinfo=clock.ZONE) + timedelta(
            days=rng.randrange(27), minutes=rng.randrange(400)
        )
        state = State.HANDLING if number % 10 == 3 else State.CLOSED
        case(state, unit=unit, at=at, village=rng.choice(TOWNS[unit]), tile=rng.choice(TILES))


def test_a_month_of_an_invented_city_reads_like_a_bulletin_and_names_nobody_real() -> None:
    rng = Random(SEED)
    play(rng, date(2024, 11, 1), 52 if WRITES_SAMPLES else 5)
    play(rng, date(2024, 12, 1), 87 if WRITES_SAMPLES else 11)
    supervisor = enter(Part(username="督导周", name="周小满", role="county_supervisor", area=CITY))
    leader = enter(Part(username="市领导汤", name="汤小雪", role="city_leader", area=CITY))
    december = datetime(2024, 12, 18, 10, tzinfo=clock.ZONE)
    for _ in range(3 if WRITES_SAMPLES else 1):
        issued(by=supervisor.actor, at=december, office=OFFICE)
    caught_up(NOON)

    given = BulletinInput(
        client_id=UUID(int=1, version=4), kind=BulletinKind.PERIOD, office=OFFICE,
        since=date(2024, 12, 1), until=date(2024, 12, 31),
    )  # fmt: skip
    bulletin = BulletinId(services.draft_bulletin(given=given, by=supervisor.actor, at=NOON).pk)
    # The one edit of the writer, with two characters that few fonts have.
    wanted = Bulletin.objects.get(pk=bulletin).parts.order_by("-number").first()
    assert wanted is not None
    text = wanted.text + "涢水、澴河沿线的镇村先清河岸。"
    services.edit_part(bulletin_id=bulletin, number=wanted.number, text=text, by=supervisor.actor, at=NOON)
    services.hand_up(bulletin_id=bulletin, by=supervisor.actor, at=NOON + QUARTER)
    services.sign_bulletin(bulletin_id=bulletin, by=leader.actor, at=NOON + QUARTER)
    paper_id = Bulletin.objects.get(pk=bulletin).paper_id or 0

    told = shown(paper_id, name="bulletin-of-a-month", at=NOON + QUARTER)
    assert "与2024年11月相比" in told
    assert "随州" not in told
    assert "涢" in told
    assert "澴" in told
