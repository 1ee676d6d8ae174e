# SPDX-License-Identifier: Apache-2.0
"""What a bulletin (通报) says before anybody edits it, and what an editor may make of it. Pure; papers are Chinese.

Every number in a sentence is a name in braces – ``{抽查村数}`` – that stands for a fact with its query. None, one and
many are said as people say them; what cannot be computed is not computed, and the sentence says so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

HEADING, PARAGRAPH = "heading", "paragraph"
MOST_LISTED = 10
MOST_CLASSES = 5
_NAME = re.compile(r"\{([^{}\s]{1,60})\}")
_BRACES = re.compile(r"[{}]")
# Numbers that state no figure: days, document numbers, annexes, limits.
_NO_FIGURE = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|〔\d{4}〕\d+号|附件\d+(?:、\d+)*|\d{1,3}个工作日"
)
_DIGIT = re.compile(r"\d[\d,.%]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number as it is printed, under the name that stands for it, and the query that gives it again."""

    name: str
    text: str
    query: str
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading or a paragraph with names in braces."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A bulletin as it is proposed."""

    title: str
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with what it scored, and the worst that was found there."""

    name: str
    points: Fraction
    worst: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Units that cannot be told apart: name, mean and from how many places."""

    units: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """What is known of a round when its bulletin is drafted. ``key`` names it in every query."""

    key: str
    title: str
    office: str
    line: str
    is_undercover: bool
    starts_on: date
    ends_on: date
    rectify_by: date
    listed: int
    towns: int
    places: tuple[Place, ...]
    red_from: int | None
    black_below: int | None
    bands: tuple[Band, ...]
    findings: int
    cases: int
    classes: tuple[tuple[str, int], ...]
    appeals: int
    upheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many of how many; none of none is no rate."""

    n: int
    of: int

    @property
    def tenths(self) -> int | None:
        """In tenths of a percent, halves up; None where nothing is below the line."""
        return (self.n * 2000 + self.of) // (2 * self.of) if self.of else None

    @property
    def percent(self) -> str | None:
        """With one decimal; None where nothing is below the line."""
        return None if self.tenths is None else f"{self.tenths // 10}.{self.tenths % 10}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBefore:
    """What the month before came to, for comparison."""

    since: date
    until: date
    came: int
    closed: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFacts:
    """What is known of the cases of a span of days in an area. ``key`` names both in every query."""

    key: str
    area: str
    office: str
    since: date
    until: date
    rectify_by: date
    came: int
    filed: int
    closed: Rate
    in_time: Rate
    rework: Rate
    overdue: int
    classes: tuple[tuple[str, int], ...]
    late_units: tuple[tuple[str, Rate], ...]
    """By unit how many are overdue, of all that ever fell due: five of five hundred are not five of six."""
    lists: int
    struck: Rate
    before: MonthBefore | None = None


class Writing:
    """Collects sentences and the facts that they name."""

    def __init__(self, prefix: str, key: str) -> None:
        self._prefix, self._key = prefix, key
        self.parts: list[Part] = []
        self.facts: dict[str, Fact] = {}

    def heading(self, text: str) -> None:
        """A heading of the first level; its number is counted by the paper."""
        self.parts.append(Part(kind=HEADING, text=text))

    def say(self, *sentences: str) -> None:
        """A paragraph of the sentences that say anything."""
        text = "".join(sentences)
        if text:
            self.parts.append(Part(kind=PARAGRAPH, text=text))

    def n(self, name: str, value: int | str) -> str:
        """A number under a name; what stands in the sentence. A name that says another number already gets a mark."""
        plain, mark = name, 1
        while name in self.facts and self.facts[name].text != str(value):
            mark += 1
            name = f"{plain}·{mark}"
        arguments = ((self._prefix, self._key),)
        self.facts[name] = Fact(name=name, text=str(value), query=f"{self._prefix}.{name}", arguments=arguments)
        return f"{{{name}}}"

    def proposal(self, title: str) -> Proposal:
        """Everything that was said."""
        return Proposal(title=title, parts=tuple(self.parts), facts=tuple(self.facts.values()))


def day(on: date) -> str:
    """A day as papers have it."""
    return f"{on.year}年{on.month}月{on.day}日"


def span(since: date, until: date) -> str:
    """From one day to another; one day is said once."""
    if since == until:
        return day(since)
    if since.year == until.year:
        return f"{day(since)}至{until.month}月{until.day}日"
    return f"{day(since)}至{day(until)}"


def _is_month(since: date, until: date) -> bool:
    """Whether the days are one whole month."""
    return (
        since.day == 1
        and (until + timedelta(days=1)).day == 1
        and (since.year, since.month) == (until.year, until.month)
    )


def days_called(since: date, until: date) -> str:
    """A whole month by its name, other days from one to the other."""
    return f"{since.year}年{since.month}月" if _is_month(since, until) else span(since, until)


def points(value: Fraction) -> str:
    """A score with two decimals, halves up."""
    hundredths = (value * 200 + 1) // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}"


# ── a round ──────────────────────────────────────────────────────────────────────────────────────────────────────


def bulletin_of_round(known: RoundFacts) -> Proposal:
    """What is proposed after a round of inspection."""
    w = Writing("round", known.key)
    manner = "暗访" if known.is_undercover else "明察"
    how = "" if manner in known.title else f"（{manner}）"
    basis = f"按照{known.line}安排，" if known.line else ""
    w.say(
        f"{basis}{span(known.starts_on, known.ends_on)}，{known.office}开展了{known.title}{how}。现将有关情况通报如下。"
    )
    w.heading("总体情况")
    w.say(_coverage(w, known), _found(w, known))
    w.say(_scores(w, known), _bands(w, known))
    w.heading("好的做法")
    w.say(_red(w, known))
    w.heading("存在问题")
    w.say(_classes(w, known.classes, "处"), _black(w, known))
    w.say(_appeals(w, known))
    w.heading("工作要求")
    _requirements(w, known.rectify_by, annex="附件2" if known.findings else "")
    return w.proposal(f"关于{known.title}情况的通报")


def _coverage(w: Writing, known: RoundFacts) -> str:
    if not known.places:
        return "本轮尚无完成评分的村（社区）。"
    if len(known.places) == known.listed:
        return (
            f"本轮对全部{w.n('抽查村数', len(known.places))}个村（社区）完成评分，"
            f"涉及{w.n('抽查乡镇数', known.towns)}个乡镇（街道）。"
        )
    return (
        f"本轮从{w.n('参加抽签村数', known.listed)}个村（社区）中随机抽取"
        f"并完成评分{w.n('抽查村数', len(known.places))}个，"
        f"涉及{w.n('抽查乡镇数', known.towns)}个乡镇（街道）。抽签名单和种子已封存，可以复核。"
    )


def _found(w: Writing, known: RoundFacts) -> str:
    if not known.findings:
        return "未发现需要整改的问题。"
    if known.cases == known.findings:
        return f"发现问题{w.n('问题数', known.findings)}处，均已立案交办。"
    if not known.cases:
        return f"发现问题{w.n('问题数', known.findings)}处。"
    return f"发现问题{w.n('问题数', known.findings)}处，其中{w.n('立案数', known.cases)}处已立案交办。"


def _scores(w: Writing, known: RoundFacts) -> str:
    if not known.places:
        return ""
    if len(known.places) == 1:
        only = known.places[0]
        return f"{only.name}得{w.n('得分', points(only.points))}分。"
    scored = [place.points for place in known.places]
    mean = sum(scored, Fraction(0)) / len(scored)
    return (
        f"各村（社区）平均得{w.n('平均分', points(mean))}分，最高{w.n('最高分', points(max(scored)))}分，"
        f"最低{w.n('最低分', points(min(scored)))}分。"
    )


_BAND_NAMES = ("第一档", "第二档", "第三档", "第四档", "第五档")


def _bands(w: Writing, known: RoundFacts) -> str:
    units = [unit for band in known.bands for unit in band.units]
    if len(units) < 2:
        return ""
    if len(known.bands) == 1:
        return "各地得分差距在抽样误差以内，不分先后（得分见附件1）。"
    told = []
    for number, band in enumerate(known.bands):
        name = _BAND_NAMES[number] if number < len(_BAND_NAMES) else "其余"
        said = [f"{unit}{w.n(f'{unit}得分', score)}分（{w.n(f'{unit}村数', n)}个村）" for unit, score, n in band.units]
        told.append(f"{name}：{'、'.join(said)}")
    return f"按得分分档，同档之间差距在抽样误差以内，不分先后。{'；'.join(told)}。"


def _red(w: Writing, known: RoundFacts) -> str:
    if known.red_from is None:
        return "本轮不设红榜。"
    found = sorted((p for p in known.places if p.points >= known.red_from), key=lambda p: (-p.points, p.name))
    line = w.n("红榜线", known.red_from)
    if not found:
        return f"本轮没有村（社区）达到{line}分，不列红榜。"
    if len(found) == len(known.places) > 1:
        return f"抽查的{w.n('红榜数', len(found))}个村（社区）得分均在{line}分以上，列入红榜（得分见附件1）。"
    names = "、".join(_scored(w, place) for place in found[:MOST_LISTED])
    rest = "等" if len(found) > MOST_LISTED else ""
    return f"{names}{rest}{w.n('红榜数', len(found))}个村（社区）得分在{line}分以上，列入红榜。"


def _black(w: Writing, known: RoundFacts) -> str:
    if known.black_below is None:
        return ""
    found = sorted((p for p in known.places if p.points < known.black_below), key=lambda p: (p.points, p.name))
    line = w.n("黑榜线", known.black_below)
    if not found:
        return f"没有村（社区）低于{line}分，不列黑榜。"
    told = "；".join(f"{_scored(w, place)}{'，' + place.worst if place.worst else ''}" for place in found[:MOST_LISTED])
    rest = "等" if len(found) > MOST_LISTED else ""
    return f"得分低于{line}分、列入黑榜的有{w.n('黑榜数', len(found))}个村（社区）：{told}{rest}。"


def _scored(w: Writing, place: Place) -> str:
    return f"{place.name}（{w.n(f'{place.name}得分', points(place.points))}分）"


def _classes(w: Writing, classes: Sequence[tuple[str, int]], unit: str) -> str:
    shown = [(name, n) for name, n in classes if n][:MOST_CLASSES]
    if not shown:
        return ""
    told = "、".join(f"{name}{w.n(f'{name}数', n)}{unit}" for name, n in shown)
    if len(shown) == 1:
        return f"问题集中在{told}。"
    return f"问题较多的是：{told}。"


def _appeals(w: Writing, known: RoundFacts) -> str:
    if not known.appeals:
        return ""
    if not known.upheld:
        return f"收到复核申请{w.n('申诉数', known.appeals)}件，经复核维持原得分。"
    return f"收到复核申请{w.n('申诉数', known.appeals)}件，采纳{w.n('采纳数', known.upheld)}件，得分已更正。"


def _requirements(w: Writing, by: date, *, annex: str) -> None:
    listed = f"对{annex}所列问题，" if annex else "对尚未办结的问题，"
    w.say(
        f"一要限期整改。{listed}责任单位于{day(by)}前整改到位并反馈；确有困难的，在期限前申请延期并说明原因。"
        "二要举一反三。对照问题类别自查自改，防止反弹。"
        "三要从严验收。由下发单位现场核实后销号，责任单位不得自行销号。"
    )


# ── a span of days ───────────────────────────────────────────────────────────────────────────────────────────────


def bulletin_of_period(known: PeriodFacts) -> Proposal:
    """What is proposed about the cases of a month, or of other days."""
    w = Writing("period", known.key)
    days = days_called(known.since, known.until)
    w.say(f"现将{days}{known.area}清洁家园问题办理情况通报如下。")
    w.heading("总体情况")
    w.say(_flow(w, known), _rates(w, known))
    w.say(_compared(w, known))
    w.say(_lists(w, known))
    w.heading("存在问题")
    w.say(_classes(w, known.classes, "件"))
    w.say(_late(w, known))
    w.heading("工作要求")
    _requirements(w, known.rectify_by, annex="")
    return w.proposal(f"关于{days}问题办理情况的通报")


def _flow(w: Writing, known: PeriodFacts) -> str:
    if not known.came:
        return "期间没有新上报的问题。"
    if not known.filed:
        return f"期间上报问题{w.n('上报数', known.came)}件，均未立案。"
    return f"期间上报问题{w.n('上报数', known.came)}件，立案{w.n('立案数', known.filed)}件。"


def _rates(w: Writing, known: PeriodFacts) -> str:
    if known.closed.percent is None or known.in_time.percent is None:
        return "没有到期应办结的问题，不计算结案率。"
    told = f"应办结{w.n('应办结数', known.closed.of)}件，"
    if not known.closed.n:
        return f"{told}均未结案。"
    told += f"已结案{w.n('结案数', known.closed.n)}件，结案率{w.n('结案率', known.closed.percent)}%"
    if known.in_time.n:
        told += (
            f"；按期结案{w.n('按期结案数', known.in_time.n)}件，按期结案率{w.n('按期结案率', known.in_time.percent)}%。"
        )
    else:
        told += "，均超过期限。"
    if known.rework.percent is None or not known.rework.n:
        return told
    return told + (
        f"核查{w.n('核查数', known.rework.of)}件，返工{w.n('返工数', known.rework.n)}件，"
        f"返工率{w.n('返工率', known.rework.percent)}%。"
    )


def month_before(since: date, until: date) -> tuple[date, date] | None:
    """The month before a whole month; other days are compared with nothing."""
    if not _is_month(since, until):
        return None
    ends_on = since - timedelta(days=1)
    return ends_on.replace(day=1), ends_on


def _compared(w: Writing, known: PeriodFacts) -> str:
    """More or less than the month before; a month in which nothing came compares with nothing."""
    before = known.before
    if before is None or not before.came:
        return ""
    more = known.came - before.came
    told = "上报问题数量持平"
    if more:
        told = f"上报问题{'增加' if more > 0 else '减少'}{w.n('上报增减数', abs(more))}件"
    tenths, tenths_before = known.closed.tenths, before.closed.tenths
    if tenths is not None and tenths_before is not None:
        told += f"，{_rate_compared(w, tenths - tenths_before)}"
    return f"与{days_called(before.since, before.until)}相比，{told}。"


def _rate_compared(w: Writing, tenths: int) -> str:
    if not tenths:
        return "结案率持平"
    size = f"{abs(tenths) // 10}.{abs(tenths) % 10}"
    return f"结案率{'提高' if tenths > 0 else '下降'}{w.n('结案率增减', size)}个百分点"


def _lists(w: Writing, known: PeriodFacts) -> str:
    if not known.lists:
        return ""
    told = f"截至{day(known.until)}，累计下发整改清单{w.n('清单数', known.lists)}份"
    if known.struck.percent is None:
        return f"{told}，尚无到期事项。"
    if not known.struck.n:
        return f"{told}，到期{w.n('到期事项数', known.struck.of)}项，均未销号。"
    return (
        f"{told}，到期{w.n('到期事项数', known.struck.of)}项，已销号{w.n('销号数', known.struck.n)}项，"
        f"整改落实率{w.n('落实率', known.struck.percent)}%。"
    )


def _late(w: Writing, known: PeriodFacts) -> str:
    if not known.overdue:
        return f"截至{day(known.until)}，没有逾期未办的问题。"
    told = f"截至{day(known.until)}，逾期未办{w.n('逾期数', known.overdue)}件"
    if not known.late_units:
        return f"{told}。"
    units = "、".join(
        f"{name}{w.n(f'{name}逾期数', late.n)}件（累计到期{w.n(f'{name}到期数', late.of)}件）"
        for name, late in known.late_units[:MOST_CLASSES]
    )
    return f"{told}，较多的是{units}。"


# ── editing ──────────────────────────────────────────────────────────────────────────────────────────────────────


def names_in(text: str) -> tuple[str, ...]:
    """The facts that a text names, in order, each once."""
    return tuple(dict.fromkeys(_NAME.findall(text)))


def unknown_names(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names in braces behind which no fact stands."""
    names = set(known)
    return tuple(name for name in names_in(text) if name not in names)


def has_loose_brace(text: str) -> bool:
    """Whether a brace stands alone."""
    return _BRACES.search(_NAME.sub("", text)) is not None


def figures_without_source(text: str) -> tuple[str, ...]:
    """Digits that stand in no name and state a figure: nobody could say where they come from."""
    plain = _NO_FIGURE.sub("", _NAME.sub("", text))
    return tuple(dict.fromkeys(_DIGIT.findall(plain)))


def filled(text: str, facts: Mapping[str, Fact]) -> str:
    """A text with its facts as they are printed."""
    return _NAME.sub(lambda found: facts[found.group(1)].text if found.group(1) in facts else found.group(0), text)


def pieces(text: str, facts: Mapping[str, Fact]) -> tuple["str | Fact", ...]:
    """A text as words and facts, in order."""
    found: list[str | Fact] = []
    reached = 0
    for match in _NAME.finditer(text):
        fact = facts.get(match.group(1))
        if fact is None:
            continue
        if match.start() > reached:
            found.append(text[reached : match.start()])
        found.append(fact)
        reached = match.end()
    if reached < len(text):
        found.append(text[reached:])
    return tuple(found)
