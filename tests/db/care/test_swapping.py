"""One file in the place of another: the old one is kept with its journals, and no moment loses both."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

import db.swap
from db.backup_names import REPLACED, folder_of
from db.care.swapping import swap_in
from db.errors import BackupError, DamagedError, FileLockedError, FileRefusedError, NotSavedError
from db.file import lies_at, open_file
from db.lock import take_lock
from db.seen import older_than_seen, remember_head
from db.swap import complete_swap
from tests.world import NOW, copied, later, tamper


@pytest.fixture
def old(small: Path, tmp_path: Path) -> Path:
    return copied(small, tmp_path / "台账.db")


@pytest.fixture
def ready(small: Path, tmp_path: Path) -> Path:
    path = copied(small, tmp_path / "ready.db")
    tamper(path, "UPDATE setting SET value = 'new' WHERE key = 'readings_digest'")
    return path


def left(folder: Path) -> set[str]:
    return set(os.listdir(folder))


def test_the_old_file_lies_with_its_journals_under_the_time_and_the_new_one_bears_the_name(
    old: Path, ready: Path
) -> None:
    before, after = old.read_bytes(), ready.read_bytes()
    for suffix in ("-journal", "-wal", "-shm"):
        old.with_name(old.name + suffix).write_bytes(suffix.encode())
    kept = swap_in(old, ready, NOW)
    assert kept == folder_of(old) / REPLACED / "20211122-093000"
    assert old.read_bytes() == after
    assert {name: (kept / name).read_bytes() for name in left(kept)} == {
        old.name: before,
        **{old.name + suffix: suffix.encode() for suffix in ("-journal", "-wal", "-shm")},
    }
    assert left(old.parent) == {old.name, f"{old.name}.lock", folder_of(old).name}
    for folder in (kept, kept.parent, kept.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    open_file(old, NOW, write=True).close()


def test_two_swaps_of_one_second_keep_both_and_a_missing_file_is_simply_put_there(
    old: Path, ready: Path, small: Path
) -> None:
    first = swap_in(old, ready, NOW)
    second = swap_in(old, copied(small, old.parent / "again.db"), NOW)
    assert second == first.with_name(f"{first.name}-2")
    assert left(first) == left(second) == {old.name}
    old.unlink()
    third = swap_in(old, copied(small, old.parent / "again.db"), NOW)
    assert old.is_file()
    assert left(third) == set()


def test_the_new_file_is_the_one_that_this_machine_has_seen(old: Path, ready: Path, tmp_path: Path) -> None:
    heads = tmp_path / "state" / "heads.json"
    file = open_file(old, NOW, write=True)
    remember_head(file, heads, NOW.isoformat())
    file.close()
    tamper(ready, "DROP TRIGGER history_is_not_deleted")
    tamper(ready, "DELETE FROM history WHERE seq > 9 AND seq = (SELECT max(seq) FROM history)")
    tamper(
        ready,
        "CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history\n"
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    )
    swap_in(old, ready, later(1), heads)
    file = open_file(old, NOW, write=True)
    assert older_than_seen(file, heads) is None
    file.close()


def test_a_file_that_another_window_has_open_is_left_alone(old: Path, ready: Path) -> None:
    before = old.read_bytes()
    lock = take_lock(old, "2021-11-22T09:00:00")
    assert lock is not None
    with pytest.raises(FileLockedError):
        swap_in(old, ready, NOW)
    lock.release()
    assert old.read_bytes() == before
    assert ready.is_file()


@pytest.mark.parametrize("content", [b"", b"text" * 2000])
def test_what_is_no_ledger_is_not_put_in_its_place(old: Path, ready: Path, content: bytes) -> None:
    before = old.read_bytes()
    ready.write_bytes(content)
    with pytest.raises((FileRefusedError, DamagedError)):
        swap_in(old, ready, NOW)
    assert old.read_bytes() == before
    assert left(old.parent) == {old.name, ready.name, f"{old.name}.lock"}


def test_a_link_where_the_backups_should_lie_is_not_followed(old: Path, ready: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder_of(old).symlink_to(tmp_path / "elsewhere")
    before = old.read_bytes()
    with pytest.raises(BackupError, match="链接"):
        swap_in(old, ready, NOW)
    assert (old.read_bytes(), left(tmp_path / "elsewhere")) == (before, set())


@pytest.mark.parametrize("failing", range(1, 6))
def test_an_error_at_any_rename_leaves_the_old_file_as_it_lay(
    old: Path, ready: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    journal = old.with_name(old.name + "-journal")
    journal.write_bytes(b"journal")
    before = {path.name: path.read_bytes() for path in (old, journal, ready)}
    rename, calls = os.rename, []

    def fail(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(db.swap.os, "rename", fail)
    if failing <= 4:
        with pytest.raises(NotSavedError, match="磁盘已满"):
            swap_in(old, ready, NOW)
        assert {path.name: path.read_bytes() for path in (old, journal, ready)} == before
    else:
        # There are four: the new one's name for the time being, the old one, its journal, the new one.
        swap_in(old, ready, NOW)
        assert len(calls) == 4


def interrupted(old: Path, ready: Path, monkeypatch: pytest.MonkeyPatch, renames: int) -> None:
    """An exchange that ends after so many renames, as a kill ends it."""
    rename, calls = os.rename, []

    def end(source: Path, target: Path) -> None:
        if len(calls) == renames:
            raise KeyboardInterrupt
        calls.append(source)
        rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(db.swap.os, "rename", end)
        with pytest.raises(KeyboardInterrupt):
            swap_in(old, ready, NOW)


@pytest.mark.parametrize(("renames", "is_new"), [(0, False), (1, False), (2, True), (3, True)])
def test_the_next_opening_finds_the_old_file_or_completes_the_new_one(
    old: Path, ready: Path, monkeypatch: pytest.MonkeyPatch, renames: int, is_new: bool
) -> None:
    before, after = old.read_bytes(), ready.read_bytes()
    journal = old.with_name(old.name + "-journal")
    journal.write_bytes(b"of the old one")
    interrupted(old, ready, monkeypatch, renames)
    if not is_new:
        journal.unlink()
    open_file(old, later(5), write=False).close()
    assert old.read_bytes() == (after if is_new else before)
    assert not journal.exists()
    kept = folder_of(old) / REPLACED / "20211122-093000"
    if is_new:
        assert ((kept / old.name).read_bytes(), (kept / journal.name).read_bytes()) == (before, b"of the old one")


def test_what_an_interrupted_exchange_left_is_never_put_in_the_place_of_a_file_that_was_taken_away(
    old: Path, ready: Path, monkeypatch: pytest.MonkeyPatch, small: Path
) -> None:
    interrupted(old, ready, monkeypatch, 1)
    old.rename(old.with_name("moved.db"))
    with pytest.raises(FileRefusedError, match="找不到"):
        open_file(old, NOW, write=True)
    # The next exchange drops it.
    swap_in(old, copied(small, old.parent / "again.db"), later(1))
    assert not [name for name in left(old.parent) if "换入" in name]


def test_the_completion_waits_for_the_window_that_is_at_it(
    old: Path, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(old, ready, monkeypatch, 2)
    lock = take_lock(old, "2021-11-22T09:00:00")
    assert lock is not None
    with pytest.raises(FileLockedError):
        complete_swap(old, NOW)
    lock.release()
    # A start asks first whether anything lies there: it must not take it for a first run.
    assert lies_at(old, NOW)
    assert old.is_file()


def test_an_error_while_completing_is_said_and_the_next_opening_tries_again(
    old: Path, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = ready.read_bytes()
    interrupted(old, ready, monkeypatch, 2)
    fail: Callable[..., None] = lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error"))  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr(db.swap.os, "rename", fail)
        with pytest.raises(NotSavedError, match="没有做完"):
            open_file(old, NOW, write=True)
    open_file(old, NOW, write=True).close()
    assert old.read_bytes() == after
