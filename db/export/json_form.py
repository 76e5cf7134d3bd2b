"""The ledger as JSON: the one shape of `--export x.json` and `--list --json`, documented in the README and kept stable.

Every key is always there; what is absent is null, never ''. Imports no more than the rows need, so that
`--list --json` is quick.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from db.export.document import Document
from db.export.text import has_surrogate, json_safe
from db.rules.rows import (
    ClockRuleRow,
    Countdown,
    DeadlineRow,
    EntryRow,
    ItemTally,
    LedgerRow,
    LedgerSheet,
    NoteRow,
    QuotaRow,
    ReportRow,
    RuleRow,
    Summary,
)

Json = dict[str, object]
_INDENT: Final = 2


def document(sheet: LedgerSheet, at: datetime) -> Document:
    """The file's bytes: UTF-8, no BOM. `at` is not used: the ledger carries its day."""
    shape = as_dict(sheet)
    text = json_text(shape, indent=_INDENT) + "\n"
    meant = json.loads(text) if has_surrogate(json.dumps(shape, ensure_ascii=False)) else shape

    def differs(written: bytes) -> str | None:
        return None if json.loads(written.decode("utf-8")) == meant else "JSON 内容不一致"

    return Document(text.encode("utf-8"), differs)


def json_text(shape: object, indent: int | None = None) -> str:
    """JSON with Chinese as it is and every unseen character escaped: safe in a file and on a terminal."""
    return json_safe(json.dumps(shape, ensure_ascii=False, indent=indent))


def as_dict(sheet: LedgerSheet) -> Json:
    """The shape of the design, every key in its order."""
    return {
        "ledger": _ledger(sheet.ledger, sheet.today),
        "entries": [_entry(entry) for entry in sheet.entries],
        "unit_quotas": _quotas(sheet.unit_quotas),
        "clock_rules": [_clock_rule(rule) for rule in sheet.clock_rules],
        "clocks": [],
        "reports": [_report(report) for report in sheet.reports],
        "rules": [_rule(rule) for rule in sheet.rules],
        "summary": _summary(sheet.summary),
    }


def _ledger(ledger: LedgerRow, today: date) -> Json:
    return {
        "plan": ledger.plan,
        "agency": ledger.agency or None,
        "title": ledger.title or None,
        "year": ledger.year,
        "unit": ledger.unit,
        "officer": ledger.officer or None,
        "today": today.isoformat(),
    }


def _entry(entry: EntryRow) -> Json:
    return {
        "number": entry.number,
        "own": entry.own,
        "section": entry.section or None,
        "matter": entry.matter or None,
        "requirement": entry.requirement,
        "assignment": entry.assignment or None,
        "role": entry.role,
        "through": entry.through,
        "applicability": entry.applicability,
        "leads": list(entry.leads),
        "responsible": list(entry.responsible),
        "supports": list(entry.supports),
        "deadline": _deadline(entry.deadline),
        "countdown": _countdown(entry.countdown),
        "status": entry.status,
        "done_on": _day(entry.done_on),
        "what_was_done": entry.what_was_done or None,
        "reason": entry.reason or entry.own_reason or None,
        "remark": entry.remark or None,
        "quotas": _quotas(entry.quotas),
        "notes": [_note(note) for note in entry.notes],
        "publications": [],
        "evidence": [],
    }


def _deadline(deadline: DeadlineRow) -> Json:
    adjusted = deadline.adjusted
    return {
        "text": deadline.text or None,
        "kind": deadline.kind,
        "source": deadline.source,
        "due": _day(deadline.due),
        "quote": deadline.quote or None,
        "dates": [{"party": each.party or None, "due": _day(each.due)} for each in deadline.dates],
        "recurrence": deadline.recurrence or None,
        "adjusted": {"due": _day(adjusted.due), "reason": adjusted.reason or None} if adjusted else None,
    }


def _countdown(countdown: Countdown | None) -> Json | None:
    if countdown is None:
        return None
    return {
        "days": countdown.days,
        "workdays": countdown.workdays,
        "estimated": countdown.estimated,
        "overdue": countdown.overdue,
    }


def _quotas(quotas: Sequence[QuotaRow]) -> list[Json]:
    return [
        {
            "target": quota.target,
            "counter": quota.counter,
            "period": quota.period,
            "tally": quota.tally,
            "period_start": _day(quota.period_start),
            "period_end": _day(quota.period_end),
            "met": quota.met,
            "items": [_item(item) for item in quota.items],
            "quote": quota.quote or None,
        }
        for quota in quotas
    ]


def _item(item: ItemTally) -> Json:
    return {"name": item.name, "tally": item.tally, "met": item.met}


def _note(note: NoteRow) -> Json:
    return {"at": note.at, "text": note.text}


def _clock_rule(rule: ClockRuleRow) -> Json:
    return {
        "days": rule.days,
        "day_kind": rule.day_kind,
        "direction": rule.direction,
        "bound": rule.bound,
        "trigger": rule.trigger,
        "action": rule.action,
        "quote": rule.quote or None,
    }


def _report(report: ReportRow) -> Json:
    return {
        "what": report.what,
        "to": report.to,
        "due": _day(report.due),
        "attachments": list(report.attachments),
        "quote": report.quote or None,
    }


def _rule(rule: RuleRow) -> Json:
    return {"kind": rule.kind, "text": rule.text}


def _summary(summary: Summary) -> Json:
    return {
        "total": summary.total,
        "done": summary.done,
        "overdue": summary.overdue,
        "due_within_7_days": summary.due_within_7_days,
        "standing": summary.standing,
        "completion_rate": summary.completion_rate,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
