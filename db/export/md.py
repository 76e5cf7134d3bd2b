"""The ledger as Markdown: title, figures, one table for each 工作任务, then what the notice asks of everybody.

Text is shown as text: whatever Markdown (CommonMark, tables, autolinks) could take for markup is escaped, a line
end in a cell is <br>, spaces at its ends are entities. Nothing else is touched, so the file stays readable as it is.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from db.export.columns import SECTION, Table, table
from db.export.document import Document
from db.export.heading import basis, particulars, title
from db.export.parts import parts
from db.export.summary import QUOTAS, REPORTS, Block, Cell, blocks, figures, shift_line
from db.rules.rows import LedgerSheet

_BREAK: Final = "<br>"
# Besides what is markup by itself: links that need no brackets (a//, a.b), :shortcodes:, ==marks==.
_SPECIAL: Final = re.compile(
    r"[\\`*_{}\[\]<>&|~$^@#]|:(?=//|[\w+-]+:)|(?<=[a-z0-9])\.(?=[a-z])|=(?==)|\+(?=\+)", re.ASCII | re.IGNORECASE
)
_END_SPACE: Final = re.compile(r"^\s+|\s+\Z")
_CELL: Final = re.compile(r"((?:\\.|[^\\|])*)\|")
_WRITTEN: Final = re.compile(rf"\\(.)|{_BREAK}|&#(\d+);")


def document(sheet: LedgerSheet, at: datetime) -> Document:
    """The file's bytes: UTF-8, LF. `at` is not used: the ledger carries its day."""
    made = table(sheet)
    parts = _parts(made)
    lines = [f"# {escaped(title(sheet))}", "", escaped(basis(sheet.ledger)), "", escaped(particulars(sheet)), ""]
    lines += ["## 台账", "", escaped(figures(sheet)), ""]
    lines += [escaped(shifted), ""] if (shifted := shift_line(sheet)) else []
    for name, header, rows in parts:
        lines += [f"### {escaped(name)}", "", *_table(header, rows), ""]
    extra = _extra(sheet)
    for block in extra:
        lines += [f"## {block.title}", "", *_table(block.header, block.rows), ""]
    meant = [[header, *rows] for _, header, rows in parts]
    meant += [[block.header, *(tuple(map(str, row)) for row in block.rows)] for block in extra]

    def differs(written: bytes) -> str | None:
        return None if parsed(written) == meant else "表格内容不一致"

    return Document("\n".join(lines).encode("utf-8"), differs)


def escaped(text: str) -> str:
    """Text for one line of Markdown."""
    inner = _SPECIAL.sub(r"\\\g<0>", text).replace("\n", _BREAK)
    return _END_SPACE.sub(lambda found: "".join(f"&#{ord(space)};" for space in found[0]), inner)


def parsed(written: bytes) -> list[list[tuple[str, ...]]]:
    """The cells of every table of such a file, as text again."""
    tables: list[list[tuple[str, ...]]] = []
    of_table = 0
    for line in written.decode("utf-8").split("\n"):
        of_table = of_table + 1 if line.startswith("| ") else 0
        if of_table == 1:
            tables.append([_cells(line)])
        elif of_table > 2:  # the second line only rules off the header
            tables[-1].append(_cells(line))
    return tables


def _parts(made: Table) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """The table cut where the 工作任务 changes, which then stands above the part instead of in each row."""
    at = made.header.index(SECTION)

    def without(row: tuple[str, ...]) -> tuple[str, ...]:
        return row[:at] + row[at + 1 :]

    return [
        (name.replace("\n", " ") or "（通知未列工作任务）", without(made.header), [without(row) for row in rows])
        for name, rows in groupby(made.rows, key=lambda row: row[at])
    ]


def _extra(sheet: LedgerSheet) -> list[Block]:
    """The tables below the ledger's own. What 报送 and 量化指标 say of each period is not said a second time."""
    *about, marks = blocks(sheet)
    made = [block for block in about if block.title not in (REPORTS, QUOTAS)]
    for part in parts(sheet):
        if part.rows:
            made.append(Block(part.name, part.header, (1,) * len(part.heads), part.rows))
        made += part.below
    return [*made, marks]


def _table(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    return [_line(header), "| --- " * len(header) + "|", *(_line([escaped(str(cell)) for cell in row]) for row in rows)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_WRITTEN.sub(_meant, cell[1:-1]) for cell in _CELL.findall(line[1:]))


def _meant(found: re.Match[str]) -> str:
    if found[0] == _BREAK:
        return "\n"
    return found[1] or chr(int(found[2]))
