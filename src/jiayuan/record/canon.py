# SPDX-License-Identifier: Apache-2.0
"""The canonical bytes of an event and its leaf. docs/rooms/record.md specifies them; golden files hold them still.

public  = canonical JSON of at, kind, on, payload, position, recorded_at, subject, v
secret  = SHA-256(salt ‖ canonical JSON of the private part)
leaf    = SHA-256(0x00 ‖ public ‖ secret)            (0x00: a leaf of RFC 6962)
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

SALT_BYTES = 16
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
"""Made once: ``json.dumps`` would make one for every event."""


def canonical(values: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no blanks, no escapes beyond what JSON needs: the same text for ever."""
    return _ENCODER.encode(values)


def secret_digest(salt: bytes, secret: str) -> bytes:
    """What stands in the leaf for the private part; without the salt nobody can try names against it."""
    return sha256(salt + secret.encode()).digest()


def leaf(public: str, secret: bytes) -> bytes:
    """The 32 bytes that a seal will rest on."""
    return sha256(b"\x00" + public.encode() + secret).digest()
