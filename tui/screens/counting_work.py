"""The clerk's commands that count and time an entry: 记公开, 记次数, 本期销账, 起计时, 事项和次数."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from db.errors import TaizhangError
from db.rules.rows import EntryRow
from tui.screens.entry_work import named
from tui.screens.evidence_work import EvidenceWork

if TYPE_CHECKING:
    from datetime import date

    from db.rules.rows import ClockRuleRow, ItemTally, PublicationRow

T = TypeVar("T")


class CountingWork(EvidenceWork[T]):
    """Mixed into every screen on which an entry can be chosen."""

    # 记公开

    def action_publish(self) -> None:
        entry = self._countable("记公开")
        if entry is not None:
            self.publish_for(entry)

    def publish_for(self, entry: EntryRow | None) -> None:
        """Asks for one publication after another; entry None: of the unit."""
        if not self.writable():
            return
        if self._lines_wait(entry):
            self.paste_for(entry, "")
            return
        from tui.dialogs.publish import PublishAnswer, PublishDialog

        published = 0
        pasted: list[PublishAnswer] = []

        def publish(answer: PublishAnswer | None) -> None:
            nonlocal published
            if answer is not None and answer.lines:
                pasted.append(answer)
            elif answer is not None:
                published += self.desk.publish(answer.new)

        def done() -> None:
            if published:
                self._published(published)
            for answer in pasted:
                self.paste_for(self.entry(answer.entry), answer.lines)

        dialog = PublishDialog(
            self.entries,
            entry.id if entry else None,
            self.desk.today(),
            stored=self.stored_publications(),
            year=self.ledger_year,
        )
        self.ask(dialog, publish, done)

    def _lines_wait(self, entry: EntryRow | None) -> bool:
        """Whether pasted lines of this entry were left undone by the end of the program: they come first."""
        from tui.dialogs.publish_lines import lines_field
        from tui.drafts import Drafts

        try:
            return Drafts(self.desk).find(lines_field(named([entry]) if entry else ""), None) is not None
        except TaizhangError:
            return False

    def paste_for(self, entry: EntryRow | None, text: str) -> None:
        """Asks what of the pasted lines is a publication; '' asks for the lines."""
        if not self.writable():
            return
        from tui.dialogs.publish import PublishAnswer
        from tui.dialogs.publish_lines import PublishLinesDialog

        published = 0

        def publish(answer: PublishAnswer | None) -> None:
            nonlocal published
            if answer is not None:
                published += self.desk.publish(answer.new)

        entry_id = entry.id if entry else None
        dialog = PublishLinesDialog(
            text,
            lambda line: self.desk.read_publications(line, entry_id),
            of=named([entry]) if entry else "",
            stored=self.stored_publications(),
            year=self.ledger_year,
        )
        self.ask(dialog, publish, lambda: self._published(published))

    def _published(self, count: int) -> None:
        self.changed("publish", (), f"已登记公开记录 {count} 条。Ctrl+Z 撤销")

    def stored_publications(self) -> Sequence[PublicationRow]:
        """What a new publication is compared with: it may have been registered already."""
        try:
            return self.desk.publications()
        except TaizhangError as error:
            self.complain(error)
            return ()

    @property
    def ledger_year(self) -> int | None:
        """The year of which publications count."""
        return self.desk.ledger.year if self.desk.ledger else None

    # 记次数, 事项

    def action_count(self) -> None:
        entry = self._countable("记次数")
        if entry is not None:
            self.count_for(entry, None)

    def count_for(self, entry: EntryRow, item: ItemTally | None) -> None:
        """Asks for a count; item is the one that is chosen at first."""
        from tui.dialogs.count import CountAnswer, CountDialog

        def count(answer: CountAnswer | None) -> None:
            if answer is not None:
                self.desk.add_count(entry.id, answer.day, answer.number, answer.item, answer.what)

        self.ask(
            CountDialog(entry, self.desk.today(), item=item.id if item else None),
            count,
            lambda: self.changed("count", [entry], f"已记次数：{named([entry])}。Ctrl+Z 撤销"),
        )

    def action_items(self) -> None:
        entries = self.chosen()
        if len(entries) != 1:
            self.say("事项和次数一次只能看一条。" if entries else "没有可以看的条目。")
            return
        from tui.screens.items import ItemsScreen

        self.app.push_screen(ItemsScreen(self.desk, entries[0].id), lambda _: self.reread())

    # 本期销账

    def action_settle_period(self) -> None:
        entry = self._countable("本期销账")
        if entry is None:
            return
        if not any(occurrence.state != "coming" for occurrence in entry.occurrences):
            self.say(f"{named([entry])}不是周期事项，没有可以销账的一期；整项销账按 F2。", alarm=True)
            return
        from tui.dialogs.period import PeriodAnswer, PeriodDialog

        words = ""

        def settle(answer: PeriodAnswer | None) -> None:
            nonlocal words
            if answer is None:
                return
            if answer.done_on is None:
                self.desk.reopen_occurrence(entry.id, answer.starts[0])
                words = "这一期已恢复"
            else:
                self.desk.settle_occurrences(entry.id, answer.starts, answer.done_on, answer.what_was_done)
                words = "这一期已销账" if len(answer.starts) == 1 else f"{len(answer.starts)} 期已一次销账"

        self.ask(
            PeriodDialog(entry, self.desk.today()),
            settle,
            lambda: self.changed("settle_occurrence", [entry], f"{words}：{named([entry])}。Ctrl+Z 撤销"),
        )

    # 起计时

    def action_start_clock(self) -> None:
        entry = self._countable("起计时")
        if entry is not None:
            self.start_clock_for(entry)

    def start_clock_for(self, entry: EntryRow | None) -> None:
        """Asks for the rule, then for subject, start and entry."""
        if not self.writable():
            return
        try:
            statute = self.desk.statute_rules()
        except TaizhangError as error:
            self.complain(error)
            return
        from tui.dialogs.clock_rules import ClockRulesDialog, RuleChoice

        task = entry.number if entry and not entry.own else None

        def chosen(choice: RuleChoice | None) -> None:
            if choice is not None:
                self._ask_clock(choice.rule, self._of_task(choice.rule) or entry)

        self.app.push_screen(ClockRulesDialog(self.clock_rules(), statute, task), chosen)

    def _ask_clock(self, rule: ClockRuleRow | None, entry: EntryRow | None) -> None:
        """rule None: the clerk's own."""
        from tui.dialogs.clock import ClockAnswer, ClockDialog

        def start(answer: ClockAnswer | None) -> None:
            if answer is not None:
                self.desk.start_clock(answer.rule, answer.subject, answer.start, answer.entry)

        entry_id = entry.id if entry else None
        try:
            dialog = ClockDialog(rule, self.entries, entry_id, self.desk.today(), due=self.due_previewer())
        except TaizhangError as error:
            self.complain(error)
            return
        self.ask(dialog, start, lambda: self.changed("start_clock", (), "已开始计时。Ctrl+Z 撤销"))

    def _of_task(self, rule: ClockRuleRow | None) -> EntryRow | None:
        """The entry of the row of the notice that sets the rule, if the row is the unit's."""
        task = rule.task if rule else None
        rows = (entry for entry in self.entries if not entry.own and entry.applicability != "not_ours")
        return next((entry for entry in rows if task and entry.number == task), None)

    def due_previewer(self) -> Callable[[ClockRuleRow, date], str]:
        """For a rule and a start day when it will be due, in words."""
        from tui.wording_timed import due_preview

        calendar = self.desk.calendar()

        def words(rule: ClockRuleRow, start: date) -> str:
            try:
                due = self.desk.clock_due(rule, start)
            except OverflowError:
                return "期限超出了日历"
            if due is None:
                return ""
            return due_preview(rule, due, estimated=calendar.is_estimate(start, due), today=self.today)

        return words

    def _countable(self, doing: str) -> EntryRow | None:
        entry = self._one(doing)
        if entry is not None and entry.applicability == "not_ours":
            self.say(f"{named([entry])}：非本单位的条目不能{doing}，先按 F5 恢复。", alarm=True)
            return None
        return entry
