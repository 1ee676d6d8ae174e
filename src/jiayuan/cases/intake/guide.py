# SPDX-License-Identifier: Apache-2.0
"""A page of the work guide in typed values: from the desk's form, or from a file with its facts on top."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import GuideAbout, V
from jiayuan.cases.intake.report import Gathering
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line, words

LONGEST_TITLE = 80
LONGEST_BODY = 20_000
LONGEST_CHANGE = 200
LONGEST_KEYS = 398
USUAL_ORDER = 100
_FENCE = "---"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideText:
    """What a version of a page says, and in a word why it was written."""

    title: str
    body: str
    change: str
    title_hant: str = ""
    body_hant: str = ""
    title_en: str = ""
    body_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideHead:
    """What a page is about, beside what it stands, where in the order, and who reads it."""

    about: GuideAbout
    keys: tuple[str, ...] = ()
    order: int = USUAL_ORDER
    is_public: bool = False
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideFile:
    """A shipped page: its head and its text."""

    code: str
    head: GuideHead
    text: GuideText


def guide_head_from(raw: Mapping[str, Sequence[str]], *, classes: Collection[str]) -> GuideHead:
    """The head in what was sent; refused beside the field when it names nothing, or nothing that there is."""
    about = next(iter(raw.get("about", ())), "")
    if about not in GuideAbout.values:
        raise Refused("no_about", pgettext_lazy("cases", "Choose one of these."), field="about")
    field, known = {
        GuideAbout.CLASS.value: ("classes", set(classes)),
        GuideAbout.MOVE.value: ("verbs", set(V.values)),
    }.get(about, ("", set()))
    keys = tuple(dict.fromkeys(key for key in raw.get(field, ()) if key in known))
    if field and not keys:
        raise Refused("nothing_chosen", pgettext_lazy("cases", "Tick at least one."), field=field)
    if len(" ".join(keys)) > LONGEST_KEYS:
        raise Refused("too_many", pgettext_lazy("cases", "Tick fewer, or write several pages."), field=field)
    return GuideHead(about=GuideAbout(about), keys=keys, is_public="public" in raw)


def guide_text_from(raw: Mapping[str, str]) -> GuideText:
    """The text in what was sent, or ``Problems`` with one refusal per wrong field."""
    gathering = Gathering()

    def title(name: str, longest: int, *, needed: bool) -> str:
        return gathering.take(lambda: one_line(raw.get(name, ""), field=name, longest=longest, needed=needed), "")

    def body(name: str, *, needed: bool) -> str:
        return gathering.take(lambda: words(raw.get(name, ""), field=name, longest=LONGEST_BODY, needed=needed), "")

    text = GuideText(
        title=title("title", LONGEST_TITLE, needed=True),
        body=body("body", needed=True),
        change=title("change", LONGEST_CHANGE, needed=True),
        title_hant=title("title_hant", LONGEST_TITLE, needed=False),
        body_hant=body("body_hant", needed=False),
        title_en=title("title_en", 2 * LONGEST_TITLE, needed=False),
        body_en=body("body_en", needed=False),
    )
    gathering.finish()
    return text


def guide_file_from(text: str, *, code: str, body_hant: str = "", body_en: str = "") -> GuideFile:
    """The page in a file: lines of ``name: value`` between two fences, then its words; refused when it is otherwise.

    Its words in the other languages stand in files of their own, without facts.
    """
    head, facts, body = ("", *text.split(f"{_FENCE}\n", 2)[1:]) if text.startswith(f"{_FENCE}\n") else (text, "", "")
    said = dict(line.split(": ", 1) for line in facts.splitlines() if ": " in line)
    if head or not body or said.get("about") not in GuideAbout.values or "title" not in said:
        raise Refused(
            "wrong_guide_file",
            pgettext_lazy("cases", "The file %(name)s is no page of the guide: about and title stand on top."),
            field="file",
            name=code,
        )
    return GuideFile(
        code=code,
        head=GuideHead(
            about=GuideAbout(said["about"]),
            keys=tuple(said.get("keys", "").split()),
            order=int(said.get("order", str(USUAL_ORDER))),
            is_public=said.get("public") == "yes",
            is_illustrative=said.get("illustrative") == "yes",
        ),
        text=guide_text_from(
            {
                "title": said["title"],
                "title_hant": said.get("title_hant", ""),
                "title_en": said.get("title_en", ""),
                "body": body.strip(),
                "body_hant": body_hant.strip(),
                "body_en": body_en.strip(),
                "change": said.get("change", "随系统提供"),
            }
        ),
    )
