# SPDX-License-Identifier: Apache-2.0
"""Loading a pack of standards."""

from pathlib import Path

import pytest

from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.record.models import StoredEvent
from jiayuan.standards import models, queries, services
from jiayuan.standards.book import ClassKey
from jiayuan.standards.enums import Kind
from tests.standards.conftest import AT, BY


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_pack_holds_every_class_of_the_lists(loaded: services.LoadReport) -> None:
    matters = models.ProblemClass.objects.filter(scheme__code="gbt47678-2026", kind=Kind.MATTER)
    by_group = {code: matters.filter(group__code=code).count() for code in ("06", "07", "08", "09", "10")}

    assert by_group == {"06": 51, "07": 7, "08": 16, "09": 21, "10": 2}
    assert models.ProblemClass.objects.filter(scheme__code="gbt47678-2026", kind=Kind.COMPONENT).count() == 16
    assert models.ProblemClass.objects.filter(scheme__code="rural").count() == 21


def test_every_class_in_use_has_one_task_and_a_limit(loaded: services.LoadReport) -> None:
    assert queries.class_findings() == ()


def test_every_tile_leads_to_a_class_with_a_limit(loaded: services.LoadReport) -> None:
    assert 1 <= len(queries.tiles()) <= 9
    for tile in queries.tiles():
        assert queries.conditions_of(tile.rural_class.id)
        assert queries.conditions_of(tile.urban_class.id)


def test_every_shipped_limit_says_that_it_is_illustrative(loaded: services.LoadReport) -> None:
    sources = models.FilingCondition.objects.values_list("source", flat=True)

    assert all(source.startswith("Illustrative") for source in sources)


def test_every_2013_class_is_mapped_or_said_to_be_gone(loaded: services.LoadReport) -> None:
    old = queries.classes("gbt30428-2013")
    gone = [row.key.code for row in old if (found := queries.mapped(row.id)) and found.new is None]
    slaughter = queries.class_by_key(ClassKey("gbt30428-2013", Kind.MATTER, "0602"))

    assert all(queries.mapped(row.id) for row in old)
    assert gone == ["0501", "0502", "0505", "0506", "0604"]
    assert slaughter is not None
    successor = queries.mapped(slaughter.id)
    assert successor is not None
    assert successor.new is not None
    assert successor.new.key.code == "09013"


def test_loading_again_changes_and_records_nothing(loaded: services.LoadReport) -> None:
    events = StoredEvent.objects.count()

    again = services.load_standards(folder=Path(models.__file__).parents[1] / "data" / "standards", by=BY, at=AT)

    assert again == services.LoadReport(created=0, changed=0, removed=0)
    assert StoredEvent.objects.count() == events


def test_a_changed_limit_is_seen_at_once(loaded: services.LoadReport, pack: Path) -> None:
    exposed = queries.class_by_key(ClassKey("gbt47678-2026", Kind.MATTER, "06010"))
    assert exposed is not None
    assert queries.conditions_of(exposed.id)[0].limit.value == 4
    _change(pack / "filing_conditions.csv", "暴露生活垃圾,working_hours,4", "暴露生活垃圾,working_hours,6")

    report = services.load_standards(folder=pack, by=BY, at=AT)

    assert report.changed == 1
    assert queries.conditions_of(exposed.id)[0].limit.value == 6


def test_a_condition_that_the_pack_no_longer_has_is_retired_and_kept(loaded: services.LoadReport, pack: Path) -> None:
    shed = queries.class_by_key(ClassKey("rural", Kind.MATTER, "R21"))
    assert shed is not None
    second = queries.conditions_of(shed.id)[1]
    path = pack / "filing_conditions.csv"
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("rural,matter,R21,2,")
    ]
    path.write_text("\n".join(kept), encoding="utf-8")

    report = services.load_standards(folder=pack, by=BY, at=AT)

    assert report.removed == 1
    assert second.id not in {row.id for row in queries.conditions_of(shed.id)}
    assert queries.condition(second.id).is_retired


def test_tiles_may_change_places(loaded: services.LoadReport, pack: Path) -> None:
    _change(pack / "tiles.csv", "1,rubbish,", "X,rubbish,")
    _change(pack / "tiles.csv", "2,stacks,", "1,stacks,")
    _change(pack / "tiles.csv", "X,rubbish,", "2,rubbish,")

    services.load_standards(folder=pack, by=BY, at=AT)

    assert [tile.code for tile in queries.tiles()][:2] == ["stacks", "rubbish"]


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("classes.csv", "gbt47678-2026,matter,06001", "unknown,matter,06001", "scheme"),
        ("classes.csv", "gbt47678-2026,matter,06001", "gbt47678-2026,event,06001", "kind"),
        ("filing_conditions.csv", "working_hours,4", "working_hours,0", "limit_value"),
        ("filing_conditions.csv", "working_hours,4", "working_weeks,4", "limit_kind"),
        ("targets.csv", "06001,street-order", "06001,no-such-task", "task"),
        ("targets.csv", "matter,06002,", "matter,06001,", "code"),
        ("tiles.csv", "1,rubbish", "10,rubbish", "number"),
        ("evidence.csv", "matter,06012,1,1,", "matter,06012,10,1,", "photos_before"),
        ("evidence.csv", "matter,06012,1,1,200", "matter,06012,1,1,0", "same_within_m"),
        ("work_hours.csv", "08:00-12:00", "12:00-08:00", "segments"),
        ("campaigns.csv", "2024-09-10", "10.9.2024", "starts_on"),
    ],
)
def test_a_wrong_row_is_refused_by_file_line_and_column(
    db: None, pack: Path, *, file: str, old: str, new: str, column: str
) -> None:
    _change(pack / file, old, new)

    with pytest.raises(Refused) as refusal:
        services.load_standards(folder=pack, by=BY, at=AT)

    assert refusal.value.code == "wrong_row"
    assert (refusal.value.facts["file"], refusal.value.facts["column"]) == (file, column)
    assert not models.ClassScheme.objects.exists()


def test_evidence_of_a_class_that_there_is_not_is_refused(db: None, pack: Path) -> None:
    _change(pack / "evidence.csv", "matter,06012,", "matter,66012,")

    with pytest.raises(Refused) as refusal:
        services.load_standards(folder=pack, by=BY, at=AT)

    assert (refusal.value.facts["file"], refusal.value.facts["column"]) == ("evidence.csv", "code")


def test_a_pack_without_a_file_is_refused(db: None, pack: Path) -> None:
    (pack / "tasks.csv").unlink()

    with pytest.raises(Refused, match="no_file"):
        services.load_standards(folder=pack, by=BY, at=AT)


def test_nobody_without_the_post_loads_standards(db: None, pack: Path) -> None:
    with pytest.raises(NotPermitted):
        services.load_standards(folder=pack, by=ANONYMOUS, at=AT)
