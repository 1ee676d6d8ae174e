# SPDX-License-Identifier: Apache-2.0
"""What waits on clearing lists for somebody's to-do page: lists to be cleared, weeks to be drawn from and decided."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from jiayuan.cases import queries
from jiayuan.cases.access import May
from jiayuan.kernel.access import Actor, holds
from jiayuan.places import queries as places
from jiayuan.web.cases.wording import Mark
from jiayuan.web.clearing import wording
from jiayuan.web.clearing.village import list_line


@dataclass(frozen=True, slots=True)
class Line:
    """Something that waits."""

    url: str
    where: str
    what: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Heap:
    """A heap of the to-do page; the key names it in addresses. A line may stand for more than one thing to do."""

    key: str
    name: str
    lines: list[Line]
    count: int | None = None


def waiting(actor: Actor) -> list[Heap]:
    """The heaps that are not empty: for whoever makes lists two queries, for whoever accepts them two."""
    heaps = []
    if holds(actor, May.LIST_CLEARING):
        lists = [list_line(row) for row in queries.lists_in_hand(actor)]
        lines = [Line(line.url, line.where, line.what, line.mark) for line in lists]
        heaps.append(Heap("own_lists", pgettext("cases", "Own lists to be cleared"), lines))
    if holds(actor, May.ACCEPT_CLEARING):
        lots = [_lot(lot) for lot in queries.lots_waiting(actor)]
        heaps.append(Heap("lots", pgettext("cases", "Clearing lists to be drawn from"), lots))
        samples = [_sample(sample) for sample in queries.samples_waiting(actor)]
        heaps.append(Heap("samples", pgettext("cases", "Drawn, to be looked at"), samples))
    return [heap for heap in heaps if heap.lines]


def _lot(lot: queries.Lot) -> Line:
    what = [wording.week_words(lot.week), wording.lists_words(lot.lists), wording.rows_words(lot.rows)]
    return Line(reverse("clearing:list"), places.path_name(lot.village), " · ".join(what), None)


def _sample(sample: queries.ClearingSample) -> Line:
    what = [wording.week_words(sample.week), wording.rows_words(sample.size)]
    url = reverse("clearing:sample", args=[sample.pk])
    return Line(url, places.path_name(sample.village), " · ".join(what), None)
