"""逐项办理: one entry after another, one card each."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static

from db.rules.order import is_open
from db.rules.rows import EntryRow
from tui.checklist_view import Listing, open_after
from tui.commands import EVERYWHERE, WALK, Command, bindings
from tui.desk import Desk
from tui.screens.counting_work import CountingWork
from tui.screens.entry_blocks import card_blocks
from tui.screens.evidence_work import TakesDrops
from tui.text import shown
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.status_line import StatusLine
from tui.widgets.too_small import TooSmall

_GO_ON_AFTER: Final = frozenset({"settle", "not_applicable", "not_ours"})
_DONE_WORDS: Final[dict[str, str]] = {
    "settle": "销账 {} 项",
    "not_applicable": "标为不适用 {} 项",
    "not_ours": "标为非本单位 {} 项",
    "ours": "确认本单位 {} 项",
    "note": "记事 {} 条",
    "adjust_due": "调整时限 {} 项",
    "reopen": "恢复 {} 项",
    "start": "标为推进中 {} 项",
    "publish": "记公开 {} 次",
    "attach": "附佐证 {} 次",
    "count": "记次数 {} 次",
    "settle_occurrence": "本期销账 {} 次",
    "start_clock": "起计时 {} 个",
    "skip": "跳过 {} 项",
}


class WalkScreen(CountingWork[int | None], TakesDrops[int | None]):
    """Goes through the list as it was filtered; what is closed already is left out unless nothing else is there.

    It begins where the last walk was left (`left_at`), if that was closed meanwhile at what came after it, else at
    `cursor`. The result is the entry it stood at last.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(WALK))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("逐项办理", WALK),
        ("各个画面", EVERYWHERE),
    )
    AUTO_FOCUS = "ReadingPane"

    class Stands(Message):
        """The walk is at this entry now; None when it came to its end."""

        def __init__(self, entry_id: int | None) -> None:
            super().__init__()
            self.entry_id = entry_id

    def __init__(self, desk: Desk, through: Listing, left_at: int | None, cursor: int | None) -> None:
        super().__init__(desk)
        self._ids = [entry.id for entry in through.shown if is_open(entry)] or [entry.id for entry in through.shown]
        self._filter_name = next(name for key, name, _ in through.counts if key == through.filter)
        resumed_at = next((at for at in (left_at, open_after(through, left_at)) if at in self._ids), None)
        self._resumed = resumed_at is not None
        self._left_open = resumed_at == left_at
        self._at = self._first(resumed_at, cursor)
        self._done: Counter[str] = Counter()
        self._title = Static(classes="title")
        self._pane = ReadingPane()

    def _first(self, resumed_at: int | None, cursor: int | None) -> int:
        for entry_id in (resumed_at, cursor):
            if entry_id in self._ids:
                return self._ids.index(entry_id)
        return 0

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._pane
        yield StatusLine()
        yield KeyLine(WALK)
        yield TooSmall()

    def on_mount(self) -> None:
        super().on_mount()
        self.reread()
        if self._resumed and self._at:
            where = "从上次停下的" if self._left_open else "上次停下的一项已经办过，从它后面的"
            self.say(f"{where}第 {self._at + 1} 项接着办。")
        self._stand()

    def chosen(self) -> tuple[EntryRow, ...]:
        if self._at >= len(self._ids):
            return ()
        entry = self.entry(self._ids[self._at])
        return (entry,) if entry else ()

    def show_entries(self) -> None:
        self._show(keep_place=True)

    def _show(self, *, keep_place: bool) -> None:
        if self._at >= len(self._ids):
            self._title.update(shown(f"逐项办理  已到末尾，共 {len(self._ids)} 项"))
            self._pane.show(self._end_blocks())
            return
        entry = self.entry(self._ids[self._at])
        search = f"  筛选：{self._filter_name}" if self._filter_name != "全部" else ""
        self._title.update(shown(f"逐项办理  第 {self._at + 1} / {len(self._ids)} 项{search}"))
        gone = "这一条已被删除。" if self.entries else "没有读出这一条，Esc 返回。"
        blocks = card_blocks(entry, self.beside(entry), self.clock_rules()) if entry else [Block(gone)]
        self._pane.show(blocks, keep_place=keep_place)

    def _end_blocks(self) -> Sequence[Block]:
        done = self._done_words()
        open_left = sum(1 for entry_id in self._ids if (entry := self.entry(entry_id)) and is_open(entry))
        return [
            Block("已经走完这张清单。", look="heading"),
            Block(done or "没有改动。", "本次办理"),
            Block(f"{open_left} 项" if open_left else "没有", "仍未办结"),
            Block(""),
            Block("按左箭头回到上一项，按 Esc 返回清单。", look="muted"),
        ]

    def _done_words(self) -> str:
        return "，".join(words.format(self._done[verb]) for verb, words in _DONE_WORDS.items() if self._done[verb])

    def after(self, verb: str, entries: Sequence[EntryRow]) -> None:
        self._done[verb] += len(entries)
        if verb in _GO_ON_AFTER:
            self._step(1)

    def action_skip(self) -> None:
        if self._at < len(self._ids):
            self._done["skip"] += 1
            self.say("")
            self._step(1)

    def action_previous(self) -> None:
        if self._at == 0:
            self.say("已到第一项。")
            return
        self.say("")
        self._step(-1)

    def _step(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._ids)))
        self._show(keep_place=False)
        self._stand()

    def _stand(self) -> None:
        at_end = self._at >= len(self._ids)
        self.app.post_message(self.Stands(None if at_end else self._ids[self._at]))

    def action_back(self) -> None:
        self.dismiss(self._ids[min(self._at, len(self._ids) - 1)])
