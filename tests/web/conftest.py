# SPDX-License-Identifier: Apache-2.0
"""What every test of a page holds to."""

from typing import NoReturn

import pytest
from django_cotton.templatetags import Attrs


def refuse(self: Attrs, key: str) -> NoReturn:
    """Cotton's own answer is to leave the value out, which shows an empty list where a name was misspelt."""
    raise AssertionError(f"unknown template variable behind :{key}")


@pytest.fixture(autouse=True)
def misspelt_values_of_parts_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Attrs, "unprocessable", refuse)
