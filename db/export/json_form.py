"""The ledger as JSON: the one shape of `--export x.json` and `--list --json`, documented in the README and kept stable.

Every key is always there; what is absent is null, never ''. Imports no more than the rows need, so that
`--list --json` is quick.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from db.export.json_shapes import Json, clock_shape, countdown_shape, day_shape, quota_shape, report_shape, rule_shape
from db.rules.rows import (
    CountRow,
    DeadlineRow,
    EntryRow,
    EvidenceRow,
    LedgerRow,
    LedgerSheet,
    NoteRow,
    OccurrenceRow,
    PublicationRow,
    RuleRow,
    Summary,
)

if TYPE_CHECKING:
    from db.export.document import Document

_INDENT: Final = 2

Row = TypeVar("Row", PublicationRow, CountRow)
Titles = Mapping[int, str]
"""The title of each publication by its id."""


def document(sheet: LedgerSheet, at: datetime) -> "Document":
    """The file's bytes: UTF-8, no BOM. `at` is not used: the ledger carries its day."""
    from db.export.document import Document
    from db.export.text import has_surrogate

    shape = as_dict(sheet)
    text = json_text(shape, indent=_INDENT) + "\n"
    meant = json.loads(text) if has_surrogate(json.dumps(shape, ensure_ascii=False)) else shape

    def differs(written: bytes) -> str | None:
        return None if json.loads(written.decode("utf-8")) == meant else "JSON 内容不一致"

    return Document(text.encode("utf-8"), differs)


def json_text(shape: object, indent: int | None = None) -> str:
    """JSON with Chinese as it is and every unseen character escaped: safe in a file and on a terminal."""
    from db.export.text import json_safe

    return json_safe(json.dumps(shape, ensure_ascii=False, indent=indent))


def json_page(shape: Json) -> str:
    """The same for a terminal or a pipe: a line for each key, and one for each object of a list.

    Only `indent` would make json walk the whole shape in Python, which costs more than reading the ledger.
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines = ["{\n"]
    for key, value in shape.items():
        if len(lines) > 1:
            lines.append(",\n")
        if isinstance(value, list) and value:
            lines.append(f"{encode(key)}: [\n")
            # One by one: isprintable is quick, and only the few that are not are searched for what to escape.
            for one in value:
                lines += (_safe(encode(one)), ",\n")
            lines[-1] = "\n]"
        else:
            lines.append(f"{encode(key)}: {_safe(encode(value))}")
    lines.append("\n}")
    return "".join(lines)


def _safe(line: str) -> str:
    if line.isprintable():
        return line
    from db.export.text import json_safe

    return json_safe(line)


def as_dict(sheet: LedgerSheet) -> Json:
    """The shape of the design, every key in its order."""
    published = _by_entry(sheet.publications)
    counted = _by_entry(sheet.counts)
    attached = _attached(sheet.evidence)
    titles = {row.id: row.title for row in sheet.publications}
    entries = [
        _entry(
            entry, published.pop(entry.id, []), counted.get(entry.id, []), _evidence(attached.pop(entry.id, []), titles)
        )
        for entry in sheet.entries
    ]
    return {
        "ledger": {**ledger_shape(sheet.ledger, sheet.today), "head": sheet.head or None},
        "entries": entries,
        "unit_quotas": [quota_shape(quota) for quota in sheet.unit_quotas],
        "clock_rules": [rule_shape(rule) for rule in sheet.clock_rules],
        "clocks": [clock_shape(clock) for clock in sheet.clocks],
        "reports": [report_shape(report) for report in sheet.reports],
        "rules": [_rule(rule) for rule in sheet.rules],
        "summary": _summary(sheet.summary),
        # Also those of entries that are not the unit's any more: nothing that was published is lost.
        "publications": [_publication(row) for rows in published.values() for row in rows],
        "evidence": [shape for rows in attached.values() for shape in _evidence(rows, titles)],
    }


def _attached(rows: Iterable[EvidenceRow]) -> dict[int | None, list[EvidenceRow]]:
    """Evidence by the entry that it counts for, that of the entry's publications too; None: of the unit."""
    found: dict[int | None, list[EvidenceRow]] = {}
    for row in rows:
        found.setdefault(row.of_entry, []).append(row)
    return found


def _by_entry(rows: Iterable[Row]) -> dict[int | None, list[Row]]:
    """Publications or counts by their entry, in their order; None: of the unit."""
    found: dict[int | None, list[Row]] = {}
    for row in rows:
        found.setdefault(row.entry, []).append(row)
    return found


def ledger_shape(ledger: LedgerRow, today: date) -> Json:
    """Which ledger, on which day."""
    return {
        "plan": ledger.plan,
        "agency": ledger.agency or None,
        "title": ledger.title or None,
        "year": ledger.year,
        "unit": ledger.unit,
        "officer": ledger.officer or None,
        "today": today.isoformat(),
    }


def _entry(
    entry: EntryRow, published: Sequence[PublicationRow], counts: Sequence[CountRow], evidence: Sequence[Json]
) -> Json:
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
        "countdown": countdown_shape(entry.countdown),
        "status": entry.status,
        "done_on": day_shape(entry.done_on),
        "what_was_done": entry.what_was_done or None,
        "reason": entry.reason or entry.own_reason or None,
        "remark": entry.remark or None,
        "quotas": [quota_shape(quota) for quota in entry.quotas],
        "notes": [_note(note) for note in entry.notes],
        "publications": [_publication(row) for row in published],
        "evidence": list(evidence),
        "occurrences": [_occurrence(row) for row in entry.occurrences],
        "counts": _counts(counts, entry),
    }


def _counts(counts: Sequence[CountRow], entry: EntryRow) -> list[Json]:
    """The plain counts, each with the name of its item."""
    names = {item.id: item.name for quota in entry.quotas for item in quota.items}
    return [
        {
            "on": day_shape(row.day),
            "number": row.number,
            "item": None if row.item is None else names.get(row.item),
            "what": row.what or None,
        }
        for row in counts
    ]


def _deadline(deadline: DeadlineRow) -> Json:
    adjusted = deadline.adjusted
    return {
        "text": deadline.text or None,
        "kind": deadline.kind,
        "source": deadline.source,
        "due": day_shape(deadline.due),
        "quote": deadline.quote or None,
        "dates": [{"party": each.party or None, "due": day_shape(each.due)} for each in deadline.dates],
        "recurrence": deadline.recurrence or None,
        "adjusted": {"due": day_shape(adjusted.due), "reason": adjusted.reason or None} if adjusted else None,
    }


def _publication(row: PublicationRow) -> Json:
    return {
        "on": row.day.isoformat(),
        "title": row.title,
        "channel": row.channel,
        "address": row.address or None,
        "form": row.form,
    }


def _evidence(rows: Iterable[EvidenceRow], titles: Titles) -> list[Json]:
    """A file has sha256 and size (bytes), a link an address; publication: the title of the one that it belongs to."""
    return [
        {
            "name": row.name,
            "sha256": row.sha256,
            "size": row.size,
            "added_at": row.added_at,
            "address": row.address,
            "caption": row.caption or None,
            "day": day_shape(row.day),
            "publication": None if row.publication is None else titles.get(row.publication),
        }
        for row in rows
    ]


def _occurrence(row: OccurrenceRow) -> Json:
    return {
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "state": row.state,
        "done_on": day_shape(row.done_on),
        "what_was_done": row.what_was_done or None,
    }


def _note(note: NoteRow) -> Json:
    return {"at": note.at, "text": note.text}


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
