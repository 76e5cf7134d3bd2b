"""Work put into a world's file behind the program's back, and a ledger's quotas by the number of their task."""

import sqlite3
from contextlib import closing
from datetime import date

from db.reads.sheet import sheet
from db.rules.rows import LedgerSheet, QuotaRow
from db.store.ledgers import begin_ledger
from tests.world import NOW, World, rows, tamper

WHOLE = "全局"


def begun(world: World, plan: str, unit: str = WHOLE, year: int | None = None) -> int:
    """The ledger of a plan's own year, begun if need be."""
    year = year or int(plan[-4:])
    return begin_ledger(world.file, plan=plan, year=year, unit=unit, kind=None, officer=None, at=NOW)


def entry_of(world: World, ledger: int, number: str) -> int:
    """The id of the entry of a task number."""
    (found,) = rows(
        world.path,
        "entry",
        "ledger_id = ? AND task_id = (SELECT t.id FROM task t JOIN ledger l ON l.notice_id = t.notice_id"
        " WHERE l.id = ledger_id AND t.number = ?)",
        ledger,
        number,
    )
    return int(found["id"])


def publish(world: World, ledger: int, entry: int | None, day: str, form: str = "文字", title: str = "公告") -> None:
    tamper(
        world.path,
        "INSERT INTO publication (ledger_id, entry_id, day, title, channel, form) VALUES (?, ?, ?, ?, '网站', ?)",
        *(ledger, entry, day, title, form),
    )


def publish_many(world: World, ledger: int, found: list[tuple[int | None, str, str]]) -> None:
    """Publications of entry, day and form, in one transaction."""
    with closing(sqlite3.connect(world.path)) as connection, connection:
        connection.executemany(
            "INSERT INTO publication (ledger_id, entry_id, day, title, channel, form)"
            f" VALUES ({ledger}, ?, ?, '公告', '网站', ?)",
            found,
        )


def count_many(world: World, found: list[tuple[int, str, int]]) -> None:
    """Counts of entry, day and number, in one transaction."""
    with closing(sqlite3.connect(world.path)) as connection, connection:
        connection.executemany("INSERT INTO count (entry_id, day, number) VALUES (?, ?, ?)", found)


def attach_many(world: World, ledger: int, owners: list[int]) -> None:
    """A link for each of these entries and one for its first publication, if it has one, in one transaction."""
    with closing(sqlite3.connect(world.path)) as connection, connection:
        connection.executemany(
            "INSERT INTO evidence (ledger_id, entry_id, name, address, added_at)"
            f" VALUES ({ledger}, ?, '网页', 'https://example.invalid/', '2021-11-22T09:30:00+08:00')",
            [(owner,) for owner in owners],
        )
        connection.execute(
            "INSERT INTO evidence (ledger_id, publication_id, name, address, added_at)"
            " SELECT ledger_id, min(id), '网页', 'https://example.invalid/', '2021-11-22T09:30:00+08:00'"
            " FROM publication WHERE ledger_id = ? AND entry_id IS NOT NULL GROUP BY entry_id",
            (ledger,),
        )


def count(world: World, entry: int, day: str, number: int = 1, item: int | None = None) -> None:
    tamper(
        world.path,
        "INSERT INTO count (entry_id, item_id, day, number, what) VALUES (?, ?, ?, ?, '汇报')",
        *(entry, item, day, number),
    )


def add_item(world: World, entry: int, name: str, day: str | None = None) -> int:
    tamper(world.path, "INSERT INTO item (entry_id, name, day) VALUES (?, ?, ?)", entry, name, day)
    return max(int(row["id"]) for row in rows(world.path, "item"))


def told(world: World, ledger: int, today: date) -> LedgerSheet:
    return sheet(world.file, ledger, today)


def quotas(world: World, ledger: int, number: str, today: date) -> tuple[QuotaRow, ...]:
    """The quota rows of a task."""
    (found,) = (entry for entry in told(world, ledger, today).entries if entry.number == number)
    return found.quotas


def tallies(found: tuple[QuotaRow, ...]) -> list[int | None]:
    return [row.tally for row in found]
