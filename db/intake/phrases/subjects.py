"""Units as the subject of a task's own sentences, where it has neither a unit cell nor a bracket of units.

Source: notice-patterns.md, section 1 (unit as subject: X科要…), section 4; reading-the-notices.md (an item without a
bracket is a task too). Always with a doubt: prose binds less surely than a column.

    clause ::= 由? list (牵头 | 统筹 | 负责 | 配合 …) … | list (要 | 需 | 应 | 须 | 必须 | 负责) …
    list   ::= names, or a group with 各, 其他, 相关 … (完善部门协调 names nobody)
"""

import re
from collections.abc import Iterator
from typing import Final

from db.intake.phrases.cell_lists import Item, items_of, merged, unit_end
from db.intake.phrases.cell_text import CellText, cell_text
from db.intake.phrases.groups import ATTACHED, EVERY, OTHERS
from db.intake.phrases.remembering import remembered
from db.intake.phrases.role_words import tail
from db.intake.phrases.signs import folded
from db.intake.reading import Doubt
from db.rules.notice import NoticeUnit
from db.rules.said import Responsibility, Scope
from db.rules.words import Role

LONGEST: Final = 8_000
"""Signs of a requirement that are looked through."""
_DUTY: Final = ("必须", "要", "需", "应", "须", "负责")
_CLAUSE: Final = re.compile(r"[^,;。!?\n]+")
_NO_NAME: Final = (*"要需将把被为对在的了", "能够", "必须", "根据", "进一步", "同时", "通过", "围绕", "确保")
"""What makes a run of text a sentence, though it ends like a name."""
_HEADS: Final = (*EVERY, *OTHERS, *ATTACHED, "相关", "有关", "涉及", "局机关")


@remembered
def subject_names(requirement: str) -> tuple[tuple[str, str], ...]:
    """Name and clause of each body that is the subject of a clause: for the roster."""
    cell = cell_text(requirement[:LONGEST])
    return tuple(
        (cell.written(item.start, item.end), quote) for _, item, quote in _subjects(cell) if item.kind == "name"
    )


def subjects(requirement: str, roster: tuple[NoticeUnit, ...]) -> tuple[tuple[Responsibility, ...], tuple[Doubt, ...]]:
    """Who the sentences of a task make responsible, each with its clause as quote; () and no doubt if nobody."""
    known = {folded(unit.name): unit.name for unit in roster}
    cell = cell_text(requirement[:LONGEST])
    found: dict[tuple[Role, str], Responsibility] = {}
    for role, item, quote in _subjects(cell):
        words = cell.written(item.start, item.end)
        if item.group is not None:
            scope = Scope(item.group.kinds, (), item.group.except_named)
            one = Responsibility(role, words, "group" if item.group.sure else "related", scope, quote=quote)
        elif folded(words) in known:
            one = Responsibility(role, known[folded(words)], "name", quote=quote)
        else:
            continue
        found.setdefault((role, one.name), one)
    if not found:
        return (), ()
    quotes = tuple(dict.fromkeys(one.quote or "" for one in found.values()))
    return _leads_first(found), (Doubt("units_clause", "；".join(quotes), "没有责任栏，按句子里写的单位读"),)


def _leads_first(found: dict[tuple[Role, str], Responsibility]) -> tuple[Responsibility, ...]:
    order: tuple[Role, ...] = ("lead", "responsible", "support")
    return tuple(sorted(found.values(), key=lambda one: order.index(one.role)))


def _subjects(cell: CellText) -> Iterator[tuple[Role, Item, str]]:
    for clause in _CLAUSE.finditer(cell.text):
        start, end = clause.span()
        if cell.inner[start]:
            continue
        quote = cell.written(start, end)
        by = cell.text.startswith(("由", "并由"), start)
        if by:
            start += 2 if cell.text[start] == "并" else 1
        begun, listed = start, []
        for begin, stop, before in cell.segments(start, end):
            ended = unit_end(cell, begin, stop)
            if ended is None:
                break
            listed.extend(items_of(cell, begin, ended[0], before))
            begun = ended[0]
            if ended[0] < stop:
                break
        role = _role(cell.text, begun, end) if listed else None
        if role is not None and all(_is_party(cell, item) for item in listed):
            for item in merged(cell, listed, shared=False):
                yield role, item, quote


def _role(text: str, start: int, end: int) -> Role | None:
    """What follows the units: a role word, or a duty."""
    behind = tail(text, start, end)
    if behind.role is not None:
        return behind.role
    return "responsible" if text.startswith(_DUTY, start, end) else None


def _is_party(cell: CellText, item: Item) -> bool:
    words = cell.text[item.start : item.end]
    if item.kind == "group":
        return any(one in words for one in _HEADS)
    return item.kind == "name" and not any(one in words for one in _NO_NAME)
