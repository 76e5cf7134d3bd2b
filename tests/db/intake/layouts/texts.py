"""Texts as sources, and results as plain values: a paragraph a string, a grid its rows with None where no cell is."""

from db.intake.layouts import structured
from db.intake.source import Block, Grid, Paragraph, Place, Source, SourceForm

Seen = str | list[list[str | None]]


def source(text: str, form: SourceForm = "txt") -> Source:
    """What a reader of text gives: one paragraph a line, blank ones too."""
    lines = text.split("\n")
    return Source(
        form,
        f"来文.{form}",
        "0" * 64,
        tuple(Paragraph(line, Place("正文", line=number)) for number, line in enumerate(lines, 1)),
    )


def seen(blocks: tuple[Block, ...]) -> list[Seen]:
    return [block.text if isinstance(block, Paragraph) else rows(block) for block in blocks]


def rows(grid: Grid) -> list[list[str | None]]:
    found: list[list[str | None]] = []
    for row in range(grid.height):
        cells = [grid.at(row, column) for column in range(grid.width)]
        found.append([cell.text if cell else None for cell in cells])
    return found


def read(text: str, form: SourceForm = "txt") -> list[Seen]:
    return seen(structured(source(text, form)))
