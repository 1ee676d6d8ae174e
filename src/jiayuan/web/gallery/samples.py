# SPDX-License-Identifier: Apache-2.0
"""Invented contents for the gallery: enough to see each part in each of its states."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import pgettext, pgettext_lazy

from jiayuan.places import honeycomb

TILES = (
    ("rubbish", pgettext_lazy("web", "Rubbish not collected")),
    ("straw-stack", pgettext_lazy("web", "Straw or firewood in stacks")),
    ("sand-pile", pgettext_lazy("web", "Heaps of sand or bricks")),
    ("poultry", pgettext_lazy("web", "Loose poultry")),
    ("shed", pgettext_lazy("web", "Sheds built at will")),
    ("wires", pgettext_lazy("web", "Stray wires")),
    ("dirty-water", pgettext_lazy("web", "Foul ditch, dirty water")),
    ("clutter", pgettext_lazy("web", "Things left lying about")),
    ("fly-posting", pgettext_lazy("web", "Fly-posting")),
    ("bin-full", pgettext_lazy("web", "Overflowing bin")),
    ("manure", pgettext_lazy("web", "Manure heap")),
    ("stall", pgettext_lazy("web", "Stall in the road")),
    ("other", pgettext_lazy("web", "Something else")),
)
STEPS = (
    pgettext_lazy("web", "Photo first"),
    pgettext_lazy("web", "Where"),
    pgettext_lazy("web", "What"),
    pgettext_lazy("web", "Contact"),
)
MORNING = datetime(2025, 1, 3, 1, 12, tzinfo=UTC)
NOON = datetime(2025, 1, 3, 4, 40, tzinfo=UTC)
YEAR_BEFORE = datetime(2024, 12, 30, 8, 5, tzinfo=UTC)


class SampleForm(forms.Form):
    """One field of each kind."""

    where = forms.CharField(
        label=pgettext_lazy("web", "Where is it?"), help_text=pgettext_lazy("web", "For example: behind the school")
    )
    say = forms.CharField(
        label=pgettext_lazy("web", "What do you see?"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    county = forms.ChoiceField(label=pgettext_lazy("web", "County"), choices=(("1", "青溪县"), ("2", "白塔区")))
    found = forms.ChoiceField(
        label=pgettext_lazy("web", "Is it still there?"),
        choices=(("yes", pgettext_lazy("web", "Yes")), ("no", pgettext_lazy("web", "No"))),
        widget=forms.RadioSelect,
    )
    photo = forms.FileField(
        label=pgettext_lazy("web", "Photo"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"data-photos": "", "accept": "image/*"}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A chip or a tab."""

    label: str
    url: str = "#"
    is_on: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a timeline."""

    at: datetime
    sentence: str
    tone: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture of a pair."""

    url: str
    alt: str
    at: datetime | None = None

    @property
    def full_url(self) -> str:
        """The same drawing; real photos have a bigger one behind the small."""
        return self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A hexagon of the honeycomb."""

    points: str
    step: int
    title: str
    url: str = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A line of the honeycomb's key."""

    step: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A line of the list beside the honeycomb."""

    name: str
    value: int
    url: str = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case in a list."""

    kind: str
    where: str
    unit: str
    tone: str
    word: str
    due: str
    due_tone: str


def chips() -> list[Choice]:
    """A filter line with one filter on."""
    return [
        Choice(label=pgettext("web", "All"), count=128),
        Choice(label=pgettext("web", "Being handled"), is_on=True, count=37),
        Choice(label=pgettext("web", "Overdue"), count=4),
        Choice(label=pgettext("web", "Closed"), count=87),
        Choice(label=pgettext("web", "This week")),
    ]


def entries() -> list[Entry]:
    """A story in four sentences, newest first."""
    return [
        Entry(
            at=NOON,
            sentence=pgettext("web", "The street office fed back: dealt with."),
            tone="done",
            note=pgettext("web", "Two loads taken away, the ground swept."),
        ),
        Entry(at=MORNING, sentence=pgettext("web", "The street office signed for it."), tone="moving"),
        Entry(
            at=MORNING,
            sentence=pgettext("web", "Sent to the street office, due within one working day."),
            tone="moving",
        ),
        Entry(at=YEAR_BEFORE, sentence=pgettext("web", "Reported by a resident."), tone="idle"),
    ]


def before() -> list[Photo]:
    """A drawing of a yard with a stack in it."""
    return [
        Photo(
            url=static("jiayuan/sample-before.svg"),
            alt=pgettext("web", "Drawing: straw piled up beside a house"),
            at=MORNING,
        )
    ]


