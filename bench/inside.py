# SPDX-License-Identifier: Apache-2.0
"""What measurements ask of an installation from the inside: JSON in, one line of JSON out.

``ground`` · ``sessions`` · ``fill`` · ``capture`` · ``verify`` – each runs in a process of its own, with the settings
of the house that is measured.
"""

import json
import re
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import django

django.setup()

# ruff: noqa: E402 – the rooms can only be imported once the house stands
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.enums import ENDED, WITH_UNIT, Refusal, ReturnReason, Source, State
from jiayuan.cases.models import Case
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Permission, Spot
from jiayuan.kernel.commands import unit_of_work
from jiayuan.kernel.handles import new_handle
from jiayuan.media.illustrations import Scene, Stage, illustration
from jiayuan.media.illustrations import Setting as DrawnSetting
from jiayuan.notices.models import Delivery, Notice
from jiayuan.papers.services import load_offices
from jiayuan.people import services as people
from jiayuan.people.models import Account
from jiayuan.people.queries import accounts_of, accounts_with
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.record import counters, readers
from jiayuan.record.events import Code
from jiayuan.record.log import record
from jiayuan.record.models import Cursor, Head, Parked
from jiayuan.record.readers import Happened
from jiayuan.standards import queries as standards
from jiayuan.supervision import services as supervision
from jiayuan.supervision.enums import SheetKind, SheetSource
from jiayuan.supervision.intake import ItemInput, SheetInput
from jiayuan.supervision.services import SheetId

BY = Actor.system("bench")
SEED = 20250103
OFFICE = "YSCG"
PER_COMMAND = 250
DAYS, YOUNG_DAYS = 120, 7
PATHS: dict[State, tuple[State, ...]] = {
    State.REPORTED: (),
    State.FILED: (State.FILED,),
    State.DISPATCHED: (State.FILED, State.DISPATCHED),
    State.HANDLING: (State.FILED, State.DISPATCHED, State.HANDLING),
    State.FED_BACK: (State.FILED, State.DISPATCHED, State.HANDLING, State.FED_BACK),
    State.CLOSED: (State.FILED, State.DISPATCHED, State.HANDLING, State.FED_BACK, State.CLOSED),
    State.REJECTED: (State.REJECTED,),
}
SHARES = {
    State.CLOSED: 60,
    State.REJECTED: 6,
    State.HANDLING: 12,
    State.REPORTED: 8,
    State.DISPATCHED: 6,
    State.FED_BACK: 5,
    State.FILED: 3,
}


def ground() -> dict[str, Any]:
    """Tables, the city and the standards; the pages' files unless another house has made them."""
    for alias in connections:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    call_command("createcachetable", database=settings.CACHE_DB, verbosity=0)
    call_command("places", "load", settings.CITY_PACK, stdout=StringIO())
    call_command("standards", "load", stdout=StringIO())
    if not any(Path(settings.STATIC_ROOT).glob("*")):
        call_command("collectstatic", interactive=False, verbosity=0)
    return {}


# ── who acts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def sessions(area: str, town: str) -> dict[str, Any]:
    """A signed-in session for each post that the story needs; the handler works for the first unit of the town."""
    unit = places.units_for(town)[0]
    posts = dict.fromkeys(("acceptor", "dispatcher", "duty_chief", "checker"), area)
    posts |= {"handler": town, "city_leader": "421300000000"}
    return {role: _session(role, place, unit.id if role == "handler" else None) for role, place in posts.items()} | {
        "unit": unit.id
    }


def _session(role: str, area: str, organisation_id: int | None) -> str:
    at = clock.now()
    account = people.open_account(username=f"bench-{role}", password="bench-2025-x", name=role, by=BY, at=at)
    people.appoint(
        person_id=account.person_id or 0,
        role=role,
        area=area,
        organisation_id=organisation_id,
        starts_on=clock.on(at),
        by=BY,
        at=at,
    )
    kept = SessionStore()
    kept[SESSION_KEY] = str(account.pk)
    kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    kept[HASH_SESSION_KEY] = Account.objects.get(pk=account.pk).get_session_auth_hash()
    kept.create()
    return str(kept.session_key)


# ── many cases at once ────────────────────────────────────────────────────────────────────────────────────────────


