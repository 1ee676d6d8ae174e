# SPDX-License-Identifier: Apache-2.0
"""What a cell says, in the many ways in which ledgers are written: days, quantities, how things stand."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from jiayuan.cases.enums import LedgerStanding
from jiayuan.cases.intake.ledger.book import Cell, Kind

_EXCEL_BEGINS = date(1899, 12, 30)
_SERIALS = range(36_526, 62_000)
"""The numbers of the days from 2000 to 2069; anything else in a column of days is no day."""
_DIGITS = {letter: digit for digit, letter in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "Ｏ": 0, "O": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5,
    "陆": 6, "柒": 7, "捌": 8, "玖": 9
}  # fmt: skip
_CHINESE = "〇零○一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾廿卅"
_NUMBER_BEFORE = re.compile(f"([{_CHINESE}]+)(?=[年月日号])")
_GAPS = re.compile(r"\s+")
_FULL_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)} | {
    ord(full) + n: ord(half) + n for full, half in (("Ａ", "A"), ("ａ", "a")) for n in range(26)
}
_WHOLE = re.compile(r"(20\d\d|\d\d)[-./年](\d{1,2})[-./月](\d{1,2})(?:[日号]|$|\D)")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_MONTH_DAY = re.compile(r"(?:^|\D)(\d{1,2})[-./月](\d{1,2})(?:[日号]|$|\D)")
_DAY = re.compile(r"(\d{1,2})[日号]")
_MONTH_END = re.compile(r"(?:(20\d\d)年)?(\d{1,2})月底")
_YEAR = re.compile(r"(20\d\d)\s*年?")
_MONTH = re.compile(r"(\d{1,2})月")
_QUANTITY = re.compile(r"\d+(?:\.\d+)?")
_ABOUT = re.compile("约|大概|左右|余|多|近|以上|若干|几|数")
_MEASURED = re.compile("吨|公斤|千克|斤|立方|方|平方|平米|㎡|m2|m²|米|车|袋|亩|公里")


class Unreadable(ValueError):
    """A cell says nothing that can be relied on; the code names why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Context:
    """What titles and earlier lines say about the days of a sheet."""

    years: tuple[int, ...] = ()
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A value, and the code of what had to be supposed to read it; empty when nothing had."""

    value: date
    supposed: str = ""


def tidy(text: str) -> str:
    """The words as they are kept: on one line, full-width letters and digits made plain, Chinese signs left alone."""
    return _GAPS.sub(" ", text.translate(_FULL_WIDTH)).strip()


def plain(text: str) -> str:
    """The text on one line with full-width letters and digits made plain."""
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def key_of(text: str) -> str:
    """The text as it is compared: letters and digits alone."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def arabic(text: str) -> str:
    """The text with the Chinese numbers of its days in digits: 二〇二四年十二月三日 → 2024年12月3日."""
    return _NUMBER_BEFORE.sub(lambda found: str(number_of(found[1])), plain(text))


def number_of(chinese: str) -> int:
    """What a Chinese number counts: 十二, 二〇二四, 三十, 廿三, 一百零五."""
    text = chinese.replace("拾", "十").replace("廿", "二十").replace("卅", "三十").replace("佰", "百")
    if not any(letter in text for letter in "十百千"):
        return int("".join(str(_DIGITS[letter]) for letter in text))
    total, pending = 0, None
    for letter in text:
        if letter in "十百千":
            total += (1 if pending is None else pending) * {"十": 10, "百": 100, "千": 1000}[letter]
            pending = None
        else:
            pending = _DIGITS[letter]
    return total + (pending or 0)


def context_of(text: str, before: Context | None = None) -> Context:
    """The years and the month that a title names, on top of what an earlier one did."""
    said = arabic(text)
    years = tuple(dict.fromkeys(int(year) for year in _YEAR.findall(said)))
    months = [int(month) for month in _MONTH.findall(said) if 1 <= int(month) <= 12]
    earlier = before or Context()
    return Context(years=years or earlier.years, month=months[-1] if len(set(months)) == 1 else earlier.month)


def day_of(cell: Cell, context: Context, *, today: date) -> Read:
    """The day in a cell, not after today; ``Unreadable`` with a code for anything else."""
    read = _written_day(cell, context, latest=today)
    if read.value > today:
        raise Unreadable("future_day")
    if read.value.year < 2000:
        raise Unreadable("no_day")
    return read


def deadline_of(cell: Cell, context: Context, *, since: date) -> date | None:
    """The day in a column of deadlines; none where it says “at once”. Without a year it is the first since then."""
    said = arabic(cell.text)
    if cell.kind is Kind.TEXT and re.search("立即|即时|即日|立行立改|随时|长期", said):
        return None
    ahead = Context(years=(since.year, since.year + 1), month=context.month)
    if cell.kind is Kind.TEXT and (found := _MONTH_END.search(said)) and 1 <= int(found[2]) <= 12:
        year = int(found[1]) if found[1] else since.year + (int(found[2]) < since.month)
        return date(year, int(found[2]), monthrange(year, int(found[2]))[1])
    read = _written_day(cell, ahead, latest=since).value
    return read if read >= since or read.year != since.year else _next_year(cell, read)


def _next_year(cell: Cell, read: date) -> date:
    """A day that has passed in its own year is next year's, unless the year is written."""
    is_written = cell.kind is not Kind.TEXT or _YEAR.search(arabic(cell.text))
    return read if is_written else _day(read.year + 1, str(read.month), str(read.day))


