# SPDX-License-Identifier: Apache-2.0
"""Catalogues of translation, one per room: collected, drafted, checked, compiled. A script beside the settings.

A text belongs to the room that its context names, and English is the text itself. zh_Hans is written by hand and has
authority; zh_Hant is drafted from it where nothing stands yet and then read over. Nothing translated is ever removed
by ``update``: what the code no longer says is kept aside as obsolete until ``prune``.
"""

import ast
import csv
import gettext
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "jiayuan"
LOCALE = SOURCE / "locale"
LANGUAGES = ("zh_Hans", "zh_Hant")
OVERRIDES = LOCALE / "hant_overrides.csv"
WIDTH = 110
_HEADER = """# SPDX-License-Identifier: Apache-2.0
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
# Where each function keeps context, singular and plural.
_SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_TEMPLATE_KEYWORDS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")

MessageId = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the code: the room that its context names, the English, and where it stands."""

    room: str
    id: MessageId
    place: str


@dataclass(slots=True)
class Harvest:
    """Every text of the code, and what is wrong with how some are written."""

    texts: list[Text] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, context: str | None, message: MessageId, place: str) -> None:
        """Take a text in. Without a context only what Django itself translates may stand."""
        if context is None:
            if not _known_to_django(message if isinstance(message, str) else message[0]):
                self.faults.append(f"{place}: {message!r} has no context")
        elif not (SOURCE / context).is_dir():
            self.faults.append(f"{place}: the context {context!r} of {message!r} is no room")
        else:
            self.texts.append(Text(context, message, place))

    def of(self, room: str) -> dict[MessageId, list[str]]:
        """The texts of one room with their places."""
        found: dict[MessageId, list[str]] = {}
        for text in self.texts:
            if text.room == room:
                found.setdefault(text.id, []).append(text.place)
        return found

    @property
    def rooms(self) -> list[str]:
        """The rooms that say anything."""
        return sorted({text.room for text in self.texts})


def _known_to_django(message: str) -> bool:
    folder = Path(django.__file__).parent / "conf" / "locale"
    return gettext.translation("django", folder, ["zh_Hans"]).gettext(message) != message


def harvest() -> Harvest:
    """Every text in the Python files and templates of the product."""
    found = Harvest()
    for path in sorted(SOURCE.rglob("*.py")):
        _from_python(path, found)
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in (".html", ".txt") and "templates" in path.parts:
            _from_template(path, found)
    return found


