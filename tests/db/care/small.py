"""A small ledger file that has a row in nearly every table, and evidence longer than a page: to be damaged."""

import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from db.file import make_file, open_file
from db.intake.plan_toml import read_plan
from db.reads.entries import entries
from db.store.entries import settle
from db.store.evidence import detach
from db.store.ledgers import begin_ledger
from db.store.notes import add_note, edit_note, remove_note
from db.store.own import add_own
from db.store.places import save_draft
from db.store.planting import plant
from db.store.undo import undo
from tests.db.plan_sample import NOTICE, READING
from tests.db.store.samples import Paper, attached, publications
from tests.world import NOW, TABLES, Row, World, dump, later

PAPERS: Final = (Paper("批复.pdf", os.urandom(9_000)), Paper("照片.jpg", b"small"))
UNIT: Final = "办公室"
TODAY: Final = date(2024, 11, 22)


def small_file(path: Path) -> Path:
    """Make it. The ledger is number 1, of the notice sample-2024."""
    make_file(path)
    file = open_file(path, NOW, write=True)
    try:
        plant(file, [read_plan("sample-2024.toml", READING, NOTICE)], [], [], "digest", NOW)
        ledger = begin_ledger(file, plan="sample-2024", year=2024, unit=UNIT, kind=None, officer="甲", at=later(1))
        ids = [row.id for row in entries(file, ledger, TODAY)]
        world = World(path, file, ledger)
        for minute, number in enumerate((*ids, *ids, ids[0]), 2):
            add_note(file, ledger, number, text=f"第 {minute} 分钟：已联系", at=later(minute))
        edit_note(file, ledger, 2, text="改过的记事", at=later(20))
        remove_note(file, ledger, 3, at=later(21))
        settle(file, ledger, ids[:1], done_on=TODAY, today=TODAY, what_was_done="已公开", at=later(22))
        undo(file, ledger, later(23))
        settle(file, ledger, ids[:1], done_on=TODAY, today=TODAY, what_was_done="已全部公开", at=later(24))
        add_own(file, ledger, requirement="自己加的事", due=None, reason="领导交办", at=later(25))
        publications(world, ids[1], "公告")
        attached(world, *PAPERS, entry=ids[0])
        attached(world, Paper("移除的.txt", b"gone"), entry=ids[1])
        detach(file, ledger, [3], at=later(26))
        save_draft(file, ledger, "note", ids[2], "没写完的", at=later(27))
    finally:
        file.close()
    return path


def rows_of(path: Path) -> dict[str, list[Row]]:
    """Everything that stands in a file, but for what tells its changes: comparable with another one."""
    found = dump(path, *(table for table in TABLES if table != "history"))
    return {table: sorted(stored, key=repr) for table, stored in found.items()}


def lose_lines(path: Path, where: str, *values: object) -> None:
    """Rows of the history gone, as a page that was never written takes them; triggers and last number stay."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'history'")
        triggers = made.fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(f"DELETE FROM history WHERE {where}", values)
        for _, sql in triggers:
            connection.execute(sql)
