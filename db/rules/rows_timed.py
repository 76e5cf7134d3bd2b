"""The frozen rows of what has a time: countdowns, deadlines, clocks and their rules, reports."""

from datetime import date

from db.rules.value import value
from db.rules.words import Bound, ClockState, DayKind, DeadlineKind, DeadlineSource, Direction, RuleSource, Stage


@value
class Countdown:
    """Days and workdays from today to the due date; negative once past.

    estimated: a year without a published schedule is crossed (约).
    """

    days: int
    workdays: int
    estimated: bool
    overdue: bool


@value
class Shift:
    """A date rule taken over into another year than the notice's.

    printed: the phrase prints a year (2021年底前), so that the shift is a reading of it; missing: the day does not
    exist in the ledger's year (29 February). Either waits for the clerk's word; confirmed: it was given.
    """

    notice_year: int
    printed: bool
    missing: bool
    confirmed: bool

    @property
    def waits(self) -> bool:
        """Whether the clerk has still to confirm it."""
        return (self.printed or self.missing) and not self.confirmed


@value
class PartyDate:
    party: str | None
    due: date | None


@value
class Adjusted:
    """调整时限: the clerk's own due date beside the notice's, with the reason."""

    due: date
    reason: str


@value
class DeadlineRow:
    """The deadline of an entry resolved against the ledger's year.

    due is the date of the notice (or of the own task), never the adjusted one.
    """

    text: str | None
    kind: DeadlineKind
    source: DeadlineSource
    due: date | None
    quote: str | None
    dates: tuple[PartyDate, ...]
    recurrence: str | None
    adjusted: Adjusted | None
    shift: Shift | None = None
    """None in the notice's own year, for own tasks, and where there is no date rule."""

    @property
    def effective(self) -> date | None:
        """The date that countdowns use: the clerk's where there is one."""
        return self.adjusted.due if self.adjusted else self.due


@value
class ClockRuleRow:
    """A rule by which a clock can be started; task is the number of its row of the notice.

    article, may_extend and registers are the statute's: may_extend is the most that an extension adds, registers
    says that it opens a line of the register of applications (申请登记).
    """

    days: int
    day_kind: DayKind
    direction: Direction
    bound: Bound
    trigger: str
    action: str
    quote: str
    task: str | None
    source: RuleSource = "notice"
    article: str | None = None
    may_extend: int | None = None
    registers: bool = False
    key: str | None = None


@value
class Pause:
    """The days after `start` up to and with `end` do not count; end None: it lasts. anew: afterwards all days again."""

    start: date
    end: date | None
    anew: bool
    reason: str


@value
class Extension:
    """Days more, of the rule's kind, with the reason."""

    on: date
    days: int
    reason: str


@value
class StageDay:
    """The day on which an application reached a stage."""

    stage: Stage
    on: date


@value
class ClockRow:
    """计时. number is its entry's; due and countdown are None while it is paused, countdown also once closed.

    left is what of the limit was not used when it was paused (else None), in the rule's kind of days.
    late: closed after the due day (max) or before it (min); None while it runs. In due, a limit in calendar days that
    ends on a day off has moved to the next workday, a backwards one to the workday before.
    """

    id: int
    entry: int | None
    number: str | None
    subject: str
    rule: ClockRuleRow
    start: date
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    stages: tuple[StageDay, ...]
    closed_on: date | None
    outcome: str | None
    state: ClockState
    due: date | None
    countdown: Countdown | None
    left: int | None
    late: bool | None

    @property
    def is_application(self) -> bool:
        """Whether it is a line of the register."""
        return bool(self.stages)


@value
class ReportRow:
    """报送. due is None only where the notice's day does not exist in the ledger's year; then shift.missing says so.

    handed_in_on None: still to be handed in; then there is a countdown. source notice: as the notice asks; statute and
    office: added by the clerk, quote is the reason. id is the state's row, None while the file holds none.
    """

    what: str
    to: str
    due: date | None
    attachments: tuple[str, ...]
    quote: str
    source: RuleSource = "notice"
    handed_in_on: date | None = None
    remark: str | None = None
    countdown: Countdown | None = None
    shift: Shift | None = None
    id: int | None = None
