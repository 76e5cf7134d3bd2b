"""清单: the clerk's desk. What is to be done, the most urgent first, and every command on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from db.errors import TaizhangError
from db.rules.rows import EntryRow, LedgerRow, Place
from tui.checklist_view import Listing, listing, with_ids
from tui.commands import CHECKLIST, EVERYWHERE, Command, bindings
from tui.screens.counted_blocks import Beside
from tui.screens.counting_work import CountingWork
from tui.screens.entry_blocks import detail_blocks
from tui.screens.evidence_work import TakesDrops
from tui.screens.finding import Finding
from tui.screens.going import Going
from tui.screens.heading import Heading
from tui.screens.leaving_ledger import LeavingLedger
from tui.screens.remembered import Remembered
from tui.text import shown
from tui.widgets.body import Body
from tui.widgets.entry_list import EntryList
from tui.widgets.filter_bar import FilterBar
from tui.widgets.head_line import HeadLine
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import ReadingPane
from tui.widgets.search_box import SearchBox
from tui.widgets.status_line import StatusLine
from tui.widgets.too_small import TooSmall
from tui.wording_counted import needs_calendar

if TYPE_CHECKING:
    from tui.desk import Desk


_LEAVING: Final = frozenset({"settle", "not_applicable", "not_ours"})
"""What an entry does not stay in its place after."""


class ChecklistScreen(Finding, Heading, LeavingLedger, CountingWork[None], TakesDrops[None], Going[None]):
    """The list with its head line, filters, search and detail pane."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(CHECKLIST))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("清单", CHECKLIST),
        ("各个画面", EVERYWHERE),
    )
    AUTO_FOCUS = "EntryList"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._place = Place("all", "", None, None)
        self._listing = Listing((), "all", "", ())
        self._marked: frozenset[int] = frozenset()
        self._paned: int | None = None
        self._headed: tuple[EntryRow, ...] | None = None
        self._needs_calendar = False
        self._remembered = Remembered(self, desk, lambda: getattr(self.app, "is_warm", True))
        self._list = EntryList(self._moved)
        self._pane = ReadingPane(more="Enter 看全文", id="detail")

    # Composing

    def compose(self) -> ComposeResult:
        yield HeadLine()
        yield StatusLine(id="banner")
        yield FilterBar()
        yield SearchBox(self._asked)
        yield Body(self._list, self._pane)
        yield StatusLine(id="status")
        yield KeyLine(CHECKLIST)
        yield TooSmall()

    def on_mount(self) -> None:
        super().on_mount()
        self.load()

    def load(self) -> None:
        """Shows the ledger that the desk has open, at the place where it was left."""
        self._clock_rules = None
        self._marked = frozenset()
        self._headed = None
        self._ledger_id = self.desk.ledger.id if self.desk.ledger else None
        try:
            # Remembered at once, moved or not: the ledger last opened is known by its place.
            self._remember(self.desk.place())
        except TaizhangError as error:
            self.complain(error)
        if self.desk.read_only:
            banner = self.query_one("#banner", StatusLine)
            banner.set_class(True, "-shown")
            banner.say(shown(f"只读，不能改动：{self.desk.read_only_reason}"))
        if self._place.search:
            self.query_one(SearchBox).open(self._place.search)
        self.reread()
        self._tell_unreadable()
        self._tell_what_waits()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.query_one(Body).fit_to(event.size.width, event.size.height)
        self.call_after_refresh(self._show_in_pane)

    def say(self, text: str, *, alarm: bool = False) -> None:
        self.query_one("#status", StatusLine).say(shown(text), alarm=alarm)

    # What is shown

    @property
    def listing(self) -> Listing:
        return self._listing

    def chosen(self) -> tuple[EntryRow, ...]:
        """The marked entries, else the one under the cursor."""
        if self._marked:
            return with_ids(self._listing.shown, self._marked)
        return (self._list.current,) if self._list.current else ()

    def go_to(self, entry_id: int) -> None:
        self._remember(replace(self._place, entry=entry_id))

    def lists(self, entry_id: int) -> bool:
        return self._listing.index_of(entry_id) is not None

    def reread(self) -> None:
        super().reread()
        # From here on the clerk is where the cursor is; a filter alone does not move it for good.
        if self._list.current is not None:
            self._remember(replace(self._place, entry=self._list.current.id))
        self.call_after_refresh(self._count_beside)

    def show_entries(self) -> None:
        """The list again, the cursor on the entry it stood on; if that is no longer listed, on its neighbour."""
        ledger = self.desk.ledger
        if ledger is None:
            return
        self._listing = listing(self.entries, self._place.filter, self._place.search, self.today)
        self._keep_marks_in_sight()
        found = self._listing.index_of(self._place.entry)
        if self._headed is not self.entries:
            # Once for a reading, not at each key of a search.
            self._headed = self.entries
            self._show_head(ledger)
            # The first list does not wait for a calendar of which it has no use.
            self._needs_calendar = any(needs_calendar(entry, self.today) for entry in self.entries)
        self._list.show(
            self._listing.shown,
            self._list.cursor if found is None else found,
            among=self.entries,
            year=ledger.year,
            today=self.today,
            calendar=self.calendar() if self._needs_calendar else None,
        )
        self.query_one(FilterBar).show(self._listing.counts, self._listing.filter)
        self._show_in_pane()

    def _keep_marks_in_sight(self) -> None:
        # A command must never act on something that the clerk does not see.
        seen = self._marked & {entry.id for entry in self._listing.shown}
        lost = len(self._marked) - len(seen)
        self._unmarked = f"{lost} 项不在现在的清单里，已取消选中。" if lost else ""
        if lost:
            self.say(self._unmarked)
        self._marked = seen
        self._list.mark(seen)

    def _moved(self, entry: EntryRow) -> None:
        self._remember(replace(self._place, entry=entry.id))
        self._show_in_pane()

    def _show_in_pane(self) -> None:
        entry = self._list.current
        if entry is None:
            self._pane.show(())
        elif self._pane.display:
            # The first list does not wait for what only the pane needs.
            complete = self.clock_rules_read
            blocks = self.blocks_of(entry) if complete else detail_blocks(entry, Beside(self.today))
            self._pane.show(blocks, keep_place=self._paned == entry.id)
            if not complete:
                self.call_after_refresh(self._complete_pane)
        self._paned = entry.id if entry else None

    def _complete_pane(self) -> None:
        self.clock_rules()
        if self.clock_rules_read:
            self._show_in_pane()

    def after(self, verb: str, entries: Sequence[EntryRow]) -> None:
        self._marked = frozenset()
        if verb in _LEAVING:
            # What is settled sinks to the end of the list; the clerk goes on with what stood next.
            follower = self._listing.follower([entry.id for entry in entries])
            self._remember(replace(self._place, entry=follower))

    def after_taking_back(self, entries: Sequence[int]) -> None:
        # The cursor must not stay on a neighbour: the next key is meant for what came back.
        if entries:
            self._remember(replace(self._place, entry=entries[0]))

    # Marking and clearing

    def action_clear(self) -> None:
        if self._marked:
            self._mark(frozenset())
        elif self.query_one(SearchBox).is_open:
            self._clear_search()
            self.say("")
        elif self._place.filter != "all":
            self._filter("all")

    def action_mark(self) -> None:
        self.on_entry_list_marked()
        self._list.action_move(1)

    def action_mark_all(self) -> None:
        every = frozenset(entry.id for entry in self._listing.shown)
        self._mark(frozenset() if self._marked == every else every)

    def on_entry_list_marked(self) -> None:
        entry = self._list.current
        if entry is not None:
            self._mark(self._marked ^ {entry.id})

    def _mark(self, marked: frozenset[int]) -> None:
        self._marked = marked
        self._list.mark(marked)
        self.say(self.standing_words())

    def standing_words(self) -> str:
        count = len(self._marked)
        return f"选中 {count} 项，按 F2 销账、F8 不适用、F5 恢复一次办理；Esc 取消。" if count else ""

    # Other screens

    def action_detail(self) -> None:
        entry = self._list.current
        if entry is None:
            return
        from tui.screens.detail import DetailScreen

        ids = [shown_entry.id for shown_entry in self._listing.shown]
        self.app.push_screen(DetailScreen(self.desk, ids, entry.id), self._back_at)

    def on_entry_list_opened(self) -> None:
        self.action_detail()

    def action_walk(self) -> None:
        if not self._listing.shown:
            self.say("清单里没有条目，换一个筛选再逐项办理。")
            return
        from tui.screens.walk import WalkScreen

        current = self._list.current
        walk = WalkScreen(self.desk, self._listing, self._place.walk_entry, current.id if current else None)
        self.app.push_screen(walk, self._back_at)

    def walk_stands_at(self, entry_id: int | None) -> None:
        """The walk is at this entry now; None when it came to its end."""
        self._remember(replace(self._place, walk_entry=entry_id))

    def _back_at(self, entry_id: int | None) -> None:
        if entry_id is not None:
            self._remember(replace(self._place, entry=entry_id))
        self.reread()

    def _chosen_ledger(self, ledger: LedgerRow | None) -> None:
        if ledger is None:
            return
        # Nothing of the former ledger's place may be kept as the new one's.
        self._place = Place("all", "", None, None)
        self._list.focus()
        self.query_one(SearchBox).shut()
        self._list.show((), 0, among=(), year=ledger.year, today=self.today)
        self.say("")
        self.load()

    def _history_of(self, entries: Sequence[EntryRow]) -> EntryRow | None:
        return None

    def save_draft_now(self) -> bool:
        """Keeps the place before the screen goes; called too when the terminal is closed."""
        self._remembered.now()
        return True

    def on_unmount(self) -> None:
        self._remembered.now()