def _place(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def _from_python(path: Path, found: Harvest) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            _from_call(node, names[node.func.id], f"{_place(path)}:{node.lineno}", found)


def _names(tree: ast.Module) -> dict[str, str]:
    """What the translating functions are called in a module, lazy or not."""
    return {
        alias.asname or alias.name: alias.name.removesuffix("_lazy").removesuffix("_noop")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name.removesuffix("_lazy").removesuffix("_noop") in _SHAPES
    }


def _from_call(node: ast.Call, function: str, place: str, found: Harvest) -> None:
    context_at, one_at, many_at = _SHAPES[function]
    wanted = [index for index in (context_at, one_at, many_at) if index is not None]
    words = [node.args[index] for index in wanted if index < len(node.args)]
    values = [word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    if len(values) != len(wanted):
        found.faults.append(f"{place}: {function} needs its texts written out, so that they can be collected")
        return
    context = values.pop(0) if context_at is not None else None
    found.add(context, values[0] if many_at is None else (values[0], values[1]), place)


def _from_template(path: Path, found: Harvest) -> None:
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for line, message, _comments, context in extract("python", BytesIO(code.encode()), _TEMPLATE_KEYWORDS):
        found.add(context, message, f"{_place(path)}:{line}")


def catalogue_path(room: str, language: str) -> Path:
    """Where the catalogue of a room in a language stands."""
    return LOCALE / room / language / "LC_MESSAGES" / "django.po"


def catalogue(path: Path) -> Catalog:
    """A catalogue as it stands on the disk; an empty one when there is none."""
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def update(*rooms: str) -> int:
    """Add what is missing to all or some catalogues and draft zh_Hant; how many entries still wait for words."""
    found, waiting = harvest(), 0
    for room in rooms or found.rooms:
        for language in LANGUAGES:
            merged = _merged(found.of(room), catalogue(catalogue_path(room, language)), room)
            if language == "zh_Hant":
                _draft(merged, catalogue(catalogue_path(room, "zh_Hans")))
            _write(merged, room, language)
            waiting += sum(1 for message in merged if message.id and not _strings(message))
    return waiting


def _merged(texts: dict[MessageId, list[str]], standing: Catalog, room: str) -> Catalog:
    merged = Catalog(locale="zh")  # one form for every number
    for message, places in texts.items():
        old = standing.get(_key(message), room) or standing.obsolete.get((_key(message), room))
        files = sorted({place.rsplit(":", 1)[0] for place in places})
        merged.add(message, _kept(old, message), [(file, 0) for file in files], context=room)
    gone = [old for old in (*standing, *standing.obsolete.values()) if old.id and old.id not in texts and _strings(old)]
    for old in gone:
        merged.obsolete[(_key(old.id), old.context)] = old
    return merged


def _key(message: MessageId | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _kept(old: Message | None, message: MessageId) -> str | tuple[str, ...]:
    """What was translated before, in the shape that the text needs today."""
    strings = _strings(old) if old else ()
    if isinstance(message, str):
        return strings[0] if strings else ""
    return strings or ("",)


def _strings(message: Message) -> tuple[str, ...]:
    """The translations of an entry; none at all while one of them is empty."""
    given = message.string or ""
    strings = (given,) if isinstance(given, str) else tuple(given)
    return strings if all(strings) else ()


def _draft(hant: Catalog, hans: Catalog) -> None:
    """Fill empty entries from simplified Chinese. The converter is a tool of development, so it is looked up here."""
    convert = import_module("opencc").OpenCC("s2twp").convert
    overrides = _overrides()
    for message in hant:
        origin = hans.get(_key(message.id), message.context) if message.id and not _strings(message) else None
        if origin is not None and _strings(origin):
            drafted = tuple(_worded(convert(string), overrides) for string in _strings(origin))
            message.string = drafted[0] if isinstance(message.id, str) else drafted


def _overrides() -> list[tuple[str, str]]:
    with OVERRIDES.open(encoding="utf-8", newline="") as file:
        return [(row["drafted"], row["wording"]) for row in csv.DictReader(file)]


def _worded(text: str, overrides: list[tuple[str, str]]) -> str:
    for drafted, wording in overrides:
        text = text.replace(drafted, wording)
    return text


def _write(merged: Catalog, room: str, language: str) -> None:
    path = catalogue_path(room, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = BytesIO()
    # Sorted and without line numbers: a moved line of code changes no catalogue.
    write_po(body, merged, width=WIDTH, omit_header=True, sort_output=True, include_lineno=False)
    path.write_text(_HEADER.format(language=language) + body.getvalue().decode().lstrip("\n"), encoding="utf-8")


def prune() -> None:
    """Remove the entries that the code no longer says."""
    for path in LOCALE.rglob("*.po"):
        standing = catalogue(path)
        if standing.obsolete:
            standing.obsolete.clear()
            _write(standing, path.parents[2].name, path.parents[1].name)


def check(found: Harvest) -> Iterator[str]:
    """Each thing that is missing or wrong, as a line."""
    yield from found.faults
    for room in found.rooms:
        for language in LANGUAGES:
            path = catalogue_path(room, language)
            yield from _check_catalogue(found.of(room), catalogue(path), room, f"{room}/{language}")
    for folder in sorted(path.name for path in LOCALE.iterdir() if path.is_dir()):
        if folder not in found.rooms:
            yield f"{folder}: no room says anything in this catalogue"


def _check_catalogue(texts: dict[MessageId, list[str]], standing: Catalog, room: str, name: str) -> Iterator[str]:
    for message, places in texts.items():
        entry = standing.get(_key(message), room)
        if entry is None:
            yield f"{name}: missing {message!r} ({places[0]})"
        else:
            yield from (f"{name}: {fault} {message!r}" for fault in _faults(entry, message))
    for entry in standing:
        if entry.id and entry.id not in texts:
            yield f"{name}: obsolete {entry.id!r}"
    yield from (f"{name}: obsolete {entry.id!r}" for entry in standing.obsolete.values())


def _faults(entry: Message, message: MessageId) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    if isinstance(message, str) != isinstance(entry.id, str):
        yield "plural differs in"
    if not _strings(entry):
        yield "empty"
        return
    wanted = set(_PLACEHOLDER.findall(" ".join([message] if isinstance(message, str) else message)))
    if any(set(_PLACEHOLDER.findall(string)) != wanted for string in _strings(entry)):
        yield "placeholders differ in"


def compile_all() -> int:
    """Make the .mo file of every catalogue; their number."""
    paths = sorted(LOCALE.rglob("*.po"))
    for path in paths:
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue(path))
    return len(paths)


def main(arguments: Sequence[str]) -> int:
    """update [ROOM …] | check | compile | prune."""
    verb = arguments[0] if arguments else ""
    if verb == "check":
        faults = list(check(harvest()))
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    verbs: dict[str, Any] = {"update": update, "compile": compile_all, "prune": prune}
    if verb not in verbs:
        sys.stderr.write("messages.py update [ROOM …] | check | compile | prune\n")
        return 2
    told = verbs[verb](*arguments[1:])
    if verb == "update" and told:
        sys.stdout.write(f"{told} entries wait for words\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
