# SPDX-License-Identifier: Apache-2.0
"""The other ways of a case's life in a browser: returned three times, extended, shelved, merged, appealed, back again.

Asking is counted: a reason and a day are two taps, and whoever answers needs one.
"""

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.newcomers import LATE
from tests.journeys.person import Person
from tests.journeys.test_story import HANDLER, VILLAGE_IN_PINYIN, expect_state

CHIEF, CHECKER, SUPERVISOR = "值班长", "核查员", "县级督导"
EXTENDABLE = "sheds"
ASK_TAPS, ANSWER_TAPS = 4, 2


def reported(resident: Person, tile: str) -> str:
    """A report in a few taps; its code."""
    resident.open("/report/")
    page = resident.page
    resident.write(page.locator("input[name=village_query]"), VILLAGE_IN_PINYIN)
    expect(page.locator("input[name=village]")).to_be_checked()
    resident.tap(page.locator(f"label:has(input[name=tile][value={tile}])"))
    resident.press("Send the report")
    receipt, other = page.locator("[data-receipt]"), page.get_by_text(resident.word("None of these, send mine"))
    expect(receipt.or_(other).first).to_be_visible()
    if other.is_visible():
        # Earlier stories left the like of it there; this one is about a case of its own.
        resident.tap(other)
    expect(receipt).to_be_visible()
    return resident.handle()


def await_course(person: Person, word: str) -> None:
    """Wait until the course of the case tells of it; whoever comes next must find it there."""
    expect(person.page.locator(".j-timeline")).to_contain_text(person.word(word))


def at_case(person: Person, handle: str) -> Person:
    """In front of a case, with a new count."""
    person.open(f"/desk/cases/{handle}/")
    person.start_counting()
    return person


def filed(meet: Meet, tile: str, *, longest: bool = False) -> str:
    """A case that waits for its unit."""
    handle = reported(meet(), tile)
    acceptor = at_case(meet("受理员"), handle)
    if longest:
        acceptor.tap(acceptor.move("file").locator("label:has(input[name=condition])").last)
    acceptor.press("File", within=acceptor.move("file"))
    expect_state(acceptor, "Filed")
    return handle


def in_hand(meet: Meet, tile: str, *, longest: bool = False) -> tuple[str, Person]:
    """A case in the hands of the demonstration's handler, and the handler in front of it."""
    handle = filed(meet, tile, longest=longest)
    dispatch(meet, handle)
    handler = at_case(meet(HANDLER), handle)
    handler.press("Sign for it")
    expect_state(handler, "Being handled")
    return handle, at_case(handler, handle)


def dispatch(meet: Meet, handle: str) -> None:
    """Send it to the nearest unit."""
    dispatcher = at_case(meet("派遣员"), handle)
    form = dispatcher.move("dispatch")
    form.locator("label", has_text="南郊街道").first.click()
    dispatcher.press("Dispatch", within=form)
    expect_state(dispatcher, "Dispatched")


def test_a_case_that_comes_back_a_third_time_goes_to_the_joint_meeting(meet: Meet) -> None:
    handle = filed(meet, "stacks")
    dispatch(meet, handle)
    handler, chief = meet(HANDLER), meet(CHIEF)

    for number in range(3):
        form = at_case(handler, handle).move("return")
        handler.tap(form.locator("label:has(input[name=reason][value=not_ours])"))
        handler.press("Return", within=form)
        handler.page.wait_for_url("**/desk/")
        if number < 2:
            form = at_case(chief, handle).move("refuse_return")
            chief.tap(form.locator("label:has(input[name=reason][value=is_yours])"))
            chief.press("Refuse the return", within=form)
            expect_state(chief, "Dispatched")

    form = at_case(chief, handle).move("confirm_return")
    chief.press("Confirm the return", within=form)
    expect(chief.page.locator("[data-errors]")).to_be_visible()
    chief.shoot("life-1-third-return")
    chief.write(chief.move("confirm_return").locator("[name=note]"), "联席会议：由城管局牵头")
    chief.press("Confirm the return", within=chief.move("confirm_return"))
    expect_state(chief, "Filed")


def test_more_time_is_asked_for_in_two_answers_and_granted_in_one_tap(meet: Meet) -> None:
    handle, handler = in_hand(meet, EXTENDABLE, longest=True)

    form = handler.move("ask_extension")
    handler.tap(form.locator("label:has(input[name=reason][value=weather])"))
    handler.shoot("life-2-asking-for-time")
    handler.press("Ask for more time", within=form)
    assert handler.taps <= ASK_TAPS
    await_course(handler, "Rain, snow or frost")
    expect_state(handler, "Being handled")

    chief = meet(CHIEF)
    chief.open("/desk/")
    chief.start_counting()
    chief.tap(chief.page.locator(f"a[href='/desk/cases/{handle}/']").first)
    chief.press("Grant more time")
    assert chief.taps == ANSWER_TAPS
    expect(chief.page.locator(".j-timeline > li").first).to_contain_text(
        chief.word("More time was granted, due %(due)s")[:4]
    )


