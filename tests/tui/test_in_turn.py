"""Typed ahead of a slow machine: every key goes where it would have gone on a quick one, and none is lost."""

import asyncio
import time
from collections.abc import Sequence

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input

from tests.tui.conftest import DeskMaker
from tests.tui.desks import settled
from tests.tui.office import office
from tests.tui.timed import JIANGMEN
from tui import in_turn
from tui.desk import Desk
from tui.in_turn import KeysInTurn, typed_at
from tui.screens.publications import PublicationsScreen

TITLE = "个体工商户登记办事指南"


@pytest.fixture
def whole(make_desk: DeskMaker) -> Desk:
    return make_desk(whole=JIANGMEN)


def in_one_burst(app: App[None], *keys: str) -> None:
    """All at once, as the kernel hands them over when the program was busy; what is no name is typed."""
    for key in keys:
        if key in ("enter", "escape", "tab", "down", "end", "f2", "insert", "home") or key.startswith("ctrl+"):
            app.post_message(events.Key(key, {"enter": "\r", "tab": "\t"}.get(key)))
        else:
            for sign in key:
                app.post_message(events.Key(sign, sign))


@pytest.mark.parametrize(
    ("after", "left"),
    [
        ((), [TITLE]),
        (("ctrl+z",), []),
        (("ctrl+z", "ctrl+y"), [TITLE]),
        (("home", "ctrl+k"), [TITLE]),
        (("insert", "又一条", "enter"), ["又一条", TITLE]),
        (("enter", "enter", "insert", "又一条", "enter", "enter"), ["又一条", TITLE]),
        (("insert", "不要的", "escape", "insert", "又一条", "enter", "ctrl+z"), [TITLE]),
    ],
)
async def test_a_window_opened_filled_and_closed_in_one_burst_keeps_what_was_typed(
    whole: Desk, after: Sequence[str], left: list[str]
) -> None:
    async with office(whole) as at:
        in_one_burst(at.app, "2", "insert", TITLE, "enter", *after)
        await settled(at.pilot)
        assert [one.title for one in whole.publications()] == left
        # The Enter that was pressed again opened nothing.
        assert len(at.app.screen_stack) == 2


async def test_keys_after_a_change_of_the_view_go_to_the_new_view(whole: Desk) -> None:
    async with office(whole) as at:
        in_one_burst(at.app, "2", "insert", TITLE, "enter", "1", "2", "ctrl+q")
        await settled(at.pilot)
        assert at.app.return_code == 0
        assert not at.app.is_running
    assert [one.title for one in whole.publications()] == [TITLE]


async def test_a_note_typed_and_saved_in_one_burst_is_kept_whole(whole: Desk) -> None:
    text = "已请综合规划科提供清单，周三前汇总。" * 20
    async with office(whole) as at:
        in_one_burst(at.app, "n", text, "f2")
        await settled(at.pilot)
    assert [note.text for entry in whole.entries() for note in entry.notes] == [text]


@pytest.mark.parametrize("before", [("n",), ("n", "甲")])
@pytest.mark.parametrize("enters", [1, 2, 3])
async def test_blank_lines_of_a_note_typed_in_one_burst_are_kept(
    whole: Desk, before: Sequence[str], enters: int
) -> None:
    async with office(whole) as at:
        in_one_burst(at.app, *before, "甲", *["enter"] * enters, "乙", "f2")
        await settled(at.pilot)
    typed = "甲" * len(before) + "\n" * enters + "乙"
    assert [note.text for entry in whole.entries() for note in entry.notes] == [typed]


@pytest.mark.parametrize("is_pasted", [False, True])
async def test_a_window_that_no_key_has_opened_takes_the_first_sign_too(whole: Desk, is_pasted: bool) -> None:
    async with office(whole) as at:
        await at.press("2")
        screen = at.app.screen
        assert isinstance(screen, PublicationsScreen)

        def go() -> None:
            screen.action_add()
            if is_pasted:
                at.app.post_message(events.Paste(TITLE))
            else:
                in_one_burst(at.app, TITLE)

        screen.call_later(go)
        await settled(at.pilot)
        await at.press("enter")
    assert [one.title for one in whole.publications()] == [TITLE]


async def test_a_paste_and_the_enter_behind_it_stay_in_their_order(whole: Desk) -> None:
    async with office(whole) as at:
        in_one_burst(at.app, "2", "insert")
        at.app.post_message(events.Paste(TITLE))
        in_one_burst(at.app, "enter", "down", "enter", "end")
        at.app.post_message(events.Paste("（更正）"))
        in_one_burst(at.app, "enter")
        await settled(at.pilot)
    assert [one.title for one in whole.publications()] == [TITLE + "（更正）"]


async def test_a_search_typed_ahead_is_done_before_the_key_behind_it(whole: Desk) -> None:
    async with office(whole) as at:
        in_one_burst(at.app, "ctrl+f", "基层目录", "enter", "n", "只写给查到的这一项", "f2")
        await settled(at.pilot)
    (entry,) = [entry for entry in whole.entries() if entry.notes]
    assert "基层目录" in entry.requirement


class Hanging(KeysInTurn):
    """Its field takes nothing until `given` is set; Esc says when it was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.given = asyncio.Event()
        self.escaped: list[float] = []

    def compose(self) -> ComposeResult:
        yield Input()

    def key_escape(self) -> None:
        self.escaped.append(typed_at(self))


async def test_what_hangs_lets_the_next_key_through_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_turn, "LONGEST", 0.3)
    app = Hanging()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.query_one(Input).call_later(app.given.wait)
        began = time.monotonic()
        app.post_message(events.Key("right", None))
        await asyncio.sleep(0.05)
        app.screen.set_focus(None)
        app.post_message(events.Key("escape", None))
        while not app.escaped and time.monotonic() < began + 10:
            await asyncio.sleep(0.02)
        # Held for as long as what hangs may take, and typed all the same when it was typed.
        assert time.monotonic() - began >= 0.3
        assert 0.05 <= app.escaped[0] - began < 0.3
        app.given.set()
