"""A line for a date: typed as the office writes it, moved by a day with the up and down keys."""

from datetime import date, timedelta
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.typed_date import EARLIEST_YEAR, FORMS, LATEST_YEAR, typed_date

_WEEKDAYS: Final = "一二三四五六日"
_TYPED_LIMIT: Final = 40


def understood_words(day: date, today: date) -> str:
    """2026-11-20 星期五，2 天前: so that a slip of the key is seen at once."""
    days = (day - today).days
    away = {0: "今天", -1: "昨天", 1: "明天"}.get(days) or (f"{days} 天后" if days > 0 else f"{-days} 天前")
    return f"{day.isoformat()} 星期{_WEEKDAYS[day.weekday()]}，{away}"


class DateField(Field):
    """latest: no later day is taken. With `may_be_blank` an empty line is no date."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(1)", "后一天", show=False),
        Binding("down", "step(-1)", "前一天", show=False),
    ]

    def __init__(
        self,
        label: str,
        day: date | None,
        today: date,
        *,
        latest: date | None = None,
        may_be_blank: bool = False,
        id: str | None = None,
    ) -> None:
        self._today = today
        self._latest = latest
        self._may_be_blank = may_be_blank
        super().__init__(
            label,
            day.isoformat() if day else "",
            limit=_TYPED_LIMIT,
            remark=understood_words(day, today) if day else self._blank_words(),
            select=True,
            id=id,
        )

    def day(self) -> date | None:
        """The day that is typed, None when blank and that is allowed. Raises FieldProblem for anything else."""
        text = self.text()
        if not text:
            if self._may_be_blank:
                return None
            raise FieldProblem(self, "没有填日期", FORMS)
        day = typed_date(text, self._today)
        if day is None:
            raise FieldProblem(self, f"「{text}」不是能认出的日期，或没有这一天", FORMS)
        if self._latest is not None and day > self._latest:
            raise FieldProblem(self, f"{day.isoformat()} 还没有到，不能晚于 {self._latest.isoformat()}")
        return day

    def action_step(self, days: int) -> None:
        """Move by days; from what is no date, to today. Never past the latest day."""
        now = typed_date(self.line.value, self._today)
        moved = self._today if now is None else now + timedelta(days=days)
        if self._latest is not None:
            moved = min(moved, self._latest)
        if EARLIEST_YEAR <= moved.year <= LATEST_YEAR:
            self.line.value = moved.isoformat()
            self.line.cursor_position = len(self.line.value)

    def remark_on(self, text: str) -> str:
        if not text.strip():
            return self._blank_words()
        day = typed_date(text, self._today)
        return understood_words(day, self._today) if day else FORMS

    def _blank_words(self) -> str:
        return "可以不填" if self._may_be_blank else FORMS
