# SPDX-License-Identifier: Apache-2.0
"""A line to the server that can lose an answer: what is sent arrives, what comes back does not."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType

CHUNK = 65536


class LossyLine:
    """Passes bytes on between a browser and a port; while ``loses_answers`` is set, nothing comes back."""

    def __init__(self, port: int) -> None:
        self.loses_answers = threading.Event()
        self.lost = threading.Event()
        self._port = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._take_in)]

    @property
    def address(self) -> str:
        """Where a browser reaches the server through this line."""
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def __enter__(self) -> "LossyLine":
        self._threads[0].start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for end in (self._door, *tuple(self._open)):
            _shut(end)
        for thread in self._threads:
            thread.join(timeout=10)

    def _take_in(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._port))
            self._open |= {near, far}
            for work in ((near, far, False), (far, near, True)):
                thread = threading.Thread(target=self._pass_on, args=work)
                self._threads.append(thread)
                thread.start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with _both_shut(source, target), suppress(OSError):
            while data := source.recv(CHUNK):
                if is_answer and self.loses_answers.is_set():
                    self.lost.set()
                    return
                target.sendall(data)


@contextmanager
def _both_shut(one: socket.socket, other: socket.socket) -> Iterator[None]:
    try:
        yield
    finally:
        _shut(one)
        _shut(other)


def _shut(end: socket.socket) -> None:
    # Shutting down wakes the thread that waits in recv or accept; closing alone would leave it waiting.
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
