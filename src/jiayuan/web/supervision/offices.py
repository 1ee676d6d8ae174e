# SPDX-License-Identifier: Apache-2.0
"""For which offices somebody may issue papers of some kinds."""

from collections.abc import Set

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
