# SPDX-License-Identifier: Apache-2.0
"""What waits on numbered sheets for somebody's to-do page: to be signed for, to be looked at, to be answered."""

from django.urls import reverse
from django.utils.translation import pgettext

from jiayuan.kernel.access import Actor, holds
from jiayuan.places import queries as places
from jiayuan.supervision import queries
from jiayuan.supervision.access import May
from jiayuan.supervision.queries import Bulletin, Item, Meeting, Sheet, Talk
from jiayuan.web.cases.wording import unit_name
from jiayuan.web.clearing.waiting import Heap, Line
from jiayuan.web.supervision import wording
from jiayuan.web.supervision.urging_lines import urging_line
from jiayuan.web.templatetags.jiayuan import moment


def waiting(actor: Actor) -> list[Heap]:
    """The heaps that are not empty: for the unit three queries, for the issuing side three."""
    heaps = []
    if holds(actor, May.ANSWER):
        lines = [_sheet(sheet) for sheet in queries.to_sign(actor)]
        heaps.append(Heap("to_sign", pgettext("supervision", "Lists to be signed for"), lines))
        asked = [urging_line(made) for made in queries.to_reply(actor)]
        heaps.append(Heap("to_reply", pgettext("supervision", "Supervision sheets to be replied to"), asked))
        summoned = [_talk(made) for made in queries.talks_to_attend(actor)]
        heaps.append(Heap("to_attend", pgettext("supervision", "Summons talks to be attended"), summoned))
    if holds(actor, May.ACCEPT):
        items = queries.to_judge(actor)
        matters = queries.matters_of([item for item in items if item.problem_class_id is None])
        heaps.append(
            Heap(
                "items",
                pgettext("supervision", "Items to be struck off or answered"),
                [_item(one, matters) for one in items],
            )
        )
        replies = [urging_line(made) for made in queries.to_judge_replies(actor)]
        heaps.append(Heap("replies", pgettext("supervision", "Replies to be looked at"), replies))
    if holds(actor, May.SIGN_BULLETIN):
        lines = [_bulletin(row) for row in queries.bulletins_to_sign(actor)]
        heaps.append(Heap("bulletins", pgettext("supervision", "Bulletins to be signed"), lines))
    if holds(actor, May.SUMMON):
        lines = [_talk(made) for made in queries.talks_to_hold(actor)]
        heaps.append(Heap("talks", pgettext("supervision", "Summons talks to be held and written up"), lines))
    if holds(actor, May.MEET):
        lines = [_meeting(made) for made in queries.meetings_to_finish(actor)]
        heaps.append(Heap("meetings", pgettext("supervision", "Joint meetings to be prepared or written up"), lines))
    return [heap for heap in heaps if heap.lines]


def _bulletin(row: Bulletin) -> Line:
    return Line(reverse("bulletins:one", args=[row.handle]), row.title, "", wording.bulletin_mark(row.state))


def _talk(made: Talk) -> Line:
    url = reverse("supervision:talk", args=[made.handle])
    return Line(url, unit_name(made.unit_id), moment(made.meets_at), wording.talk_mark(made.state))


def _meeting(made: Meeting) -> Line:
    url = reverse("supervision:meeting", args=[made.handle])
    return Line(url, made.title, moment(made.meets_at), wording.meeting_mark(made.state))


def _sheet(sheet: Sheet) -> Line:
    url = reverse("supervision:one", args=[sheet.handle])
    return Line(url, sheet.number, unit_name(sheet.unit_id), wording.sheet_mark(sheet.state))


def _item(item: Item, matters: dict[int, str]) -> Line:
    url = reverse("supervision:one", args=[item.sheet.handle]) + f"#item-{item.number}"
    what = [wording.what(item, matters), item.sheet.number, unit_name(item.sheet.unit_id)]
    return Line(url, places.path_name(item.place), " · ".join(what), wording.item_mark(item))
