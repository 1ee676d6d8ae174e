# SPDX-License-Identifier: Apache-2.0
"""The course of a case reads as sentences: every kind of event, in three languages, with every name filled in."""

import re
from dataclasses import replace
from typing import cast as typed

import pytest
from django.utils import translation

from jiayuan.cases import events
from jiayuan.cases.enums import State, V
from jiayuan.cases.queries import history_of, texts_of
from jiayuan.record.events import Ref
from jiayuan.record.readers import Happened
from jiayuan.web.cases import telling, wording
from tests.cast import MORNING
from tests.factories.cases import QUARTER, case, move, unit_id
from tests.record import golden
from tests.web.stories import LANGUAGES, ground

__all__ = ["ground"]

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 9 * QUARTER
OF_A_CASE = [kind for kind in events.EVENTS if issubclass(kind, events.CaseEvent)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", OF_A_CASE, ids=lambda kind: kind.KIND)
def test_every_kind_of_event_is_a_sentence(kind: type[events.CaseEvent], language: str) -> None:
    event = typed(events.CaseEvent, golden.sample(kind))
    if hasattr(event, "unit_id"):
        event = replace(event, unit_id=unit_id())  # type: ignore[call-arg]
    if isinstance(event, events.CaseFiled):
        event = replace(event, class_code="gbt47678-2026:matter:06010", limit_kind="working_hours")  # type: ignore[arg-type]
    happened = Happened(position=1, at=MORNING, recorded_at=MORNING, event=replace(event, subject=Ref("case", 1)))

    with translation.override(language):
        (entry,) = wording.timeline([happened], {})

    assert entry.sentence
    assert "%" not in entry.sentence
    assert "None" not in entry.sentence
    assert bool(re.search(r"[\u4e00-\u9fff]", _without_names(entry.sentence))) == (language != "en")


def _without_names(sentence: str) -> str:
    """The sentence without the names of units, which are Chinese in every language."""
    return sentence.replace("桥头街道", "")


def test_a_course_is_told_newest_first_with_its_notes() -> None:
    found = move(case(State.FED_BACK, text="路口一堆垃圾"), V.SEND_BACK, at=LATER, note="墙角还有")

    with translation.override("zh-hans"):
        entries = wording.timeline(history_of(found), texts_of(found))

    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    assert [entry.note for entry in entries] == ["墙角还有", "", "", "", "", ""]
    assert "桥头街道" in entries[0].sentence + entries[1].sentence


def test_an_erased_note_leaves_its_sentence() -> None:
    found = move(case(State.FED_BACK), V.SEND_BACK, at=LATER, note="墙角还有")
    found.texts.all().delete()

    with translation.override("zh-hans"):
        entries = wording.timeline(history_of(found), texts_of(found))

    assert len(entries) == 6
    assert entries[0].note == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_about_a_case_names_the_place(language: str) -> None:
    with translation.override(language):
        for kind in telling.KINDS:
            assert "桥头社区" in kind.text({"handle": "X", "place": "990101001001"}), kind.code
