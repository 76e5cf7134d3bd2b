"""本期销账: one period of a recurring deadline is settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType

from db.rules.limits import DONE_LIMIT
from db.rules.rows import EntryRow, OccurrenceRow
from db.rules.words import OCCURRENCE_STATE_NAMES
from tui.commands import Command, bindings, space_bar
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entries_named import entry_lines, title_words
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.prose import Prose
from tui.dialogs.typed_state import Texts
from tui.text import shown

MARK: Final = Command("mark", space_bar(), "选中", "选中或取消这一期，几期一次销账。", "空格", True)
REOPEN: Final = Command("reopen", ("f5",), "恢复这一期", "取消这一期的销账。", "F5", True)


@dataclass(frozen=True, slots=True)
class PeriodAnswer:
    """starts are the first days of the periods. done_on None takes the settling of the one period back."""

    starts: tuple[date, ...]
    done_on: date | None
    what_was_done: str | None


class PeriodDialog(Dialog[PeriodAnswer | None]):
    """This period first, then the missed ones, the oldest first, then the others that have begun.

    Periods that are marked are settled together, with one day and the same words.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((MARK, REOPEN))]
    DEFAULT_CSS = """
    PeriodDialog LineList { height: auto; max-height: 7; margin: 0 0 1 0; }
    PeriodDialog.-small LineList { max-height: 2; margin: 0; }
    """

    def __init__(self, entry: EntryRow, today: date, start: date | None = None) -> None:
        """start: the first day of the period on which the cursor stands."""
        super().__init__(shown(title_words("本期销账", [entry])))
        self._entry = entry
        self._today = today
        self._periods = in_turn(entry.occurrences)
        at = next((at for at, period in enumerate(self._periods) if period.start == start), 0)
        self._marked: set[date] = set()
        self._list = LineList(self._choices(), cursor=at)
        self._day = DateField("办结日期（上下键改一天）", today, today, latest=today, id="done-on")
        self._what = Field("工作做法及成效（可以不填）", limit=DONE_LIMIT, id="what-was-done")
        self._filled = (self._day.line.value, self._what.line.value)

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, MARK, CANCEL, NEXT_FIELD, REOPEN)

    def body(self) -> ComposeResult:
        yield Prose(entry_lines([self._entry]), classes="dialog--entries")
        yield self._list
        yield self._day
        yield self._what

    def on_mount(self) -> None:
        super().on_mount()
        self._fill_in()

    def answer(self) -> PeriodAnswer:
        day = self._day.day()
        if day is None:
            raise FieldProblem(self._day, "没有填日期")
        starts = tuple(period.start for period in self._periods if period.start in self._marked)
        return PeriodAnswer(starts or (self._period.start,), day, self._what.text() or None)

    def action_mark(self) -> None:
        period = self._period
        if period.state == "done":
            self.say("这一期已经销账，改日期和做法请单独改，不能和别的一起选")
            return
        self._marked ^= {period.start}
        self._list.fill(self._choices(), self._list.cursor or 0)
        self._list.action_move(1)
        self.say(self._marked_words())

    def action_reopen(self) -> None:
        if self._period.state != "done":
            self.say("这一期没有销账，不用恢复")
        elif self._marked:
            self.say(f"选中的 {len(self._marked)} 期还没有销账；先按空格取消选中，再恢复这一期")
        elif not self._answered:
            self.close(PeriodAnswer((self._period.start,), None, None))

    def typed(self) -> Texts:
        if not self._is_typed():
            return {}
        marked = " ".join(sorted(start.isoformat() for start in self._marked))
        texts = {"period": self._period.start.isoformat(), "marked": marked}
        # A day that only stood there is not the clerk's: on another day another one stands there.
        now = (("day", self._day.line.value), ("what", self._what.line.value))
        return texts | {name: text for (name, text), before in zip(now, self._filled, strict=True) if text != before}

    def put_typed_back(self, texts: Texts) -> None:
        starts = [period.start.isoformat() for period in self._periods]
        if texts.get("period") not in starts:
            return
        kept = set(texts.get("marked", "").split())
        self._marked = {one.start for one in self._periods if one.start.isoformat() in kept and one.state != "done"}
        self._list.fill(self._choices(), starts.index(texts["period"]))
        for name, field in (("day", self._day), ("what", self._what)):
            if name in texts:
                field.put_back(texts[name])
        self.say(self._marked_words())

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self.say(self._marked_words())
        self._fill_in()

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        self.action_confirm()

    @property
    def _period(self) -> OccurrenceRow:
        return self._periods[self._list.cursor or 0]

    def _choices(self) -> list[Choice]:
        return [_choice(period, period.start in self._marked) for period in self._periods]

    def _marked_words(self) -> str:
        return f"选中 {len(self._marked)} 期，用下面的日期和做法一次销账" if self._marked else ""

    def _is_typed(self) -> bool:
        return (self._day.line.value, self._what.line.value) != self._filled

    def _fill_in(self) -> None:
        """Day and words of a settled period, to be changed; never over what was typed, nor while some are marked."""
        if self._is_typed() or self._marked:
            return
        period = self._period
        self._day.line.put((period.done_on or self._today).isoformat())
        self._what.line.put(period.what_was_done or "")
        self._filled = (self._day.line.value, self._what.line.value)


def in_turn(periods: Sequence[OccurrenceRow]) -> tuple[OccurrenceRow, ...]:
    """Those that have begun, in the order in which they are likely to be settled."""
    turn = {"current": 0, "missed": 1, "met": 2, "done": 3}
    begun = [period for period in periods if period.state != "coming"]
    return tuple(sorted(begun, key=lambda period: (turn[period.state], period.start)))


def _choice(period: OccurrenceRow, marked: bool) -> Choice:
    done = f" {period.done_on.isoformat()}" if period.done_on else ""
    return Choice(
        f"{'*' if marked else ' '} {period.start.isoformat()} 至 {period.end.isoformat()}",
        f"{OCCURRENCE_STATE_NAMES[period.state]}{done}",
    )
