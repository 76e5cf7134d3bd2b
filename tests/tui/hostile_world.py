"""A world in which every text is hostile, one payload after another, and what tells that a screen shows it safely."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import Any, Final, TypeVar

from textual.app import App
from textual.strip import Strip

from db.care.finding import Backup
from db.intake.source import Cell, Grid, Paragraph, Place, Source
from db.rules.board import board
from db.rules.calendar import DayOff, WorkCalendar
from db.rules.rows import (
    ClockRow,
    ClockRuleRow,
    CountRow,
    Draft,
    EntryRow,
    EvidenceRow,
    HistoryRow,
    LedgerSheet,
    NoticeRow,
    PublicationRow,
    ReportRow,
    UnitRow,
)
from db.rules.rows_intake import IntakeRow
from tests.db.export.packed import PACKED
from tests.db.export.worked import COUNTS, PUBLICATIONS, RULE, RUNNING, WORKED
from tests.hostile import PAYLOADS, spoilt
from tui.cells import safe
from tui.desk import Desk
from tui.dialogs.typed_text import loaded

T = TypeVar("T")
TODAY: Final = date(2026, 11, 22)
AT: Final = datetime(2026, 11, 22, 9, 30)
_OF_SPREADSHEETS: Final = {
    "command",
    "plus",
    "minus",
    "at",
    "long number",
    "leading zeros",
    "exponent",
    "escape of XML",
}
"""What no screen can tell from a plain text."""
NAMES: Final = tuple(name for name in PAYLOADS if name not in _OF_SPREADSHEETS)
MARKED: Final = tuple(f"№{at:02}{PAYLOADS[name]}" for at, name in enumerate(NAMES))
TOGETHER: Final = 40
"""Payloads in one text: a line has room for some of them, what wraps for most."""
_DRAWN: Final = re.compile(r"[\s│┃║─━┄…▁▂▃▄▅▆▇█▊▎⟨⟩]")
_OF_A_FONT: Final = re.compile("[\ue000-\uf8ff]")
_HEAD: Final = 2


def _flat(text: str) -> str:
    """Without what wrapping, framing and cutting put between the characters."""
    return _DRAWN.sub("", text)


HEADS: Final = tuple(
    {_flat(form)[: 3 + _HEAD].rstrip("\u0301") for form in (safe(text), loaded(text)[0])} for text in MARKED
)
"""What is to be seen of each: its mark and its first characters, in their safe form or as a field holds them."""
_SCROLLING: Final = {"grab", "release", "scroll_up", "scroll_down"}


class Cycle:
    """Gives one text after another, from `first` on."""

    def __init__(self, first: int = 0) -> None:
        self.first = self._at = first

    def begin(self) -> "Cycle":
        self._at = self.first
        return self

    def __call__(self) -> str:
        text = "".join(MARKED[(self._at + step) % len(MARKED)] for step in range(TOGETHER))
        self._at += 1
        return text


UNIT: Final = UnitRow("某科", "科室", True, 1, 1)
NOTICE: Final = NoticeRow("notice-2026", "某局", "某通知", "某办〔2026〕1号", 2026, TODAY, 3, (UNIT,))
_STEP: Final = HistoryRow(1, 1, "2026-03-02T10:00:00+08:00", "甲", "note", "note:1", None, {"text": "甲"}, None)
HISTORY: Final = tuple(replace(_STEP, seq=seq, group=seq, subject=f"note:{seq}") for seq in range(12, 0, -1))
DRAFT: Final = Draft("note", 1, "写到一半", "2026-11-22T09:00:00+08:00")
INTAKE: Final = IntakeRow(1, "通知.docx", "a" * 64, "2026-11-22T09:00:00+08:00", "2026-11-22T09:00:00+08:00")
DAYS: Final = tuple(DayOff(date(2026, 10, day), "off", "某通知") for day in range(1, 8))


class Spoilt:
    """Samples of everything that a screen is given, spoilt. first: the payload with which the texts begin."""

    def __init__(self, desk: Desk, folder: Path, first: int) -> None:
        self.cycle = Cycle(first)
        self.desk = desk
        self.folder = folder
        self.over = Event()

    @cached_property
    def sheet(self) -> LedgerSheet:
        made: LedgerSheet = self.of(PACKED)
        return made

    @property
    def entries(self) -> tuple[EntryRow, ...]:
        return self.sheet.entries

    @property
    def entry(self) -> EntryRow:
        return self.entries[0]

    @property
    def evidence(self) -> tuple[EvidenceRow, ...]:
        return self.sheet.evidence

    @property
    def report(self) -> ReportRow:
        return self.sheet.reports[0]

    @property
    def clock(self) -> ClockRow:
        return self._made(RUNNING)

    @property
    def rule(self) -> ClockRuleRow:
        return self._made(RULE)

    @property
    def count(self) -> CountRow:
        return self._made(COUNTS[0])

    @property
    def publication(self) -> PublicationRow:
        return self._made(PUBLICATIONS[0])

    def _made(self, value: T) -> T:
        made: T = self.of(value)
        return made

    def wait(self, *_: object) -> None:
        """Long work: it ends when the screen has been looked at."""
        self.over.wait(timeout=30)

    def of(self, value: Any) -> Any:
        return spoilt(value, self.cycle.begin())

    @property
    def text(self) -> str:
        return self.cycle.begin()()

    def texts(self, count: int = 12) -> list[str]:
        self.cycle.begin()
        return [self.cycle() for _ in range(count)]

    def source(self) -> Source:
        """A notice with a table, as a reader would give it were nothing taken out."""
        heads = ("序号", "工作任务", "具体要求", "责任单位", "完成时限")
        rows = [(str(at), text, text, "某科", "6月底前") for at, text in enumerate(self.texts(20), 1)]
        cells = [
            Cell(row, at, text, Place("表 1", row + 1, at + 1))
            for row, line in enumerate((heads, *rows))
            for at, text in enumerate(line)
        ]
        title = Paragraph(f"关于印发2026年政务公开工作要点{self.text}的通知", Place("正文", line=1))
        table = Grid(Place("表 1"), len(rows) + 1, len(heads), tuple(cells))
        return Source("docx", self.text, "a" * 64, (title, table))


ROWS: Final[dict[str, Callable[[Spoilt], Any]]] = {
    "entries": lambda s: s.entries,
    "notices": lambda s: tuple(replace(s.of(NOTICE), plan=f"notice-{at}") for at in range(9)),
    "ledgers": lambda s: (),
    "clock_rules": lambda s: tuple(s.of((RULE,) * 6)),
    "statute_rules": lambda s: tuple(s.of((RULE,) * 6)),
    "history": lambda s, *_: tuple(s.of(HISTORY)),
    "publications": lambda s: tuple(s.of(PUBLICATIONS * 4)),
    "counts": lambda s: tuple(s.of(COUNTS)),
    "evidence": lambda s: s.evidence,
    "clocks": lambda s: tuple(replace(clock, id=at) for at, clock in enumerate(s.of((RUNNING,) * 8), 1)),
    "reports": lambda s: s.sheet.reports,
    "unit_quotas": lambda s: s.sheet.unit_quotas,
    "sheet": lambda s, **_: s.sheet,
    "drafts": lambda s: (),
    "draft": lambda s, *_: None,
    "intake_drafts": lambda s: (),
    "board": lambda s: s.of(board(WORKED, WorkCalendar({}))),
    "second_place": lambda s: s.text,
    "backups": lambda s: tuple(
        Backup(Path(text.replace("\x00", "")), AT, 3, "000003-aaaa", "自动", False, "beside", problem=text)
        for text in s.texts(9)
    ),
    "checked_at": lambda s: None,
}
"""What a desk reads, in its spoilt form."""


def spoilt_desk(desk: Desk, folder: Path, first: int) -> Spoilt:
    """The desk with every text that it reads hostile from now on; what it stores is another thing."""
    made = Spoilt(desk, folder, first)
    desk.ledger = made.sheet.ledger
    for name, rows in ROWS.items():
        setattr(desk, name, lambda *given, _rows=rows, **named: _rows(made, *given, **named))
    return made


def drawn(app: App[Any]) -> list[Strip]:
    """The lines of the terminal as the screens on it make them now."""
    return app.screen._compositor.render_strips()


def unsafe(lines: Sequence[Strip], width: int) -> Iterator[str]:
    """What of it a terminal would obey, or a click would run, or stands a cell too far."""
    for at, strip in enumerate(lines):
        if strip.cell_length != width:
            yield f"line {at} is {strip.cell_length} cells wide: {strip.text!r}"
        # In a field letters of a government's own font stand as they are, each one cell wide.
        text = _OF_A_FONT.sub("", strip.text)
        if safe(text) != text:
            yield f"line {at} is raw: {strip.text!r}"
        for segment in strip:
            style = segment.style
            acts = {what for key, what in style.meta.items() if key.startswith("@")} if style is not None else set()
            if style is not None and (style.link or acts - _SCROLLING):
                yield f"line {at} acts: {segment.text!r} {style.link} {style.meta}"


def seen_payloads(lines: Sequence[Strip]) -> set[int]:
    """The payloads of which the mark and the first characters can be read."""
    flat = _flat("".join(strip.text for strip in lines))
    return {at for at, heads in enumerate(HEADS) if any(head in flat for head in heads)}
