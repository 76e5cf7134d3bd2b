"""A real terminal, a real file: what was typed and not saved outlives the end of the program, whatever ends it."""

import os
import signal
import sys
import time
from pathlib import Path

import pexpect
import pytest

from db.file import open_file
from tests.tui.desks import NOW
from tui.desk import Desk

TEXT = "打了一半的记事，不能丢。"
F3 = "\x1bOR"


@pytest.fixture
def terminal(tmp_path: Path) -> pexpect.spawn:
    """The program in a terminal, a note half written in it; the file is taizhang.db in the folder."""
    arguments = ["-m", "tui.__main__", "--db", str(tmp_path / "taizhang.db"), "--new"]
    arguments += ["--plan", "jiangmen-2021", "--unit", "办公室", "--year", "2026"]
    child = pexpect.spawn(
        sys.executable,
        arguments,
        env={**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1"},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )
    child.expect("F1")
    child.send(F3)
    child.expect("写记事")
    child.expect("Esc")
    child.send(TEXT)
    child.expect("不能丢")
    return child


def drafts(folder: Path) -> list[str]:
    file = open_file(folder / "taizhang.db", NOW, write=False)
    try:
        desk = Desk(file, lambda: NOW, None, None)
        desk.open(1)
        return [draft.text for draft in desk.drafts()]
    finally:
        file.close()


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_at_once_loses_no_character(terminal: pexpect.spawn, tmp_path: Path, ending: signal.Signals) -> None:
    terminal.kill(ending)
    terminal.expect(pexpect.EOF)
    terminal.wait()
    assert terminal.exitstatus == 128 + ending
    assert drafts(tmp_path) == [TEXT]


def test_a_closed_terminal_loses_no_character(terminal: pexpect.spawn, tmp_path: Path) -> None:
    os.close(terminal.child_fd)
    terminal.wait()
    assert drafts(tmp_path) == [TEXT]


def test_a_killed_process_loses_nothing_that_is_older_than_a_second(terminal: pexpect.spawn, tmp_path: Path) -> None:
    # A second is promised; the rest is for a machine that is busy with other tests.
    time.sleep(3)
    terminal.kill(signal.SIGKILL)
    terminal.wait()
    assert drafts(tmp_path) == [TEXT]
