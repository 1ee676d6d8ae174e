# SPDX-License-Identifier: Apache-2.0
"""Who hears of a case from the residents' side: reporters and followers, each by their own receipt."""

from dataclasses import dataclass

from django.db.models import Q

from jiayuan.cases.models import Case, Contact, Follower


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Somebody who is told: a person with an account perhaps, or whoever left a telephone number."""

    receipt: str
    person_id: int | None
    holder: str
    holder_id: int
    has_phone: bool
    language: str


def listeners_of(case_id: int) -> list[Listener]:
    """Reporters and followers of a case and of all that were merged into it; two queries, and no number among it."""
    reports = Case.objects.filter(Q(pk=case_id) | Q(merged_into_id=case_id)).order_by("pk")
    told = [
        Listener(
            receipt=handle,
            person_id=person_id,
            holder="contact",
            holder_id=pk,
            has_phone=bool(phone),
            language=language or "",
        )
        for pk, handle, person_id, phone, language in reports.values_list(
            "pk", "handle", "reporter_id", "contact__phone", "contact__language"
        )
    ]
    joined = Follower.objects.filter(Q(case_id=case_id) | Q(case__merged_into_id=case_id)).order_by("pk")
    return told + [
        Listener(
            receipt=row.handle,
            person_id=row.person_id,
            holder="follower",
            holder_id=row.pk,
            has_phone=bool(row.phone),
            language=row.language,
        )
        for row in joined
    ]


def phone_of_contact(case_id: int) -> str:
    """The number that the reporter of a case left; empty once it was erased."""
    return Contact.objects.filter(pk=case_id).values_list("phone", flat=True).first() or ""


def phone_of_follower(follower_id: int) -> str:
    """The number that a follower left; empty once it was erased."""
    return Follower.objects.filter(pk=follower_id).values_list("phone", flat=True).first() or ""
