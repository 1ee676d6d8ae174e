# SPDX-License-Identifier: Apache-2.0
"""./jiayuan docs: writes docs/generated from the code; with --check it only says whether they are as the code is."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import django
from django.utils.translation import override

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "generated"
NOTE = "Written by `./jiayuan docs` from the code; change the code, not this page.\n"

sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiayuan.site.settings_test")
django.setup()

from jiayuan.cases.lifecycle import LIFE  # noqa: E402 – rooms can be read once Django is set up
from jiayuan.cases.lifecycle.clearing import CLEARING  # noqa: E402
from jiayuan.cases.queries.figures import FORMULAS, Formula, words_of  # noqa: E402
from jiayuan.duties.lifecycle import CALLED_UNIT, WHISTLE  # noqa: E402
from jiayuan.kernel.access import roles  # noqa: E402
from jiayuan.kernel.machine import Move  # noqa: E402
from jiayuan.record.events import Event, kinds  # noqa: E402
from jiayuan.site.config import ROOT as HOUSE  # noqa: E402
from jiayuan.site.config import Config  # noqa: E402


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    names = list(heads)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"


def settings_page() -> Iterator[str]:
    """Every setting with its default and what it is for."""
    yield from ("# Settings", "", NOTE, "Environment variables, or lines of a file `.env` beside `./jiayuan`.", "")
    fields = Config.model_fields.items()
    rows = ((f"`JIAYUAN_{name.upper()}`", _default(field.default), field.description or "") for name, field in fields)
    yield from _table(("Variable", "Default", "What it is"), rows)


def _default(value: object) -> str:
    if isinstance(value, Path):
        return f"`{value.relative_to(HOUSE)}`"
    return f"`{value}`" if value not in ("", None) else "–"


def permissions_page() -> Iterator[str]:
    """Every role with its purpose and permissions, and every permission with its sentence."""
    yield from ("# Roles and permissions", "", NOTE)
    for role in roles():
        yield from (f"## {role.name} (`{role.code}`)", "", f"{role.purpose} Reach: {role.scope.value}.", "")
        held = sorted(role.permissions, key=lambda permission: permission.code)
        yield from _table(("Permission", "Allows to"), ((f"`{item.code}`", item.sentence) for item in held))
        yield ""


def events_page() -> Iterator[str]:
    """Every event with its fields and its sentence."""
    yield from ("# Events", "", NOTE, "Private fields stand in the salted part and can be forgotten.", "")
    rows = ((f"`{cls.KIND}` v{cls.V}", cls.SENTENCE, _fields(cls)) for cls in sorted(kinds(), key=lambda cls: cls.KIND))
    yield from _table(("Event", "Sentence", "Fields"), rows)


def _fields(cls: type[Event]) -> str:
    names = (
        f"{name} (private)" if item.metadata else name
        for name, item in cls.__dataclass_fields__.items()
        if name != "subject" and item._field_type.name == "_FIELD"  # type: ignore[attr-defined]
    )
    return ", ".join(names) or "–"


def lifecycle_page() -> Iterator[str]:
    """The life of a case: the table of moves, and the same as a drawing."""
    yield from ("# The life of a case", "", NOTE)
    yield from _life(LIFE)


def clearing_page() -> Iterator[str]:
    """The life of a clearing list, likewise."""
    yield from ("# The life of a clearing list", "", NOTE)
    yield from _life(CLEARING)


def whistle_page() -> Iterator[str]:
    """The life of a whistle, and of each unit called by it."""
    yield from ("# The life of a whistle", "", NOTE)
    yield from _life(WHISTLE)
    yield from ("", "## A called unit", "")
    yield from _life(CALLED_UNIT)


def indicators_page() -> Iterator[str]:
    """Every indicator with its formula in words and in measures."""
    yield from ("# Indicators", "", NOTE)
    yield "Nothing below the line: the rate is undefined, shown as a dash and left out of rankings."
    yield ""
    rows = (
        (
            f"`{formula.code}`",
            words_of(formula.code).name,
            words_of(formula.code).formula,
            _measures(formula),
            formula.turn.value,
            words_of(formula.code).meaning,
            words_of(formula.code).owner,
        )
        for formula in FORMULAS
    )
    yield from _table(("Code", "Indicator", "Formula", "Measures", "Better", "Good to know", "Owner"), rows)


def _measures(formula: Formula) -> str:
    parts = [_sum(one.plus, one.minus) for one in (formula.above, formula.below) if one is not None]
    return " ÷ ".join(parts)


def _sum(plus: tuple[str, ...], minus: tuple[str, ...]) -> str:
    told = " + ".join(f"`{name}`" for name in plus) + "".join(f" − `{name}`" for name in minus)
    return f"({told})" if len(plus) + len(minus) > 1 else told


def _life(table: Mapping[Any, Move[Any]]) -> Iterator[str]:
    rows = (
        (verb.value, _states(row.sources), row.to or "stays", row.by.code, _given(row.needs), row.clock)
        for verb, row in table.items()
    )
    yield from _table(("Move", "From", "To", "Permission", "Must be given", "Clock"), rows)
    yield from ("", "```mermaid", "stateDiagram-v2")
    for verb, row in table.items():
        # Moves that leave a thing where it is would bury the drawing; the table above has them.
        yield from (f"    {state.value} --> {row.to.value}: {verb.value}" for state in row.sources if row.to)
    yield "```"


def _states(states: Iterable[Enum]) -> str:
    return ", ".join(str(state.value) for state in states)


def _given(needs: Iterable[str]) -> str:
    return ", ".join(sorted(needs)) or "–"


PAGES = {
    "settings.md": settings_page,
    "permissions.md": permissions_page,
    "events.md": events_page,
    "life-of-a-case.md": lifecycle_page,
    "life-of-a-clearing-list.md": clearing_page,
    "life-of-a-whistle.md": whistle_page,
    "indicators.md": indicators_page,
}


def page(name: str) -> str:
    """A generated page, in English whatever the machine speaks."""
    with override("en"):
        return "\n".join(PAGES[name]()).rstrip() + "\n"


def standing(name: str) -> str:
    """A generated page as it stands on the disk; empty when it is not there."""
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    """Write what differs, or with --check name it."""
    stale = [name for name in PAGES if standing(name) != page(name)]
    if "--check" in sys.argv:
        sys.stdout.writelines(f"docs/generated/{name} is not as the code is: ./jiayuan docs\n" for name in stale)
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(page(name), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
