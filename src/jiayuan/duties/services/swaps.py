# SPDX-License-Identifier: Apache-2.0
"""Whoever cannot take a turn says so, and another one of the rota stands in. A card is all that either needs.

Shops and volunteers have no accounts. Who holds a card acts for the one it was made out to, in that rota alone.
"""

from datetime import date, datetime

from django.utils.translation import pgettext_lazy

from jiayuan.duties import events
from jiayuan.duties.enums import SwapState
from jiayuan.duties.models import Rota, RotaHand, RotaSwap, RotaTurn
from jiayuan.duties.queries import holidays_in
from jiayuan.duties.rules import Pattern, days_of, monday_of
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.record.log import record


@command
def ask_swap(*, card: str, turn_id: int, week_on: date, by: Actor, at: datetime) -> RotaSwap:
    """Whoever takes a turn in a week cannot, and says so; nobody asks why."""
    hand, turn, swap = _go(card, turn_id, week_on, at=at)
    stands_in = swap is not None and swap.taken_by_id == hand.pk
    if turn.hand_id != hand.pk and not stands_in:
        raise Refused("not_own_turn", pgettext_lazy("duties", "This turn is somebody else's."))
    if swap is not None and swap.state != SwapState.WITHDRAWN and not stands_in:
        raise Stale("asked_already", pgettext_lazy("duties", "It is known already that you cannot come."))
    row = _keep(swap or RotaSwap(turn=turn, week_on=monday_of(week_on)), SwapState.ASKED, None)
    record(events.RotaSwapAsked(subject=hand.rota.ref, week_on=row.week_on), by=by, at=at)
    return row


@command
def withdraw_swap(*, card: str, turn_id: int, week_on: date, by: Actor, at: datetime) -> RotaSwap:
    """Whoever could not take a turn comes after all, while nobody stands in."""
    hand, turn, swap = _go(card, turn_id, week_on, at=at)
    if turn.hand_id != hand.pk:
        raise Refused("not_own_turn", pgettext_lazy("duties", "This turn is somebody else's."))
    row = _keep(_asked(swap), SwapState.WITHDRAWN, None)
    record(events.RotaSwapWithdrawn(subject=hand.rota.ref, week_on=row.week_on), by=by, at=at)
    return row


@command
def take_swap(*, card: str, turn_id: int, week_on: date, by: Actor, at: datetime) -> RotaSwap:
    """Another one of the rota takes a turn that somebody cannot; whoever comes first has it."""
    hand, turn, swap = _go(card, turn_id, week_on, at=at)
    if turn.hand_id == hand.pk:
        raise Refused("own_turn", pgettext_lazy("duties", "This turn is your own. Say that you come after all."))
    row = _keep(_asked(swap), SwapState.TAKEN, hand)
    record(events.RotaSwapTaken(subject=hand.rota.ref, week_on=row.week_on), by=by, at=at)
    return row


def _go(card: str, turn_id: int, week_on: date, *, at: datetime) -> tuple[RotaHand, RotaTurn, RotaSwap | None]:
    """The holder of a card, a turn of the same rota that falls into a week, and its swap; the rota is locked first."""
    rota = Rota.objects.select_for_update(of=("self",)).filter(hands__card=card).first()
    hand = RotaHand.objects.filter(card=card, rota=rota).first()
    if rota is None or hand is None:
        raise Refused(
            "no_card", pgettext_lazy("duties", "This card is not valid any more. Ask whoever gave it to you.")
        )
    hand.rota = rota
    turn = RotaTurn.objects.filter(pk=turn_id, hand__rota=rota).first()
    days = _days(rota, turn, week_on) if turn else []
    if turn is None or not days:
        raise Refused("no_go", pgettext_lazy("duties", "There is no such turn."))
    if days[-1] < clock.on(at):
        raise Refused("turn_is_over", pgettext_lazy("duties", "This turn is over."))
    return hand, turn, turn.swaps.filter(week_on=monday_of(week_on)).first()


def _days(rota: Rota, turn: RotaTurn, week_on: date) -> list[date]:
    pattern = Pattern(
        every=turn.every, weekdays=turn.weekdays, starts_on=turn.starts_on, ends_on=turn.ends_on
    )  # fmt: skip
    but = holidays_in(week_on) if rota.skips_holidays else {}
    return days_of(pattern, week_on, until=rota.ends_on, but=but)


def _asked(swap: RotaSwap | None) -> RotaSwap:
    """A swap that still waits for somebody."""
    if swap is None or swap.state != SwapState.ASKED:
        raise Stale("taken_already", pgettext_lazy("duties", "Nobody is looked for any more: somebody stands in."))
    return swap


def _keep(row: RotaSwap, state: SwapState, taken_by: RotaHand | None) -> RotaSwap:
    row.state, row.taken_by = state, taken_by
    if row.pk is None:
        row.save(force_insert=True)
    else:
        row.save(update_fields=["state", "taken_by"])
    return row
