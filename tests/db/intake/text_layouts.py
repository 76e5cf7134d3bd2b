"""The tables of the shipped notices written as text, in each layout in which a table loses its lines.

A merged cell is written where it begins and is empty, or gone, below: what a conversion to text leaves. `broken` puts a
page number and the header again between the rows, as a print on several pages has them.
"""

from collections.abc import Callable, Sequence
from typing import Final

from db.rules.notice import NoticeDraft
from tests.db.intake.forms import Laid, laid_out

Rows = Sequence[Sequence[str]]
PAGE: Final = 9
"""Rows of a page."""


WRAPPED: Final = ("tab-led", "lone-bars", "trailing-bars")
"""The layouts in which a cell may go on in the next line."""


def as_text(draft: NoticeDraft, layout: str, *, broken: bool = False, width: int = 0) -> str:
    """The notice as text with its table in this layout. width: signs of a line at which cells are wrapped, 0: never."""
    laid = laid_out(draft)
    rows = [[_wrapped(cell, width) for cell in row] for row in _rows(laid)]
    parts = [LAYOUTS[layout](rows)]
    if broken:
        pages = [rows[at : at + PAGE] for at in range(1, len(rows), PAGE)]
        parts = []
        for number, page in enumerate(pages, 1):
            parts.extend((LAYOUTS[layout]([rows[0], *page]), f"— {number} —"))
        parts.pop()
    return "\n".join((*laid.before, *parts, *laid.after)) + "\n"


def _wrapped(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width)) if width else text


def _rows(laid: Laid) -> Rows:
    """The texts of each row; a row of one cell over the whole width is that cell alone."""
    rows = [[""] * laid.width for _ in range(laid.height)]
    for box in laid.boxes:
        rows[box.row][box.column] = box.text
        if box.columns == laid.width:
            rows[box.row] = [box.text]
    return rows


def _tab_rows(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _pipes(rows: Rows) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _bare_pipes(rows: Rows) -> str:
    return "\n".join(" | ".join(row) for row in rows)


def _tab_led(rows: Rows) -> str:
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)


def _lone_bars(rows: Rows) -> str:
    return "\n".join(f"{cell}\n|" if cell else "|" for row in rows for cell in row)


def _trailing_bars(rows: Rows) -> str:
    return "\n".join(f"{cell} |" for row in rows for cell in row)


def _blank_lines(rows: Rows) -> str:
    return "\n\n".join(cell for row in rows for cell in row if cell)


def _no_separators(rows: Rows) -> str:
    return "\n".join(cell for row in rows for cell in row if cell)


LAYOUTS: Final[dict[str, Callable[[Rows], str]]] = {
    "tab-rows": _tab_rows,
    "pipes": _pipes,
    "bare-pipes": _bare_pipes,
    "tab-led": _tab_led,
    "lone-bars": _lone_bars,
    "trailing-bars": _trailing_bars,
    "blank-lines": _blank_lines,
    "no-separators": _no_separators,
}
