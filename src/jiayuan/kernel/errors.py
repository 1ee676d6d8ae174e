# SPDX-License-Identifier: Apache-2.0
"""Refusals: what a command says instead of acting. The web door alone turns them into pages."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """A request that was understood and turned down, with a stable code, a translated sentence and the facts.

    ``field`` names the form field that the sentence belongs to, or is empty when it concerns the whole request.
    """

    def __init__(self, code: str, message: Any, *, field: str = "", **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts: Mapping[str, Any] = facts
        self._message = message

    @property
    def message(self) -> str:
        """The sentence in the language of the reader, with its facts filled in."""
        text = str(self._message)
        return text % self.facts if self.facts and "%(" in text else text


class NotPermitted(Refused):
    """Refused because no post of the actor gives this permission at this place."""


class Stale(Refused):
    """Refused because somebody else moved first; the reader is told what happened and nothing is lost."""


class Problems(Refused):
    """Several refusals at once, each beside its own field."""

    def __init__(self, refusals: list[Refused]) -> None:
        super().__init__("problems", refusals[0].message)
        self.refusals = refusals
