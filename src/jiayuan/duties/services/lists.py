# SPDX-License-Identifier: Apache-2.0
"""Writing lists of duties. Drafts are edited, published versions never: whoever wants a change publishes the next."""

from collections.abc import Sequence
from csv import DictReader
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.utils.translation import pgettext_lazy

from jiayuan.duties import events, kept
from jiayuan.duties.access import May
from jiayuan.duties.enums import Kind, Standing
from jiayuan.duties.intake import DocumentInput, Finders, Issued, contradicting, entries_from_table, issued_from
from jiayuan.duties.models import Document, DutyEntry, Stamp, Version
from jiayuan.duties.queries import whole_city
from jiayuan.duties.rules import Entry, differences
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import after_commit, command
from jiayuan.kernel.errors import Problems, Refused, Stale
from jiayuan.kernel.handles import new_handle
from jiayuan.places import queries as places
from jiayuan.record.log import record
from jiayuan.standards import queries as standards

BATCH = 200


@command
def open_document(*, given: DocumentInput, by: Actor, at: datetime) -> Document:
    """A new document without any version yet."""
    require(by, May.EDIT_LIST, at=whole_city())
    return _opened(new_handle().lower(), given.kind, given.title, by=by, at=at)


def _opened(code: str, kind: Kind, title: str, *, by: Actor, at: datetime) -> Document:
    document = Document.objects.create(code=code, kind=kind, title=title)
    record(events.DutyListOpened(subject=document.ref, kind=kind), by=by, at=at)
    return document


@command
def make_draft(*, document: str, by: Actor, at: datetime) -> Version:
    """The draft of a document: the one that is there, or a new one that says what was published last."""
    row = _locked(document)
    require(by, May.EDIT_LIST, at=whole_city())
    draft = _draft(row)
    if draft is not None:
        return draft
    before = _published_last(row)
    return _new_draft(row, before, before, by=by, at=at)


def _locked(document: str) -> Document:
    row = Document.objects.select_for_update(of=("self",)).filter(code=document).first()
    if row is None:
        raise Refused("no_document", pgettext_lazy("duties", "There is no such list."))
    return row


def _draft(row: Document) -> Version | None:
    return row.versions.filter(standing=Standing.DRAFT).first()


def _entries(version: Version) -> list[Entry]:
    return [kept.entry_of(entry) for entry in version.entries.order_by("id")]


def _published_last(row: Document) -> list[Entry]:
    """What the version says that was published last; nothing where none was."""
    latest = row.versions.filter(standing=Standing.PUBLISHED).order_by("-valid_from").first()
    return _entries(latest) if latest else []


def _new_draft(row: Document, before: Sequence[Entry], after: Sequence[Entry], *, by: Actor, at: datetime) -> Version:
    draft = Version.objects.create(document=row, number=row.versions.count() + 1, made_at=at)
    _add(draft, after)
    _tell_draft(draft, before, after, by=by, at=at)
    return draft


def _add(version: Version, entries: Sequence[Entry]) -> None:
    rows = [
        DutyEntry(
            version=version,
            key=entry.key,
            group=entry.group,
            task=entry.task,
            part=entry.part,
            lead=entry.lead,
            cooperating=" ".join(entry.cooperating),
            classes=" ".join(entry.classes),
            department_does=entry.department_does,
            town_does=entry.town_does,
            clause=entry.clause,
        )
        for entry in entries
    ]
    DutyEntry.objects.bulk_create(rows, batch_size=BATCH)


def _tell_draft(draft: Version, before: Sequence[Entry], after: Sequence[Entry], *, by: Actor, at: datetime) -> None:
    found = differences(before, after)
    changed = events.DutyDraftChanged(
        subject=draft.document.ref,
        number=draft.number,
        added=sum(one.before is None for one in found),
        changed=sum(one.before is not None and one.after is not None for one in found),
        removed=sum(one.after is None for one in found),
    )
    record(changed, by=by, at=at)


@command
def write_entry(*, document: str, entry: Entry, instead_of: str, revision: int, by: Actor, at: datetime) -> Version:
    """The draft with an entry added, or put in the place of the one with the key ``instead_of``."""
    draft = _draft_in_hand(document, revision, by=by)
    before = _entries(draft)
    if entry.key != instead_of and any(one.key == entry.key for one in before):
        message = pgettext_lazy("duties", "There is an entry %(key)s already.")
        raise Refused("key_twice", message, field="key", key=entry.key)
    return _change(draft, before, [*(one for one in before if one.key != instead_of), entry], by=by, at=at)


@command
def take_entry_out(*, document: str, key: str, revision: int, by: Actor, at: datetime) -> Version:
    """The draft without an entry."""
    draft = _draft_in_hand(document, revision, by=by)
    before = _entries(draft)
    return _change(draft, before, [one for one in before if one.key != key], by=by, at=at)


@command
def fill_draft(*, document: str, entries: Sequence[Entry], by: Actor, at: datetime) -> Version | None:
    """The draft with exactly these entries; None when the list says all of this already, and nothing is written."""
    row = _locked(document)
    require(by, May.EDIT_LIST, at=whole_city())
    wrong = contradicting(entries, class_name=_class_name)
    if wrong:
        raise Problems(wrong)
    draft = _draft(row)
    if draft is not None:
        before = _entries(draft)
        return _change(draft, before, entries, by=by, at=at) if differences(before, entries) else None
    before = _published_last(row)
    return _new_draft(row, before, entries, by=by, at=at) if differences(before, entries) else None


