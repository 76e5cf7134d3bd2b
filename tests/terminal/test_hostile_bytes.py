"""The bytes that the real command writes over a ledger of hostile texts: none of them is what a payload wanted."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.hostile import PAYLOADS
from tests.no_network import child_environment
from tests.terminal.pty_terminal import Terminal
from tests.world import World, planted, tamper, world

__all__ = ["planted", "world"]
COMMAND: Final = str(Path(sys.executable).with_name("taizhang"))
NEEDLES: Final = {
    "clipboard": b"\x1b]52",
    "window title": b"\x1b]0;",
    "hyperlink": b"\x1b]8;",
    "device string": b"\x1bP+q544e",
    "application string": b"\x1b_G",
    "clear": "甲\x1b[2J".encode(),
    "NUL": b"\x00",
    "DEL": b"\x7f",
    "shift out": b"\x0e",
    "C1 CSI": "\x9b".encode(),
    "C1 OSC": "\x9d".encode(),
    "C1 DCS": "\x90".encode(),
    "next line": "\x85".encode(),
    **{f"U+{ord(sign):04X}": sign.encode() for sign in "\u202e\u202c\u2066\u2069\u200f\u200b\u2060\u00ad\u2028\u2029"},
    "mark of order": "\ufeff".encode(),
    "tags": "\U000e0041".encode(),
    "none": "\ufffe".encode(),
    "piled marks": ("\u0301" * 5).encode(),
    "surrogate": b"\xed\xa0\x80",
}
VIEWS: Final = {"2": "粘贴多条", "5": "F2 已报送", "8": "F3 另存为", "9": "自查"}
"""The key of each view, and what stands on no other screen."""
COLUMNS: Final = (
    *("task.section", "task.matter", "task.requirement", "task.assignment", "notice.agency", "notice.title"),
    *("ledger.officer", "note.text", "publication.title", "report.what", "evidence.caption"),
)
"""Where the texts lie: put there behind the program's back, for its own doors let none of them in."""


@pytest.fixture
def hostile(world: World) -> World:
    from db.store.notes import add_note
    from tests.db.store.samples import attached, publications
    from tests.world import NOW

    texts = [text.encode("utf-8", "replace").decode() for text in PAYLOADS.values() if len(text) < 100]
    for at, entry in enumerate(world.ours(12)):
        add_note(world.file, world.ledger, entry, text=f"第{at}条", at=NOW)
        publications(world, entry, f"第{at}件")
        attached(world, entry=entry)
    for column in COLUMNS:
        table, name = column.split(".")
        for at in range(len(texts)):
            joined = "".join(texts[at:] + texts[:at])[:900]
            tamper(world.path, f"UPDATE {table} SET {name} = ? WHERE rowid % {len(texts)} = {at}", joined)
    world.file.close()
    return world


def found(written: bytes) -> list[str]:
    return [name for name, needle in NEEDLES.items() if needle in written]


def test_no_payload_reaches_the_terminal_from_the_screens(hostile: World, tmp_path: Path) -> None:
    environment = {
        "HOME": str(tmp_path), "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8",
    }  # fmt: skip
    words = [COMMAND, "--db", str(hostile.path), "--today", "2021-11-23"]
    with Terminal(words, environment, tmp_path, columns=120, lines=40) as terminal:
        terminal.see("␛]52;c")
        terminal.press("enter")
        terminal.see("明细  第 1 / 32 条")
        terminal.press("esc")
        for key, words in VIEWS.items():
            terminal.see("已办结 0/32")
            terminal.press(key)
            terminal.see(words)
            terminal.press("esc")
            terminal.see_no_more(words)
        terminal.see("已办结 0/32")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert found(bytes(terminal.raw)) == []


def test_no_payload_reaches_the_terminal_from_a_command(hostile: World) -> None:
    for words in (("--list",), ("--board",), ("--plans",)):
        for form in ((), ("--json",)):
            done = subprocess.run(
                [COMMAND, "--db", str(hostile.path), *words, *form, "--today", "2021-11-23"],
                capture_output=True,
                check=False,
                env=child_environment(os.environ),
                timeout=60,
            )
            assert done.returncode == 0, done.stderr
            assert found(done.stdout + done.stderr) == []
            assert ("\\u001b" if form else "␛") in done.stdout.decode()


def test_a_needle_that_is_there_is_found() -> None:
    raw = "".join(PAYLOADS.values()).encode("utf-8", "surrogatepass")
    assert set(found(raw)) == set(NEEDLES)
