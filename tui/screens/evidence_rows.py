"""The lines of 佐证: what the view of the whole ledger and that of one entry share."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual import events

from db.errors import TaizhangError
from db.rules.order import folded, holds, words_of
from db.rules.rows import EntryRow, PublicationRow
from db.rules.rows_evidence import EvidenceRow
from tui.dialogs.entries_named import number_words
from tui.dialogs.line_list import Choice
from tui.screens.evidence_acts import EvidenceActs
from tui.screens.evidence_work import Target, of_publication
from tui.screens.rows_screen import RowsScreen
from tui.text import cells, one_line, pad, pad_left
from tui.widgets.reading_pane import Block
from tui.wording import moment_words
from tui.wording_evidence import evidence_size_words, many_words
from tui.wording_timed import dated

_OF_THE_UNIT = "单位"


class EvidenceRows(RowsScreen, EvidenceActs["str | None"]):
    """A line for each piece: number of the entry, name, caption, size, day. Only what holds `query_typed` is listed."""

    _rows: tuple[EvidenceRow, ...] = ()
    _found: tuple[EvidenceRow, ...] = ()
    _published: dict[int, PublicationRow] | None = None
    query_typed = ""

    def read(self) -> None:
        self._rows = self.desk.evidence()
        self._published = None

    # What is shown

    def choices(self) -> Sequence[Choice]:
        words = words_of(self.query_typed)
        numbers = {entry.id: entry.number for entry in self.entries}
        self._found = tuple(
            row for row in self._rows if not words or holds(folded("\x00".join(_texts(row, numbers))), words)
        )
        width = max((cells(_number(row, numbers)) for row in self._found), default=0)
        return [_choice(row, _number(row, numbers), width) for row in self._found]

    def key(self, index: int) -> Hashable:
        return self._found[index].id

    def entry_at(self, index: int) -> int | None:
        return self._found[index].of_entry

    def title_words(self) -> str:
        found = f"，找到 {len(self._found)} 件" if words_of(self.query_typed) else ""
        files = {row.sha256: row.size or 0 for row in self._rows if row.sha256}
        size = f"（{many_words(list(files.values()))}）" if files else ""
        return f"佐证材料  共 {len(self._rows)} 件{size}{found}"

    def empty_words(self) -> str:
        if self._rows:
            return "没有含这些字的佐证。Esc 清除查找。"
        return "还没有佐证。按 Ins 附文件或网址，也可以把文件拖到这里；在清单、明细和公开记录里按 . 附到那一条。"

    def blocks(self, index: int) -> Sequence[Block]:
        row = self._found[index]
        return _full_blocks(row, self.entry(row.of_entry), self._publication(row.publication))

    def _publication(self, publication: int | None) -> PublicationRow | None:
        if publication is None:
            return None
        if self._published is None:
            try:
                self._published = {row.id: row for row in self.desk.publications()}
            except TaizhangError as error:
                self.complain(error)
                return None
        return self._published.get(publication)

    # Attaching

    def action_attach(self) -> None:
        self.attach_for(self.target())

    def on_paste(self, event: events.Paste) -> None:
        """A file that a terminal drops over the list, or an address pasted."""
        if event.text.strip() and self.is_active:
            event.stop()
            self.attach_for(self.target(), event.text)

    def target(self) -> Target:
        """Where to the next piece goes: to the publication of the line, else to an entry that the clerk names."""
        row = self.row
        publication = self._publication(row.publication) if row else None
        if publication is not None:
            return of_publication(publication)
        return Target("到一个事项", entry=row.entry if row else None, asks=True)

    def after(self, verb: str, entries: Sequence[EntryRow]) -> None:
        # What was just attached is what the clerk wants to see; read again already by its own hand.
        if verb == "attach":
            newest = max(self.desk.evidence(), key=lambda row: row.id, default=None)
            self.put_cursor_on(newest.id if newest else None)

    @property
    def row(self) -> EvidenceRow | None:
        return self._found[self.current] if self.current is not None else None


def _number(row: EvidenceRow, numbers: dict[int, str]) -> str:
    return numbers.get(row.of_entry or 0, _OF_THE_UNIT)


def _choice(row: EvidenceRow, number: str, width: int) -> Choice:
    caption = f"  {one_line(row.caption)}" if row.caption and row.caption != row.name else ""
    day = row.day.isoformat() if row.day else ""
    right = f"{pad_left(evidence_size_words(row), 8)} {pad(day, 10)}"
    return Choice(f"{pad(number, width)}  {one_line(row.name)}{caption}", right)


def _texts(row: EvidenceRow, numbers: dict[int, str]) -> tuple[str, ...]:
    day = row.day.isoformat() if row.day else ""
    return row.name, row.caption or "", row.address or "", day, _number(row, numbers)


def _full_blocks(row: EvidenceRow, entry: EntryRow | None, publication: PublicationRow | None) -> list[Block]:
    """Everything about one piece of evidence."""
    blocks = [Block(row.name, look="heading")]
    if row.caption:
        blocks.append(Block(row.caption, "说明"))
    blocks.append(Block(row.address or evidence_size_words(row), "网址" if row.is_link else "大小"))
    if row.day:
        blocks.append(Block(dated(row.day), "公开日期"))
    if publication is not None:
        blocks.append(Block(f"{publication.day.isoformat()} {publication.title}", "公开记录"))
    blocks.append(Block(f"{number_words(entry)}：{entry.requirement}" if entry else "本单位的公开记录", "所属事项"))
    blocks.append(Block(moment_words(row.added_at), "附上时间"))
    if row.modified_at:
        blocks.append(Block(moment_words(row.modified_at), "文件时间", "muted"))
    if row.sha256:
        blocks.append(Block(row.sha256, "SHA-256", "muted"))
    return blocks
