"""A real ledger file in a temporary folder, planted with the shipped readings, and a clock that stands.

The planting is done once a session and copied by SQLite's backup API for each test: no test sees another's work.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pytest

from db.file import LedgerFile, make_file, open_file
from db.reads.entries import entries
from db.rules.rows import EntryRow
from db.store.ledgers import begin_ledger
from seeds.plant import plant

BEIJING: Final = timezone(timedelta(hours=8))
NOW: Final = datetime(2021, 11, 22, 9, 30, tzinfo=BEIJING)
TODAY: Final = NOW.date()
YESTERDAY: Final = date(2021, 11, 21)
PLAN: Final = "jiangmen-2021"
UNIT: Final = "执法监督科"
OFFICER: Final = "甲"
LEDGER: Final = 1
"""The id of the ledger that every world begins with: UNIT's 2021 over PLAN, kept by OFFICER."""

Row = dict[str, Any]
TABLES: Final = (
    *("setting", "day_off", "notice", "unit", "task", "responsibility", "deadline", "quota", "clock_rule", "report"),
    *("rule", "ledger", "entry", "note", "history", "draft", "place", "day_off_source", "statute_rule"),
    *("publication", "item", "count", "occurrence", "clock", "report_state"),
    *("content", "piece", "evidence"),
    "intake_draft",
    "identity",
    "seal",
)
WORK: Final = (
    *("ledger", "entry", "note", "publication", "item", "count", "occurrence", "clock", "report_state"),
    "evidence",
)
"""The tables whose every change stands in the history."""


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def copied(source: Path, target: Path) -> Path:
    """A whole, consistent copy of a ledger file."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    target.chmod(0o600)
    return target


def rows(path: Path, table: str, where: str = "1", *values: object) -> list[Row]:
    """What stands in a table, by a connection of our own that knows nothing of the program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return _rows(connection, table, where, *values)


def _rows(connection: sqlite3.Connection, table: str, where: str = "1", *values: object) -> list[Row]:
    found = connection.execute(f'SELECT * FROM "{table}" WHERE {where}', values)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def dump(path: Path, *tables: str) -> dict[str, list[Row]]:
    """Everything that stands in the tables, by one connection of our own: each would read the whole schema anew."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return {table: _rows(connection, table) for table in tables or TABLES}


_STANDING: "list[World]" = []
"""The worlds that are open now."""


def tamper(path: Path, sql: str, *values: object) -> None:
    """Change the file behind the program's back, long enough ago that the program has said so (db.store.change)."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql, values)
    for world in _STANDING:
        if world.path == path and world.file.path == path:
            world.file.take_as_known()


def replayed(path: Path) -> dict[str, dict[int, Row]]:
    """The work tables as the history tells them, from nothing."""
    tables: dict[str, dict[int, Row]] = {name: {} for name in WORK}
    for line in rows(path, "history", "1 ORDER BY seq"):
        table, number = line["subject"].split(":")
        if table not in tables:
            continue
        before = json.loads(line["before"]) if line["before"] else None
        assert tables[table].get(int(number)) == before, f"history {line['seq']} does not follow on the one before it"
        if line["after"] is None:
            del tables[table][int(number)]
        else:
            tables[table][int(number)] = json.loads(line["after"])
    return tables


def standing(path: Path) -> dict[str, dict[int, Row]]:
    """The work tables as they stand."""
    return {name: {row["id"]: row for row in found} for name, found in dump(path, *WORK).items()}


@dataclass
class World:
    """One open file with one ledger begun in it."""

    path: Path
    file: LedgerFile
    ledger: int

    def reopen(self) -> None:
        """What a restart of the program does."""
        self.file.close()
        self.file = open_file(self.path, NOW, write=True)

    def entries(self, today: date = TODAY) -> dict[str, EntryRow]:
        """The ledger's entries by their number."""
        return {entry.number: entry for entry in entries(self.file, self.ledger, today)}

    def entry(self, number: str) -> int:
        """The id of the entry of a task number."""
        return self.entries()[number].id

    def ours(self, count: int) -> list[int]:
        """The ids of the first entries that are surely this unit's."""
        found = [entry.id for entry in self.entries().values() if entry.applicability == "ours"]
        assert len(found) >= count
        return found[:count]

    def first(self, applicability: str) -> int:
        """The id of the first entry of that applicability."""
        return next(entry.id for entry in self.entries().values() if entry.applicability == applicability)

    def stored(self, entry: int) -> Row:
        """An entry's row as it stands in the file."""
        (found,) = rows(self.path, "entry", "id = ?", entry)
        return found

    def history(self) -> list[Row]:
        """The history of the file in order, its images as values."""
        found = rows(self.path, "history", "1 ORDER BY seq")
        for line in found:
            line["before"] = json.loads(line["before"]) if line["before"] else None
            line["after"] = json.loads(line["after"]) if line["after"] else None
        return found

    def dump(self, *tables: str) -> dict[str, list[Row]]:
        return dump(self.path, *tables)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the five notices and the days off, and one ledger. Copy it; never open it for writing."""
    path = tmp_path_factory.mktemp("planted") / "台账.db"
    make_file(path)
    file = open_file(path, NOW, write=True)
    try:
        plant(file, NOW)
        begun = begin_ledger(file, plan=PLAN, year=2021, unit=UNIT, kind=None, officer=OFFICER, at=NOW)
    finally:
        file.close()
    assert begun == LEDGER
    return path


@pytest.fixture
def world(planted: Path, tmp_path: Path) -> Iterator[World]:
    path = copied(planted, tmp_path / "台账.db")
    made = World(path, open_file(path, NOW, write=True), LEDGER)
    assert not made.file.read_only
    _STANDING.append(made)
    yield made
    _STANDING.remove(made)
    made.file.close()
