# SPDX-License-Identifier: Apache-2.0
"""The moves that can be made with many cases at once, and who is offered them."""

from jiayuan.cases.access import May
from jiayuan.cases.enums import V
from jiayuan.kernel.access import Actor, Permission, holds

VERBS: dict[V, Permission] = {
    V.FILE: May.TRIAGE,
    V.DISPATCH: May.DISPATCH,
    V.SIGN: May.HANDLE,
    V.CLOSE: May.CHECK,
    V.URGE: May.TRIAGE,
    V.MERGE: May.TRIAGE,
    V.VOID: May.VOID,
}


def offered(actor: Actor) -> list[V]:
    """The moves that some post of the actor gives; each case is judged by itself when it comes to it."""
    return [verb for verb, permission in VERBS.items() if holds(actor, permission)]
