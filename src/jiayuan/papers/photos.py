# SPDX-License-Identifier: Apache-2.0
"""The photos that a paper shows, from the store of evidence.

A paper that everybody reads shows a photo as a person confirmed it for everybody, with its covers, or nothing of it.
"""

from uuid import UUID

from jiayuan.media.enums import Variant
from jiayuan.media.queries import picture, public_bytes
from jiayuan.papers.document import Document


def photo_bytes(photo: str, *, is_public: bool) -> bytes | None:
    """The bytes of a photo, or None where this paper may not show it or it is not there any more."""
    return public_bytes(UUID(photo)) if is_public else picture(UUID(photo), Variant.LARGE)


def photos_of(document: Document, *, is_public: bool) -> list[tuple[str, bytes | None]]:
    """Every photo of a document once, by handle, with its bytes."""
    handles = dict.fromkeys(figure.photo for figure in document.figures())
    return [(handle, photo_bytes(handle, is_public=is_public)) for handle in handles]
