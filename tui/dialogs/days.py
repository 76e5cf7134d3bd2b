"""录入放假通知: the State Council's notice pasted as text, then every day that was read of it, to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from db.errors import InvalidInputError
from tui.commands import Command, bindings
from tui.dialogs.day import NOTICE_LIMIT
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.field import Field
from tui.dialogs.prose import Prose
from tui.dialogs.typed_state import Texts
from tui.screens.note_area import NoteArea
from tui.text import shown
from tui.widgets.reading_pane import Block, Look, ReadingPane
from tui.wording_days import day_run_words, runs, short_day_words

if TYPE_CHECKING:
    from datetime import date

    from db.intake.day_off_draft import DayOffDraft
    from db.reads.office import DayRow
    from db.rules.calendar import DayOff

READ: Final = Command("confirm", ("f2",), "读出日期", "读出通知里的日期，下一步核对。", "F2", True)
STORE: Final = Command("confirm", CONFIRM.keys, "核对无误，入库", "把这些天录入工作日历。", "F2", True)
BACK_TO_TEXT: Final = Command("cancel", CANCEL.keys, "回去改文字", "不入库，回到粘贴的文字。", "Esc", True)

_KINDS: Final = {"off": "放假", "work": "上班（补班）"}


class DaysDialog(Dialog[str]):
    """The whole text of the notice; what a paste would bring that cannot be shown is filtered as in a note."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings((READ,)))
    DEFAULT_CSS = """
    DaysDialog > .dialog--box { width: 90; }
    DaysDialog NoteArea, DaysDialog NoteArea:focus { height: 12; background: $panel; margin: 1 0 0 0; }
    DaysDialog.-small NoteArea, DaysDialog.-small NoteArea:focus { height: 5; margin: 0; }
    """
    AUTO_FOCUS = "NoteArea"

    def __init__(self, text: str) -> None:
        super().__init__(shown("录入放假通知"))
        self._area = NoteArea(text)

    def commands(self) -> tuple[Command, ...]:
        return (READ, CANCEL)

    def body(self) -> ComposeResult:
        yield Prose("粘贴国务院办公厅放假安排通知的全文，连同标题；也可以粘贴 TOML（notice、off、work）。")
        yield self._area

    def answer(self) -> str:
        text = self._area.text.strip()
        if not text:
            raise InvalidInputError("还没有粘贴通知的文字")
        return text

    def typed(self) -> Texts:
        # What is read and looked at comes back with the text given: it is no more in the file than before.
        return {"text": self._area.text} if self._area.text.strip() else {}

    def put_typed_back(self, texts: Texts) -> None:
        if not self._area.text.strip():
            self._area.put_back(texts.get("text", ""))

    def on_note_area_refused(self, event: NoteArea.Refused) -> None:
        self.say("注意：" + event.why)

    def on_note_area_tidied(self, event: NoteArea.Tidied) -> None:
        self.say("粘贴的文字已整理：" + "、".join(event.changes))

    def on_paste(self, event: events.Paste) -> None:
        # A paste that came before the field had the focus belongs there too.
        event.stop()
        self._area.take(event.text)


class DaysCheckDialog(Dialog["DayOffDraft | None"]):
    """What was not understood first, then the make-up days and the runs of days off.

    before: what the file holds for these years.
    """

    DEFAULT_CSS = """
    DaysCheckDialog > .dialog--box { width: 90; }
    DaysCheckDialog ReadingPane { height: 14; background: $panel; }
    DaysCheckDialog.-small ReadingPane { height: 5; }
    """
    AUTO_FOCUS = "ReadingPane"

    def __init__(self, draft: DayOffDraft, before: Sequence[DayRow]) -> None:
        super().__init__(shown(f"核对放假安排：{f'{draft.year} 年，' if draft.year else ''}共 {len(draft.rows)} 天"))
        self._draft = draft
        self._blocks = tuple(check_blocks(draft, before))
        self._notice = Field("依据（通知的名称）", draft.notice or "", limit=NOTICE_LIMIT, id="notice")
        self._warned = not draft.problems

    def commands(self) -> tuple[Command, ...]:
        return (STORE, BACK_TO_TEXT, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose("请逐段与通知核对。无误按 F2 入库；不对按 Esc 回去改文字。")
        yield ReadingPane(self._blocks)
        yield self._notice

    def answer(self) -> DayOffDraft:
        notice = self._notice.needed("请写明是哪一份通知")
        if not self._warned:
            self._warned = True
            raise InvalidInputError(f"有 {len(self._draft.problems)} 处要核对，请先看上面。仍要入库请再按一次 F2")
        return replace(self._draft, notice=notice)


def check_blocks(draft: DayOffDraft, before: Sequence[DayRow]) -> Iterator[Block]:
    """The whole page: problems, workdays on a line, days off in runs, what of the file goes."""
    for problem in draft.problems:
        yield Block(problem, "请核对", "alarm")
    stood = {row.day: row for row in before}
    rows = sorted(draft.rows, key=lambda row: row.day)
    work = [row for row in rows if row.kind == "work"]
    off = [row for row in rows if row.kind == "off"]
    if work:
        days = "、".join(short_day_words(row.day, draft.year) + _note(row, stood) for row in work)
        yield Block(f"上班（补班）（{len(work)} 天）：{days}", look="heading")
    yield Block(f"放假（{len(off)} 天）", look="heading")
    for note, group in groupby(off, lambda row: _note(row, stood)):
        look: Look = "mark" if "原为" in note else "plain"
        for first, last in runs(row.day for row in group):
            yield Block(day_run_words(first, last, draft.year) + note, look=look)
    days_now = {row.day for row in rows}
    gone = sorted((row for row in before if row.notice == draft.notice and row.day not in days_now), key=_day)
    if gone:
        yield Block(f"这份通知原来还有、现在没有了的（{len(gone)} 天，将去掉）", look="heading")
        for old in gone:
            yield Block(f"{short_day_words(old.day, draft.year)}{_KINDS[old.kind]}", "去掉", "mark")


def _note(row: DayOff, stood: Mapping[date, DayRow]) -> str:
    """What the file holds for the day: the same, another kind, or nothing."""
    old = stood.get(row.day)
    if old is None:
        return ""
    return "（已有）" if old.kind == row.kind else f"（原为{_KINDS[old.kind]}：{old.notice}）"


def _day(row: DayRow) -> date:
    return row.day
