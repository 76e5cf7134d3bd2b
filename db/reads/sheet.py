"""Everything that an export carries: one ledger on one day, read in one go."""

import json
import sqlite3
from dataclasses import replace
from datetime import date

from db.chain import head_of
from db.errors import UnknownNameError
from db.file import LedgerFile
from db.reads.clocks import clocks_of
from db.reads.counting import counts_of, unit_counted_of
from db.reads.entries import entries_of
from db.reads.evidence import evidence_of
from db.reads.ledgers import ledger_of
from db.reads.office import calendar_of
from db.reads.publications import publications_of
from db.reads.reports import reports_of
from db.reads.said import clock_rules_of, responsibilities_of, roster_of, rules_of, unit_quotas_of
from db.rules.periods import quota_rows
from db.rules.reach import is_responsible
from db.rules.rows import ClockRuleRow, HistoryRow, LedgerRow, LedgerSheet, QuotaRow, RuleRow
from db.rules.summary import summary
from db.rules.words import WHOLE_BUREAU


def sheet(
    file: LedgerFile, ledger_id: int, today: date, *, publications: bool = True, history: bool = False
) -> LedgerSheet:
    """The ledger with its entries (without not_ours) and all that was counted, timed and handed in; its figures.

    publications False leaves out the publications, the single counts and the evidence, where only figures are needed.
    history reads the 办理流水 too, newest first.
    """
    with file.reading() as connection:
        ledger = ledger_of(connection, ledger_id)
        notice_id = _notice_of(connection, ledger_id)
        calendar = calendar_of(connection)
        clocks = clocks_of(connection, ledger_id, today, calendar)
        every = entries_of(connection, ledger_id, today, calendar, clocks)
        shown = tuple(entry for entry in every if entry.applicability != "not_ours")
        return LedgerSheet(
            ledger=ledger,
            today=today,
            entries=shown,
            unit_quotas=_unit_quotas(connection, notice_id, ledger),
            clock_rules=_clock_rules(connection, notice_id),
            reports=reports_of(connection, ledger, today, calendar),
            rules=_rules(connection, notice_id),
            summary=summary(shown, today),
            publications=publications_of(connection, ledger_id) if publications else (),
            counts=counts_of(connection, ledger_id) if publications else (),
            clocks=clocks,
            evidence=evidence_of(connection, ledger_id) if publications else (),
            history=_history(connection, ledger_id) if history else (),
            headings=_headings(connection, notice_id),
            head=head_of(connection).stamp,
        )


def clock_rules(file: LedgerFile, ledger_id: int) -> tuple[ClockRuleRow, ...]:
    """The clock rules of a ledger's notice."""
    with file.reading() as connection:
        return _clock_rules(connection, _notice_of(connection, ledger_id))


def unit_quotas(file: LedgerFile, ledger_id: int) -> tuple[QuotaRow, ...]:
    """The quotas of 各责任科室 as in the sheet, by themselves: no entry is read for them."""
    with file.reading() as connection:
        ledger = ledger_of(connection, ledger_id)
        return _unit_quotas(connection, _notice_of(connection, ledger_id), ledger)


def _notice_of(connection: sqlite3.Connection, ledger_id: int) -> int:
    row = connection.execute("SELECT notice_id FROM ledger WHERE id = ?", (ledger_id,)).fetchone()
    if row is None:
        raise UnknownNameError("这本台账已不在文件里。", "请回到选择界面重新打开。")
    return int(row[0])


def _unit_quotas(connection: sqlite3.Connection, notice_id: int, ledger: LedgerRow) -> tuple[QuotaRow, ...]:
    """The quotas of 各责任科室 bind a unit only where a task makes it a responsible one.

    They bind each unit for itself. In the ledger of 全局 no publication says whose it is, so there they stand with
    their sentence and periods and without a figure: what all have published together fills nobody's quota.
    """
    quotas = unit_quotas_of(connection, notice_id)
    if not quotas:
        return ()
    if ledger.unit == WHOLE_BUREAU:
        rows = (row for quota in quotas for row in quota_rows(quota, ledger.year))
        return tuple(replace(row, tally=None, met=None, part=None, whole=None) for row in rows)
    roster = roster_of(connection, notice_id)
    said = responsibilities_of(connection, notice_id).values()
    if not any(is_responsible(responsibilities, ledger.unit, roster) for responsibilities in said):
        return ()
    counted = unit_counted_of(connection, ledger.id, ledger.year)
    return tuple(row for quota in quotas for row in quota_rows(quota, ledger.year, counted))


def _clock_rules(connection: sqlite3.Connection, notice_id: int) -> tuple[ClockRuleRow, ...]:
    return tuple(ClockRuleRow(*row) for row in clock_rules_of(connection, notice_id))


def _history(connection: sqlite3.Connection, ledger_id: int) -> tuple[HistoryRow, ...]:
    # Loaded for the few forms that carry it: a list has no time for it.
    from db.reads.history import history_of

    return history_of(connection, ledger_id)


def _headings(connection: sqlite3.Connection, notice_id: int) -> dict[str, str]:
    (stored,) = connection.execute("SELECT headings FROM notice WHERE id = ?", (notice_id,)).fetchone()
    return {str(column): str(words) for column, words in json.loads(stored).items()} if stored else {}


def _rules(connection: sqlite3.Connection, notice_id: int) -> tuple[RuleRow, ...]:
    return tuple(RuleRow(*row) for row in rules_of(connection, notice_id))
