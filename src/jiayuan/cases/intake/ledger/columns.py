# SPDX-License-Identifier: Apache-2.0
"""Which column says what: guessed from the words at its head, corrected by a person once, remembered by its shape."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import LedgerField as F
from jiayuan.cases.intake.ledger.book import Line, Sheet, letter
from jiayuan.cases.intake.ledger.values import key_of, plain, tidy
from jiayuan.kernel.errors import Refused

HEAD_WITHIN = 30
"""A head that does not stand in the first thirty lines is none."""
_SAMPLES = 3
_TITLE_CELLS = 3
"""A line above the head with more cells than this is the upper half of it, not a title."""
REMARKS = "需要更正"
"""The head of the column that our own sheet of wrong rows adds; it must not make that sheet another shape."""

# The first pattern that a head answers to decides, so the narrower words stand first.
_WORDS: tuple[tuple[str, F], ...] = (
    (r"^(序号|编?号数?|no)$", F.IGNORED),
    (r"(责任|包保|联系|负责|填报|整改责任|网格|监督|核查|检查|经办|督办)(人|员|领导)", F.IGNORED),
    (r"(举报|反映|投诉|上报|来电|报告)人?(的)?(联系)?(电话|手机|方式)", F.CONTACT_PHONE),
    (r"(举报|反映|投诉|上报|来电|报告)人", F.CONTACT_NAME),
    (r"电话|手机|联系方式|身份证", F.IGNORED),
    (r"编号|工单号|(问题|案件|督办|交办|信访|受理|清单)(编|单)?号", F.NUMBER),
    (r"时限|期限|截止|要求(整改|完成|办结)|拟完成|计划完成|应完成|整改要求时间", F.DUE_ON),
    (r"(整改|完成|办结|销号|落实)(情况|状态|进度|进展|与否|结果)", F.STANDING),
    (r"是否(整改|完成|办结|销号)|状态|进展|进度|^销号$", F.STANDING),
    (r"(整改|完成|办结|销号|处理|处置|拆除|清理)(的)?(时间|日期)", F.IGNORED),
    (r"(整改|处置|解决|工作)?(措施|办法|方案|举措)|照片|图片|影像|签字|盖章|经度|纬度|坐标", F.IGNORED),
    (r"(责任|承办|整改|主管|牵头|处置|主责|负责)(单位|部门|主体)|^单位$", F.UNIT),
    (r"(发现|检查|排查|上报|交办|登记|巡查|督查|反映|摸排|暗访)?(时间|日期)|^日$|^月日$", F.FOUND_ON),
    (r"(问题|事项|隐患)?(类别|类型|种类|分类|大类|小类)|^类$|^三堆两垛三乱$", F.CLASS),
    (r"数量|个数|处数|堆数|垛数|数目|^处$|^个$", F.QUANTITY),
    (r"^(县|区|县市区|县区|县市|区县|市县区)(名称)?$", F.COUNTY),
    (r"(乡镇|镇街|街道|乡镇街道|镇办|街镇|办事处|^镇$|^乡$|^镇名$|所属镇)", F.TOWN),
    (r"^(所在|所属)?(行政)?(村|社区)|村居|村社|村名|社区名", F.VILLAGE),
    (r"(具体|详细|问题)?(位置|地点|点位|地址)|湾组|村民小组|^组$|路段|所在地|小地名|湾子", F.PLACE),
    (r"问题(描述|内容|情况|清单|简述|点)?$|存在(的)?问题|描述|情况说明|事由|反映内容|^内容$|现状", F.TEXT),
)  # fmt: skip
_ASIDE = re.compile(r"\((.*?)\)")
_MEANT = ("市、区", "社区", "街道", "市区")
"""What stands in brackets belongs to the name; anything else in them is an explanation."""
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), field) for pattern, field in _WORDS)
ONCE = frozenset(field for field in F if field not in (F.IGNORED, F.TEXT, F.PLACE))
"""Fields that one column alone can say; several may tell the text and the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a sheet: its words, what it was guessed to say, and the first things that stand in it."""

    place: int
    label: str
    guess: F
    samples: tuple[str, ...]
    is_hidden: bool

    @property
    def letter(self) -> str:
        """Its name in the sheet."""
        return letter(self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the head of a sheet ends, what its columns are, and what stands above it."""

    latest_line: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """What every sheet with the same columns in the same order shares."""
        labels = [label for label in self.labels if label != REMARKS]
        return sha256("|".join(key_of(label) for label in labels).encode()).hexdigest()

    @property
    def guesses(self) -> dict[int, F]:
        """What each column was guessed to say."""
        return {column.place: column.guess for column in self.columns}


