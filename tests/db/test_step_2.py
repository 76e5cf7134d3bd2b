"""A file of schema step 1, with work and history, brought to step 2: nothing is lost and old steps can be undone."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from db.errors import FileLockedError
from db.lock import Lock, take_lock
from db.reads.history import history, undoable
from db.steps import FINGERPRINTS, expected_structure, fingerprint, newest
from db.store.counts import add_count
from db.store.entries import settle
from db.store.notes import add_note, remove_note
from db.store.own import add_own, remove_own
from db.store.undo import redo, undo
from tests.db.older import at_step
from tests.db.test_file import copies_of, opened, pragma, print_of
from tests.world import NOW, TODAY, WORK, World, dump, rows, tamper


def at_step_1(path: Path, target: Path) -> Path:
    """The file as the program of step 1 would have left it: its tables, and images without the later column."""

    def without_later_column(columns: str) -> str:
        values = columns.replace('"before"', "json_remove(before, '$.shift_confirmed')")
        return values.replace('"after"', "json_remove(after, '$.shift_confirmed')")

    return at_step(1, path, target, without_later_column)


@pytest.fixture
def older(world: World, tmp_path: Path) -> World:
    """A file of step 1 with notes (one taken out), an own task taken out with its note, and an undo."""
    one, two = world.ours(2)
    add_note(world.file, world.ledger, one, text="留下的", at=NOW)
    remove_note(world.file, world.ledger, add_note(world.file, world.ledger, two, text="写错的", at=NOW), at=NOW)
    settle(world.file, world.ledger, [one, two], done_on=TODAY, today=TODAY, what_was_done="已报", at=NOW)
    undo(world.file, world.ledger, NOW)
    own = add_own(world.file, world.ledger, requirement="补报", due=None, reason="电话", at=NOW)
    add_note(world.file, world.ledger, own, text="已打电话", at=NOW)
    remove_own(world.file, world.ledger, own, at=NOW)
    world.file.close()
    folder = tmp_path / "older"
    folder.mkdir()
    world.path = at_step_1(world.path, folder / "台账.db")
    return world


def test_a_file_of_step_1_is_brought_to_step_2_with_all_that_stands_in_it(older: World) -> None:
    with closing(sqlite3.connect(older.path)) as connection:
        assert pragma(connection, "user_version") == 1
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    before = dump(older.path, *names)
    older.file = opened(older.path)
    (copy,) = copies_of(older.path)
    number = before["history"][-1]["seq"]
    assert copy.name == f"台账-20211122-093000-{number:06d}-0000000000000000-升级前.db"
    assert rows(copy, "pragma_user_version") == [{"user_version": 1}]
    assert dump(copy, *names) == before
    after = dump(older.path, *names)
    assert after["entry"] == [row | {"shift_confirmed": 0} for row in before["entry"]]
    later = ("entry_id", "hash")
    known = [{name: value for name, value in row.items() if name not in later} for row in after["history"]]
    assert known == before["history"]
    for name in (*("ledger", "note", "task", "deadline", "draft", "place", "setting", "day_off", "sqlite_sequence"),):
        assert after[name] == before[name], name
    assert rows(older.path, "pragma_user_version") == [{"user_version": newest()}]
    assert rows(older.path, "pragma_foreign_key_check") == []


def test_every_line_of_the_older_history_comes_to_name_its_entry(older: World) -> None:
    older.file = opened(older.path)
    lines = older.history()
    assert {line["subject"].split(":")[0] for line in lines} >= {"notice", "ledger", "entry", "note"}
    for line in lines:
        table, number = line["subject"].split(":")
        image = line["after"] or line["before"]
        expected = {"entry": int(number), "note": image.get("entry_id")}.get(table)
        assert line["entry_id"] == expected, line["seq"]
    (one,) = older.ours(1)
    assert [row.verb for row in history(older.file, older.ledger, one)] == ["undo", "settle", "note", "note"]


@pytest.mark.parametrize("verb", ["UPDATE history SET officer = '乙'", "DELETE FROM history"])
def test_the_history_is_append_only_after_the_step_as_well(verb: str, older: World) -> None:
    older.file = opened(older.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        tamper(older.path, verb)


def test_what_was_done_before_the_step_is_undone_and_redone_after_it(older: World) -> None:
    older.file = opened(older.path)
    before = dump(older.path, *WORK)
    done = undoable(older.file, older.ledger)
    assert done is not None
    assert done.name == "删除自增事项（第 自1 项）"
    turns = 0
    while undo(older.file, older.ledger, NOW) is not None:
        turns += 1
        if turns == 1:
            assert older.entries()["自1"].notes[0].text == "已打电话"
    assert turns == 6
    assert all(row["status"] == "not_started" for row in rows(older.path, "entry"))
    assert rows(older.path, "note") == []
    while redo(older.file, older.ledger, NOW) is not None:
        turns -= 1
    assert turns == 0
    assert dump(older.path, *WORK) == before


def test_work_of_the_new_kinds_is_done_on_a_file_of_step_1(older: World) -> None:
    older.file = opened(older.path)
    (entry,) = older.ours(1)
    number = add_count(older.file, older.ledger, entry, day=TODAY, number=2, item=None, what=None, today=TODAY, at=NOW)
    assert rows(older.path, "count", "id = ?", number)[0]["number"] == 2
    assert next(row.verb for row in history(older.file, older.ledger, entry)) == "count"


@pytest.mark.parametrize("write", [True, False])
def test_a_step_1_file_that_another_process_writes_stays_as_it_is(write: bool, older: World) -> None:
    held = take_lock(older.path, "2021-11-22T09:00:00")
    assert held is not None
    before = print_of(older.path)
    with pytest.raises(FileLockedError, match=r"升级.*另一个窗口"):
        opened(older.path, write=write)
    assert print_of(older.path) == before
    assert copies_of(older.path) == []
    held.release()


def test_a_command_that_only_reads_brings_the_file_to_step_2_and_gives_the_lock_back(older: World) -> None:
    older.file = opened(older.path, write=False)
    assert older.file.read_only
    assert rows(older.path, "pragma_user_version") == [{"user_version": newest()}]
    assert len(copies_of(older.path)) == 1
    again = take_lock(older.path, "2021-11-22T09:31:00")
    assert again is not None
    again.release()


def test_a_file_that_another_process_brings_up_meanwhile_is_not_brought_up_again(
    older: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(path: Path, at: datetime) -> tuple[Lock | None, str]:
        monkeypatch.undo()
        opened(path).close()
        lock = take_lock(path, at.isoformat())
        assert lock is not None
        return lock, ""

    monkeypatch.setattr("db.file._lock", late)
    older.file = opened(older.path, write=False)
    assert rows(older.path, "pragma_user_version") == [{"user_version": newest()}]
    assert len(copies_of(older.path)) == 1
    assert older.entries()


def test_the_fingerprint_of_every_step_is_that_of_what_it_makes() -> None:
    made = [fingerprint(expected_structure(version)) for version in range(1, newest() + 1)]
    assert list(FINGERPRINTS) == made
    assert len(set(made)) == len(made)
