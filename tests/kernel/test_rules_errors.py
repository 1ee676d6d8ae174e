# SPDX-License-Identifier: Apache-2.0
"""Refusals: a stable code, a sentence in the reader's language with its facts, never an accident in its stead."""

from django.utils import translation
from django.utils.translation import pgettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.kernel.errors import NotPermitted, Problems, Refused, Stale

WAIT = pgettext_lazy("kernel", "That was a lot at once. What you wrote is kept; try again in %(minutes)s min.")


def test_a_sentence_carries_its_facts() -> None:
    refused = Refused("too_many", WAIT, minutes=7)

    with translation.override("en"):
        assert refused.message == "That was a lot at once. What you wrote is kept; try again in 7 min."


def test_a_sentence_is_said_in_the_language_of_who_reads_it_not_of_who_refused() -> None:
    with translation.override("en"):
        refused = Refused("too_many", WAIT, minutes=7)

    with translation.override("zh-hans"):
        assert refused.message == "提交得太多了，写的内容已保留，请 7 分钟后再试。"


@given(st.text())
def test_what_a_person_typed_is_a_fact_and_never_a_pattern(typed: str) -> None:
    refused = Refused("unknown", "There is no %(name)s here.", name=typed)

    assert refused.message == f"There is no {typed} here."


def test_a_sentence_without_facts_may_hold_a_percent_sign() -> None:
    assert Refused("full", "The disk is 100% full.").message == "The disk is 100% full."


def test_several_refusals_are_kept_apart_and_the_first_is_said() -> None:
    first, second = Refused("empty", "Fill this in.", field="text"), Refused("phone", "No number.", field="phone")

    both = Problems([first, second])

    assert both.message == "Fill this in."
    assert [one.field for one in both.refusals] == ["text", "phone"]


def test_every_refusal_is_caught_as_one() -> None:
    assert issubclass(NotPermitted, Refused)
    assert issubclass(Stale, Refused)
    assert issubclass(Problems, Refused)
