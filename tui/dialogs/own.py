"""自增事项: what no notice says, because the leader telephoned."""

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult

from db.rules.limits import REASON_LIMIT, REQUIREMENT_LIMIT
from db.rules.rows import EntryRow
from tui.commands import Command
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entries_named import title_words
from tui.dialogs.field import Field
from tui.text import shown


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """due None: the task has no date."""

    requirement: str
    due: date | None
    reason: str


class OwnTaskDialog(Dialog[OwnAnswer | None]):
    """entry None makes a new one."""

    def __init__(self, entry: EntryRow | None, today: date) -> None:
        super().__init__(shown(title_words("修改", [entry]) if entry else "自增事项"))
        self._requirement = Field(
            "事项内容", entry.requirement if entry else "", limit=REQUIREMENT_LIMIT, id="requirement"
        )
        self._due = DateField(
            "完成时限（上下键改一天）", entry.deadline.due if entry else None, today, may_be_blank=True, id="due"
        )
        self._reason = Field(
            "来源或理由",
            (entry.own_reason if entry else None) or "",
            limit=REASON_LIMIT,
            remark="例如：局领导电话交办",
            id="reason",
        )

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield self._requirement
        yield self._due
        yield self._reason

    def answer(self) -> OwnAnswer:
        requirement = self._requirement.needed("请写明事项内容")
        return OwnAnswer(requirement, self._due.day(), self._reason.needed("请写明来源或理由"))
