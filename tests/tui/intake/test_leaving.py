"""Nothing is lost and nothing passes unseen: quick keys, a save that fails, the end of the program in the middle."""

import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from textual import events

from db.errors import TaizhangError
from db.file import open_file
from db.intake.edits import AcceptTask
from db.intake.source import Source
from tests.tui.attaching import until
from tests.tui.desks import NOW, settled
from tests.tui.intake.papers import as_docx, rows_of, settled_rows, with_cell
from tests.tui.intake.reviewing import ReviewOffice, has_read, opened
from tui.app import TaizhangApp
from tui.desk import Desk
from tui.dialogs.progress import ProgressDialog


async def test_two_spaces_in_one_burst_confirm_one_row(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx", settled_rows())) as at:
        await at.go_to("3")
        for _ in range(2):
            at.app.post_message(events.Key("space", " "))
        await settled(at.pilot)
        assert len(at.edits) == 1
        assert at.said.startswith("按得太快")
        await at.press("space")
        assert len(at.edits) == 2


async def test_a_row_that_was_only_passed_by_in_a_burst_is_not_confirmed(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx", settled_rows())) as at:
        for key in ("down", "space"):
            at.app.post_message(events.Key(key, " " if key == "space" else None))
        await settled(at.pilot)
        assert at.edits == ()


async def test_enters_in_one_burst_open_one_window_above_another(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        await at.go_to("4")
        for _ in range(4):
            at.app.post_message(events.Key("enter", None))
        await settled(at.pilot)
        names = [type(screen).__name__ for screen in at.app.screen_stack]
        assert names.count("LinesDialog") <= 1
        assert len(names) <= names.index("ReviewScreen") + 2
        assert at.edits == ()


async def test_what_could_not_be_saved_is_given_up_only_by_two_esc_and_not_called_kept(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx", settled_rows())) as at:

        def full(*_: object) -> int:
            raise TaizhangError("磁盘满了。", "请腾出空间。")

        monkeypatch.setattr(desk, "keep_intake", full)
        await at.press("space", "escape")
        assert "再按一次 Esc" in at.said
        await at.press("space")
        assert len(at.edits) == 2
        await at.press("escape")
        assert at.top == "ReviewScreen"
        assert "再按一次 Esc" in at.said
        await at.press("escape")
        assert at.top == "ChecklistScreen"
        assert at.said == "最后的修改没有存上，已经丢掉；存上的待确认稿还在。"
    (row,) = desk.intake_drafts()
    assert desk.intake_draft(row.id)[1] == ()


async def test_a_program_that_is_told_to_stop_saves_the_step_that_had_failed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx", settled_rows())) as at:
        with monkeypatch.context() as broken:

            def full(*_: object) -> int:
                raise TaizhangError("磁盘满了。", "请腾出空间。")

            broken.setattr(desk, "keep_intake", full)
            await at.press("space")
            key = at.reading.tasks[0].key
        await at.press("enter")
        at.app.end_by_signal(128 + signal.SIGTERM)
    (row,) = desk.intake_drafts()
    assert desk.intake_draft(row.id)[1] == (AcceptTask(key),)


async def test_steps_that_the_ledger_never_took_lie_beside_it_and_are_restored_with_the_draft(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "state" / "drafts"
    desk.keep_drafts_in(folder)

    def full(*_: object) -> int:
        raise TaizhangError("磁盘满了。", "请腾出空间。")

    paper = as_docx(tmp_path / "通知.docx", settled_rows())
    with monkeypatch.context() as broken:
        async with opened(desk, paper) as at:
            broken.setattr(desk, "keep_intake", full)
            await at.press("space")
            key = at.reading.tasks[0].key
            assert "草稿没有存进台账，先存在这台电脑上：磁盘满了。" in at.said
            at.app.end_by_signal(128 + signal.SIGTERM)
    (row,) = desk.intake_drafts()
    assert desk.intake_draft(row.id)[1] == ()
    assert len(list(folder.iterdir())) == 1
    async with opened(desk, paper) as at:
        assert "已恢复上次没有存进台账的核对步骤" in at.said
        assert at.edits == (AcceptTask(key),)
        await at.press("escape")
    assert desk.intake_draft(row.id)[1] == (AcceptTask(key),)
    assert list(folder.iterdir()) == []


async def test_what_was_typed_in_a_window_of_the_review_is_there_again_over_the_same_document_only(
    desk: Desk, tmp_path: Path
) -> None:
    paper = as_docx(tmp_path / "通知.docx", settled_rows())
    async with opened(desk, paper) as at:
        await at.press("enter", "enter", *"half a mending")
        assert at.app.save_drafts()
    (draft,) = desk.drafts()
    async with opened(desk, paper) as at:
        await at.press("enter", "enter")
        assert "已恢复上次没有保存的内容" in at.text()
        assert "half a mending" in at.text()
    assert desk.drafts() == (draft,)
    other = as_docx(tmp_path / "另一份.docx", [*settled_rows(), *settled_rows()[-1:]])
    async with opened(desk, other) as at:
        await at.press("enter", "enter")
        assert "已恢复" not in at.text()


async def test_esc_while_it_is_being_understood_opens_no_review(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.screens import importing

    began, go_on = threading.Event(), threading.Event()

    def slow(source: Source, edits: object) -> None:
        began.set()
        assert go_on.wait(20)

    monkeypatch.setattr(importing, "replayed", slow)
    app = TaizhangApp(desk, as_docx(tmp_path / "通知.docx"))
    async with app.run_test(size=(80, 24)) as pilot:
        at = ReviewOffice(app, pilot)
        await until(began.is_set)
        await until(lambda: "正在理解" in at.text())
        await pilot.press("escape")
        go_on.set()
        await has_read(at)
        assert at.top == "ChecklistScreen"
    assert desk.intake_drafts() == ()


async def test_the_end_of_the_program_stops_the_reading(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, over = threading.Event(), threading.Event()

    def slow(path: Path, progress: Callable[[float, str], None], cancelled: Callable[[], bool]) -> Source:
        began.set()
        try:
            while not cancelled():
                over.wait(0.01)
        finally:
            over.set()
        raise AssertionError("the question itself stops it")

    monkeypatch.setattr(desk, "read_notice", slow)
    app = TaizhangApp(desk, as_docx(tmp_path / "通知.docx"))
    async with app.run_test(size=(80, 24)):
        await until(lambda: isinstance(app.screen, ProgressDialog) and began.is_set())
        app.end_by_signal(128 + signal.SIGHUP)
    assert over.wait(5)
    assert desk.intake_drafts() == ()


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_in_the_review_keeps_every_step(tmp_path: Path, ending: signal.Signals) -> None:
    path = as_docx(tmp_path / "通知.docx", settled_rows())
    ledger = tmp_path / "taizhang.db"
    arguments = ["-m", "tui.__main__", "--db", str(ledger), "--new", "--import", str(path)]
    child = pexpect.spawn(sys.executable, arguments, env=_terminal(), dimensions=(24, 80), encoding="utf-8", timeout=60)
    child.expect("问题都已核对")
    # What is not on the screen yet is not confirmed.
    time.sleep(1)
    child.send(" ")
    child.expect("已确认：第 1 项")
    child.send("\x1b[2~")
    child.expect("照通知的原文写")
    child.kill(ending)
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 128 + ending
    file = open_file(ledger, NOW, write=False)
    try:
        desk = Desk(file, lambda: NOW, None, None)
        (row,) = desk.intake_drafts()
        assert [type(one).__name__ for one in desk.intake_draft(row.id)[1]] == ["AcceptTask"]
    finally:
        file.close()


def _terminal() -> dict[str, str]:
    import os

    return {**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1"}


async def test_the_lock_file_of_an_open_document_is_refused_with_words(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("~$通知.docx").write_bytes(b"\x05clerk" + b"\x00" * 150)
    async with opened(desk, Path("~$通知.docx"), (80, 24)) as at:
        assert at.top == "ToldDialog"


async def test_the_keys_go_to_what_is_shown_when_the_window_becomes_low(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx", rows_of(60)), (80, 24)) as at:
        await at.press("f6")
        await at.resize(80, 12)
        shown = at.text()
        await at.press("pagedown")
        assert at.text() != shown
        await at.press("f6")
        before = at.current
        await at.press("down")
        assert at.current != before


async def test_a_notice_that_comes_again_says_what_was_not_looked_at(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "一.docx", settled_rows())) as at:
        await at.press("f9", "enter", "escape")
    twice = with_cell(1, 2, "公开行政处罚结果，每月发布1-3条。", settled_rows())
    async with opened(desk, as_docx(tmp_path / "二.docx", twice)) as at:
        assert at.reading.blocking == ()
        unseen = sum(not one.answered for one in at.reading.problems)
        assert unseen
        await at.press("f9")
        assert f"还有 {unseen} 个问题没有核对" in at.text()
