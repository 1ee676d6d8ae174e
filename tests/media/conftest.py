# SPDX-License-Identifier: Apache-2.0
"""Stores of their own for each test, so that what lies on the disk can be looked at."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def stores(tmp_path: Path, settings: Settings) -> Path:
    """The folder that holds ``received`` and ``served``."""
    durable = "jiayuan.media.storage.DurableFiles"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": durable, "OPTIONS": {"location": tmp_path / "served"}},
        "received": {
            "BACKEND": durable,
            "OPTIONS": {"location": tmp_path / "received", "file_permissions_mode": 0o600},
        },
    }
    return tmp_path