def test_what_cannot_be_done_now_is_shelved_and_taken_up_again(meet: Meet) -> None:
    handle, handler = in_hand(meet, "rubbish")
    form = handler.move("ask_shelving")
    handler.tap(form.locator("label:has(input[name=reason][value=season])"))
    handler.press("Ask to shelve it", within=form)
    assert handler.taps <= ASK_TAPS
    await_course(handler, "Can only be done in season")

    chief = at_case(meet(CHIEF), handle)
    chief.press("Shelve it")
    expect_state(chief, "Shelved")
    chief.shoot("life-3-shelved")
    chief.press("Take it up again")
    expect_state(chief, "Being handled")


def test_a_duplicate_is_merged_and_its_receipt_still_tells_how_it_goes(meet: Meet) -> None:
    reported(meet(), "stacks")
    double = reported(meet(), "stacks")
    acceptor = at_case(meet("受理员"), double)
    offered = acceptor.page.locator("form:has(input[name=into]) button").get_by_text(
        acceptor.word("Merge into that one")
    )
    expect(offered.first).to_be_visible()
    acceptor.shoot("life-7-likely-the-same")
    acceptor.tap(offered.first)
    assert acceptor.taps == 1

    expect_state(acceptor, "Merged into another case")
    resident = meet()
    assert resident.open(f"/r/{double}/").status == 200


def unfolded(person: Person, verb: str) -> Locator:
    """The form of a rare move, which stands folded under "More"."""
    person.tap(person.page.locator("section[aria-labelledby=now] > details.j-more > summary"))
    return person.move(verb)


def test_a_closed_case_is_looked_at_again_and_a_relapse_is_a_new_one(meet: Meet, picture: Pictures) -> None:
    checker = at_case(meet(CHECKER), LATE)
    form = checker.move("look_back")
    checker.tap(form.locator("label:has(input[name=result][value=relapsed])"))
    checker.photograph(form.locator("input[name=photos]"), picture("before", seed=11))
    checker.press("Look back", within=form)

    expect_state(checker, "Closed")
    checker.shoot("life-4-looked-back")
    expect(checker.page.locator(".j-timeline")).to_contain_text(checker.word("It is back"))


def test_an_overrun_is_appealed_reviewed_and_decided_and_stays_to_be_read(meet: Meet) -> None:
    handler = at_case(meet(HANDLER), LATE)
    form = unfolded_or_open(handler, "appeal")
    handler.tap(form.locator("label:has(input[name=reason][value=force])"))
    handler.press("Appeal against the overrun", within=form)
    await_course(handler, "Weather or disaster")

    chief = at_case(meet(CHIEF), LATE)
    form = chief.move("review_appeal")
    chief.tap(form.locator("label:has(input[name=answer][value=yes])"))
    chief.press("Review the appeal", within=form)
    await_course(chief, "The overrun is excused")

    supervisor = at_case(meet(SUPERVISOR), LATE)
    form = supervisor.move("decide_appeal")
    supervisor.tap(form.locator("label:has(input[name=answer][value=yes])"))
    supervisor.press("Decide the appeal", within=form)
    supervisor.shoot("life-5-appeal-decided")
    expect(supervisor.page.locator(".j-standing")).to_contain_text(supervisor.word("done late"))
    expect(supervisor.page.locator("main")).to_contain_text(supervisor.word("The overrun is excused"))


def unfolded_or_open(person: Person, verb: str) -> Locator:
    """The form of a move, wherever it stands."""
    more = person.page.locator("section[aria-labelledby=now] > details.j-more")
    if more.locator(f"form[action$='/{verb}/']").count():
        return unfolded(person, verb)
    return person.move(verb)


def test_who_is_not_content_has_it_reopened_with_a_reason(meet: Meet) -> None:
    worker = at_case(meet("网格员"), LATE)
    form = unfolded_or_open(worker, "ask_reopen")
    worker.tap(form.locator("label:has(input[name=reason][value=still_there])"))
    worker.press("Ask to reopen it", within=form)
    await_course(worker, "It was never put right")

    chief = at_case(meet(CHIEF), LATE)
    form = chief.move("reopen")
    chief.write(form.locator("[name=note]"), "照片属实")
    chief.press("Reopen", within=form)
    expect_state(chief, "Sent back for rework")
    chief.shoot("life-6-reopened")
