"""Lines of prose put together as items: their numbers, the headings above them, brackets and lines with labels.

    list    := (heading | item | label-line)*
    heading := number title, on a line of its own with something deeper or unnumbered below it
    item    := number? text label-line* | text+ bracket
The list begins at the headings above the first item that names units and ends where its numbering does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from db.intake.numbering import CHAPTER, CHINESE, ITEM, Head, leading
from db.intake.prose_signs import Bracket, Label, label_of, unit_brackets
from db.intake.rows import is_finished
from db.intake.source import Place
from db.rules.words import Role

_LONGEST_HEADING: Final = 60
_SENTENCE_END: Final = re.compile(r"[。；;！!]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose: of which block, where, and the key of a task that it becomes."""

    block: int
    text: str
    place: Place
    key: str


@dataclass(slots=True)
class Item:
    """An item being put together. lines: its positions; path: heads from the outermost on; headings: the positions
    of the heading lines above it."""

    lines: list[int]
    path: tuple[Head, ...]
    headings: tuple[int, ...]
    own: bool
    """Whether its first line carries its number."""
    units: list[tuple[Role | None, str]] = field(default_factory=list)
    deadline: str | None = None
    remark: str | None = None
    brackets: tuple[Bracket, ...] = ()
    labels: list[int] = field(default_factory=list)
    """The lines with labels that were taken into it."""

    @property
    def charged(self) -> bool:
        return bool(self.units or self.brackets)


@dataclass(frozen=True, slots=True)
class Parsed:
    line: Line
    head: Head | None
    brackets: tuple[Bracket, ...]
    label: Label | None

    @property
    def empty(self) -> bool:
        return not self.line.text.strip()


def parsed_line(line: Line) -> Parsed:
    """A line with what it shows by itself; a bracket on a line of its own is a label like any other."""
    label = label_of(line.text)
    brackets = () if label else unit_brackets(line.text, leading(line.text) is not None)
    if len(brackets) == 1 and not (line.text[: brackets[0].start] + line.text[brackets[0].end :]).strip(
        " \t\u3000。；;"
    ):
        text = line.text[brackets[0].start : brackets[0].end]
        label, brackets = Label("unit", None, text, True, brackets[0].deadline), ()
    return Parsed(line, None if label else leading(line.text), brackets, label)


def labelled(parsed: Sequence[Parsed]) -> list[int]:
    """The positions of texts that a line with a unit label follows."""
    found: list[int] = []
    text = -1
    for at, one in enumerate(parsed):
        if one.label is not None and one.label.kind == "unit":
            if text >= 0 and (parsed[text].head or is_finished(parsed[text].line.text)):
                found.append(text)
        elif one.label is None and not one.empty:
            text = at
    return sorted(set(found))


def extent(parsed: Sequence[Parsed], marks: Sequence[int]) -> tuple[int, int]:
    """The first line of the list and the one behind its last."""
    first = marks[0]
    level = parsed[first].head.level if parsed[first].head else 99  # type: ignore[union-attr]
    at = first
    while at > 0 and level > CHAPTER:
        at -= 1
        head = parsed[at].head
        if head is None:
            continue
        if head.level < level or (head.level == level and level >= ITEM):
            first, level = at, head.level
        elif head.level == level:
            break
    top: dict[int, int] = {}
    through: dict[int, int] = {}
    last = marks[-1] + 1
    for at in range(first, len(parsed)):
        head = parsed[at].head
        if head is None:
            last = at + 1 if at <= marks[-1] or parsed[at].label else last
            continue
        if at > marks[-1] and head.value - 1 not in (top.get(head.level, 0), through.get(head.level)):
            break
        top = {one: value for one, value in top.items() if one < head.level}
        top[head.level] = through[head.level] = head.value
        last = max(last, at + 1)
    return first, last


def items_of(parsed: Sequence[Parsed], first: int, last: int) -> tuple[list[Item], set[int]]:
    """The items from first to last, charged or not, and the lines that are headings only."""
    list_ = _List()
    for at in range(first, last):
        one = parsed[at]
        if one.empty:
            continue
        if one.label is not None and one.label.kind in ("unit", "deadline", "remark"):
            list_.take_label(one.label, at)
            continue
        if one.head is not None:
            list_.enter(one.head, at)
            if not one.brackets and _is_heading(parsed, at, last):
                list_.headings.add(at)
                continue
        list_.take_text(at, one)
    return list_.items, list_.headings


@dataclass(slots=True)
class _List:
    """A list being read. path: the numbers in force by level, with their lines; waiting: labels in front of the text
    that they belong to."""

    items: list[Item] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)
    path: dict[int, tuple[Head, int]] = field(default_factory=dict)
    waiting: list[tuple[Label, int]] = field(default_factory=list)

    def enter(self, head: Head, at: int) -> None:
        self.path = {level: value for level, value in self.path.items() if level < head.level}
        self.path[head.level] = (head, at)

    def fresh(self, at: int, own: bool) -> Item:
        """A new item on this line, below the headings in force."""
        order = sorted(self.path)
        heads = tuple(self.path[level][0] for level in order)
        above = tuple(line for level in order if (line := self.path[level][1]) in self.headings and line != at)
        item = Item([at], heads, above, own)
        self.items.append(item)
        for label, line in self.waiting:
            _charge(item, label, line)
        self.waiting = []
        return item

    def take_text(self, at: int, one: Parsed) -> None:
        item = self.fresh(at, one.head is not None)
        if one.brackets:
            item.brackets = one.brackets
            self.join_open()

    def take_label(self, label: Label, at: int) -> None:
        """A line with a label goes to the item above it, or makes one of the heading above it."""
        deepest = self.path[max(self.path)][1] if self.path else -1
        if deepest in self.headings and (not self.items or self.items[-1].lines[0] < deepest):
            if label.kind != "unit":
                self.waiting.append((label, at))
                return
            self.headings.discard(deepest)
            self.fresh(deepest, own=True)
        if not self.items:
            self.waiting.append((label, at))
            return
        if label.kind == "unit" and not self.items[-1].charged:
            _charge(self.items[-1], label, at)
            self.join_open()
        else:
            _charge(self.items[-1], label, at)

    def join_open(self) -> None:
        """The paragraphs above the last item that have its number and no units of their own belong to it."""
        last = self.items.pop()
        while self.items and not last.own and not self.items[-1].charged and self.items[-1].path == last.path:
            above = self.items.pop()
            last.lines[:0] = above.lines
            last.labels[:0] = above.labels
            last.own = above.own
        self.items.append(last)


def _charge(item: Item, label: Label, at: int) -> None:
    item.labels.append(at)
    if label.kind == "unit":
        item.units.append((label.role, label.value))
        item.deadline = item.deadline or label.deadline
    elif label.kind == "deadline":
        item.deadline = item.deadline or label.value
    elif label.kind == "remark":
        item.remark = label.value


def _is_heading(parsed: Sequence[Parsed], at: int, last: int) -> bool:
    """A numbered title on a line of its own: short, of one sentence at most, with something below it that is deeper
    or without a number."""
    one = parsed[at]
    head = one.head
    body = head.rest.strip() if head else ""
    if len(body) > _LONGEST_HEADING or _SENTENCE_END.search(body[:-1]) or body.endswith(("，", ",", "、")):
        return False
    below = next((parsed[n] for n in range(at + 1, min(last, at + 6)) if not parsed[n].empty), None)
    if below is None or head is None:
        return head is not None and head.level <= CHINESE
    if below.label is not None:
        return below.label.kind in ("text", "deadline")
    return below.head is None or below.head.level > head.level
