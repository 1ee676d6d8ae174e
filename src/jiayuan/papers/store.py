# SPDX-License-Identifier: Apache-2.0
"""Where the files of papers lie: in the store of what may be served, reached only through the guarded pages.

They are made from frozen models, so a lost store is filled again by printing; no file is ever the only copy.
"""

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages

_NAME = "default"


def keep(key: str, data: bytes) -> None:
    """Write a file under exactly this key, in place of what an interrupted try may have left."""
    if storages[_NAME].save(key, ContentFile(data)) != key:
        raise ImproperlyConfigured("The store of papers must overwrite an existing key instead of renaming the file.")


def read(key: str) -> bytes:
    """The bytes under a key; FileNotFoundError where there are none."""
    with storages[_NAME].open(key) as file:
        return bytes(file.read())
