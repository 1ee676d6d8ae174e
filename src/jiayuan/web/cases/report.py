# SPDX-License-Identifier: Apache-2.0
"""The resident's way in: report a problem, or join somebody who reported it. They work without a script."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import Source
from jiayuan.cases.intake import ReportInput, report_from
from jiayuan.kernel import clock, limits
from jiayuan.kernel.access import Spot, may
from jiayuan.kernel.errors import Problems, Refused
from jiayuan.places import queries as places
from jiayuan.places.intake import Position, optional_position
from jiayuan.standards import queries as standards
from jiayuan.web.asked import A_YEAR, DEVICE_COOKIE, actor_of, count_write, mark_device
from jiayuan.web.cases import same
from jiayuan.web.cases.forms import ReportForm
from jiayuan.web.cases.photos import kept_photos, receive_photos
from jiayuan.web.guards import public

VILLAGE_COOKIE = "village"
MOST_FOUND = 8
MOST_LIKELY = 3


@public
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Four short steps on one page: photo, place, kind, contact."""
    if request.method == "POST":
        return _take(request)
    village = request.GET.get("at") or request.COOKIES.get(VILLAGE_COOKIE, "")
    known = village if places.division(village) is not None else ""
    # The form carries its identity from the start: pressed twice, it is one report even where no script runs.
    form = ReportForm(initial={"village": known, "client_id": str(uuid4())})
    return _page(request, form, chosen=known)


