# SPDX-License-Identifier: Apache-2.0
"""The work guide: shipped pages, versions that follow each other, and what stands beside a case."""

from dataclasses import replace
from pathlib import Path

import pytest

import jiayuan
from jiayuan.cases import events, queries, services
from jiayuan.cases.enums import GuideAbout, V
from jiayuan.cases.intake import GuideHead, GuideText, guide_head_from
from jiayuan.cases.models import GuidePage, GuideVersion
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.record.models import StoredEvent
from jiayuan.standards import queries as standards
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.cases import QUARTER

SHIPPED = Path(jiayuan.__file__).parent / "data" / "guide"
HEAPS, STACKS = "c-three-heaps", "d-two-stacks"
LANGUAGES_OF_A_PAGE = ("title", "body", "title_hant", "body_hant", "title_en", "body_en")
OWN = GuideText(title="本县自己的一页", body="先看三遍。", change="首版")


@pytest.fixture
def guide(ground: None) -> None:
    """The shipped pages."""
    services.load_guide(folder=SHIPPED, by=SYSTEM, at=MORNING)


def words_of(code: str) -> GuideText:
    latest = queries.guide_words(code)
    assert latest is not None
    said = {name: getattr(latest, name) for name in LANGUAGES_OF_A_PAGE}
    return GuideText(change="改一处", **said)


def write(code: str, text: GuideText, *, by: Actor, after: int = 1) -> GuideVersion:
    return services.write_guide(code=code, text=text, after=after, by=by, at=MORNING + QUARTER)


def test_the_shipped_pages_are_about_classes_and_moves_that_exist(guide: None) -> None:
    pages = queries.guide_contents()
    classes = [key for page in pages if page.about is GuideAbout.CLASS for key in page.keys]
    verbs = [key for page in pages if page.about is GuideAbout.MOVE for key in page.keys]

    assert len(pages) >= 12
    assert [key for key in classes if standards.class_by_key(standards.ClassKey.read(key)) is None] == []
    assert [verb for verb in verbs if verb not in V.values] == []
    assert all(page.is_illustrative for page in pages)


def test_the_heaps_stacks_and_disorders_all_have_their_page(guide: None) -> None:
    keys = {key for page in queries.guide_contents() for key in page.keys}

    assert {f"rural:matter:R{code}" for code in ("01", "02", "03", "11", "12", "21", "22", "23")} <= keys


def test_loading_again_writes_nothing(guide: None) -> None:
    versions, recorded = GuideVersion.objects.count(), StoredEvent.objects.count()

    assert services.load_guide(folder=SHIPPED, by=SYSTEM, at=MORNING + QUARTER) == 0
    assert (GuideVersion.objects.count(), StoredEvent.objects.count()) == (versions, recorded)


def test_a_change_is_a_new_version_and_an_event_and_the_old_one_stays(guide: None, cast: Cast) -> None:
    text = replace(words_of(HEAPS), body="三堆一天清完。")

    version = write(HEAPS, text, by=cast["administrator"].actor)

    bodies = list(GuideVersion.objects.filter(page__code=HEAPS).order_by("number").values_list("body", flat=True))
    assert version.number == 2
    assert bodies[0] != "三堆一天清完。"
    assert bodies[1] == "三堆一天清完。"
    recorded = StoredEvent.objects.filter(kind=events.GuideWritten.KIND).order_by("-position").first()
    assert recorded is not None
    assert '"number":2' in recorded.payload
    assert "三堆" not in recorded.payload


def test_what_people_wrote_is_not_overwritten_by_loading(guide: None, cast: Cast) -> None:
    write(HEAPS, replace(words_of(HEAPS), body="本市另有规定。"), by=cast["administrator"].actor)

    services.load_guide(folder=SHIPPED, by=SYSTEM, at=MORNING + 2 * QUARTER)

    assert words_of(HEAPS).body == "本市另有规定。"


def test_what_the_program_shipped_before_is_followed_by_what_it_ships_now(guide: None, tmp_path: Path) -> None:
    text = (SHIPPED / f"{STACKS}.md").read_text(encoding="utf-8")
    (tmp_path / f"{STACKS}.md").write_text(text.replace("离墙半米", "离墙一米"), encoding="utf-8")

    written = services.load_guide(folder=tmp_path, by=SYSTEM, at=MORNING + QUARTER)

    assert written == 1
    assert "离墙一米" in words_of(STACKS).body


