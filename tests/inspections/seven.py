# SPDX-License-Identifier: Apache-2.0
"""The seven real sheets of the handbook (§4.1) as far as they are known, expressed as sheets that can be scored.

Where a source is known in parts only, the rest is one module «其余项目» with the points that are left.
"""

from jiayuan.inspections.enums import Effect, Unit
from jiayuan.inspections.rules import Ground, Item, Module, Sheet


def item(key: str, full: int, *grounds: Ground, **more: object) -> Item:
    """An item with full marks in points."""
    return Item(key=key, title=key, full=full * 100, grounds=grounds, **more)  # type: ignore[arg-type]


def less(key: str, points: int, unit: Unit = Unit.PLACE, **more: object) -> Ground:
    """So many points off each time."""
    return Ground(key=key, words=key, amount=points * 100, unit=unit, **more)  # type: ignore[arg-type]


def nothing(key: str, effect: Effect = Effect.ZERO_ITEM) -> Ground:
    """A zero-out."""
    return Ground(key=key, words=key, effect=effect, unit=Unit.ONCE)


def module(key: str, weight: int, *items: Item) -> Module:
    """A module with its weight in per cent."""
    return Module(key=key, title=key, weight=weight * 100, items=items)


def rest(weight: int) -> Module:
    """What a source does not tell, each fault one point."""
    return module("其余", weight, item("其余项目", weight, less("a", 1)))


COUNTY_TOWN_VILLAGE = Sheet(
    modules=(
        module(
            "体系", 9,
            item("长效机制", 3, less("a", 3, Unit.ONCE)),
            item("村规民约", 3, less("a", 3, Unit.ONCE)),
            item("门前三包", 3, less("a", 3, Unit.ONCE)),
        ),
        module(
            "队伍", 8,
            # One cleaner for 500 people: each one missing costs a point.
            item("保洁员", 4, less("a", 1, Unit.PERSON_TIME)),
            item("工具", 4, less("a", 1, Unit.ITEM)),
        ),
        module(
            "垃圾", 18,
            item("收运处置", 18, less("a", 6, Unit.ONCE), less("b", 6, Unit.ONCE), less("c", 1)),
        ),
        module("堆放", 15, item("乱堆乱放", 15, less("a", 1, Unit.PIECE))),
        rest(50),
    )
)  # fmt: skip
VILLAGE = Sheet(
    modules=(
        module("厕所", 10, item("户厕", 10, less("a", 2, Unit.HOUSEHOLD, most=5))),
        module(
            "积分", 5,
            item(
                "红黑榜", 5,
                less("a", 5, Unit.ONCE, choice="榜"),
                less("b", 4, Unit.ONCE, choice="榜"),
                less("c", 3, Unit.ONCE, choice="榜"),
            ),
        ),
        module("垃圾", 5, item("可视垃圾", 5, less("a", 1), nothing("焚烧"))),
        module("庭院", 10, item("房前屋后", 10, less("a", 1))),
        module("道路", 10, item("硬化路", 5, less("a", 1)), item("未硬化路", 5, less("a", 1), may_be_absent=True)),
        rest(60),
    )
)  # fmt: skip
HUNDRED_DAYS = Sheet(modules=(module("主题", 100, item("房前屋后垃圾杂物", 100, less("a", 2), less("b", 5))),))
DEPUTIES = Sheet(
    modules=(module("全覆盖", 100, item("村庄环境", 100, less("a", 1), nothing("拒检", Effect.ZERO_SHEET))),)
)
TEN_ASPECTS = Sheet(
    modules=tuple(
        module(name, 10, item(f"{name}项", 10, less("a", 1)))
        for name in ("道路", "沟渠", "村庄", "庭院", "田园", "意识", "制度", "宣传", "组织", "整改曝光")
    )
)
COMPOSITE = Sheet(
    # Each module is scored on a sheet of a hundred of its own and weighed.
    modules=tuple(
        module(name, weight, item(f"{name}项", 100, less("a", 2)))
        for name, weight in (
            ("规划", 10), ("环卫", 20), ("公用", 10), ("市政", 15), ("交通", 5), ("绿化", 10), ("工地", 5),
            ("小区", 10), ("其余", 15),
        )
    )
)  # fmt: skip
DIGITAL = Sheet(
    # Rates come in as percentage points below the target of a hundred; supervised cases as pieces.
    modules=(
        module("按期结案", 60, item("按期结案率", 60, less("a", 1, Unit.PERCENT))),
        module("返工", 20, item("返工率", 20, less("a", 1, Unit.PERCENT))),
        module("督办", 20, item("督办件", 20, less("a", 5, Unit.ITEM))),
    )
)
SEVEN = {
    "S76": COUNTY_TOWN_VILLAGE,
    "S77": VILLAGE,
    "S7": HUNDRED_DAYS,
    "S78": DEPUTIES,
    "S16": TEN_ASPECTS,
    "S79": COMPOSITE,
    "S60": DIGITAL,
}
