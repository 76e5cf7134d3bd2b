"""Two threads of one process that save one behind the other: neither takes the other for another program."""

import threading

import pytest

from db.file import LedgerFile
from db.store.notes import add_note
from tests.world import NOW, World, rows


def test_who_saves_right_behind_another_thread_is_not_told_of_another_program(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed, asked = threading.Event(), threading.Event()
    taken, state = LedgerFile.take_as_known, LedgerFile._state

    def slow(file: LedgerFile) -> None:
        committed.set()
        # The other has the write lock by now; it must not compare before this is taken as known.
        asked.wait(0.2)
        taken(file)

    def told(file: LedgerFile) -> int:
        if threading.current_thread() is second:
            asked.set()
        return state(file)

    def save_second() -> None:
        committed.wait(5)
        add_note(world.file, world.ledger, world_entries[1], text="第二条", at=NOW)

    world_entries = world.ours(2)
    second = threading.Thread(target=save_second)
    monkeypatch.setattr(LedgerFile, "take_as_known", slow)
    monkeypatch.setattr(LedgerFile, "_state", told)
    second.start()
    add_note(world.file, world.ledger, world_entries[0], text="第一条", at=NOW)
    second.join()
    assert [row["text"] for row in rows(world.path, "note")] == ["第一条", "第二条"]
