"""What a killed export left in a folder is taken away by the next one there; nothing else is."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from db.export import unfinished
from db.export.form import export
from db.export.unfinished import remove_unfinished
from db.export.writing import write_safely
from tests.db.export.conftest import AT, SHEET
from tests.db.export.packed import PACKED, contents

# The children do nothing but one export.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
LEFT = ".taizhang-0123456789ab.zip"
NEW = b"new" * 1000


def hidden(folder: Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if name.startswith("."))


class Writer:
    """A process that has written half of its file to `target` and waits."""

    def __init__(self, target: Path) -> None:
        told, tell = os.pipe()
        hear, self._say = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            with suppress(BaseException):
                os.close(self._say)

                def write(beside: Path) -> None:
                    beside.write_bytes(NEW[:100])
                    os.write(tell, b".")
                    os.read(hear, 1)
                    beside.write_bytes(NEW)

                write_safely(target, write, lambda path: None, AT)
                os._exit(0)
            os._exit(1)
        os.close(tell)
        os.close(hear)
        assert os.read(told, 1) == b"."
        os.close(told)

    def killed(self) -> None:
        os.kill(self._child, signal.SIGKILL)
        assert os.waitpid(self._child, 0)[1] == signal.SIGKILL
        os.close(self._say)

    def finished(self) -> None:
        os.write(self._say, b".")
        assert os.waitpid(self._child, 0)[1] == 0
        os.close(self._say)


def test_what_a_killed_export_left_is_gone_after_the_next_one_in_that_folder(tmp_path: Path) -> None:
    writers = [Writer(tmp_path / "一.zip"), Writer(tmp_path / "二.xlsx")]
    for writer in writers:
        writer.killed()
    left = hidden(tmp_path)
    assert sorted(Path(name).suffix for name in left) == [".xlsx", ".zip"]
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    export(SHEET, elsewhere / "台账.md", AT)
    assert hidden(tmp_path) == left
    export(PACKED, tmp_path / "报送包.zip", AT, contents=contents())
    assert hidden(tmp_path) == []
    assert sorted(os.listdir(tmp_path)) == ["别处", "报送包.zip"]


def test_what_a_living_writer_writes_stays_and_becomes_whole(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "一.zip")
    being_written = hidden(tmp_path)
    assert len(being_written) == 1
    export(SHEET, tmp_path / "台账.md", AT)
    assert hidden(tmp_path) == being_written
    writer.finished()
    assert hidden(tmp_path) == []
    assert (tmp_path / "一.zip").read_bytes() == NEW


def test_a_second_export_of_the_same_process_takes_nothing_from_the_first(tmp_path: Path) -> None:
    def write(beside: Path) -> None:
        beside.write_bytes(NEW)
        export(SHEET, tmp_path / "台账.md", AT)
        assert hidden(tmp_path) == [beside.name]

    write_safely(tmp_path / "一.zip", write, lambda path: None, AT)
    assert sorted(os.listdir(tmp_path)) == sorted(["一.zip", "台账.md"])


@pytest.mark.parametrize("name", [LEFT, ".taizhang-0123456789ab", ".taizhang-ffffffffffff.XLSX"])
def test_a_file_of_our_naming_goes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(NEW)
    remove_unfinished(tmp_path, AT, None)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    [
        "taizhang-0123456789ab.zip",
        ".taizhang-0123456789a.zip",
        ".taizhang-0123456789abc.zip",
        ".taizhang-0123456789aB.zip",
        ".taizhang-0123456789ag.zip",
        ".taizhang-0123456789ab.zip.bak",
        ".taizhang-0123456789ab.zip~.x",
        ".taizhang-.zip",
        "x.taizhang-0123456789ab.zip",
        ".Taizhang-0123456789ab.zip",
    ],
)
def test_a_file_of_another_name_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(NEW)
    remove_unfinished(tmp_path, AT, None)
    assert (tmp_path / name).read_bytes() == NEW


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_link(path: Path) -> None:
    path.with_name("文件").write_bytes(NEW)
    path.symlink_to("文件")


def make_second_name(path: Path) -> None:
    path.with_name("文件").write_bytes(NEW)
    os.link(path.with_name("文件"), path)


@pytest.mark.parametrize("make", [make_folder, make_pipe, make_link, make_second_name])
def test_what_is_no_file_of_its_own_stays_under_our_naming_too(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / LEFT)
    before = sorted(os.listdir(tmp_path))
    remove_unfinished(tmp_path, AT, None)
    assert sorted(os.listdir(tmp_path)) == before


def test_a_file_of_another_user_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / LEFT).write_bytes(NEW)
    another = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: another)
    remove_unfinished(tmp_path, AT, None)
    assert hidden(tmp_path) == [LEFT]


def test_the_ledger_itself_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / LEFT
    path.write_bytes(NEW)
    found = path.stat()
    opened: list[object] = []
    monkeypatch.setattr(os, "open", lambda *arguments: opened.append(arguments))
    remove_unfinished(tmp_path, AT, lambda other: other.st_ino == found.st_ino)
    assert opened == []
    assert path.exists()


def test_a_new_file_that_another_export_took_for_an_old_one_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = unfinished._is_free
    taken: list[str] = []

    def swept_before(descriptor: int) -> bool:
        for name in hidden(tmp_path)[: not taken]:
            (tmp_path / name).unlink()
            taken.append(name)
        return whole(descriptor)

    monkeypatch.setattr(unfinished, "_is_free", swept_before)
    target = tmp_path / "台账.zip"

    def write(beside: Path) -> None:
        assert beside.exists()
        beside.write_bytes(NEW)

    write_safely(target, write, lambda path: None, AT)
    assert len(taken) == 1
    assert os.listdir(tmp_path) == ["台账.zip"]
    assert target.read_bytes() == NEW


def test_where_there_are_no_locks_the_export_is_written_and_nothing_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(descriptor: int, flags: int) -> None:
        raise OSError("no locks")

    monkeypatch.setattr("fcntl.flock", unsupported)
    (tmp_path / LEFT).write_bytes(NEW)
    export(SHEET, tmp_path / "台账.md", AT)
    assert sorted(os.listdir(tmp_path)) == sorted([LEFT, "台账.md"])


@pytest.mark.parametrize(
    ("age", "is_left"),
    [
        (timedelta(days=1, seconds=1), False),
        (timedelta(days=1), True),
        (timedelta(0), True),
        (timedelta(days=-1), True),
    ],
)
def test_on_windows_only_what_is_older_than_a_day_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: timedelta, is_left: bool
) -> None:
    monkeypatch.setattr(unfinished, "_HAS_LOCKS", False)
    (tmp_path / LEFT).write_bytes(NEW)
    then = (AT - age).timestamp()
    os.utime(tmp_path / LEFT, (then, then))
    export(SHEET, tmp_path / "台账.md", AT)
    assert hidden(tmp_path) == ([LEFT] if is_left else [])
    assert (tmp_path / "台账.md").exists()


def test_a_folder_that_cannot_be_listed_is_written_to_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refuse)
    export(SHEET, tmp_path / "台账.md", AT)
    assert (tmp_path / "台账.md").exists()
