# SPDX-License-Identifier: Apache-2.0
"""Commands for what the desk keeps beside cases: saved lists and columns, and that a list left the house."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.enums import Column, Form
from jiayuan.cases.intake.lists import address_of, group_from
from jiayuan.cases.models import Export, SavedList
from jiayuan.kernel.access import Actor, holds
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.record.events import Code
from jiayuan.record.log import record

MOST_LISTS = 12
MOST_EXPORTED = 100_000


@command
def save_list(
    *,
    name: str,
    asked: Mapping[str, str],
    columns: Sequence[Column],
    unit_id: int | None,
    by: Actor,
    at: datetime,
) -> int:
    """Keep a list under a name for its maker, and for the colleagues of a unit if one is given; its id."""
    account_id = _account(by)
    if not name:
        raise Refused("missing_name", pgettext_lazy("cases", "Give the list a name."), field="name")
    if unit_id is not None and unit_id not in by.unit_ids:
        raise Refused("not_your_unit", pgettext_lazy("cases", "A list is shared with the own unit only."), field="unit")
    others = SavedList.objects.filter(account_id=account_id).exclude(name__in=("", name))
    if others.count() >= MOST_LISTS:
        message = pgettext_lazy("cases", "There are %(most)s saved lists already. Take one out first.")
        raise Refused("too_many_lists", message, field="name", most=MOST_LISTS)
    values = {
        "address": urlencode(address_of(asked)),
        "columns": _codes(columns),
        "unit_id": unit_id,
        "saved_at": at,
    }
    kept, _ = SavedList.objects.update_or_create(account_id=account_id, name=name, defaults=values)
    return int(kept.pk)


@command
def forget_list(*, list_id: int, by: Actor, at: datetime) -> bool:
    """Take a saved list out; only its maker can. False when there was none."""
    return bool(SavedList.objects.filter(pk=list_id, account_id=_account(by)).exclude(name="").delete()[0])


@command
def choose_columns(*, columns: Sequence[Column], by: Actor, at: datetime) -> None:
    """Keep which columns somebody wants to see in lists."""
    values = {"columns": _codes(columns), "saved_at": at}
    SavedList.objects.update_or_create(account_id=_account(by), name="", defaults=values)


def _codes(columns: Sequence[Column]) -> str:
    return " ".join(column.value for column in Column if column in columns)


def _account(by: Actor) -> int:
    if by.account_id is None:
        raise NotPermitted("no_account", pgettext_lazy("cases", "Sign in first."))
    return by.account_id


@command
def note_export(*, form: Form, asked: Mapping[str, str], rows: int, by: Actor, at: datetime) -> int:
    """Keep that a list leaves the house: who takes how many rows of what. Refused for more rows than one table holds.

    Called before the first row leaves, so that a table that was broken off on the way is known too.
    """
    if not holds(by, May.SEE):
        raise NotPermitted("not_permitted", pgettext_lazy("cases", "None of your posts shows cases."))
    if rows > MOST_EXPORTED:
        message = pgettext_lazy("cases", "This list has more than %(most)s rows. Narrow it first.")
        raise Refused("too_many_rows", message, most=MOST_EXPORTED)
    export = Export.objects.create(
        account_id=by.account_id, form=form, rows=rows, address=urlencode(address_of(asked))[:500], made_at=at
    )
    record(
        events.CasesExported(
            subject=export.ref, form=form, rows=rows, group=group_from(asked), area=Code(asked.get("area", "")[:12])
        ),
        by=by,
        at=at,
    )
    return int(export.pk)
