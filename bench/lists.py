# SPDX-License-Identifier: Apache-2.0
"""What it costs to issue two hundred rectification lists of five items, one after the other, each under its number.

Each is drafted and issued through the services, its items with limits, its paper frozen, its events written. Beside
them stand as many transactions of one row in the same database.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.ground import house

LISTS, ITEMS = 200, 5


def main() -> int:
    """Always 0 when it could measure; the numbers speak."""
    with TemporaryDirectory(prefix="jiayuan-bench-") as made, house("", static=Path(made) / "static") as where:
        where.inside("ground")
        found = where.inside("issue_lists", n=LISTS, items=ITEMS)
    ours, bare = found["seconds"], found["bare"]
    print(f"{LISTS} lists of {ITEMS} items drafted and issued: {ours:.1f} s, {1000 * ours / LISTS:.0f} ms each")
    print(f"  numbers {found['first']} to {found['newest']}, without a gap")
    print(f"  {LISTS} transactions of one row: {bare:.2f} s; ratio {ours / bare:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
