# SPDX-License-Identifier: Apache-2.0
"""Fills the journeys' house: the demonstration, and somebody it lacks.

That is an acceptor of the next district, who must see nothing of this one. Run as a program inside the surroundings of
the house.
"""

import io
from typing import Any

import django
from PIL import Image

OUTSIDER = "随县受理员"
STAMP = (160, 120)


def stamp(scene: object, _setting: object, stage: object, *, seed: int) -> bytes:
    """A picture as small as a stamp: a journey's own photos must not wait behind two hundred large ones."""
    colour = (seed % 256, hash((str(scene), str(stage))) % 256, seed // 256)
    kept = io.BytesIO()
    Image.new("RGB", STAMP, colour).save(kept, "JPEG")
    return kept.getvalue()


def move_in() -> None:
    """Make the demonstration and open the outsider's account."""
    # Imported here: the models exist only after Django was set up.
    from jiayuan.kernel import clock
    from jiayuan.media import illustrations
    from jiayuan.people.services import appoint, open_account
    from jiayuan.site import demonstration

    drawing: Any = illustrations
    drawing.illustration = stamp
    demonstration.load()
    at, by = clock.now(), demonstration.BY
    account = open_account(username=OUTSIDER, password=demonstration.PASSWORD, name="外县人", by=by, at=at)
    assert account.person_id is not None
    appoint(
        person_id=account.person_id,
        role="acceptor",
        area="421321000000",
        organisation_id=None,
        starts_on=clock.on(at),
        by=by,
        at=at,
    )


if __name__ == "__main__":
    django.setup()
    move_in()
