# SPDX-License-Identifier: Apache-2.0
"""The invented city's list: 2.1 rubbish is the town's, 2.3 building dust was taken back, 2.10 is done together."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from jiayuan.duties import queries, services
from jiayuan.duties.intake import Issued
from jiayuan.duties.queries import Entry, VersionView
from jiayuan.kernel.access import Actor
from tests.cast import MORNING, SMALL_CITY, SYSTEM

LIST = "qingdan"
RUBBISH, DUST, TRUCKS, STALLS = (f"gbt47678-2026:matter:{code}" for code in ("06010", "08004", "08011", "09005"))
TODAY = MORNING.date()


@pytest.fixture
def lists(ground: None) -> Iterator[None]:
    """The small city's list, published and in force."""
    queries.forget()
    services.load_lists(folder=SMALL_CITY / "duties", by=SYSTEM, at=MORNING)
    yield
    queries.forget()


def in_force(on: date = TODAY) -> VersionView:
    """The version that holds on a day."""
    found = queries.in_force_of(LIST, on)
    assert found is not None
    return found


def entry(**given: Any) -> Entry:
    """An entry: without more a basic duty of whoever governs."""
    return Entry(**{"key": "9.1", "group": "环境卫生", "task": "道路保洁", "part": "basic"} | given)


def issued(valid_from: date, **given: Any) -> Issued:
    """What a version says of itself."""
    said: dict[str, Any] = {
        "source": "责任清单（虚构）",
        "source_number": "云清办〔2025〕1号",
        "issuer": "云溪市清洁家园办公室",
        "issued_on": TODAY,
        "valid_from": valid_from,
    }
    return Issued(**said | given)


def publish_next(*changed: Entry, valid_from: date, by: Actor = SYSTEM) -> None:
    """Publish a version that says these entries otherwise than the one published last."""
    latest = queries.published_of(LIST)[-1]
    keys = {one.key for one in changed}
    services.fill_draft(
        document=LIST,
        entries=[*(one for one in latest.entries if one.key not in keys), *changed],
        by=by,
        at=MORNING,
    )
    draft = queries.draft_of(LIST)
    assert draft is not None
    services.publish(document=LIST, issued=issued(valid_from), revision=draft.revision, by=by, at=MORNING)
