# SPDX-License-Identifier: Apache-2.0
"""What import-linter and ruff cannot say about the source: open shelves, signals, transactions, clocks, city names."""

import ast
import re

import pytest

from tests.house.tree import ROOMS, SOURCE, STOREYS, imports_of, name_of, python_files, tree_of

OPEN = {"services", "queries", "events", "enums", "access", "intake", "document"}
"""The shelves that other rooms may import. ``document`` is what the room papers takes: whoever issues writes one."""
# The cellar is what everything stands on: all of it may be imported but its tables and triggers.
CELLAR = {"kernel": set(), "record": {"models", "triggers", "apps"}}
# (importer, imported): since when and why. Entries may only become fewer.
EXCEPTIONS = {
    (
        "web.cases.telling",
        "notices.kinds",
    ): "2026-11-24: the words of notices are made at the door",
    ("web.clearing.telling", "notices.kinds"): "2026-11-27: the same",
    ("web.supervision.telling", "notices.kinds"): "2026-11-30: the same",
    (
        "web.figures.pages",
        "cases.tallies",
    ): "2026-11-24: measures are named beside their folds",
    ("web.front.pages", "cases.tallies"): "2026-11-24: the same",
    ("web.gallery.samples", "places.honeycomb"): "2026-11-24: the gallery lays out a comb of invented villages",
}
SIGNALS = {
    "record.apps": "SQLite drops triggers when a migration rebuilds a table; post_migrate puts them back",
}
DJANGO_DB = ("django.db", "django.contrib", "django.http")
FILES = [name_of(path) for path in python_files()]
PATHS = dict(zip(FILES, python_files(), strict=True))
every_file = pytest.mark.parametrize("name", FILES)


def shelf_is_open(room: str, shelf: str) -> bool:
    return shelf not in CELLAR[room] if room in CELLAR else shelf in OPEN


@every_file
def test_a_room_and_a_door_take_only_what_stands_on_open_shelves(name: str) -> None:
    home = name.split(".")[0]
    if home in ("site", "data") or ".models" in name:
        return
    taken = {tuple(target.split(".")[1:3]) for target, _ in imports_of(PATHS[name]) if target.startswith("jiayuan.")}
    closed = {
        (room, shelf)
        for room, shelf in (pair for pair in taken if len(pair) == 2)
        if room in STOREYS and room not in (home, "web", "site")
        if not shelf_is_open(room, shelf)
        and ((SOURCE / room / f"{shelf}.py").exists() or (SOURCE / room / shelf).is_dir())
    }

    assert {pair for pair in closed if (name, ".".join(pair)) not in EXCEPTIONS} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_rules_lifecycle_and_intake_know_no_database(room: str) -> None:
    for shelf in ("rules", "lifecycle", "intake"):
        for name in FILES:
            if name == f"{room}.{shelf}" or name.startswith(f"{room}.{shelf}."):
                found = [target for target, _ in imports_of(PATHS[name]) if target.startswith(DJANGO_DB)]
                assert found == [], name


@every_file
def test_no_receiver_of_signals_stands_outside_the_list(name: str) -> None:
    if name not in SIGNALS:
        text = PATHS[name].read_text(encoding="utf-8")
        imported = [
            target for target, _ in imports_of(PATHS[name]) if ".signals" in target or "django.dispatch" in target
        ]
        assert imported == [], "rooms hear each other through the record"
        assert "@receiver" not in text


@every_file
def test_transactions_are_opened_by_the_kernel_alone(name: str) -> None:
    if name == "kernel.commands":
        return
    opened = [
        node.lineno
        for node in ast.walk(tree_of(PATHS[name]))
        if isinstance(node, ast.Attribute) and node.attr in ("atomic", "on_commit", "non_atomic_requests")
    ]

    assert opened == [], "use @command, unit_of_work, savepoint or after_commit"


@every_file
def test_nothing_asks_the_machine_for_the_time_but_the_clock(name: str) -> None:
    if name in ("kernel.clock", "site.setup"):
        return
    asked = {
        f"{ast.unparse(node)}:{node.lineno}"
        for node in ast.walk(tree_of(PATHS[name]))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in ("datetime.now", "datetime.utcnow", "date.today", "timezone.now", "time.time")
    }
    automatic = re.findall(r"auto_now\w*|db_default|\bNow\(\)", PATHS[name].read_text(encoding="utf-8"))

    assert asked == set()
    assert automatic == []


@every_file
def test_imports_stand_at_the_top(name: str) -> None:
    """Django calls ``ready`` when the models may be imported, so apps.py alone imports inside functions."""
    if name.endswith(".apps"):
        return
    inner = [
        node.lineno
        for function in ast.walk(tree_of(PATHS[name]))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inner == []


@every_file
def test_a_file_begins_with_its_licence_and_says_what_it_is_for(name: str) -> None:
    first_line = PATHS[name].read_text(encoding="utf-8").split("\n", 1)[0]

    if not first_line and name.endswith((".migrations", ".management", ".commands")):
        return
    assert first_line == "# SPDX-License-Identifier: Apache-2.0" or first_line.startswith("#!")
    if PATHS[name].name != "__init__.py" or name in STOREYS:
        assert ast.get_docstring(tree_of(PATHS[name])) or "migrations" in name, "a sentence on top is missing"


def test_no_room_is_a_box_for_leftovers() -> None:
    boxes = {"utils", "helpers", "helper", "misc", "common", "managers", "info"}

    assert [path for path in python_files() if boxes & {path.stem, *path.parent.parts}] == []


CITY = re.compile(r"随州|曾都|广水|随县|高新区|大洪山|Suizhou|suizhou|4213\d\d|涢水|澴潭", re.IGNORECASE)
CITY_FREE = [
    path for path in sorted(SOURCE.rglob("*")) if path.suffix in (".py", ".html", ".js", ".css", ".svg", ".mjs")
]
MAY_NAME_THE_CITY = {
    "site/config.py": "the pack that the demo loads unless told otherwise",
}


def test_the_city_is_data_never_code() -> None:
    named = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in CITY_FREE
        if not path.relative_to(SOURCE).as_posix().startswith(("data/", "web/static/"))
        and path.relative_to(SOURCE).as_posix() not in MAY_NAME_THE_CITY
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CITY.search(line)
    ]

    assert named == []


def test_the_search_for_city_names_would_find_one() -> None:
    assert CITY.search("area = '421303000000'")
    assert CITY.search("曾都区")
    assert not CITY.search("420000000000")


def test_every_exception_to_the_walls_is_still_needed() -> None:
    for importer, imported in EXCEPTIONS:
        targets = {target for target, _ in imports_of(PATHS[importer])}
        assert any(f"jiayuan.{imported}" in target for target in targets), (importer, imported)
    for name in SIGNALS:
        assert any(".signals" in target for target, _ in imports_of(PATHS[name])), name
