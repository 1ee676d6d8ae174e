# SPDX-License-Identifier: Apache-2.0
"""How long it takes to find a nearly same picture among very many: ``python -m bench.similar [ROWS]``.

The store is filled with hashes of smooth random pictures, half of them with a plain sky, for evenly spread hashes
would flatter the search. Ours is the whole question as a page's command asks it; beside it, in turn, the same
statements by a bare cursor, and a bare loop over all hashes in memory, which no store of pictures could keep there.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from PIL import Image

from bench.ground import ROOT, House, create_database, house

ROWS, ASKED, BATCH, SEED = 200_000, 200, 5_000, 20250103
LIMIT_MS = 50
AT = datetime(2025, 1, 3, tzinfo=UTC)


def hashes(rng: Random, n: int) -> Iterator[int]:
    """Difference hashes of smooth pictures; every second one has a sky, with the noise that a camera gives it."""
    from jiayuan.media.fingerprint import dhash

    for number in range(n):
        picture = Image.frombytes("L", (5, 4), rng.randbytes(20)).resize((9, 8), Image.Resampling.BICUBIC)
        if number % 2:
            rows = rng.randrange(2, 4)
            picture.paste(Image.frombytes("L", (9, rows), bytes(rng.choices((199, 200, 201), k=9 * rows))), (0, 0))
        yield dhash(picture)


def fill(rng: Random, n: int) -> list[int]:
    """Pictures that all prove something; their hashes."""
    from jiayuan.media.alike import keys
    from jiayuan.media.models import Band, Link, Photo

    made: list[int] = []
    common = {"state": "derived", "received_at": AT, "received_on": AT.date(), "received_bytes": 1, "format": "jpeg"}
    for start in range(0, n, BATCH):
        some = list(hashes(rng, min(BATCH, n - start)))
        photos = Photo.objects.bulk_create(
            Photo(
                handle=UUID(int=rng.getrandbits(128)),
                sha256=f"{rng.getrandbits(256):064x}",
                width=1,
                height=1,
                dhash=one,
                fine=f"{rng.getrandbits(256):064x}",
                **common,
            )
            for one in some
        )
        Band.objects.bulk_create(
            [Band(photo=photo, key=key, dhash=photo.dhash) for photo in photos for key in keys(photo.dhash)]
        )
        Link.objects.bulk_create(
            Link(
                photo=photo,
                subject_kind="case",
                subject_id=photo.pk,
                role="after",
                place=1,
                linked_at=AT,
                linked_on=AT.date(),
            )
            for photo in photos
        )
        made += some
    return made


def here(n: int) -> dict[str, Any]:
    """Fill, ask and measure in this process, whose settings name the database."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from jiayuan.media.models import Photo
    from jiayuan.media.queries import earlier_twins

    call_command("migrate", verbosity=0)
    rng = Random(SEED)
    begun = time.perf_counter()
    store = fill(rng, n)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    filled = time.perf_counter() - begun
    newest = Photo.objects.order_by("-pk").values_list("pk", flat=True)[0]
    asked = [_asked(rng, store, newest + 1, is_copy=number % 2 == 0) for number in range(ASKED)]
    ours: list[float] = []
    bare: list[float] = []
    found = 0
    for photo in asked:
        with CaptureQueriesContext(connection) as captured:
            twins = earlier_twins(photo)
        found += bool(twins)
        ours.append(_timed(partial(earlier_twins, photo)))
        bare.append(_timed(partial(_again, [query["sql"] for query in captured])))
    loop = [_timed(partial(_all_apart, store, photo.dhash)) for photo in asked[:10]]
    return {
        "filled": filled,
        "ours": _spread(ours),
        "bare": _spread(bare),
        "loop": _spread(loop),
        "found": found,
    }


def _asked(rng: Random, store: Sequence[int], pk: int, *, is_copy: bool) -> Any:
    """A picture to be asked about: a copy with some bits turned, or a new one."""
    from jiayuan.media.models import Photo

    if not is_copy:
        return Photo(id=pk, sha256="-", dhash=next(hashes(rng, 1)), fine="0" * 64)
    place = rng.randrange(len(store))
    there = Photo.objects.order_by("pk")[place]
    turned = sum(1 << bit for bit in rng.sample(range(63), rng.randrange(11)))
    return Photo(id=pk, sha256="-", dhash=there.dhash ^ turned, fine=there.fine)


def _again(captured: Sequence[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql in captured:
            cursor.execute(sql.replace("%", "%%"))
            cursor.fetchall()


def _all_apart(store: Sequence[int], one: int) -> list[int]:
    mask = (1 << 64) - 1
    return [other for other in store if ((one ^ other) & mask).bit_count() <= 10]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _spread(values: Sequence[float]) -> list[float]:
    """Median, 95th percentile and worst."""
    return [
        round(value, 2) for value in (statistics.median(values), statistics.quantiles(values, n=20)[-1], max(values))
    ]


def report_on(engine: str, where: House, n: int) -> None:
    """Measure one engine and print what was found."""
    command = [sys.executable, "-m", "bench.similar", "--here", str(n)]
    done = subprocess.run(command, cwd=ROOT, env=where.env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    got = json.loads(done.stdout.splitlines()[-1])
    print(f"\n{engine}: {n:,} pictures (filled in {got['filled']:.0f} s), {ASKED} asked, limit {LIMIT_MS} ms")
    print(f"  {'ms':<32}{'median':>9}{'p95':>9}{'worst':>9}")
    rows = {
        "ours": "ours, three queries",
        "bare": "the same SQL by a bare cursor",
        "loop": "bare loop over all in memory",
    }
    for name, words in rows.items():
        print(f"  {words:<32}" + "".join(f"{value:>9.2f}" for value in got[name]))
    print(f"  ours ÷ bare SQL: {got['ours'][0] / got['bare'][0]:.2f}; copies found: {got['found']} of {ASKED // 2}")


def main(arguments: Sequence[str]) -> int:
    """Both engines, one after the other."""
    if arguments[:1] == ["--here"]:
        sys.stdout.write(json.dumps(here(int(arguments[1]))) + "\n")
        return 0
    from tests.run import cluster

    n = int(arguments[0]) if arguments else ROWS
    for engine in ("sqlite", "postgresql"):
        with ExitStack() as stack:
            address = create_database(stack.enter_context(cluster()), "bench") if engine == "postgresql" else ""
            report_on(engine, stack.enter_context(house(address)), n)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
