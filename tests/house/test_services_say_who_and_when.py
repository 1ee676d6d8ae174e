# SPDX-License-Identifier: Apache-2.0
"""Services are the only writers: keyword-only, told who acts and when, one transaction each, described."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.house.tree import ROOMS, modules_of


def services() -> Iterator[tuple[str, Callable[..., Any]]]:
    """What a room's ``services`` shows: of a package only what its front shows, the rest is its kitchen."""
    for room in ROOMS:
        for module in modules_of(room, "services")[:1]:
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if not name.startswith("_") and function.__module__.startswith(module.__name__):
                    yield f"{room}.{name}", function


SERVICES = dict(services())


def test_the_rooms_have_services() -> None:
    assert len(SERVICES) > 10


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_takes_by_and_at_and_everything_by_keyword(name: str) -> None:
    parameters = inspect.signature(SERVICES[name]).parameters

    assert {"by", "at"} <= set(parameters)
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_says_in_a_sentence_what_the_caller_gets(name: str) -> None:
    first_line = (SERVICES[name].__doc__ or "").strip().split("\n")[0]

    assert len(first_line.split()) >= 3
