# SPDX-License-Identifier: Apache-2.0
"""Names as people type them, as the places, units and persons that were meant."""

from collections.abc import Iterable

from django.utils.translation import pgettext, pgettext_lazy

from jiayuan.duties import queries
from jiayuan.duties.intake import FrontageFinders, HolderFinders
from jiayuan.kernel.errors import Refused
from jiayuan.people.queries import person_behind
from jiayuan.places import queries as places
from jiayuan.places.enums import Level

_LEVELS = (Level.CITY, Level.COUNTY, Level.TOWN, Level.VILLAGE)


def _place(typed: str, field: str) -> str:
    return _named(typed, field, _LEVELS)


def _village(typed: str, field: str) -> str:
    return _named(typed, field, (Level.VILLAGE,))


def _named(typed: str, field: str, levels: Iterable[Level]) -> str:
    """The code of the one division that was meant, or a sentence with those it could be."""
    wanted = tuple(levels)
    place = places.division(typed)
    if place is not None and place.level in wanted:
        return place.code
    meant = places.search(typed, levels=wanted, limit=20)
    # A county's name also finds all its villages; what is called exactly so goes first.
    found = [one for one in meant if typed in (one.name, one.short_name)] or list(meant[:5])
    if len(found) == 1:
        return found[0].code
    if not found:
        message = pgettext_lazy("people", "No division is called so. Try its pinyin or its code.")
        raise Refused("unknown_place", message, field=field)
    message = pgettext_lazy("people", "Several are called so. Type the code of the one you mean: %(found)s")
    raise Refused("many_places", message, field=field, found=", ".join(f"{one.label} {one.code}" for one in found))


def _unit(code: str) -> int:
    found = places.organisation_by_code(code)
    if found is None:
        raise Refused("unknown_unit", pgettext("duties", "Choose one of these."), field="organisation")
    return found.id


def _person(username: str) -> int:
    found = person_behind(username)
    if found is None:
        message = pgettext_lazy("duties", "Nobody with a name signs in like this.")
        raise Refused("unknown_person", message, field="person")
    return found


def _scheme(code: str) -> str:
    if code not in dict(queries.frontage_schemes()):
        raise Refused("no_scheme", pgettext_lazy("duties", "Choose one of these."), field="scheme")
    return code


FRONTAGE_FINDERS = FrontageFinders(village=_village, scheme=_scheme)
FINDERS = HolderFinders(place=_place, village=_village, unit=_unit, person=_person)
