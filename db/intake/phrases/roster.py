"""The roster (单位名册): every body named in a unit cell or bracket, and those named one by one in the address line.

Source: notice-patterns.md, section 4, group words (the addressee line names groups too, and bodies); reading-the-
notices.md, conventions. Members of a group phrase are never made up: a unit that no cell names is not in the roster.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import Final

from db.intake.phrases.assignments import names
from db.intake.phrases.signs import folded
from db.intake.phrases.units import is_name, is_near, kind_of
from db.intake.reading import Doubt
from db.rules.notice import NoticeUnit

COMPARED: Final = 300
"""Names that are compared pair by pair; the largest roster seen has 17."""
_SECTIONS: Final = ("科", "股", "处", "室", "中心", "支队", "大队")


def roster(
    cells: Iterable[tuple[str, tuple[str, ...]]], address: str | None
) -> tuple[tuple[NoticeUnit, ...], tuple[Doubt, ...]]:
    """The units in order of first appearance, with the cell that names each; those of the address line behind them.

    cells: text and names of each unit cell, in order. Names that differ in width or white space alone are one, as
    first spelled; names that may be one body, or two run together, are a doubt.
    """
    found: dict[str, NoticeUnit] = {}
    for text, named in cells:
        _take(found, text, named)
    if address is not None:
        _take(found, address, names(address.rstrip("：: \n"), None))
    units = tuple(found.values())
    return units, (*_near(units), *_run_together(found))


def _take(found: dict[str, NoticeUnit], text: str, named: tuple[str, ...]) -> None:
    for name in named:
        quote = "".join(text.split("\n")).strip()
        found.setdefault(folded(name), NoticeUnit(name, kind_of(name), quote))


def _near(units: tuple[NoticeUnit, ...]) -> list[Doubt]:
    pairs = combinations([unit.name for unit in units[:COMPARED]], 2)
    return [
        Doubt("units_near", f"{one}、{other}", "是两个单位", (f"都是“{one}”", f"都是“{other}”"))
        for one, other in pairs
        if is_near(one, other)
    ]


def _run_together(found: dict[str, NoticeUnit]) -> list[Doubt]:
    """办公室文秘科 may be one section, or two lines of a cell that have lost their break."""
    return [
        Doubt("units_near", unit.name, "是一个单位", (f"{unit.name[:at]}、{unit.name[at:]}",))
        for key, unit in found.items()
        for at in range(2, len(key) - 1)
        if len(key) == len(unit.name) and _are_two(key[:at], key[at:])
    ]


def _are_two(one: str, other: str) -> bool:
    """Whether both parts can be bodies of their own: two sections; two bureaus; two bodies of one level (县…县…)."""
    if not (is_name(one) and is_name(other)):
        return False
    if one.endswith(_SECTIONS):
        return True
    if one.endswith("局"):
        return other.endswith("局") and not other.endswith("分局")
    return one.endswith(("院", "委", "厅", "会")) and one[0] == other[0] and one[0] in "省市县区州盟旗"
