"""核对: the document on the left, what was read of it on the right, problems first; every step is kept at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.line_list import LineList
from tui.in_turn import typed_at
from tui.review_lines import Key, found_lines, losses_of, problem_view, review_lines, task_view
from tui.screens.review_finding import ReviewFinding
from tui.source_text import Marks, SourcePlaces, pieces
from tui.text import cut, one_line, shown
from tui.view_commands import REVIEW
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.search_box import SearchBox
from tui.widgets.source_pane import SourcePane
from tui.widgets.status_line import StatusLine
from tui.widgets.too_small import TooSmall
from tui.wording_intake import how_many_open, not_kept_words, open_on, place_words

if TYPE_CHECKING:
    from db.intake.edits import Edit
    from tui.desk import Desk
    from tui.screens.intake_draft import DraftAtWork

BESIDE_FROM: Final = 110
"""Columns from which the document stands beside the reading; below them F6 shows it."""
LOW: Final = 15
"""Lines below which there is room for the list or the text, not for both."""
_NAME_CELLS: Final = 30


class ReviewScreen(ReviewFinding):
    """The result is the short name of the notice that was taken in and over which a ledger is to be opened."""

    DEFAULT_CSS = """
    ReviewScreen > StatusLine { dock: none; }
    ReviewScreen > KeyLine { dock: none; }
    ReviewScreen .review { height: 1fr; width: 1fr; }
    ReviewScreen .review--source { display: none; height: 1fr; width: 1fr; border-top: solid $panel; }
    ReviewScreen .review--place { height: 1; padding: 0 1; color: $text-accent; background: $surface; }
    ReviewScreen .review--rows { height: 1fr; width: 1fr; }
    ReviewScreen .review--rows > LineList { height: 1fr; }
    ReviewScreen .review--rows > ReadingPane { height: 1fr; border-top: solid $panel; background: $surface; }
    ReviewScreen.-source .review--source { display: block; }
    ReviewScreen.-source .review--rows > ReadingPane { display: none; }
    ReviewScreen.-beside .review--source {
        display: block; dock: left; width: 40%; border-top: none; border-right: solid $panel;
    }
    ReviewScreen.-beside .review--rows > ReadingPane { display: block; }
    ReviewScreen.-low .review--rows > ReadingPane { display: none; }
    ReviewScreen.-low.-source .review--rows { display: none; }
    ReviewScreen.-low.-source .review--source { display: block; border-top: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(REVIEW))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("核对", REVIEW),
        ("各个画面", EVERYWHERE),
    )
    AUTO_FOCUS = "LineList"

    def __init__(self, desk: Desk, draft: DraftAtWork) -> None:
        super().__init__(desk, draft)
        found = pieces(draft.source)
        self._places = SourcePlaces(found)
        self._wanted: Key | None = None
        self._in_order = False
        self._gives_up: object = None
        self._sight = 0
        self._seen: tuple[int, Key | None] | None = None
        """What the terminal has: which showing, and the line under the cursor."""
        self._seen_at = 0.0
        self._title = Static(classes="title")
        self._list = LineList()
        self._pane = ReadingPane()
        self._place = Static(classes="review--place")
        self._source = SourcePane(found)

    def compose(self) -> ComposeResult:
        yield self._title
        yield SearchBox(self.asked)
        with Container(classes="review"):
            with Vertical(classes="review--rows"):
                yield self._list
                yield self._pane
            with Vertical(classes="review--source"):
                yield self._place
                yield self._source
        yield StatusLine()
        yield KeyLine(REVIEW)
        yield TooSmall()

    def on_mount(self) -> None:
        super().on_mount()
        self.reread()
        if self.draft.is_restored:
            self.say("已恢复上次没有存进台账的核对步骤，还没有存进台账；下一步改动或离开时一并保存。")

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        beside = event.size.width >= BESIDE_FROM
        self.set_class(beside, "-beside")
        self.set_class(not beside and event.size.height < LOW, "-low")
        # The columns follow the width of the list.
        self.call_after_refresh(self.show_entries)
        self.call_after_refresh(self._focus_what_is_shown)

    def _focus_what_is_shown(self) -> None:
        # What is hidden loses the focus, and nothing would scroll or move any more.
        if self.focused is None and not self.has_class("-too-small"):
            (self._list if self._list.region else self._source).focus()

    def focus_list(self) -> None:
        self._list.focus()

    # What is shown

    def show_entries(self) -> None:
        """The lines again, the cursor on what it stood on, or where it was sent."""
        sent = self._wanted
        wanted = sent if sent is not None else self.current_key
        self._wanted = None
        at = self._list.cursor or 0
        width = self._list.scrollable_content_region.width or self.app.size.width
        self.lines = review_lines(self.reading, in_order=self._in_order, width=width)
        if self.query_typed.strip():
            self.lines = found_lines(self.lines, self.texts(), self.query_typed)
        keys = [line.key for line in self.lines]
        if sent is not None and sent not in keys and self.query_typed:
            # Where the cursor is sent is not among what was searched for.
            self._wanted = sent
            self.clear_search()
            return
        if wanted is not None and wanted in keys:
            at = keys.index(wanted)
        self._list.fill([line.choice for line in self.lines], at)
        self._show_title()
        self._show_current()

    def _show_title(self) -> None:
        name = cut(self.draft.source.name, _NAME_CELLS)
        said = f"  {self.reading.said}" if self.reading.said else ""
        words = one_line(f"核对  {name}  {how_many_open(self.reading)}{said}")
        self._title.update(shown(cut(words, max(self.app.size.width - 2, 1))))

    def _show_current(self) -> None:
        """The pane and the document follow the cursor."""
        self._sight += 1
        self.call_after_refresh(self._painted, self._sight, self.current_key)
        row, problem = self.row, self.problem
        marks = Marks()
        if row is not None:
            self._pane.show(task_view(row, self.reading))
            left = open_on(self.reading, row.key)
            words = left[0].text if left else ""
            marks = self._places.marks(row.places, next(iter(row.places), None), words)
        elif problem is not None:
            self._pane.show(problem_view(problem, self.reading))
            losses = losses_of(problem, self.reading)
            marks = self._places.marks((), problem.place, problem.text)
            if losses:
                marks = self._places.loss_marks(losses) or marks
        elif self.query_typed.strip():
            self._pane.show([Block("没有查到。Esc 清除查找。")])
        else:
            self._pane.show([Block("没有读出任务。Ctrl+L 指明表格各栏，或按 Ins 加行。")])
        self._source.mark(marks)
        # What no piece carries, such as a page, is named all the same.
        place = self._places.place_of(marks) or (problem.place if problem is not None else None)
        self._place.update(shown(f"原文：{place_words(place)}" if place is not None else "原文"))

    @property
    def current_key(self) -> Key | None:
        at = self._list.cursor
        return self.lines[at].key if at is not None and at < len(self.lines) else None

    def put_cursor_on(self, key: Key | None) -> None:
        self._wanted = key

    def show_cursor(self) -> None:
        keys = [line.key for line in self.lines]
        if self._wanted is not None and self._wanted in keys:
            self._list.go(keys.index(self._wanted))
        self._wanted = None

    def _painted(self, sight: int, key: Key | None) -> None:
        self._seen = (sight, key)
        self._seen_at = time.monotonic()

    def action_accept(self) -> None:
        # Two keys in one burst: what was not on the screen yet when the key was typed is not answered.
        if self._seen == (self._sight, self.current_key) and self._seen_at <= typed_at(self.app):
            super().action_accept()
        else:
            self.say("按得太快，这一行还没有显示出来，没有确认。请看过再按空格。", alarm=True)

    def on_line_list_moved(self) -> None:
        self._show_current()

    def on_line_list_taken(self) -> None:
        # Two Enter in one burst must not open two windows.
        if self.is_active:
            self.action_mend()

    # Going about

    def action_next_open(self) -> None:
        self._to_open(1)

    def action_previous_open(self) -> None:
        self._to_open(-1)

    def _to_open(self, step: int) -> None:
        self.leave_search_line()
        count = len(self.lines)
        at = self._list.cursor or 0
        turns = ((at + step * far) % count for far in range(1, count + 1)) if count else ()
        found = next((index for index in turns if self.lines[index].is_open), None)
        if found is None and self.query_typed.strip():
            self.say("查到的各行没有待核对的问题。Esc 清除查找。")
        elif found is None:
            self.say("问题都已核对。F9 确认入库。")
        elif found == at:
            self.say("只剩这一处没有核对。")
        else:
            self._list.go(found)

    def action_order(self) -> None:
        self._in_order = not self._in_order
        self.show_entries()
        self.say("按原文次序。F4 换回问题在前。" if self._in_order else "问题在前。F4 换成原文次序。")

    def action_turn(self) -> None:
        if self.has_class("-beside"):
            other = self._source if not self._source.has_focus else self._list
            other.focus()
            return
        self.toggle_class("-source")
        if self.has_class("-low"):
            # What is hidden cannot be scrolled: the keys go where the text is.
            self.call_after_refresh((self._source if self.has_class("-source") else self._list).focus)
        self.call_after_refresh(self._show_current)

    def action_next_pane(self) -> None:
        self.focus_next()

    # Steps

    def action_undo(self) -> None:
        self._turn_back(self.draft.before(), self.draft.undo, "撤销了一步。Ctrl+Y 重做", "没有可以撤销的了。")

    def action_redo(self) -> None:
        self._turn_back(self.draft.after(), self.draft.redo, "重做了一步。", "没有可以重做的。")

    def _turn_back(self, edits: tuple[Edit, ...] | None, turn: Callable[[], bool], words: str, nothing: str) -> None:
        if edits is None:
            self.say(nothing)
        else:
            self.once_read(edits, lambda: self._turned(turn, words))

    def _turned(self, turn: Callable[[], bool], words: str) -> None:
        before, stood = self.lines, self.current_key
        if not turn():
            return
        was = {line.key: line.choice.left for line in before}
        self.stepped(words, before, stood, stood)
        # The cursor goes to what came back.
        touched = next((line.key for line in self.lines if line.key and was.get(line.key) != line.choice.left), None)
        if touched is not None:
            self.put_cursor_on(touched)
            self.show_cursor()

    # Leaving

    def action_back(self) -> None:
        if self.clear_search():
            return
        failed = self.draft.keep(self.desk)
        if failed is None or self._gives_up is self.draft.edits:
            self.dismiss(None)
        else:
            # Only these steps are given up: who goes on working is asked again.
            self._gives_up = self.draft.edits
            end = "再按一次 Esc 离开，下次打开时恢复。" if self.draft.is_beside else "再按一次 Esc，这些修改就丢掉了。"
            self.say(f"{not_kept_words(self.draft.is_beside)}：{failed.message}{failed.hint}{end}", alarm=True)

    def save_draft_now(self) -> bool:
        """The program is about to end: whether all is in the file."""
        return self.draft.keep(self.desk) is None or self.draft.is_beside
