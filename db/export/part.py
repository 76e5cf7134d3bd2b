"""What a further table is: its name, its columns, its rows, and a smaller table that stands below it."""

from dataclasses import dataclass, replace

from db.export.columns import number
from db.export.summary import Block, Cell, safe_rows
from db.rules.rows import LedgerSheet


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, the widest it should be shown (in cells, 汉字 = 2), and whether its text is centred.

    optional: it is left out where no row says anything in it.
    """

    title: str
    widest: int
    middle: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet or section. Every row is as long as heads; spans of the blocks below count these columns, of which
    then none is optional.

    state: the title of the column that says how it stands; late: the words in it that are set off.
    """

    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    state: str | None = None
    late: tuple[str, ...] = ()
    below: tuple[Block, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(head.title for head in self.heads)

    def fit(self) -> "Part":
        """The same with every text as it may stand in a file, without empty optional columns and empty blocks."""
        shown = [
            at for at, head in enumerate(self.heads) if not head.optional or any(row[at] != "" for row in self.rows)
        ]
        rows = safe_rows(self.rows)
        if len(shown) < len(self.heads):
            rows = tuple(tuple([row[at] for at in shown]) for row in rows)
        below = tuple(replace(block, rows=safe_rows(block.rows)) for block in self.below if block.rows)
        return replace(self, heads=tuple(self.heads[at] for at in shown), rows=rows, below=below)


def numbers(sheet: LedgerSheet) -> dict[int, str]:
    """序号 of each entry by its id."""
    return {entry.id: number(entry) for entry in sheet.entries}


def number_of(known: dict[int, str], entry: int | None) -> str:
    """序号 of what belongs to an entry; an entry that is not the unit's stands in no table."""
    if entry is None:
        return "本单位"
    return known.get(entry, "（非本单位事项）")
