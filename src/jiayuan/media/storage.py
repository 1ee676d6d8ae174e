# SPDX-License-Identifier: Apache-2.0
"""Two stores behind Django's storage interface: sealed received bytes, and pictures that may be served.

S3-compatible storage is a setting: any backend that overwrites an existing key will do.
"""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from typing_extensions import override


class DurableFiles(FileSystemStorage):
    """Local files that are whole or absent, and on the disk before anybody is told that they were stored."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_overwrite=True)

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        part = NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False)  # noqa: SIM115 – closed below
        try:
            with part:
                for chunk in content.chunks():
                    part.write(chunk)
                part.flush()
                os.fsync(part.fileno())
            Path(part.name).chmod(self.file_permissions_mode or 0o644)
            Path(part.name).replace(target)
        except BaseException:
            # A full disk must not be filled further by the halves of what did not fit.
            Path(part.name).unlink(missing_ok=True)
            raise
        return name

    @override
    def delete(self, name: str) -> None:
        """Delete a file, and its folder when that is empty now."""
        super().delete(name)
        with suppress(OSError):
            Path(self.path(name)).parent.rmdir()


def received_store() -> Storage:
    """Where sealed received bytes lie; never served."""
    return storages["received"]


def served_store() -> Storage:
    """Where stripped pictures lie; still only served through the guarded door."""
    return storages["default"]


def put(store: Storage, key: str, data: bytes) -> None:
    """Write bytes under exactly this key, replacing what a broken earlier try may have left."""
    written = store.save(key, ContentFile(data))
    if written != key:
        store.delete(written)
        raise ImproperlyConfigured("The media stores must overwrite an existing key instead of renaming the new file.")


def fetch(store: Storage, key: str) -> bytes:
    """The bytes under a key; FileNotFoundError when there are none."""
    with store.open(key) as file:
        return bytes(file.read())
