# SPDX-License-Identifier: Apache-2.0
"""The problems of a round as a bulletin lists them, and the photos beside them: only what a person has released."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import override, pgettext

from jiayuan.cases import queries as cases
from jiayuan.inspections import queries as inspections
from jiayuan.media import queries as media
from jiayuan.papers import queries as papers
from jiayuan.papers.document import Annex, Block, Figure, Figures, Table
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.supervision.models import Bulletin
from jiayuan.supervision.queries.bulletin_facts import said_of
from jiayuan.supervision.queries.wording import PAPER_LANGUAGE

MOST_PROBLEMS, MOST_PHOTOS = 500, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem with its number in the annex, as it is printed, and its released photos."""

    number: int
    place: str
    words: str
    class_name: str
    times: int
    case: str
    unit: str
    photos: tuple[media.PublicPhoto, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPhoto:
    """A released photo that a bulletin may show, with what is printed below it."""

    handle: UUID
    caption: str
    is_chosen: bool


def chosen_photos(bulletin: Bulletin) -> frozenset[UUID]:
    """The photos that were chosen for a bulletin, whether they may still be shown or not."""
    return frozenset(bulletin.photos.values_list("handle", flat=True))


def photos_offered(bulletin: Bulletin) -> list[OfferedPhoto]:
    """The released photos of a bulletin's problems, in the order of its annex."""
    view = inspections.published_round(bulletin.round_handle) if bulletin.round_handle else None
    if view is None:
        return []
    chosen = chosen_photos(bulletin)
    with override(PAPER_LANGUAGE):
        return [
            OfferedPhoto(handle=photo.handle, caption=_below(problem, photo), is_chosen=photo.handle in chosen)
            for problem in problems_of(view)
            for photo in problem.photos
        ]


def problems_of(view: inspections.RoundView) -> Iterator[Problem]:
    """What a round found, in its order; a case of several findings shows its photos with the first."""
    found = [(village, one) for village, one in inspections.findings_of_round(view.id) if one.times][:MOST_PROBLEMS]
    held = {case.pk: case for case in cases.cases_by_id([one.case_id for _, one in found if one.case_id])}
    released = dict(media.public_photos([case.ref for case in held.values()]))
    words = said_of(view.version_id)
    for number, (village, one) in enumerate(found, start=1):
        ground, case = words.get((one.item, one.ground)), held.get(one.case_id or 0)
        unit = places.organisation(case.unit_id) if case is not None and case.unit_id else None
        yield Problem(
            number=number,
            place=places.path_name(village),
            words=ground.words if ground else "—",
            class_name=str(standards.problem_class(case.problem_class_id).name) if case is not None else "—",
            times=one.times,
            case=one.case_handle or "—",
            unit=unit.short_name if unit else "—",
            photos=released.pop(case.ref, ()) if case is not None else (),
        )


def annex_of_problems(view: inspections.RoundView, chosen: Collection[UUID]) -> list[Annex]:
    """The list of problems with the numbers of their photos, and the photos below it; nothing without problems."""
    problems = list(problems_of(view))
    if not problems:
        return []
    shown = [(one, [photo for photo in one.photos if photo.handle in chosen]) for one in problems]
    figures = tuple(
        Figure(photo=str(photo.handle), caption=_below(one, photo)) for one, photos in shown for photo in photos
    )
    body: tuple[Block, ...] = (_table(shown, has_photos=bool(figures)),)
    if figures:
        body += (Figures(figures=figures),)
    return [Annex(title=pgettext("supervision", "List of problems"), body=body)]


def _table(shown: "list[tuple[Problem, list[media.PublicPhoto]]]", *, has_photos: bool) -> Table:
    head = (
        pgettext("supervision", "No."),
        pgettext("supervision", "Place"),
        pgettext("supervision", "Problem"),
        pgettext("supervision", "Class"),
        pgettext("supervision", "Times"),
        pgettext("supervision", "Case"),
        pgettext("supervision", "Unit"),
    )
    rows, reached = [], 0
    for one, photos in shown:
        cells = (str(one.number), one.place, one.words, one.class_name, str(one.times), one.case, one.unit)
        # No other part of a bulletin shows photos, so theirs are the first numbers of the paper.
        numbers = range(reached + 1, reached + len(photos) + 1)
        reached += len(photos)
        rows.append((*cells, "、".join(papers.figure_label(n) for n in numbers) or "—") if has_photos else cells)
    if not has_photos:
        return Table(head=head, rows=tuple(rows), widths=(2, 7, 8, 5, 2, 8, 6))
    return Table(head=(*head, pgettext("supervision", "Photos")), rows=tuple(rows), widths=(2, 6, 7, 4, 2, 7, 5, 4))


def _below(problem: Problem, photo: media.PublicPhoto) -> str:
    """What is printed below a photo."""
    told = pgettext("supervision", "problem %(number)s, %(place)s: %(words)s (%(role)s)")
    return told % {
        "number": problem.number, "place": problem.place, "words": problem.words, "role": photo.role.label
    }  # fmt: skip
