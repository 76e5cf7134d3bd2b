"""起计时, second step: what it is about, from which day; the due day is shown as the day is typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from textual.app import ComposeResult
from textual.widgets import Input

from db.rules.limits import DAYS_LIMIT, REASON_LIMIT, SUBJECT_LIMIT
from db.rules.rows import ClockRow, ClockRuleRow, EntryRow
from db.rules.words import Bound, DayKind, Direction
from tui.commands import Command
from tui.dialogs.choice_field import ChoiceField
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entry_field import EntryField
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.number_field import NumberField
from tui.dialogs.prose import Prose
from tui.dialogs.typed_date import typed_date
from tui.text import shown
from tui.wording_timed import rule_words, source_words, start_label

Due = Callable[[ClockRuleRow, date], str]

_DAY_KINDS: Final[tuple[tuple[DayKind, str], ...]] = (("workday", "工作日"), ("calendar", "自然日"))
_BOUNDS: Final[tuple[tuple[Bound, str], ...]] = (("max", "最多几天，到期前办结"), ("min", "至少几天，满了才办结"))
_DIRECTIONS: Final[tuple[tuple[Direction, str], ...]] = (("after", "起算日之后"), ("before", "活动日之前"))
_OWN_TRIGGER: Final = "办理人定的日期"
_OWN_ACTION: Final = "办结"


@dataclass(frozen=True, slots=True)
class ClockAnswer:
    """entry is an entry's id, None where the clock belongs to none."""

    rule: ClockRuleRow
    subject: str
    start: date
    entry: int | None


class ClockDialog(Dialog[ClockAnswer | None]):
    """rule None: the clerk sets it here. row is a clock to be changed; its rule stays.

    due says of a rule and a start day, in words, when it is due.
    """

    DEFAULT_CSS = """
    ClockDialog Field, ClockDialog ChoiceField { margin: 0; }
    ClockDialog .clock--due { color: $text-accent; text-style: bold; padding: 0 1; min-height: 1; }
    """

    def __init__(
        self,
        rule: ClockRuleRow | None,
        entries: Sequence[EntryRow],
        entry: int | None,
        today: date,
        *,
        due: Due,
        row: ClockRow | None = None,
    ) -> None:
        super().__init__(shown("修改计时" if row else "起计时" if rule else "起计时：自定天数"))
        self._rule = row.rule if row else rule
        # A new one is that of its rule and its entry: the same window opens for all of them.
        self.draft_of = row.id if row else f"{rule_words(rule) if rule else ''}-{entry or 0}"
        self._today = today
        self._due = due
        self._subject = Field(
            "事由",
            row.subject if row else "",
            limit=SUBJECT_LIMIT,
            remark="例如：某某的公开申请、某场新闻发布会",
            id="subject",
        )
        label = start_label(self._rule) if self._rule else "起算日或活动日"
        self._start = DateField(f"{label}（上下键改一天）", row.start if row else today, today, id="start")
        self._entry = EntryField("所属事项的编号", entries, entry, blank="空白：不属于某一项", id="entry")
        self._days = NumberField("天数", None, most=DAYS_LIMIT, id="days")
        self._bound = ChoiceField("最多还是最少", _BOUNDS, None, id="bound")
        self._kind = ChoiceField("哪一种天", _DAY_KINDS, None, id="kind")
        self._direction = ChoiceField("往后算还是往前算", _DIRECTIONS, None, id="direction")
        self._reason = Field("依据（例如：局领导要求十个工作日内办结）", limit=REASON_LIMIT, id="reason")
        self._told = Prose(classes="clock--due")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        if self._rule is not None:
            yield Prose(f"{rule_words(self._rule)}（{source_words(self._rule)}）", classes="dialog--entries")
        yield self._subject
        if self._rule is None:
            yield self._days
            yield self._kind
            yield self._bound
            yield self._direction
            yield self._reason
        yield self._start
        yield self._told
        yield self._entry

    def on_mount(self) -> None:
        super().on_mount()
        self._tell()

    def answer(self) -> ClockAnswer:
        subject = self._subject.needed("没有填事由")
        rule = self._rule or self._own_rule()
        start = self._start.day()
        if start is None:
            raise FieldProblem(self._start, "没有填日期")
        if rule.direction == "after" and start > self._today:
            raise FieldProblem(self._start, f"{start.isoformat()} 还没有到，不能从那天起计时")
        return ClockAnswer(rule, subject, start, self._entry.entry_id())

    def on_input_changed(self, event: Input.Changed) -> None:
        self._tell()

    def on_choice_field_chosen(self) -> None:
        self._tell()

    def _own_rule(self) -> ClockRuleRow:
        days = self._days.needed_number()
        reason = self._reason.needed("请写明依据")
        return self._ruled(days, reason)

    def _ruled(self, days: int, reason: str) -> ClockRuleRow:
        return ClockRuleRow(
            days=days,
            day_kind=self._kind.value,
            direction=self._direction.value,
            bound=self._bound.value,
            trigger=_OWN_TRIGGER,
            action=_OWN_ACTION,
            quote=reason,
            task=None,
            source="office",
        )

    def _tell(self) -> None:
        """The due day for what stands in the fields now; '' while that is none."""
        start = typed_date(self._start.line.value, self._today)
        rule = self._rule
        if rule is None:
            try:
                rule = self._ruled(self._days.needed_number(), _OWN_TRIGGER)
            except FieldProblem:
                rule = None
        self._told.write(self._due(rule, start) if rule is not None and start is not None else "")
