"""The clauses of a unit cell: lists of units with the tail that says their role. Grammar: assignments.py."""

import re
from typing import Final

from db.intake.phrases.brackets import behind_remark, holds_units, is_plain
from db.intake.phrases.cell_lists import Item, all_kinds, items_of, merged, unit_end
from db.intake.phrases.cell_parts import ASSUMED, DoubtKind, Parsed, Part
from db.intake.phrases.cell_text import CellText, cell_text, unwrapped
from db.intake.phrases.groups import Group, group_of
from db.intake.phrases.role_words import ACTIONS, FILLERS, GLUED_LABEL, JOINING, LABEL, Tail, label_role, tail
from db.intake.phrases.units import CLOSE, MARKS, OPEN
from db.intake.reading import Doubt
from db.rules.words import Role

LONGEST_CELL: Final = 1_000
"""Signs of a unit cell; the longest seen has 60. What is longer is no list of units."""

NOTHING: Final = frozenset(("", "/", "//", "\\", "-", "--", "---", "无", "暂无", "空"))
_NUMBER: Final = re.compile(r"(?:[0-9]{1,2}[.)]|\([0-9一二三四五六七八九十]{1,2}\))")
_CITED: Final = ("《", "附件", "附表")

_NOBODY: Final = "没有写是哪个单位"


def parsed(text: str, column: Role | None) -> Parsed:
    """The parts of a unit cell. column: the role that its column gives, None where the phrases say it."""
    found = Parsed()
    if len(text) > 4 * LONGEST_CELL and len("".join(text.split())) > LONGEST_CELL:
        found.doubts.append(_too_long(text))
        return found
    cell = cell_text(text)
    start, end = unwrapped(cell)
    if cell.text[start:end] in NOTHING:
        return found
    if end - start > LONGEST_CELL:
        found.doubts.append(_too_long(text))
        return found
    begin, role, silent = start, column, False
    for label in LABEL.finditer(cell.text, start, end):
        if cell.inner[label.start()]:
            continue
        _clauses(cell, begin, label.start(), role, found, silent)
        begin, role = label.end(), label_role(label)
        silent = role is None
    _clauses(cell, begin, end, role, found, silent)
    if found.parts:
        # 按职责分工，各科室负责: the maxim in front has its units behind it.
        found.doubts = [one for one in found.doubts if one.assumed != _NOBODY]
    return found


def _too_long(text: str) -> Doubt:
    return Doubt("units_unread", f"{text[:80].strip()}…", "太长，没有读出责任单位", blocks=True)


