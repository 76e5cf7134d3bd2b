"""粘贴多条: what was understood of each pasted line, before anything is registered."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from db.errors import InvalidInputError
from db.rules.limits import LINE_LIMIT
from db.rules.publications import Likeness, LineProblem, NewPublication, likeness
from db.rules.rows import PublicationRow
from tui.commands import Command, bindings
from tui.dialogs.dialog import CANCEL, CONFIRM, Dialog
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.pasting import PastingField, PastingLine
from tui.dialogs.prose import Prose
from tui.dialogs.publish import PublishAnswer
from tui.dialogs.typed_state import Texts
from tui.dialogs.typed_text import loaded
from tui.drafts import dialog_field
from tui.text import shown
from tui.wording_timed import outside_words, publication_brief

SAVE: Final = Command(CONFIRM.name, CONFIRM.keys, "登记认出的", "登记认出的各行，没认出的留着改。", "Enter", True)
DROP: Final = Command("drop", ("f8",), "去掉这一行", "这一行不登记了。", "F8", True)
_PROMPT: Final = "把几行公开记录粘贴到下面一栏，一行一条：日期　标题　渠道　形式　网址，次序不限，用空格或逗号隔开"
_STORED: Final = "疑似重复：台账里已有同一天、同一标题的"
_TWICE: Final = "疑似重复：这几行里有同一天、同一标题的"

Read = Callable[[str], tuple[Sequence[NewPublication], Sequence[LineProblem]]]


@dataclass(frozen=True, slots=True)
class _Line:
    raw: str
    new: NewPublication | None
    why: str
    like: Likeness | None
    """Found once: folding every title again at each key would be slow."""


class PublishLinesDialog(Dialog[PublishAnswer | None]):
    """Lines that were not understood come first and can be changed where they stand; Enter registers the others.

    read says of one line what publication it is. What is not registered stays until the clerk drops it. A line like
    another one, or like one of `stored`, is marked, and registered at the second Enter.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((DROP,)),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]
    DEFAULT_CSS = """
    PublishLinesDialog > .dialog--box { width: 100; }
    PublishLinesDialog LineList { height: 8; margin: 1 0; }
    PublishLinesDialog LineList > .line-list--cursor { background: $primary-muted; }
    PublishLinesDialog.-small LineList { height: 2; margin: 0; }
    """
    AUTO_FOCUS = "TypedLine"

    def __init__(
        self,
        text: str,
        read: Read,
        *,
        of: str = "",
        stored: Iterable[PublicationRow] = (),
        year: int | None = None,
    ) -> None:
        super().__init__(shown(_title_of(of)))
        self._read = read
        self._year = year
        self._known = {likeness(row) for row in stored}
        self._lines: list[_Line] = []
        self._asked_to_lose = False
        self._asked_about: tuple[_Line, ...] = ()
        self._told = Prose(classes="publish-lines--told")
        self._list = LineList()
        self._field = PastingField("光标所在的一行，可以修改（上下键换行）", limit=LINE_LIMIT, id="line")
        self._add(text)

    def commands(self) -> tuple[Command, ...]:
        return (SAVE, DROP, CANCEL)

    def body(self) -> ComposeResult:
        yield self._told
        yield self._list
        yield self._field

    def on_mount(self) -> None:
        super().on_mount()
        self._show(0)

    def answer(self) -> PublishAnswer:
        good = tuple(line.new for line in self._lines if line.new is not None)
        if not good:
            raise InvalidInputError("没有可以登记的行", "改好一行再按 Enter" if self._lines else "先把几行粘贴进来")
        alike = tuple(line for line, doubt in zip(self._lines, self._doubts(), strict=True) if doubt)
        if alike and self._asked_about != alike:
            self._asked_about = alike
            raise InvalidInputError(
                f"{len(alike)} 行疑似重复（行首有 ?）", "重复的按 F8 去掉；确实都要登记，再按一次 Enter"
            )
        return PublishAnswer(good)

    def close(self, answer: PublishAnswer | None) -> None:
        left = [line for line in self._lines if line.new is None]
        if answer is None or not left:
            super().close(answer)
            return
        stored = len(self._lines) - len(left)
        self._known |= {line.like for line in self._lines if line.like is not None}
        self._lines = left
        self._show(0)
        self.say(f"已登记 {stored} 条；还有 {len(left)} 行没有登记，改好再按 Enter，不要的按 F8 去掉")

    def action_cancel(self) -> None:
        if self._lines and not self._asked_to_lose:
            self._asked_to_lose = True
            self.say(f"还有 {len(self._lines)} 行没有登记，关上就没有了。再按一次 Esc 放弃")
        else:
            super().action_cancel()

    def typed(self) -> Texts:
        return {"lines": self.typed_text()} if self._lines else {}

    def put_typed_back(self, texts: Texts) -> None:
        known = {line.raw for line in self._lines}
        self._add("\n".join(line for line in texts.get("lines", "").splitlines() if line not in known))
        self._show(0)

    def typed_text(self) -> str:
        return "\n".join(line.raw for line in self._lines)

    def action_move(self, step: int) -> None:
        self._list.action_move(step)

    def action_page(self, direction: int) -> None:
        self._list.action_page(direction)

    def action_drop(self) -> None:
        at = self._list.cursor
        if at is not None and at < len(self._lines):
            del self._lines[at]
            self.say("")
            self._show(min(at, len(self._lines) - 1))

    def on_pasting_line_pasted(self, event: PastingLine.Pasted) -> None:
        event.stop()
        at = self._list.cursor
        if self._lines and at is not None:
            # What was pasted into a line takes its place.
            del self._lines[at]
        self._add(event.pasted)
        self._show(0)

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._put_in_field()

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        self._field.line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._asked_to_lose = False
        # What stands in the line now, not what stood there when the event was sent: the cursor may have moved on.
        raw = self._field.line.value
        at = self._list.cursor
        if not self._lines:
            if raw.strip():
                self._lines = [self._understood(raw)]
                self._show(0)
        elif at is not None and raw != self._lines[at].raw:
            self._lines[at] = self._understood(raw)
            self._fill(at)
            self._tell()
        self._remark()

    def _add(self, text: str) -> None:
        # Blank lines and header lines are neither read nor a problem.
        raws = [raw for raw in text.splitlines() if any(self._read(raw))]
        self._lines += [self._understood(_typed(raw)) for raw in raws]
        doubts = self._doubts()
        turn = {id(line): (line.new is not None, not doubt) for line, doubt in zip(self._lines, doubts, strict=True)}
        self._lines.sort(key=lambda line: turn[id(line)])

    def _doubts(self) -> list[str]:
        """Of each line with which other one it may be the same, '' for none."""
        times = Counter(line.like for line in self._lines)
        return [
            "" if line.like is None else _STORED if line.like in self._known else _TWICE if times[line.like] > 1 else ""
            for line in self._lines
        ]

    def _understood(self, raw: str) -> _Line:
        new, problems = self._read(raw)
        if len(new) == 1 and not problems:
            return _Line(raw, new[0], "", likeness(new[0]))
        return _Line(raw, None, problems[0].why if problems else "这是空行或表头", None)

    def _show(self, at: int) -> None:
        self._fill(max(at, 0))
        self._tell()
        self._put_in_field()

    def _fill(self, at: int) -> None:
        lines = zip(self._lines, self._doubts(), strict=True)
        self._list.fill([_choice(line, doubt, self._year) for line, doubt in lines], at)

    def _tell(self) -> None:
        good = sum(1 for line in self._lines if line.new is not None)
        bad = len(self._lines) - good
        words = f"共 {len(self._lines)} 行：认出 {good} 行"
        alike = sum(1 for doubt in self._doubts() if doubt)
        words += f"，其中 {alike} 行疑似重复（行首有 ?）" if alike else ""
        words += f"，没认出 {bad} 行（行首有 !，排在前面），改好再登记" if bad else "，按 Enter 登记"
        self._told.write(words if self._lines else _PROMPT)

    def _put_in_field(self) -> None:
        at = self._list.cursor
        line = self._field.line
        raw = self._lines[at].raw if self._lines and at is not None else ""
        if line.value != raw:
            line.put(raw)
        self._remark()

    def _remark(self) -> None:
        at = self._list.cursor
        if not self._lines or at is None:
            self._field.remark("")
            return
        line = self._lines[at]
        if line.new is None:
            self._field.complain(line.why)
        else:
            outside = outside_words(line.new.day, self._year)
            told = filter(None, (self._doubts()[at], outside, f"认作：{publication_brief(line.new)}"))
            self._field.remark("；".join(told))


def lines_field(of: str) -> str:
    """The field of the draft of this window: it is opened by a paste, and must be reached without one."""
    return dialog_field(PublishLinesDialog.__name__, "", _title_of(of))


def _title_of(of: str) -> str:
    return f"粘贴多条公开记录：{of or '本单位'}"


def _typed(raw: str) -> str:
    """A pasted line as it can stand in a field. Two blanks keep apart what a tab did: one may be of a title."""
    return loaded(raw.replace("\t", "  "), single_line=True)[0]


def _choice(line: _Line, doubt: str, year: int | None) -> Choice:
    if line.new is None:
        return Choice(f"! {line.raw.strip()}", line.why)
    new = line.new
    where = " 有网址" if new.address else ""
    told = " 疑似重复" if doubt else ""
    told += f" 不在 {year} 年内" if outside_words(new.day, year) else ""
    return Choice(
        f"{'?' if doubt else ' '} {new.day.isoformat()}  {new.title}",
        f"{new.channel} {new.form}{where}{told}",
        look="mark" if doubt else "",
    )
