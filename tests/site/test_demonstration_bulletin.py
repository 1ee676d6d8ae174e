# SPDX-License-Identifier: Apache-2.0
"""The demonstration's bulletin has a red and a black list, and no real village stands on the black one."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from jiayuan.inspections.models import Visit
from jiayuan.inspections.services import load_sheets
from jiayuan.kernel import clock
from jiayuan.papers import queries as papers
from jiayuan.papers.services import load_offices
from jiayuan.people import queries as people
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.site import demonstration
from jiayuan.site.demonstration_bulletin import BY, go_on_with_bulletin, villages
from jiayuan.site.demonstration_rounds import load_rounds
from jiayuan.supervision.enums import BulletinState
from jiayuan.supervision.models import Bulletin
from tests.inspections.rounds import SHIPPED
from tests.media.conftest import stores
from tests.papers.sample import shown
from tests.site.test_demonstration_rounds import member

__all__ = ["stores"]


def test_only_invented_villages_stand_on_the_black_list(suizhou: None, stores: Path) -> None:
    at, before = clock.now(), places.count()
    demonstration._contractors(at)
    load_offices(folder=settings.BASE / "data" / settings.CITY_PACK / "papers", by=BY, at=at)
    load_sheets(folder=SHIPPED, by=BY, at=at - timedelta(days=110))
    inspector = people.actor_for(member("检查员", "inspector"))
    supervisor = people.actor_for(member("市级督导", "county_supervisor"))
    signer = people.actor_for(member("市领导", "city_leader"))
    load_rounds(inspector=inspector, supervisor=supervisor, password="扫干净-2025", at=at)

    assert go_on_with_bulletin(supervisor=supervisor, signer=signer, at=at)
    assert not go_on_with_bulletin(supervisor=supervisor, signer=signer, at=at)

    bulletin = Bulletin.objects.get()
    paper = papers.paper_by_id(bulletin.paper_id or 0)
    assert bulletin.state == BulletinState.ISSUED
    assert paper is not None
    assert paper.row.is_synthetic
    assert paper.row.is_public
    told = "".join(paper.document.texts())
    red, black = told.split("列入红榜")[0], told.split("列入黑榜的有")[1].split("。")[0]
    assert "示范村甲" in red
    assert "2个村（社区）" in black
    assert "示范村丙" in black
    assert "示范村丁" in black
    names = [place.short_name for place in places.known(Level.VILLAGE) if not place.code.startswith("42130399")]
    assert not [name for name in names if name in black]
    low = set(Visit.objects.filter(points__lt=80_000_000).values_list("village", flat=True))
    assert low <= {row["code"] for row in villages()}
    printed = shown(bulletin.paper_id or 0, name="bulletin-of-a-round", at=at)
    assert "涢" in printed
    assert "澴" in printed
    # The city of today is the real one: nobody finds, counts or draws an invented village.
    assert places.count() == before
    assert not places.search("示范村")
