# SPDX-License-Identifier: Apache-2.0
"""Nothing that git keeps is tied to one machine, and the locks agree with each other."""

import re
from pathlib import Path

import pytest

from tests.check import clean_tree, tied_to_a_machine
from tests.house.tree import ROOT

_PIN = re.compile(r"^([a-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE | re.IGNORECASE)


def pins(name: str) -> dict[str, str]:
    return dict(_PIN.findall((ROOT / "requirements" / name).read_text(encoding="utf-8")))


def test_no_tracked_file_names_a_registry_or_a_path_of_one_machine() -> None:
    assert clean_tree() == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("requirements/run.txt", "--extra-index-url " + "https://example.org"),
        ("requirements/run.txt", "--find" + "-links ./wheels"),
        ("package-lock.json", '"resol' + 'ved": "somewhere"'),
        ("docs/x.md", "see /ho" + "me/li/jiayuan"),
    ],
)
def test_the_search_finds_what_ties_a_file_to_a_machine(name: str, line: str) -> None:
    assert list(tied_to_a_machine(Path(name), line))


@pytest.mark.parametrize("line", ["https://example.org/home/li", "src/root/x", "the /desk/ page", "${HOME}/root/x"])
def test_the_search_leaves_addresses_and_inner_paths_alone(line: str) -> None:
    assert not list(tied_to_a_machine(Path("docs/x.md"), line))


@pytest.mark.parametrize("name", ["run.txt", "uv.txt", "node.txt"])
def test_development_runs_on_the_versions_of_production(name: str) -> None:
    dev, other = pins("dev.txt"), pins(name)

    assert other
    assert {package: version for package, version in other.items() if dev.get(package, version) != version} == {}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "uv.txt", "node.txt"])
def test_every_pin_has_a_hash(name: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / name).read_text(encoding="utf-8"))

    assert [block.split()[0] for block in blocks if block.strip() and "--hash=sha256:" not in block] == []
