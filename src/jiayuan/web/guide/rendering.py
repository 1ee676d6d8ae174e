# SPDX-License-Identifier: Apache-2.0
"""Markdown to HTML: written without HTML of its own, and cleaned once more, because people write it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import nh3
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from jiayuan.cases.queries import GuideShown

_TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "code", "hr", "br", "a", "table"} | {
    "thead", "tbody", "tr", "th", "td"
}  # fmt: skip
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")


@lru_cache(maxsize=512)
def rendered(body: str) -> SafeString:
    """The page as HTML; the one heading of the first degree is the page's own title, so others go down a degree."""
    html = _markdown.render(body).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return mark_safe(nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http"}))


def beside(pages: Iterable[GuideShown]) -> list[dict[str, Any]]:
    """Pages of the guide as they stand folded beside a case."""
    return [
        {"title": page.title, "html": rendered(page.body), "url": reverse("guide:page", args=[page.code])}
        for page in pages
    ]
