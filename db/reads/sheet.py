"""Everything that an export carries: one ledger on one day, read in one go."""

import json
import sqlite3
from datetime import date

from db.file import LedgerFile
from db.reads.entries import entries_of
from db.reads.ledgers import ledger_of
from db.reads.said import responsibilities_of, roster_of, unit_quotas_of
from db.rules.periods import quota_rows
from db.rules.reach import is_responsible
from db.rules.rows import ClockRuleRow, LedgerSheet, ReportRow, RuleRow
from db.rules.summary import summary


def sheet(file: LedgerFile, ledger_id: int, today: date) -> LedgerSheet:
    """The ledger with its entries (without not_ours), unit-wide quotas, clock rules, reports, rules and figures."""
    with file.reading() as connection:
        ledger = ledger_of(connection, ledger_id)
        notice_id = connection.execute("SELECT notice_id FROM ledger WHERE id = ?", (ledger_id,)).fetchone()[0]
        shown = tuple(entry for entry in entries_of(connection, ledger_id, today) if entry.applicability != "not_ours")
        quotas = unit_quotas_of(connection, notice_id) if _is_bound(connection, notice_id, ledger.unit) else ()
        return LedgerSheet(
            ledger=ledger,
            today=today,
            entries=shown,
            unit_quotas=tuple(row for quota in quotas for row in quota_rows(quota, ledger.year)),
            clock_rules=_clock_rules(connection, notice_id),
            reports=_reports(connection, notice_id, ledger.year),
            rules=_rules(connection, notice_id),
            summary=summary(shown, today),
        )


def clock_rules(file: LedgerFile, ledger_id: int) -> tuple[ClockRuleRow, ...]:
    """The clock rules of a ledger's notice."""
    with file.reading() as connection:
        row = connection.execute("SELECT notice_id FROM ledger WHERE id = ?", (ledger_id,)).fetchone()
        return _clock_rules(connection, row[0]) if row else ()


def _is_bound(connection: sqlite3.Connection, notice_id: int, unit: str) -> bool:
    """Whether the quotas of 各责任科室 bind the unit: only where a task makes it a responsible one."""
    roster = roster_of(connection, notice_id)
    said = responsibilities_of(connection, notice_id).values()
    return any(is_responsible(responsibilities, unit, roster) for responsibilities in said)


def _clock_rules(connection: sqlite3.Connection, notice_id: int) -> tuple[ClockRuleRow, ...]:
    rows = connection.execute(
        'SELECT c.days, c.day_kind, c.direction, c.bound, c."trigger", c.action, c.quote, t.number'
        " FROM clock_rule c LEFT JOIN task t ON t.id = c.task_id WHERE c.notice_id = ? ORDER BY c.position",
        (notice_id,),
    ).fetchall()
    return tuple(ClockRuleRow(*row) for row in rows)


def _reports(connection: sqlite3.Connection, notice_id: int, year: int) -> tuple[ReportRow, ...]:
    rows = connection.execute(
        "SELECT what, recipient, month, day, year_offset, attachments, quote FROM report"
        " WHERE notice_id = ? ORDER BY position",
        (notice_id,),
    ).fetchall()
    return tuple(
        ReportRow(what, to, date(year + offset, month, day), tuple(json.loads(attachments)), quote)
        for what, to, month, day, offset, attachments, quote in rows
    )


def _rules(connection: sqlite3.Connection, notice_id: int) -> tuple[RuleRow, ...]:
    rows = connection.execute("SELECT kind, text FROM rule WHERE notice_id = ? ORDER BY position", (notice_id,))
    return tuple(RuleRow(*row) for row in rows.fetchall())
