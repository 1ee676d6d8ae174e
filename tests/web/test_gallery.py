# SPDX-License-Identifier: Apache-2.0
"""The gallery: every part renders in every language, and the pages keep to what the content policy allows."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

TEMPLATES = Path(settings.BASE) / "web" / "templates"
LANGUAGES = ("zh-hans", "zh-hant", "en")
PAGES = ("gallery:public", "gallery:desk")

pytestmark = pytest.mark.django_db


def read(page: str, language: str = "zh-hans", **cookies: str) -> str:
    """The page as a visitor gets it."""
    client = Client(headers={"accept-language": language})
    for name, value in cookies.items():
        client.cookies[name] = value
    answer = client.get(reverse(page))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gallery_names_its_language(page: str, language: str) -> None:
    assert f'<html lang="{language}"' in read(page, language)


def test_each_part_is_shown_in_the_gallery() -> None:
    parts = {path.stem.replace("_", "-") for path in (TEMPLATES / "parts").glob("*.html")}
    shown = "".join(path.read_text() for path in TEMPLATES.glob("gallery/*.html"))
    shown += "".join(path.read_text() for path in TEMPLATES.glob("shells/*.html"))

    assert {part for part in parts if f"<c-{part} " not in shown} == set()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_on_a_page_needs_a_looser_content_policy(page: str) -> None:
    html = read(page)

    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("page", PAGES)
def test_ids_on_a_page_are_unique(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', read(page))

    assert sorted(ids) == sorted(set(ids))


def test_a_form_that_came_back_leads_from_its_summary_to_each_field() -> None:
    html = read("gallery:public")
    summary = html[html.index('role="alert"') : html.index("</ul>", html.index('role="alert"'))]

    targets = re.findall(r'href="#([^"]+)"', summary)

    assert targets == ["id_where", "id_county", "id_found_group"]
    assert all(f'id="{target}"' in html for target in targets)


def test_the_gallery_is_not_there_where_it_is_switched_off(client: Client, settings: Settings) -> None:
    settings.PARTS_GALLERY = False

    assert client.get(reverse("gallery:public")).status_code == 404
    assert client.get(reverse("gallery:desk")).status_code == 404


def test_the_demonstration_says_so_on_every_page() -> None:
    assert "演示数据·非公文" in read("gallery:public")
    assert "演示数据·非公文" in read("gallery:desk")


def test_a_real_city_shows_no_demonstration_banner(settings: Settings) -> None:
    settings.DEMO = False

    assert "演示数据·非公文" not in read("gallery:public")


def test_footer_shows_filing_number_and_complaints(settings: Settings) -> None:
    settings.FILING_NUMBER, settings.COMPLAINTS_URL = "备案号 1", "mailto:help@example.org"

    html = read("gallery:public")

    assert "备案号 1" in html
    assert 'href="mailto:help@example.org"' in html
