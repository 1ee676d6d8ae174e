# SPDX-License-Identifier: Apache-2.0
"""Beside a case: notes and who may read them, people named in them, who else is there, what is near, replies."""

from uuid import uuid4

import pytest
from django.core.cache import cache

from jiayuan.cases.enums import State
from jiayuan.cases.models import Case, Mention, Note
from jiayuan.cases.queries import colleagues_of, people_around
from jiayuan.notices.models import Notice
from jiayuan.people.models import Person
from jiayuan.people.services import appoint
from jiayuan.record import readers
from jiayuan.standards import queries as standards
from tests.cast import DISTRICT, MORNING, NEW_YEAR, NEXT_VILLAGE, SYSTEM, Cast
from tests.factories.cases import case, report
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
RURAL_VILLAGE = "990101100200"


@pytest.fixture(autouse=True)
def nobody_is_there() -> None:
    cache.clear()


def wrote(cast: Cast, part: str, found: Case, body: str, **more: str) -> int:
    values = {"body": body, "client_id": str(uuid4()), **more}
    return int(cast[part].client().post(f"/desk/cases/{found.handle}/note/", values).status_code)


def beside(cast: Cast, part: str, found: Case) -> str:
    return told(in_language("zh-hans", cast[part].client()), f"/desk/cases/{found.handle}/beside/")


def test_the_unit_reads_only_what_was_written_for_it_and_no_names_of_the_desk(cast: Cast) -> None:
    found = case(State.HANDLING)
    wrote(cast, "dispatcher", found, "这家以前报过三次")
    wrote(cast, "dispatcher", found, "请先看东侧", readers="unit")

    said = beside(cast, "street_office", found)

    assert "请先看东侧" in said and "这家以前报过三次" not in said
    assert "吴秋分" not in said
    assert "这家以前报过三次" in beside(cast, "acceptor", found)
    assert "吴秋分" in beside(cast, "acceptor", found)


def test_what_the_unit_writes_is_read_by_both(cast: Cast) -> None:
    found = case(State.HANDLING)

    wrote(cast, "street_office", found, "明天上午清运")

    assert "明天上午清运" in beside(cast, "unit_lead", found) and "何大暑" in beside(cast, "unit_lead", found)
    assert "明天上午清运" in beside(cast, "dispatcher", found)


def test_who_is_named_is_told_and_nobody_else(cast: Cast) -> None:
    found = case(State.FILED)
    readers.relay(MORNING)
    before = Notice.objects.count()

    wrote(cast, "acceptor", found, "@吴秋分请派给街道")
    readers.relay(MORNING)

    notice = Notice.objects.order_by("-pk")[0]
    assert Notice.objects.count() == before + 1
    assert (notice.account_id, notice.kind) == (cast["dispatcher"].account.pk, "cases.noted")
    assert "吴秋分" not in notice.params
    inbox = told(in_language("zh-hans", cast["dispatcher"].client()), "/desk/notices/?only=mentions")
    assert f"/desk/cases/{found.handle}/" in inbox


def named(cast: Cast, found: Case, body: str) -> set[int]:
    """The accounts that a note calls on."""
    assert wrote(cast, "acceptor", found, body) == 302
    return set(Mention.objects.filter(note__body=body).values_list("account_id", flat=True))


def test_who_bears_the_beginning_of_a_name_is_not_meant(cast: Cast) -> None:
    found = case(State.FILED)
    Person.objects.filter(pk=cast["duty_chief"].person_id).update(name="吴秋分明")

    assert named(cast, found, "@吴秋分明请看") == {cast["duty_chief"].account.pk}
    assert named(cast, found, "@吴秋分请看") == {cast["dispatcher"].account.pk}
    assert named(cast, found, "@吴秋分明和@吴秋分请看") == {
        cast[part].account.pk for part in ("duty_chief", "dispatcher")
    }


def test_of_two_who_share_a_name_the_role_says_which(cast: Cast) -> None:
    found = case(State.FILED)
    Person.objects.filter(pk=cast["duty_chief"].person_id).update(name="吴秋分")

    called = {one.account_id: one.called for one in colleagues_of(cast["acceptor"].actor, found, people_around(found))}
    meant = called[cast["dispatcher"].account.pk]
    assert meant.startswith("吴秋分·") and called[cast["town_leader"].account.pk] == "孔芒种"
    assert 'data-insert="@吴秋分·' in beside(cast, "acceptor", found)
    assert named(cast, found, f"@{meant} 请看") == {cast["dispatcher"].account.pk}
    assert named(cast, found, "@吴秋分请看") == {cast[part].account.pk for part in ("duty_chief", "dispatcher")}


def test_somebody_of_the_unit_is_named_only_in_a_note_that_the_unit_reads(cast: Cast) -> None:
    found = case(State.HANDLING)

    assert wrote(cast, "dispatcher", found, "@何大暑请回电") == 422
    assert wrote(cast, "dispatcher", found, "@何大暑请回电", readers="unit") == 302


def test_a_note_sent_twice_is_one_and_one_without_words_is_refused(cast: Cast) -> None:
    found, client_id = case(), str(uuid4())

    for _ in range(2):
        wrote(cast, "acceptor", found, "电话已打", client_id=client_id)

    assert Note.objects.count() == 1
    assert wrote(cast, "acceptor", found, " ") == 422


def test_the_auditor_reads_and_writes_nothing(cast: Cast) -> None:
    found = case()

    assert wrote(cast, "auditor", found, "看过") == 403
    assert 'name="body"' not in beside(cast, "auditor", found)


def test_notes_stand_in_no_timeline_and_on_no_receipt(cast: Cast) -> None:
    found = case()
    wrote(cast, "acceptor", found, "住户情绪激动")

    assert "住户情绪激动" not in told(cast["acceptor"].client(), f"/desk/cases/{found.handle}/")
    assert "住户情绪激动" not in told(cast["resident"].client(), f"/r/{found.handle}/")


