"""Every hostile text on every screen and dialog, found by introspection: shown as text, obeyed by nobody."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

import tui
from tests.tui.desks import real_desk, settled
from tests.tui.hostile_cases import CASES, NO_FOREIGN_TEXT, NO_NAME, OF_NAMES
from tests.tui.hostile_world import MARKED, NAMES, drawn, seen_payloads, spoilt_desk, unsafe
from tui.cells import cells
from tui.desk import Desk

ABSTRACT = {
    *("Dialog", "TypedDrafts", "Drafting", "WorkScreen", "EntryReading", "EntryWork", "EvidenceWork", "TakesDrops"),
    *("CountingWork", "EvidenceActs", "EvidenceRows", "LedgerWork", "Finding", "Heading", "LeavingLedger"),
    *("RowsScreen", "SearchedRows", "Going", "View", "BackupWork", "DayWork", "ReviewWork", "ReviewAnswering"),
    *("ReviewRows", "ReviewHead", "ReviewDocument", "ReviewTakingIn", "ReviewFinding"),
}
"""Parts of screens that nobody opens by themselves."""
PARTS = 4
SIZE = (80, 50)
"""Narrow enough that no pane stands beside another: a text that wraps is read line by line."""


class Theatre(App[None]):
    """Shows one screen after another in the program's own layout, and keeps what was run."""

    CSS_PATH = str(Path(tui.__file__).with_name("app.tcss"))
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []

    async def run_action(self, action: Any, *given: Any, **named: Any) -> bool:
        self.ran.append(str(action))
        return True


def subclasses(kind: type) -> Iterator[type[Screen[Any]]]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def screens_of_the_program() -> set[type[Screen[Any]]]:
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name != "tui.__main__":
            importlib.import_module(module.name)
    return {one for one in subclasses(Screen) if one.__module__.startswith("tui.")}


def test_every_screen_and_dialog_has_a_case() -> None:
    found = screens_of_the_program()
    assert {one.__name__ for one in found if one not in CASES} == ABSTRACT
    assert set(CASES) <= found
    assert len(MARKED) >= 30


@pytest.fixture
def not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines are asked for below; to make bytes of them for a terminal that is not there is half of the work."""

    def forget(screen: Screen[Any]) -> None:
        screen._dirty_widgets.clear()
        screen._compositor._dirty_regions.clear()

    monkeypatch.setattr(Screen, "_compositor_refresh", forget)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.usefixtures("not_sent")
async def test_every_hostile_text_is_shown_as_text(part: int, tmp_path: Path) -> None:
    """One program and one file for many screens: starting them costs more than showing one."""
    app = Theatre()
    wrong = {}
    with real_desk(tmp_path) as desk:
        async with app.run_test(size=SIZE) as pilot:
            for kind in list(CASES)[part::PARTS]:
                found = await looked_at(kind, pilot, desk, tmp_path)
                if found:
                    wrong[kind.__name__] = found
    assert wrong == {}
    assert app.ran == []


async def looked_at(kind: type[Screen[Any]], pilot: Pilot[None], desk: Desk, folder: Path) -> list[str]:
    """Shows the screen again and again until every payload was to be seen; what is wrong with it."""
    app = pilot.app
    unseen, first = set(range(len(MARKED))), 0
    if kind in OF_NAMES:
        unseen -= {NAMES.index(name) for name in NO_NAME}
    for turn in range(len(MARKED)):
        spoilt = spoilt_desk(desk, folder, first)
        await app.push_screen(CASES[kind](spoilt))
        # A window of long work shows itself only after a while.
        app.screen.remove_class("-early")
        await settled(pilot)
        assert type(app.screen) is kind
        lines = drawn(app)
        if found := list(unsafe(lines, SIZE[0])):
            return found
        seen = seen_payloads(lines)
        if not turn:
            await click_on(pilot, lines, "点我")
        spoilt.over.set()
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        unseen -= seen
        if not unseen or kind in NO_FOREIGN_TEXT:
            return []
        first = next_first(first, seen, unseen, turn)
    return [f"nowhere to be seen: {NAMES[at]}" for at in unseen]


def next_first(first: int, seen: set[int], unseen: set[int], turn: int) -> int:
    """Where the texts begin the next time: so that what is seen first of them is one that was not."""
    ahead = min(((at - first) % len(MARKED) for at in seen), default=0)
    return (sorted(unseen)[turn % len(unseen)] - ahead) % len(MARKED)


async def click_on(pilot: Pilot[None], lines: Sequence[Strip], words: str) -> None:
    """On the first place where they stand as text: what markup had made of them would run now."""
    for y, line in enumerate(lines):
        at = line.text.find(words)
        if at >= 0:
            await pilot.click(offset=(cells(line.text[:at]) + 1, y))
            return


RAW = {
    "an action of markup": lambda: Static("甲[@click=app.quit]点我[/]丙"),
    "a link of a style": lambda: Static(Content("甲").stylize(Style(link="http://example.invalid/"))),
    "an escape in a content": lambda: Static(Content("甲\x1b[2J乙")),
    "an escape in a field": lambda: Input("甲\x1b]0;PWNED\x07"),
    "a line turned round": lambda: Static(Content("\u202e倒着写")),
}


@pytest.mark.parametrize("make", RAW.values(), ids=RAW.keys())
@pytest.mark.usefixtures("not_sent")
async def test_a_raw_text_on_a_screen_is_found(make: Callable[[], Widget]) -> None:
    app = Theatre()
    async with app.run_test(size=SIZE) as pilot:
        await app.mount(make())
        await settled(pilot)
        assert list(unsafe(drawn(app), SIZE[0]))
