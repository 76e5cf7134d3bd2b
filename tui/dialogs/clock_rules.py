"""起计时, first step: by which rule. Also the choice of the statute's rule that is to be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult

from db.errors import InvalidInputError
from db.rules.rows import ClockRuleRow
from db.rules.words import RULE_SOURCE_NAMES
from tui.dialogs.dialog import Dialog
from tui.dialogs.line_list import Choice, LineList
from tui.text import shown
from tui.widgets.reading_pane import Block, ReadingPane
from tui.wording_timed import article_words, rule_words, source_words

_OWN = "自定天数…"


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """rule None: the clerk sets days, kind and direction."""

    rule: ClockRuleRow | None


class ClockRulesDialog(Dialog[RuleChoice | None]):
    """The rules of the task first, then the notice's others, the statute's, and the clerk's own."""

    DEFAULT_CSS = """
    ClockRulesDialog > .dialog--box { width: 100; }
    ClockRulesDialog LineList { height: auto; min-height: 1; max-height: 12; }
    ClockRulesDialog ReadingPane { height: 4; background: $panel; margin: 1 0 0 0; padding: 0 1; }
    ClockRulesDialog.-small ReadingPane { display: none; }
    """
    AUTO_FOCUS = "LineList"

    def __init__(
        self,
        notice: Sequence[ClockRuleRow],
        statute: Sequence[ClockRuleRow],
        task: str | None,
        *,
        title: str = "起计时：按哪一条规则",
        own: bool = True,
    ) -> None:
        """task: the number of the notice's row whose rules come first; own: whether the clerk may set the days."""
        super().__init__(shown(title))
        self._rules: list[tuple[Choice, ClockRuleRow | None]] = []
        self._group(f"本项（第 {task} 项）的规则", [rule for rule in notice if task and rule.task == task])
        self._group("通知的规则", [rule for rule in notice if not task or rule.task != task])
        self._group(f"《{RULE_SOURCE_NAMES['statute']}》的规则", statute)
        if own:
            self._rules += [(Choice("自定", heading=True), None), (Choice(_OWN), None)]
        self._list = LineList([choice for choice, _ in self._rules])
        self._pane = ReadingPane(more="…")

    def body(self) -> ComposeResult:
        yield self._list
        yield self._pane

    def on_mount(self) -> None:
        super().on_mount()
        self._pane.can_focus = False
        self._show_rule()

    def answer(self) -> RuleChoice:
        at = self._list.cursor
        if at is None:
            raise InvalidInputError("没有可以选的规则")
        return RuleChoice(self._rules[at][1])

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._show_rule()

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        self.action_confirm()

    def _group(self, heading: str, rules: Sequence[ClockRuleRow]) -> None:
        if rules:
            self._rules.append((Choice(heading, heading=True), None))
            self._rules += [(Choice(rule_words(rule), _where(rule)), rule) for rule in rules]

    def _show_rule(self) -> None:
        at = self._list.cursor
        rule = self._rules[at][1] if at is not None else None
        if rule is None:
            self._pane.show(
                [Block("自己定天数、工作日还是自然日、从某日往后还是往前算，并写明依据。")] if self._rules else []
            )
        else:
            self._pane.show([Block(source_words(rule), look="heading"), Block(f"「{rule.quote}」")])


def _where(rule: ClockRuleRow) -> str:
    if rule.article:
        return article_words(rule.article)
    return f"第 {rule.task} 项" if rule.task else ""
