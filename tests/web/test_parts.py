# SPDX-License-Identifier: Apache-2.0
"""Parts: a forgotten or misspelt value fails loudly, and typed text never becomes markup."""

import pytest
from django import forms
from django.template import engines
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler


def render(source: str, **values: object) -> str:
    """A snippet as a page would render it."""
    template = engines["django"].from_string(CottonCompiler().process(source))
    return str(template.render(values))


@pytest.mark.parametrize(
    "source",
    [
        '<c-tile name="tile" value="a" icon="other">Other</c-tile>',
        '<c-state tone="done" />',
        '<c-state tone="done" word="{{ misspelt }}" />',
        '<c-state tone="done" :word="misspelt" />',
        '<c-timeline :entries="misspelt" />',
        '<c-number label="Closed" value="1" :as_of="misspelt" />',
    ],
)
def test_a_forgotten_or_misspelt_value_fails(source: str) -> None:
    with pytest.raises(AssertionError, match="unknown template variable"):
        render(source)


def test_typed_text_is_escaped_in_a_part() -> None:
    html = render('<c-state tone="done" :word="word" />', word="<b>x</b>")

    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<b>" not in html


def test_typed_text_in_quotes_is_escaped_once() -> None:
    html = render('<c-notice tone="done" title="{{ title }}">x</c-notice>', title="A & B")

    assert "A &amp; B" in html
    assert "&amp;amp;" not in html


def test_a_button_with_an_address_is_a_link() -> None:
    html = render('<c-button href="/report/" kind="plain" data-print>Report</c-button>')

    assert '<a class="j-button is-plain" href="/report/"' in html
    assert "data-print" in html


def test_a_state_has_colour_shape_and_word() -> None:
    html = render('<c-state tone="late" word="Overdue" />')

    assert "t-late" in html
    assert "#shape-late" in html
    assert "Overdue" in html


class Question(forms.Form):
    """A question that the form lets pass empty."""

    where = forms.CharField(required=False, label="Where")


@pytest.mark.parametrize(("needed", "says_optional"), [("", True), ("needed", False)])
def test_only_what_may_stay_empty_is_called_optional(needed: str, says_optional: bool) -> None:
    with translation.override("en"):
        html = render(f'<c-field :field="form.where" {needed} />', form=Question())

    assert ("(optional)" in html) is says_optional
