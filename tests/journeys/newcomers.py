# SPDX-License-Identifier: Apache-2.0
"""Fills the journeys' house: the demonstration, and somebody it lacks.

That is an acceptor of the next district, who must see nothing of this one, and two handlers of the city's bureaus, who
come when a whistle calls them. Run as a program inside the surroundings of the house.
"""

import io
from datetime import timedelta
from typing import Any

import django
from PIL import Image

from jiayuan.kernel.handles import new_handle, seeded

OUTSIDER = "随县受理员"
CITY_MANAGEMENT, AGRICULTURE = "市城管处置员", "市农业处置员"
POSTS = (
    (OUTSIDER, "外县人", "acceptor", "421321000000", ""),
    (CITY_MANAGEMENT, "高市容", "handler", "421300000000", "SZ-CGW"),
    (AGRICULTURE, "田有秋", "handler", "421300000000", "SZ-NYNCJ"),
)
STAMP = (160, 120)
BUREAU, SIXTY = "SZ-421303-CG", 60
LATE = new_handle(seeded(58))
"""The receipt code of a case that was put right too late by the demonstration's own handler's unit, and closed."""


def stamp(scene: object, _setting: object, stage: object, *, seed: int) -> bytes:
    """A picture as small as a stamp: a journey's own photos must not wait behind two hundred large ones."""
    colour = (seed % 256, hash((str(scene), str(stage))) % 256, seed // 256)
    kept = io.BytesIO()
    Image.new("RGB", STAMP, colour).save(kept, "JPEG")
    return kept.getvalue()


def move_in() -> None:
    """Make the demonstration and open the accounts of those whom it lacks."""
    # Imported here: the models exist only after Django was set up.
    from jiayuan.kernel import clock
    from jiayuan.media import illustrations
    from jiayuan.people.services import appoint, open_account
    from jiayuan.places import queries as places
    from jiayuan.site import demonstration

    drawing: Any = illustrations
    drawing.illustration = stamp
    demonstration.load()
    at, by = clock.now(), demonstration.BY
    for username, name, role, area, office in POSTS:
        account = open_account(username=username, password=demonstration.PASSWORD, name=name, by=by, at=at)
        unit = places.organisation_by_code(office) if office else None
        assert account.person_id is not None
        appoint(
            person_id=account.person_id,
            role=role,
            area=area,
            organisation_id=unit.id if unit else None,
            starts_on=clock.on(at),
            by=by,
            at=at,
        )
    a_late_case()
    sixty_cases()


def sixty_cases() -> None:
    """Sixty cases that the bureau of the demonstration has on its desk this morning; all of it is invented."""
    from uuid import UUID

    from jiayuan.cases import services
    from jiayuan.cases.enums import Source
    from jiayuan.cases.intake import ReportInput
    from jiayuan.kernel import clock
    from jiayuan.kernel.commands import unit_of_work
    from jiayuan.places import queries as places
    from jiayuan.site.demonstration import BY
    from jiayuan.standards import queries as standards

    unit = places.organisation_by_code(BUREAU)
    assert unit is not None
    start = clock.now() - timedelta(hours=2)
    villages = [place.code for place in places.children("421303003")]
    with unit_of_work():
        for number in range(SIXTY):
            given = ReportInput(
                client_id=UUID(int=6000 + number, version=4),
                source=Source.GRID,
                village=villages[number % len(villages)],
                tile="sheds",
                text=f"第{number + 1}处",
            )
            case = services.report(given=given, by=BY, at=start, handle=new_handle(seeded(6000 + number)))
            case_id = services.CaseId(case.pk)
            longest = standards.conditions_of(case.problem_class_id)[-1]
            services.file(case_id=case_id, condition_id=longest.id, by=BY, at=start)
            services.dispatch(case_id=case_id, unit_id=unit.id, by=BY, at=start)


def a_late_case() -> None:
    """Tell the story of a case that took a week too long."""
    from uuid import UUID

    from jiayuan.cases import services
    from jiayuan.cases.enums import Source
    from jiayuan.cases.intake import ReportInput
    from jiayuan.kernel import clock
    from jiayuan.media import services as media
    from jiayuan.places import queries as places
    from jiayuan.site.demonstration import BY
    from jiayuan.standards import queries as standards

    unit = places.organisation_by_code("SZ-421303003")
    assert unit is not None
    start = clock.now() - timedelta(days=12)
    given = ReportInput(
        client_id=UUID(int=58, version=4), source=Source.PUBLIC, village="421303003200", tile="rubbish", text="村口一堆"
    )
    case = services.report(given=given, by=BY, at=start, handle=LATE)
    case_id, hour = services.CaseId(case.pk), timedelta(hours=1)
    condition = standards.conditions_of(case.problem_class_id)[0]
    services.file(case_id=case_id, condition_id=condition.id, by=BY, at=start + hour)
    services.dispatch(case_id=case_id, unit_id=unit.id, by=BY, at=start + 2 * hour)
    services.sign(case_id=case_id, by=BY, at=start + 3 * hour)
    done = start + timedelta(days=10)
    photo = media.receive(data=stamp("late", "", "after", seed=58), declared_name="late.jpg", by=BY, at=done)
    services.feed_back(case_id=case_id, evidence=[photo.handle], note="", by=BY, at=done)
    services.close(case_id=case_id, by=BY, at=done + hour)


if __name__ == "__main__":
    django.setup()
    move_in()
