"""改条例规则: when the statute is amended, the rule that ships with the program is corrected here."""

from dataclasses import dataclass
from typing import Final

from textual.app import ComposeResult

from db.rules.limits import DAYS_LIMIT
from db.rules.rows import ClockRuleRow
from db.rules.words import DayKind
from tui.commands import Command
from tui.dialogs.choice_field import ChoiceField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.number_field import NumberField
from tui.dialogs.prose import Prose
from tui.text import shown
from tui.wording_timed import article_words, rule_words

_DAY_KINDS: Final[tuple[tuple[DayKind, str], ...]] = (("workday", "工作日"), ("calendar", "自然日"))
_WARNING: Final = (
    "更正对以后开始的计时有效，已开始的不变；程序更新时保留这里的更正。这一步不能用 Ctrl+Z 撤销，可以再改回来。"
)


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """may_extend None: it cannot be extended."""

    days: int
    day_kind: DayKind
    may_extend: int | None


class RuleDialog(Dialog[RuleAnswer | None]):
    """rule is one of the statute's."""

    def __init__(self, rule: ClockRuleRow) -> None:
        super().__init__(shown(f"改条例规则：{article_words(rule.article or '')}"))
        self._rule = rule
        self._days = NumberField("天数（上下键加减）", rule.days, most=DAYS_LIMIT, id="days")
        self._kind = ChoiceField("哪一种天（左右键选择）", _DAY_KINDS, rule.day_kind, id="kind")
        self._extend = NumberField(
            "最多可以延长几天",
            rule.may_extend,
            most=DAYS_LIMIT,
            remark="空白：不能延长",
            may_be_blank=True,
            id="may-extend",
        )

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose(f"{rule_words(self._rule)}\n「{self._rule.quote}」\n{_WARNING}", classes="dialog--entries")
        yield self._days
        yield self._kind
        yield self._extend

    def answer(self) -> RuleAnswer:
        return RuleAnswer(self._days.needed_number(), self._kind.value, self._extend.number())
