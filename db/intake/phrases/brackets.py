"""Brackets behind a unit in its cell: its role, units of their own, or only a remark on it.

Source: notice-patterns.md, section 4 (not inside brackets). What is a second name of the unit is units.is_alias.

    bracket ::= '(' role verb ')'         the role of this one unit (role_words.py, mark)
              | '(' list tail? ')'        units of their own: (某股配合), (各中队)
              | '(' remark ')'            (政务公开), (组长单位), (设在某办), (办公室除外): nothing that is read
"""

from db.intake.phrases.cell_lists import unit_end
from db.intake.phrases.cell_text import CellText
from db.intake.phrases.groups import is_said_group
from db.intake.phrases.role_words import JOINING, VERB_WORDS, Tail, tail
from db.intake.phrases.units import CLASSES, CLOSE, OPEN, REMARKS


def closing(cell: CellText, at: int, end: int) -> int:
    """Where the outermost bracket that opens at `at` ends, its sign included; `end` where it never does."""
    depth = 0
    for n in range(at, end):
        depth += (cell.text[n] in OPEN) - (cell.text[n] in CLOSE)
        if depth == 0:
            return n + 1
    return end


def behind_remark(cell: CellText, at: int, end: int) -> Tail | None:
    """The role word behind a bracket that is no name: 某科(政务公开)牵头; None where there is none to the end."""
    if cell.text[at] not in OPEN:
        return None
    close = closing(cell, at, end)
    further = tail(cell.text, close, end) if close < end else Tail(end)
    return further if further.role is not None and further.end == end else None


def holds_units(cell: CellText, at: int, end: int) -> bool:
    """Whether the bracket text[at:end] holds units of their own; it is open to the reader from then on."""
    inside = cell.text[at + 1 : end - 1]
    if inside.startswith(REMARKS) or inside.endswith("外") or (inside.endswith(CLASSES) and not is_said_group(inside)):
        return False
    cell.open_bracket(at, end)
    return inside.startswith(JOINING) or unit_end(cell, at + 1, end - 1) is not None


def is_plain(inside: str) -> bool:
    """Whether units in a bracket come without any word on what they do, or behind 会同: what they are is not said."""
    return inside.startswith(JOINING) or not any(word in inside for word in VERB_WORDS)
