"""What was read of a damaged file put into a new one, row by row, under all conditions of the schema."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from db.care.chronicle import LOST, Chronicle, in_place_of
from db.care.known import REFUSALS, Key, is_taken, known_tables
from db.care.replaying import Replay, replay
from db.care.salvage_words import Report
from db.care.trees import FileRead, TableRead
from db.chain import COLUMNS, append, link
from db.reads.check_work import WORK_TABLES
from db.seals import SEALED, seal_of

SALVAGE: Final = "salvage"
"""The step in the 办理流水 that says what a salvage could not read, and what it put in the place of it."""

_SUBJECTS: Final = frozenset({*WORK_TABLES, *SEALED, "file", LOST})
"""What a line of the history may be about."""

Row = dict[str, Any]


@dataclass
class Rebuilding:
    """A new file that is being filled: `connection` in its one transaction. backup: {} where there is none."""

    connection: sqlite3.Connection
    read: FileRead
    backup: Mapping[str, list[Row]]
    chronicle: Chronicle
    report: Report

    def put_history(self, identity: str) -> None:
        """The history, linked anew: up to the first row that is missing or damaged the hashes are those on paper."""
        names, marks = ", ".join((*COLUMNS, "hash")), ", ".join("?" * (len(COLUMNS) + 1))
        question = f"INSERT INTO history ({names}) VALUES ({marks})"
        previous: str = identity
        former: tuple[Any, ...] | None = None
        for seq in range(1, self.chronicle.newest + 1):
            values = self.chronicle.rows.get(seq, ())[:-1]
            if not values or not self._is_history(values):
                if values:
                    self.report.refuse("history", list(values))
                values = in_place_of(self.chronicle, seq, former)
            previous, former = link(previous, values), values
            self.connection.execute(question, (*values, previous))

    def put_sealed(self) -> None:
        """The tables that the history does not speak for: as they were read where their seal holds; else the backup's
        where that is what the seal was made of; else both, what was read first."""
        seals = {row["name"]: row["sha256"] for row in self.read.rows("seal").values()}
        given = {row["name"]: row["seq"] for row in self.read.rows("sqlite_sequence").values()}
        backups = {row["name"]: row["sha256"] for row in self.backup.get("seal", ())}
        for table in SEALED:
            found = self.read.tables[table]
            self._put_all(table, found.rows, given.get(table))
            if seal_of(self.connection, table) in (seals.get(table), backups.get(table)):
                continue
            if table not in seals and not found.is_broken and not found.misfits:
                # A file of an older program has no seals.
                continue
            if table in self.backup and self._is_backups(table, seals.get(table)):
                self.report.of(table).from_backup = len(self.backup[table])
                continue
            self._merge_backup(table, found)

    def put_work(self) -> None:
        """The clerk's rows: what the history last said of each, where that can be believed; else what was read."""
        told, unsure = self._replayed()
        for table in WORK_TABLES:
            read = self.read.tables[table]
            by_id = {row["id"]: row for row in read.rows.values()}
            before = self.report.of(table)
            for number in sorted({*by_id, *told.tables[table]}):
                row = self._decided(table, number, by_id.get(number), told, unsure)
                if row is not None and not self._put(table, row):
                    image = self._image(table, told.tables[table].get(number))
                    if image is None or not self._put(table, {**row, **image}):
                        self.report.refuse(table, row)
            before.pages, before.unread, before.loose = read.lost_pages, read.lost_rows + len(read.misfits), read.loose

    def tell_work(self, at: str) -> None:
        """An event for each of the clerk's rows that is not as the history left it: from now on the two are one."""
        told = replay(self.chronicle.lines()).tables
        for table in WORK_TABLES:
            rows = {row["id"]: row for row in _rows(self.connection, f'SELECT * FROM "{table}"')}
            for number in sorted({*rows, *told[table]}):
                row, image = rows.get(number), told[table].get(number)
                if row is None or image is None or any(row[name] != image[name] for name in image if name in row):
                    append(
                        self.connection,
                        at=at,
                        step=SALVAGE,
                        subject=f"{table}:{number}",
                        before=_json(image),
                        after=_json(row),
                    )

    def set_last_numbers(self) -> None:
        """What AUTOINCREMENT has given of the clerk's tables: no number that the history knows is given again."""
        rows = self.connection.execute("SELECT DISTINCT subject FROM history").fetchall()
        last: dict[str, int] = {}
        for (subject,) in rows:
            table, _, number = subject.partition(":")
            if table in WORK_TABLES and number.isascii() and number.isdigit():
                last[table] = max(last.get(table, 0), int(number))
        for table, number in last.items():
            self.set_last_number(table, number)

    def set_last_number(self, table: str, number: int) -> None:
        """The last number that a table has given."""
        self.connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        self.connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))

    def _replayed(self) -> tuple[Replay, float]:
        """What the history says, and up to which line it surely says all: behind it one is lost, or about who knows
        which row."""
        lines = self.chronicle.lines()
        told = replay(lines)
        strange = {*told.unread, *told.unjoined}
        strange |= {line.seq for line in lines if line.subject.partition(":")[0] not in _SUBJECTS}
        unsure = {*self.chronicle.missing, *(line.seq for line in lines if not line.sound and line.seq in strange)}
        is_cut = self.chronicle.last_given > self.chronicle.newest
        return told, float("inf") if is_cut else max(unsure, default=0)

    def _decided(self, table: str, number: int, read: Row | None, told: Replay, unsure: float) -> Row | None:
        """The row that goes into the new file; None: none. unsure: of a line up to this one it may be that a newer one
        was about the same row."""
        line = told.said_by.get((table, number))
        image = self._image(table, told.tables[table].get(number))
        if line is None:
            # The history knows every row; one that it does not know has a wrong number, where no line of it is lost.
            if read is not None and not unsure and self.chronicle.rows:
                self.report.refuse(table, read)
                return None
            return read
        is_certain = line.sound and unsure <= line.seq and (table, number) not in told.doubtful
        if image is None:
            return None if is_certain else read
        if read is None:
            self.report.of(table).from_history += 1
            return image
        for name in image:
            if read[name] != image[name]:
                self.report.differs(table, read, name, read[name], image[name], by_history=is_certain)
        return {**read, **image} if is_certain else read

    def _image(self, table: str, image: Mapping[str, Any] | None) -> Row | None:
        """An image in the columns that the table has."""
        return None if image is None else {name: image[name] for name in known_tables()[table].columns if name in image}

    def _is_history(self, values: Sequence[Any]) -> bool:
        return is_taken(known_tables()["history"], dict(zip(COLUMNS, values, strict=True)))

    def _put_all(self, table: str, rows: Mapping[Key, Row], last: int | None) -> None:
        for row in rows.values():
            if not self._put(table, row):
                self.report.refuse(table, row)
        if isinstance(last, int) and self._is_numbered(table):
            (highest,) = self.connection.execute(f'SELECT coalesce(max(rowid), 0) FROM "{table}"').fetchone()
            self.set_last_number(table, max(last, highest))

    def _is_backups(self, table: str, seal: str | None) -> bool:
        """Whether the backup's rows are those that the seal was made of; they then stand in the table."""
        self.connection.execute("SAVEPOINT sealed")
        self.connection.execute(f'DELETE FROM "{table}"')
        for row in self.backup[table]:
            self._put(table, row)
        last = next((row["seq"] for row in self.backup["sqlite_sequence"] if row["name"] == table), None)
        if isinstance(last, int):
            self.set_last_number(table, last)
        is_it = seal_of(self.connection, table) == seal
        if not is_it:
            self.connection.execute("ROLLBACK TO sealed")
        self.connection.execute("RELEASE sealed")
        return is_it

    def _merge_backup(self, table: str, found: TableRead) -> None:
        told = self.report.of(table)
        told.pages, told.unread = found.lost_pages, found.lost_rows + len(found.misfits)
        told.loose, told.blurred = found.loose, len(found.blurred)
        for stored in found.misfits:
            self.report.rows.append({"table": table, "values": list(stored)})
        if found.is_broken:
            told.from_backup = sum(self._put(table, row) for row in self.backup.get(table, ()))
        told.seal_broken = not (told.pages or told.unread or told.refused)

    def _put(self, table: str, row: Mapping[str, Any]) -> bool:
        """Whether the new file takes the row."""
        names = ", ".join(f'"{name}"' for name in row)
        try:
            self.connection.execute(
                f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', tuple(row.values())
            )
        except REFUSALS:
            return False
        return True

    @staticmethod
    def _is_numbered(table: str) -> bool:
        return known_tables()[table].numbered == "id"


def _rows(connection: sqlite3.Connection, question: str) -> list[Row]:
    cursor = connection.execute(question)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _json(row: Mapping[str, Any] | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, sort_keys=True)
