"""A journal beside the ledger file: its own is rolled back, another file's is refused and touches nothing."""

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import db.connecting
from db.errors import FileRefusedError
from db.file import open_file
from db.journals import MAGIC, refuse_another_s_journal
from db.store.ledgers import hand_over
from db.store.notes import add_note
from tests.world import NOW, World, copied


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def left_hot(path: Path, change: str) -> None:
    """Leaves the journal of a change that was never finished, some of whose pages stand in the file."""
    child = os.fork()
    if child == 0:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(change)
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert journal_of(path).read_bytes().startswith(MAGIC)


GROWING = "CREATE TABLE more AS SELECT a.* FROM task a, task b LIMIT 3000"


@pytest.fixture
def two(world: World, tmp_path: Path) -> tuple[Path, Path]:
    """The ledger file, and an older copy of it with a hot journal."""
    other = copied(world.path, tmp_path / "other.db")
    for number in range(3):
        add_note(world.file, world.ledger, world.ours(1)[0], text=f"第{number}条", at=NOW)
    world.file.close()
    left_hot(other, GROWING)
    return world.path, other


def test_its_own_hot_journal_is_rolled_back(world: World) -> None:
    world.file.close()
    before = world.dump()
    left_hot(world.path, GROWING)
    world.file = open_file(world.path, NOW, write=True)
    assert world.dump() == before
    assert not journal_of(world.path).exists()


def test_another_file_s_journal_is_refused_and_nothing_is_touched(two: tuple[Path, Path]) -> None:
    path, other = two
    shutil.copy(journal_of(other), journal_of(path))
    before = path.read_bytes(), journal_of(path).read_bytes()
    with pytest.raises(FileRefusedError, match="另一个文件没写完的日志") as caught:
        open_file(path, NOW, write=True)
    assert "移到别的文件夹" in caught.value.hint
    assert (path.read_bytes(), journal_of(path).read_bytes()) == before
    journal_of(path).rename(path.with_name("aside"))
    open_file(path, NOW, write=True).close()
    open_file(other, NOW, write=True).close()  # the journal that stayed with its own file


def test_without_the_refusal_the_other_s_pages_would_stand_in_the_ledger(two: tuple[Path, Path]) -> None:
    path, other = two
    before = path.read_bytes()
    shutil.copy(journal_of(other), journal_of(path))
    db.connecting.open_reader(path).close()
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    "damage",
    [
        lambda journal: b"",
        lambda journal: journal[:20],
        lambda journal: b"\x00" * 28 + journal[28:],
        lambda journal: journal[:600],
        lambda journal: journal[:24] + b"\xff\xff\xff\xff" + journal[28:],
        lambda journal: b"no journal at all" * 100,
    ],
    ids=["empty", "cut in its head", "never synced", "without a record", "an impossible page size", "a text"],
)
def test_what_would_put_nothing_back_is_let_be(damage: Callable[[bytes], bytes], two: tuple[Path, Path]) -> None:
    path, other = two
    journal_of(path).write_bytes(damage(journal_of(other).read_bytes()))
    refuse_another_s_journal(path)


def test_a_window_that_writes_meanwhile_is_not_taken_for_a_stranger(world: World) -> None:
    for officer in ("乙", "丙", "丁"):
        hand_over(world.file, world.ledger, officer=officer, at=NOW)
        open_file(world.path, NOW, write=False).close()
    with sqlite3.connect(world.path, isolation_level=None) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE task SET remark = requirement, remark_source = 'cell'")
        assert journal_of(world.path).exists()
        refuse_another_s_journal(world.path)
        connection.execute("ROLLBACK")
