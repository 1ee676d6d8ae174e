# SPDX-License-Identifier: Apache-2.0
"""What measurements stand on: an installation in a folder that is thrown away, its programs, and thin clients.

Everything listens on the loopback alone. The installation runs as in production: real server, durable databases,
limits in force. Each client speaks through one trusted proxy under an address of its own, as visitors do.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 150
TOKEN = "b" * 32
"""A CSRF token: a page takes any, if the cookie and the form agree."""

Program = subprocess.Popen[bytes]
Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An installation of its own; an empty database address is the embedded SQLite file."""

    folder: Path
    database: str
    port: int

    @property
    def env(self) -> dict[str, str]:
        """The surroundings of the house's programs; nothing of the caller's settings shines through."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("JIAYUAN_", "DJANGO_"))}
        key = urlsafe_b64encode(b"measured-not-kept".ljust(32)).decode()
        return kept | {
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "jiayuan.site.settings",
            "JIAYUAN_MODE": "production",
            "JIAYUAN_VAR": str(self.folder),
            "JIAYUAN_DATABASE_URL": self.database,
            "JIAYUAN_SECRET_KEY": key,
            "JIAYUAN_MEDIA_KEY": key,
            "JIAYUAN_MFA_KEY": key,
            "JIAYUAN_STAFF_MFA": "offered",
            "JIAYUAN_TRUSTED_PROXIES": "1",
        }

    def inside(self, verb: str, **given: Any) -> Any:
        """Let ``bench.inside`` do something in this house; what it answered."""
        command = [sys.executable, "-m", "bench.inside", verb]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, input=json.dumps(given), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"bench.inside {verb} failed:\n{done.stderr[-4000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def server(self, *, workers: int = 2) -> Program:
        """The server as ./jiayuan run starts it."""
        words = ["--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "4", "--log-level", "error"]
        address = ["--host", "127.0.0.1", "--port", str(self.port), "jiayuan.site.wsgi:application"]
        return self._start([str(Path(sys.executable).with_name("granian")), *words, *address])

    def worker(self) -> Program:
        """The one consumer of background work."""
        return self._start([sys.executable, "manage.py", "worker"])

    def _start(self, command: list[str]) -> Program:
        with (self.folder / "programs.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )


@contextmanager
def house(database: str, *, static: Path | None = None) -> Iterator[House]:
    """An installation for this block, with tables, the city and the standards; ``static`` shares the pages' files."""
    folder = Path(tempfile.mkdtemp(prefix="jiayuan-bench-"))
    try:
        if static is not None:
            static.mkdir(exist_ok=True)
            (folder / "static").symlink_to(static)
        yield House(folder=folder, database=database, port=free_port())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_database(address: str, name: str = "") -> str:
    """An empty database in the cluster behind this address, of this name or the address's own; its address."""
    parts = urlsplit(address)
    made = parts._replace(path=f"/{name}") if name else parts
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(made.path.lstrip("/"))))
    return urlunsplit(made)


def free_port() -> int:
    """A port on the loopback that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_page(port: int) -> float:
    """The seconds until the first page answers."""
    start = time.monotonic()
    while time.monotonic() - start < PATIENCE_SECONDS:
        try:
            with Line(port) as line:
                if line.ask(get("/report/")).status == 200:
                    return time.monotonic() - start
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"no page answered within {PATIENCE_SECONDS} s")


def end(program: Program) -> None:
    """End a program and its children in good order, or by force after ten seconds."""
    if program.poll() is None:
        program.terminate()
        try:
            program.wait(timeout=10)
        except subprocess.TimeoutExpired:
            kill_group(program)


def kill_group(program: Program) -> None:
    """SIGKILL to a program and all its children at once, as a power cut would."""
    try:
        os.killpg(program.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    program.wait()


def children(pid: int) -> list[int]:
    """The processes that a process started and that still live."""
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(word) for word in told.split()]


def cpu_seconds(pids: list[int]) -> float:
    """The processor time that some processes have used."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """The memory that a process holds, pages shared with others counted in parts (PSS)."""
    for row in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if row.startswith("Pss:"):
            return int(row.split()[1]) / 1024
    return 0.0


# ── thin clients ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, the address it leads to if any, and the body."""

    status: int
    location: str
    body: bytes


class Line:
    """One kept-alive connection, with as little work per request as Python allows: the client shares the cores."""

    def __init__(self, port: int, *, timeout: float = 20) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> Answer:
        """One request and its whole answer; ``OSError`` when the connection broke on the way."""
        self._socket.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        length = _header(head, b"content-length")
        parts = [body]
        missing = int(length or 0) - len(body)
        while missing > 0:
            part = self._more()
            parts.append(part)
            missing -= len(part)
        return Answer(int(head[9:12]), _header(head, b"location").decode(), b"".join(parts))

    def _more(self) -> bytes:
        part = self._socket.recv(262_144)
        if not part:
            raise ConnectionError("the server closed the connection in the middle of an answer")
        return part


def _header(head: bytes, name: bytes) -> bytes:
    for row in head.split(b"\r\n")[1:]:
        if row[: len(name)].lower() == name:
            return row[len(name) + 1 :].strip()
    return b""


def spot_of(number: int) -> dict[str, str]:
    """A place of its own for a report, a quarter of a kilometre from any other: nobody is asked whether it is the same.

    East of the reference city, where nothing else is filled in.
    """
    row, column = divmod(number, 500)
    return {"lon": f"{114.5 + column * 0.003:.5f}", "lat": f"{30.0 + row % 1000 * 0.003:.5f}"}


def get(path: str, *, session: str = "") -> bytes:
    """A request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}\r\n\r\n".encode()


def post(path: str, fields: Fields, *, session: str = "", address: str = "10.0.0.1") -> bytes:
    """A form as a browser sends it."""
    body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}, doseq=True).encode()
    return _posted(path, "application/x-www-form-urlencoded", body, session=session, address=address)


def post_photo(path: str, fields: Fields, photo: bytes, *, address: str) -> bytes:
    """A form with one picture as a browser sends it."""
    edge = "----jiayuan-bench"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, values in {**fields, "csrfmiddlewaretoken": TOKEN}.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    named = 'Content-Disposition: form-data; name="photos"; filename="photo.jpg"\r\nContent-Type: image/jpeg'
    body = b"".join(parts) + f"--{edge}\r\n{named}\r\n\r\n".encode() + photo + f"\r\n--{edge}--\r\n".encode()
    return _posted(path, f"multipart/form-data; boundary={edge}", body, session="", address=address)


def _posted(path: str, kind: str, body: bytes, *, session: str, address: str) -> bytes:
    cookies = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nContent-Type: {kind}\r\n"
        f"X-Forwarded-For: {address}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
