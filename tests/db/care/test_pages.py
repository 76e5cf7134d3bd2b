"""The pages read without SQLite: of a whole file exactly what SQLite reads."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.care.known import known_tables
from db.care.pages import Pages
from db.care.records import BadRecord, values_of, varint
from db.care.tables_read import read_tables
from db.care.trees import FileRead, piece_bytes
from db.errors import FileRefusedError
from db.rules.evidence import PIECE
from tests.db.older import at_step
from tests.world import TABLES, copied, rows, tamper


def read(path: Path) -> FileRead:
    pages = Pages(path)
    try:
        return read_tables(pages, known_tables())
    finally:
        pages.close()


def assert_all_is_read(path: Path) -> None:
    found = read(path)
    for table in (name for name in TABLES if name != "piece"):
        told = sorted(found.rows(table).values(), key=repr)
        assert told == sorted(rows(path, table), key=repr), table
    assert not any(table.is_broken or table.misfits or table.blurred or table.loose for table in found.tables.values())


def test_what_is_read_of_a_whole_file_is_what_sqlite_reads(small: Path, planted: Path) -> None:
    for path in (small, planted):
        assert_all_is_read(path)


@pytest.mark.parametrize("size", [512, 1024, 65536])
def test_a_file_of_other_pages_is_read_too_and_long_rows_over_many_of_them(
    small: Path, tmp_path: Path, size: int
) -> None:
    path = copied(small, tmp_path / "台账.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("VACUUM")
    assert_all_is_read(path)


def test_numbers_of_every_size_are_read(small: Path, tmp_path: Path) -> None:
    path = copied(small, tmp_path / "台账.db")
    numbers = [
        sign * (1 << bits) + more for bits in (0, 7, 8, 15, 23, 31, 47, 62) for sign in (1, -1) for more in (-1, 0)
    ]
    for place, number in enumerate(numbers):
        tamper(
            path,
            "INSERT INTO rule (notice_id, position, kind, text) VALUES (1, ?, 'duty', ?)",
            number,
            "文" * place * 50 + "x",
        )
    assert_all_is_read(path)


def test_the_pieces_of_evidence_are_found_and_read_when_they_are_asked(small: Path, tmp_path: Path) -> None:
    path = copied(small, tmp_path / "台账.db")
    long = os.urandom(PIECE)
    tamper(path, "INSERT INTO content VALUES (?, 1)", "ab" * 32)
    for number in (300, 1, 0):
        tamper(path, "INSERT INTO piece VALUES (?, ?, ?)", "ab" * 32, number, long[number:])
    pages = Pages(path)
    try:
        pieces = read_tables(pages, known_tables()).pieces
        told = {(digest, n): piece_bytes(pages, cell) for digest, cells in pieces.items() for n, cell in cells.items()}
    finally:
        pages.close()
    assert told == {(row["sha256"], row["n"]): row["bytes"] for row in rows(path, "piece")}


def test_a_file_of_an_older_step_is_read_with_what_came_later_by_its_default(small: Path, tmp_path: Path) -> None:
    old = at_step(1, small, tmp_path / "old.db")
    found = read(old)
    assert found.tables["identity"].is_missing
    assert {row["shift_confirmed"] for row in found.rows("entry").values()} == {0}
    assert [row["text"] for row in found.rows("note").values()] == [row["text"] for row in rows(old, "note")]


@pytest.mark.parametrize("page", range(1, 12))
def test_a_zeroed_page_costs_no_more_than_its_own_rows(planted: Path, tmp_path: Path, page: int) -> None:
    path = copied(planted, tmp_path / "台账.db")
    whole = read(path)
    with path.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(bytes(4096))
    found = read(path)
    for name, table in found.tables.items():
        lost = len(whole.rows(name)) - len(table.rows)
        assert 0 <= lost <= 60
        assert not lost or table.is_broken
        assert all(whole.rows(name)[key] == row for key, row in table.rows.items())


@pytest.mark.parametrize(
    "stored", [b"", b"\x80", b"\x05\x01", b"\x02\x0a", b"\x02\x0bx", b"\x02\x01", b"\x02\x01ab", b"\x00"]
)
def test_bytes_that_are_no_record_are_said_to_be_none(stored: bytes) -> None:
    with pytest.raises(BadRecord):
        values_of(stored)


def test_a_number_of_nine_bytes_may_be_negative() -> None:
    assert varint(b"\xff" * 9, 0) == (-1, 9)
    assert varint(b"\x81\x00", 0) == (128, 2)


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(FileRefusedError):
        Pages(tmp_path / "fifo")
