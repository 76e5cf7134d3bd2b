"""The real command in a real terminal: whatever ends or stops it, nothing typed is lost, the terminal is given back."""

import json
import os
import signal
import sqlite3
import stat
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.terminal.pty_terminal import Terminal
from tests.world import copied, planted, rows  # noqa: F401

COMMAND = str(Path(sys.executable).with_name("taizhang"))
TEXT = "打了一半的文字，不能丢。"
GONE_WITHIN = 3.0
"""Seconds after which a program whose terminal was closed is no longer there."""
UNHEARD = (
    "import os, signal, sys\n"
    "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})\n"
    "os.execv(sys.argv[1], sys.argv[1:])\n"
)
"""Starts the program with SIGHUP held back: nobody tells it that the terminal was closed."""
CRASHING = (
    "import sys\n"
    "from tui.screens.note import NoteScreen\n"
    "def fail(screen):\n"
    "    text = screen.text\n"
    "    raise ValueError(text)\n"
    "NoteScreen.action_save = fail\n"
    "from tui.__main__ import main\n"
    "sys.exit(main())\n"
)
"""The program, with an error behind F2 in the note whose message and local variables are the note."""

HANGING = (
    "import sys, time\n"
    "import db.care.backups, tui.ending\n"
    "def hang(*_, **__):\n"
    "    time.sleep(600)\n"
    "db.care.backups.back_up = hang\n"
    "from tui.screens.note import NoteScreen\n"
    "if 'crash' in sys.argv:\n"
    "    sys.argv.remove('crash')\n"
    "    NoteScreen.action_save = lambda screen: 1 // 0\n"
    "tui.ending.TOLD_AFTER, tui.ending.LONGEST = 0.2, 1.0\n"
    "from tui.__main__ import main\n"
    "sys.exit(main())\n"
)
"""The program, with a backup that comes to no end: its second place is a share whose server is gone."""


