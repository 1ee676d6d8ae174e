# SPDX-License-Identifier: Apache-2.0
"""./jiayuan check and ./jiayuan fix: what machines can say about the code, one line per tool."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PLACES = ["src", "tests", "bench", "manage.py"]
MESSAGES: list[str | Path] = [BIN / "python", "-P", "src/jiayuan/site/messages.py"]
MANAGE: list[str | Path] = [BIN / "python", "manage.py"]

# Hosts and options that tie a lock to one machine's way of fetching packages.
_REGISTRY = re.compile(
    r'"resolved"|--(?:extra-)?index-url|--find-links|https?://[^\s"\']*(?:pypi|pythonhosted|npmjs|npmmirror|/simple\b)'
)
_ABSOLUTE = re.compile(r"(?<![\w.$}/~:-])/(?:home|root|Users|work|farm|mnt)/[A-Za-z]")
_LOCKS = re.compile(r"^(requirements/.*|package-lock\.json|\.npmrc|.*\.lock|.*\.toml)$")


def tracked() -> list[Path]:
    """The files that git keeps and that stand in the tree."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [Path(name) for name in told.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The text of a tracked file, or nothing for pictures and other bytes."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def tied_to_a_machine(path: Path, text: str) -> Iterator[str]:
    """Each line of a tracked file that holds only on one machine."""
    for number, line in enumerate(text.splitlines(), 1):
        if _ABSOLUTE.search(line):
            yield f"{path}:{number}: an absolute path of a machine"
        if _LOCKS.match(path.as_posix()) and _REGISTRY.search(line):
            yield f"{path}:{number}: a package registry is named"


def clean_tree() -> list[str]:
    """What ties tracked files to one machine, and built files that git keeps."""
    here = Path("tests/check.py")
    faults = [fault for path in tracked() if path != here for fault in tied_to_a_machine(path, text_of(path))]
    built = [f"{path}: built files are not kept" for path in tracked() if path.suffix in (".mo", ".pyc")]
    return faults + built


def templates() -> list[str | Path]:
    """The templates as the template tool wants them."""
    return sorted((ROOT / "src" / "jiayuan").rglob("templates/**/*.html"))


def run(name: str, *command: str | Path) -> bool:
    """Run a tool; its words are shown only when it finds something."""
    start = time.monotonic()
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    show(name, done.returncode == 0, start, done.stdout + done.stderr)
    return done.returncode == 0


def show(name: str, is_fine: bool, start: float, words: str) -> None:
    """One line per tool, with what it found below."""
    sys.stdout.write(f"  {'ok ' if is_fine else 'BAD'} {name:<40} {time.monotonic() - start:6.1f} s\n")
    if not is_fine:
        sys.stdout.write(words.rstrip() + "\n")
    sys.stdout.flush()


def _clean() -> bool:
    start = time.monotonic()
    faults = clean_tree()
    show("nothing tied to one machine", not faults, start, "\n".join(faults))
    return not faults


def _shell() -> bool:
    tool = shutil.which("shellcheck")
    scripts = ["jiayuan", ".ci/run"]
    if tool is None:
        return run("shell scripts, read only by sh", "sh", "-n", scripts[0])
    return run("shell scripts", tool, *scripts)


def checks() -> list[Callable[[], bool]]:
    """Every check, cheapest first."""
    return [
        _clean,
        _shell,
        lambda: run("style", BIN / "ruff", "check", "."),
        lambda: run("format", BIN / "ruff", "format", "--check", "."),
        lambda: run("walls", BIN / "lint-imports"),
        lambda: run("templates", BIN / "djade", "--check", "--target-version", "5.2", *templates()),
        lambda: run("translations", *MESSAGES, "check"),
        lambda: run("migrations", *MANAGE, "makemigrations", "--check", "--dry-run"),
        lambda: run("system", *MANAGE, "check", "--fail-level", "WARNING"),
        lambda: run("settings for production", BIN / "python", "tests/production_check.py"),
        lambda: run("documents", BIN / "python", "tests/describe.py", "--check"),
        lambda: run("types", BIN / "mypy"),
    ]  # fmt: skip


def fixes() -> list[Callable[[], bool]]:
    """What tools can mend by themselves."""
    return [
        lambda: run("style", BIN / "ruff", "check", "--fix", "."),
        lambda: run("format", BIN / "ruff", "format", "."),
        lambda: run("templates", BIN / "djade", "--target-version", "5.2", *templates()),
        lambda: run("translations", *MESSAGES, "update"),
        lambda: run("documents", BIN / "python", "tests/describe.py"),
    ]


def main() -> int:
    """0 when every tool is content."""
    start = time.monotonic()
    results = [work() for work in (fixes() if sys.argv[1:] == ["fix"] else checks())]
    bad = results.count(False)
    sys.stdout.write(f"{len(results) - bad} of {len(results)} are fine, {time.monotonic() - start:.0f} s\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
