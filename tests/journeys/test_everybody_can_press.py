# SPDX-License-Identifier: Apache-2.0
"""Axe looks at the pages of duties, inspections, sheets, meetings, talks, bulletins and papers as at all others.

What these pages show is made first: a list that was issued, a bulletin as a draft and as a published paper.
"""

import re
from urllib.parse import urlparse

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.person import Person
from tests.journeys.test_everybody_can_use_it import _choose_type, _first_row, _look
from tests.journeys.test_inspection import LEADER, SUPERVISOR
from tests.journeys.test_life import CHIEF
from tests.journeys.test_list_and_bulletin import ROOM, handed_up, issue_a_list

SHEETS = "/desk/sheets/"
PAGES = {
    SUPERVISOR: [
        SHEETS, "/desk/sheets/new/", "/desk/sheets/urgings/", "/desk/sheets/talks/", "/desk/sheets/talks/new/",
        "/desk/sheets/meetings/", "/desk/bulletins/", "/desk/bulletins/new/", "/desk/papers/",
    ],
    CHIEF: ["/desk/sheets/meetings/new/"],
    LEADER: ["/desk/duties/zones/", "/desk/duties/zones/new/", "/desk/duties/guarantors/",
             "/desk/duties/guarantors/new/", "/desk/duties/frontages/", "/desk/duties/frontages/new/"],
    "管理员": ["/desk/duties/", "/desk/duties/new/"],
}  # fmt: skip
FIRST_OF = {
    SUPERVISOR: ["/desk/sheets/meetings/", "/desk/sheets/talks/", "/desk/inspections/"],
    LEADER: ["/desk/duties/frontages/"],
    "管理员": ["/desk/duties/"],
}
"""Lists of which the first row is opened."""


def drafted(office: Person) -> str:
    """A bulletin about the month before; its address."""
    office.open("/desk/bulletins/new/")
    office.press("Draft it", context=ROOM)
    office.page.wait_for_url(re.compile(r"/desk/bulletins/[0-9A-Z]{11}/$"))
    return urlparse(office.page.url).path


def published(office: Person, mayor: Person, bulletin: str) -> str:
    """The same bulletin signed; the handle of its paper."""
    office.open(bulletin)
    handed_up(office)
    mayor.open(bulletin)
    mayor.press("Sign and publish", context=ROOM)
    paper = mayor.page.locator(".j-title a").get_attribute("href") or ""
    return paper.strip("/").rpartition("/")[2]


def looked_at(person: Person, path: str) -> list[str]:
    """What is grave on a page, which must be there: an error page has nothing to find."""
    answer = person.open(path)
    assert answer.status == 200, f"{path}: {answer.status}"
    return _look(person)


@pytest.mark.parametrize(("width", "large"), [(390, True), (1440, False)])
def test_the_pages_of_pressure_put_nothing_serious_in_anybodys_way(meet: Meet, width: int, large: bool) -> None:
    office = meet(SUPERVISOR, width=1440)
    sheet = urlparse(issue_a_list(office)).path
    bulletin = drafted(office)
    pages = PAGES | {SUPERVISOR: [*PAGES[SUPERVISOR], f"{sheet}items/1/urge/", bulletin, f"{bulletin}photos/"]}

    found: list[str] = []
    for username, paths in pages.items():
        person = meet(username, width=width, language="en" if large else "zh-hans")
        _choose_type(person, large=large)
        found += [line for path in paths for line in looked_at(person, path)]
        for path in FIRST_OF.get(username, []):
            person.open(path)
            found += _first_row(person)
    handler = meet("南郊处置员", width=width)
    found += looked_at(handler, sheet)
    paper = published(office, meet("市领导"), bulletin)
    anybody = meet(width=width, language="en" if large else "zh-hans")
    _choose_type(anybody, large=large)
    for path in ("/papers/verify/", f"/papers/verify/{paper}/", f"/papers/{paper}/"):
        found += looked_at(anybody, path)

    assert not found, "\n".join(found)
