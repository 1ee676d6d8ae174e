# SPDX-License-Identifier: Apache-2.0
"""The source tree as the walls' tests read it."""

import ast
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import jiayuan

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "jiayuan"
STOREYS = (
    "kernel",
    "record",
    "places",
    "people",
    "standards",
    "media",
    "papers",
    "notices",
    "duties",
    "cases",
    "inspections",
    "supervision",
    "web",
    "site",
)
"""From the cellar to the roof; pyproject.toml says the same to import-linter, and a test holds the two equal."""
ROOMS = STOREYS[1:-2]
"""The rooms that hold meaning."""


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file of the product."""
    return tuple(sorted(path for path in SOURCE.rglob("*.py") if "node_modules" not in path.parts))


@cache
def tree_of(path: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """The dotted name of a file's module below jiayuan: ``cases.services``."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every module and every name that a file imports at run time, dotted, with its line."""
    for node in _at_run_time(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _at_run_time(node)


def modules_of(room: str, shelf: str) -> list[ModuleType]:
    """The modules of a shelf: one file, or every file of a package; none when the room has no such shelf."""
    if not any((SOURCE / room / name).exists() for name in (f"{shelf}.py", shelf)):
        return []
    module = import_module(f"jiayuan.{room}.{shelf}")
    below = pkgutil.iter_modules(module.__path__, f"{module.__name__}.") if hasattr(module, "__path__") else ()
    return [module, *(import_module(found.name) for found in below)]


def modules() -> list[str]:
    """The dotted name of every module of the product."""
    return [found.name for found in pkgutil.walk_packages(jiayuan.__path__, "jiayuan.")]
