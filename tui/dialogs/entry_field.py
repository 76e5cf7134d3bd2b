"""A line for the number of an entry; what the number means stands below it."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from db.rules.rows import EntryRow
from tui.dialogs.entries_named import number_words
from tui.dialogs.field import Field, FieldProblem
from tui.text import cut

_TYPED_LIMIT: Final = 40
_REQUIREMENT_CELLS: Final = 50


class EntryField(Field):
    """A blank line is no entry: `blank` says what it means then."""

    def __init__(
        self, label: str, entries: Sequence[EntryRow], entry: int | None, *, blank: str, id: str | None = None
    ) -> None:
        self._numbered = {_plain(each.number): each for each in entries}
        self._blank = blank
        number = next((each.number for each in entries if each.id == entry), "")
        super().__init__(label, number, limit=_TYPED_LIMIT, remark=self._words(number), select=True, id=id)

    def entry(self) -> EntryRow | None:
        """The entry that is meant. Raises FieldProblem for a number that is none of the ledger's."""
        text = self.text()
        if not text:
            return None
        found = self._numbered.get(_plain(text))
        if found is None:
            raise FieldProblem(self, f"台账里没有编号「{text}」", "编号是清单最左一栏；不属于某一项就留空")
        return found

    def entry_id(self) -> int | None:
        """Its id."""
        found = self.entry()
        return found.id if found else None

    def remark_on(self, text: str) -> str:
        return self._words(text)

    def _words(self, text: str) -> str:
        if not text.strip():
            return self._blank
        found = self._numbered.get(_plain(text))
        return f"{number_words(found)}：{cut(found.requirement, _REQUIREMENT_CELLS)}" if found else "没有这个编号"


def _plain(number: str) -> str:
    """第 12 项, １２ and 12 are one number."""
    return "".join(unicodedata.normalize("NFKC", number).split()).removeprefix("第").removesuffix("项")
