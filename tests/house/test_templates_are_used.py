# SPDX-License-Identifier: Apache-2.0
"""Templates: each is used, none asks the database, and no shell forgets the demonstration's mark."""

import re
from pathlib import Path

import pytest

from tests.house.tree import SOURCE

FOLDER = SOURCE / "web" / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html")) + sorted(FOLDER.rglob("*.txt"))
# allauth asks for its templates by names of its own.
ASKED_BY_OTHERS = ("account/", "mfa/", "allauth/", "403", "404", "500", "400")
PYTHON = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
MARKUP = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
# Managers, related sets and their calls: whatever of these stands in a template is a query per row.
QUERY = re.compile(r"\{[{%][^}%]*\.(?:objects|all|filter|exclude|exists|values_list|\w+_set)\b[^}%]*[%}]\}")


def is_used(template: Path) -> bool:
    name = template.relative_to(FOLDER).as_posix()
    if name.startswith("parts/"):
        return f"<c-{template.stem.replace('_', '-')}" in MARKUP or name in PYTHON
    return name.startswith(ASKED_BY_OTHERS) or name in PYTHON or f'"{name}"' in MARKUP


def test_no_template_is_left_over() -> None:
    assert [template.name for template in TEMPLATES if not is_used(template)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_template_asks_the_database_for_nothing(template: Path) -> None:
    assert QUERY.findall(template.read_text(encoding="utf-8")) == []


def test_the_search_for_queries_would_find_one() -> None:
    assert QUERY.search("{% for photo in case.photo_set.all %}")
    assert not QUERY.search("{{ forloop.counter }}")


@pytest.mark.parametrize("shell", ["public", "desk"])
def test_a_shell_shows_that_the_demonstration_is_one(shell: str) -> None:
    assert '{% include "shells/_demo.html" %}' in (FOLDER / "shells" / f"{shell}.html").read_text(encoding="utf-8")


def test_every_whole_page_stands_in_a_shell() -> None:
    whole = [
        template
        for template in TEMPLATES
        if template.suffix == ".html" and template.parent.name not in ("parts", "shells", "elements")
        # Shown when the server failed: a shell asks for the reader and their messages, which may be the fault.
        if template.name != "broken.html" and "<html" in template.read_text(encoding="utf-8")
    ]

    assert [template.name for template in whole] == []
