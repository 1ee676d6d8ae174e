# SPDX-License-Identifier: Apache-2.0
"""Text messages. Which provider carries them is a setting; without one nothing is sent, and nothing claims it was."""

import json
from pathlib import Path
from typing import Protocol

from django.conf import settings
from typing_extensions import override


class Carrier(Protocol):
    """Something that takes a text message to a telephone; OSError when it could not be handed over."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Hand over one message; ``key`` is the same for every try, so that a repeated one can be recognised."""


class FileCarrier(Carrier):
    """Writes each message as a line of JSON, for demonstrations and for a gateway that reads a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @override
    def send(self, *, phone: str, text: str, key: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "phone": phone, "text": text}, ensure_ascii=False) + "\n")


def carrier() -> Carrier | None:
    """The carrier that the settings name, or None when this house sends no text messages."""
    return FileCarrier(Path(settings.TEXT_MESSAGES_FILE)) if settings.TEXT_MESSAGES_FILE else None
