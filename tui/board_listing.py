"""--board as plain text for a shell's greeting: no Textual, no Rich, no line wider than a terminal of 80 cells."""

from datetime import date
from typing import Final

from db.rules.board import Board, BoardLine
from db.rules.calendar import WorkCalendar
from db.rules.rows import LedgerSheet
from tui.cells import cells, cut, one_line, pad
from tui.wording_board import Subjects, group_words, line_words, state_words, subjects
from tui.wording_timed import dated

WIDTH: Final = 80
NOTHING: Final = "今天没有要紧的事项"
_STATE_CELLS: Final = 40
_GAP: Final = "  "


def board_text(board: Board, sheet: LedgerSheet, calendar: WorkCalendar) -> str:
    """Whose board of which day, then each group with its lines; a group without lines is left out."""
    ledger, about = sheet.ledger, subjects(sheet.entries, sheet.clocks)
    day = f"{_GAP}今天 {dated(board.today)} {_kind_of_day(board.today, calendar)}"
    lines = [cut(f"{ledger.unit}  {ledger.year} 年", WIDTH - cells(day)) + day]
    for name, group in group_words(board):
        lines += [cut(name, WIDTH), *(_line(line, about) for line in group)]
    return "\n".join(lines if len(lines) > 1 else [*lines, NOTHING])


def _kind_of_day(day: date, calendar: WorkCalendar) -> str:
    about = "" if calendar.is_known(day.year) else "约"
    return f"{about}工作日" if calendar.is_workday(day) else f"{about}休息日"


def _line(line: BoardLine, about: Subjects) -> str:
    """What it is, cut to leave room for how it stands, which ends at the right edge."""
    state = cut(state_words(line, about), _STATE_CELLS)
    room = WIDTH - 2 * cells(_GAP) - cells(state)
    return _GAP + pad(one_line(line_words(line, about)), room) + _GAP + state
