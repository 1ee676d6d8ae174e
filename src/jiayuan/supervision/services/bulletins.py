# SPDX-License-Identifier: Apache-2.0
"""The commands of bulletins: drafted from what is known, edited, signed by somebody else, corrected by a later one.

A figure that an editor types has no source and is refused; a name in braces stands for one that can be asked again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from hashlib import sha256
from json import dumps
from typing import Any, NewType
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import pgettext_lazy

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.handles import new_handle
from jiayuan.kernel.machine import check_move
from jiayuan.papers import queries as papers
from jiayuan.papers import services as printing
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.record.events import Code, Digest
from jiayuan.record.log import record
from jiayuan.record.queries import newest_position
from jiayuan.supervision import events
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import B, BulletinKind, BulletinState
from jiayuan.supervision.lifecycle import BULLETIN
from jiayuan.supervision.models import Bulletin, BulletinFact, BulletinPart, BulletinPhoto
from jiayuan.supervision.queries.bulletin_facts import proposal_for_period, proposal_for_round
from jiayuan.supervision.queries.bulletin_photos import MOST_PHOTOS, chosen_photos, photos_offered
from jiayuan.supervision.queries.bulletins import document_of_bulletin, facts_of, writers_of
from jiayuan.supervision.rules import bulletins as rules

BulletinId = NewType("BulletinId", int)
KIND_OF_PAPER = "bulletin"
LONGEST_PART = 2000
LONGEST_SPAN = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinInput:
    """From what a bulletin is to be drafted: a published round, or an area and its days."""

    client_id: UUID
    kind: BulletinKind
    office: str
    round_handle: str = ""
    since: date | None = None
    until: date | None = None


def draft_bulletin(*, given: BulletinInput, by: Actor, at: datetime) -> Bulletin:
    """The draft; the same ``client_id`` from the same person gives the same draft again."""
    return _once(given, None, by=by, at=at)


def _once(given: BulletinInput, corrects: Bulletin | None, *, by: Actor, at: datetime) -> Bulletin:
    try:
        return _draft(given=given, corrects=corrects, by=by, at=at)
    except IntegrityError:
        told = Bulletin.objects.filter(made_by_id=by.person_id, client_id=given.client_id).first()
        if told is None:
            raise
        return told


@command
def _draft(*, given: BulletinInput, corrects: Bulletin | None, by: Actor, at: datetime) -> Bulletin:
    office = _office(given.office)
    require(by, May.WRITE_BULLETIN, at=papers.spot_of(office.area))
    home = places.division(office.area)
    if home is None or home.level not in (Level.CITY, Level.COUNTY, Level.TOWN):
        raise Refused(
            "unknown_area", pgettext_lazy("supervision", "Choose an office of a town or above."), field="office"
        )
    _check_days(given, today=clock.on(at))
    bulletin = Bulletin(
        handle=new_handle(),
        client_id=given.client_id,
        kind=given.kind,
        state=BulletinState.DRAFT,
        office=given.office,
        area=home.code,
        county=home.county,
        town=home.town,
        village=home.village,
        round_handle=given.round_handle,
        since=given.since,
        until=given.until,
        corrects=corrects,
        made_at=at,
        made_by_id=by.person_id,
        moved_at=at,
    )
    proposed = _proposed(bulletin, on=clock.on(at))
    bulletin.title, bulletin.position, bulletin.asked_at = proposed.title, newest_position(), at
    bulletin.save(force_insert=True)
    _write_parts(bulletin, proposed, edited={})
    _write_facts(bulletin, proposed)
    if corrects is not None:
        _write_photos(bulletin, chosen_photos(corrects))
    drafted = events.BulletinDrafted(
        **_where(bulletin), kind=given.kind, facts=len(proposed.facts), corrects=corrects.pk if corrects else None
    )
    record(drafted, by=by, at=at)
    return bulletin


def _office(code: str) -> papers.OfficeView:
    found = papers.office(code)
    if found is None or KIND_OF_PAPER not in dict(found.marks):
        raise Refused(
            "no_office", pgettext_lazy("supervision", "Choose an office that issues bulletins."), field="office"
        )
    return found


def _check_days(given: BulletinInput, *, today: date) -> None:
    if given.kind is BulletinKind.ROUND:
        if not given.round_handle:
            raise Refused("missing_round", pgettext_lazy("supervision", "Choose a round."), field="round")
        return
    if given.since is None or given.until is None:
        raise Refused("missing_days", pgettext_lazy("supervision", "From which day to which?"), field="since")
    if given.until > today:
        message = pgettext_lazy("supervision", "This day has not come yet.")
        raise Refused("day_to_come", message, field="until")
    if given.until < given.since or given.until - given.since > LONGEST_SPAN:
        message = pgettext_lazy("supervision", "The last day lies before the first, or more than a year after it.")
        raise Refused("wrong_days", message, field="until")


def _proposed(bulletin: Bulletin, *, on: date) -> rules.Proposal:
    if bulletin.since is not None and bulletin.until is not None:
        return proposal_for_period(
            bulletin.area, since=bulletin.since, until=bulletin.until, office=bulletin.office, on=on
        )
    return proposal_for_round(bulletin.round_handle, office=bulletin.office, on=on)


def _write_parts(bulletin: Bulletin, proposed: rules.Proposal, *, edited: Mapping[int, str]) -> None:
    BulletinPart.objects.bulk_create(
        [
            BulletinPart(
                bulletin=bulletin, number=number, kind=part.kind, text=edited.get(number, part.text), proposed=part.text
            )
            for number, part in enumerate(proposed.parts, start=1)
        ]
    )


def _write_facts(bulletin: Bulletin, proposed: rules.Proposal) -> None:
    BulletinFact.objects.bulk_create(
        [
            BulletinFact(
                bulletin=bulletin,
                name=fact.name,
                text=fact.text,
                query=fact.query,
                arguments=dumps([list(pair) for pair in fact.arguments], ensure_ascii=False),
            )
            for fact in proposed.facts
        ]
    )


@command
def edit_part(
    *, bulletin_id: BulletinId, number: int, text: str, by: Actor, at: datetime, version: int | None = None
) -> Bulletin:
    """Change what a part says; an empty text leaves the part out. Refused: a figure without a source."""
    bulletin = _locked(bulletin_id)
    require(by, May.WRITE_BULLETIN, at=bulletin.spot)
    _decide(bulletin, B.EDIT, at=at, version=version)
    part = bulletin.parts.filter(number=number).first()
    if part is None:
        raise Refused("no_part", pgettext_lazy("supervision", "There is no such part."))
    _check_text(bulletin, text)
    if part.text == text:
        return bulletin
    part.text = text
    part.save(update_fields=["text"])
    _write(bulletin)
    digest = Digest(sha256(text.encode()).hexdigest())
    record(events.BulletinEdited(**_where(bulletin), part=number, text_digest=digest), by=by, at=at)
    return bulletin


def _check_text(bulletin: Bulletin, text: str) -> None:
    if len(text) > LONGEST_PART:
        message = pgettext_lazy("supervision", "At most %(most)s characters.")
        raise Refused("too_long", message, field="text", most=LONGEST_PART)
    if rules.has_loose_brace(text):
        message = pgettext_lazy("supervision", "A brace stands alone. Names stand in braces: {name}.")
        raise Refused("loose_brace", message, field="text")
    known = facts_of(bulletin)
    if unknown := rules.unknown_names(text, known):
        message = pgettext_lazy("supervision", "No number is called so: %(names)s. Take one of those listed.")
        raise Refused("unknown_name", message, field="text", names="、".join(unknown))
    if loose := rules.figures_without_source(text):
        message = pgettext_lazy(
            "supervision",
            "These figures have no source: %(figures)s. Put in the name of one of the listed numbers, or leave them "
            "out. Days, document numbers, annexes and working days may be typed.",
        )
        raise Refused("no_source", message, field="text", figures="、".join(loose))


@command
def choose_photos(
    *, bulletin_id: BulletinId, photos: Collection[UUID], by: Actor, at: datetime, version: int | None = None
) -> Bulletin:
    """Say which photos stand beside the problems. Refused: any that nobody has released, and more than a hundred."""
    bulletin = _locked(bulletin_id)
    require(by, May.WRITE_BULLETIN, at=bulletin.spot)
    _decide(bulletin, B.EDIT, at=at, version=version)
    if len(set(photos)) > MOST_PHOTOS:
        message = pgettext_lazy("supervision", "At most %(most)s photos.")
        raise Refused("too_many_photos", message, field="photos", most=MOST_PHOTOS)
    if set(photos) - {one.handle for one in photos_offered(bulletin)}:
        message = pgettext_lazy("supervision", "Only photos of these problems that a person has released can be shown.")
        raise Refused("photo_not_released", message, field="photos")
    if chosen_photos(bulletin) == set(photos):
        return bulletin
    bulletin.photos.all().delete()
    _write_photos(bulletin, photos)
    _write(bulletin)
    record(events.BulletinPhotosChosen(**_where(bulletin), photos=bulletin.photos.count()), by=by, at=at)
    return bulletin


def _write_photos(bulletin: Bulletin, photos: Collection[UUID]) -> None:
    """Of these photos those that may be shown now."""
    offered = [one.handle for one in photos_offered(bulletin) if one.handle in photos] if photos else []
    BulletinPhoto.objects.bulk_create([BulletinPhoto(bulletin=bulletin, handle=handle) for handle in offered])


@command
def ask_again(*, bulletin_id: BulletinId, by: Actor, at: datetime, version: int | None = None) -> int:
    """Ask for all numbers again; how many changed. What was edited stays, and names that are gone keep their number.

    Photos that were taken back meanwhile are left out.
    """
    bulletin = _locked(bulletin_id)
    require(by, May.WRITE_BULLETIN, at=bulletin.spot)
    _decide(bulletin, B.ASK_AGAIN, at=at, version=version)
    before = {name: fact.text for name, fact in facts_of(bulletin).items()}
    proposed = _proposed(bulletin, on=clock.on(at))
    edited = _edits_moved(list(bulletin.parts.order_by("number")), proposed.parts)
    kept = {name for text in edited.values() for name in rules.names_in(text)}
    fresh = {fact.name: fact for fact in proposed.facts}
    bulletin.facts.exclude(name__in=kept - set(fresh)).delete()
    bulletin.parts.all().delete()
    _write_parts(bulletin, proposed, edited=edited)
    _write_facts(bulletin, proposed)
    photos = chosen_photos(bulletin)
    bulletin.photos.all().delete()
    _write_photos(bulletin, photos)
    bulletin.position, bulletin.asked_at = newest_position(), at
    _write(bulletin, "position", "asked_at")
    changed = sum(before.get(name) != fact.text for name, fact in fresh.items()) + len(set(before) - set(fresh) - kept)
    record(events.BulletinAskedAgain(**_where(bulletin), changed=changed), by=by, at=at)
    return changed


def _edits_moved(before: Sequence[BulletinPart], after: Sequence[rules.Part]) -> dict[int, str]:
    """What was edited, by the numbers of the parts where it belongs now.

    Parts are paired by what was proposed; between those that match, one stands for one of the same kind. A part that is
    not proposed any more takes its edit along.
    """
    were, are = [(part.kind, part.proposed) for part in before], [(part.kind, part.text) for part in after]
    pairs = SequenceMatcher(None, were, are, autojunk=False).get_opcodes()
    edited: dict[int, str] = {}
    for tag, old_from, old_to, new_from, new_to in pairs:
        free = list(range(new_from, new_to))
        for old in before[old_from:old_to]:
            place = next((one for one in free if after[one].kind == old.kind), None) if tag != "delete" else None
            if place is None:
                continue
            free.remove(place)
            if old.text != old.proposed:
                edited[place + 1] = old.text
    return edited


@command
def hand_up(*, bulletin_id: BulletinId, by: Actor, at: datetime, version: int | None = None) -> Bulletin:
    """Hand a bulletin up for signature; it stands still from then on."""
    bulletin = _locked(bulletin_id)
    require(by, May.WRITE_BULLETIN, at=bulletin.spot)
    parts = [part for part in bulletin.parts.all() if part.text]
    _decide(bulletin, B.HAND_UP, at=at, version=version, given={"parts": parts})
    _write(bulletin)
    edited = bulletin.parts.exclude(text=F("proposed")).count()
    record(events.BulletinHandedUp(**_where(bulletin), edited=edited), by=by, at=at)
    return bulletin


@command
def hand_back(*, bulletin_id: BulletinId, by: Actor, at: datetime, version: int | None = None) -> Bulletin:
    """Do not sign: whoever wrote it works on."""
    bulletin = _locked(bulletin_id)
    require(by, May.SIGN_BULLETIN, at=bulletin.spot)
    _decide(bulletin, B.HAND_BACK, at=at, version=version)
    _write(bulletin)
    record(events.BulletinHandedBack(**_where(bulletin)), by=by, at=at)
    return bulletin


@command
def sign_bulletin(*, bulletin_id: BulletinId, by: Actor, at: datetime, version: int | None = None) -> Bulletin:
    """Sign and publish: it gets its number, its paper is frozen with its slots. Never by whoever wrote it."""
    bulletin = _locked(bulletin_id)
    require(by, May.SIGN_BULLETIN, at=bulletin.spot)
    if by.person_id is None or by.person_id in writers_of(bulletin):
        message = pgettext_lazy("supervision", "Whoever wrote a bulletin does not sign it. Somebody else has to.")
        raise Refused("own_words", message)
    _decide(bulletin, B.SIGN, at=at, version=version)
    _refuse_other_numbers(bulletin, on=clock.on(at))
    _refuse_photos_taken_back(bulletin)
    bulletin.issued_at, bulletin.signed_by_id = at, by.person_id
    earlier = bulletin.corrects.paper_id if bulletin.corrects is not None else None
    document = document_of_bulletin(bulletin, on=clock.on(at))
    paper_id = printing.issue(
        kind=KIND_OF_PAPER,
        office=bulletin.office,
        document=document,
        by=by,
        at=at,
        is_public=True,
        about=bulletin.ref,
        corrects=earlier,
    )
    issued = papers.paper_by_id(paper_id)
    if issued is None:
        raise RuntimeError("a paper that was just issued is there")
    number = issued.row.number
    bulletin.paper_id, bulletin.number = paper_id, number.text
    _write(bulletin, "issued_at", "signed_by", "paper", "number")
    facts = sum(1 for _ in document.slots())
    record(events.BulletinIssued(**_where(bulletin), year=number.year, serial=number.n, facts=facts), by=by, at=at)
    return bulletin


def _refuse_other_numbers(bulletin: Bulletin, *, on: date) -> None:
    """The annexes of a round are read when it is signed: its text must say the same numbers."""
    if not bulletin.round_handle:
        return
    now = {fact.name: fact.text for fact in _proposed(bulletin, on=on).facts}
    if any(now.get(name, fact.text) != fact.text for name, fact in facts_of(bulletin).items()):
        message = pgettext_lazy("supervision", "The numbers changed meanwhile. Hand it back and have them asked again.")
        raise Refused("other_numbers", message)


def _refuse_photos_taken_back(bulletin: Bulletin) -> None:
    chosen = chosen_photos(bulletin)
    if chosen and chosen - {one.handle for one in photos_offered(bulletin)}:
        message = pgettext_lazy(
            "supervision", "A photo was taken back meanwhile. Hand it back and have the numbers asked again."
        )
        raise Refused("photo_taken_back", message)


@command
def discard_bulletin(*, bulletin_id: BulletinId, by: Actor, at: datetime, version: int | None = None) -> Bulletin:
    """Discard a draft; it never had a number."""
    bulletin = _locked(bulletin_id)
    require(by, May.WRITE_BULLETIN, at=bulletin.spot)
    _decide(bulletin, B.DISCARD, at=at, version=version)
    _write(bulletin)
    record(events.BulletinDiscarded(**_where(bulletin)), by=by, at=at)
    return bulletin


def correct_bulletin(*, bulletin_id: BulletinId, client_id: UUID, by: Actor, at: datetime) -> Bulletin:
    """Draft a bulletin that corrects a published one: a number of its own, the earlier one says by which."""
    earlier = Bulletin.objects.get(pk=bulletin_id)
    if earlier.state != BulletinState.ISSUED:
        raise Refused("not_issued", pgettext_lazy("supervision", "Only a published bulletin can be corrected."))
    given = BulletinInput(
        client_id=client_id,
        kind=BulletinKind(earlier.kind),
        office=earlier.office,
        round_handle=earlier.round_handle,
        since=earlier.since,
        until=earlier.until,
    )
    return _once(given, earlier, by=by, at=at)


def _locked(bulletin_id: BulletinId) -> Bulletin:
    return Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin_id)


def _decide(
    bulletin: Bulletin, verb: B, *, at: datetime, version: int | None, given: Mapping[str, object] | None = None
) -> None:
    if version is not None and bulletin.version != version:
        message = pgettext_lazy("supervision", "Somebody else changed this meanwhile. Below is how it stands now.")
        raise Stale("moved_on", message, state=bulletin.state)
    row, before = BULLETIN[verb], BulletinState(bulletin.state)
    check_move(row, before, given or {})
    bulletin.state, bulletin.version, bulletin.moved_at = row.after(before), bulletin.version + 1, at


def _write(bulletin: Bulletin, *also: str) -> None:
    bulletin.save(update_fields=["state", "version", "moved_at", *also])


def _where(bulletin: Bulletin) -> dict[str, Any]:
    return {"subject": bulletin.ref, "office": Code(bulletin.office), "place": Code(bulletin.area)}
