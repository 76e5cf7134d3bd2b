"""How long opening, 体检, backup, undo and a note take on a file with 100,000 rows of history and 5,000 own tasks.

    .venv/bin/python -m tests.bench.care

Each in seconds and as a ratio to a floor of the same run: SQLite's own integrity check of the whole file.
"""

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

from db.care.backups import back_up
from db.chain import COLUMNS, head_of, link
from db.file import LedgerFile, make_file, open_file
from db.reads.check import check
from db.reads.entries import entries
from db.reads.history import undoable
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from db.store.undo import undo
from seeds.plant import plant
from tests.bench import big
from tests.world import NOW, OFFICER, PLAN, TODAY, UNIT, later

ROWS: Final = 100_000
OWN_TASKS: Final = 5_000
ROUNDS: Final = 3


def main() -> int:
    """Run the bench; returns the exit code."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "台账.db"
        ledger = made(path)
        size = path.stat().st_size / 1_000_000
        print(f"{ROWS} rows of history, {OWN_TASKS} entries, {size:.0f} MB")
        floor = timed(lambda: integrity(path))
        print(f"floor: PRAGMA integrity_check of it {floor:.3f} s")
        told("open and list", timed(lambda: listed(path, ledger)), floor, "1.5 s")
        file = open_file(path, NOW, write=True)
        try:
            told("体检 (tables, chain, seals, replay)", timed(lambda: clean(file)), floor, "5 s")
            told("backup", timed(lambda: back_up(file, NOW, "导入前")), floor, "1 s")
            told("a note", timed(lambda: add_note(file, ledger, 1, text="联系", at=later(1))), floor, "")
            told("what undo would take back", timed(lambda: undoable(file, ledger)), floor, "")
            told("undo", timed(lambda: undo(file, ledger, later(2))), floor, "")
        finally:
            file.close()
    return 0


def told(what: str, seconds: float, floor: float, goal: str) -> None:
    """One line of the bench."""
    print(f"{what}: {seconds:.3f} s, {seconds / floor:.2f} of the floor" + (f" (goal {goal})" if goal else ""))


def timed(call: Callable[[], object]) -> float:
    """The median of some rounds, in seconds."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return median(found)


def made(path: Path) -> int:
    """The file; returns the ledger's id."""
    make_file(path)
    file = open_file(path, NOW, write=True)
    try:
        plant(file, NOW)
        ledger = begin_ledger(file, plan=PLAN, year=2021, unit=UNIT, kind=None, officer=OFFICER, at=NOW)
    finally:
        file.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        _own_tasks(connection, ledger)
        _history(connection, ledger)
    return ledger


def _own_tasks(connection: sqlite3.Connection, ledger: int) -> None:
    (begun,) = connection.execute("SELECT count(*) FROM entry").fetchone()
    for number in range(1, OWN_TASKS - begun + 1):
        connection.execute(
            "INSERT INTO entry (ledger_id, own_number, own_requirement, own_reason, status)"
            f" VALUES ({ledger}, ?, ?, '年中交办', 'not_started')",
            (number, f"{big.FIRST_ROW}：第{number}号"),
        )


def _history(connection: sqlite3.Connection, ledger: int) -> None:
    """An image of every own task, then notes that were written and taken out again, each linked to the one before."""
    head = head_of(connection)
    (group,) = connection.execute("SELECT max(group_id) FROM history").fetchone()
    previous, rows = head.hash, []
    for number, (name, before, after, entry) in enumerate(islice(_events(connection), ROWS - head.seq), 1):
        at = f"2021-{number * 12 // ROWS % 12 + 1:02d}-01T09:00:00+08:00"
        said = (ledger, at, OFFICER, "note", "note", name, before, after, None, entry)
        values = (head.seq + number, group + number, *said)
        previous = link(previous, values)
        rows.append((*values, previous))
    names, marks = ", ".join((*COLUMNS, "hash")), ", ".join("?" * (len(COLUMNS) + 1))
    connection.executemany(f"INSERT INTO history ({names}) VALUES ({marks})", rows)
    last = max(int(row[7].partition(":")[2]) for row in rows if row[7].startswith("note:"))
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('note', ?)", (last,))


def _events(connection: sqlite3.Connection) -> Iterator[tuple[str, str | None, str | None, int]]:
    """Subject, before, after and entry of one row of the history after another."""
    connection.row_factory = sqlite3.Row
    own = connection.execute("SELECT * FROM entry WHERE own_number IS NOT NULL").fetchall()
    connection.row_factory = None
    for row in own:
        yield f"entry:{row['id']}", None, _image(dict(row)), row["id"]
    for number in range(1, ROWS + 1):
        entry = own[number % len(own)]["id"]
        words = f"与办公室电话联系，对方答复第{number}件材料下周送审，月底前公布。" * 3
        note = {"id": number, "entry_id": entry, "at": "2021-06-01T09:00:00+08:00", "officer": OFFICER, "text": words}
        yield f"note:{number}", None, _image(note), entry
        yield f"note:{number}", _image(note), None, entry


def _image(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def integrity(path: Path) -> None:
    """The floor."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def listed(path: Path, ledger: int) -> None:
    """Open the file as a start does and read the list."""
    file = open_file(path, NOW, write=True)
    try:
        assert len(entries(file, ledger, TODAY)) == OWN_TASKS
    finally:
        file.close()


def clean(file: LedgerFile) -> None:
    """The whole check, which must find nothing."""
    found = check(file)
    assert not found.problems, found.problems[:3]


if __name__ == "__main__":
    sys.exit(main())
