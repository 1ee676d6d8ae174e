# SPDX-License-Identifier: Apache-2.0
"""How far a photo is on its way to the public, in the words of the reader."""

from django.utils.translation import pgettext

from jiayuan.media.enums import ReleaseState
from jiayuan.web.cases.wording import Mark

_TONES = {
    ReleaseState.ASKED: "moving",
    ReleaseState.PROPOSED: "waiting",
    ReleaseState.CONFIRMED: "done",
    ReleaseState.WITHDRAWN: "idle",
}


def mark_of(state: ReleaseState | None) -> Mark:
    """The mark of how far a photo is; nobody has asked about one without a state."""
    return Mark("idle", pgettext("media", "Not asked for")) if state is None else Mark(_TONES[state], str(state.label))
