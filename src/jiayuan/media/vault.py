# SPDX-License-Identifier: Apache-2.0
"""Sealing of received bytes at rest: AES-256-GCM, bound to the photo they belong to.

The setting may hold several keys, separated by commas: the first seals, all open, so that a key can be replaced while
old photos still open. A lost key loses the originals; the served pictures do not depend on it.
"""

import os
from base64 import urlsafe_b64decode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

MARK = b"JY1"
NONCE = 12


class Unreadable(Exception):
    """Sealed bytes that no key opens, that were changed, or that belong to another photo."""


def seal(data: bytes, *, owner: str) -> bytes:
    """The bytes encrypted with the first key; they open only for the same owner."""
    nonce = os.urandom(NONCE)
    return MARK + nonce + AESGCM(_keys()[0]).encrypt(nonce, data, owner.encode())


def unseal(sealed: bytes, *, owner: str) -> bytes:
    """The bytes as they were received; raises Unreadable instead of returning anything doubtful."""
    if not sealed.startswith(MARK):
        raise Unreadable("not sealed by this program")
    nonce, body = sealed[len(MARK) : len(MARK) + NONCE], sealed[len(MARK) + NONCE :]
    for key in _keys():
        try:
            return AESGCM(key).decrypt(nonce, body, owner.encode())
        except (InvalidTag, ValueError):
            continue
    raise Unreadable("no key opens these bytes")


def _keys() -> list[bytes]:
    return [urlsafe_b64decode(key.strip()) for key in settings.MEDIA_KEY.split(",")]
