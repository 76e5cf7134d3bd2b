"""Whom a sentence of the body names as doing something: parties that only the body names are possible, no more.

Source: reading-the-notices.md (a party named only in the body sees the row as possible).

    party ::= clause-begin list …            文件起草部门制作…时要…
            | 由 list (会同 list)? …          by whom, anywhere in a clause; behind 会同 it supports
    list  ::= names of the roster, or a group with a word of its own (各, 相关, 起草 …)
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from db.intake.phrases.cell_lists import Item, items_of, unit_end
from db.intake.phrases.cell_text import CellText, cell_text
from db.intake.phrases.groups import is_said_group
from db.intake.phrases.role_words import ACTIONS, FILLERS, JOINING
from db.intake.phrases.signs import folded
from db.rules.said import Responsibility, Scope
from db.rules.words import Role

LONGEST: Final = 2_000
"""Signs of a sentence that are looked through."""
_CLAUSE: Final = re.compile(r"[^,;:。!?\n]+")
_POINT: Final = re.compile(r"[一二三四五六七八九十]是")


def parties_of(sentence: str, known: Collection[str]) -> tuple[Responsibility, ...]:
    """The parties in order, each related, not listed, with the sentence as quote. known: folded names of the roster."""
    cell = cell_text(sentence[:LONGEST])
    found: dict[tuple[Role, str], Responsibility] = {}
    for role, item in _parties(cell, known):
        words = cell.written(item.start, item.end)
        group = item.group
        scope = Scope((), (words,)) if group is None else Scope(group.kinds, (), group.except_named)
        found.setdefault((role, words), Responsibility(role, words, "related", scope, listed=False, quote=sentence))
    return tuple(found.values())


def _parties(cell: CellText, known: Collection[str]) -> Iterator[tuple[Role, Item]]:
    for clause in _CLAUSE.finditer(cell.text):
        start, end = clause.span()
        if cell.inner[start]:
            continue
        point = _POINT.match(cell.text, start, end)
        starts = [_past_fillers(cell.text, point.end() if point else start, end)]
        starts.extend(at + 1 for at in range(start, end) if cell.text[at] == "由" and at + 1 not in starts)
        for begin in dict.fromkeys(starts):
            yield from _list(cell, begin, end, known)


def _past_fillers(text: str, start: int, end: int) -> int:
    word = next((one for one in FILLERS if text.startswith(one, start, end)), "")
    return start + len(word)


def _list(cell: CellText, start: int, end: int, known: Collection[str]) -> Iterator[tuple[Role, Item]]:
    """The units that stand here, one behind the other; behind 会同 they support."""
    role: Role = "responsible"
    for begin, stop, before in cell.segments(start, end):
        at = begin
        while at < stop:
            ended = unit_end(cell, at, stop)
            items = [] if ended is None else items_of(cell, at, ended[0], before)
            if ended is None or not all(_is_party(cell, item, known) for item in items):
                return
            yield from ((role, item) for item in items)
            at = ended[0]
            joint = next((word for word in JOINING if cell.text.startswith(word, at, stop)), "")
            if not joint and at < stop:
                return
            role, at = ("support" if joint else role), at + len(joint)


def _is_party(cell: CellText, item: Item, known: Collection[str]) -> bool:
    words = cell.text[item.start : item.end]
    if item.kind == "group":
        return is_said_group(words) and not words.startswith(ACTIONS)
    return item.kind == "name" and folded(words) in known
