"""Who is responsible: every unit of the roster with its role, turned by the space bar; what is typed filters."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from db.rules.order import folded, holds, words_of
from db.rules.words import ROLE_NAMES, Role
from tui.commands import Command, bindings, space_bar
from tui.dialogs.dialog import CANCEL, CONFIRM, Dialog
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.pick_line import SPACES, PickLine
from tui.dialogs.prose import Prose
from tui.dialogs.typed_state import Texts
from tui.text import one_line, pad, shown

TURN: Final = Command("turn", space_bar(), "换职责", "牵头、责任、配合、无，一个一个换。", "空格", True)
PHRASE: Final = Command("phrase", ("f3",), "写原文", "照通知的写法输入，例如 各科室、办公室牵头。", "F3", True)
_TURNS: Final[tuple[Role | None, ...]] = (None, "lead", "responsible", "support")

Units = tuple[tuple[Role, str], ...]


class MendUnitsDialog(Dialog[Units | str | None]):
    """known: the roster with the role that each unit has now. The answer: role and name of each, or a phrase."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((TURN, PHRASE)), Binding("enter", "confirm", show=False)]
    DEFAULT_CSS = """
    MendUnitsDialog LineList { height: 12; }
    MendUnitsDialog.-small LineList { height: 3; }
    """

    def __init__(self, title: str, known: Sequence[tuple[str, Role | None]], left_out: Sequence[str]) -> None:
        """left_out: phrases (各科室) that the row has now and that are no units: they go with this answer."""
        super().__init__(shown(title))
        self._roles: dict[str, Role | None] = dict(known)
        self._given = dict(self._roles)
        self._left_out = left_out
        self._found: tuple[str, ...] = ()
        self._line = PickLine(lambda: None)
        self._list = LineList()
        self._chosen = Prose()

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, TURN, PHRASE, CANCEL)

    def body(self) -> ComposeResult:
        yield Prose("输入几个字筛选；空格换职责，Enter 定下。" + self._left_out_words())
        yield self._line
        yield self._list
        yield self._chosen

    def on_mount(self) -> None:
        super().on_mount()
        self._fill()

    def answer(self) -> Units | str | None:
        picked = [(role, name) for name, role in self._roles.items() if role is not None]
        return tuple(sorted(picked, key=lambda one: _TURNS.index(one[0])))

    def action_phrase(self) -> None:
        if not self._answered:
            self.close("")

    def action_turn(self) -> None:
        at = self._list.cursor
        if at is None:
            return
        name = self._found[at]
        now = _TURNS.index(self._roles[name])
        self._roles[name] = _TURNS[(now + 1) % len(_TURNS)]
        self._fill(at)

    def action_move(self, step: int) -> None:
        self._list.action_move(step)

    def action_page(self, direction: int) -> None:
        self._list.action_page(direction)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._fill()

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        self.action_turn()

    def on_key(self, event: events.Key) -> None:
        if event.character in SPACES:
            event.prevent_default()

    def typed(self) -> Texts:
        """The roles that were turned; what is typed here only filters."""
        return {name: role or "" for name, role in self._roles.items() if role != self._given[name]}

    def put_typed_back(self, texts: Texts) -> None:
        roles: dict[str, Role | None] = {role: role for role in _TURNS if role}
        self._roles |= {name: roles.get(role) for name, role in texts.items() if name in self._roles}
        self._fill()

    @property
    def takes_text(self) -> bool:
        return True

    def typed_text(self) -> str:
        return self._chosen.text

    def _fill(self, cursor: int = 0) -> None:
        words = words_of(self._line.value)
        names = [name for name in self._roles if not words or holds(folded(name), words)]
        # The chosen ones first only where the list is made: a line must not move away under the space bar.
        self._found = tuple(sorted(names, key=lambda name: self._given[name] is None))
        self._list.fill([self._choice(name) for name in self._found], cursor)
        told = "；".join(
            f"{ROLE_NAMES[role]}：{'、'.join(name for name, one in self._roles.items() if one == role)}"
            for role in ("lead", "responsible", "support")
            if role in self._roles.values()
        )
        self._chosen.write(told or "没有责任单位")
        self.call_after_refresh(self._bound_body)

    def _choice(self, name: str) -> Choice:
        role = self._roles[name]
        return Choice(f"{pad(ROLE_NAMES[role] if role else '', 6)}{one_line(name)}", look="mark" if role else "")

    def _left_out_words(self) -> str:
        if not self._left_out:
            return ""
        phrases = "、".join(one_line(one) for one in self._left_out)
        return f"“{phrases}”不是名册里的一个单位，要保留请按 F3 写原文。"
