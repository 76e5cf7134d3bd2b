"""What is stored otherwise than it was typed is said in the status line, once, and by every way of saving."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.errors import InvalidInputError, NotSavedError
from tests.tui.desks import first_entry, settled
from tests.tui.office import office
from tests.tui.timed import type_at
from tui.__main__ import main
from tui.desk import Desk

INDENT = "\u3000\u3000"


async def test_a_note_that_is_stored_otherwise_is_said_to_be_and_its_indent_is_kept(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("f3")
        at.app.screen.query_one("NoteArea").load_text(f"\n{INDENT}首行\n{INDENT}次行\n\n")  # type: ignore[attr-defined]
        await settled(at.pilot)
        await at.press("f2")
        assert [note.text for note in at.current.notes] == [f"{INDENT}首行\n{INDENT}次行"]
        assert at.said.startswith("已记事：第")
        assert at.said.endswith("文字已整理：记事去掉了首尾的空白")
        await at.press("f3")
        await type_at(at, "另一条")
        await at.press("f2")
        assert "已记事" in at.said
        assert "整理" not in at.said


async def test_a_changed_note_that_is_stored_otherwise_is_said_to_be(desk: Desk) -> None:
    desk.add_note(desk.entries()[28].id, "初稿")
    async with office(desk) as at:
        await at.press("end")
        while at.current.number != "29":
            await at.press("up")
        await at.press("ctrl+e", "enter", "enter", "f2")
        assert "记事已修改" in at.said
        assert "文字已整理：记事去掉了首尾的空白" in at.said


DIRTY = "甲\x1b[2J\x00乙\ufffe\u202e"
DROPPED = "去掉了 2 个控制字符、去掉了 1 个无效字符、去掉了 1 个不可见字符"
SAVES: list[tuple[str, Callable[[Desk, int], Any], str]] = [
    ("一条记事", lambda desk, entry: desk.add_note(entry, DIRTY), "记事"),
    ("理由", lambda desk, entry: desk.not_applicable([entry], DIRTY), "理由"),
    ("做法", lambda desk, entry: desk.settle([entry], date(2026, 11, 1), DIRTY), "工作做法及成效"),
    ("经办人", lambda desk, entry: desk.hand_over(DIRTY), "经办人"),
]


@pytest.mark.parametrize(("what", "save", "named"), SAVES, ids=[one[0] for one in SAVES])
def test_the_desk_tells_once_what_was_dropped_and_where(
    what: str, save: Callable[[Desk, int], Any], named: str, desk: Desk
) -> None:
    entry = first_entry(desk).id
    save(desk, entry)
    assert desk.tidied() == f"文字已整理：{named}{DROPPED}"
    assert desk.tidied() == ""


def test_two_fields_are_told_apart(desk: Desk) -> None:
    first_entry(desk)
    desk.add_own("补报\x00材料", None, "电话\x1b\x07通知")
    assert desk.tidied() == "文字已整理：事项内容去掉了 1 个控制字符；理由去掉了 2 个控制字符"


def test_what_was_not_stored_is_not_told_with_the_next_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = first_entry(desk).id
    with pytest.raises(InvalidInputError):
        desk.settle([entry], date(2999, 1, 1), DIRTY)
    with monkeypatch.context() as patch:
        patch.setattr("db.store.notes.change", _full)
        with pytest.raises(NotSavedError):
            desk.add_note(entry, DIRTY)
    desk.add_note(entry, "干净的")
    assert desk.tidied() == ""


def _full(*_: object) -> Any:
    raise NotSavedError("磁盘已满。", "")


def test_the_command_line_tells_what_it_stored_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["taizhang", "--db", str(tmp_path / "台账.db"), "--new", "--plan", "jiangmen-2021", "--unit", "执法监督科"]
    monkeypatch.setattr("sys.argv", [*words, "--officer", "某\x1b[31m甲\u200b", "--list"])
    assert main() == 0
    told = capsys.readouterr()
    assert told.err == "taizhang：文字已整理：经办人去掉了 1 个控制字符、去掉了 1 个不可见字符\n"
    assert "\x1b" not in told.out + told.err
    monkeypatch.setattr("sys.argv", [*words, "--officer", "某[31m甲", "--list"])
    assert main() == 0
    assert capsys.readouterr().err == ""
