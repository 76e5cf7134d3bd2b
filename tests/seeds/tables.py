"""The table of each notice printed from its reading alone, piece by piece, in the notice's own layout."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from db.rules.notice import Task
from tests.seeds.shelf import bare, bare_text, draft


class RowNumber(str):
    """A piece that only numbers a row."""

    __slots__ = ()


def rows(plan: str) -> list[tuple[Task | None, Task]]:
    """Every task with the one above it."""
    tasks = draft(plan).tasks
    return [(None, tasks[0]), *pairwise(tasks)]


def header(plan: str) -> list[str]:
    """The words of the header row, cell by cell."""
    return [words for _, words in draft(plan).headings]


def printed_cell(task: Task) -> str:
    """The deadline as the cell prints it."""
    assert task.deadlines[0].source == "cell"
    return task.deadlines[0].text


def of_jiangmen() -> list[str]:
    pieces = ["江门市市场监督管理局2021年政务公开工作要点分工方案", *header("jiangmen-2021")]
    for above, task in rows("jiangmen-2021"):
        section = "" if above and above.section == task.section else task.section
        pieces += [
            section or "",
            RowNumber(f"{task.number}．"),
            task.requirement,
            task.assignment or "",
            task.remark or "",
        ]
    (default,) = {
        one.quote for task in draft("jiangmen-2021").tasks for one in task.deadlines if one.source == "notice"
    }
    pieces += [default, "公开方式：主动公开", "江门市市场监督管理局办公室2021年10月29日印发", "校对：（略）"]
    return pieces


def of_culture() -> list[str]:
    pieces = [f"{words}|" for words in header("jiangmen-culture-2021")]
    for above, task in rows("jiangmen-culture-2021"):
        new_section = above is None or above.section != task.section
        merged = above is not None and not new_section and above.assignment == task.assignment
        pieces += [f"{task.section}|" if new_section else "", RowNumber(f"{task.number}."), f"{task.requirement}|"]
        pieces += ["" if merged else f"{task.assignment}|"]
    return pieces


def of_hubei() -> list[str]:
    pieces = ["2022年省市场监管局政务公开工作重点任务分解表", *header("hubei-2022")]
    for above, task in rows("hubei-2022"):
        # The page breaks before row 11, and the heading is printed again.
        new_section = above is None or above.section != task.section or task.number == "11"
        new_matter = above is None or above.matter != task.matter
        pieces += [
            task.section or "" if new_section else "",
            RowNumber(task.number),
            task.matter or "" if new_matter else "",
        ]
        pieces += [task.requirement, task.assignment or "", printed_cell(task)]
    return pieces


def of_jiading() -> list[str]:
    pieces = ["2021年嘉定区市场监督管理局政务公开工作要点任务分解表"]
    for above, task in rows("jiading-2021"):
        # The header is printed again on each page.
        pieces += [*(header("jiading-2021") if task.number in ("1", "8", "17", "24") else ()), RowNumber(task.number)]
        pieces += ["" if above and above.matter == task.matter else task.matter or ""]
        pieces += [task.requirement, task.assignment or "", printed_cell(task)]
    return pieces


def of_liupanshui() -> list[str]:
    pieces: list[str] = []
    for above, task in rows("liupanshui-2020"):
        pieces += ["" if above and above.section == task.section else task.section or ""]
        if task.matter:
            pieces += ["" if above and above.matter == task.matter else task.matter]
            tail = task.number.partition(")")[2]
            pieces += [RowNumber(f"{tail}.") if tail else ""]
        else:
            pieces += [task.number[1:]]
        pieces += [task.requirement, task.assignment or ""]
    rules = [rule.text for rule in draft("liupanshui-2020").rules if rule.kind == "assessment"]
    return [*pieces, "(三)", *rules]


PRINTERS: Final[dict[str, tuple[Callable[[], list[str]], str]]] = {
    "jiangmen-2021": (of_jiangmen, "江门市市场监督管理局2021年政务公开工作要点分工方案工作任务"),
    "liupanshui-2020": (of_liupanshui, "一、聚焦中心工作加大公开力度"),
    "jiangmen-culture-2021": (of_culture, "工作任务|"),
    "hubei-2022": (of_hubei, "2022年省市场监管局政务公开工作重点任务分解表工作任务"),
    "jiading-2021": (of_jiading, "2021年嘉定区市场监督管理局政务公开工作要点任务分解表序号"),
}
"""By plan: the printer, and how the table opens in the text."""


def table_start(plan: str) -> int:
    """Where the table begins in the bare text."""
    opening = PRINTERS[plan][1]
    assert bare_text(plan).count(opening) == 1
    return bare_text(plan).index(opening)


def printed(plan: str) -> list[str]:
    """The table's pieces without white space."""
    pieces = PRINTERS[plan][0]()
    return [RowNumber(bare(piece)) if isinstance(piece, RowNumber) else bare(piece) for piece in pieces]


def row_number_places(plan: str) -> set[int]:
    """The positions in the bare text whose signs only number a row."""
    found: set[int] = set()
    at = table_start(plan)
    for piece in printed(plan):
        if isinstance(piece, RowNumber):
            found.update(range(at, at + len(piece)))
        at += len(piece)
    return found
