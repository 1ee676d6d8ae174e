# SPDX-License-Identifier: Apache-2.0
"""Moments and days in the words of the reader's language, and the cells of the honeycomb as shapes."""

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Protocol

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from jiayuan.kernel import clock

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    """ "1月3日 14:05" or "3 Jan 14:05"; the year is said only when it is not the present one."""
    local = clock.local(at)
    if local.year == clock.today().year:
        return date_format(local, pgettext("web", "j M H:i"))
    return full_moment(at)


@register.filter
def full_moment(at: datetime) -> str:
    """ "2025年1月3日 14:05" or "3 Jan 2025 14:05"."""
    return date_format(clock.local(at), pgettext("web", "j M Y H:i"))


@register.filter
def day(on: date) -> str:
    """ "1月3日" or "3 Jan"; the year is said only when it is not the present one."""
    words = pgettext("web", "j M") if on.year == clock.today().year else pgettext("web", "j M Y")
    return date_format(on, words)


class Drawable(Protocol):
    """A cell of the honeycomb: its corners, its shade, what it is called and where it leads."""

    @property
    def points(self) -> str: ...
    @property
    def step(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...


@register.filter
def drawn(cells: Iterable[Drawable]) -> SafeString:
    """The cells as shapes. A thousand rounds of a template loop cost five times as much as this one string."""
    shapes = (
        f'<a href="{escape(cell.url)}" tabindex="-1"><polygon class="c{cell.step:d}" points="{escape(cell.points)}">'
        f"<title>{escape(cell.title)}</title></polygon></a>"
        for cell in cells
    )
    return mark_safe("".join(shapes))
