# SPDX-License-Identifier: Apache-2.0
"""The record alone: nobody is woken by its commits."""

import pytest

from jiayuan.record import wake


@pytest.fixture(autouse=True)
def _no_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The city's own readers know none of the events of these tests and would stumble over each, five times."""
    monkeypatch.setattr(wake, "_bells", [])
