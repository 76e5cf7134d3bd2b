"""The top of the screen: whose ledger this is, how far it is, what comes next."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

from textual.strip import Strip

from db.rules.order import is_open
from db.rules.rows import EntryRow, LedgerRow, Summary
from db.rules.summary import next_due
from tui.text import Part, cells, cut, strip_line
from tui.widgets.line import Line
from tui.wording import agency_words, countdown_brief, day_words
from tui.wording_counted import shortage

_COMING_AT_LEAST: Final = 28
"""What the next due date keeps of the line before the figures of quotas and clocks stand there."""


class HeadLine(Line):
    """Two lines: agency, unit, year, officer and the day; done of total, overdue, next due."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"head-line--name", "head-line--alarm"}
    DEFAULT_CSS = """
    HeadLine { dock: top; height: 2; padding: 0 1; background: $panel; color: $foreground; }
    HeadLine > .head-line--name { text-style: bold; color: $text-primary; }
    HeadLine > .head-line--alarm { text-style: bold; color: $text-error; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ledger: LedgerRow | None = None
        self._entries: tuple[EntryRow, ...] = ()
        self._summary: Summary | None = None
        self._today = date.min
        self._counted: tuple[str, ...] = ()

    def show(
        self,
        ledger: LedgerRow,
        entries: Sequence[EntryRow],
        summary: Summary,
        today: date,
        clocks: int | None = None,
        unit_short: int = 0,
    ) -> None:
        """Shows the figures over all entries of the ledger on that day.

        clocks: those not closed, None when unread. unit_short: the unit's own quotas that are short now.
        """
        self._ledger, self._entries, self._summary, self._today = ledger, tuple(entries), summary, today
        short = sum(1 for entry in entries if is_open(entry) and shortage(entry, today) is not None)
        short += unit_short
        figures = (f"数量不足 {short}" if short else "", f"计时 {clocks}" if clocks else "")
        self._counted = tuple(words for words in figures if words)
        self.refresh()

    def parts_at(self, width: int) -> Sequence[Part]:
        return self._title(width)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        parts = (self._title(width), self._figures(width))[y] if y < 2 else ()
        return strip_line(parts, width, self.rich_style)

    def _title(self, width: int) -> Sequence[Part]:
        ledger = self._ledger
        if ledger is None:
            return ()
        own = f"{ledger.unit}  {ledger.year}年"
        if ledger.year != ledger.notice_year:
            own += f"（{ledger.notice_year}年通知）"
        officer = f"经办 {ledger.officer}" if ledger.officer else ""
        right = "  ".join(part for part in (officer, f"今天 {self._today.isoformat()}") if part)
        # The unit matters most: the agency is cut first, then the right side goes.
        room = width - cells(own) - cells(right) - 4
        if room < 4:
            right, room = "", width - cells(own) - 2
        left = "  ".join(part for part in (cut(agency_words(ledger), room), own) if part)
        gap = max(1, width - cells(left) - cells(right))
        return [(left, self.style_named("head-line--name")), (" " * gap + right, "")]

    def _figures(self, width: int) -> Sequence[Part]:
        summary = self._summary
        if summary is None:
            return ()
        done = f"已办结 {summary.done}/{summary.total}"
        if summary.completion_rate is not None:
            done += f"（{int(summary.completion_rate * 100)}%）"
        overdue = f"逾期 {summary.overdue}"
        parts: list[Part] = [(f"{done}  ", "")]
        parts.append((overdue, self.style_named("head-line--alarm") if summary.overdue else ""))
        parts.append((f"  7 天内 {summary.due_within_7_days}", ""))
        left = width - sum(cells(text) for text, _ in parts)
        for words in self._counted:
            if left - cells(words) - 2 >= _COMING_AT_LEAST:
                parts.append((f"  {words}", ""))
                left -= cells(words) + 2
        coming = self._coming(left - 2)
        if coming:
            parts.append((f"  {coming}", ""))
        return parts

    def _coming(self, width: int) -> str:
        """The next due entry, with as much of its text as fits; never half a sentence of figures."""
        entry = next_due(self._entries)
        due = entry.deadline.effective if entry else None
        if entry is None or due is None:
            return cut("没有将到期的事项", width) if width >= 16 else ""
        for words in (
            f"下一到期 {day_words(due, self._today.year)} {countdown_brief(entry)}：{entry.number} ",
            f"下一到期 {day_words(due, self._today.year)} {countdown_brief(entry)}",
            f"下一到期 {day_words(due, self._today.year)}",
        ):
            room = width - cells(words)
            if room >= 0:
                return words + (cut(entry.requirement, room) if words.endswith(" ") and room > 8 else "")
        return ""
