# SPDX-License-Identifier: Apache-2.0
"""Who may see the subjects of photos. Each room's door says so for its own kind; the roof hands it over."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import Http404

from jiayuan.kernel.access import Actor, Spot
from jiayuan.media import queries
from jiayuan.media.queries import Provenance

Sight = Callable[[Actor, int], Spot | None]
"""For an actor and the id of a subject: where it stands if the actor may see it, else None."""

NOWHERE = Spot(code="")
"""The spot of a draft: no grant but the whole city's covers it."""

_sights: dict[str, Sight] = {}


def hold_sights(sights: Mapping[str, Sight]) -> None:
    """Let the roof say how each kind of subject is looked at. Called once, while the program starts."""
    _sights.clear()
    _sights.update(sights)


def found_photo(handle: UUID, actor: Actor) -> tuple[Provenance, Spot]:
    """The photo and where it stands, or 404: outside your reach a photo does not exist."""
    photo = queries.provenance(handle)
    spot = _spot(photo, actor) if photo is not None else None
    if photo is None or spot is None:
        raise Http404
    return photo, spot


def _spot(photo: Provenance, actor: Actor) -> Spot | None:
    if not photo.subjects:
        # A draft without owner belongs to whoever knows its random handle: the phone that sent it a minute ago.
        return NOWHERE if photo.owner_id in (None, actor.account_id) else None
    looks = (_sights[subject.kind](actor, subject.id) for subject in photo.subjects if subject.kind in _sights)
    return next((spot for spot in looks if spot is not None), None)