def _written_day(cell: Cell, context: Context, *, latest: date) -> Read:
    if cell.kind is Kind.DAY:
        return Read(date.fromisoformat(cell.text))
    if cell.kind is Kind.NUMBER:
        return _numbered_day(cell.text, context, latest)
    if cell.kind is not Kind.TEXT:
        raise Unreadable("no_day")
    said = arabic(cell.text).replace(" ", "")
    if found := _WHOLE.search(said) or _COMPACT.search(said):
        year = int(found[1])
        return Read(_day(year if year > 99 else 2000 + year, found[2], found[3]))
    if found := _MONTH_DAY.search(said):
        return _in_some_year(found[1], found[2], context, latest)
    if (found := _DAY.search(said)) and context.month is not None:
        return _in_some_year(str(context.month), found[1], context, latest)
    if said.isdecimal():
        return _numbered_day(said, context, latest)
    raise Unreadable("month_without_day" if "月" in said else "no_day")


def _numbered_day(text: str, context: Context, latest: date) -> Read:
    """A day typed as a number: an Excel serial, 20241203, 12.3 for the third of December, or 3 under a month."""
    if found := _COMPACT.fullmatch(text):
        return Read(_day(int(found[1]), found[2], found[3]))
    if text.isdecimal() and int(text) in _SERIALS:
        return Read(_EXCEL_BEGINS + timedelta(days=int(text)))
    whole, _, part = text.partition(".")
    if part and whole.isdecimal() and int(whole) in _SERIALS:
        return Read(_EXCEL_BEGINS + timedelta(days=int(whole)))
    if part in ("1", "2", "3"):
        # 12.30 typed into a sheet becomes the number 12.3: the third or the thirtieth, nobody can tell any more.
        raise Unreadable("lost_zero")
    if part.isdecimal() and whole.isdecimal():
        return _in_some_year(whole, part, context, latest)
    if text.isdecimal() and context.month is not None and 1 <= int(text) <= 31:
        return _in_some_year(str(context.month), text, context, latest)
    raise Unreadable("no_day")


def _in_some_year(month: str, day: str, context: Context, latest: date) -> Read:
    """A day without its year: in the title's year, or in the latest in which it has passed."""
    if context.years:
        days = [_day(year, month, day) for year in context.years]
        return Read(max((found for found in days if found <= latest), default=days[0]))
    found = _day(latest.year, month, day)
    return Read(found if found <= latest else _day(latest.year - 1, month, day), "year")


def _day(year: int, month: str, day: str) -> date:
    try:
        return date(year, int(month), int(day))
    except ValueError as wrong:
        raise Unreadable("no_day") from wrong


@dataclass(frozen=True, slots=True)
class Counted:
    """How many, and the code of what had to be supposed."""

    value: int
    supposed: str = ""


def quantity_of(cell: Cell) -> Counted:
    """How many a cell counts: 3, 3处, 约5堆, 三处. Measured amounts (2.5吨) count once."""
    said = plain(cell.text).replace(" ", "")
    if re.search(r"^[-−–]\d", said):
        raise Unreadable("negative_quantity")
    found = _QUANTITY.findall(said.replace(",", ""))
    if len(found) > 1:
        raise Unreadable("two_quantities")
    if not found:
        return _counted_in_words(said)
    if ("." in found[0] and float(found[0]) != int(float(found[0]))) or _MEASURED.search(said):
        return Counted(1, "measured")
    number = int(float(found[0]))
    if number == 0:
        raise Unreadable("no_quantity")
    if number > 9999:
        raise Unreadable("large_quantity")
    return Counted(number, "about" if _ABOUT.search(said) else "")


def _counted_in_words(said: str) -> Counted:
    if found := re.search(f"[{_CHINESE}]+", said):
        number = number_of(found[0])
        if number:
            return Counted(number, "measured" if _MEASURED.search(said) else "about" if _ABOUT.search(said) else "")
    if _ABOUT.search(said):
        return Counted(1, "some")
    raise Unreadable("no_quantity")


_STANDING: tuple[tuple[re.Pattern[str], LedgerStanding], ...] = (
    (
        re.compile("未销号|未整改|未完成|未办结|没有|尚未|待整改|待办|未清|^否$|^无$|^×$|^x$|逾期"),
        LedgerStanding.OPEN,
    ),
    (re.compile("整改中|正在|推进中|办理中|处置中|进行中|部分"), LedgerStanding.UNDERWAY),
    (re.compile("销号|已结案|已验收|验收合格"), LedgerStanding.STRUCK),
    (
        re.compile("已整改|到位|完成|已清理|已清运|办结|已拆除|已处理|^是$|^√$|^100%?$|^1$"),
        LedgerStanding.DONE,
    ),
)


def standing_of(cell: Cell) -> LedgerStanding | None:
    """How the ledger says that things stand; open where it says nothing, none where its words are not known."""
    said = plain(cell.text).replace(" ", "")
    if not said:
        return LedgerStanding.OPEN
    return next((standing for pattern, standing in _STANDING if pattern.search(said)), None)


_PRIVATE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|0\d{2,3}-\d{7,8})(?!\d)")


def without_numbers_of_persons(text: str) -> str:
    """The text without telephone and identity numbers: nobody agreed that they be copied."""
    return _PRIVATE.sub("", text)
