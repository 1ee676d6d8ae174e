# SPDX-License-Identifier: Apache-2.0
"""Telling accounts what happened."""

import pytest
from django.utils import translation

from jiayuan.kernel.access import Actor
from jiayuan.notices.enums import DeliveryState
from jiayuan.notices.kinds import hold_kinds
from jiayuan.notices.models import Delivery, Notice
from jiayuan.notices.queries import inbox
from jiayuan.notices.services import notify
from jiayuan.record.events import Ref
from tests.notices.conftest import FLOOD
from tests.notices.story import MORNING, NIGHT, NOON, SYSTEM, tell


def plan() -> dict[str, tuple[str, object]]:
    return {row.channel: (row.state, row.next_try_at) for row in Delivery.objects.all()}


def test_a_notice_is_in_the_inbox_at_once_and_its_mail_waits_for_the_worker(li: Actor) -> None:
    assert tell(li)

    assert [notice.text for notice in inbox(li).notices] == ["rubbish heap H7 is yours to deal with."]
    assert plan() == {"in_app": (DeliveryState.SENT, None), "email": (DeliveryState.WAITING, NOON)}


def test_at_night_the_mail_waits_for_morning(li: Actor) -> None:
    tell(li, at=NIGHT)

    assert plan()["email"] == (DeliveryState.WAITING, MORNING)


def test_an_emergency_does_not_wait(li: Actor) -> None:
    tell(li, kind="cases.flood", at=NIGHT)

    assert plan()["email"] == (DeliveryState.WAITING, NIGHT)


def test_a_kind_for_the_inbox_alone_plans_no_mail(li: Actor) -> None:
    tell(li, kind="cases.closed")

    assert set(plan()) == {"in_app"}


def test_telling_of_the_same_event_again_changes_nothing(li: Actor) -> None:
    tell(li)

    assert not tell(li)

    assert Notice.objects.count() == 1
    assert Delivery.objects.count() == 2


def test_another_event_or_another_kind_or_another_reader_is_another_notice(li: Actor, wang: Actor) -> None:
    assert tell(li)
    assert tell(li, position=2)
    assert tell(li, kind="cases.flood")
    assert tell(wang)

    assert Notice.objects.count() == 4


def test_every_delivery_has_a_key_of_its_own(li: Actor) -> None:
    tell(li)
    tell(li, position=2)

    assert len(set(Delivery.objects.values_list("key", flat=True))) == 4


@pytest.mark.parametrize("value", [True, 1.5, None, ["x"]])
def test_only_codes_and_integers_are_kept(li: Actor, value: object) -> None:
    assert li.account_id is not None
    with pytest.raises(TypeError, match="codes and integers"):
        notify(
            account_id=li.account_id,
            kind="cases.flood",
            subject=Ref("case", 1),
            position=1,
            params={"handle": value},  # type: ignore[dict-item]
            by=SYSTEM,
            at=NOON,
        )


def test_an_unknown_kind_is_a_fault_of_the_code(li: Actor) -> None:
    with pytest.raises(KeyError):
        tell(li, kind="cases.unheard_of")


def test_two_kinds_with_one_code_are_a_fault_of_the_code() -> None:
    with pytest.raises(ValueError, match="share a code"):
        hold_kinds([FLOOD, FLOOD])


def test_the_words_are_made_in_the_language_of_whoever_reads(li: Actor) -> None:
    tell(li)

    with translation.override("zh-hans"):
        assert inbox(li).notices[0].text.startswith("rubbish heap")
    assert "rubbish" not in Notice.objects.get().params
