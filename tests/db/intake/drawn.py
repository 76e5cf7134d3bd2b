"""Tables and texts of tests, drawn: a row a string, its cells by bars.

'^'  merged with the cell above        '<'  merged with the cell to the left
'-'  no cell at all                    ''   an empty cell
"""

from collections.abc import Sequence

from db.intake.parts import taken_apart
from db.intake.reading import RawNotice, RawTask
from db.intake.source import Block, Cell, Grid, Paragraph, Place


def grid(*rows: str, native: bool = True, part: str = "表 1") -> Grid:
    """A table as drawn; native False: as if it came from lines of text."""
    drawn = [[cell.strip() for cell in row.split("|")] for row in rows]
    width = max(map(len, drawn))
    cells = [
        Cell(
            row, column, text, Place(part, row + 1, column + 1), _below(drawn, row, column), _beside(drawn[row], column)
        )
        for row, texts in enumerate(drawn)
        for column, text in enumerate(texts)
        if text not in ("^", "<", "-")
    ]
    return Grid(Place(part), len(drawn), width, tuple(cells), native)


def _below(drawn: Sequence[Sequence[str]], row: int, column: int) -> int:
    height = 1
    while row + height < len(drawn) and column < len(drawn[row + height]) and drawn[row + height][column] == "^":
        height += 1
    return height


def _beside(texts: Sequence[str], column: int) -> int:
    width = 1
    while column + width < len(texts) and texts[column + width] == "<":
        width += 1
    return width


def text(*lines: str) -> tuple[Paragraph, ...]:
    """Paragraphs."""
    return tuple(Paragraph(line, Place("正文", line=number)) for number, line in enumerate(lines, 1))


def read(*blocks: Block) -> RawNotice:
    return taken_apart(blocks, {})


def tasks(*blocks: Block) -> tuple[RawTask, ...]:
    return taken_apart(blocks, {}).tasks


def kinds(notice: RawNotice) -> list[str]:
    """What is asked of the document as a whole."""
    return [doubt.kind for _, doubt in notice.doubts]


def asked(task: RawTask) -> list[tuple[str, str]]:
    """What is asked of a task, with the field."""
    return [(field, doubt.kind) for field, doubt in task.doubts]
