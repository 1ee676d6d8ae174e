# SPDX-License-Identifier: Apache-2.0
"""A picture that hangs at a finding may hang at the case that the finding became, and nowhere else."""

import pytest

from jiayuan.kernel.errors import Refused
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of, provenance
from jiayuan.media.services import attach
from jiayuan.record.events import Ref
from tests.cast import MORNING, SYSTEM
from tests.factories.cases import photo

pytestmark = pytest.mark.django_db
FINDING, CASE, OTHER = Ref("inspection_finding", 1), Ref("case", 1), Ref("case", 2)


def test_a_picture_is_handed_on_from_where_it_hangs() -> None:
    handle = photo()
    attach(photos=[handle], to=FINDING, role=PhotoRole.BEFORE, by=SYSTEM, at=MORNING)
    attach(photos=[handle], to=CASE, role=PhotoRole.BEFORE, by=SYSTEM, at=MORNING, handed_on_from=FINDING)

    assert [one.handle for one in photos_of(CASE)] == [one.handle for one in photos_of(FINDING)] == [handle]
    found = provenance(handle)
    assert found is not None
    assert found.subjects == (FINDING, CASE)


def test_a_picture_is_not_handed_on_from_where_it_does_not_hang() -> None:
    handle = photo()
    attach(photos=[handle], to=OTHER, role=PhotoRole.BEFORE, by=SYSTEM, at=MORNING)
    with pytest.raises(Refused) as refusal:
        attach(photos=[handle], to=CASE, role=PhotoRole.BEFORE, by=SYSTEM, at=MORNING, handed_on_from=FINDING)

    assert refusal.value.code == "photo_taken"