def guess(label: str) -> F | None:
    """What a column with this head says, or None when nothing is known about such a head."""
    said = plain(label).replace(" ", "")
    said = _ASIDE.sub(lambda found: found[1].replace("、", "") if found[1] in _MEANT else "", said) or said
    return next((field for pattern, field in _PATTERNS if pattern.search(said)), None) if said else None


def find_head(sheet: Sheet) -> Head | None:
    """The head of a sheet, of one line or two, wherever it stands; None where no line looks like one."""
    first = sheet.lines[:HEAD_WITHIN]
    found: tuple[int, int, list[str], list[str]] | None = None
    for place in range(len(first)):
        for upper in (None, place - 1) if place else (None,):
            above = _labels(first[upper]) if upper is not None else []
            labels = _joined(above, _labels(first[place])) if upper is not None else _labels(first[place])
            score = _score(labels)
            if score >= 2 and not _is_title(first[place]) and (found is None or score > found[0]):
                found = (score, place, labels, above)
    if found is None:
        return None
    _, latest, labels, above = found
    begins = latest - 1 if above else latest
    return _head(sheet, latest, labels, _titles(first[:begins]))


def _labels(line: Line) -> list[str]:
    return [tidy(cell.text) for cell in line.cells]


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Labels of two lines: the lower one speaks where there is one; what it leaves open the upper one says."""
    joined = []
    for place, lower in enumerate(below):
        upper = above[place] if place < len(above) else ""
        own = lower or upper
        joined.append(own if guess(own) is not None or lower == upper else f"{upper}{lower}")
    return joined


def _score(labels: Sequence[str]) -> int:
    """How many different things the labels name; long words are sentences, not heads."""
    short = [label for label in labels if 0 < len(label) <= 20]
    return len({guess(label) for label in short} - {None, F.IGNORED}) + any(
        guess(label) is F.IGNORED for label in short
    )


def _is_title(line: Line) -> bool:
    """Whether one text stands over the whole line."""
    return len({cell.text for cell in line.cells if cell.text}) == 1


def _titles(lines: Sequence[Line]) -> tuple[str, ...]:
    told = (line.own for line in lines if len(line.own) <= _TITLE_CELLS)
    return tuple(dict.fromkeys(tidy(cell.text) for cells in told for cell in cells))


def _head(sheet: Sheet, latest: int, labels: Sequence[str], titles: tuple[str, ...]) -> Head:
    below = sheet.lines[latest + 1 :]
    columns = []
    taken: set[F] = set()
    for place, label in enumerate(labels):
        samples = _samples(below, place)
        if label == REMARKS or (not label and not samples):
            continue
        guessed = guess(label) or F.IGNORED
        if guessed in taken & ONCE:
            guessed = F.IGNORED
        taken.add(guessed)
        columns.append(
            Column(
                place=place,
                label=label,
                guess=guessed,
                samples=samples,
                is_hidden=place in sheet.hidden_columns,
            )
        )
    return Head(
        latest_line=sheet.lines[latest].number,
        columns=tuple(columns),
        titles=titles,
        labels=tuple(labels),
    )


def _samples(lines: Sequence[Line], place: int) -> tuple[str, ...]:
    texts = (line.cells[place].text for line in lines if place < len(line.cells))
    found: dict[str, None] = {}
    for text in texts:
        if text:
            found[text[:40]] = None
        if len(found) == _SAMPLES:
            break
    return tuple(found)


def mapping_from(raw: Mapping[str, str], head: Head) -> dict[int, F]:
    """What a person said about each column; unknown words leave a column out."""
    return {
        column.place: F(value) if (value := raw.get(f"column_{column.place}", "")) in F.values else F.IGNORED
        for column in head.columns
    }


def fits(mapping: Mapping[int, F]) -> None:
    """Refuse a mapping with which no row could be read."""
    named = [field for field in mapping.values() if field in ONCE]
    if F.VILLAGE not in named:
        raise Refused(
            "no_village_column",
            pgettext_lazy("cases", "Say which column names the village or community."),
            field="columns",
        )
    if F.CLASS not in named and F.TEXT not in mapping.values():
        raise Refused(
            "no_class_column",
            pgettext_lazy("cases", "Say which column names the kind of problem, or what was found."),
            field="columns",
        )
    twice = next((field for field in named if named.count(field) > 1), None)
    if twice is not None:
        raise Refused(
            "column_twice",
            pgettext_lazy("cases", "Two columns cannot both be “%(name)s”. Leave one of them out."),
            field="columns",
            name=twice.label,
        )