class _Clauses:
    """The clauses of one stretch of a cell, read from left to right."""

    def __init__(self, cell: CellText, column: Role | None, found: Parsed) -> None:
        self.cell, self.column, self.found = cell, column, found
        self.waiting: list[Item] = []
        self.after: Role | None = None
        self.in_clause = False

    def segment(self, start: int, end: int, before: str) -> None:
        if before in (";", "。", "\n"):
            self.finish()
        if end - start <= 2 and self.cell.text[start:end].isdigit() and self.cell.text[end : end + 1] == "、":
            return  # 1、规划科
        if before == "," and not self.waiting:
            self.after, self.in_clause = None, False
        start = self._past_fillers(start, end)
        joint = self._joint(start, end)
        if joint is not None:
            if joint[0] > start:
                self._phrase(start, joint[0], before)
            self._spoken("lead", shared=False)
            self.after, self.in_clause = "support", False
            start, before = joint[1], ""
        if start < end:
            self._phrase(start, end, before)

    def finish(self) -> None:
        """What waits for a verb at the end of a sentence has its column's role, or is responsible."""
        self._spoken(self._plain_role(), shared=False)
        self.after, self.in_clause = None, False

    def _plain_role(self) -> Role:
        return self.after or self.column or "responsible"

    def _past_fillers(self, start: int, end: int) -> int:
        text = self.cell.text
        if number := _NUMBER.match(text, start, end):
            start = number.end()
        while True:
            if start < end and text[start] in MARKS:
                self._doubt("units_clause")
                start += 1
            elif word := next((one for one in FILLERS if text.startswith(one, start, end)), ""):
                start += len(word)
            else:
                return start

    def _joint(self, start: int, end: int) -> tuple[int, int] | None:
        """Where 会同 stands in a segment, behind a unit or a role word or at its beginning, with units behind it."""
        text = self.cell.text
        for word in JOINING:
            at = text.find(word, start, end)
            if at < 0 or self.cell.inner[at] or at + len(word) >= end:
                continue
            behind = unit_end(self.cell, at + len(word), end)
            if behind is None or behind[0] - at - len(word) < 2:
                continue
            before = None if at == start else unit_end(self.cell, start, at)
            if at == start and word != "联合" and not self._has_leader():
                self._doubt("units_clause")  # who leads stands in no word of the cell
            elif (at > start or not self._has_leader()) and (before is None or before[1].end != at):
                continue
            return at, at + len(word)
        return None

    def _has_leader(self) -> bool:
        return bool(self.waiting or self.found.parts)

    def _phrase(self, start: int, end: int, before: str) -> None:
        text = self.cell.text
        label = GLUED_LABEL.match(text, start, end)
        if label and label.end() < end and not tail(text, label.end(), end).end > label.end():
            start, role = label.end(), label_role(label)
            start += text.startswith(("为", "是", "由"), start, end)
            ended = unit_end(self.cell, start, end)
            if ended is not None and ended[0] == end:
                self._spoken(self._plain_role(), shared=False)
                self.waiting, self.after = items_of(self.cell, start, end, ""), role
                self._spoken(role or self._plain_role(), shared=False)
                return
        if self._turned(start, end, before):
            return
        ended = unit_end(self.cell, start, end)
        if ended is None:
            self._without_unit(start, end, before)
        elif self.in_clause and before == "、" and not self._is_subject(*ended, end):
            return
        else:
            self._with_unit(start, ended[0], ended[1], end, before)

    def _turned(self, start: int, end: int, before: str) -> bool:
        """A verb in front of its units (配合办公室): read so, with a doubt."""
        verb = tail(self.cell.text, start, end)
        if verb.role not in ("lead", "support") or verb.end >= end or verb.cites:
            return False
        ended = unit_end(self.cell, verb.end, end)
        if ended is None or ended[0] != end or ended[0] - verb.end < 2:
            return False
        whole = items_of(self.cell, start, end, before)
        if whole[0].kind == "group":
            return False
        self._spoken(self._plain_role(), shared=False)
        self.waiting.extend(items_of(self.cell, verb.end, end, ""))
        self._doubt("units_clause")
        self._spoken(verb.role, shared=False)
        return True

    def _is_subject(self, at: int, behind: Tail, end: int) -> bool:
        return behind.end > at or (at < end and self.cell.text.startswith(ACTIONS, at))

    def _with_unit(self, start: int, at: int, behind: Tail, end: int, before: str) -> None:
        items = items_of(self.cell, start, at, before)
        if behind.end == at < end and (further := behind_remark(self.cell, at, end)) is not None:
            self._doubt("units_clause")
            behind = further
        if behind.marks and behind.role is not None:
            if self.waiting:
                self._doubt("units_clause")
            held, self.waiting = self.waiting, items
            self._spoken(behind.role, shared=False)
            self.waiting = held
            self._rest(behind.end, end, start)
            return
        self.waiting.extend(items)
        if behind.etc is not None:
            self._etc(behind, at, end)
            return
        if behind.end == end and behind.role is None and not behind.shared:
            return
        role = self._role_of(behind)
        self._spoken(role, behind.shared)
        ended = unit_end(self.cell, behind.end, end) if role == "lead" and behind.end < end else None
        if ended is not None and ended[1].end == end and ended[1].role == "support":
            self._with_unit(behind.end, ended[0], ended[1], end, ",")  # 甲科牵头乙科配合
        else:
            self._rest(behind.end, end, start)

    def _role_of(self, behind: Tail) -> Role:
        if behind.role in ("lead", "support") and self.after is None:
            return behind.role
        return self._plain_role()

    def _etc(self, behind: Tail, at: int, end: int) -> None:
        first, last = behind.etc or (at, at)
        word = self.cell.text[first:last]
        number = "".join(sign for sign in word if sign in "0123456789一二三四五六七八九十")
        role = self._role_of(behind)
        count = len(self.waiting)
        self._spoken(role, behind.shared)
        if number and number in (str(count), "零一二三四五六七八九十"[count : count + 1]):
            return
        words = self.cell.written(first, last)
        behind_etc = items_of(self.cell, first + 1, last, "") if last > first + 1 else []
        kinds = next((one.group for one in behind_etc if one.group), None)
        group = Group(kinds.kinds, sure=False) if kinds is not None else all_kinds()
        self.found.parts.append(Part(role, "group", words, group, listed=False))
        self._doubt("units_open")
        self._rest(behind.end, end, at)

    def _rest(self, at: int, end: int, start: int) -> None:
        """What stands behind the tail is a clause, which may name more than was read; or a bracket with its own units
        (某科(某股配合))."""
        text = self.cell.text
        if at >= end:
            return
        if text[at] in OPEN and text[end - 1] in CLOSE:
            if not self._in_bracket(at, end):
                self._doubt("units_clause")
            return
        self.in_clause = text[at] not in MARKS
        self._doubt("units_clause")

    def _in_bracket(self, at: int, end: int) -> bool:
        """Whether a bracket behind a unit holds units of their own: they are then read."""
        if not holds_units(self.cell, at, end):
            return False
        if is_plain(self.cell.text[at + 1 : end - 1]):
            self._doubt("units_clause")
        reader = _Clauses(self.cell, self.column, self.found)
        for begin, stop, before in self.cell.segments(at + 1, end - 1):
            reader.segment(begin, stop, before)
        reader.finish()
        return True

    def _without_unit(self, start: int, end: int, before: str) -> None:
        text = self.cell.text
        behind = tail(text, start, end)
        if behind.end > start and self.waiting:
            self._spoken(self._role_of(behind), behind.shared)
            self._rest(behind.end, end, start)
        elif any(word in text[start:end] for word in _CITED):
            words = self.cell.written(start, end)
            self.found.parts.append(Part(self._plain_role(), "group", words, all_kinds(), listed=False))
            self._doubt("units_citation")
        elif behind.end == end:
            self._nobody(start, end)
        elif self.in_clause:
            return
        elif (group := group_of(text[start:end])) is not None and group.level:
            self.waiting.append(Item("group", start, end, before, group, ((start, end),)))
        elif self.found.parts and not self.waiting and before != "、":
            self._doubt("units_clause")
        else:
            self.waiting.append(Item("unknown", start, end, before, None, ((start, end),)))

    def _nobody(self, start: int, end: int) -> None:
        """A maxim or a role word with nobody in front of it."""
        words = self.cell.written(start, end)
        if not self.found.parts:
            self.found.doubts.append(Doubt("units_unread", words, _NOBODY, blocks=True))
        elif tail(self.cell.text, start, end).role in ("lead", "support"):
            self._doubt("units_clause")

    def _spoken(self, role: Role, shared: bool) -> None:
        """The waiting list has its role."""
        unlike = role != "responsible" and any(one.before == "," for one in self.waiting[1:])
        nobody = role == "support" and len(self.waiting) > 1 and self.column is None and not self.found.parts
        if unlike or (nobody and self.after is None):  # 甲科、乙科配合: whom?
            self._doubt("units_clause")
        for item in merged(self.cell, self.waiting, shared):
            members = tuple(self.cell.written(*part) for part in item.parts)
            words = self.cell.written(item.start, item.end)
            self.found.parts.append(Part(role, item.kind, words, item.group, True, members, item.before))
        self.waiting = []

    def _doubt(self, kind: DoubtKind) -> None:
        """Once for each kind: the cell is looked at as a whole."""
        doubt = Doubt(kind, self.cell.written(0, len(self.cell.text)), ASSUMED[kind])
        if doubt not in self.found.doubts:
            self.found.doubts.append(doubt)


def _clauses(cell: CellText, start: int, end: int, role: Role | None, found: Parsed, silent: bool) -> None:
    if silent or start >= end:
        return
    reader = _Clauses(cell, role, found)
    for begin, stop, before in cell.segments(start, end):
        reader.segment(begin, stop, before)
    reader.finish()
