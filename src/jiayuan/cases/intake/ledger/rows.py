# SPDX-License-Identifier: Apache-2.0
"""Lines of a sheet → typed rows, each with what is wrong with it and what had to be supposed.

Blank lines, sums, repeated heads and notes below are passed over; a line with nothing but a place or a day in it is a
heading that speaks for the lines under it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from jiayuan.cases.enums import LedgerField as F
from jiayuan.cases.enums import LedgerStanding
from jiayuan.cases.intake.ledger.book import Cell, Kind, Line, Sheet, letter
from jiayuan.cases.intake.ledger.columns import Head
from jiayuan.cases.intake.ledger.places import Gazetteer, Named, Nearby, NotFound
from jiayuan.cases.intake.ledger.remarks import Remark
from jiayuan.cases.intake.ledger.values import (
    Context,
    Unreadable,
    context_of,
    day_of,
    deadline_of,
    key_of,
    plain,
    quantity_of,
    standing_of,
    tidy,
    without_numbers_of_persons,
)
from jiayuan.cases.intake.report import LONGEST_NAME, LONGEST_PLACE, LONGEST_TEXT
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line, phone, words

_SUM = re.compile(r"^(本页|全镇|全县|全市|[一-鿿]{0,8})?(小计|合计|总计|共计|累计)[:：]?\d*")
_NOTE = re.compile(r"^(注|备注|说明|填表|填报|审核|制表|单位负责人|负责人|联系人|联系电话|签字|报送)[:：\s]?")
_DITTO = frozenset({"同上", "〃", "″", '"', "''", "“", "”", "同前", "上同"})
_CARRIED = (F.COUNTY, F.TOWN)
"""Often written only in the first of many lines. A village left empty is an error: nobody can tell which is meant."""
_PLACES = (F.COUNTY, F.TOWN, F.VILLAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFound:
    """A class that a cell means; ``supposed`` when only its words hint at it."""

    id: int
    key: str
    name: str
    supposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What rows are held against. The callables are given by the service, because only it may ask the rooms."""

    gazetteer: Gazetteer
    find_class: Callable[[str, str], ClassFound | None]
    suggest_classes: Callable[[str], str]
    find_unit: Callable[[str], int | None]
    is_in_reach: Callable[[str], bool]
    around: Nearby
    today: date
    leave_out_ended: Callable[[LedgerStanding], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it would become a case."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    left_out: Remark | None = None
    digest: str = ""


@dataclass(slots=True)
class _Heading:
    """What titles, headings between the lines and earlier lines say about the next one."""

    days: Context
    around: Nearby
    carried: dict[int, Cell] = field(default_factory=dict)


def read_rows(sheet: Sheet, head: Head, mapping: Mapping[int, F], ground: Ground) -> Iterator[Row]:
    """Every row of a sheet, typed; lines that are no rows are passed over."""
    title = " ".join((sheet.name, *head.titles))
    heading = _Heading(context_of(title), ground.gazetteer.around(title) or ground.around)
    for line in sheet.lines:
        if line.number <= head.latest_line or _is_no_row(line, head):
            continue
        if _is_heading(line, mapping):
            _hear(heading, line, ground)
            continue
        yield _Reading(line, mapping, heading, ground).row()


def _is_no_row(line: Line, head: Head) -> bool:
    own = [plain(cell.text) for cell in line.own]
    if not own:
        return True
    if any(_SUM.match(text) for text in own[:3]):
        return True
    if _NOTE.match(own[0]) and (len(own) <= 3 or own[0].endswith(":")):
        return True
    labels = {plain(label) for label in head.labels}
    return len(own) > 1 and sum(text in labels for text in own) >= max(2, len(own) // 2)


def _is_heading(line: Line, mapping: Mapping[int, F]) -> bool:
    """Whether one text stands alone in the line: a place, a month, a part's title, or a sentence below the table."""
    own = line.own
    if len(own) != 1:
        return False
    place = line.cells.index(own[0])
    spread_over = sum(cell.spread and cell.text == own[0].text for cell in line.cells)
    return spread_over > 0 or mapping.get(place, F.IGNORED) in (F.IGNORED, *_PLACES)


def _hear(heading: _Heading, line: Line, ground: Ground) -> None:
    text = plain(line.own[0].text)
    heading.days = context_of(text, heading.days)
    around = ground.gazetteer.around(text)
    if around:
        heading.around = around


class _Reading:
    """One line being read: values, problems and notes gather here."""

    def __init__(self, line: Line, mapping: Mapping[int, F], heading: _Heading, ground: Ground) -> None:
        self.line, self.heading, self.ground = line, heading, ground
        self.cells = {place: self._cell(place, field) for place, field in mapping.items()}
        self.columns: dict[F, list[int]] = {}
        for place, named in mapping.items():
            self.columns.setdefault(named, []).append(place)
        self.values: dict[str, Any] = {}
        self.problems: list[Remark] = []
        self.notes: list[Remark] = []

    def _cell(self, place: int, named: F) -> Cell:
        """The cell, or the one above it for “the same” and for a town written once for many lines."""
        cell = self.line.cells[place] if place < len(self.line.cells) else Cell()
        is_ditto = plain(cell.text) in _DITTO or (cell.kind is Kind.EMPTY and named in _CARRIED)
        if is_ditto and place in self.heading.carried:
            return self.heading.carried[place]
        self.heading.carried[place] = cell
        return cell

    def _of(self, named: F) -> Cell:
        places = self.columns.get(named, [])
        return self.cells[places[0]] if places else Cell()

    def _letter(self, named: F) -> str:
        places = self.columns.get(named, [])
        return letter(places[0]) if places else ""

    def _wrong(self, code: str, named: F, **facts: str) -> None:
        self.problems.append(Remark(code=code, column=self._letter(named), facts=facts))

    def _note(self, code: str, named: F, **facts: str) -> None:
        self.notes.append(Remark(code=code, column=self._letter(named), facts=facts))

    def row(self) -> Row:
        """The whole line, typed."""
        self._check_cells()
        village = self._village()
        self._texts()
        self._class(village)
        self._days()
        self._quantity()
        self._others()
        if self.line.is_hidden:
            self.notes.append(Remark(code="hidden_row"))
        return Row(
            number=self.line.number,
            values=self.values,
            problems=tuple(self.problems),
            notes=tuple(self.notes),
            left_out=self._left_out(),
            digest="" if self.problems else fingerprint(self.values),
        )

    def _check_cells(self) -> None:
        for named, places in self.columns.items():
            for place in places if named is not F.IGNORED else ():
                cell = self.cells[place]
                if cell.kind is Kind.FAULT:
                    self.problems.append(Remark(code="fault_in_cell", column=letter(place), facts={"said": cell.text}))
                elif cell.kind is Kind.UNCALCULATED:
                    self.problems.append(Remark(code="uncalculated", column=letter(place)))

    def _said(self, named: F) -> str:
        cell = self._of(named)
        return "" if cell.kind in (Kind.FAULT, Kind.UNCALCULATED) else plain(cell.text)

    def _village(self) -> str:
        if self._of(F.VILLAGE).kind in (Kind.FAULT, Kind.UNCALCULATED):
            return ""
        county, town, village = (self._said(named) for named in _PLACES)
        try:
            found = self.ground.gazetteer.find(county=county, town=town, village=village, otherwise=self.heading.around)
        except NotFound as fault:
            said, named = (town, F.TOWN) if fault.code == "unknown_town" else (village, F.VILLAGE)
            self._wrong(fault.code, named, **_place_facts(said, fault.candidates))
            return ""
        if not self.ground.is_in_reach(found.code):
            self._wrong("out_of_reach", F.VILLAGE, said=found.label)
        self.values |= {"village": found.code, "village_said": found.label}
        return found.code

    def _texts(self) -> None:
        text = "；".join(self._each(F.TEXT))
        cleaned = without_numbers_of_persons(text)
        if cleaned != text:
            self._note("number_left_out", F.TEXT)
        self.values["text"] = self._kept(cleaned, F.TEXT, LONGEST_TEXT)
        place = without_numbers_of_persons(" ".join(self._each(F.PLACE)))
        self.values["place_text"] = self._kept(place, F.PLACE, LONGEST_PLACE)

    def _each(self, named: F) -> Iterator[str]:
        for place in self.columns.get(named, []):
            if self.cells[place].kind in (Kind.TEXT, Kind.NUMBER) and (said := tidy(self.cells[place].text)):
                yield said

    def _kept(self, text: str, named: F, longest: int) -> str:
        """A text as it will stand beside the case. A leading = + - @ is only a sign here."""
        if len(text) > longest:
            self._note("shortened", named, longest=str(longest))
            text = text[:longest]
        try:
            return words(text, field="text", longest=longest)
        except Refused as refusal:
            self._wrong("bad_text", named, why=refusal.message)
            return ""

    def _class(self, village: str) -> None:
        said = self._said(F.CLASS)
        if not said and not self.values["text"]:
            self._wrong("no_class", F.CLASS if F.CLASS in self.columns else F.TEXT)
            return
        found = self.ground.find_class(said or self.values["text"], village)
        if found is None:
            named = F.CLASS if said else F.TEXT
            suggested = self.ground.suggest_classes(village)
            self._wrong("unknown_class", named, said=(said or self.values["text"])[:40], candidates=suggested)
            return
        if found.supposed:
            self._note(
                "class_supposed", F.CLASS if said else F.TEXT, said=(said or self.values["text"])[:40], found=found.name
            )
        self.values |= {"class_id": found.id, "class_key": found.key, "class_said": found.name}

    def _days(self) -> None:
        self.values["found_on"] = None
        cell = self._of(F.FOUND_ON)
        if F.FOUND_ON in self.columns and cell.kind is Kind.EMPTY:
            self._wrong("missing_day", F.FOUND_ON)
        elif cell.kind in (Kind.TEXT, Kind.NUMBER, Kind.DAY):
            try:
                read = day_of(cell, self.heading.days, today=self.ground.today)
                self.values["found_on"] = read.value.isoformat()
                if read.supposed:
                    self._note("year_supposed", F.FOUND_ON, said=read.value.isoformat())
            except Unreadable as fault:
                self._wrong(fault.code, F.FOUND_ON, said=cell.text)
        self._deadline()

    def _deadline(self) -> None:
        cell = self._of(F.DUE_ON)
        self.values["due_on"] = None
        if cell.kind in (Kind.TEXT, Kind.NUMBER, Kind.DAY):
            try:
                found_on = self.values["found_on"]
                since = date.fromisoformat(found_on) if found_on else self.ground.today
                due = deadline_of(cell, self.heading.days, since=since)
                self.values["due_on"] = due.isoformat() if due else None
            except Unreadable:
                self._note("unclear_deadline", F.DUE_ON, said=cell.text[:40])

    def _quantity(self) -> None:
        cell = self._of(F.QUANTITY)
        self.values["quantity"] = 1
        if cell.spread:
            # A number merged over several lines is their sum; counted in each of them it would be many times too much.
            self._note("quantity_merged", F.QUANTITY)
        elif cell.kind in (Kind.TEXT, Kind.NUMBER, Kind.DAY):
            try:
                counted = quantity_of(cell)
                self.values["quantity"] = counted.value
                if counted.supposed:
                    self._note(counted.supposed, F.QUANTITY, said=cell.text[:40], found=str(counted.value))
            except Unreadable as fault:
                self._wrong(fault.code, F.QUANTITY, said=cell.text[:40])

    def _others(self) -> None:
        unit = self._said(F.UNIT)
        unit_id = self.ground.find_unit(unit) if unit else None
        if unit and unit_id is None:
            self._note("unknown_unit", F.UNIT, said=unit[:40])
        standing = standing_of(Cell(Kind.TEXT, self._said(F.STANDING)))
        if standing is None:
            self._note("unknown_standing", F.STANDING, said=self._said(F.STANDING)[:40])
        self.values |= {
            "unit_id": unit_id,
            "unit_said": unit[:60],
            "standing": (standing or LedgerStanding.OPEN).value,
            "number": self._said(F.NUMBER)[:40],
        }
        self._contact()

    def _contact(self) -> None:
        """The reporter, only where somebody said that this column is how to reach them."""
        self.values |= {"contact_name": "", "contact_phone": ""}
        try:
            self.values["contact_name"] = one_line(self._said(F.CONTACT_NAME), field="name", longest=LONGEST_NAME)
        except Refused as refusal:
            self._wrong("bad_text", F.CONTACT_NAME, why=refusal.message)
        try:
            self.values["contact_phone"] = phone(self._said(F.CONTACT_PHONE), field="phone")
        except Refused:
            self._wrong("bad_phone", F.CONTACT_PHONE, said=self._said(F.CONTACT_PHONE)[:40])

    def _left_out(self) -> Remark | None:
        standing = LedgerStanding(self.values["standing"])
        if not self.ground.leave_out_ended(standing):
            return None
        return Remark(code="ended_there", column=self._letter(F.STANDING), facts={"said": self._said(F.STANDING)[:40]})


def _place_facts(said: str, candidates: Sequence[Named]) -> dict[str, str]:
    shown = "、".join(row.label for row in candidates[:6])
    return {"said": said[:40]} | ({"candidates": shown} if candidates else {})


def fingerprint(values: Mapping[str, Any]) -> str:
    """What makes a row the same row in whatever file, order or layout it comes: place, class, day and words."""
    parts = (
        values["village"],
        values["class_key"],
        values["found_on"] or "",
        key_of(values["text"]),
        key_of(values["place_text"]),
        key_of(values["number"]),
    )
    return sha256("\n".join(parts).encode()).hexdigest()
