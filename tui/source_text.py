"""A document as pieces of text in order, each with its place: what the review shows beside the reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from db.intake.source import Block, Grid, Loss, Place, Source

_FEW: Final = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a cell (label: the number of its column), or the line that names a row of a table (is_head)."""

    text: str
    place: Place
    label: str = ""
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """rows: the pieces of what is looked at; exact: the one that is meant, None for no one."""

    rows: frozenset[int] = frozenset()
    exact: int | None = None

    @property
    def first(self) -> int | None:
        """The first piece that is marked."""
        return min(self.rows, default=self.exact)


def pieces(source: Source) -> tuple[Piece, ...]:
    """Every piece of a document; an empty cell is none."""
    return tuple(piece for block in source.blocks for piece in _of_block(block))


def _of_block(block: Block) -> Iterator[Piece]:
    if not isinstance(block, Grid):
        yield Piece(block.text, block.place)
        return
    row: int | None = None
    for cell in block.cells:
        if not cell.text.strip():
            continue
        if cell.row != row:
            row = cell.row
            yield Piece("", Place(cell.place.part, cell.place.row, line=cell.place.line), is_head=True)
        yield Piece(cell.text, cell.place, f"{cell.place.column or cell.column + 1}│")


class SourcePlaces:
    """Where a place of the reading stands among the pieces."""

    def __init__(self, found: Sequence[Piece]) -> None:
        self._found = tuple(found)
        self._exact: dict[Place, int] = {}
        self._rows: dict[tuple[str, int | None, int | None], list[int]] = {}
        self._parts: dict[str, int] = {}
        for index, piece in enumerate(found):
            if not piece.is_head:
                self._exact.setdefault(piece.place, index)
            self._rows.setdefault(_row(piece.place), []).append(index)
            self._parts.setdefault(piece.place.part, index)

    def marks(self, places: Iterable[Place], meant: Place | None, words: str = "") -> Marks:
        """The rows and paragraphs of `places`, and the cell or line that is meant: the one of them in which `words`
        stand, else that place."""
        rows = {index for place in places for index in self._rows.get(_row(place), ())}
        if not rows and meant is None and words:
            # Of a question about the whole document: wherever these words stand, as far as they are few.
            rows = set(self._holding(words)[:_FEW])
        holding = [at for at in sorted(rows) if words and words in self._found[at].text]
        if holding:
            # The cell that says nothing else, before a long one that says it too.
            return Marks(frozenset(rows), min(holding, key=lambda at: len(self._found[at].text)))
        exact = None
        if meant is not None:
            exact = self._exact.get(meant)
            around = self._rows.get(_row(meant), ())
            rows |= {*around}
            if exact is None:
                # A whole table, or a page: where it begins.
                exact = around[0] if around else self._parts.get(meant.part)
        return Marks(frozenset(rows), exact)

    def loss_marks(self, losses: Iterable[Loss]) -> Marks | None:
        """What the reader was not sure of: where it says so, else, as with a page, the pieces with the words that it
        names. None where nothing of it is found."""
        found: set[int] = set()
        for one in losses:
            at = self._exact.get(one.place)
            if at is not None or one.place.row is not None or one.place.line is not None:
                found |= {at} if at is not None else {*self._rows.get(_row(one.place), ())}
                continue
            # 表 1页首接上页：行政审批、法规科
            for words in one.text.rpartition("：")[2].split("、"):
                holding = self._holding(words) if len(words) > 1 else []
                found |= {*holding} if len(holding) <= _FEW else set()
        return Marks(frozenset(found), min(found)) if found else None

    def _holding(self, words: str) -> list[int]:
        return [at for at, piece in enumerate(self._found) if words in piece.text]

    def place_of(self, marks: Marks) -> Place | None:
        """Where the piece that is meant stands."""
        return self._found[marks.exact].place if marks.exact is not None else None


def _row(place: Place) -> tuple[str, int | None, int | None]:
    return place.part, place.row, place.line
