# SPDX-License-Identifier: Apache-2.0
"""Reading bulletins: lists, one with its parts and facts, its paper with annexes, and every number asked again."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from json import loads

from django.db.models import QuerySet
from django.utils.translation import override, pgettext

from jiayuan.inspections import queries as inspections
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, arms, may
from jiayuan.papers import queries as papers
from jiayuan.papers.document import Annex, Block, Document, Heading, Paragraph, Slot, Table, Text
from jiayuan.papers.enums import Form
from jiayuan.places import queries as places
from jiayuan.record.queries import Happened, happened_to, persons_behind
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import B, BulletinState
from jiayuan.supervision.events import BulletinDrafted, BulletinEdited, BulletinPhotosChosen
from jiayuan.supervision.lifecycle import BULLETIN
from jiayuan.supervision.models import Bulletin
from jiayuan.supervision.queries.bulletin_facts import proposal_for_period, proposal_for_round
from jiayuan.supervision.queries.bulletin_photos import annex_of_problems, chosen_photos
from jiayuan.supervision.queries.wording import PAPER_LANGUAGE
from jiayuan.supervision.rules.bulletins import HEADING, Fact, filled, pieces

PAGE = 50


def bulletins_seen_by(actor: Actor, *, size: int = PAGE) -> list[Bulletin]:
    """The newest bulletins inside the actor's reach; what is not published yet only for who writes or signs there."""
    found = {row.pk: row for row in chain.from_iterable(_of_arms(actor, size))}
    rows = [row for row in found.values() if _is_seen(actor, row)]
    return sorted(rows, key=lambda row: (row.made_at, row.pk), reverse=True)[:size]


def _of_arms(actor: Actor, size: int) -> "list[QuerySet[Bulletin]]":
    shown = Bulletin.objects.exclude(state=BulletinState.DISCARDED).order_by("-made_at", "-pk")
    published = shown.filter(state=BulletinState.ISSUED)
    at_work = {*arms(actor, May.WRITE_BULLETIN), *arms(actor, May.SIGN_BULLETIN)}
    return [
        *(published.filter(**arm.lookup)[:size] for arm in arms(actor, May.SEE) if arm.column != "unit_id"),
        *(shown.filter(**arm.lookup)[:size] for arm in at_work if arm.column != "unit_id"),
    ]


def _is_seen(actor: Actor, bulletin: Bulletin) -> bool:
    if bulletin.state == BulletinState.ISSUED:
        return may(actor, May.SEE, at=bulletin.spot)
    return may(actor, May.WRITE_BULLETIN, at=bulletin.spot) or may(actor, May.SIGN_BULLETIN, at=bulletin.spot)


def bulletin_seen_by(actor: Actor, handle: str) -> Bulletin | None:
    """A bulletin inside the actor's reach, or None: outside it does not exist."""
    found = Bulletin.objects.filter(handle=handle).select_related("paper", "corrects").first()
    return found if found is not None and _is_seen(actor, found) else None


def bulletin_moves_for(actor: Actor, bulletin: Bulletin) -> tuple[B, ...]:
    """What the actor may do with a bulletin now; nobody signs their own words."""
    return tuple(
        verb
        for verb, row in BULLETIN.items()
        if bulletin.state in row.sources
        and may(actor, row.by, at=bulletin.spot)
        and not (verb is B.SIGN and actor.person_id in writers_of(bulletin))
    )


def writers_of(bulletin: Bulletin) -> frozenset[int]:
    """Whoever drafted a bulletin, edited a part of it or chose its photos."""
    kinds = (BulletinDrafted.KIND, BulletinEdited.KIND, BulletinPhotosChosen.KIND)
    hands = persons_behind(bulletin.ref, kinds=kinds)
    return hands | ({bulletin.made_by_id} if bulletin.made_by_id is not None else set())


def bulletins_to_sign(actor: Actor, *, size: int = PAGE) -> list[Bulletin]:
    """What waits for the actor's signature."""
    found: dict[int, Bulletin] = {}
    waiting = Bulletin.objects.filter(state=BulletinState.HANDED_UP).exclude(made_by_id=actor.person_id)
    for arm in arms(actor, May.SIGN_BULLETIN):
        if arm.column != "unit_id":
            found.update({row.pk: row for row in waiting.filter(**arm.lookup).order_by("moved_at", "pk")[:size]})
    return list(found.values())