def fill(n: int, county: str) -> dict[str, Any]:
    """Many cases at once: rows that satisfy every constraint, each with the events that lead to its state.

    A bulk fill, not history: it does not go through the services, so nobody was told and nothing was checked on the
    way. The counters fold the same events, so a recount agrees; readers that act start behind them.
    """
    rng = Random(SEED)
    villages = _villages()
    now = clock.now()
    states = rng.choices(list(SHARES), weights=list(SHARES.values()), k=n)
    for start in range(0, n, PER_COMMAND):
        with unit_of_work():
            made = [_case(rng.choice(villages), state, rng, now) for state in states[start : start + PER_COMMAND]]
            for case in Case.objects.bulk_create(made):
                for event, at in _course(case):
                    record(event, by=BY, at=at)
    _count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    shown = Case.objects.filter(county=county, state=State.FED_BACK).order_by("-reported_at").first()
    return {
        "cases": Case.objects.count(),
        "events": Head.objects.get().position,
        "handle": shown.handle if shown else "",
    }


def _villages() -> list[places.Place]:
    city = places.city()
    counties = places.children(city.code) if city else ()
    towns = [town for county in counties for town in places.children(county.code)]
    return [place for town in towns for place in places.children(town.code) if place.level is Level.VILLAGE]


def _case(place: places.Place, state: State, rng: Random, now: datetime) -> Case:
    tile = rng.choice(standards.tiles())
    setting = standards.setting_of(urban_rural=place.urban_rural, kind=place.kind)
    condition = standards.conditions_of(tile.class_in(setting).id)[0]
    # What is open is young, as in a city that keeps up: it stands on the first pages of every list.
    age = timedelta(
        minutes=rng.uniform(60 * 24 * 7, 60 * 24 * DAYS) if state in ENDED else rng.uniform(90, 60 * 24 * 7)
    )
    at = now - age
    has_unit = state in (*WITH_UNIT, State.CLOSED)
    was_fed_back = state in (State.FED_BACK, State.CLOSED)
    return Case(
        handle=new_handle(rng),
        client_id=UUID(int=rng.getrandbits(128), version=4),
        source=Source.PUBLIC,
        state=state,
        version=len(PATHS[state]),
        county=place.code[:6],
        town=place.code[:9],
        village=place.code,
        problem_class_id=condition.class_id,
        tile=tile.code,
        condition_id=condition.id if state not in (State.REPORTED, State.REJECTED) else None,
        unit_id=places.units_for(place.code)[0].id if has_unit else None,
        reported_at=at,
        reported_on=clock.on(at),
        filed_at=at if state not in (State.REPORTED, State.REJECTED) else None,
        dispatched_at=at if has_unit else None,
        due_at=at + timedelta(days=7) if has_unit else None,
        signed_at=at if was_fed_back or state == State.HANDLING else None,
        fed_back_at=at if was_fed_back else None,
        in_time=True if was_fed_back else None,
        ended_at=at + timedelta(hours=1) if state in ENDED else None,
        moved_at=at,
        refusal=Refusal.NOT_THERE if state == State.REJECTED else "",
    )


def _course(case: Case) -> Iterator[tuple[events.CaseEvent, datetime]]:
    """The events that lead to the case's state, ten minutes apart."""
    problem = Code(str(standards.problem_class(case.problem_class_id).key))
    came_from: State | None = None
    for number, to in enumerate((State.REPORTED, *PATHS[State(case.state)])):
        where = {
            "subject": case.ref,
            "place": Code(case.village),
            "class_code": problem,
            "came_from": came_from,
            "to": to,
        }
        yield _EVENT[to](case, where), case.reported_at + timedelta(minutes=10 * number)
        came_from = to


_NO_TEXT: dict[str, Any] = {"text_id": None, "text_digest": None}
_EVENT: Mapping[State, Callable[[Case, dict[str, Any]], events.CaseEvent]] = {
    State.REPORTED: lambda case, where: events.CaseReported(
        **where, **_NO_TEXT, source=Source(case.source), photos=0, reporter=None
    ),
    State.REJECTED: lambda case, where: events.CaseRejected(**where, **_NO_TEXT, reason=Refusal.NOT_THERE),
    State.FILED: lambda case, where: events.CaseFiled(
        **where, class_before=where["class_code"], limit_kind=Code("working_days"), limit_value=7
    ),
    State.DISPATCHED: lambda case, where: events.CaseDispatched(
        **where, unit_id=case.unit_id or 0, due_at=case.due_at or case.reported_at, due_is_provisional=False
    ),
    State.HANDLING: lambda case, where: events.CaseSigned(**where, unit_id=case.unit_id or 0),
    State.FED_BACK: lambda case, where: events.CaseFedBack(
        **where, **_NO_TEXT, unit_id=case.unit_id or 0, photos=1, in_time=True, due_at=case.due_at
    ),
    State.CLOSED: lambda case, where: events.CaseClosed(
        **where, unit_id=case.unit_id or 0, in_time=True, due_at=case.due_at
    ),
}