def _take(request: HttpRequest) -> HttpResponse:
    form = ReportForm(request.POST)
    kept = kept_photos(request)
    try:
        if "find" in request.POST:
            return _search(request, form, kept)
        count_write(request, limits.REPORTING)
        given = _given(request, form, kept)
        if "same" in request.POST:
            return _join(request, given)
        if likely := _not_seen(request, given):
            return _page(request, form, kept=kept, chosen=given.village, searched=True, likely=likely)
        case = services.report(given=given, by=actor_of(request), at=clock.now())
    except Refused as refusal:
        form.show(refusal)
        return _page(
            request, form, kept=kept, chosen=request.POST.get("village", ""), status=_status_of(refusal), searched=True
        )
    answer = HttpResponseRedirect(reverse("cases:status", args=[case.handle]) + "?new=1")
    answer.set_cookie(
        VILLAGE_COOKIE, case.village, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return mark_device(request, answer)


def _not_seen(request: HttpRequest, given: ReportInput) -> list[queries.Likely]:
    """The open cases that this may be about, once: whoever has looked at them and sends again means another one."""
    if queries.is_told(given.source, given.client_id):
        return []
    seen = same.seen_before(request)
    return [item for item in _likely(given) if item.id not in seen]


def _likely(given: ReportInput) -> list[queries.Likely]:
    village, tile = places.division(given.village), standards.tile(given.tile)
    if village is None or tile is None:
        return []
    setting = standards.setting_of(urban_rural=village.urban_rural, kind=village.kind)
    return queries.likely_same(
        village=given.village,
        class_id=tile.class_in(setting).id,
        tile=given.tile,
        at=clock.now(),
        text=given.text,
        position=given.position,
        photos=given.photos,
        most=MOST_LIKELY,
    )


def _join(request: HttpRequest, given: ReportInput) -> HttpResponse:
    """Follow the case that was chosen; pictures, words and telephone number go along."""
    device = request.get_signed_cookie(DEVICE_COOKIE, default="", salt=DEVICE_COOKIE)
    follower = services.join(
        case_id=services.CaseId(same.case_named(request.POST["same"])),
        # A browser that keeps no cookie is at least the same form when it is sent twice.
        device=queries.device_digest(device or str(given.client_id)),
        phone=given.contact_phone,
        language=given.language,
        photos=given.photos,
        text=given.text,
        by=actor_of(request),
        at=clock.now(),
    )
    return mark_device(request, HttpResponseRedirect(reverse("cases:status", args=[follower.handle]) + "?joined=1"))


@public
@require_GET
def find_same(request: HttpRequest) -> HttpResponse:
    """The open cases nearby that fit what is being chosen, asked for while the form is filled in."""
    asked = request.GET
    village, tile = places.division(asked.get("village", "")), standards.tile(asked.get("tile", ""))
    found: list[queries.Likely] = []
    if village is not None and tile is not None and village.level == "village":
        given = ReportInput(
            client_id=uuid4(),
            source=Source.PUBLIC,
            village=village.code,
            tile=tile.code,
            text=asked.get("text", "")[:200],
            position=_position(request),
        )
        try:
            count_write(request, limits.COMPARING)
            found = _likely(given)
        except Refused:
            # Nothing is asked of anybody here: who types much simply sees no proposals for a while.
            found = []
    return render(request, "cases/_same.html", {"same": same.shown(found)})


def _search(request: HttpRequest, form: ReportForm, kept: list[UUID]) -> HttpResponse:
    """The villages that fit, with everything else kept; a picture chosen before is stored, or the way back loses it."""
    if request.FILES:
        count_write(request, limits.PHOTOS)
        receive_photos(request, kept)
    return _page(request, form, kept=kept, chosen=request.POST.get("village", ""), searched=True)


def _given(request: HttpRequest, form: ReportForm, kept: list[UUID]) -> ReportInput:
    """What was reported, or all that is wrong with it at once: nobody mends a form one line at a time."""
    wrong: list[Refused] = []
    try:
        receive_photos(request, kept)
    except Refused as refusal:
        wrong += _each(refusal)
    try:
        given = _read(request, form, kept)
    except Refused as refusal:
        raise Problems([*wrong, *_each(refusal)]) from refusal
    if wrong:
        raise Problems(wrong)
    return given


def _each(refusal: Refused) -> list[Refused]:
    return list(refusal.refusals) if isinstance(refusal, Problems) else [refusal]


def _read(request: HttpRequest, form: ReportForm, kept: list[UUID]) -> ReportInput:
    raw = {name: request.POST.get(name, "") for name in form.fields}
    raw["language"] = get_language() or ""
    given = report_from(
        raw,
        source=Source.PUBLIC,
        village=lambda code: _village(code, raw.get("village_query", "")),
        tile=_tile,
        photos=kept,
        now=clock.now(),
    )
    # On duty in their own area staff report as such; anywhere else they are residents like everybody.
    on_duty = may(actor_of(request), May.REPORT, at=Spot(code=given.village))
    return replace(given, source=Source.GRID) if on_duty else given


def _village(code: str, typed: str) -> str:
    """The chosen village, or the only one that the typed words can mean."""
    chosen = places.division(code) if code else None
    if chosen is not None and chosen.level == "village":
        return chosen.code
    found = places.search(typed, limit=2) if typed.strip() else []
    if len(found) == 1:
        return found[0].code
    message = (
        pgettext("cases", "Several places fit. Choose one from the list.")
        if found
        else pgettext("cases", "Choose the village or community: type its name or its pinyin.")
    )
    raise Refused("village", message, field="village_query")


def _tile(code: str, text: str) -> str:
    """The chosen picture, or the kind that the reporter's own words say."""
    if any(tile.code == code for tile in standards.tiles()):
        return code
    ranked = standards.guess_tiles(text) if text else []
    if ranked:
        return ranked[0].code
    raise Refused("tile", pgettext("cases", "Choose a picture, or write in a few words what it is."), field="tile")


def _status_of(refusal: Refused) -> int:
    return 429 if refusal.code == "too_many" else 422


def _page(
    request: HttpRequest,
    form: ReportForm,
    *,
    chosen: str,
    kept: Iterable[UUID] = (),
    status: int = 200,
    searched: bool = False,
    likely: Sequence[queries.Likely] = (),
) -> HttpResponse:
    typed = request.POST.get("village_query", "")
    context = {
        "form": form,
        "steps": [
            pgettext("cases", "Photo"),
            pgettext("cases", "Where"),
            pgettext("cases", "What"),
            pgettext("cases", "Contact"),
        ],
        "tiles": standards.tiles(),
        "tile": request.POST.get("tile", ""),
        "kept": [str(handle) for handle in kept],
        "found": _choices(chosen, typed if searched else ""),
        "chosen": chosen,
        "answered": searched,
        "asked": searched and bool(typed.strip()),
        "same": same.shown(likely),
        "seen": request.POST.getlist("same_seen")[:50],
    }
    answer = render(request, "cases/report.html", context, status=status)
    return mark_device(request, answer)


def _choices(chosen: str, typed: str) -> list[tuple[str, str]]:
    found = places.search(typed, limit=MOST_FOUND) if typed.strip() else []
    codes = dict.fromkeys([*([chosen] if chosen and places.division(chosen) else []), *(place.code for place in found)])
    return [(code, places.path_name(code)) for code in codes]


@public
@require_GET
def find_places(request: HttpRequest) -> HttpResponse:
    """The villages that fit what is being typed, or the one at the phone's position, as radio buttons."""
    typed = (request.GET.get("q") or request.GET.get("village_query", ""))[:40]
    found = (
        [(place.code, places.path_name(place.code)) for place in places.search(typed, limit=MOST_FOUND)]
        if typed.strip()
        else []
    )
    here = _proposed(request)
    return render(
        request, "cases/_places.html", {"found": here or found, "chosen": here[0][0] if here else "", "asked": True}
    )


def _position(request: HttpRequest) -> Position | None:
    try:
        return optional_position(lon=request.GET.get("lon", ""), lat=request.GET.get("lat", ""), source="device")
    except Refused:
        return None


def _proposed(request: HttpRequest) -> list[tuple[str, str]]:
    position = _position(request)
    village = places.propose(position.lon, position.lat) if position else None
    return [(village.code, places.path_name(village.code))] if village else []