def test_two_at_one_case_are_told_gently(cast: Cast) -> None:
    found = case()
    assert "打开了这件" not in beside(cast, "acceptor", found)

    assert "孙白露" in beside(cast, "duty_chief", found)
    assert "打开了这件" not in beside(cast, "auditor", found)


def test_the_unit_is_not_told_who_of_the_desk_looks(cast: Cast) -> None:
    found = case(State.HANDLING)
    beside(cast, "checker", found)

    assert "张清明" not in beside(cast, "street_office", found)


NEAR_THE_UNIT = ("town_leader", "village_clerk", "grid_worker")


@pytest.mark.parametrize("part", NEAR_THE_UNIT)
def test_nobody_near_the_unit_is_told_who_checks(cast: Cast, part: str) -> None:
    found = case(State.FED_BACK)
    wrote(cast, "checker", found, "东侧还要看一次")
    beside(cast, "checker", found)

    said = beside(cast, part, found)

    assert "东侧还要看一次" in said
    assert "张清明" not in said.split('class="j-more"')[0] and "打开了这件" not in said


def test_an_area_post_with_the_unit_as_its_organisation_reads_as_the_unit_does(cast: Cast) -> None:
    found = case(State.FED_BACK)
    appoint(
        person_id=cast["town_leader"].person_id,
        role="duty_chief",
        area=DISTRICT,
        organisation_id=found.unit_id,
        starts_on=NEW_YEAR,
        by=SYSTEM,
        at=MORNING,
    )
    wrote(cast, "checker", found, "东侧还要看一次")
    wrote(cast, "checker", found, "请补一张全景", readers="unit")
    beside(cast, "checker", found)

    said = beside(cast, "town_leader", found)

    assert "请补一张全景" in said and "东侧还要看一次" not in said
    assert "张清明" not in said and "打开了这件" not in said


def test_whoever_may_have_another_one_drawn_reads_the_checkers_name(cast: Cast) -> None:
    found = case(State.FED_BACK)
    wrote(cast, "checker", found, "东侧还要看一次")
    beside(cast, "checker", found)

    said = beside(cast, "duty_chief", found)

    assert "张清明" in said.split('class="j-more"')[0] and "打开了这件" in said


def test_what_is_near_is_shown_inside_the_reach(cast: Cast) -> None:
    found, neighbour, elsewhere = report(), report(tile="wires"), report(village=NEXT_VILLAGE)

    said = beside(cast, "acceptor", found)

    assert neighbour.handle in said and elsewhere.handle not in said


def test_the_fragment_asks_a_few_times_however_much_there_is(cast: Cast) -> None:
    found = case()
    browser, url = cast["acceptor"].client(), f"/desk/cases/{found.handle}/beside/"
    for_little = queries_of(browser, url)
    for number in range(12):
        report()
        wrote(cast, "acceptor", found, f"第{number}条")

    assert len(queries_of(browser, url)) == len(for_little) <= SHELL + 5


def test_a_reply_is_kept_offered_and_taken_out(cast: Cast) -> None:
    found = case()
    chief = cast["duty_chief"].client()

    assert chief.post("/desk/replies/add/", {"body": "已转相关单位", "verb": "reject"}).status_code == 302

    assert '<template data-reply="reject">已转相关单位' in beside(cast, "acceptor", found)
    number = told(chief, "/desk/replies/").split('name="reply" value="')[1].split('"')[0]
    chief.post("/desk/replies/take-out/", {"reply": number})
    assert "已转相关单位" not in beside(cast, "acceptor", found)


def test_a_reply_for_a_class_is_offered_first_there_and_nowhere_else(cast: Cast) -> None:
    here, elsewhere = case(), report(village=RURAL_VILLAGE)
    assert here.problem_class_id != elsewhere.problem_class_id
    chief = cast["duty_chief"].client()

    chief.post("/desk/replies/add/", {"body": "请补一张全景照片"})
    chief.post("/desk/replies/add/", {"body": "已通知环卫清运", "class": str(here.problem_class_id)})

    said = beside(cast, "acceptor", here)
    assert 0 < said.index("已通知环卫清运") < said.index("请补一张全景照片")
    assert "已通知环卫清运" not in beside(cast, "acceptor", elsewhere)
    kind = str(standards.problem_class(here.problem_class_id).name)
    assert kind in told(chief, "/desk/replies/").split("已通知环卫清运")[1][:200]


def test_a_reply_for_a_class_that_there_is_not_is_refused_and_kept_on_the_page(cast: Cast) -> None:
    answer = cast["duty_chief"].client().post("/desk/replies/add/", {"body": "已通知环卫清运", "class": "999999"})

    assert answer.status_code == 422 and "已通知环卫清运" in answer.content.decode()


def test_a_reply_of_another_district_is_not_offered(cast: Cast) -> None:
    cast["duty_chief"].client().post("/desk/replies/add/", {"body": "已转相关单位"})
    elsewhere = report(village=NEXT_VILLAGE)

    assert "已转相关单位" not in beside(cast, "outsider", elsewhere)


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_and_replies_are_whole_in_every_language(cast: Cast, language: str) -> None:
    found = case(State.HANDLING)
    wrote(cast, "dispatcher", found, "请先看东侧", readers="unit")

    for part in ("dispatcher", "street_office", "mayor"):
        told(in_language(language, cast[part].client()), f"/desk/cases/{found.handle}/beside/")
        told(in_language(language, cast[part].client()), "/desk/notices/?only=asks")
    told(in_language(language, cast["administrator"].client()), "/desk/replies/")
