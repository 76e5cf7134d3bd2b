"""Lists of units and group phrases: where a unit ends, which neighbours are one phrase.

Source: notice-patterns.md, section 4, splitting; reading-the-notices.md (a phrase whose members share one head word or
one 按职责 stays whole).

    list  ::= item ((、 | , | 及 | 和 | 与 | 以及) item)*     及 和 与 part only what ends in a unit word on both sides
    item  ::= name | group | headless | unknown
One phrase are:  group headless*                            各科室、单位 (the second has no head word of its own)
                 own headless+ name*                        机关科室、中心、某支队 (classes of one bureau counted up)
                 group 及 group, alike                      其他股室及属下单位
                 group、group, alike, under one 按职责      各科室、各单位按职责办理
                 unknown、level                             市、县级…主管部门
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from db.intake.phrases.cell_text import CellText
from db.intake.phrases.groups import Group, group_of, headless, names_one_body
from db.intake.phrases.role_words import Tail, tail
from db.intake.phrases.units import CLOSE, LONGEST_NAME, OPEN, SUFFIXES, ends_a_name, is_alias, without_bracket
from db.rules.words import UNIT_KINDS

ItemKind = Literal["name", "group", "headless", "unknown"]

_ANDS: Final = ("以及", "及", "和", "与", "暨")
_STRONG: Final = "科室股处办队所心局委院"
"""Last signs of units proper."""
_GOES_ON: Final[dict[str, str]] = {
    "办": "公理事法案件结好",
    "处": "室理置罚分长",
    "所": "有属需在得以要涉长",
    "会": "同议商计办长",
    "部": "门署分委长",
    "队": "伍长",
    "局": "部限面机长",
    "组": "织成建长",
    "委": "托员办",
    "台": "账",
    "社": "会区",
    "校": "对长",
    "科": "室学技普长",
    "股": "室东份长",
    "站": "长",
    "院": "长",
    "镇": "长",
    "乡": "长",
}
"""What a suffix is no suffix before, by its last sign: it then begins another word."""
_LEVEL_SIGNS: Final = frozenset("省市县区镇乡州街村")
_LEVEL_ENDS: Final = ("管委会", "政府", "主管部门", "部门", "街道", "镇", "乡", "区", "县", "市", "局")
OTHER_LEVEL: Final = Group(("其他",), sure=False, level=True)


@dataclass(frozen=True, slots=True)
class Item:
    """One unit or group phrase of a list; before: the separator in front of it; parts: its own members' places."""

    kind: ItemKind
    start: int
    end: int
    before: str
    group: Group | None = None
    parts: tuple[tuple[int, int], ...] = ()


def unit_end(cell: CellText, start: int, end: int) -> tuple[int, Tail] | None:
    """Where the units at the beginning of a segment end, and the tail behind them; None where none stand there.

    The first end that a role word, a basis or 等 follows; else the whole segment; else the first that is a name or
    group at all: then what follows is a clause.
    """
    text = cell.text
    first: int | None = None
    for at in range(start + 1, min(end, start + LONGEST_NAME) + 1):
        if not _may_end(cell, start, at, end):
            continue
        if at == end:
            # 某科指导各科室: neither a name nor a group as a whole, but a unit and what it does
            return (first, Tail(first)) if first is not None and _is_sentence(text[start:end]) else (end, Tail(end))
        behind = tail(text, at, end)
        if behind.end > at:
            if _goes_on(text, at, behind.end, end):
                continue
            return at, behind
        if text[at] in OPEN and item_kind(text[start:at])[0] != "unknown":
            first = at
        if first is None and at - start > 1 and not _ends(text, start, at + 1):
            first = at if item_kind(text[start:at])[0] != "unknown" else None
    return None if first is None else (first, Tail(first))


def _is_sentence(text: str) -> bool:
    return item_kind(text)[0] == "unknown" and not any(word in text[1:-1] for word in _ANDS)


def _goes_on(text: str, start: int, at: int, end: int) -> bool:
    """Whether a role word was part of a name: 城乡 ends like a town's name, but behind the 统筹 of 城乡统筹科牵头
    stands the word that ends this one. Behind a 科 or 局 a role word is one."""
    if text[start - 1] in _STRONG:
        return False
    return any(
        text[at : at + length] in SUFFIXES and (at + length == end or tail(text, at + length, end).end > at + length)
        for length in (2, 1)
        if at + length <= end
    )


def _may_end(cell: CellText, start: int, at: int, end: int) -> bool:
    """Whether a name may end at this place: behind a suffix, or behind a bracket that ends in one itself."""
    text = cell.text
    if cell.inner[at - 1]:
        if at < end and cell.inner[at] and text[at] not in OPEN:
            return False
        if text[at - 1] not in CLOSE:
            return False
        stem = without_bracket(text[start:at])
        inside = text[start + len(stem) + 1 : at - 1]
        return ends_a_name(stem, len(stem)) and (is_alias(inside) or (headless(inside) is not None and _is_group(stem)))
    return _ends(text, start, at)