def _draft_in_hand(document: str, revision: int, *, by: Actor) -> Version:
    """The draft of a document, locked, as the person saw it."""
    row = _locked(document)
    require(by, May.EDIT_LIST, at=whole_city())
    draft = _draft(row)
    if draft is None:
        raise Refused("no_draft", pgettext_lazy("duties", "Nothing of this list is being drafted."))
    if draft.revision != revision:
        message = pgettext_lazy("duties", "Somebody else changed the draft meanwhile. Look at it, then write again.")
        raise Stale("draft_moved_on", message)
    return draft


def _change(draft: Version, before: Sequence[Entry], after: Sequence[Entry], *, by: Actor, at: datetime) -> Version:
    if not differences(before, after):
        return draft
    draft.entries.all().delete()
    _add(draft, after)
    draft.revision += 1
    draft.save(update_fields=["revision"])
    _tell_draft(draft, before, after, by=by, at=at)
    return draft


@command
def publish(*, document: str, issued: Issued, revision: int, by: Actor, at: datetime) -> Version:
    """The draft as the version that holds from a day on; it is never changed again."""
    draft = _draft_in_hand(document, revision, by=by)
    entries = _entries(draft)
    _check(draft, entries, issued)
    return _published(draft, issued, entries, by=by, at=at)


def _check(draft: Version, entries: Sequence[Entry], issued: Issued) -> None:
    """Refuse to publish what is empty, contradicts itself, changes nothing, or begins before what it follows."""
    if not entries:
        raise Refused("empty_list", pgettext_lazy("duties", "The draft has no entry yet."))
    wrong = contradicting(entries, class_name=_class_name)
    if wrong:
        raise Problems(wrong)
    before = draft.document.versions.filter(standing=Standing.PUBLISHED).order_by("-valid_from").first()
    if before is None or before.valid_from is None:
        return
    if not differences(_entries(before), entries):
        message = pgettext_lazy("duties", "The draft says the same as version %(number)s.")
        raise Refused("nothing_new", message, number=before.number)
    if issued.valid_from <= before.valid_from:
        message = pgettext_lazy("duties", "Version %(number)s holds from %(day)s; the next one begins later.")
        raise Refused("begins_too_early", message, field="valid_from", number=before.number, day=before.valid_from)


def _published(version: Version, issued: Issued, entries: Sequence[Entry], *, by: Actor, at: datetime) -> Version:
    version.standing, version.published_at = Standing.PUBLISHED, at
    version.source, version.source_number, version.issuer = issued.source, issued.source_number, issued.issuer
    version.issued_on, version.valid_from = issued.issued_on, issued.valid_from
    version.save(
        update_fields=["standing", "published_at", "source", "source_number", "issuer", "issued_on", "valid_from"]
    )
    published = events.DutyListPublished(
        subject=version.document.ref,
        number=version.number,
        valid_from=issued.valid_from,
        entries=len(entries),
        taken_back=sum(entry.is_taken_back for entry in entries),
    )
    record(published, by=by, at=at)
    _changed_now()
    return version


def _changed_now() -> None:
    """Let every process see that another version was published: this one at once, the others within seconds."""
    Stamp.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})
    kept.forget()
    after_commit(kept.forget)


@command
def load_lists(*, folder: Path, by: Actor, at: datetime) -> int:
    """Publish the first version of every list that a pack holds; how many. What is there already is left alone.

    Refused as a whole when a line of a table is wrong: a pack is shipped, so somebody must mend it.
    """
    require(by, May.EDIT_LIST, at=whole_city())
    index = folder / "documents.csv"
    if not index.is_file():
        return 0
    known = set(Document.objects.values_list("code", flat=True))
    with index.open(encoding="utf-8", newline="") as lines:
        return sum(_load(folder, row, by=by, at=at) for row in DictReader(lines) if row["document"] not in known)


def _load(folder: Path, row: dict[str, str], *, by: Actor, at: datetime) -> int:
    with (folder / f"{row['document']}.csv").open(encoding="utf-8", newline="") as lines:
        reader = DictReader(lines)
        heads = list(reader.fieldnames or ())
        cells = [(1, heads), *((reader.line_num, [line[head] for head in heads]) for line in reader)]
    table = entries_from_table(cells, finders=Finders(kind=_class_key, unit=_unit_code))
    if table.wrong:
        first = table.wrong[0]
        message = pgettext_lazy("duties", "%(file)s, line %(line)s: %(what)s")
        raise Refused("wrong_pack", message, file=row["document"], line=first.line, what=first.message)
    document = _opened(row["document"], Kind(row["kind"]), row["title"], by=by, at=at)
    version = Version.objects.create(
        document=document, number=1, made_at=at, is_illustrative=row["illustrative"] == "1"
    )
    _add(version, table.entries)
    _published(version, issued_from(row), table.entries, by=by, at=at)
    return 1


def _unit_code(word: str) -> str | None:
    found = places.organisation_by_code(word)
    return found.code if found else None


def _class_name(key: str) -> str:
    found = _class_key(key)
    row = standards.class_by_key(standards.ClassKey.read(found)) if found else None
    return str(row.name) if row else key


def _class_key(word: str) -> str | None:
    try:
        found = standards.class_by_key(standards.ClassKey.read(word))
    except ValueError:
        return None
    return str(found.key) if found else None
