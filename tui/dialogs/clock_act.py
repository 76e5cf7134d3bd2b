"""What is done to a clock that runs: stage, pause and resume, extension, closing."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from textual.app import ComposeResult

from db.errors import InvalidInputError
from db.rules.clocks import is_minimum
from db.rules.limits import DAYS_LIMIT, DONE_LIMIT, REASON_LIMIT
from db.rules.rows import ClockRow
from db.rules.words import DAY_KIND_NAMES, STAGE_NAMES, STAGES, Stage
from tui.commands import Command
from tui.dialogs.choice_field import ChoiceField
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.number_field import NumberField
from tui.dialogs.prose import Prose
from tui.text import shown
from tui.wording_timed import begins_anew, clock_countdown, extension_left, rule_words

PauseKind = Literal["opinion", "correction"]

_KINDS: Final[tuple[tuple[PauseKind, str], ...]] = (
    ("opinion", "征求意见：不计入"),
    ("correction", "补正：收到后重新起算"),
)
_REASONS: Final[dict[PauseKind, str]] = {"opinion": "征求第三方或其他机关意见", "correction": "要求申请人补正"}


@dataclass(frozen=True, slots=True)
class StageAnswer:
    stage: Stage
    on: date


@dataclass(frozen=True, slots=True)
class PauseAnswer:
    """anew: afterwards the whole limit runs again."""

    on: date
    anew: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ExtendAnswer:
    days: int
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class CloseAnswer:
    on: date
    outcome: str | None


class StageDialog(Dialog[StageAnswer | None]):
    """The stages after the one that was reached; some may be passed over."""

    DEFAULT_CSS = """
    StageDialog LineList { height: auto; min-height: 1; max-height: 4; margin: 0 0 1 0; }
    StageDialog.-small LineList { max-height: 2; margin: 0; }
    """

    def __init__(self, clock: ClockRow, today: date) -> None:
        super().__init__(shown(f"进度：{clock.subject}"))
        self.draft_of = clock.id
        self._clock = clock
        self._stages = next_stages(clock)
        self._list = LineList([Choice(_stage_choice(stage)) for stage in self._stages])
        self._day = DateField("日期（上下键改一天）", today, today, latest=today, id="on")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        reached = [f"{STAGE_NAMES[each.stage]} {each.on.isoformat()}" for each in self._clock.stages]
        yield Prose("　".join(reached), classes="dialog--entries")
        yield self._list
        yield self._day

    def answer(self) -> StageAnswer:
        at = self._list.cursor
        if at is None:
            raise InvalidInputError("已经归档，没有下一步了")
        return StageAnswer(self._stages[at], _needed(self._day))

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        self.action_confirm()


class PauseDialog(Dialog[PauseAnswer | None]):
    """The reason that is usual for the kind stands there until another one is typed.

    补正 is of an application alone (政府信息公开条例 art. 30).
    """

    def __init__(self, clock: ClockRow, today: date) -> None:
        super().__init__(shown(f"暂停：{clock.subject}"))
        self.draft_of = clock.id
        self._clock = clock
        self._kind = ChoiceField("为什么暂停（左右键选择）", _KINDS, None, id="kind")
        self._day = DateField("从哪一天起不计（上下键改一天）", today, today, latest=today, id="on")
        self._reason = Field("理由", _REASONS["opinion"], limit=REASON_LIMIT, id="reason")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose(_standing(self._clock), classes="dialog--entries")
        if self._clock.is_application:
            yield self._kind
        yield self._day
        yield self._reason

    def on_mount(self) -> None:
        super().on_mount()
        if self._clock.is_application:
            self._kind.focus()

    def answer(self) -> PauseAnswer:
        return PauseAnswer(_needed(self._day), self._kind.value == "correction", self._reason.needed("请写明理由"))

    def on_choice_field_chosen(self) -> None:
        if self._reason.line.value in _REASONS.values():
            self._reason.line.put(_REASONS[self._kind.value])


class ResumeDialog(Dialog[date | None]):
    """The last day that is not counted."""

    def __init__(self, clock: ClockRow, today: date) -> None:
        super().__init__(shown(f"继续计时：{clock.subject}"))
        self.draft_of = clock.id
        self._clock = clock
        label = "收到意见的日期（上下键改一天），第二天起接着算"
        if begins_anew(clock):
            label = "收到补正的日期（上下键改一天），第二天起重新起算"
        self._day = DateField(label, today, today, latest=today, id="on")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL)

    def body(self) -> ComposeResult:
        yield Prose(_standing(self._clock), classes="dialog--entries")
        yield self._day

    def answer(self) -> date:
        return _needed(self._day)


class ExtendDialog(Dialog[ExtendAnswer | None]):
    """As many days as the rule allows stand there at first."""

    def __init__(self, clock: ClockRow, today: date) -> None:
        super().__init__(shown(f"延长：{clock.subject}"))
        self.draft_of = clock.id
        self._clock = clock
        left = extension_left(clock)
        kind = DAY_KIND_NAMES[clock.rule.day_kind]
        remark = "" if left is None else f"最多还能延长 {left} {kind}"
        self._days = NumberField(
            f"延长几{kind}（上下键加减）",
            left or None,
            most=DAYS_LIMIT if left is None else left,
            remark=remark,
            too_many=remark,
            id="days",
        )
        self._reason = Field("理由", limit=REASON_LIMIT, remark="例如：经政府信息公开工作机构负责人同意", id="reason")
        self._day = DateField("哪一天决定的（上下键改一天）", today, today, latest=today, id="on")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose(_standing(self._clock), classes="dialog--entries")
        yield self._days
        yield self._reason
        yield self._day

    def answer(self) -> ExtendAnswer:
        return ExtendAnswer(self._days.needed_number(), self._reason.needed("请写明理由"), _needed(self._day))


class CloseDialog(Dialog[CloseAnswer | None]):
    """A minimum that is not full yet needs words that say why it ends all the same."""

    def __init__(self, clock: ClockRow, today: date) -> None:
        super().__init__(shown(f"了结：{clock.subject}"))
        self.draft_of = clock.id
        self._clock = clock
        self._day = DateField("了结日期（上下键改一天）", clock.closed_on or today, today, latest=today, id="on")
        label = "结果（提前截止须写明理由）" if is_minimum(clock.rule) else "结果（可以不填）"
        self._outcome = Field(label, clock.outcome or "", limit=DONE_LIMIT, id="outcome")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose(_standing(self._clock), classes="dialog--entries")
        yield self._day
        yield self._outcome

    def answer(self) -> CloseAnswer:
        day = _needed(self._day)
        outcome = self._outcome.text() or None
        due = self._clock.due
        if is_minimum(self._clock.rule) and due is not None and day < due and outcome is None:
            raise FieldProblem(self._outcome, f"到 {due.isoformat()} 才满期限，提前截止请写明理由")
        return CloseAnswer(day, outcome)


def next_stages(clock: ClockRow) -> tuple[Stage, ...]:
    """The stages that an application can reach from where it is."""
    if not clock.stages:
        return ()
    after = STAGES[STAGES.index(clock.stages[-1].stage) + 1 :]
    # Archived comes after the answer, never in place of it.
    return after if len(after) < 2 else tuple(stage for stage in after if stage != "archived")


def _stage_choice(stage: Stage) -> str:
    return f"{STAGE_NAMES[stage]}（计时随之了结）" if stage == "answered" else STAGE_NAMES[stage]


def _standing(clock: ClockRow) -> str:
    due = f"，到期 {clock.due.isoformat()}" if clock.due else ""
    return f"{rule_words(clock.rule)}\n{clock_countdown(clock)}{due}"


def _needed(field: DateField) -> date:
    day = field.day()
    if day is None:
        raise FieldProblem(field, "没有填日期")
    return day