def _is_group(text: str) -> bool:
    return group_of(text) is not None


def _ends(text: str, start: int, at: int) -> bool:
    """Whether a suffix ends here: not the 会 of 会同, the 办 of 办公室 or 办理, the 处 of 处理."""
    if not ends_a_name(text[start:at], at - start):
        return False
    return at == len(text) or text[at] not in _GOES_ON.get(text[at - 1], "")


def item_kind(text: str) -> tuple[ItemKind, Group | None]:
    """What a normalised phrase is: a name, a group, a class word alone, or nothing known."""
    if alone := headless(text):
        return "headless", alone
    if group := group_of(text):
        return "group", group
    return ("name" if names_one_body(text) else "unknown"), None


def items_of(cell: CellText, start: int, end: int, before: str) -> list[Item]:
    """The items of a segment's unit part, parted at 及 和 与 between unit words."""
    found: list[Item] = []
    begin = start
    at = start + 1
    while at < end:
        word = next((one for one in _ANDS if cell.text.startswith(one, at) and not cell.inner[at]), "")
        after = at + len(word)
        if word and after < end and _is_phrase(cell.text[begin:at]) and _is_phrase_start(cell.text[after:end]):
            found.append(_item(cell, begin, at, before))
            begin, before, at = after, "及", after
        at += 1
    found.append(_item(cell, begin, end, before))
    return found


def _is_phrase(text: str) -> bool:
    return item_kind(text)[0] != "unknown"


def _is_phrase_start(text: str) -> bool:
    """What stands behind 及 begins with a unit word's phrase of its own, up to the next 及 at most."""
    return any(_is_phrase(text[:at]) for at in range(1, min(len(text), LONGEST_NAME) + 1) if ends_a_name(text, at)) or (
        _is_phrase(text)
    )


def _item(cell: CellText, start: int, end: int, before: str) -> Item:
    kind, group = item_kind(cell.text[start:end])
    return Item(kind, start, end, before, group, ((start, end),))


def merged(cell: CellText, items: Sequence[Item], shared: bool) -> list[Item]:
    """The phrases of a list. shared: all of it stands under one 按职责 or 按…原则."""
    found: list[Item] = []
    for item in _with_levels(cell, items):
        last = found[-1] if found else None
        if last is not None and last.group is not None and last.kind == "group" and item.before not in ("", ",", "\n"):
            joined = _joined(cell, last, item, shared)
            if joined is not None:
                found[-1] = replace(last, end=item.end, group=joined, parts=last.parts + item.parts)
                continue
        found.append(item)
    return found


def _joined(cell: CellText, last: Item, item: Item, shared: bool) -> Group | None:
    """Both as one group, None where they stay two phrases."""
    group = last.group
    if group is None:
        return None
    if item.kind == "headless" and item.group is not None:
        return group.with_group(item.group)
    if item.kind == "name":
        counted_up = group.own and any(_is_class(cell, part) for part in last.parts[1:])
        name = cell.written(item.start, item.end)
        return group.with_group(Group((), sure=True, units=(name,))) if counted_up and item.before == "、" else None
    if item.kind != "group" or item.group is None:
        return None
    takes_over = group.except_named and item.before == "及" and item.group.sure == group.sure
    alike = group.flags() == item.group.flags()
    if (alike and (item.before == "及" or shared)) or takes_over:
        return group.with_group(item.group)
    return None


def _is_class(cell: CellText, part: tuple[int, int]) -> bool:
    return headless(cell.text[part[0] : part[1]]) is not None


def _with_levels(cell: CellText, items: Sequence[Item]) -> list[Item]:
    """市、县级…主管部门 and 甲、乙、丙…管委会 are one phrase of another level."""
    found: list[Item] = []
    waiting: list[Item] = []
    for item in items:
        if item.kind == "unknown" and (not waiting or item.before == "、"):
            waiting.append(item)
            continue
        text = cell.text[item.start : item.end]
        if waiting and item.before in ("、", "及") and _is_level_list(cell, waiting, item, text):
            parts = tuple(part for one in waiting for part in one.parts) + item.parts
            found.append(Item("group", waiting[0].start, item.end, waiting[0].before, OTHER_LEVEL, parts))
        else:
            found.extend(waiting)
            found.append(item)
        waiting = []
    return found + waiting


def _is_level_list(cell: CellText, waiting: Sequence[Item], item: Item, text: str) -> bool:
    if item.group is not None and item.group.level:
        return True
    if all(cell.text[one.start : one.end].lstrip("各") in _LEVEL_SIGNS for one in waiting):
        return text.endswith(_LEVEL_ENDS) or any(sign in text for sign in ("级", "市", "县", "区", "镇"))
    return text.endswith(("管委会", "政府", "街道"))


def all_kinds() -> Group:
    """What 等 or a cited document may reach: anybody, possibly."""
    return Group(UNIT_KINDS, sure=False)
