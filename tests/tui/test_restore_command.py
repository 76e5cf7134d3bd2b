"""--backup and --restore as they are typed: what is printed, what is asked, the exit codes."""

import io
import os
import pty
import select
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from db.errors import MendableError, UsageError
from db.file import open_file
from tests.tui.caring import backup_names, care_of, halve
from tests.tui.test_command_line import ROOT, db, taizhang
from tests.world import LEDGER, NOW, World, dump, planted
from tui.arguments import read_arguments
from tui.caring import restore_backup

__all__ = ["db", "planted"]


@pytest.fixture
def kept(db: Path) -> Path:
    """A ledger file with a backup and an entry settled after it."""
    from db.care.backups import back_up
    from db.store.entries import start

    file = open_file(db, NOW, write=True)
    try:
        back_up(file, NOW, "自动")
        start(file, LEDGER, World(db, file, LEDGER).ours(1), at=NOW)
    finally:
        file.close()
    return db


def started(path: Path) -> int:
    return sum(row["status"] == "in_progress" for row in dump(path, "entry")["entry"])


def test_a_whole_backup_is_one_line_with_path_size_and_stamp(kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "整份.db"
    done = taizhang("--db", kept, "--backup", target)
    assert (done.code, done.err) == (0, "")
    (line,) = done.out.splitlines()
    assert line.startswith(f"已备份：{target}（")
    assert "KB，流水校验码 0000" in line
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert started(target) == 1


def test_what_stands_at_the_target_is_kept_and_named(kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "整份.db"
    target.write_text("别人的文件", encoding="utf-8")
    done = taizhang("--db", kept, "--backup", target)
    assert done.code == 0
    kept_as = Path(done.out.splitlines()[1].removeprefix("原有文件保留为："))
    assert kept_as.read_text(encoding="utf-8") == "别人的文件"


@pytest.mark.parametrize("target", ["", "-journal", ".lock"])
def test_the_ledgers_own_names_are_no_target(target: str, kept: Path) -> None:
    before = kept.read_bytes()
    taizhang("--db", kept, "--backup", f"{kept}{target}").failed(3)
    assert kept.read_bytes() == before


def test_a_ledger_that_is_not_there_is_not_made_to_be_backed_up(tmp_path: Path) -> None:
    taizhang("--db", tmp_path / "x.db", "--backup", tmp_path / "y.db").failed(3, "找不到台账文件")
    assert list(tmp_path.iterdir()) == []


def test_restore_alone_lists_what_was_found_and_changes_nothing(kept: Path) -> None:
    before = kept.read_bytes()
    done = taizhang("--db", kept, "--restore")
    assert (done.code, done.err) == (0, "")
    (name,) = backup_names(kept)
    assert "2021-11-22 09:30 自动备份（台账旁边）" in done.out
    assert name in done.out
    assert "装有：台账 1 本" in done.out
    assert "1 步会不在" in done.out
    assert kept.read_bytes() == before


def test_without_backups_it_says_where_it_looked(db: Path) -> None:
    done = taizhang("--db", db, "--restore")
    assert done.code == 0
    assert "没有找到" in done.out


def test_without_a_terminal_a_restore_needs_yes_and_tells_what_would_change(kept: Path) -> None:
    (name,) = backup_names(kept)
    done = taizhang("--db", kept, "--restore", name)
    assert done.code == 3
    assert "1 步会不在" in done.out
    assert "--yes" in done.err
    assert started(kept) == 1
    done = taizhang("--db", kept, "--restore", name, "--yes")
    assert (done.code, done.err) == (0, "")
    assert "已恢复。换下的文件留在 " in done.out
    assert started(kept) == 0
    assert taizhang("--db", kept, "--check").code in (0, 3)


def test_in_a_terminal_the_word_is_typed_out(kept: Path) -> None:
    (name,) = backup_names(kept)
    assert at_terminal(["--db", str(kept), "--restore", name], "恢复\n") == 0
    assert started(kept) == 0


class AtTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("typed", ["好\n", "\n", "", "恢\n", "恢复 吗\n", "yes\n"])
def test_no_other_word_restores(typed: str, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (name,) = backup_names(kept)
    monkeypatch.setattr("sys.stdin", AtTerminal(typed))
    monkeypatch.setattr("sys.stdout", AtTerminal())
    before = kept.read_bytes()
    with pytest.raises(MendableError, match="没有恢复，什么也没有改动"):
        restore_backup(care_of(kept), name, yes=False)
    assert kept.read_bytes() == before


def at_terminal(words: list[str], typed: str) -> int:
    """Runs the command at a terminal of its own and types when it asks; its exit code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tui", *words]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment)
    os.close(theirs)
    said = b""
    try:
        while select.select([ours], [], [], 30)[0]:
            try:
                said += os.read(ours, 4096)
            except OSError:
                break
            if typed and "再按回车：".encode() in said:
                os.write(ours, typed.encode())
                typed = ""
        return process.wait(30)
    finally:
        os.close(ours)


@pytest.mark.parametrize("damage", [halve, Path.unlink, lambda path: path.write_bytes(b"")])
def test_it_works_where_the_ledger_cannot_be_opened(damage: object, kept: Path) -> None:
    assert callable(damage)
    damage(kept)
    (name,) = backup_names(kept)
    assert name in taizhang("--db", kept, "--restore").out
    done = taizhang("--db", kept, "--restore", name, "--yes")
    assert (done.code, done.err) == (0, "")
    assert started(kept) == 0


def test_a_whole_copy_from_elsewhere_is_restored_by_its_path(kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "带走.db"
    assert taizhang("--db", kept, "--backup", target).code == 0
    kept.unlink()
    assert taizhang("--db", kept, "--restore", target, "--yes").code == 0
    assert started(kept) == 1


@pytest.mark.parametrize("content", [b"", b"no backup", None])
def test_what_is_no_backup_is_refused_and_nothing_changed(content: bytes | None, kept: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "x.db"
    if content is not None:
        wrong.write_bytes(content)
    before = kept.read_bytes()
    taizhang("--db", kept, "--restore", wrong, "--yes").failed(3)
    assert kept.read_bytes() == before


def test_while_another_window_has_it_open_nothing_is_replaced(kept: Path) -> None:
    (name,) = backup_names(kept)
    file = open_file(kept, NOW, write=True)
    try:
        done = taizhang("--db", kept, "--restore", name, "--yes")
        assert done.code == 3
        assert "另一个窗口" in done.err
    finally:
        file.close()
    assert started(kept) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("--yes",),
        ("--restore", "--yes"),
        ("--restore", "x.db", "--list"),
        ("--backup", "x.db", "--restore"),
        ("--backup", "x.db", "--new"),
        ("--backup",),
        ("--restore", "x.db", "--plan", "jiangmen-2021", "--unit", "执法监督科"),
        ("--restore", "--json"),
    ],
)
def test_they_stand_alone(words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        read_arguments(list(words))


def test_the_year_is_closed_with_a_backup_that_is_kept(kept: Path, tmp_path: Path) -> None:
    done = taizhang("--db", kept, "--export", tmp_path / "报送包.zip", "--today", "2021-11-22")
    assert (done.code, done.err) == (0, "")
    assert [name for name in backup_names(kept) if name.endswith("-年终.db")]
