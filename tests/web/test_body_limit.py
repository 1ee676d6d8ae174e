# SPDX-License-Identifier: Apache-2.0
"""What is larger than any form, or of no told size, is turned away before a byte of it is kept."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from jiayuan.web.middleware import body_middleware
from tests.cast import small_town

__all__ = ["small_town"]


def answered(**meta: str) -> int:
    """The status of a request with these headers; a page would answer with a teapot."""
    request = RequestFactory().post("/papers/verify/x/", data=b"", content_type="application/octet-stream")
    request.META.update(meta)
    return body_middleware(lambda _request: HttpResponse(status=418))(request).status_code


@pytest.mark.parametrize("size", ["1", "1048576"])
def test_what_fits_reaches_its_page(size: str) -> None:
    assert answered(CONTENT_LENGTH=size) == 418


@pytest.mark.parametrize("size", ["131072001", "9" * 30])
def test_what_is_larger_than_any_form_is_turned_away(size: str) -> None:
    assert answered(CONTENT_LENGTH=size) == 413


def test_a_body_that_does_not_tell_its_size_is_turned_away() -> None:
    assert answered(CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked") == 411


@pytest.mark.usefixtures("small_town")
@pytest.mark.parametrize("path", ["/inspections/%00/draw/", "/papers/%00/", "/f/%00/", "/desk/talks/%00/"])
def test_an_address_with_a_byte_that_no_database_takes_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404
