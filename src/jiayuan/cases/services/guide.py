# SPDX-License-Identifier: Apache-2.0
"""Writing the work guide. Nothing is ever overwritten: every change is a version, with its reason and an event."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.enums import GuideAbout
from jiayuan.cases.intake.guide import GuideFile, GuideHead, GuideText, guide_file_from
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


@command
def open_guide_page(*, code: str, head: GuideHead, text: GuideText, by: Actor, at: datetime) -> GuideVersion:
    """A new page with its first version; sent twice it is one page, and what others wrote under its code is kept."""
    require(by, May.EDIT_GUIDE, at=whole_city())
    page, is_new = GuidePage.objects.get_or_create(code=code, defaults=_facts(head))
    if is_new:
        return _follow(page, None, text, by=by, at=at)
    latest = GuideVersion.objects.get(page=page, is_latest=True)
    if not _is_same(latest, text):
        raise Stale(
            "guide_page_exists",
            pgettext_lazy("cases", "This page stands already. Open it and write in it."),
            number=latest.number,
        )
    return latest


def _facts(head: GuideHead) -> dict[str, Any]:
    return {
        "about": head.about,
        "keys": f" {' '.join(head.keys)} " if head.keys else "",
        "order": head.order,
        "is_public": head.is_public,
        "is_illustrative": head.is_illustrative,
    }


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
        guide_file_from(
            path.read_text(encoding="utf-8"),
            code=path.stem,
            body_hant=_words(path.with_suffix(".zh-hant.md")),
            body_en=_words(path.with_suffix(".en.md")),
        )
        for path in sorted(folder.glob("*.md"))
        if path.stem.islower() and "." not in path.stem
    ]


def _words(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _load(file: GuideFile, *, by: Actor, at: datetime) -> int:
    page, _ = GuidePage.objects.update_or_create(code=file.code, defaults=_facts(file.head))
    latest = GuideVersion.objects.filter(page=page, is_latest=True).first()
    if latest is not None and (latest.written_by_id is not None or _is_same(latest, file.text)):
        return 0
    _follow(page, latest, file.text, by=by, at=at)
    return 1