def _count() -> None:
    """Fold everything at once, and put every reader behind it."""
    reached, batch = counters.as_of_position(), 20_000
    while happened := readers.happened_after(reached, limit=batch):
        reached = happened[-1].position
        with unit_of_work():
            counters.apply(happened)
            for reader in ("counters", "notices", "retention"):
                Cursor.objects.update_or_create(reader=reader, defaults={"position": reached})


# ── what a page asks ──────────────────────────────────────────────────────────────────────────────────────────────


def capture(pages: dict[str, list[str]], post: dict[str, str]) -> dict[str, Any]:
    """The statements of each page (path and session) and of one report, as the engine received them, in order."""
    found = {name: _asked(path, session) for name, (path, session) in pages.items()}
    found["create"] = statements_of(lambda: _send(post))
    return found


def _asked(path: str, session: str) -> list[tuple[str, str]]:
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.cookies["sessionid"] = session
    # Once before: what the process keeps of places and standards is there in a server that has run for a second.
    assert browser.get(path).status_code == 200, path
    return statements_of(lambda: browser.get(path))


def _send(fields: dict[str, str]) -> None:
    answer = Client(SERVER_NAME="127.0.0.1").post("/report/", fields)
    assert answer.status_code == 302, answer.content.decode()[-2000:]


def statements_of(ask: Callable[[], object]) -> list[tuple[str, str]]:
    """The statements with the database that each went to, one database after the other."""
    found: list[tuple[str, str]] = []
    with ExitStack() as stack:
        contexts = {alias: stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections}
        ask()
    for alias, context in contexts.items():
        found += [(alias, " ".join(query["sql"].split())) for query in context.captured_queries]
    return found


# ── whether everything is in order ────────────────────────────────────────────────────────────────────────────────

TOLD: Mapping[str, Permission] = {
    events.CaseReported.KIND: May.TRIAGE,
    events.CaseFiled.KIND: May.DISPATCH,
    events.CaseDispatched.KIND: May.HANDLE,
    events.CaseReturned.KIND: May.APPROVE,
    events.CaseReturnConfirmed.KIND: May.DISPATCH,
}
"""Who is to be told of which event, written down a second time on purpose: a test does not ask the tested.

Whoever did it knows already.
"""


def position() -> dict[str, int]:
    """The newest position and where each reader stands."""
    head = Head.objects.get().position
    return {"head": head} | dict(Cursor.objects.values_list("reader", "position"))


def verify(reports: dict[str, str], moves: list[tuple[str, int, str]]) -> dict[str, int]:
    """How often each promise was broken, after everything that was acknowledged: reports (client id → handle) and
    moves (handle, version before, state after)."""
    happened = readers.happened_after(0, limit=10_000_000)
    courses: dict[int, list[Happened]] = {}
    for item in happened:
        if isinstance(item.event, events.CaseEvent):
            courses.setdefault(item.event.subject.id, []).append(item)
    cases = list(Case.objects.all())
    recounted = counters.recount()
    return {
        "reports_lost_or_doubled": _broken_reports(cases, reports),
        "moves_lost_or_doubled": _broken_moves(cases, courses, moves),
        "cases_between_states": sum(not _is_whole(case, courses.get(case.pk, [])) for case in cases),
        "events_without_case": len(set(courses) - {case.pk for case in cases}),
        "positions_not_dense": int([item.position for item in happened] != list(range(1, position()["head"] + 1))),
        "notices_missing": len(_due(happened) - _told()),
        "notices_too_many": len(_told() - _due(happened)) + _of_steps().count() - len(_told()),
        "deliveries_wrong": Notice.objects.count() - Delivery.objects.filter(channel="in_app").count(),
        "counters_wrong": len(recounted.wrong),
        "counters_behind": position()["head"] - recounted.position,
        "subjects_parked": Parked.objects.count() + Cursor.objects.filter(halted=True).count(),
    }


def _broken_reports(cases: list[Case], reports: dict[str, str]) -> int:
    """Acknowledged reports that are not there exactly once under their handle, and cases that nobody sent."""
    kept: dict[str, list[str]] = {}
    for case in cases:
        kept.setdefault(str(case.client_id), []).append(case.handle)
    return sum(kept.get(client_id) != [handle] for client_id, handle in reports.items()) + len(set(kept) - set(reports))


