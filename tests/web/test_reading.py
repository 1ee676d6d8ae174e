# SPDX-License-Identifier: Apache-2.0
"""Large type and language: plain forms that bring the visitor back to where they were."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_large_type_is_kept_on_the_device_and_shown_on_the_next_page(client: Client) -> None:
    page = reverse("gallery:public")

    answer = client.post(reverse("reading:type"), {"type": "large", "next": page})

    assert answer.headers["Location"] == page
    assert 'data-type="large"' in client.get(page).content.decode()


def test_usual_type_comes_back(client: Client) -> None:
    client.post(reverse("reading:type"), {"type": "large"})

    client.post(reverse("reading:type"), {"type": "usual"})

    assert 'data-type="large"' not in client.get(reverse("gallery:public")).content.decode()


@pytest.mark.parametrize("foreign", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_switch_never_leads_off_the_site(client: Client, foreign: str) -> None:
    answer = client.post(reverse("reading:type"), {"type": "large", "next": foreign})

    assert answer.headers["Location"] == "/"


def test_the_switch_is_pressed_never_followed(client: Client) -> None:
    assert client.get(reverse("reading:type")).status_code == 405


def test_a_language_that_was_chosen_stays(client: Client) -> None:
    page = reverse("gallery:public")

    client.post(reverse("set_language"), {"language": "en", "next": page})

    assert '<html lang="en"' in client.get(page).content.decode()
