# SPDX-License-Identifier: Apache-2.0
"""Whatever arrives at the report page is answered beside its question, in three languages; nothing typed is lost."""

from collections.abc import Iterator
from datetime import timedelta
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.translation import pgettext
from typing_extensions import override

import jiayuan
from jiayuan.cases.models import Case, Contact, Text
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.standards import queries as standards
from jiayuan.standards.services import load_standards
from tests.cast import MORNING, small_town

__all__ = ["small_town"]

SHIPPED = Path(jiayuan.__file__).parent / "data" / "standards"
VILLAGE = "990101001200"
SAID = {
    "village": VILLAGE,
    "tile": "rubbish",
    "text": "河边垃圾没人收",
    "place_text": "桥头向北",
    "contact_name": "小李",
}
LANGUAGES = ["zh-hans", "zh-hant", "en"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_town")]


@pytest.fixture(autouse=True)
def _standards(small_town: None) -> Iterator[None]:
    standards.forget()
    load_standards(folder=SHIPPED, by=Actor.system("test"), at=MORNING)
    yield
    standards.forget()


class Questions(HTMLParser):
    """Reads which messages stand inside which question, and what every control holds."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, str] = {}
        self.beside: dict[str, list[str]] = {}
        self._open: list[tuple[str, str]] = []
        self._text_of = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where we are, and what a control holds."""
        given = {name: value or "" for name, value in attrs}
        if tag == "input":
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.held[given.get("name", "")] = given.get("value", "")
        elif tag not in ("meta", "link", "br", "img", "hr", "use"):
            self._open.append((tag, given.get("id", "")))
        if tag == "textarea":
            self._text_of = given["name"]
            self.held[self._text_of] = ""

    @override
    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag == "textarea":
            self._text_of = ""
        while self._open and tag in [name for name, _ in self._open]:
            if self._open.pop()[0] == tag:
                return

    @override
    def handle_data(self, data: str) -> None:
        """Take the words of a control, or of a message inside a question."""
        if self._text_of:
            # The parser of a browser drops the line end right after the opening tag.
            self.held[self._text_of] = (self.held[self._text_of] + data).removeprefix("\n")
        within = [identity for _, identity in self._open if identity.endswith("_group")]
        if within and data.strip() and any(tag == "li" for tag, _ in self._open):
            field = within[-1].removeprefix("id_").removesuffix("_group")
            self.beside.setdefault(field, []).append(data.strip())


def send(given: dict[str, Any], language: str) -> tuple[Any, Questions]:
    """What the page answers, and what it asks afterwards."""
    answer = Client(headers={"Accept-Language": language}).post("/report/", {"client_id": str(uuid4())} | given)
    questions = Questions()
    questions.feed(answer.content.decode())
    return answer, questions


def said_in(language: str, context: str, msgid: str, **facts: object) -> str:
    """The message in the reader's language; a message that nobody translated is not one."""
    with translation.override(language):
        words = pgettext(context, msgid)
    assert language == "en" or words != msgid, f"{msgid!r} is not said in {language}"
    return words % facts if facts else words


TOO_LONG = "This is %(length)s characters long; at most %(longest)s fit. Shorten it a little."
INVISIBLE = "There are invisible characters in this. Type it instead of pasting it."
BROKEN = "Some characters did not arrive whole. Type the marked places again."
MARKUP = "Leave out what stands in angle brackets and write plain words."
PICTURES = "Leave out emoji and other picture signs here."
OUTSIDE = "This position lies outside China. Check the number or choose the village."
SWAPPED = "Longitude and latitude are swapped. Longitude comes first; in China it is the larger one."
FUTURE = "This lies in the future. Check the clock of the phone."

BAD = {
    "over-long words": ({"text": "垃" * 501}, "text", "kernel", TOO_LONG, {"length": 501, "longest": 500}),
    "5,000 characters": ({"text": "圾" * 5000}, "text", "kernel", TOO_LONG, {"length": 5000, "longest": 500}),
    "a long place": ({"place_text": "桥" * 101}, "place_text", "kernel", TOO_LONG, {"length": 101, "longest": 100}),
    "a long name": ({"contact_name": "李" * 21}, "contact_name", "kernel", TOO_LONG, {"length": 21, "longest": 20}),
    "emoji alone": (
        {"text": "😀😀🗑️"}, "text", "kernel", "Write this in words; signs alone say too little.", {},
    ),
    "emoji as a place": ({"place_text": "桥头🌉向北"}, "place_text", "kernel", PICTURES, {}),
    "emoji as a name": ({"contact_name": "小李😀"}, "contact_name", "kernel", PICTURES, {}),
    "half characters": ({"text": "河边\ufffd\ufffd没人收"}, "text", "kernel", BROKEN, {}),
    "control characters": ({"text": "河边\x07没人收"}, "text", "kernel", INVISIBLE, {}),
    "a reversal of reading": ({"place_text": "桥头\u202e北"}, "place_text", "kernel", INVISIBLE, {}),
    "HTML": ({"text": "<script>alert(1)</script>河边"}, "text", "kernel", MARKUP, {}),
    "HTML as a name": ({"contact_name": "<b>李</b>"}, "contact_name", "kernel", MARKUP, {}),
    "letters as a telephone": (
        {"contact_phone": "没有电话"}, "contact_phone", "kernel",
        "This is not a telephone number. Digits alone, or leave it empty.", {},
    ),
    "no such date": ({"seen_at": "2025-13-40T99:00+08:00"}, "seen_at", "cases", "This is not a date and time.", {}),
    "a date without a zone": ({"seen_at": "2025-01-02T09:00"}, "seen_at", "cases", "This is not a date and time.", {}),
    "Paris": ({"lon": "2.35", "lat": "48.85"}, "lon", "places", OUTSIDE, {}),
    "the far south": ({"lon": "113.38", "lat": "-31.69"}, "lat", "places", OUTSIDE, {}),
    "swapped": ({"lon": "31.69", "lat": "113.38"}, "lon", "places", SWAPPED, {}),
    "words as a position": (
        {"lon": "东边", "lat": "31.69"}, "lon", "places",
        "This is not a number. Write degrees with a point, like 113.3824.", {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_answered_beside_its_question_and_everything_is_kept(bad: str) -> None:
    wrong, field, context, msgid, facts = BAD[bad]

    for language in LANGUAGES:
        answer, questions = send(SAID | wrong, language)

        assert answer.status_code == 422
        assert said_in(language, context, msgid, **facts) in questions.beside.get(field, [])
        for name, value in (SAID | wrong).items():
            assert questions.held[name] == value, name
    assert not Case.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_in_the_future_is_answered_beside_its_question(language: str) -> None:
    later = (clock.now() + timedelta(hours=2)).isoformat()

    answer, questions = send(SAID | {"seen_at": later}, language)

    assert answer.status_code == 422
    assert questions.beside["seen_at"] == [said_in(language, "cases", FUTURE)]
    assert questions.held["seen_at"] == later


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_says_what_is_missing_at_both_questions(language: str) -> None:
    answer, questions = send({}, language)

    assert answer.status_code == 422
    where = said_in(language, "cases", "Choose the village or community: type its name or its pinyin.")
    what = said_in(language, "cases", "Choose a picture, or write in a few words what it is.")
    assert where in questions.beside["village_query"]
    assert what in questions.beside["tile"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_that_several_villages_bear_asks_which_and_lists_them(language: str) -> None:
    answer, questions = send(SAID | {"village": "", "village_query": "双河村"}, language)

    assert answer.status_code == 422
    assert (
        said_in(language, "cases", "Several places fit. Choose one from the list.") in questions.beside["village_query"]
    )
    for code in ("990101100200", "990121100201"):
        assert f'value="{code}"' in answer.content.decode()
    assert questions.held["text"] == SAID["text"]


def test_bytes_of_another_encoding_are_answered_and_the_rest_is_kept() -> None:
    chinese_bytes = "垃圾没人收".encode("gbk")

    answer, questions = send(SAID | {"text": [chinese_bytes]}, "zh-hans")

    assert answer.status_code == 422
    assert questions.beside["text"] == [said_in("zh-hans", "kernel", BROKEN)]
    assert (questions.held["place_text"], questions.held["village"]) == (SAID["place_text"], VILLAGE)


def test_several_faults_are_told_at_once() -> None:
    _answer, questions = send(SAID | {"text": "垃" * 501, "place_text": "桥🌉", "contact_phone": "无"}, "zh-hans")

    assert {"text", "place_text", "contact_phone"} <= set(questions.beside)


def test_a_picture_that_is_none_is_named_and_the_words_are_kept() -> None:
    disguised = SimpleUploadedFile("photo.jpg", b"MZ this is a program", content_type="image/jpeg")

    answer, questions = send(SAID | {"photos": disguised}, "zh-hans")

    assert answer.status_code == 422
    assert questions.beside["photos"]
    assert questions.held["text"] == SAID["text"]


def test_a_zero_byte_is_no_fault_of_the_server() -> None:
    answer, questions = send(SAID | {"text": "河边\x00没人收", "village_query": "\x00"}, "zh-hans")

    assert answer.status_code == 422
    assert questions.beside["text"]


def test_what_was_typed_is_shown_and_never_run() -> None:
    answer, _questions = send(SAID | {"text": "<script>alert(1)</script>"}, "zh-hans")

    page = answer.content.decode()
    assert "<script>alert" not in page
    assert escape("<script>alert(1)</script>") in page


def test_emoji_inside_words_are_kept_as_they_are() -> None:
    answer, _questions = send(SAID | {"text": "河边垃圾😷没人收\r\n请来看看"}, "zh-hans")

    assert answer.status_code == 302
    assert Text.objects.get(kind="report").body == "河边垃圾😷没人收\n请来看看"
    assert Contact.objects.get().name == SAID["contact_name"]


def test_the_same_form_sent_twice_is_one_report() -> None:
    given = SAID | {"client_id": str(uuid4())}

    first, _questions = send(given, "zh-hans")
    second, _questions = send(given, "zh-hans")

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_every_form_carries_an_identity_of_its_own() -> None:
    pages = [Questions() for _ in range(2)]
    for page in pages:
        page.feed(Client().get("/report/").content.decode())

    assert pages[0].held["client_id"] != pages[1].held["client_id"]
    assert all(page.held["client_id"] for page in pages)
