"""公开记录: what the unit has published, the newest first; found as the words are typed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType

from db.rules.order import folded, holds, words_of
from db.rules.rows import EntryRow, PublicationRow, QuotaRow
from db.rules.rows_evidence import EvidenceRow
from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.entries_named import number_words
from tui.dialogs.line_list import Choice
from tui.screens.counted_blocks import quota_blocks
from tui.screens.counting_work import CountingWork
from tui.screens.evidence_blocks import evidence_blocks
from tui.screens.evidence_work import of_publication
from tui.screens.searched_rows import SearchedRows
from tui.text import cells, pad, shown
from tui.view_commands import PUBLICATIONS
from tui.widgets.reading_pane import Block
from tui.wording_counted import is_short, missing_words, quota_period_words
from tui.wording_timed import dated, publication_brief

_OF_THE_UNIT: Final = "单位"
_APART: Final = "\x00"
"""Stands in no text, and no word of a query crosses it."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A publication with its line: made once a reading, not at each key of a search."""

    row: PublicationRow
    number: str
    choice: Choice


class PublicationsScreen(SearchedRows, CountingWork["str | None"]):
    """A line for each publication: day, title, channel, form, number of the entry."""

    NAME = "publications"
    KEYS: ClassVar[tuple[Command, ...]] = PUBLICATIONS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(PUBLICATIONS))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("公开记录", PUBLICATIONS),
        ("各个画面", EVERYWHERE),
    )

    _rows: tuple[PublicationRow, ...] = ()
    _unit_quotas: tuple[QuotaRow, ...] = ()
    _all: tuple[_Listed, ...] | None = None
    _found: tuple[_Listed, ...] = ()
    _folded: Sequence[str] = ()

    def read(self) -> None:
        self._rows = self.desk.publications()
        self._unit_quotas = self.desk.unit_quotas()
        self._all = None
        self._folded = ()

    # What is shown

    def choices(self) -> Sequence[Choice]:
        words = words_of(self.query_typed)
        self._found = every = self._listed()
        if words:
            found = zip(every, self._haystacks(), strict=True)
            self._found = tuple(one for one, text in found if holds(text, words))
        return [one.choice for one in self._found]

    def _listed(self) -> tuple[_Listed, ...]:
        if self._all is None:
            numbers = {entry.id: entry.number for entry in self.entries}
            width = max((cells(number) for number in numbers.values()), default=0)
            self._all = tuple(_listed(row, numbers.get(row.entry or 0), width) for row in self._rows)
        return self._all

    def _haystacks(self) -> Sequence[str]:
        """What is searched of each publication, folded at the first search after a reading."""
        every = self._listed()
        if len(self._folded) != len(every):
            self._folded = [folded(_APART.join(_texts(one))) for one in every]
        return self._folded

    def key(self, index: int) -> Hashable:
        return self._found[index].row.id

    def entry_at(self, index: int) -> int | None:
        return self._found[index].row.entry

    def title_words(self) -> str:
        found = f"，找到 {len(self._found)} 条" if words_of(self.query_typed) else ""
        short = [quota for quota in self._unit_quotas if is_short(quota, self.today)]
        hint = "".join(f"  {quota_period_words(quota)}{missing_words(quota)}" for quota in short)
        return f"公开记录  共 {len(self._rows)} 条{found}{hint}"

    def empty_words(self) -> str:
        if self._rows:
            return "没有含这些字的公开记录。Esc 清除查找。"
        return "还没有公开记录。按 Ins 登记一条；有现成的几行，粘贴到这里或按 F3。"

    def blocks(self, index: int) -> Sequence[Block]:
        row = self._found[index].row
        entry = self.entry(row.entry)
        attached = self._attached_to(row)
        blocks = [
            Block(row.title, look="heading"),
            Block(dated(row.day), "日期"),
            Block(f"{row.channel}，{row.form}", "渠道形式"),
            Block(row.address or "没有填", "网址版面"),
            *evidence_blocks(len(attached), attached),
            Block(_of_words(entry), "所属事项"),
        ]
        return [*blocks, *quota_blocks(entry.quotas, self.beside(entry))] if entry else blocks

    # Searching

    def action_search(self) -> None:
        super().action_search()
        # Behind the frame that shows the line, so that the first letter does not wait for it.
        self.call_after_refresh(self._haystacks)

    # Changing

    def action_add(self) -> None:
        self.publish_for(None)

    def action_paste_lines(self) -> None:
        self.paste_for(None, "")

    def on_paste(self, event: events.Paste) -> None:
        """Lines pasted over the list are meant to be registered."""
        if event.text.strip() and self.is_active:
            event.stop()
            self.paste_for(None, event.text)

    def action_edit(self) -> None:
        row = self._current_row()
        if row is None or not self.writable():
            return
        from tui.dialogs.publish import PublishAnswer, PublishDialog

        def edit(answer: PublishAnswer | None) -> None:
            if answer is not None:
                self.desk.edit_publication(row.id, answer.new[0])

        self.ask(
            PublishDialog(
                self.entries, row.entry, self.desk.today(), row=row, stored=self._rows, year=self.ledger_year
            ),
            edit,
            lambda: self.changed("edit_publication", (), "公开记录已修改。Ctrl+Z 撤销"),
        )

    def action_remove(self) -> None:
        row = self._current_row()
        if row is None or not self.writable():
            return
        from tui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.change(
                    "remove_publication",
                    (),
                    lambda: self.desk.remove_publications([row.id]),
                    "公开记录已删除。Ctrl+Z 撤销",
                )

        attached = self._attached_to(row)
        also = f"，连同 {len(attached)} 件佐证" if attached else ""
        words = f"{publication_brief(row)}\n\n将被删除{also}。可以撤销。"
        dialog = ConfirmDialog(shown("删除这条公开记录"), words)
        self.app.push_screen(dialog, answered)

    def action_attach(self) -> None:
        row = self._current_row()
        if row is None:
            self.say("没有可以附佐证的公开记录，先按 Ins 登记一条。")
        else:
            self.attach_for(of_publication(row))

    def _attached_to(self, row: PublicationRow) -> Sequence[EvidenceRow]:
        return [each for each in self.all_evidence() if each.publication == row.id]

    def after(self, verb: str, entries: Sequence[EntryRow]) -> None:
        # What was just registered is what the clerk wants to see; read again already by its own hand.
        if verb == "publish":
            newest = max(self.stored_publications(), key=lambda row: row.id, default=None)
            self.put_cursor_on(newest.id if newest else None)

    def _current_row(self) -> PublicationRow | None:
        return self._found[self.current].row if self.current is not None else None


def _listed(row: PublicationRow, number: str | None, width: int) -> _Listed:
    named = number or _OF_THE_UNIT
    right = f"{pad(row.channel, 10)} {pad(row.form, 8)} {pad(named, max(width, cells(_OF_THE_UNIT)))}"
    return _Listed(row, named, Choice(f"{row.day.isoformat()}  {row.title}", right))


def _texts(one: _Listed) -> tuple[str, ...]:
    row = one.row
    return row.title, row.address or "", row.channel, row.form, one.number, row.day.isoformat()


def _of_words(entry: EntryRow | None) -> str:
    return f"{number_words(entry)}：{entry.requirement}" if entry else "不属于某一项，计入本单位"