class Session:
    """One ledger file and one home, and the program over it in a terminal."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.home = folder / "家"
        self.home.mkdir()
        self.path = copied(source, folder / "台账.db")
        self.environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "TERM": "xterm-256color"}
        self.environment |= {"LANG": "C.UTF-8", "TMPDIR": str(folder)}

    @property
    def state(self) -> Path:
        return self.home / ".local" / "state" / "taizhang"

    def open(self, *before: str, command: str = COMMAND) -> Terminal:
        """Started; the checklist stands there."""
        words = [*before, command] if command else list(before)
        terminal = Terminal([*words, "--db", str(self.path), "--today", "2021-11-22"], self.environment, self.home)
        terminal.see("未开始")
        return terminal

    def drafts(self) -> list[str]:
        return [row["text"] for row in rows(self.path, "draft")]


@pytest.fixture
def session(planted: Path, tmp_path: Path) -> Session:  # noqa: F811
    return Session(tmp_path, planted)


def in_a_note(terminal: Terminal) -> None:
    terminal.press("F3")
    terminal.see("写记事")
    terminal.press(TEXT)
    terminal.see(TEXT)


def in_a_window(terminal: Terminal) -> None:
    terminal.press("F2")
    terminal.see("办结日期")
    terminal.press("tab")
    terminal.rest(0.2)
    terminal.press(TEXT)
    terminal.see(TEXT)


Typing = Callable[[Terminal], None]


def test_a_signal_at_once_keeps_what_is_typed_and_gives_the_terminal_back(session: Session) -> None:
    """The other signals: tests/tui/test_app.py; SIGHUP below."""
    with session.open() as terminal:
        in_a_window(terminal)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert terminal.is_given_back
    (draft,) = session.drafts()
    assert TEXT in draft


@pytest.mark.parametrize(
    ("before", "typing"),
    [
        # As nohup starts a program; then as something that holds SIGHUP back: the program sees the terminal's end.
        (("sh", "-c", 'trap "" HUP; exec "$@"', "sh"), in_a_note),
        ((sys.executable, "-c", UNHEARD), in_a_window),
    ],
)
def test_a_closed_terminal_ends_the_program_within_three_seconds_with_what_is_typed_kept(
    session: Session, before: tuple[str, ...], typing: Typing
) -> None:
    with session.open(*before) as terminal:
        typing(terminal)
        terminal.close()
        assert terminal.wait(GONE_WITHIN) == 128 + signal.SIGHUP
    (draft,) = session.drafts()
    assert TEXT in draft


def test_what_is_older_than_a_second_outlives_kill_9_and_is_offered_again(session: Session) -> None:
    with session.open() as terminal:
        in_a_note(terminal)
        begun = time.monotonic()
        while not session.drafts():
            # A second is promised; the rest is for a machine that is busy with other tests.
            assert time.monotonic() < begun + 5
            terminal.rest(0.05)
        terminal.signal(signal.SIGKILL)
        assert terminal.wait() == -signal.SIGKILL
    with session.open() as terminal:
        terminal.press("F3")
        terminal.see("有一份没有保存的草稿")
        terminal.see(TEXT)


def test_no_key_of_the_terminal_and_no_suspending_costs_a_character(session: Session) -> None:
    with session.open() as terminal:
        in_a_note(terminal)
        # Ctrl+C and Ctrl+\ are keys here, not signals.
        terminal.send(b"\x03\x1c")
        terminal.see("要退出请按 Ctrl+Q")
        terminal.send("政务".encode("gbk"))
        terminal.see("终端的编码不是 UTF-8")
        terminal.send(b"\x1b[200~" + "粘\x07贴\u202e".encode() + b"\x1b[201~")
        terminal.see("去掉了 1 个控制字符")
        terminal.resize(20, 5)
        terminal.resize(100, 30)
        terminal.signal(signal.SIGTSTP)
        terminal.wait_stopped()
        with closing(sqlite3.connect(session.path, timeout=0, isolation_level=None)) as other:
            # Nobody else is kept out by a program that sleeps.
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        terminal.signal(signal.SIGCONT)
        terminal.wait_taken_over()
        terminal.press("好")
        terminal.see("粘贴好")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    (draft,) = session.drafts()
    assert draft.startswith(TEXT)
    assert draft.endswith("粘贴好")


def test_a_crash_tells_nothing_of_the_note_keeps_its_draft_and_is_never_a_success(session: Session) -> None:
    with session.open(sys.executable, "-c", CRASHING, command="") as terminal:
        in_a_note(terminal)
        shown_before = len(terminal.raw)
        terminal.press("F2")
        assert terminal.wait() == 1
        assert terminal.is_given_back
        said = bytes(terminal.raw[shown_before:]).partition(b"\x1b[?1049l")[2].decode()
    log = session.state / "crash.log"
    assert "程序出错，已经退出（ValueError）" in said
    assert str(log) in said.replace("\r\n", "")
    assert "Traceback" not in said
    assert TEXT[:4] not in said
    assert session.drafts() == [TEXT]
    written = log.read_text(encoding="utf-8")
    assert TEXT[:4] not in json.loads(written).__repr__()
    (error,) = json.loads(written)["errors"]
    assert error["kind"] == "ValueError"
    assert error["frames"][-1].endswith(" fail")
    assert any(frame.startswith("textual/") or "site-packages/textual/" in frame for frame in error["frames"])
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_backup_that_hangs_does_not_keep_the_program(session: Session) -> None:
    with session.open(sys.executable, "-c", HANGING, command="") as terminal:
        in_a_note(terminal)
        terminal.press("F2")
        terminal.see_no_more("写记事")
        shown_before = len(terminal.raw)
        terminal.press("ctrl+q")
        terminal.see("再按一次 Ctrl+Q 立即退出")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert terminal.is_given_back
        said = bytes(terminal.raw[shown_before:]).partition(b"\x1b[?1049l")[2].decode()
    assert said.index("正在等备份停下来") < said.index("没有再等")
    assert [row["text"] for row in rows(session.path, "note")] == [TEXT]


def test_nor_does_it_keep_a_program_that_has_crashed(session: Session) -> None:
    with session.open(sys.executable, "-c", HANGING, "crash", command="") as terminal:
        # Once the automatic backup hangs.
        terminal.rest(2.5)
        in_a_note(terminal)
        terminal.press("F2")
        assert terminal.wait() == 1
        assert terminal.is_given_back
    assert "没有再等" in bytes(terminal.raw).decode()
    assert (session.state / "crash.log").exists()
    assert session.drafts() == [TEXT]
