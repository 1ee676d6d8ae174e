# SPDX-License-Identifier: Apache-2.0
"""The report page asks for two things, and says everything that is missing at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.stories import LANGUAGES, ground, in_language, told

__all__ = ["ground"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_in_every_language(language: str) -> None:
    said = told(in_language(language), "/report/")

    assert said.count('name="tile"') <= 9
    assert "errorlist" not in said


def test_a_broken_picture_a_missing_place_and_a_wrong_number_are_said_together() -> None:
    broken = SimpleUploadedFile("street.jpg", b"no picture at all", content_type="image/jpeg")

    answer = in_language("zh-hans").post("/report/", {"photos": broken, "tile": "rubbish", "contact_phone": "abc"})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert [part.split('"')[0] for part in said.split('<li><a href="#')[1:]] == [
        "id_photos",
        "id_village_query",
        "id_contact_phone",
    ]


def test_an_empty_form_does_not_say_that_nothing_was_found() -> None:
    said = in_language("zh-hans").post("/report/", {}).content.decode()

    assert "没有找到" not in said