def facts_of(bulletin: Bulletin) -> dict[str, Fact]:
    """The numbers of a bulletin by name."""
    return {
        row.name: Fact(
            name=row.name,
            text=row.text,
            query=row.query,
            arguments=tuple((str(name), str(value)) for name, value in loads(row.arguments)),
        )
        for row in bulletin.facts.order_by("pk")
    }


def bulletin_history(bulletin: Bulletin) -> list[Happened]:
    """What happened to a bulletin, in order."""
    return happened_to(bulletin.ref)


def fact_again(query: str, arguments: Sequence[tuple[str, str]], *, office: str, on: date) -> str | None:
    """What a fact comes to when its query is asked now; None where it names nothing any more."""
    prefix, _, name = query.partition(".")
    key = dict(arguments).get(prefix, "")
    if prefix == "round":
        proposed = proposal_for_round(key, office=office, on=on)
    else:
        area, since, until = key.split(":")
        proposed = proposal_for_period(
            area, since=date.fromisoformat(since), until=date.fromisoformat(until), office=office, on=on
        )
    return next((fact.text for fact in proposed.facts if fact.name == name), None)


# ── the paper ────────────────────────────────────────────────────────────────────────────────────────────────────


def document_of_bulletin(bulletin: Bulletin, *, on: date) -> Document:
    """The paper of a bulletin: its parts with every number as a slot, and its annexes."""
    with override(PAPER_LANGUAGE):
        office = papers.office(bulletin.office)
        name = office.name if office else bulletin.office
        return Document(
            form=Form.OFFICIAL,
            title=filled(bulletin.title, {}),
            office=name,
            on=on,
            recipients=_recipients(bulletin),
            body=tuple(_blocks(bulletin)),
            annexes=tuple(_annexes(bulletin)),
            printed_by=name,
            printed_on=on,
            remark=_remark(bulletin),
        )


def _remark(bulletin: Bulletin) -> str:
    if bulletin.corrects is None:
        return ""
    return pgettext("supervision", "It corrects %(number)s.") % {"number": bulletin.corrects.number}


def _recipients(bulletin: Bulletin) -> tuple[str, ...]:
    """The governments below the area, as they are called."""
    on = clock.on(bulletin.made_at)
    below = [places.governing(place.code, on=on) for place in places.children(bulletin.area)]
    return tuple(dict.fromkeys(units[0].name for units in below if units))


def _blocks(bulletin: Bulletin) -> "list[Block]":
    facts, found = facts_of(bulletin), list[Block]()
    for part in bulletin.parts.order_by("number"):
        if not part.text:
            continue
        if part.kind == HEADING:
            found.append(Heading(1, filled(part.text, facts)))
            continue
        for line in part.text.splitlines():
            runs = tuple(_run(piece, bulletin.position) for piece in pieces(line, facts))
            if runs:
                found.append(Paragraph(runs))
    return found


def _run(piece: str | Fact, position: int) -> Text | Slot:
    if isinstance(piece, str):
        return Text(piece)
    return Slot(text=piece.text, query=piece.query, arguments=piece.arguments, position=position)


def _annexes(bulletin: Bulletin) -> list[Annex]:
    view = inspections.published_round(bulletin.round_handle) if bulletin.round_handle else None
    if view is None:
        return []
    return [_scores(view), *annex_of_problems(view, chosen_photos(bulletin))]


def _scores(view: inspections.RoundView) -> Annex:
    head = (pgettext("supervision", "No."), pgettext("supervision", "Place"), pgettext("supervision", "Score"))
    rows = [one for one in inspections.results_of(view).places if one.points is not None]
    rows.sort(key=lambda one: one.number)
    table = Table(
        head=head,
        rows=tuple((str(one.number), places.path_name(one.village), inspections.printed(one.points)) for one in rows),
        widths=(1, 6, 2),
    )
    return Annex(title=pgettext("supervision", "Scores"), body=(table,))
