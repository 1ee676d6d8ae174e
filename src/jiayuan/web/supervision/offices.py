# SPDX-License-Identifier: Apache-2.0
"""For which offices somebody may issue papers of some kinds, and where an issued one is read."""

from collections.abc import Set

from django.urls import reverse

from jiayuan.kernel.access import Actor, Permission, may
from jiayuan.papers import queries as papers
from jiayuan.supervision.access import May


def offices_for(actor: Actor, kinds: Set[str], permission: Permission = May.ISSUE) -> list[tuple[str, str]]:
    """The offices, as choices."""
    return [
        (one.code, one.name)
        for one in papers.offices()
        if kinds & set(dict(one.marks)) and may(actor, permission, at=papers.spot_of(one.area))
    ]


def paper_url(actor: Actor, paper_id: int | None) -> str:
    """Where the actor reads a paper; empty for whoever may not."""
    paper = papers.paper_by_id(paper_id) if paper_id is not None else None
    if paper is None or not papers.may_read(actor, paper.row):
        return ""
    return reverse("papers:paper", args=[paper.row.handle])
