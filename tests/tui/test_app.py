"""The program as a whole: where it starts, what works everywhere, how it ends."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.timer import Timer

from tests.tui.conftest import DeskMaker
from tests.tui.desks import seen, settled
from tests.tui.office import office
from tui.app import TaizhangApp
from tui.desk import Desk
from tui.screens.checklist import ChecklistScreen
from tui.widgets.entry_list import EntryList
from tui.widgets.reading_pane import ReadingPane


async def test_without_a_ledger_it_starts_on_the_choice_and_goes_on_to_the_list(make_desk: DeskMaker) -> None:
    desk = make_desk(ledger=False)
    app = TaizhangApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "选择台账" in seen(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ChecklistScreen)
        assert "执法监督科" in seen(app)


async def test_going_back_from_the_first_choice_ends_the_program_when_asked_twice(make_desk: DeskMaker) -> None:
    app = TaizhangApp(make_desk(ledger=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert app.return_code is None
        await pilot.press("escape")
        await settled(pilot)
    assert app.return_code == 0


async def test_help_lists_the_commands_of_the_screen_it_was_asked_on(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f1")
        assert any("逐项办理" in line for line in clerk.pane_lines())
        await clerk.press("escape", "f4", "f1")
        assert any("销账并下一项" in line for line in clerk.pane_lines())


async def test_the_palette_does_what_is_chosen(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f12")
        await clerk.press(*"F11", "enter")
        assert "通知要求" in clerk.lines()[0]


async def test_ctrl_c_says_how_to_leave_instead_of_leaving(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("ctrl+c")
        assert clerk.said == "要退出请按 Ctrl+Q。"


async def test_the_store_is_loaded_a_moment_after_the_first_frame(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[bool] = []
    app = TaizhangApp(desk)
    monkeypatch.setattr(desk, "warm", lambda: loaded.append(bool(app.screen.query(EntryList))))
    monkeypatch.setattr("tui.app.WARM_AFTER", 0.05)
    async with app.run_test() as pilot:
        for _ in range(200):
            await pilot.pause(0.05)
            if app.is_warm:
                break
        assert loaded == [True]
        assert app.is_warm


async def test_every_key_puts_the_loading_of_the_store_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.WARM_AFTER", 1000.0)
    put_off: list[Timer] = []
    monkeypatch.setattr(Timer, "reset", lambda timer: put_off.append(timer))
    async with office(desk) as clerk:
        assert clerk.app._warm_timer is not None
        await clerk.press("down", "up")
        assert put_off.count(clerk.app._warm_timer) >= 2


async def test_the_store_is_loaded_when_a_change_is_coming_and_only_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(desk, "warm", lambda: loaded.append("warm"))
    async with office(desk) as clerk:
        assert loaded == []
        await clerk.press("f2", "escape", "f3", "escape")
        await clerk.app.workers.wait_for_complete()
        assert loaded == ["warm"]


async def test_who_may_only_look_needs_no_store(make_desk: DeskMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = make_desk()
    desk = make_desk()
    assert desk.read_only
    assert not writer.read_only
    loaded: list[str] = []
    monkeypatch.setattr(desk, "warm", lambda: loaded.append("warm"))
    monkeypatch.setattr("tui.app.WARM_AFTER", 0.01)
    async with office(desk) as clerk:
        await clerk.press("f2")
        await asyncio.sleep(0.05)
        assert loaded == []


async def test_a_key_down_repaints_two_lines_of_the_list(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with office(desk, (120, 36)) as clerk:
        painted: list[int] = []
        draw: Callable[[EntryList, int], object] = EntryList.render_line

        def noted(self: EntryList, y: int) -> object:
            painted.append(y)
            return draw(self, y)

        monkeypatch.setattr(EntryList, "render_line", noted)
        await clerk.press("down")
        assert sorted(set(painted)) == [1, 2]


async def test_shift_tab_reaches_the_pane_and_the_commands_still_work_there(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("shift+tab")
        assert isinstance(clerk.checklist.focused, ReadingPane)
        await clerk.press("down")
        assert clerk.current.number == "29"
        await clerk.press("f4")
        assert "逐项办理" in clerk.lines()[0]


async def test_an_error_of_ours_prints_no_local_variable(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = TaizhangApp(desk)

    def fail() -> None:
        secret_of_the_clerk = "记事内容"
        raise RuntimeError(len(secret_of_the_clerk))

    async def run() -> None:
        async with app.run_test() as pilot:
            app.call_later(fail)
            await settled(pilot)

    with pytest.raises(RuntimeError):
        await run()
    assert app.return_code == 1
    printed = [str(vars(renderable)) for renderable in app._exit_renderables]
    assert not any("记事内容" in text for text in printed)


@pytest.mark.parametrize("code", [129, 130, 143])
async def test_a_signal_saves_the_note_being_typed_and_ends_with_its_code(make_desk: DeskMaker, code: int) -> None:
    desk = make_desk()
    app = TaizhangApp(desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f3")
        await settled(pilot)
        await pilot.press(*"half")
        app.end_by_signal(code)
        await asyncio.sleep(0)
    assert app.return_code == code
    draft = desk.draft("note", desk.entries()[28].id)
    assert draft is not None
    assert draft.text == "half"


def test_the_first_list_needs_no_editor_no_dialog_and_no_store() -> None:
    code = "import sys, tui.app, tui.desk; print('\\n'.join(sys.modules))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    unwanted = {"sqlmodel", "sqlalchemy", "pydantic", "textual.widgets._text_area", "textual.widgets._markdown"}
    assert loaded & unwanted == set()
    ours = {name for name in loaded if name.startswith("tui.")}
    assert not {name for name in ours if name.startswith("tui.dialogs.")}
    assert not ours & {
        f"tui.screens.{name}" for name in ("walk", "detail", "note", "help", "history", "choice", "notes")
    }
