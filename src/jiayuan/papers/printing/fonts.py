# SPDX-License-Identifier: Apache-2.0
"""Which font stands for which. GB/T 9704 names licensed fonts; whoever has them puts their files into a folder.

What is not there is replaced by what is free: the Fandol fonts if their files lie in that folder, else Source Han
(Noto) Serif and Sans, which come with the packages. Fandol lacks 涢 and 澴, so every list ends with Noto, which draws
them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn as noto
import typst
from django.conf import settings

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
_NAMES = {
    SERIF: "思源宋体",
    SANS: "思源黑体",
    "FandolFang R": "Fandol仿宋",
    "FandolFang": "Fandol仿宋",
    "FandolKai": "Fandol楷体",
    "FandolHei": "Fandol黑体",
    "FandolSong": "Fandol宋体",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A font of the standard: as Word files name it, the families that are it, those that may stand for it."""

    key: str
    name: str
    is_it: tuple[str, ...]
    may_stand: tuple[str, ...]


FACES = (
    Face(
        key="fangsong",
        name="仿宋_GB2312",
        is_it=("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong"),
        may_stand=("FandolFang R", "FandolFang", SERIF),
    ),
    Face(
        key="kaiti",
        name="楷体_GB2312",
        is_it=("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti"),
        may_stand=("FandolKai", SERIF),
    ),
    Face(key="heiti", name="黑体", is_it=("SimHei", "黑体", "STHeiti"), may_stand=("FandolHei", SANS)),
    Face(
        key="biaosong",
        name="方正小标宋简体",
        is_it=("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXBSJW--GB1-0", "FZXBSJW"),
        may_stand=(SERIF,),
    ),
    Face(key="songti", name="宋体", is_it=("SimSun", "宋体", "STSong"), may_stand=("FandolSong", SERIF)),
)


@dataclass(frozen=True)
class FontSet:
    """The fonts of this machine: families by face, and what stands for what."""

    fonts: typst.Fonts
    families: Mapping[str, tuple[str, ...]]
    replaced: Mapping[str, str]

    @property
    def title_is_thin(self) -> bool:
        """Whether the font of titles is a text font that must be drawn bolder."""
        return self.families["biaosong"][0] == SERIF

    @property
    def sentence(self) -> str:
        """Which fonts stand for which, as the PDF says it; empty where none had to be replaced."""
        told = "，".join(f"{_NAMES.get(family, family)}代{name}" for name, family in self.replaced.items())
        return f"字体：{told}" if told else ""


def folder() -> Path:
    """Where a house puts its own font files."""
    return Path(settings.VAR) / "fonts"


def fonts() -> FontSet:
    """The fonts as they lie there now."""
    files = sorted(path for path in folder().glob("*") if path.suffix.lower() in (".ttf", ".otf", ".ttc"))
    return _found(tuple((str(path), path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=2)
def _found(files: tuple[tuple[str, int], ...]) -> FontSet:
    paths: list[str] = [str(noto.serif_path().parent), *dict.fromkeys(str(Path(file).parent) for file, _ in files)]
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    there = set(found.families())
    families, replaced = {}, {}
    for face in FACES:
        chosen = next(family for family in (*face.is_it, *face.may_stand) if family in there)
        last = SANS if face.key == "heiti" else SERIF
        families[face.key] = tuple(dict.fromkeys((chosen, last)))
        if chosen not in face.is_it:
            replaced[face.name] = chosen
    return FontSet(fonts=found, families=families, replaced=replaced)
