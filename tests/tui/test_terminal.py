"""The real command in a real terminal: signals, a closed terminal, keys that are no UTF-8."""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from db.file import open_file
from db.rules.rows import Draft
from tests.tui.desks import NOW
from tui.desk import Desk

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0


class Terminal:
    """`python -m tui` on a pty of 80x24."""

    def __init__(self, path: Path) -> None:
        self.screen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", PYTHONUTF8="1")
            os.execv(sys.executable, [sys.executable, "-m", "tui", "--db", str(path)])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read(self, seconds: float) -> None:
        """Takes in what comes within that time."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if ready:
            # Reading fails once the other end is closed.
            with suppress(OSError):
                self.screen += os.read(self.fd, 65536)

    def wait_for(self, words: str) -> None:
        """Until these words have come since the last wait."""
        end = time.monotonic() + PATIENCE
        while words.encode() not in self.screen:
            assert time.monotonic() < end, self.screen.decode(errors="replace")[-2000:]
            self.read(0.1)
        self.screen = b""

    def send(self, keys: bytes) -> None:
        os.write(self.fd, keys)

    def ended(self) -> int:
        """The exit status, once the program is gone."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if self.fd >= 0:
                self.read(0.05)
            else:
                time.sleep(0.05)
        raise AssertionError("the program is still there")

    def close(self) -> None:
        os.close(self.fd)
        self.fd = -1


@pytest.fixture
def path(planted: Path, tmp_path: Path) -> Path:
    path = tmp_path / "taizhang.db"
    shutil.copy(planted, path)
    return path


@pytest.fixture
def terminal(path: Path) -> Iterator[Terminal]:
    terminal = Terminal(path)
    yield terminal
    if terminal.fd >= 0:
        terminal.close()
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(terminal.pid, signal.SIGKILL)
        os.waitpid(terminal.pid, 0)


def drafts_in(path: Path) -> tuple[Draft, ...]:
    file = open_file(path, NOW, write=False)
    try:
        desk = Desk(file, lambda: NOW, None, None)
        desk.open(desk.ledgers()[0].id)
        return desk.drafts()
    finally:
        file.close()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_keeps_the_note_being_typed_and_gives_the_terminal_back(
    terminal: Terminal, path: Path, number: signal.Signals
) -> None:
    terminal.wait_for("未开始")
    terminal.send(b"\x1bOR")
    terminal.wait_for("写记事")
    terminal.send(b"half")
    terminal.wait_for("4 字")
    os.kill(terminal.pid, number)
    assert terminal.ended() == 128 + number
    assert b"\x1b[?1049l" in terminal.screen
    attributes = termios.tcgetattr(terminal.fd)[3]
    assert attributes & termios.ECHO
    assert attributes & termios.ICANON
    assert [draft.text for draft in drafts_in(path)] == ["half"]


def test_a_closed_terminal_keeps_the_note_being_typed_and_ends_the_program(terminal: Terminal, path: Path) -> None:
    terminal.wait_for("未开始")
    terminal.send(b"\x1bOR")
    terminal.wait_for("写记事")
    terminal.send(b"half")
    terminal.wait_for("4 字")
    terminal.close()
    assert terminal.ended() == 128 + signal.SIGHUP
    assert [draft.text for draft in drafts_in(path)] == ["half"]


def test_keys_of_a_terminal_set_to_gbk_do_not_end_the_program(terminal: Terminal) -> None:
    terminal.wait_for("未开始")
    terminal.send("政务".encode("gbk"))
    terminal.send(b"\x1bOP")
    terminal.wait_for("帮助")
    terminal.send(b"\x11")
    assert terminal.ended() == 0
