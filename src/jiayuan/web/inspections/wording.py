# SPDX-License-Identifier: Apache-2.0
"""Inspections in the words of the reader: points, steps of grounds, states with their tone, sheets item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import pgettext

from jiayuan.inspections.enums import AppealState, Effect, RoundState, Unit, VisitState
from jiayuan.inspections.queries import FindingView, Ground, Item, Marks, Mean, RoundView, Sheet, VisitView, score
from jiayuan.inspections.queries import printed as printed_points
from jiayuan.media import queries as media
from jiayuan.media.enums import Variant
from jiayuan.places import queries as places
from jiayuan.standards.enums import Setting
from jiayuan.web.cases.wording import Mark

_ROUNDS = {
    RoundState.PREPARED: "waiting",
    RoundState.DRAWN: "moving",
    RoundState.PUBLISHED: "done",
    RoundState.VOID: "idle",
}
_VISITS = {VisitState.DRAWN: "waiting", VisitState.UNDER_WAY: "moving", VisitState.SUBMITTED: "done"}
_APPEALS = {AppealState.ASKED: "waiting", AppealState.UPHELD: "done", AppealState.REFUSED: "idle"}


def round_mark(state: RoundState) -> Mark:
    """The mark of a round."""
    return Mark(_ROUNDS[state], str(state.label))


def visit_mark(state: VisitState) -> Mark:
    """The mark of a visit."""
    return Mark(_VISITS[state], str(state.label))


def appeal_mark(state: AppealState) -> Mark:
    """The mark of an appeal."""
    return Mark(_APPEALS[state], str(state.label))


def points(hundredths: int) -> str:
    """Points without needless zeros: 2, 0.5."""
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def printed(found: Fraction | None) -> str:
    """A score with two decimals, or a dash."""
    return printed_points(found)


def step(ground: Ground) -> str:
    """What a ground does: "−1 per place", "+1 per matter, at most 2 times", "the item scores nothing"."""
    if ground.effect not in (Effect.DEDUCT, Effect.ADD):
        return str(ground.effect.label)
    sign = "+" if ground.effect is Effect.ADD else "−"
    said = f"{sign}{points(ground.amount)}"
    if ground.unit is not Unit.ONCE:
        said = pgettext("inspections", "%(points)s %(unit)s") % {"points": said, "unit": ground.unit.label}
    if ground.most:
        said += pgettext("inspections", ", at most %(n)s times") % {"n": ground.most}
    return said


def stratum(name: str) -> str:
    """What a stratum is called: a place by its name, a setting in words, anything else as it stands."""
    names = {
        "all": pgettext("inspections", "All together"),
        Setting.RURAL.value: pgettext("inspections", "Villages"),
        Setting.URBAN.value: pgettext("inspections", "Communities"),
    }
    if name in names:
        return names[name]
    code = name.ljust(12, "0") if name.isascii() and name.isdigit() and len(name) in (6, 9) else ""
    return places.path_name(code) if code else name


def unit_name(key: str) -> str:
    """The name of a town (9 digits) or a county (6)."""
    return places.path_name(key.ljust(12, "0"))


def list_of(view: RoundView, found: Fraction | None) -> Mark | None:
    """On which list a place stands, if on any. Lists are of places and units, never of households."""
    if found is None:
        return None
    if view.black_below is not None and found * 100 < view.black_below:
        return Mark("late", pgettext("inspections", "Black list"))
    if view.red_from is not None and found * 100 >= view.red_from:
        return Mark("done", pgettext("inspections", "Red list"))
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundShown:
    """A ground as the pages show it."""

    key: str
    letter: str
    words: str
    step: str
    makes_case: bool
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """An item with what was taken off it."""

    key: str
    title: str
    full: str
    got: str
    is_touched: bool
    may_be_absent: bool
    is_absent: bool
    is_bonus: bool
    grounds: tuple[GroundShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleShown:
    """A module with its weight and what it came to."""

    key: str
    title: str
    weight: str
    got: str
    full: str
    items: tuple[ItemShown, ...]


def sheet_shown(sheet: Sheet, marks: Marks) -> tuple[ModuleShown, ...]:
    """A sheet item by item, with what the marks take off."""
    scored = score(sheet, marks)
    return tuple(
        ModuleShown(
            key=module.key,
            title=module.title,
            weight=points(module.weight),
            got=points(found.got),
            full=points(found.full),
            items=tuple(
                _item_shown(item, marks, got=one.got) for item, one in zip(module.items, found.items, strict=True)
            ),
        )
        for module, found in zip(sheet.modules, scored.modules, strict=True)
    )


def _item_shown(item: Item, marks: Marks, *, got: int) -> ItemShown:
    return ItemShown(
        key=item.key,
        title=item.title,
        full=f"+{points(item.cap)}" if item.is_bonus else points(item.full),
        got=points(got),
        is_touched=item.key in marks.absent or got != item.full,
        may_be_absent=item.may_be_absent,
        is_absent=item.key in marks.absent,
        is_bonus=item.is_bonus,
        grounds=tuple(
            GroundShown(
                key=f"{item.key}:{ground.key}",
                letter=ground.key,
                words=ground.words,
                step=step(ground),
                makes_case=bool(ground.class_key),
                times=marks.counts.get((item.key, ground.key), 0),
            )
            for ground in item.grounds
        ),
    )


def findings_shown(sheet: Sheet, found: Sequence[FindingView], by: Mapping[int, bool]) -> list[dict[str, Any]]:
    """Findings with their words, pictures, cases and appeals; two queries. ``by`` says whose cases may be opened."""
    words = {(item.key, ground.key): (item, ground) for item in sheet.items for ground in item.grounds}
    pictures = media.photos_of_many("inspection_finding", [one.id for one in found])
    proofs = media.photos_of_many("inspection_appeal", [one.appeal.id for one in found if one.appeal])
    return [
        {
            "view": one,
            "item": words[one.item, one.ground][0].title,
            "words": words[one.item, one.ground][1].words,
            "step": step(words[one.item, one.ground][1]),
            "photos": photos_shown(pictures.get(one.id, ())),
            "opens_case": by.get(one.id, False),
            "appeal_mark": appeal_mark(one.appeal.state) if one.appeal else None,
            "proofs": photos_shown(proofs.get(one.appeal.id, ())) if one.appeal else [],
        }
        for one in found
    ]


def photos_shown(photos: Sequence[media.PhotoShown]) -> list[dict[str, Any]]:
    """Pictures with their addresses; one that is still being made has none."""
    return [
        {
            "url": media.variant_url(photo, Variant.THUMB) if photo.is_ready else "",
            "full_url": media.variant_url(photo, Variant.LARGE),
        }
        for photo in photos
    ]


def means_shown(means: Sequence[Mean]) -> list[dict[str, Any]]:
    """Means with their names and how many of how many they were made from."""
    return [
        {
            "name": unit_name(mean.key),
            "points": printed(mean.points),
            "n": mean.n,
            "whole": mean.whole,
            "weight": points(round(mean.weight * 100)),
        }
        for mean in means
    ]


def place_lines(view: RoundView, found: Sequence[VisitView], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """The drawn places of a round as rows."""
    return [
        {
            "visit": one,
            "where": places.path_name(one.village),
            "stratum": stratum(one.stratum),
            "inspector": names.get(one.inspector_id or 0, ""),
            "mark": visit_mark(one.state),
            "points": printed(one.points) if one.state is VisitState.SUBMITTED else "",
            "list": list_of(view, one.points),
        }
        for one in found
    ]