def test_writing_the_same_again_makes_no_version(guide: None, cast: Cast) -> None:
    assert write(HEAPS, words_of(HEAPS), by=cast["administrator"].actor).number == 1


def test_whoever_saw_an_older_version_is_told(guide: None, cast: Cast) -> None:
    by = cast["administrator"].actor
    write(HEAPS, replace(words_of(HEAPS), body="先到的。"), by=by)

    with pytest.raises(Stale):
        write(HEAPS, replace(words_of(HEAPS), body="后到的。"), by=by, after=1)

    assert words_of(HEAPS).body == "先到的。"


@pytest.mark.parametrize("who", ["duty_chief", "acceptor", "handler", "mayor"])
def test_a_district_s_post_and_other_posts_do_not_write_the_city_s_guide(guide: None, cast: Cast, who: str) -> None:
    by = cast["street_office" if who == "handler" else who].actor

    with pytest.raises(NotPermitted):
        write(HEAPS, replace(words_of(HEAPS), body="改"), by=by)


def test_a_page_that_is_not_there_is_refused(guide: None, cast: Cast) -> None:
    with pytest.raises(Refused):
        write("no-such-page", words_of(HEAPS), by=cast["administrator"].actor)


def test_a_file_without_its_facts_is_refused(ground: None, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("只有正文。\n", encoding="utf-8")

    with pytest.raises(Refused):
        services.load_guide(folder=tmp_path, by=SYSTEM, at=MORNING)

    assert not GuidePage.objects.exists()


def test_beside_a_case_stand_its_class_and_the_open_moves_and_nothing_else(guide: None) -> None:
    pages = queries.beside_case("rural:matter:R03", [V.SIGN, V.RETURN])

    assert [page.code for page in pages] == [HEAPS, "j-handling", "k-returning"]


def test_a_key_is_found_whole_only(guide: None) -> None:
    assert queries.beside_case("rural:matter:R0", ["fil", "close_"]) == []


def test_the_history_says_who_changed_what(guide: None, cast: Cast) -> None:
    text = words_of(HEAPS)
    write(HEAPS, replace(text, body=text.body.replace("三天内", "两天内")), by=cast["administrator"].actor)

    newest, first = queries.guide_history(HEAPS)

    assert newest.author == "金惊蛰"
    assert [(piece.change, piece.text) for piece in newest.pieces if piece.change != "same"] == [
        ("out", "三"),
        ("in", "两"),
    ]
    assert first.pieces == ()


def test_a_new_page_stands_with_its_first_version_and_an_event(guide: None, cast: Cast) -> None:
    head = GuideHead(about=GuideAbout.MOVE, keys=(V.SIGN.value, V.FEED_BACK.value))

    version = services.open_guide_page(
        code="our-own", head=head, text=OWN, by=cast["administrator"].actor, at=MORNING + QUARTER
    )

    assert (version.number, version.written_by_id) == (1, cast["administrator"].person_id)
    assert [page.code for page in queries.beside_case("", [V.SIGN])][-1] == "our-own"
    assert StoredEvent.objects.filter(kind=events.GuideWritten.KIND, subject_id=version.page_id).count() == 1


def test_a_district_writes_no_page_for_the_whole_city(guide: None, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        services.open_guide_page(
            code="our-own",
            head=GuideHead(about=GuideAbout.GENERAL),
            text=OWN,
            by=cast["county_supervisor"].actor,
            at=MORNING,
        )

    assert not GuidePage.objects.filter(code="our-own").exists()


def test_loading_the_shipped_pages_leaves_a_page_of_ones_own_alone(guide: None, cast: Cast) -> None:
    services.open_guide_page(
        code="our-own",
        head=GuideHead(about=GuideAbout.GENERAL),
        text=OWN,
        by=cast["administrator"].actor,
        at=MORNING + QUARTER,
    )

    services.load_guide(folder=SHIPPED, by=SYSTEM, at=MORNING + 2 * QUARTER)

    assert queries.guide_page("our-own") is not None


def test_a_head_with_more_kinds_than_fit_is_refused() -> None:
    classes = [f"rural:matter:R{number:03}" for number in range(40)]

    with pytest.raises(Refused, match="too_many"):
        guide_head_from({"about": ["class"], "classes": classes}, classes=classes)
