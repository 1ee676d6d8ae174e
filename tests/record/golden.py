# SPDX-License-Identifier: Apache-2.0
"""Golden files: the canonical bytes of one sample of every (kind, v). Run as a script it writes those that are missing.

A file that stands is never written again: seals rest on these bytes, so a difference is a fault of the code.
"""

import json
import sys
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jiayuan.record.canon import canonical, leaf, secret_digest
from jiayuan.record.events import Event, Ref, parts_of

FOLDER = Path(__file__).parent / "golden"
SALT = bytes(range(16))
POSITION = 1
AT = datetime(2025, 1, 3, 1, 0, tzinfo=UTC)


def sample(cls: type[Event]) -> Event:
    """One event of a class with a value in every field, the same for ever."""
    hints = get_type_hints(cls)
    given = {item.name: _value(hints[item.name]) for item in fields(cls) if item.name != "subject"}
    return cls(subject=Ref("sample", 1), **given)


def _value(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _value(next(part for part in get_args(hint) if part is not NoneType))
    if origin is tuple:
        return (_value(get_args(hint)[0]),)
    plain = getattr(hint, "__supertype__", hint)
    if isinstance(plain, type) and issubclass(plain, Enum):
        return next(iter(plain))
    values = {bool: True, int: 7, str: "420000000000", datetime: AT, date: AT.date()}
    return values[plain]


def golden(cls: type[Event]) -> dict[str, Any]:
    """What a golden file holds: payload, private part and leaf of the sample at a fixed place and time."""
    event = sample(cls)
    payload, private = parts_of(event)
    body = canonical({"actor": {"account": 1, "person": 1, "post": 1, "system": None}, "private": private})
    public = (
        f'{{"at":"2025-01-03T01:00:00.000000Z","kind":"{cls.KIND}","on":"2025-01-03","payload":{canonical(payload)},'
        f'"position":{POSITION},"recorded_at":"2025-01-03T01:00:00.000000Z","subject":"sample:1","v":{cls.V}}}'
    )
    return {"public": public, "private": body, "leaf": leaf(public, secret_digest(SALT, body)).hex()}


def path_of(cls: type[Event]) -> Path:
    """Where the golden file of a class stands."""
    return FOLDER / f"{cls.KIND}.v{cls.V}.json"


def write_missing(classes: tuple[type[Event], ...]) -> list[str]:
    """Write the golden files that are not there; their names."""
    FOLDER.mkdir(exist_ok=True)
    wanted = [cls for cls in classes if not path_of(cls).exists()]
    for cls in wanted:
        path_of(cls).write_text(json.dumps(golden(cls), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [path_of(cls).name for cls in wanted]


def has_default(cls: type[Event], name: str) -> bool:
    """Whether a field may be missing in an older event."""
    return next(item for item in fields(cls) if item.name == name).default is not MISSING


if __name__ == "__main__":
    import django

    django.setup()
    from jiayuan.record.events import kinds

    sys.stdout.writelines(f"{name}\n" for name in write_missing(kinds()))
