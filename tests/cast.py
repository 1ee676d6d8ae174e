# SPDX-License-Identifier: Apache-2.0
"""The fixed cast in the invented city: each with an account, most with a post. A permission test reads like a scene.

桥头街道 (990101001) in 东桥区 is home; the outsider does the acceptor's work in 西坪县, the next district.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client

from jiayuan.kernel.access import Actor
from jiayuan.kernel.clock import ZONE
from jiayuan.people.models import Account
from jiayuan.people.queries import actor_for
from jiayuan.people.services import appoint, open_account
from jiayuan.places import queries as places
from jiayuan.places.services import load_city

SMALL_CITY = Path(__file__).parent / "data" / "small_city"
SYSTEM = Actor.system("test")
NEW_YEAR = date(2025, 1, 1)
MORNING = datetime(2025, 1, 3, 9, 0, tzinfo=ZONE)
PASSWORD = "扫干净-码整齐-2025"

CITY, DISTRICT, STREET, COMMUNITY = "990100000000", "990101000000", "990101001000", "990101001001"
NEXT_DISTRICT, NEXT_VILLAGE = "990121000000", "990121100200"
STREET_OFFICE, BUREAU = "YX-990101001", "YX-CG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Who somebody is: a user name, a name, and the post if any."""

    username: str
    name: str
    role: str = ""
    area: str = ""
    unit: str = ""


PARTS = {
    "resident": Part(username="居民李", name="李春花"),
    "volunteer": Part(username="志愿者王", name="王小满"),
    "grid_worker": Part(username="网格员周", name="周立春", role="grid_worker", area=STREET),
    "village_clerk": Part(username="文书陈", name="陈谷雨", role="village_clerk", area=COMMUNITY),
    "acceptor": Part(username="受理员孙", name="孙白露", role="acceptor", area=DISTRICT),
    "dispatcher": Part(username="派遣员吴", name="吴秋分", role="dispatcher", area=DISTRICT),
    "duty_chief": Part(username="值班长郑", name="郑霜降", role="duty_chief", area=DISTRICT),
    "street_office": Part(username="南街道何", name="何大暑", role="handler", area=STREET, unit=STREET_OFFICE),
    "bureau": Part(username="城管局吕", name="吕小寒", role="handler", area=CITY, unit=BUREAU),
    "unit_lead": Part(username="街道主任施", name="施立夏", role="unit_lead", area=STREET, unit=STREET_OFFICE),
    "checker": Part(username="核查员张", name="张清明", role="checker", area=DISTRICT),
    "town_leader": Part(username="街道书记孔", name="孔芒种", role="town_leader", area=STREET),
    "county_supervisor": Part(username="督导曹", name="曹冬至", role="county_supervisor", area=DISTRICT),
    "outsider": Part(username="邻县严", name="严大雪", role="acceptor", area=NEXT_DISTRICT),
    "auditor": Part(username="审计员华", name="华处暑", role="auditor", area=CITY),
    "administrator": Part(username="管理员金", name="金惊蛰", role="administrator", area=CITY),
    "mayor": Part(username="市长魏", name="魏立秋", role="city_leader", area=CITY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the cast."""

    part: Part
    account: Account
    person_id: int

    @property
    def actor(self) -> Actor:
        """The member as an actor, with the posts of New Year 2025."""
        return actor_for(self.account.pk, on=MORNING.date())

    def client(self) -> Client:
        """A browser in which the member has signed in."""
        browser = Client()
        browser.force_login(self.account)
        return browser


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone, by part: ``cast["checker"]``."""

    members: dict[str, Member]

    def __getitem__(self, part: str) -> Member:
        return self.members[part]


def enter(part: Part) -> Member:
    """Open an account for a part and give it its post."""
    account = open_account(username=part.username, password=PASSWORD, name=part.name, by=SYSTEM, at=MORNING)
    assert account.person_id is not None
    if part.role:
        unit = places.organisation_by_code(part.unit) if part.unit else None
        appoint(
            person_id=account.person_id,
            role=part.role,
            area=part.area,
            organisation_id=unit.id if unit else None,
            starts_on=NEW_YEAR,
            by=SYSTEM,
            at=MORNING,
        )
    return Member(part=part, account=account, person_id=account.person_id)


@pytest.fixture
def small_town(db: None) -> Iterator[None]:
    """The invented city, loaded; forgotten by the process afterwards."""
    places.forget()
    load_city(pack=SMALL_CITY, by=SYSTEM, at=MORNING)
    yield
    places.forget()


@pytest.fixture
def cast(small_town: None) -> Cast:
    """The whole cast in the invented city."""
    return Cast({name: enter(part) for name, part in PARTS.items()})
