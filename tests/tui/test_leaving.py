"""Ctrl+Q: nothing that was typed goes without a word, on screens and in dialogs."""

import asyncio
import signal
import threading

import pytest

from db.errors import NotSavedError
from tests.tui.desks import type_in
from tests.tui.office import office
from tui.desk import Desk
from tui.dialogs.settle import SettleDialog
from tui.screens.help import HelpScreen


def full(*_: object) -> None:
    raise NotSavedError("没有保存：磁盘已满。", "请腾出空间后再试。")


async def test_a_note_whose_draft_cannot_be_saved_is_given_up_only_at_a_second_ctrl_q(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(desk) as clerk:
        await clerk.press("f3", *"long")
        monkeypatch.setattr(desk, "save_draft", full)
        await clerk.press("ctrl+q")
        assert not clerk.app._exit
        assert clerk.said == "草稿没有存上，退出就会丢掉这些文字。再按一次 Ctrl+Q 放弃并退出。"
        await clerk.press("x", "ctrl+q")
        assert not clerk.app._exit, "who typed on is asked again"
        assert "longx" in clerk.text()
        await clerk.press("ctrl+q")
        assert clerk.app._exit


async def test_a_note_whose_draft_can_be_saved_again_is_left_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(desk) as clerk:
        entry = clerk.current.id
        await clerk.press("f3", *"long")
        with monkeypatch.context() as broken:
            broken.setattr(desk, "save_draft", full)
            await clerk.press("ctrl+q")
        await clerk.press("ctrl+q")
        assert clerk.app._exit
    draft = desk.draft("note", entry)
    assert draft is not None
    assert draft.text == "long"


async def test_a_signal_ends_the_program_also_when_the_draft_cannot_be_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(desk) as clerk:
        await clerk.press("f3", *"long")
        monkeypatch.setattr(desk, "save_draft", full)
        clerk.app.end_by_signal(143)
        assert clerk.app._exit
    assert clerk.app.return_code == 143


async def test_the_question_stands_on_the_help_over_the_note_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with office(desk) as clerk:
        await clerk.press("f3", *"long", "f1")
        clerk.app.screen_stack[-2]._drafted = None  # type: ignore[attr-defined]
        monkeypatch.setattr(desk, "save_draft", full)
        await clerk.press("ctrl+q")
        assert not clerk.app._exit
        assert "再按一次 Ctrl+Q" in clerk.said


@pytest.mark.parametrize("key", ["f2", "f7", "f6", "f8", "f9", "f12", "ctrl+t"])
async def test_ctrl_q_and_f1_work_in_every_dialog(desk: Desk, key: str) -> None:
    async with office(desk) as clerk:
        await clerk.press(key)
        dialog = clerk.app.screen
        assert dialog.is_modal
        await clerk.press("f1")
        assert isinstance(clerk.app.screen, HelpScreen)
        assert any("取消" in line for line in clerk.pane_lines())
        await clerk.press("escape")
        assert clerk.app.screen is dialog
        await clerk.press("ctrl+q")
        assert clerk.app._exit


async def test_a_question_mark_in_a_dialog_is_typed(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f8", "question_mark")
        assert clerk.app.screen.is_modal


async def test_what_is_typed_in_a_dialog_is_given_up_only_at_a_second_ctrl_q_where_it_cannot_be_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "save_draft", full)
    async with office(desk) as clerk:
        await clerk.press("f2", "tab", *"typed", "ctrl+q")
        assert not clerk.app._exit
        assert isinstance(clerk.app.screen, SettleDialog)
        assert "这里填写的还没有办，退出就会丢掉这些文字。" in clerk.text()
        assert "typed" in clerk.text()
        await clerk.press("ctrl+q")
        assert clerk.app._exit


async def test_ctrl_c_leaves_the_banner_of_a_read_only_file_alone(make_desk: object, desk: Desk) -> None:
    reader = make_desk()  # type: ignore[operator]
    async with office(reader, (120, 36)) as clerk:
        await clerk.press("ctrl+c")
        assert clerk.said == "要退出请按 Ctrl+Q。"
        assert "只读" in clerk.lines()[2]


async def test_the_program_is_suspended_only_when_no_thread_writes_any_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    async with office(desk) as clerk:
        suspended: list[bool] = []
        monkeypatch.setattr(clerk.app._driver, "_sigtstp_application", lambda: suspended.append(True), raising=False)
        await clerk.press("f3", *"typed")
        worker = clerk.app.run_worker(lambda: go_on.wait(10), thread=True)
        clerk.app.suspend_by_signal()
        assert [draft.text for draft in desk.drafts()] == ["typed"]
        await clerk.pilot.pause(0.15)
        assert suspended == []
        go_on.set()
        await worker.wait()
        while not suspended:
            await asyncio.sleep(0.02)
        assert suspended == [True]


@pytest.mark.parametrize("opening", [("f3",), ("f2", "tab")])
async def test_a_character_of_a_terminal_that_is_not_utf_8_is_seen_and_what_to_do_is_said(
    desk: Desk, opening: tuple[str, ...]
) -> None:
    async with office(desk) as clerk:
        await clerk.press(*opening)
        await type_in(clerk.app, clerk.pilot, "\ufffd\ufffd")
        assert "\ufffd\ufffd" in clerk.text()
        for _ in range(100):
            if "终端的编码不是 UTF-8" in clerk.text():
                break
            await asyncio.sleep(0.02)
        assert "有字符认不出，显示为 \ufffd：终端的编码不是 UTF-8" in clerk.text()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
async def test_every_ending_signal_is_heard_and_keeps_what_is_typed(desk: Desk, number: signal.Signals) -> None:
    """SIGTERM, and the terminal given back: tests/terminal/test_endings.py."""
    async with office(desk) as clerk:
        await clerk.press("f2", "tab", "x")
        # Unheard it would end the test run.
        assert signal.getsignal(number) not in (signal.SIG_DFL, signal.SIG_IGN, signal.default_int_handler)
        signal.raise_signal(number)
        while not clerk.app._exit:
            await asyncio.sleep(0.01)
    assert clerk.app.return_code == 128 + number
    (draft,) = desk.drafts()
    assert '"x"' in draft.text


async def test_a_screen_that_fails_to_keep_its_draft_costs_neither_the_end_nor_another_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(desk) as clerk:
        await clerk.press("f3", "x", "f1")
        monkeypatch.setattr(clerk.app.screen, "save_draft_now", lambda: 1 // 0, raising=False)
        clerk.app.end_by_signal(143)
    assert clerk.app.return_code == 143
    assert [draft.text for draft in desk.drafts()] == ["x"]
