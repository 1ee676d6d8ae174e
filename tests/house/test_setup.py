# SPDX-License-Identifier: Apache-2.0
"""./jiayuan on machines that are not as they should be: one clear line each, and nothing skipped that has changed."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from jiayuan.site import setup
from tests.house.tree import ROOT


def jiayuan(*arguments: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("JIAYUAN_")}
    given = ours | {"JIAYUAN_PYTHON": sys.executable} | env
    return subprocess.run(
        [cwd / "jiayuan", *arguments], cwd=cwd, env=given, capture_output=True, text=True, timeout=120, check=False
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What was said on the error channel, which must be one line and no traceback."""
    assert done.returncode != 0
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A house with the door and the locks but without anything installed."""
    for name in ("jiayuan", "requirements", "package.json", "package-lock.json", ".npmrc", "src/jiayuan/site/setup.py"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, target)
    return tmp_path


def test_without_arguments_the_door_lists_its_verbs() -> None:
    done = jiayuan()

    assert done.returncode == 0
    for verb in ("demo", "run", "check", "fix", "test", "bench", "docs", "manage", "places", "record", "standards"):
        assert verb in done.stdout


def test_an_unknown_verb_is_named_and_the_known_ones_are_listed() -> None:
    done = jiayuan("dmeo")

    assert done.returncode == 2
    assert done.stderr.startswith("There is no verb dmeo.")
    assert "demo" in done.stderr


def test_a_python_that_is_too_old_is_said_in_one_line() -> None:
    assert "Python 3.11 or newer was not found" in one_line(jiayuan("demo", JIAYUAN_PYTHON="false"))


def test_a_port_in_use_is_said_at_once_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = one_line(jiayuan("demo", "--port", str(port), JIAYUAN_VAR=str(tmp_path / "var")))

    assert said == f"Port {port} is in use. Choose another: --port {port + 1}"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    said = one_line(jiayuan("demo", JIAYUAN_VAR=str(tmp_path / "file" / "var")))

    assert f"The folder {tmp_path / 'file' / 'var'} cannot be written" in said


def test_without_a_network_one_line_says_so(bare: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "1"}
    none = {"PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": "", "PIP_CACHE_DIR": str(bare / "cache")}

    said = one_line(jiayuan("manage", "check", cwd=bare, **nowhere, **none))

    assert said.startswith("No network: packages could not be fetched.")
    assert (bare / "var" / "setup.log").exists()


def test_fresh_leaves_a_folder_alone_that_the_demo_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear")

    said = one_line(jiayuan("demo", "--fresh", "--port", "0", JIAYUAN_VAR=str(tmp_path)))

    assert "was not made by the demo and is left alone" in said
    assert (tmp_path / "letters.txt").exists()


def test_only_a_city_that_says_so_leaves_the_demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.delenv("JIAYUAN_MODE", raising=False)
    assert setup.is_demo()

    (tmp_path / ".env").write_text("JIAYUAN_MODE=production\n")
    assert not setup.is_demo()

    monkeypatch.setenv("JIAYUAN_MODE", "demo")
    assert setup.is_demo()


def test_a_stamp_holds_until_a_file_changes(tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock.txt", tmp_path / "stamps" / "lock"
    lock.write_text("one")
    setup.leave(stamp, setup.digest([lock]))

    assert setup.holds(stamp, setup.digest([lock]))

    lock.write_text("two")

    assert not setup.holds(stamp, setup.digest([lock]))


def test_the_demonstrations_clock_is_settled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "VAR", tmp_path)

    settled = setup.demo_offset()

    assert settled == "0", "the suite's clock stands at the moment at which the demonstration begins"
    (tmp_path / "demo-offset").write_text("-7")
    assert setup.demo_offset() == "-7"


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("npm error code EAI_AGAIN\nnpm error request failed", "No network"),
        ("error sending request\ninvalid peer certificate: UnknownIssuer", "The network is there, but its certificate"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("line\nModuleNotFoundError: No module named 'x'\n", "ModuleNotFoundError: No module named 'x'"),
    ],
)
def test_what_a_tool_said_becomes_one_line(output: str, said: str) -> None:
    assert setup.reason(output).startswith(said)
    assert "\n" not in setup.reason(output)