def after() -> list[Photo]:
    """A drawing of the same yard, swept."""
    return [
        Photo(url=static("jiayuan/sample-after.svg"), alt=pgettext("web", "Drawing: the same yard, swept"), at=NOON)
    ]


def facts() -> list[tuple[str, str]]:
    """What stands on a receipt."""
    return [
        (pgettext("web", "Kind"), str(TILES[0][1])),
        (pgettext("web", "Place"), "青溪县 柳河镇 桥头村"),
        (pgettext("web", "Reported"), "2025-01-03 09:12"),
    ]


def rows() -> list[Row]:
    """A short list of cases."""
    sent = pgettext("web", "Being handled")
    return [
        Row(
            kind=str(TILES[0][1]),
            where="柳河镇 桥头村",
            unit="柳河镇人民政府",
            tone="late",
            word=pgettext("web", "Overdue"),
            due=pgettext("web", "2 days late"),
            due_tone="late",
        ),
        Row(
            kind=str(TILES[1][1]),
            where="柳河镇 下湾村",
            unit="柳河镇人民政府",
            tone="moving",
            word=sent,
            due=pgettext("web", "3 working hours left"),
            due_tone="waiting",
        ),
        Row(
            kind=str(TILES[6][1]),
            where="白塔街道 南门社区",
            unit="白塔街道办事处",
            tone="moving",
            word=sent,
            due=pgettext("web", "2 working days left"),
            due_tone="idle",
        ),
        Row(
            kind=str(TILES[8][1]),
            where="白塔街道 北门社区",
            unit="市城市管理执法局",
            tone="waiting",
            word=pgettext("web", "Waiting for the check"),
            due=pgettext("web", "in time"),
            due_tone="done",
        ),
        Row(
            kind=str(TILES[4][1]),
            where="青溪镇 石桥村",
            unit="青溪镇人民政府",
            tone="done",
            word=pgettext("web", "Closed"),
            due=pgettext("web", "in time"),
            due_tone="done",
        ),
    ]


def cells() -> tuple[str, list[Cell]]:
    """The picture's frame and its hexagons: a tiny city of three counties."""
    towns: dict[str, str] = {}
    counties: dict[str, str] = {}
    tree: list[honeycomb.Group] = []
    for county, sizes in (("a", (9, 14, 7, 11)), ("b", (12, 8, 10)), ("c", (13, 9, 6, 12))):
        branches: list[honeycomb.Group] = []
        for number, size in enumerate(sizes):
            villages = tuple(f"{county}{number}{at:02}" for at in range(size))
            towns |= dict.fromkeys(villages, f"{county}{number}")
            counties |= dict.fromkeys(villages, county)
            branches.append((f"{county}{number}", villages))
        tree.append((county, tuple(branches)))
    drawn = honeycomb.draw(honeycomb.lay_out(("city", tuple(tree))), towns=towns, counties=counties)
    width = max(x for hexagon in drawn for x, _ in hexagon.corners) + 1
    height = max(y for hexagon in drawn for _, y in hexagon.corners) + 1
    shown = [
        Cell(points=hexagon.points, step=_step(at), title=f"{hexagon.code}: {_step(at) * 3}")
        for at, hexagon in enumerate(drawn)
    ]
    return f"-1 -1 {width + 1:g} {height + 1:g}", shown


def _step(at: int) -> int:
    """A pattern that looks like life: mostly nothing, here and there a lot."""
    return (0, 1, 0, 2, 1, 0, 3, 0, 1, 4, 2, 0, 5, 1, 0)[(at * 7 + at // 5) % 15]


def key() -> list[Key]:
    """The five steps and the ground."""
    return [Key(step=step, words=words) for step, words in enumerate(("0", "1–2", "3–5", "6–9", "10–19", "20+"))]


def ranks() -> list[Rank]:
    """The villages with most open problems."""
    return [
        Rank(name=name, value=value)
        for name, value in (
            ("桥头村", 23),
            ("下湾村", 17),
            ("石桥村", 12),
            ("南门社区", 9),
            ("北门社区", 6),
            ("大埠村", 4),
            ("青石村", 2),
        )
    ]


def table_rows() -> list[dict[str, Any]]:
    """Figures of three counties."""
    return [
        {"name": "青溪县", "found": "1,096", "closed": "1,046", "rate": "95.4 %"},
        {"name": "白塔区", "found": "412", "closed": "367", "rate": "89.1 %"},
        {"name": "柳河区", "found": "88", "closed": "88", "rate": "100.0 %"},
    ]
