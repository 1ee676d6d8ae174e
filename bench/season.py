# SPDX-License-Identifier: Apache-2.0
"""The season: how long it takes to load, beside bare inserts of the same rows, and databases filled with it.

``python -m bench.season`` loads a tenth and prints the ratio; ``python -m bench.season fill 10`` fills the database of
the settings with ten times the season, for the other benches.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import django
from django.conf import settings
from django.db.models import Model

TENTH = 0.1


def fill(scale: float, *, seed: int = 1) -> float:
    """Load a season so many times the declared one into the present database; the seconds that it took."""
    from jiayuan.cases.queries import shapes
    from jiayuan.cases.rules.season import smaller
    from jiayuan.cases.services import begin_season, load_season
    from jiayuan.kernel import clock
    from jiayuan.kernel.access import Actor

    by, drawn = Actor.system("bench.season"), smaller(shapes(), scale)
    start = perf_counter()
    begin_season(by=by, at=clock.now(), drawn=drawn, seed=seed)
    load_season(cast={}, by=by, at=clock.now(), drawn=drawn, seed=seed)
    return perf_counter() - start


@contextmanager
def kept_rows() -> Iterator[dict[type[Model], list[Model]]]:
    """Every row that is inserted in bulk inside this block."""
    from jiayuan.kernel import bulk

    kept: dict[type[Model], list[Model]] = defaultdict(list)
    insert = bulk.insert

    def keeping(rows: list[Model]) -> None:
        if rows:
            kept[type(rows[0])] += rows
        insert(rows)

    bulk.insert = keeping  # type: ignore[assignment]
    try:
        yield kept
    finally:
        bulk.insert = insert


def bare(kept: dict[type[Model], list[Model]]) -> float:
    """The same rows into the same tables once more, in one transaction that is taken back; the seconds."""
    from django.db import connection, transaction

    from jiayuan.kernel import bulk

    for number, rows in enumerate(kept.values(), start=1):
        for row in rows:
            _other_keys(row, number)
    start = perf_counter()
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA defer_foreign_keys = ON")
        for rows in kept.values():
            bulk.insert(rows)
        took = perf_counter() - start
        transaction.set_rollback(True)
    return took


def _other_keys(row: Model, number: int) -> None:
    """Keys and unique values of their own, so that the same rows go in twice."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, int) and not isinstance(value, bool) and (field.primary_key or field.is_relation):
            own = field.primary_key or field.related_model in (type(row), None)
            setattr(row, field.attname, value + 10**9 if own or _is_ours(field.related_model) else value)
        elif field.unique and isinstance(value, str):
            setattr(row, field.attname, f"{value[:-1]}~")
    for name in ("client_id", "handle"):
        value = getattr(row, name, None)
        if value is not None and not isinstance(value, str):
            setattr(row, name, type(value)(int=value.int ^ 1))


def _is_ours(model: object) -> bool:
    return getattr(model, "__module__", "").startswith(("jiayuan.cases", "jiayuan.media"))


def main(arguments: list[str]) -> None:
    """Fill, or measure."""
    if arguments[:1] == ["fill"]:
        sys.stdout.write(f"filled in {fill(float(arguments[1])):.1f} s\n")
        return
    with kept_rows() as kept:
        took = fill(TENTH)
    rows = sum(len(some) for some in kept.values())
    limit = bare(kept)
    sys.stdout.write(
        f"{settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[1]}: {rows} rows, loaded in {took:.1f} s, "
        f"bare inserts {limit:.1f} s, ratio {limit / took:.2f}\n"
    )


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1:])
