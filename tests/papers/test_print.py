# SPDX-License-Identifier: Apache-2.0
"""Files are made after the commit, from the frozen model, by the bell or by the sweep behind it."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from jiayuan.kernel.commands import unit_of_work
from jiayuan.media.models import Photo
from jiayuan.media.queries import public_bytes
from jiayuan.papers import queries, services, wake
from jiayuan.papers.document import Figure, Figures, Mention, paragraph
from jiayuan.papers.enums import Form, Format
from jiayuan.papers.events import PaperIssued, PaperPrinted
from jiayuan.papers.models import Paper
from jiayuan.papers.samples import samples, write
from jiayuan.record import wake as record_wake
from jiayuan.record.events import Ref
from jiayuan.record.queries import happened_to
from tests.cast import MORNING, SYSTEM
from tests.media.story import derived
from tests.media.test_release import holding, released
from tests.papers.sample import INVENTED, OFFICE, document

pytestmark = pytest.mark.usefixtures("offices", "stores")


@pytest.fixture
def rung() -> Iterator[list[int]]:
    """The papers for which the bell was rung. Nothing else is set off by a commit: its work would close connections."""
    held, readers = list(wake._bells), list(record_wake._bells)
    heard: list[int] = []
    wake._bells[:], record_wake._bells[:] = [heard.append], []
    yield heard
    wake._bells[:], record_wake._bells[:] = held, readers


def issued(office: str = OFFICE) -> int:
    return services.issue(kind="official", office=office, document=document(), by=SYSTEM, at=MORNING)


def view(paper_id: int) -> queries.PaperView:
    found = queries.paper_by_id(paper_id)
    assert found is not None
    return found


def test_the_bell_is_rung_when_the_command_was_committed_and_not_before(
    rung: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        paper_id = issued()
        assert rung == []

    assert rung == [paper_id]
    assert not view(paper_id).row.is_printed


def test_the_sweep_finds_what_a_lost_bell_left_behind() -> None:
    paper_id = issued()
    assert not view(paper_id).row.is_printed

    assert services.print_due(by=SYSTEM, at=MORNING) == 1

    assert view(paper_id).row.is_printed
    assert view(paper_id).formats == (Format.PDF, Format.DOCX, Format.XLSX)
    assert services.print_due(by=SYSTEM, at=MORNING) == 0


def test_the_paper_knows_the_position_of_its_own_event_and_the_digest_of_its_pdf() -> None:
    paper_id = issued()

    services.print_paper(paper_id=paper_id, by=SYSTEM, at=MORNING)

    paper, told = view(paper_id), happened_to(Ref("paper", paper_id))
    assert isinstance(told[0].event, PaperIssued)
    assert paper.position == told[0].position
    data = queries.file_of(paper, Format.PDF)
    assert paper.pdf_sha256 == sha256(data).hexdigest()
    assert isinstance(told[1].event, PaperPrinted)
    assert (told[1].event.pdf, told[1].event.pages) == (paper.pdf_sha256, paper.pages)
    assert queries.by_digest(paper.pdf_sha256) == paper.row
    assert queries.by_digest("") is None


def test_printing_twice_changes_nothing_and_would_give_the_same_bytes(settings: Settings, tmp_path: Path) -> None:
    paper_id = issued()
    assert services.print_paper(paper_id=paper_id, by=SYSTEM, at=MORNING)
    first = view(paper_id)

    assert not services.print_paper(paper_id=paper_id, by=SYSTEM, at=MORNING)
    Paper.objects.update(printed_at=None, pdf_sha256="")
    assert services.print_paper(paper_id=paper_id, by=SYSTEM, at=MORNING)

    assert view(paper_id).pdf_sha256 == first.pdf_sha256


def test_the_printed_file_bears_number_mark_and_the_address_of_its_verification() -> None:
    paper_id = issued(INVENTED)
    services.print_paper(paper_id=paper_id, by=SYSTEM, at=MORNING)

    with pdfplumber.open(BytesIO(queries.file_of(view(paper_id), Format.PDF))) as file:
        text = file.pages[0].extract_text()

    handle = view(paper_id).row.handle
    assert [word for word in ("演清办〔2025〕1号", "演示数据·非公文", handle[:4]) if word not in text] == []


def test_one_paper_that_cannot_be_printed_does_not_keep_the_others_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken, good = issued(), issued()
    Paper.objects.filter(pk=broken).update(model='{"schema":99}')

    services.print_due(by=SYSTEM, at=MORNING)

    assert list(Paper.objects.filter(printed_at=None).values_list("pk", "tries")) == [(broken, 1)]
    assert view(good).row.is_printed
    assert "could not be printed" in caplog.text


def test_printing_inside_a_command_is_a_fault_of_the_code() -> None:
    paper_id = issued()

    with unit_of_work(), pytest.raises(RuntimeError, match="after the command"):
        services.print_paper(paper_id=paper_id, by=SYSTEM, at=MORNING)


def test_a_file_that_is_not_made_yet_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        queries.file_of(view(issued()), Format.PDF)


def test_there_is_a_sample_of_each_form_with_the_two_rare_rivers_and_nothing_real() -> None:
    found = list(samples())

    assert {one.document.form for one in found} == set(Form)
    for one in found:
        text = one.document.to_json()
        assert "涢" in text
        assert "澴" in text
        assert "随州" not in text


def test_the_samples_are_written_as_files(tmp_path: Path) -> None:
    names = {file.name for file in write(tmp_path / "samples")}

    assert {f"{form}.{ending}" for form in Form for ending in ("pdf", "docx")} <= names
    assert "official.xlsx" in names


def illustrated(photo: Photo, *, is_public: bool) -> queries.PaperView:
    shown = Figures(figures=(Figure(photo=str(photo.handle), caption="沟边的柴草垛"),))
    given = replace(document(), body=(paragraph("见", Mention(str(photo.handle)), "。"), shown))
    paper_id = services.issue(
        kind="official", office=OFFICE, document=given, is_public=is_public, by=SYSTEM, at=MORNING
    )
    services.print_paper(paper_id=paper_id, by=SYSTEM, at=MORNING)
    return view(paper_id)


def drawn_in(paper: queries.PaperView) -> int:
    with pdfplumber.open(BytesIO(queries.file_of(paper, Format.PDF))) as file:
        return sum(len(page.images) for page in file.pages)


def test_an_internal_paper_shows_evidence_and_a_public_one_nothing_that_nobody_confirmed() -> None:
    photo = derived()

    internal, public = illustrated(photo, is_public=False), illustrated(photo, is_public=True)

    assert (drawn_in(internal), drawn_in(public)) == (1, 0)
    assert queries.figure_of(internal, 1) is not None
    assert queries.figure_of(public, 1) is None
    assert queries.figure_of(internal, 2) is None


def test_a_public_paper_shows_a_photo_as_a_person_confirmed_it_and_not_as_it_was_taken() -> None:
    photo = released(holding("acceptor", "421303000000"))

    internal, public = illustrated(photo, is_public=False), illustrated(photo, is_public=True)

    assert (drawn_in(internal), drawn_in(public)) == (1, 1)
    assert queries.figure_of(public, 1) == public_bytes(photo.handle)
    assert queries.figure_of(public, 1) != queries.figure_of(internal, 1)
