# SPDX-License-Identifier: Apache-2.0
"""Who answers for what, for everybody: the lists in force, by kind of problem, by unit and by words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiayuan.duties import queries
from jiayuan.duties.queries import Entry, VersionView
from jiayuan.kernel import clock
from jiayuan.standards import queries as standards
from jiayuan.web.duties import wording
from jiayuan.web.duties.forms import BrowseForm
from jiayuan.web.guards import public


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one task group."""

    name: str
    lines: list[wording.Line]


@public
@require_GET
def browse(request: HttpRequest) -> HttpResponse:
    """The lists in force, narrowed to what the reader asks for."""
    lists = queries.in_force(clock.today())
    form = BrowseForm(request.GET, kinds=_kinds(), units=_units(lists))
    asked = form.cleaned_data if form.is_valid() else {}
    kind, unit, words = (str(asked.get(name, "")).strip() for name in ("kind", "unit", "q"))
    shown = [{"view": view, "groups": groups_of(_narrowed(view.entries, kind, unit, words))} for view in lists]
    context = {
        "form": form,
        "lists": [one for one in shown if one["groups"]],
        "has_lists": bool(lists),
        "is_narrowed": bool(kind or unit or words),
    }
    return render(request, "duties/browse.html", context)


def groups_of(entries: Iterable[Entry]) -> list[Group]:
    """Entries by their task group, in their order."""
    return [
        Group(name, [wording.line(entry) for entry in some]) for name, some in groupby(entries, lambda one: one.group)
    ]


def _narrowed(entries: Iterable[Entry], kind: str, unit: str, words: str) -> list[Entry]:
    classes = _classes_of(kind)
    return [
        entry
        for entry in entries
        if (not kind or classes.intersection(entry.classes))
        and (not unit or unit in (entry.lead, *entry.cooperating))
        and (not words or words in _all_words(entry))
    ]


def _all_words(entry: Entry) -> str:
    said = wording.line(entry)
    parts = (said.key, said.group, said.task, said.lead, said.cooperating, said.classes, said.department_does)
    return "\n".join((*parts, said.town_does, said.clause))


def _kinds() -> list[tuple[str, str]]:
    """The picture tiles, as residents know kinds of problem."""
    return [(tile.code, str(tile.name)) for tile in standards.tiles()]


def _classes_of(kind: str) -> set[str]:
    tile = standards.tile(kind)
    return {str(tile.rural_class.key), str(tile.urban_class.key)} if tile else set()


def _units(lists: Iterable[VersionView]) -> list[tuple[str, str]]:
    """The organisations that the lists name, the leading ones first."""
    entries = [entry for view in lists for entry in view.entries]
    leads = [entry.lead for entry in entries if entry.lead]
    others = [code for entry in entries for code in entry.cooperating]
    return [(code, wording.organisation_name(code)) for code in dict.fromkeys([*leads, *others])]