def _broken_moves(cases: list[Case], courses: dict[int, list[Happened]], moves: list[tuple[str, int, str]]) -> int:
    """Acknowledged moves that do not stand exactly once at their place in the case's course, and moves nobody made."""
    ids = {case.handle: case.pk for case in cases}
    wrong = 0
    for handle, version, state in moves:
        course = courses.get(ids[handle], [])
        event = course[version + 1].event if len(course) > version + 1 else None
        wrong += not (isinstance(event, events.CaseEvent) and event.to == state)
    return wrong + abs(sum(len(course) - 1 for course in courses.values()) - len(moves))


def _is_whole(case: Case, course: list[Happened]) -> bool:
    """Whether the case stands where its events lead, each from where the one before ended."""
    steps = [item.event for item in course if isinstance(item.event, events.CaseEvent)]
    joins = all(after.came_from == before.to for before, after in pairwise(steps))
    return bool(steps) and joins and steps[-1].to == case.state and len(steps) == case.version + 1


def _due(happened: list[Happened]) -> set[tuple[int, int]]:
    """Who should have been told of what: account and position."""
    return {
        (account, item.position)
        for item in happened
        if isinstance(item.event, events.CaseEvent) and item.event.KIND in TOLD
        for account in accounts_with(
            TOLD[item.event.KIND],
            spot=Spot(code=item.event.place, unit_id=getattr(item.event, "unit_id", None)),
        )
        if account not in accounts_of(person_ids=[item.person_id] if item.person_id is not None else [])
    }


def _told() -> set[tuple[int, int]]:
    return set(_of_steps().values_list("account_id", "event_position"))


def _of_steps() -> QuerySet[Notice]:
    """The notices of steps; that a limit comes near is told by the clock, not by an event."""
    return Notice.objects.filter(kind__in=TOLD)


def plan(village: str) -> dict[str, Any]:
    """What the story's forms need: the tile, the filing condition, the reason of a return, a picture."""
    place = places.division(village)
    assert place is not None
    tile = standards.tiles()[0]
    setting = standards.setting_of(urban_rural=place.urban_rural, kind=place.kind)
    condition = standards.conditions_of(tile.class_in(setting).id)[0]
    photo = illustration(Scene(tile.code), DrawnSetting.STREET, Stage.BEFORE, seed=1)
    return {
        "tile": tile.code,
        "condition": condition.id,
        "reason": ReturnReason.NEEDS_OTHERS.value,
        "photo": b64encode(photo).decode(),
    }


def issue_lists(n: int, items: int) -> dict[str, Any]:
    """Lists drafted and issued by the city's office to the towns in turn, and as many transactions of one row."""

    load_offices(folder=Path(settings.BASE) / "data" / settings.CITY_PACK / "papers", by=BY, at=clock.now())
    units = [one for place in places.children("421303") for one in places.governing(place.code, on=clock.today())]
    begun, serials = time.perf_counter(), []
    for number in range(n):
        given = SheetInput(
            client_id=UUID(int=number + 1, version=4),
            kind=SheetKind.LIST,
            office=OFFICE,
            unit_id=units[number % len(units)].id,
            source=SheetSource.INSPECTION,
            days=5,
            items=tuple(ItemInput(matter=f"示范村甲第{one + 1}处") for one in range(items)),
        )
        sheet = supervision.draft_sheet(given=given, by=BY, at=clock.now())
        supervision.issue(sheet_id=SheetId(sheet.pk), by=BY, at=clock.now())
        sheet.refresh_from_db()
        serials.append(sheet.number)
    ours = time.perf_counter() - begun
    read = [int(re.findall(r"(\d+)号", text)[0]) for text in serials]
    if read != list(range(read[0], read[0] + n)):
        raise AssertionError(f"numbers with a gap: {read}")
    return {"seconds": ours, "bare": _one_row(n), "first": serials[0], "newest": serials[-1]}


def _one_row(n: int) -> float:
    """The seconds that so many transactions of one row take."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_row (n integer)")
    begun = time.perf_counter()
    for number in range(n):
        with unit_of_work(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_row (n) VALUES (%s)", [number])
    return time.perf_counter() - begun


VERBS: dict[str, Callable[..., Any]] = {
    "ground": ground,
    "sessions": sessions,
    "fill": fill,
    "capture": capture,
    "position": position,
    "verify": verify,
    "plan": plan,
    "issue_lists": issue_lists,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(VERBS[sys.argv[1]](**json.loads(sys.stdin.read() or "{}"))) + "\n")
