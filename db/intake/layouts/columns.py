"""In which column a cell stands when its row has fewer cells than the header (notice-patterns.md section 6).

The cells keep their order; each goes where its content belongs by what the columns hold. The placing counts only when
it is the single best one: of two equally good ones none is taken, and the row is left to the clerk.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from db.intake.headers import LONGEST_RAW, core, header_word, roles_of
from db.intake.layouts.signs_of_cells import CellClass, cell_class, folded, is_sentence, opening_number
from db.intake.reading import ColumnRole

ColumnKind = Literal[
    "number", "section", "matter", "requirement", "unit", "lead", "support", "deadline", "quota", "remark", "other"
]
_OF_ROLE: Final[dict[ColumnRole, ColumnKind]] = {
    "number": "number",
    "section": "section",
    "matter": "matter",
    "requirement": "requirement",
    "assignment": "unit",
    "lead": "lead",
    "responsible": "unit",
    "support": "support",
    "outer": "unit",
    "deadline": "deadline",
    "quota": "quota",
    "remark": "remark",
    "other": "other",
}
UNIT_KINDS: Final = ("unit", "lead", "support")
TEXT_KINDS: Final = ("section", "matter", "requirement")

_FITS: Final[dict[str, dict[ColumnKind, int]]] = {
    "number": {"number": 8, "quota": 3, "other": 0},
    "heading": {"section": 6, "matter": 5, "requirement": 3, "other": 0},
    "numbered": {"requirement": 9, "matter": 4, "section": 3, "remark": 0, "other": 0},
    "sentence": {
        "requirement": 8,
        "matter": 2,
        "section": 1,
        "unit": 2,
        "lead": 2,
        "support": 2,
        "remark": 2,
        "other": 1,
    },
    "text": {
        **{"requirement": 7, "matter": 5, "section": 4, "unit": 2, "lead": 2, "support": 2, "remark": 2},
        **{"deadline": 1, "quota": 1, "other": 1},
    },
    "unit": {"unit": 8, "lead": 8, "support": 8, "remark": 1, "other": 1, "section": 0, "matter": 0, "requirement": 0},
    "deadline": {"deadline": 8, "quota": 1, "remark": 1, "other": 1},
    "quota": {"quota": 8, "deadline": 2, "remark": 1, "other": 1},
}
"""How well a class of cell suits a kind of column; what is not listed is impossible. A requirement has three more than
by its look alone: a row without one is the exception."""
_DISCLAIMING: Final = ("我局", "本局", "我单位", "本单位", "此项", "该项", "尚未", "暂未", "目前")
LONGEST_ROW: Final = 16


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold, by its header words or, without a header, by its full rows."""

    kinds: tuple[ColumnKind, ...]
    known: bool = True
    numbered: bool = False
    """Whether its rows are counted by a number in their requirement."""

    @property
    def width(self) -> int:
        return len(self.kinds)


def header_columns(words: Sequence[str]) -> Columns | None:
    """The columns by the words of a row, if this is a header row."""
    if not 2 <= len(words) <= LONGEST_ROW or any(_is_of_a_row(word) for word in words):
        return None
    roles = roles_of(words)
    return Columns(tuple(_OF_ROLE[role] for role in roles)) if roles else None


def is_header_word(word: str) -> bool:
    """A word that stands in headers and nowhere else."""
    return len(word) <= LONGEST_RAW and _stands_in_headers(word)


_TITLES: Final = ("表", "方案", "清单", "台账")
"""What the last line of the title above a table ends with (重点任务分解表)."""


@lru_cache(maxsize=4096)
def _stands_in_headers(word: str) -> bool:
    return header_word(word).sure and not _is_of_a_row(word) and not core(word).endswith(_TITLES)


def _is_of_a_row(word: str) -> bool:
    plain = core(word)
    group = plain.startswith(("各", "其他")) and len(plain) > 2
    return group or cell_class(word) in ("number", "deadline", "heading")


def header_length(words: Sequence[str]) -> int:
    """How many of these words in front are a header, 0 if none is; the words behind them may be anything."""
    known = 0
    while known < min(len(words), LONGEST_ROW) and is_header_word(words[known]):
        known += 1
    while known >= 2 and header_columns(words[:known]) is None:
        known -= 1
    return known if known >= 2 else 0


def learned(rows: Sequence[Sequence[str]], width: int) -> Columns:
    """The columns by what the full rows have in them."""
    kinds: list[ColumnKind] = []
    lengths: dict[int, int] = {}
    full = [row for row in rows[:200] if len(row) == width]
    for column in range(width):
        classes = Counter(cell_class(row[column]) for row in full if row[column])
        common = classes.most_common(1)
        top: CellClass = common[0][0] if common and common[0][1] * 10 >= sum(classes.values()) * 6 else "text"
        if top in ("number", "deadline", "quota", "unit"):
            kinds.append(top)
        else:
            kinds.append("matter")
            lengths[column] = sum(len(row[column]) for row in full)
    if lengths:
        kinds[max(lengths, key=lambda column: (lengths[column], column))] = "requirement"
    return Columns(tuple(kinds), known=False)


