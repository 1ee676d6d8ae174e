# SPDX-License-Identifier: Apache-2.0
"""The catalogues: complete in every language, and a tool that finds what is missing and loses nothing."""

from pathlib import Path

import pytest

from jiayuan.site import messages

PAGE = """{% translate "Sign for it" context "cases" %}
{% blocktranslate count n=n context "cases" %}One photo{% plural %}{{ n }} photos{% endblocktranslate %}"""
MODULE = """from django.utils.translation import gettext, pgettext_lazy as say

SENTENCE = say("cases", "Dispatched to "
               "%(unit)s")
BARE = gettext("Never seen before")
LOOSE = say("cases", NAME)
STRAY = say("nowhere", "Lost")
LANGUAGE = gettext("English")
"""
HANS = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgctxt "cases"
msgid "Sign for it"
msgstr "签收"

msgctxt "cases"
msgid "Gone"
msgstr "没有了"
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small house with one template, one module and one catalogue."""
    source = tmp_path / "jiayuan"
    (source / "cases").mkdir(parents=True)
    (source / "templates").mkdir()
    (source / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    (source / "cases" / "events.py").write_text(MODULE, encoding="utf-8")
    locale = source / "locale"
    monkeypatch.setattr(messages, "SOURCE", source)
    monkeypatch.setattr(messages, "LOCALE", locale)
    monkeypatch.setattr(messages, "OVERRIDES", locale / "hant_overrides.csv")
    hans = messages.catalogue_path("cases", "zh_Hans")
    hans.parent.mkdir(parents=True)
    hans.write_text(HANS, encoding="utf-8")
    (locale / "hant_overrides.csv").write_text("drafted,wording\n", encoding="utf-8")
    return source


def strings(room: str, language: str) -> dict[str, object]:
    standing = messages.catalogue(messages.catalogue_path(room, language))
    return {messages._key(entry.id): entry.string for entry in standing if entry.id}


def test_every_text_of_the_product_is_translated_and_none_is_left_over() -> None:
    assert list(messages.check(messages.harvest())) == []


def test_texts_are_collected_from_templates_and_modules(house: Path) -> None:
    found = messages.harvest().of("cases")

    assert set(found) == {"Sign for it", ("One photo", "%(n)s photos"), "Dispatched to %(unit)s"}


def test_a_text_without_context_or_room_or_words_is_a_fault_unless_django_translates_it(house: Path) -> None:
    faults = "\n".join(messages.harvest().faults)

    assert "'Never seen before' has no context" in faults
    assert "the context 'nowhere'" in faults
    assert "needs its texts written out" in faults
    assert "'English'" not in faults


def test_an_update_adds_what_is_missing_and_keeps_what_is_gone_aside(house: Path) -> None:
    messages.update()

    assert strings("cases", "zh_Hans")["Sign for it"] == "签收"
    assert strings("cases", "zh_Hans")["Dispatched to %(unit)s"] == ""
    assert '#~ msgstr "没有了"' in messages.catalogue_path("cases", "zh_Hans").read_text(encoding="utf-8")


def test_traditional_chinese_is_drafted_only_where_nothing_stands(house: Path) -> None:
    messages.update()
    assert strings("cases", "zh_Hant")["Sign for it"] == "簽收"

    path = messages.catalogue_path("cases", "zh_Hant")
    path.write_text(path.read_text(encoding="utf-8").replace("簽收", "簽名收下"), encoding="utf-8")
    messages.update()

    assert strings("cases", "zh_Hant")["Sign for it"] == "簽名收下"


def test_a_second_update_changes_no_byte(house: Path) -> None:
    messages.update()
    path = messages.catalogue_path("cases", "zh_Hans")
    before = path.read_bytes()

    messages.update()

    assert path.read_bytes() == before


def test_the_check_names_what_is_missing_empty_obsolete_and_differently_filled(house: Path) -> None:
    path = messages.catalogue_path("cases", "zh_Hans")
    path.write_text(
        HANS + '\nmsgctxt "cases"\nmsgid "Dispatched to %(unit)s"\nmsgstr "派给 %(who)s"\n', encoding="utf-8"
    )

    told = "\n".join(messages.check(messages.harvest()))

    assert "cases/zh_Hans: missing ('One photo', '%(n)s photos')" in told
    assert "cases/zh_Hans: obsolete 'Gone'" in told
    assert "cases/zh_Hans: placeholders differ in 'Dispatched to %(unit)s'" in told
    assert "cases/zh_Hant: missing 'Sign for it'" in told


def test_pruning_removes_what_the_code_no_longer_says(house: Path) -> None:
    messages.update()

    messages.prune()

    assert "没有了" not in messages.catalogue_path("cases", "zh_Hans").read_text(encoding="utf-8")
    assert strings("cases", "zh_Hans")["Sign for it"] == "签收"
