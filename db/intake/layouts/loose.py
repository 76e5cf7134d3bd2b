"""Tables without any sign between their cells (notice-patterns.md section 1).

a cell on a line   parted by blank lines or by nothing; blank cells have vanished, a cell of three units is three lines
flattened          the words of the header glued into one line, a row glued into a line or all rows into one

Both begin with a header: words that stand in headers only, on lines one after another, or glued. Of a flattened row
only this can be told: number, text up to its last full stop, units, deadline; so only a table with one column of text
is read (序号工作任务责任单位完成时限), and the rest stays as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from db.intake.headers import core
from db.intake.layouts.columns import TEXT_KINDS, UNIT_KINDS, Columns, header_columns, is_header_word
from db.intake.layouts.lines import Line, Part, Row, Written, written
from db.intake.layouts.signs_of_cells import cell_class, is_deadline, is_unit
from db.intake.layouts.streams import Piece, by_content

_LONGEST_HEADER: Final = 14
_LONGEST_GLUED: Final = 40
_LONGEST_TAIL: Final = 120
_OPEN_BRACKETS: Final = ("（", "(", "[", "【", "〔")
_USUAL: Final = 4
"""Characters of a usual header word; of two ways to cut a glued header the more even one is taken."""


@dataclass(frozen=True, slots=True)
class Start:
    """A header at lines[at:end]."""

    at: int
    end: int
    cells: tuple[Written, ...]
    columns: Columns
    glued: bool = False


def loose_tables(lines: Sequence[Line]) -> list[tuple[list[Part], int]]:
    """The tables of a run of lines without bars and tabs, with the lines around them (width 0)."""
    starts = _starts(lines)
    found: list[tuple[list[Part], int]] = []
    end = 0
    for number, start in enumerate(starts):
        found.append((list(lines[end : start.at]), 0))
        end = starts[number + 1].at if number + 1 < len(starts) else len(lines)
        found.append(_flattened(lines, start, end) if start.glued else _cells_on_lines(lines, start, end))
    found.append((list(lines[end:]), 0))
    return [table for table in found if table[0]]


def _starts(lines: Sequence[Line]) -> list[Start]:
    """Every header; one that repeats the words of the header before it belongs to that one's table."""
    starts: list[Start] = []
    at = 0
    while at < len(lines):
        start, at = _glued(lines, at) if _looks_glued(lines[at]) else _header(lines, at)
        if start and not (starts and [c.text for c in starts[-1].cells] == [c.text for c in start.cells]):
            starts.append(start)
    return starts


def _header(lines: Sequence[Line], at: int) -> tuple[Start | None, int]:
    """The header that begins at this line, and where to look on: behind the whole run of header words."""
    if not _is_header_line(lines[at]):
        return None, at + 1
    cells: list[Written] = []
    end = last = at
    while end < len(lines) and len(cells) <= _LONGEST_HEADER:
        line = lines[end]
        if line.kind not in ("blank", "noise"):
            if _is_header_line(line):
                cells.append(written([line.text], line.place))
            elif cells and line.text.strip().startswith(_OPEN_BRACKETS) and not core(line.text):
                cells[-1] = Written(f"{cells[-1].text}\n{line.text.strip()}", cells[-1].place)
            else:
                break
            last = end + 1
        end += 1
    columns = header_columns([cell.text for cell in cells]) if len(cells) <= _LONGEST_HEADER else None
    if columns is None:
        return None, max(last, at + 1)
    return Start(at, last, tuple(cells), columns), last


def _is_header_line(line: Line) -> bool:
    return line.kind == "text" and len(line.text) <= _LONGEST_TAIL and is_header_word(line.text)


def _cells_on_lines(lines: Sequence[Line], start: Start, end: int) -> tuple[list[Part], int]:
    """The rows behind a header by content; nothing is a table that has no row."""
    pieces = [Piece(cell, ()) for cell in start.cells]
    noise: list[Line] = []
    for line in lines[start.end : end]:
        if line.kind == "noise":
            noise.append(line)
        elif line.kind != "blank":
            pieces.append(Piece(written([line.text], line.place), (line,), tuple(noise)))
            noise.clear()
    parts, rows = by_content(pieces, start.columns, len(start.cells))
    if not rows or (sum(kind in UNIT_KINDS for kind in start.columns.kinds) > 1 and not _all_full(parts, start)):
        return list(lines[start.at : end]), 0
    return [*parts, *noise], start.columns.width


def _all_full(parts: Sequence[Part], start: Start) -> bool:
    """Whether no row lacks a cell: with two columns of units, two lines of units are one cell or two."""
    return all(isinstance(part, tuple) and len(part) in (1, start.columns.width) for part in parts)


# Flattened