def fit(text: str, kind: ColumnKind, above: str | None = None) -> int | None:
    """How well a cell suits a column, None: not at all. above: the section that stands now, to know its repetition."""
    found = cell_class(text)
    if found == "empty":
        return 0
    repeated = above is not None and kind == "section" and folded(above) == folded(text)
    sign = "sentence" if found == "text" and is_sentence(text) else found
    score = _FITS[sign].get(kind)
    if repeated:
        return 10
    if score is None:
        return None
    leads = kind == "lead" and "牵头" in text
    supports = kind == "support" and any(word in text for word in ("配合", "协办"))
    if sign == "unit" and (leads or supports):
        return score + 1
    if sign == "heading" and kind in ("section", "matter") and folded(text).startswith("(") == (kind == "matter"):
        return score + 2
    if sign == "sentence" and kind == "remark" and any(word in text for word in _DISCLAIMING):
        return score + 2
    return score


def suits(cells: Sequence[str], columns: Columns) -> bool:
    """Whether a row as long as the header may stand as it is counted."""
    if len(cells) != columns.width or not any(cells):
        return False
    return all(fit(cell, kind) is not None for cell, kind in zip(cells, columns.kinds, strict=True))


def placed(cells: Sequence[str], columns: Columns, above: str | None = None) -> tuple[int, ...] | None:
    """The column of each cell of a row with cells missing; None where no placing is the single best one.

    A heading alone is a section row and stands in the first column, and so does a short text alone where every row has
    a number; a sentence alone may be anything. Dynamic programming over cells x columns.
    """
    count, width = len(cells), columns.width
    if not 0 < count <= min(width, LONGEST_ROW) or width > LONGEST_ROW:
        return None
    if count == width:
        return tuple(range(width))
    if count == 1 and cell_class(cells[0]) in ("heading", "text"):
        return (0,) if _is_section(cells[0], columns) else None
    # best[i][j]: (score, ways) of the first i cells within the first j columns; chosen: whether cell i stands in j.
    best: list[list[tuple[int, int]]] = [[(0, 1)] * (width + 1)] + [[(-1, 0)] * (width + 1) for _ in range(count)]
    for i in range(1, count + 1):
        for j in range(i, width + 1):
            without = best[i][j - 1]
            score = fit(cells[i - 1], columns.kinds[j - 1], above)
            front = best[i - 1][j - 1]
            having = (front[0] + score, front[1]) if score is not None and front[1] else (-1, 0)
            best[i][j] = _better(without, having)
    if best[count][width][1] != 1:
        return None
    return _traced(best, count, width)


def _is_section(text: str, columns: Columns) -> bool:
    if cell_class(text) == "heading":
        return True
    return (columns.numbered or "number" in columns.kinds) and not is_sentence(text)


def _better(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    if one[1] == 0 or other[1] == 0:
        return one if other[1] == 0 else other
    if one[0] == other[0]:
        return one[0], min(one[1] + other[1], 2)
    return max(one, other)


def _traced(best: list[list[tuple[int, int]]], count: int, width: int) -> tuple[int, ...]:
    found: list[int] = []
    j = width
    for i in range(count, 0, -1):
        while best[i][j - 1] == best[i][j] and best[i][j - 1][1]:
            j -= 1
        found.append(j - 1)
        j -= 1
    return tuple(reversed(found))


def starts_row(texts: Sequence[str], at: int, columns: Columns) -> bool:
    """Whether a row begins with this cell of a stream: its number, or the heading in front of it."""
    found = cell_class(texts[at])
    behind = cell_class(texts[at + 1]) if at + 1 < len(texts) else "empty"
    if "number" in columns.kinds:
        if found == "number":
            place = columns.kinds.index("number")
            return not (place and at and _leads(texts, at - 1, columns))
        return found == "heading" or (behind == "number" and _leads(texts, at, columns))
    if found == "heading":
        return True
    return found == "numbered" and not (at and cell_class(texts[at - 1]) == "heading")


def _leads(texts: Sequence[str], at: int, columns: Columns) -> bool:
    """Whether this cell in front of a number is the section of its row: the section's column is left of the number's,
    the row before has come to its units or deadline, and nothing behind them could take a short text."""
    place = columns.kinds.index("number")
    if "section" not in columns.kinds[:place]:
        return False
    found = cell_class(texts[at])
    if found == "heading":
        return True
    ended = at == 0 or cell_class(texts[at - 1]) in ("unit", "deadline", "quota") or is_header_word(texts[at - 1])
    return found == "text" and ended and not is_sentence(texts[at]) and columns.kinds[-1] != "remark"


def row_number(text: str) -> int | None:
    """The number a row is counted by."""
    return opening_number(text)
