"""报送: that something was handed in, and what is to be handed in beside what the notice asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult

from db.rules.limits import NAME_LIMIT, REASON_LIMIT, SUBJECT_LIMIT
from db.rules.rows import ReportRow
from db.rules.statute import STATUTE_REPORTS, StatuteReport
from db.rules.words import RULE_SOURCE_NAMES, RuleSource
from tui.commands import Command
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.prose import Prose
from tui.text import shown
from tui.wording_timed import article_words, report_due


@dataclass(frozen=True, slots=True)
class HandInAnswer:
    on: date
    remark: str | None


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    what: str
    to: str
    due: date
    reason: str
    source: RuleSource


class HandInDialog(Dialog[HandInAnswer | None]):
    """A report that was handed in shows its day and remark, to be changed."""

    def __init__(self, report: ReportRow, today: date) -> None:
        super().__init__(shown(f"{'修改报送登记' if report.handed_in_on else '报送'}：{report.what}"))
        self._report = report
        self.draft_of = report.id
        self._day = DateField("报送日期（上下键改一天）", report.handed_in_on or today, today, latest=today, id="on")
        self._remark = Field(
            "备注（可以不填）",
            report.remark or "",
            limit=REASON_LIMIT,
            remark="例如：纸质一份，电子版发邮箱",
            id="remark",
        )

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        lines = [f"报给：{self._report.to}", f"时间：{report_due(self._report)}"]
        if self._report.attachments:
            lines.append(f"附：{'、'.join(self._report.attachments)}")
        if self._report.handed_in_on:
            handed_in = self._report.handed_in_on.isoformat()
            lines.append(f"已登记 {handed_in} 报送，这里改日期和备注；其实没有报送的，退出后按 F5 撤回。")
        yield Prose("\n".join(lines), classes="dialog--entries")
        yield self._day
        yield self._remark

    def answer(self) -> HandInAnswer:
        day = self._day.day()
        if day is None:
            raise FieldProblem(self._day, "没有填日期")
        return HandInAnswer(day, self._remark.text() or None)


class ReportDialog(Dialog[ReportAnswer | None]):
    """row is one that the clerk added, to be changed. A new one can be filled in from what the statute asks for."""

    DEFAULT_CSS = """
    ReportDialog LineList { height: auto; max-height: 4; margin: 0 0 1 0; }
    ReportDialog Field { margin: 0; }
    ReportDialog.-small LineList { max-height: 2; margin: 0; }
    """

    def __init__(self, year: int, today: date, *, row: ReportRow | None = None) -> None:
        super().__init__(shown("修改报送" if row else "增加报送"))
        self._year = year
        self._row = row
        self.draft_of = row.id if row else None
        self._filled = ("", "", "", "")
        self._offered: Sequence[StatuteReport | None] = () if row else (None, *STATUTE_REPORTS)
        self._list = LineList([_offer(each, year) for each in self._offered])
        self._what = Field("报送什么", row.what if row else "", limit=SUBJECT_LIMIT, id="what")
        self._to = Field("报给谁", row.to if row else "", limit=NAME_LIMIT, id="to")
        self._due = DateField("什么时候（上下键改一天）", row.due if row else None, today, id="due")
        self._reason = Field(
            "依据或理由", row.quote if row else "", limit=REASON_LIMIT, remark="例如：市局电话要求", id="reason"
        )

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        if self._offered:
            yield self._list
        yield self._what
        yield self._to
        yield self._due
        yield self._reason

    def answer(self) -> ReportAnswer:
        what = self._what.needed("没有填报送什么")
        to = self._to.needed("没有填报给谁")
        due = self._due.day()
        if due is None:
            raise FieldProblem(self._due, "没有填日期")
        return ReportAnswer(what, to, due, self._reason.needed("请写明依据或理由"), self._source())

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._fill_in(self._offered[event.index])

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        """Enter on what the statute asks for adds it; by hand, it goes on to the first line."""
        event.stop()
        if self._offered[event.index] is None:
            self._what.line.focus()
        else:
            self.action_confirm()

    def _source(self) -> RuleSource:
        if self._row is not None:
            return self._row.source
        # What the clerk has written over the statute's own words is no longer the statute's.
        offered = self._offered[self._list.cursor or 0]
        return "statute" if offered is not None and self._what.text() == offered.what else "office"

    def _fill_in(self, report: StatuteReport | None) -> None:
        """What the statute asks for; never over what the clerk has typed."""
        fields = (self._what, self._to, self._due, self._reason)
        if tuple(field.line.value for field in fields) != self._filled:
            self.say("下面已有填写的内容，没有换成所选的一项")
            return
        due = report.due(self._year).isoformat() if report else ""
        self._filled = (report.what, report.to, due, report.text) if report else ("", "", "", "")
        for field, value in zip(fields, self._filled, strict=True):
            field.line.put(value)


def _offer(report: StatuteReport | None, year: int) -> Choice:
    if report is None:
        return Choice("自己填写")
    return Choice(f"{report.what}（{RULE_SOURCE_NAMES['statute']}）", article_words(report.article))