def _looks_glued(line: Line) -> bool:
    text = line.text.strip()
    return (
        line.kind == "text"
        and 8 <= len(text) <= _LONGEST_GLUED
        and not any(sign in text for sign in "，。；：,;:《》“”")
        and any(word in text for word in ("单位", "科室", "处室", "股室", "部门"))
        and any(word in text for word in ("任务", "要求", "内容", "事项", "措施"))
    )


def _glued(lines: Sequence[Line], at: int) -> tuple[Start | None, int]:
    words = cut_header(lines[at].text.strip())
    columns = header_columns(words) if words else None
    if columns is None:
        return _header(lines, at)
    cells = tuple(Written(word, lines[at].place) for word in words)
    return Start(at, at + 1, cells, columns, glued=True), at + 1


@lru_cache(maxsize=512)
def cut_header(text: str) -> tuple[str, ...]:
    """A glued header cut into known words, the evenest of all ways; () if there is none, or a single word."""
    text = "".join(text.split())
    best: list[tuple[int, int]] = [(0, 0)] + [(-1, 0)] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 10), end):
            cost, _ = best[start]
            if cost >= 0 and end - start >= 2 and is_header_word(text[start:end]):
                length = end - start
                total = cost + (0 if text[start:end] in ("序号", "备注") else (length - _USUAL) ** 2 + 1)
                if best[end][0] < 0 or total < best[end][0]:
                    best[end] = (total, start)
    if best[-1][0] < 0:
        return ()
    words: list[str] = []
    end = len(text)
    while end:
        words.append(text[best[end][1] : end])
        end = best[end][1]
    return tuple(words[::-1]) if len(words) > 1 else ()


def _flattened(lines: Sequence[Line], start: Start, end: int) -> tuple[list[Part], int]:
    kinds = start.columns.kinds
    parts: list[Part] = [tuple(enumerate(start.cells))]
    wanted = [kind for kind in kinds if kind in ("number", *TEXT_KINDS, *UNIT_KINDS, "deadline")]
    if len(wanted) < len(kinds) or sum(kind in TEXT_KINDS for kind in kinds) != 1:
        return list(lines[start.at : end]), 0
    if sum(kind in UNIT_KINDS for kind in kinds) > 1 or not _in_order(kinds):
        return list(lines[start.at : end]), 0
    rows = 0
    for line in lines[start.end : end]:
        if line.kind == "blank":
            continue
        glued = [_glued_row(text, line, kinds) for text in _cut_rows(line.text.strip(), kinds)]
        found = [row for row in glued if row is not None]
        if line.kind == "text" and found and len(found) == len(glued):
            parts.extend(found)
            rows += len(found)
        else:
            parts.append(line)
    return (parts, start.columns.width) if rows else (list(lines[start.at : end]), 0)


def _in_order(kinds: Sequence[str]) -> bool:
    """number, text, units, deadline: the order in which a glued row can be cut from both ends."""
    order = [0 if kind == "number" else 1 if kind in TEXT_KINDS else 2 if kind in UNIT_KINDS else 3 for kind in kinds]
    return order == sorted(order)


def _cut_rows(text: str, kinds: Sequence[str]) -> list[str]:
    """A line of several rows cut in front of each next number that stands behind units or a deadline."""
    first = re.match(r"[0-9]{1,3}", text)
    if "number" not in kinds or not first:
        return [text]
    rows: list[str] = []
    begin, number = 0, int(first.group())
    at = text.find(str(number + 1), 1)
    while at >= 0:
        if _ends_row(text[max(begin, at - _LONGEST_TAIL) : at]):
            rows.append(text[begin:at])
            begin, number = at, number + 1
        at = text.find(str(number + 1), at + 1)
    return [*rows, text[begin:]]


def _ends_row(text: str) -> bool:
    tail = text[max(text.rfind(stop) for stop in "。；;") + 1 :]
    return len(tail) < len(text) and _tail(tail) is not None


def _tail(text: str) -> tuple[str, str] | None:
    """Units and deadline glued behind a sentence; None where this is something else."""
    text = text.strip()
    if is_unit(text):
        return text, ""
    for cut in range(1, len(text)):
        if is_deadline(text[cut:]) and is_unit(text[:cut]):
            return text[:cut], text[cut:]
    return None


def _glued_row(text: str, line: Line, kinds: Sequence[str]) -> Row | None:
    stop = max(text.rfind(one) for one in "。；;")
    if stop < 0 or len(text) - stop > _LONGEST_TAIL:
        return None
    tail = _tail(text[stop + 1 :])
    if tail is None or ("deadline" in kinds) != bool(tail[1]):
        return None
    front = text[: stop + 1]
    number = re.match(r"[0-9]{1,3}(?![0-9])", front) if "number" in kinds else None
    if ("number" in kinds) != bool(number) or cell_class(front) == "heading":
        return None
    texts = [number.group(), front[number.end() :]] if number else [front]
    texts += [one for one in tail if one]
    return tuple(enumerate(Written(one.strip(), line.place) for one in texts))
