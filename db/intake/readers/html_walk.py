"""The tags of a page -> its lines and tables in order, without recursion and in one pass.

A line (Unit) ends at every block element and <br>. Broken nesting is mended as browsers do it, as far as tables need
it: a cell is closed by the next cell, row or section; an end tag never reaches out of the cell it stands in; text
between <table> and its cells stands behind the table. What an element hides is read and noted.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from db.errors import ReadingError
from db.intake.readers.encodings import cleaned
from db.intake.readers.html_page import (
    AGAIN,
    BLOCKS,
    CELLS,
    HEADINGS,
    ITEMS,
    LISTS,
    SECTIONS,
    SKIPPED,
    TABLE_PARTS,
    VOID,
    Box,
    Page,
    Row,
    Table,
    Unit,
    first_number,
    folded,
    hides,
    keeps_lines,
    number,
)
from db.intake.readers.html_tokens import RAW, Start, Token

MAX_DEPTH: Final = 5_000
MAX_TAGS: Final = 1_500_000

_TAB: Final = "\x01"
_BLANK: Final = "\x02"


@dataclass(slots=True)
class _Open:
    name: str
    block: int
    hidden: bool = False
    link: bool = False
    pre: bool = False
    heading: bool = False
    counted: int | None = None
    scope: int = 0
    item: bool = False


class Walk:
    """One pass over the tokens of a page."""

    def __init__(self, *, has_numbers: bool = False) -> None:
        """has_numbers: the page writes the numbers of its lists itself, as text."""
        self.page = Page()
        self._has_numbers = has_numbers
        self.stack = [_Open("", 0)]
        # One count of open names for each cell or table: an end tag finds its element there or nowhere.
        self.scopes: list[Counter[str]] = [Counter()]
        self.open_tables: list[Table] = []
        self.contents: list[list[Unit | Table]] = [self.page.content]
        self.lists: list[_Open] = []
        self.pieces: list[str] = []
        self.hidden: list[str] = []
        self.links = 0
        self.skipping: Counter[str] = Counter()
        self.left_out: list[str] = []

    def over(self, tokens: Iterable[Token]) -> Page:
        """The page. Raises ReadingError for a page of too many or too deeply nested elements."""
        for count, token in enumerate(tokens):
            if count > MAX_TAGS:
                raise ReadingError("网页太大（标签太多）", AGAIN)
            if self.skipping:
                self._skip(token)
            elif isinstance(token, str):
                self._text(token)
            elif isinstance(token, Start):
                self._start(token)
            else:
                self._end(token.name)
        self._flush()
        self.page.skipped = "".join(self.left_out).strip() if self.skipping else ""
        return self.page

    def _skip(self, token: Token) -> None:
        if isinstance(token, str):
            self.left_out.append(token)
        elif token.name in self.skipping:
            self.skipping[token.name] += 1 if isinstance(token, Start) else -1
            if self.skipping[token.name] <= 0:
                self.skipping.clear()
                self.left_out.clear()

    def _text(self, text: str) -> None:
        text = cleaned(text)[0]
        top = self.stack[-1]
        for count, line in enumerate(text.split("\n") if top.pre else [text]):
            if count:
                self._flush()
            # Blanks that are to stay are set aside under signs that `cleaned` leaves in no text.
            self.pieces.append(line.replace("\t", _TAB).replace(" ", _BLANK) if top.pre else line)
            if top.link:
                self.links += len("".join(line.split()))
            if top.hidden and line.strip():
                self.hidden.append(line)

    def _flush(self) -> None:
        if self.pieces:
            top = self.stack[-1]
            text = folded("".join(self.pieces)).strip(" ").replace(_TAB, "\t").replace(_BLANK, " ")
            if text.strip():
                hidden = " ".join("".join(self.hidden).split())
                self.contents[-1].append(Unit(text, self.links, top.block, top.heading, hidden))
        self.pieces, self.hidden, self.links = [], [], 0

    def _start(self, tag: Start) -> None:
        name = tag.name
        if name in BLOCKS or name in {"br", "hr"}:
            self._flush()
        if name in SKIPPED:
            self.skipping[name] = 1
        elif name == "img":
            self.page.pictures.append(self.stack[-1].block)
        elif name in TABLE_PARTS and name != "colgroup":
            self._table_part(tag)
        elif name not in VOID and name not in {"html", "body", "colgroup"}:
            # A <body> that is hidden until a script has run is still the page.
            for shut in ("p",) if name in BLOCKS else ("a",) if name == "a" else ():
                if self.scopes[-1][shut]:
                    self._close(shut)
            over = self._list()
            if name in ITEMS and over is not None and over.item:
                self._close_entry(over)
            self._push(tag)

    def _push(self, tag: Start) -> None:
        name, given, outer = tag.name, tag.attributes, self.stack[-1]
        if len(self.stack) >= MAX_DEPTH:
            raise ReadingError(f"网页套得太深（超过 {MAX_DEPTH} 层）", AGAIN)
        block = outer.block
        if name in BLOCKS:
            block = len(self.page.parents)
            self.page.parents.append(outer.block)
            marks = (name, given.get("class", ""), given.get("id", ""), given.get("role", ""))
            self.page.names.append(" ".join(marks)[:400].lower())
        opened = _Open(
            name,
            block,
            hidden=outer.hidden or hides(given),
            link=outer.link or (name == "a" and "href" in given),
            pre=name in {"pre", "listing", "xmp", "textarea"} or outer.pre or keeps_lines(given),
            heading=outer.heading or name in HEADINGS,
            scope=len(self.scopes),
        )
        self.stack.append(opened)
        self.scopes[-1][name] += 1
        if name in LISTS:
            opened.counted = first_number(given) if name == "ol" else None
            self.lists.append(opened)
        elif name in ITEMS:
            self._number_item(given)
            opened.item = True
            self.lists.append(opened)

    def _number_item(self, given: dict[str, str]) -> None:
        """The number that a browser writes in front of an item of <ol>: it is in no text of the page."""
        over = self._list()
        if over is None or over.counted is None or self._has_numbers:
            return
        if given.get("value", "").isdecimal():
            over.counted = number(given["value"], 1)
        self.pieces.append(f"{over.counted}.")
        over.counted += 1
        self.page.numbers += 1

    def _list(self) -> _Open | None:
        """The innermost open list or item, if it is of the cell that is open now."""
        return self.lists[-1] if self.lists and self.lists[-1].scope == len(self.scopes) else None

    def _pop(self) -> None:
        closed = self.stack.pop()
        if closed.name in CELLS:
            self.scopes.pop()
            if closed.name != "caption":
                self.contents.pop()
        elif closed.name == "table":
            self.scopes.pop()
            self.open_tables.pop()
        self.scopes[-1][closed.name] -= 1
        if self.lists and self.lists[-1] is closed:
            self.lists.pop()

    def _close(self, name: str) -> None:
        """Close the innermost open element of this name, which is within the present scope."""
        while self.stack[-1].name != name:
            self._pop()
        self._pop()

    def _close_entry(self, entry: _Open) -> None:
        while self.stack[-1] is not entry:
            self._pop()
        self._pop()

    def _end(self, name: str) -> None:
        if name in BLOCKS or name == "br":
            self._flush()
        if name in TABLE_PARTS:
            self._end_of_table_part(name)
        elif name not in RAW and self.scopes[-1][name] > 0:
            self._close(name)

    def _scope_is_cell(self) -> bool:
        # Scopes lie in pairs: a table's, then its cell's, if one is open.
        return len(self.scopes) == 2 * len(self.open_tables) + 1

    def _close_cell(self) -> None:
        if self.open_tables and self._scope_is_cell():
            while self.stack[-1].name not in CELLS:
                self._pop()
            self._pop()

    def _close_to(self, names: frozenset[str]) -> None:
        while self.stack[-1].name not in names:
            self._pop()

    def _table_part(self, tag: Start) -> None:
        name = tag.name
        if name == "table":
            self._begin_table(tag)
            return
        if not self.open_tables:
            return
        self._close_cell()
        table = self.open_tables[-1]
        if name in SECTIONS or name == "caption":
            self._close_to(frozenset(("table",)))
            table.section += 1
            self._push(tag)
            if name == "caption":
                self.scopes.append(Counter())
            return
        if name == "tr" or self.stack[-1].name != "tr":
            self._close_to(SECTIONS | {"table"} | ({"tr"} if name != "tr" else set()))
        if name == "tr" or self.stack[-1].name != "tr":
            self._push(tag if name == "tr" else Start("tr"))
            table.rows.append(Row(table.section, self.stack[-1].hidden))
        if name != "tr":
            self._push(tag)
            box = Box(number(tag.attributes.get("rowspan"), 1), max(1, number(tag.attributes.get("colspan"), 1)))
            table.rows[-1].cells.append(box)
            self.scopes.append(Counter())
            self.contents.append(box.content)

    def _begin_table(self, tag: Start) -> None:
        if self.open_tables and not self._scope_is_cell():
            # A table between the rows of another ends that one.
            self._end_of_table_part("table")
        self._push(tag)
        table = Table(self.stack[-1].block)
        self.page.tables.append(table)
        self.contents[-1].append(table)
        self.open_tables.append(table)
        self.scopes.append(Counter())

    def _end_of_table_part(self, name: str) -> None:
        if not self.open_tables or name == "colgroup":
            return
        if name in CELLS:
            self._close_cell()
            return
        self._close_cell()
        if name == "table":
            while self.stack[-1].name != "table":
                self._pop()
            self._pop()
        elif self.scopes[-1][name] > 0:
            self._close(name)
            if name in SECTIONS:
                self.open_tables[-1].section += 1
