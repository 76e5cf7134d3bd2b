"""--board as plain text for a shell's greeting: no Textual, no Rich, no line wider than a terminal of 80 cells."""

from datetime import date
from typing import Final

from db.rules.board import Board, BoardLine
from db.rules.calendar import WorkCalendar
from db.rules.rows import LedgerRow
from tui.cells import cells, cut, one_line, pad
from tui.wording_board import group_words, line_words, number_of, rule_words, state_words
from tui.wording_timed import dated

WIDTH: Final = 80
NOTHING: Final = "今天没有要紧的事项"
_STATE_CELLS: Final = 40
_GAP: Final = "  "


def board_text(board: Board, ledger: LedgerRow, calendar: WorkCalendar) -> str:
    """Whose board of which day, then each group with its lines; a group without lines is left out."""
    day = f"{_GAP}今天 {dated(board.today)} {_kind_of_day(board.today, calendar)}"
    lines = [cut(f"{ledger.unit}  {ledger.year} 年", WIDTH - cells(day)) + day]
    for name, group in group_words(board):
        lines += [cut(name, WIDTH), *map(_line, group)]
    return "\n".join(lines if len(lines) > 1 else [*lines, NOTHING])


def _kind_of_day(day: date, calendar: WorkCalendar) -> str:
    about = "" if calendar.is_known(day.year) else "约"
    return f"{about}工作日" if calendar.is_workday(day) else f"{about}休息日"


def _line(line: BoardLine) -> str:
    """What it is, cut to leave room for how it stands, which ends at the right edge."""
    state = cut(state_words(line), _STATE_CELLS)
    room = WIDTH - 2 * cells(_GAP) - cells(state)
    return _GAP + pad(one_line(_what(line)), room) + _GAP + state


def _what(line: BoardLine) -> str:
    if line.quota is None:
        return line_words(line)
    whose = number_of(line.number) if line.number is not None else "本单位"
    return f"{whose}  {rule_words(line)}：{line.text}"
