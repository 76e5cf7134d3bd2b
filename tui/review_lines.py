"""The lines of the review: problems of the document and rows of the reading, in the order in which to go through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from db.intake.reading import FIELD_NAMES, CellState, Problem, Reading, ReadTask
from db.intake.source import Loss
from db.rules.order import folded, holds, words_of
from tui.dialogs.line_list import Choice, LineLook
from tui.text import cells, one_line, pad
from tui.widgets.reading_pane import Block
from tui.wording_intake import (
    clock_words,
    deadline_line,
    deadlines_words,
    mark_of,
    open_on,
    place_words,
    problem_line,
    problem_name,
    quota_words,
    row_places,
    units_words,
)

Key = tuple[Literal["problem", "task"], str]

_MARK_CELLS: Final = 6
_NUMBER_AT_MOST: Final = 8
_DATE_CELLS: Final = 10
_LISTED: Final = 200
_STATES: Final[dict[CellState, str]] = {
    "written": "",
    "merged": "合并格，与上面同格",
    "blank": "空白格",
    "missing": "",
}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """key None is a heading. is_open: something on it is not yet answered."""

    key: Key | None
    choice: Choice
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class _Widths:
    number: int
    units: int
    phrase: int
    requirement: int


def review_lines(reading: Reading, *, in_order: bool, width: int) -> list[ReviewLine]:
    """in_order: as the document has them; else the rows with problems first, blocking ones before the others."""
    rows = {one.key for one in reading.tasks}
    # A question about a row that is no more is asked where it can still be answered.
    of_document = [one for one in reading.problems if one.task not in rows]
    by_task: dict[str, list[Problem]] = {}
    for one in reading.problems:
        if one.task is not None and one.task in rows:
            by_task.setdefault(one.task, []).append(one)
    widths = _widths(reading, width)
    lines = [_task_line(one, by_task.get(one.key, ()), reading.head.year, widths) for one in reading.tasks]
    found = list(_document_lines(of_document))
    if in_order:
        return [*found, *(line for _, line in lines)]
    for words, rank in (("必须核对的行", 0), ("有问题的行", 1), ("其余各行", 2)):
        group = [line for at, line in lines if at == rank]
        if group:
            found.append(_heading(f"{words}  {len(group)} 项"))
            found.extend(group)
    return found


def _document_lines(problems: Sequence[Problem]) -> Iterator[ReviewLine]:
    """The open ones, those that block first; then what is answered."""
    if not problems:
        return
    yield _heading(f"全文  {len(problems)} 个问题")
    for one in sorted(problems, key=lambda one: (one.answered, not one.blocks)):
        mark = "已确认" if one.answered else "必答" if one.blocks else "待核对"
        look: LineLook = "muted" if one.answered else "alarm" if one.blocks else "mark"
        words = f"{pad(mark, _MARK_CELLS)} {one_line(problem_line(one))}"
        yield ReviewLine(("problem", one.key), Choice(words, look=look), not one.answered)


def _task_line(one: ReadTask, problems: Sequence[Problem], year: int | None, widths: _Widths) -> tuple[int, ReviewLine]:
    """Its rank (0 blocked, 1 open, 2 neither) and the line."""
    left = [problem for problem in problems if not problem.answered]
    mark = mark_of(left, one, was_asked=bool(problems))
    look: LineLook = "alarm" if mark == "必答" else "mark" if mark == "待核对" else ""
    day, phrase = deadline_line(one.task, year)
    parts = [
        pad(mark, _MARK_CELLS),
        pad(one.task.number, widths.number),
        pad(one.task.requirement, widths.requirement),
        pad(units_words(one.task) or "—", widths.units),
        pad(day, _DATE_CELLS),
        pad(phrase, widths.phrase) if widths.phrase else "",
    ]
    rank = 0 if mark == "必答" else 1 if mark == "待核对" else 2
    words = " ".join(part for part in parts if part).rstrip()
    return rank, ReviewLine(("task", one.key), Choice(words, look=look), bool(left))


def _widths(reading: Reading, width: int) -> _Widths:
    """The requirement takes what the others leave; on a narrow list the phrase gives way to the date."""
    number = min(max((cells(one.task.number) for one in reading.tasks), default=1), _NUMBER_AT_MOST)
    room = width - 3 - _MARK_CELLS - number - _DATE_CELLS - 4
    units = max(min(room // 4, 20), 8)
    phrase = min(max(room - units - 24, 0), 16)
    if phrase < 6:
        phrase = 0
    return _Widths(number, units, phrase, max(room - units - phrase - (1 if phrase else 0), 4))


def searched(reading: Reading) -> dict[Key, str]:
    """The folded text of every line, as the search looks at it."""
    asked: dict[str, list[str]] = {}
    for one in reading.problems:
        if one.task is not None and not one.answered:
            asked.setdefault(one.task, []).append(f"{problem_name(one)} {one.text}")
    texts: dict[Key, str] = {("problem", one.key): folded(problem_line(one)) for one in reading.problems}
    for row in reading.tasks:
        task = row.task
        parts = (task.number, task.requirement, task.section, task.matter, task.assignment, task.remark)
        said = (units_words(task), *deadline_line(task, reading.head.year), *asked.get(row.key, ()))
        texts["task", row.key] = folded(" ".join(part for part in (*parts, *said) if part))
    return texts


def found_lines(lines: Sequence[ReviewLine], texts: Mapping[Key, str], query: str) -> list[ReviewLine]:
    """The lines that hold every word of the query, in their order. texts: as `searched` gives them."""
    words = words_of(query)
    found = [line for line in lines if line.key is not None and holds(texts[line.key], words)]
    return [_heading(f"查到 {len(found)} 行"), *found] if found else []


def _heading(words: str) -> ReviewLine:
    return ReviewLine(None, Choice(words, heading=True))


# The whole of one line


def problem_blocks(problems: Sequence[Problem]) -> Iterator[Block]:
    """Open problems with all that is known of each."""
    for at, one in enumerate(problems, 1):
        number = f"（{at}/{len(problems)}）" if len(problems) > 1 else ""
        must = "，必须核对" if one.blocks else ""
        field = f" · {FIELD_NAMES[one.field]}" if one.field else ""
        yield Block(f"{problem_name(one)}{field}{number}{must}", look="alarm" if one.blocks else "mark")
        if one.text:
            yield Block(one.text, "原文写")
        yield Block(one.assumed, "读作")
        if one.others:
            yield Block("；".join(one.others), "也可能")


def losses_of(problem: Problem, reading: Reading) -> tuple[Loss, ...]:
    """What the reader could not carry over, where the question is about that."""
    kind = problem.key.rpartition(".")[2]
    return tuple(one for one in reading.source.losses if one.kind == kind) if problem.kind == "reader" else ()


def problem_view(problem: Problem, reading: Reading) -> list[Block]:
    """A problem of the whole document."""
    blocks = list(problem_blocks([problem]))
    if problem.answered:
        blocks.insert(0, Block("已确认", look="muted"))
    numbers = {one.key: one.task.number for one in reading.tasks}
    covered = [numbers[key] for key in problem.covers if key in numbers]
    if covered:
        blocks.append(Block("、".join(covered), "涉及各项"))
    losses = losses_of(problem, reading)
    if len(losses) > 1:
        listed = [f"{place_words(one.place)}  {one.text}".rstrip() for one in losses[:_LISTED]]
        more = [f"……共 {len(losses)} 处"] if len(losses) > _LISTED else []
        blocks.append(Block("\n".join((*listed, *more)), "各处"))
    elif problem.place is not None:
        blocks.append(Block(place_words(problem.place), "出处", "muted"))
    return blocks


def task_view(one: ReadTask, reading: Reading) -> list[Block]:
    """The open problems of a row, then all its fields, then where it stands."""
    blocks = list(problem_blocks(open_on(reading, one.key)))
    task = one.task
    blocks.append(Block(f"{task.number}  {task.requirement}", "具体要求"))
    who = units_words(task) or "没有责任单位"
    state = _STATES[one.state]
    blocks.append(Block(who + (f"（{state}）" if state else ""), "责任单位"))
    if task.assignment and task.assignment != who:
        blocks.append(Block(task.assignment, "栏内原文", "muted"))
    blocks.append(Block(deadlines_words(task, reading.head.year), "时限"))
    for label, text in (("工作任务", task.section), ("工作事项", task.matter), ("备注", task.remark)):
        if text:
            blocks.append(Block(text, label))
    if task.quotas:
        blocks.append(Block("\n".join(map(quota_words, task.quotas)), "量化指标"))
    if one.clocks:
        blocks.append(Block("\n".join(map(clock_words, one.clocks)), "时限规则"))
    shared = [problem for problem in reading.problems if one.key in problem.covers and problem.task is None]
    blocks.extend(Block(problem_line(problem), "全文问题", "muted") for problem in shared)
    answered = [problem for problem in reading.problems if problem.task == one.key and problem.answered]
    blocks.extend(Block(f"{problem_name(problem)}：{problem.text}", "已核对", "muted") for problem in answered)
    blocks.append(Block(row_places(one.places), "出处", "muted"))
    return blocks
