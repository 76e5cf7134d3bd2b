"""A unit that the notice does not name: its name and what kind it is, so that 各科室 can reach it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from db.rules.limits import NAME_LIMIT
from db.rules.names import matching
from db.rules.words import UNIT_KINDS, WHOLE_BUREAU, UnitKind
from tui.commands import Command
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.prose import Prose
from tui.text import shown


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """A unit that joins the roster."""

    name: str
    kind: UnitKind


class UnitDialog(Dialog[UnitAnswer | None]):
    """known: the names of the roster, which are chosen from the list and not typed anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]
    DEFAULT_CSS = """
    UnitDialog LineList { height: 5; }
    """

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(shown("本通知未列出的单位"))
        self._known = (*known, WHOLE_BUREAU)
        self._unit = Field("单位名称", limit=NAME_LIMIT, id="name")
        self._kind = LineList([Choice(kind) for kind in UNIT_KINDS], id="kind")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield self._unit
        yield Prose("类别（上下键选择）：写「各科室」的任务，科室都算在内，余类推", classes="unit--kind")
        yield self._kind

    def answer(self) -> UnitAnswer:
        name = self._unit.needed("请写单位名称")
        known = matching(name, self._known)
        if known is not None:
            raise FieldProblem(self._unit, f"「{known}」已在单位名册里，请按 Esc 回到名册选择")
        return UnitAnswer(name, UNIT_KINDS[self._kind.cursor or 0])

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        self.action_confirm()

    def action_move(self, step: int) -> None:
        self._kind.action_move(step)
