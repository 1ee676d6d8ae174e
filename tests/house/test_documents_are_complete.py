# SPDX-License-Identifier: Apache-2.0
"""Each setting, event, permission and room is described, and what is described is there."""

import re
from pathlib import Path

import pytest

from jiayuan.kernel.access import roles
from jiayuan.record.events import kinds
from jiayuan.site.config import Config
from tests.house.tree import ROOMS, ROOT, SOURCE, STOREYS

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def generated(name: str) -> str:
    return (DOCS / "generated" / name).read_text(encoding="utf-8")


def test_every_identifier_of_the_glossary_is_used_in_the_code() -> None:
    said = set(re.findall(r"`([A-Za-z][\w-]*)`", (DOCS / "glossary.md").read_text(encoding="utf-8")))
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*") if path.suffix in (".py", ".csv")]
    used = set(re.findall(r"[A-Za-z][\w-]*", "\n".join(texts)))

    assert said - used == set()


def test_every_setting_is_described() -> None:
    page = generated("settings.md")

    assert [name for name in Config.model_fields if f"`JIAYUAN_{name.upper()}`" not in page] == []
    assert [name for name, field in Config.model_fields.items() if not field.description] == []


def test_every_event_is_described() -> None:
    page = generated("events.md")

    assert [cls.KIND for cls in kinds() if f"`{cls.KIND}` v{cls.V}" not in page] == []


def test_every_permission_of_every_role_is_described() -> None:
    page = generated("permissions.md")

    assert [role.code for role in roles() if f"(`{role.code}`)" not in page] == []
    assert [held.code for role in roles() for held in role.permissions if f"`{held.code}`" not in page] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_page(room: str) -> None:
    assert (DOCS / "rooms" / f"{room}.md").exists()


def test_the_map_shows_every_storey() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")

    assert [storey for storey in STOREYS if f"`{storey}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_inside_the_documents_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert [target for target in _LINK.findall(text) if not (page.parent / target).exists()] == []


def test_every_decision_is_numbered_titled_and_has_its_four_parts() -> None:
    decisions = sorted((DOCS / "adr").glob("*.md"))

    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} · "), path.name
        assert [part for part in ("Status", "Context", "Decision", "Consequences") if f"## {part}" not in text] == []


def test_the_map_and_the_style_stay_short() -> None:
    assert len((DOCS / "coding-style.md").read_text(encoding="utf-8").splitlines()) <= 40
    assert len((DOCS / "architecture.md").read_text(encoding="utf-8").split()) <= 1400


def test_the_readme_names_the_verbs_that_the_door_has() -> None:
    door = (ROOT / "jiayuan").read_text(encoding="utf-8")
    named = set(re.findall(r"\./jiayuan (\w+)", "\n".join(page.read_text(encoding="utf-8") for page in PAGES)))

    assert {verb for verb in named if not re.search(rf"(^|[ |]){verb}[ |)]", door, re.MULTILINE)} == set()
