# SPDX-License-Identifier: Apache-2.0
"""Writing the work guide. Nothing is ever overwritten: every change is a version, with its reason and an event."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.enums import GuideAbout
from jiayuan.cases.intake.guide import GuideFile, GuideText, guide_file_from
from jiayuan.cases.models import GuidePage, GuideVersion
from jiayuan.cases.queries.guide import forget_guide, whole_city
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import after_commit, command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.record.events import Digest
from jiayuan.record.log import record


@command
def write_guide(*, code: str, text: GuideText, after: int, by: Actor, at: datetime) -> GuideVersion:
    """The new version of a page, or the latest when nothing changed; ``after`` is the version that was seen."""
    page = _locked(code)
    require(by, May.EDIT_GUIDE, at=whole_city())
    latest = GuideVersion.objects.get(page=page, is_latest=True)
    if latest.number != after:
        raise Stale(
            "guide_moved_on",
            pgettext_lazy("cases", "Somebody else wrote a newer version meanwhile. Look at it, then write again."),
            number=latest.number,
        )
    if _is_same(latest, text):
        return latest
    return _follow(page, latest, text, by=by, at=at)


def _locked(code: str) -> GuidePage:
    page = GuidePage.objects.select_for_update(of=("self",)).filter(code=code).first()
    if page is None:
        raise Refused("no_guide_page", pgettext_lazy("cases", "There is no such page in the work guide."))
    return page


def _is_same(latest: GuideVersion, text: GuideText) -> bool:
    said = asdict(text)
    return all(getattr(latest, name) == value for name, value in said.items() if name != "change")


def _follow(page: GuidePage, latest: GuideVersion | None, text: GuideText, *, by: Actor, at: datetime) -> GuideVersion:
    if latest is not None:
        latest.is_latest = False
        latest.save(update_fields=["is_latest"])
    version = GuideVersion.objects.create(
        page=page,
        number=latest.number + 1 if latest else 1,
        written_by_id=by.person_id,
        valid_from=at,
        **asdict(text),
    )
    digest = Digest(sha256(f"{text.title}\n{text.body}".encode()).hexdigest())
    written = events.GuideWritten(
        subject=page.ref, about=GuideAbout(page.about), number=version.number, text_digest=digest
    )
    record(written, by=by, at=at)
    forget_guide()
    after_commit(forget_guide)
    return version


@command
def load_guide(*, folder: Path, by: Actor, at: datetime) -> int:
    """Bring the guide to what a folder says; how many versions that took. What people wrote since is left alone."""
    require(by, May.EDIT_GUIDE, at=whole_city())
    return sum(_load(file, by=by, at=at) for file in _files(folder))


def _files(folder: Path) -> Iterable[GuideFile]:
    return [
        guide_file_from(path.read_text(encoding="utf-8"), code=path.stem)
        for path in sorted(folder.glob("*.md"))
        if path.stem.islower()
    ]


def _load(file: GuideFile, *, by: Actor, at: datetime) -> int:
    facts = {
        "about": file.about,
        "keys": f" {' '.join(file.keys)} " if file.keys else "",
        "order": file.order,
        "is_public": file.is_public,
        "is_illustrative": file.is_illustrative,
    }
    page, _ = GuidePage.objects.update_or_create(code=file.code, defaults=facts)
    latest = GuideVersion.objects.filter(page=page, is_latest=True).first()
    if latest is not None and (latest.written_by_id is not None or _is_same(latest, file.text)):
        return 0
    _follow(page, latest, file.text, by=by, at=at)
    return 1
