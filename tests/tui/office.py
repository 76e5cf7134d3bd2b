"""The whole program over a desk, with what a test looks at."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from db.rules.rows import Countdown, DeadlineRow, EntryRow
from tests.tui.desks import seen, settled
from tui.app import TaizhangApp
from tui.desk import Desk
from tui.screens.checklist import ChecklistScreen
from tui.widgets.entry_list import EntryList
from tui.widgets.reading_pane import ReadingPane
from tui.widgets.status_line import StatusLine


class Office:
    """The clerk at the screen: presses keys, reads lines."""

    def __init__(self, app: TaizhangApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await settled(self.pilot)

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await settled(self.pilot)

    def lines(self) -> list[str]:
        return seen(self.app).split("\n")

    def text(self) -> str:
        return seen(self.app)

    def line_with(self, words: str) -> str:
        """The one line on which these words stand."""
        found = [line for line in self.lines() if words in line]
        assert len(found) == 1, (words, self.lines())
        return found[0]

    @property
    def checklist(self) -> ChecklistScreen:
        screen = next(screen for screen in self.app.screen_stack if isinstance(screen, ChecklistScreen))
        return screen

    @property
    def current(self) -> EntryRow:
        entry = self.checklist.query_one(EntryList).current
        assert entry is not None
        return entry

    @property
    def numbers(self) -> list[str]:
        """The numbers of the listed entries, in order."""
        return [entry.number for entry in self.checklist.listing.shown]

    @property
    def said(self) -> str:
        """What the status line of the screen on top says."""
        return [line.text for line in self.app.screen.query(StatusLine).results(StatusLine)][-1]

    def pane_lines(self) -> list[str]:
        """Every line of the reading pane of the screen on top, also those out of sight."""
        return self.app.screen.query(ReadingPane).last().text_lines()


@asynccontextmanager
async def office(
    desk: Desk, size: tuple[int, int] = (80, 24), *, importing: Path | None = None
) -> AsyncIterator[Office]:
    """The program on a terminal of that size."""
    app = TaizhangApp(desk, importing)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield Office(app, pilot)


def an_entry(entry_id: int = 1, **values: object) -> EntryRow:
    """An entry with nothing in it but what a test names."""
    deadline = values.pop("deadline", a_deadline())
    plain = {
        "position": entry_id,
        "number": str(entry_id),
        "own": False,
        "section": None,
        "matter": None,
        "requirement": "公开",
        "assignment": None,
        "role": None,
        "through": None,
        "reached_by": None,
        "applicability": "ours",
        "decided": False,
        "leads": (),
        "responsible": (),
        "supports": (),
        "countdown": None,
        "status": "not_started",
        "done_on": None,
        "what_was_done": None,
        "reason": None,
        "remark": None,
        "remark_source": None,
        "quotas": (),
        "notes": (),
    }
    return EntryRow(id=entry_id, deadline=deadline, **{**plain, **values})  # type: ignore[arg-type]


def a_deadline(text: str | None = None, kind: str = "none", due: date | None = None, **values: object) -> DeadlineRow:
    plain = {"source": "cell", "quote": None, "dates": (), "recurrence": None, "adjusted": None}
    return DeadlineRow(text=text, kind=kind, due=due, **{**plain, **values})  # type: ignore[arg-type]


def days_left(days: int, workdays: int, *, estimated: bool = False) -> Countdown:
    return Countdown(days, workdays, estimated, days < 0)


def ids(entries: Sequence[EntryRow], *numbers: str) -> list[int]:
    """The ids of the entries with these numbers."""
    by_number = {entry.number: entry.id for entry in entries}
    return [by_number[number] for number in numbers]
