# SPDX-License-Identifier: Apache-2.0
"""Loading a pack of standards from a folder of CSV files, in the order in which one table names another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.record.events import Ref
from jiayuan.record.log import record
from jiayuan.standards import models
from jiayuan.standards.access import May
from jiayuan.standards.enums import Kind, LimitKind, Relation, Setting
from jiayuan.standards.events import StandardsLoaded
from jiayuan.standards.intake import Row, table
from jiayuan.standards.rules.calendar import CalendarError, hours_of
from jiayuan.standards.services.writing import WHOLE_CITY, Tally, Upsert, changed_now

V = TypeVar("V")
_NAMES = ("name", "name_hant", "name_en")
_CLASS = ("scheme", "kind", "code")
_EVIDENCE = ("photos_before", "photos_after", "same_within_m", "same_within_days")
STANDARDS = Ref("standards", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What loading a pack changed."""

    created: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of one file of the pack; what it cannot mean is refused with file, line and column."""

    file: str
    row: Row

    def __getitem__(self, column: str) -> str:
        return self.row[column]

    def read(self, column: str, meaning: Callable[[str], V]) -> V:
        """The value of a column by a function that raises ValueError or KeyError for what it does not know."""
        try:
            return meaning(self.row[column])
        except (ValueError, KeyError, CalendarError) as fault:
            raise self.wrong(column) from fault

    def among(self, known: Mapping[tuple[Any, ...], V], *columns: str) -> V:
        """What these columns together name in a table that was loaded before."""
        try:
            return known[tuple(self.row[column] for column in columns)]
        except KeyError as fault:
            raise self.wrong(columns[-1]) from fault

    def date_or_none(self, column: str) -> date | None:
        """A date, or None for an empty cell."""
        return self.read(column, date.fromisoformat) if self.row[column] else None

    def names(self) -> dict[str, str]:
        """The name in three languages."""
        return {column: self.row[column] for column in _NAMES}

    def wrong(self, column: str) -> Refused:
        """The refusal of this column."""
        return Refused(
            "wrong_row",
            pgettext_lazy(
                "standards", "%(file)s, line %(line)s: the column %(column)s says “%(text)s”, which is not known."
            ),
            field="file",
            file=self.file,
            line=self.row.line,
            column=column,
            text=self.row[column],
        )


@command
def load_standards(*, folder: Path, by: Actor, at: datetime) -> LoadReport:
    """Bring schemes, limits, campaigns, tiles and working hours to what a pack says; nothing cases point to goes.

    Conditions that the pack no longer has are retired. A second load changes nothing and records nothing.
    """
    require(by, May.LOAD_STANDARDS, at=WHOLE_CITY)
    upsert = Upsert()
    pack = _Pack(folder)
    classes = _load_classes(pack, upsert)
    _load_mappings(pack, upsert, classes)
    _load_conditions(pack, upsert, classes)
    _load_campaigns(pack, upsert, classes)
    _load_tiles(pack, upsert.tally, classes)
    _load_hours(pack, upsert)
    tally = upsert.tally
    if tally:
        changed_now()
        facts = {"created": tally.created, "changed": tally.changed + tally.removed}
        record(StandardsLoaded(subject=STANDARDS, **facts), by=by, at=at)
    return LoadReport(created=tally.created, changed=tally.changed, removed=tally.removed)


@dataclass(frozen=True, slots=True)
class _Pack:
    folder: Path

    def lines(self, file: str, *columns: str) -> Iterator[_Line]:
        """The lines of a file that has these columns."""
        try:
            data = (self.folder / file).read_bytes()
        except OSError as fault:
            raise Refused(
                "no_file",
                pgettext_lazy("standards", "The pack has no readable file %(file)s."),
                field="file",
                file=file,
            ) from fault
        return (_Line(file, row) for row in table(data, columns=columns))


Classes = Mapping[tuple[Any, ...], models.ProblemClass]


def _load_classes(pack: _Pack, upsert: Upsert) -> Classes:
    """Schemes, groups and classes; returns the classes by (scheme code, kind, code)."""
    schemes = upsert(
        (
            models.ClassScheme(
                code=line["scheme"],
                valid_from=line.read("valid_from", date.fromisoformat),
                valid_until=line.date_or_none("valid_until"),
                note=line["note"],
                **line.names(),
            )
            for line in pack.lines("schemes.csv", "scheme", *_NAMES, "valid_from", "valid_until", "note")
        ),
        key=("code",),
    )
    codes = {row.pk: row.code for row in schemes.values()}
    groups = upsert(
        (
            models.ClassGroup(
                scheme_id=line.among(schemes, "scheme").pk,
                kind=line.read("kind", Kind),
                code=line["group"],
                **line.names(),
            )
            for line in pack.lines("groups.csv", "scheme", "kind", "group", *_NAMES)
        ),
        key=("scheme_id", "kind", "code"),
    )
    group_of = {(codes[row.scheme_id], row.kind, row.code): row for row in groups.values()}
    evidence = _evidence(pack)
    classes = upsert(
        (
            models.ProblemClass(
                scheme_id=line.among(schemes, "scheme").pk,
                kind=line.read("kind", Kind),
                code=line["code"],
                group_id=line.among(group_of, "scheme", "kind", "group").pk,
                unit=line["unit"],
                **line.names(),
                **evidence.get((line["scheme"], line["kind"], line["code"]), {}),
            )
            for line in pack.lines("classes.csv", *_CLASS, "group", *_NAMES, "unit")
        ),
        key=("scheme_id", "kind", "code"),
    )
    known = {(codes[row.scheme_id], row.kind, row.code): row for row in classes.values()}
    for line in pack.lines("evidence.csv", *_CLASS):
        line.among(known, *_CLASS)
    return known


def _evidence(pack: _Pack) -> dict[tuple[str, str, str], dict[str, int]]:
    """What the pack says of pictures and sameness, for the classes to which the usual does not apply."""
    return {
        (line["scheme"], line["kind"], line["code"]): {
            "photos_before": line.read("photos_before", _up_to_nine),
            "photos_after": line.read("photos_after", _up_to_nine),
            "same_within_m": line.read("same_within_m", _at_least_one),
            "same_within_days": line.read("same_within_days", _at_least_one),
        }
        for line in pack.lines("evidence.csv", *_CLASS, *_EVIDENCE)
    }


def _up_to_nine(text: str) -> int:
    if not 0 <= (number := int(text)) <= 9:
        raise ValueError(text)
    return number


def _load_mappings(pack: _Pack, upsert: Upsert, classes: Classes) -> None:
    start, end = ("from_scheme", "from_kind", "from_code"), ("to_scheme", "to_kind", "to_code")
    upsert(
        (
            models.ClassMapping(
                old_id=line.among(classes, *start).pk,
                new_id=line.among(classes, *end).pk if line["to_code"] else None,
                relation=line.read("relation", Relation),
                note=line["note"],
            )
            for line in pack.lines("mapping.csv", *start, *end, "relation", "note")
        ),
        key=("old_id",),
    )


def _load_conditions(pack: _Pack, upsert: Upsert, classes: Classes) -> None:
    """The filing conditions of a pack; those that it no longer has are retired, for cases point to them."""
    closes = ("closes_when", "closes_when_hant", "closes_when_en")
    key, limit = ("scheme", "kind", "code"), ("number", "limit_kind", "limit_value", "source")
    wanted = [
        models.FilingCondition(
            problem_class_id=line.among(classes, *key).pk,
            number=line.read("number", int),
            limit_kind=line.read("limit_kind", LimitKind),
            limit_value=line.read("limit_value", _at_least_one),
            source=line["source"],
            is_retired=False,
            **line.names(),
            **{column: line[column] for column in closes},
        )
        for line in pack.lines("filing_conditions.csv", *key, *_NAMES, *closes, *limit)
    ]
    everything = upsert(wanted, key=("problem_class_id", "number"))
    current = {(row.problem_class_id, row.number) for row in wanted}
    gone = [row.pk for found, row in everything.items() if found not in current and not row.is_retired]
    upsert.tally.removed += models.FilingCondition.objects.filter(pk__in=gone).update(is_retired=True)


def _at_least_one(text: str) -> int:
    if (value := int(text)) < 1:
        raise ValueError(text)
    return value


def _load_campaigns(pack: _Pack, upsert: Upsert, classes: Classes) -> None:
    dated = ("starts_on", "ends_on", "source")
    campaigns = upsert(
        (
            models.Campaign(code=line["campaign"], **_dated(line), **line.names())
            for line in pack.lines("campaigns.csv", "campaign", *_NAMES, *dated)
        ),
        key=("code",),
    )
    codes = {row.pk: row.code for row in campaigns.values()}
    phases = upsert(
        (
            models.Phase(
                campaign_id=line.among(campaigns, "campaign").pk, code=line["phase"], **_dated(line), **line.names()
            )
            for line in pack.lines("phases.csv", "campaign", "phase", *_NAMES, *dated)
        ),
        key=("campaign_id", "code"),
    )
    phase_of = {(codes[row.campaign_id], row.code): row for row in phases.values()}
    campaign_of_phase = {row.pk: code for (code, _), row in phase_of.items()}
    task_sets = upsert(
        (
            models.TaskSet(
                phase_id=line.among(phase_of, "campaign", "phase").pk,
                code=line["task_set"],
                setting=line.read("setting", Setting),
                **line.names(),
            )
            for line in pack.lines("task_sets.csv", "campaign", "phase", "task_set", "setting", *_NAMES)
        ),
        key=("phase_id", "code"),
    )
    set_of = {(campaign_of_phase[row.phase_id], row.code): row for row in task_sets.values()}
    campaign_of_set = {row.pk: code for (code, _), row in set_of.items()}
    tasks = upsert(
        (
            models.Task(
                task_set_id=line.among(set_of, "campaign", "task_set").pk,
                code=line["task"],
                unit=line["unit"],
                contains=line["contains"],
                **line.names(),
            )
            for line in pack.lines("tasks.csv", "campaign", "task_set", "task", *_NAMES, "unit", "contains")
        ),
        key=("task_set_id", "code"),
    )
    task_of = {(campaign_of_set[row.task_set_id], row.code): row for row in tasks.values()}
    _load_targets(pack, upsert, classes=classes, campaigns=campaigns, tasks=task_of)


def _dated(line: _Line) -> dict[str, Any]:
    return {
        "starts_on": line.read("starts_on", date.fromisoformat),
        "ends_on": line.date_or_none("ends_on"),
        "source": line["source"],
    }


def _load_targets(
    pack: _Pack,
    upsert: Upsert,
    *,
    classes: Classes,
    campaigns: Mapping[tuple[Any, ...], models.Campaign],
    tasks: Mapping[tuple[Any, ...], models.Task],
) -> None:
    """Each class to one task of the same campaign; a class named twice is refused, for the second would win unseen."""
    key = ("scheme", "kind", "code")
    wanted: dict[tuple[int, int], models.ClassTarget] = {}
    for line in pack.lines("targets.csv", "campaign", *key, "task", "basis"):
        row = models.ClassTarget(
            campaign_id=line.among(campaigns, "campaign").pk,
            problem_class_id=line.among(classes, *key).pk,
            task_id=line.among(tasks, "campaign", "task").pk,
            basis=line["basis"],
        )
        if (row.campaign_id, row.problem_class_id) in wanted:
            raise line.wrong("code")
        wanted[(row.campaign_id, row.problem_class_id)] = row
    everything = upsert(wanted.values(), key=("campaign_id", "problem_class_id"))
    gone = [row.pk for found, row in everything.items() if found not in wanted]
    upsert.tally.removed += models.ClassTarget.objects.filter(pk__in=gone).delete()[0]


def _load_tiles(pack: _Pack, tally: Tally, classes: Classes) -> None:
    """Tiles and their words as a whole: nothing points to them, and their numbers may change places."""
    words = list(_tile_words(pack))
    wanted = [
        _tile(line, classes) for line in pack.lines("tiles.csv", "number", "tile", "icon", *_NAMES, *_TILE_CLASSES)
    ]
    if _tiles_as_told(wanted, words) == _tiles_there():
        return
    tally.removed += models.Tile.objects.order_by("pk").delete()[0]
    made = {tile.code: tile for tile in models.Tile.objects.bulk_create(wanted)}
    known = [models.TileWord(tile=made[tile], word=word, weight=weight) for tile, word, weight in words if tile in made]
    models.TileWord.objects.bulk_create(known)
    tally.created += len(made) + len(known)


_RURAL, _URBAN = ("rural_scheme", "rural_kind", "rural_code"), ("urban_scheme", "urban_kind", "urban_code")
_TILE_CLASSES = (*_RURAL, *_URBAN)
_TILE_FIELDS = ("code", "number", "icon", *_NAMES, "rural_class_id", "urban_class_id")


def _tile(line: _Line, classes: Classes) -> models.Tile:
    return models.Tile(
        code=line["tile"],
        number=line.read("number", _one_to_nine),
        icon=line["icon"],
        rural_class_id=line.among(classes, *_RURAL).pk,
        urban_class_id=line.among(classes, *_URBAN).pk,
        **line.names(),
    )


def _one_to_nine(text: str) -> int:
    if not 1 <= (number := int(text)) <= 9:
        raise ValueError(text)
    return number


def _tile_words(pack: _Pack) -> Iterator[tuple[str, str, int]]:
    for line in pack.lines("tile_words.csv", "tile", "word", "word_hant", "weight"):
        for word in filter(None, (line["word"], line["word_hant"])):
            yield line["tile"], word, line.read("weight", _at_least_one)


def _tiles_as_told(tiles: list[models.Tile], words: list[tuple[str, str, int]]) -> tuple[Any, Any]:
    told = sorted(tuple(getattr(tile, name) for name in _TILE_FIELDS) for tile in tiles)
    codes = {tile.code for tile in tiles}
    return told, sorted(word for word in words if word[0] in codes)


def _tiles_there() -> tuple[Any, Any]:
    words = models.TileWord.objects.order_by("pk").values_list("tile__code", "word", "weight")
    return sorted(models.Tile.objects.order_by("pk").values_list(*_TILE_FIELDS)), sorted(words)


def _load_hours(pack: _Pack, upsert: Upsert) -> None:
    """Working hours by season as a whole: a season that the pack no longer has must not go on counting."""
    rows = [_hours(line) for line in pack.lines("work_hours.csv", "since", "segments")]
    everything = upsert(rows, key=("since",))
    gone = [row.pk for (since,), row in everything.items() if since not in {row.since for row in rows}]
    upsert.tally.removed += models.WorkHours.objects.filter(pk__in=gone).delete()[0]


def _hours(line: _Line) -> models.WorkHours:
    since = line["since"]
    line.read("segments", lambda segments: hours_of(since, segments))
    return models.WorkHours(since=since, segments=line["segments"])
