"""Which notices and ledgers the file knows."""

import sqlite3

from db.errors import UnknownNameError
from db.file import LedgerFile
from db.reads.said import responsibilities_of, roster_of
from db.rules.names import matching
from db.rules.reach import reach
from db.rules.rows import LedgerRow, NoticeRow, UnitRow

_LEDGER = (
    "SELECT l.id, n.plan, n.agency, n.title, n.document_number, n.year, l.year, l.unit, l.officer"
    " FROM ledger l JOIN notice n ON n.id = l.notice_id"
)


def notices(file: LedgerFile) -> tuple[NoticeRow, ...]:
    """Every notice with its roster; each unit with its number of tasks and of possible ones."""
    with file.reading() as connection:
        rows = connection.execute(
            "SELECT id, plan, agency, title, document_number, year, issued_on,"
            " (SELECT count(*) FROM task t WHERE t.notice_id = n.id) FROM notice n ORDER BY plan"
        ).fetchall()
        return tuple(_notice(connection, *row) for row in rows)


def ledgers(file: LedgerFile) -> tuple[LedgerRow, ...]:
    """Every ledger, the one last opened on the screen first."""
    with file.reading() as connection:
        rows = connection.execute(
            f"{_LEDGER} LEFT JOIN place p ON p.ledger_id = l.id ORDER BY p.opened_at IS NULL, p.opened_at DESC, l.id"
        ).fetchall()
    return tuple(LedgerRow(*row) for row in rows)


def ledger(file: LedgerFile, ledger_id: int) -> LedgerRow:
    """One ledger by its id."""
    with file.reading() as connection:
        return ledger_of(connection, ledger_id)


def ledger_of(connection: sqlite3.Connection, ledger_id: int) -> LedgerRow:
    """The same over an open connection."""
    row = connection.execute(f"{_LEDGER} WHERE l.id = ?", (ledger_id,)).fetchone()
    if row is None:
        raise UnknownNameError("这本台账已不在文件里。", "请回到选择界面重新打开。")
    return LedgerRow(*row)


def find_ledger(file: LedgerFile, plan: str, year: int, unit: str) -> LedgerRow | None:
    """The ledger of a unit's year over a notice, if it was begun; the unit as people type it."""
    with file.reading() as connection:
        names = connection.execute(
            "SELECT u.name FROM unit u JOIN notice n ON n.id = u.notice_id WHERE n.plan = ?", (plan,)
        )
        unit = matching(unit, [name for (name,) in names.fetchall()]) or unit
        row = connection.execute(
            f"{_LEDGER} WHERE n.plan = ? AND l.year = ? AND l.unit = ?", (plan, year, unit)
        ).fetchone()
    return LedgerRow(*row) if row else None


def last_opened(file: LedgerFile) -> LedgerRow | None:
    """The ledger last opened on the screen, else the only one, else None."""
    with file.reading() as connection:
        row = connection.execute(
            f"{_LEDGER} JOIN place p ON p.ledger_id = l.id WHERE p.opened_at IS NOT NULL"
            " ORDER BY p.opened_at DESC LIMIT 1"
        ).fetchone()
        if row is None:
            rows = connection.execute(f"{_LEDGER} LIMIT 2").fetchall()
            row = rows[0] if len(rows) == 1 else None
    return LedgerRow(*row) if row else None


def _notice(
    connection: sqlite3.Connection,
    notice_id: int,
    plan: str,
    agency: str | None,
    title: str | None,
    document_number: str | None,
    year: int,
    issued_on: str | None,
    tasks: int,
) -> NoticeRow:
    from datetime import date

    roster = roster_of(connection, notice_id)
    said = list(responsibilities_of(connection, notice_id).values())
    added = connection.execute("SELECT name, origin = 'office' FROM unit WHERE notice_id = ?", (notice_id,)).fetchall()
    by_office = dict(added)
    units = []
    for name, kind in roster.items():
        reached = [reach(responsibilities, name, roster).applicability for responsibilities in said]
        counts = reached.count("ours"), reached.count("possible")
        units.append(UnitRow(name, kind, bool(by_office[name]), *counts))
    day = date.fromisoformat(issued_on) if issued_on else None
    return NoticeRow(plan, agency, title, document_number, year, day, tasks, tuple(units))
