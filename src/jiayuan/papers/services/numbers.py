# SPDX-License-Identifier: Apache-2.0
"""Formal numbers: consecutive by kind, office and year, and without a gap whatever fails.

The counter's row stays locked from the taking to the commit, and a command that fails takes the number back. So it is
taken last, before the events are flushed, and one command takes one number: two commands that take two each in
different orders would wait for each other.
"""

from datetime import date, datetime

from django.db import connection
from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import inside
from jiayuan.kernel.errors import Refused
from jiayuan.papers.models import Mark, NumberCounter, Office
from jiayuan.papers.rules import Number

_TABLE = NumberCounter._meta.db_table


def take_number(*, kind: str, office: str, on: date, by: Actor, at: datetime, mark: str | None = None) -> Number:
    """The next number of a kind of paper of an office, in the year of the day that the paper bears.

    For use inside a command, as its last writing; the caller has asked for the permission. Refused for an office that
    is not loaded, and for a kind for which it has no mark – unless ``mark`` says how it is written. A mark that another
    kind or office owns is refused.
    """
    if not inside():
        raise RuntimeError("a number is taken inside the command that uses it, or its failure would leave a gap")
    unit = office_called(office)
    written = _mark(unit, kind, mark)
    return Number(kind=kind, office=office, mark=written, year=on.year, n=_moved(kind, on.year, unit.pk))


def office_called(code: str) -> Office:
    """The office with a code; refused where it is not loaded."""
    found = Office.objects.filter(code=code).first()
    if found is None:
        raise Refused(
            "no_office", pgettext_lazy("papers", "There is no such office. Have it loaded first."), field="office"
        )
    return found


def _mark(office: Office, kind: str, given: str | None) -> str:
    if given is None:
        found = Mark.objects.filter(office=office, kind=kind).first()
        if found is None:
            raise Refused(
                "no_mark",
                pgettext_lazy("papers", "The office has no mark for papers of this kind. Have it loaded first."),
                field="office",
            )
        return found.mark
    if given and Mark.objects.filter(mark=given).exclude(office=office, kind=kind).exists():
        raise Refused("mark_taken", pgettext_lazy("papers", "Another kind of paper bears this mark."), field="office")
    return given


def _moved(kind: str, year: int, office_id: int) -> int:
    """Move the counter by one and return where it stands; a rollback takes the move back."""
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(
                f"UPDATE {_TABLE} SET n = n + 1 WHERE kind = %s AND year = %s AND office_id = %s RETURNING n",  # noqa: S608 – a table's name of our own
                [kind, year, office_id],
            )
            row = cursor.fetchone()
            if row is not None:
                return int(row[0])
            # Whoever is first in a year makes the row; of two who try at once the second waits and finds it there.
            cursor.execute(
                f"INSERT INTO {_TABLE} (kind, year, office_id, n) VALUES (%s, %s, %s, 0) ON CONFLICT DO NOTHING",  # noqa: S608 – likewise
                [kind, year, office_id],
            )
    raise RuntimeError("the counter of numbers could not be moved")
