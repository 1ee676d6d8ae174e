# SPDX-License-Identifier: Apache-2.0
"""The responsibility list, where a case is sent or given back: what a department took back goes to no town."""

from datetime import date

from django.utils.translation import pgettext_lazy

from jiayuan.cases.models import Case
from jiayuan.cases.queries.duties import against_list, entries_covering
from jiayuan.duties import queries as duties
from jiayuan.kernel.errors import Refused
from jiayuan.places import queries as places
from jiayuan.record.events import Code


def refuse_against_list(case: Case, unit_id: int, *, on: date) -> None:
    """Refuse to send a case to a town's unit when an entry in force says that a department took its class back."""
    found = against_list(case.problem_class_id, unit_id, on)
    if found is None:
        return
    unit, lead = places.organisation(unit_id), duties.lead_of(found.entry)
    message = pgettext_lazy(
        "cases",
        "%(list)s %(key)s, “%(task)s”: taken back by %(lead)s, so it may not be sent to %(unit)s. Send it to %(lead)s.",
    )
    raise Refused(
        "taken_back",
        message,
        field="unit",
        list=found.version.kind.label,
        key=found.entry.key,
        task=found.entry.task,
        lead=lead.short_name if lead else found.entry.lead,
        unit=unit.short_name if unit else "",
    )


def clause_relied_on(case: Case, clause: str, *, on: date) -> Code | None:
    """The entry on which a return relies; refused unless it is in force and covers the class of the case."""
    if not clause:
        return None
    if all(cited.code != clause for cited in entries_covering(case.problem_class_id, on)):
        message = pgettext_lazy("cases", "This entry does not cover the kind of this case. Choose one of these.")
        raise Refused("unknown_clause", message, field="clause")
    return Code(clause)
