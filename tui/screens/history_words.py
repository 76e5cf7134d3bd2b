"""The 办理流水 in the clerk's words: each step with what it changed, old value and new."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from db.rules.rows import EntryRow, HistoryRow
from db.rules.words import APPLICABILITY_NAMES, STATUS_NAMES, STEP_NAMES
from tui.dialogs.entries_named import number_words
from tui.widgets.reading_pane import Block

_FIELDS: Final[dict[str, str]] = {
    "own_requirement": "事项内容",
    "own_due": "完成时限",
    "own_reason": "来源或理由",
    "status": "状态",
    "done_on": "办结日期",
    "what_was_done": "工作做法及成效",
    "reason": "不适用理由",
    "decision": "是否本单位",
    "adjusted_due": "调整时限",
    "adjusted_reason": "调整理由",
    "text": "记事",
    "officer": "经办人",
}
_NAMED_VALUES: Final[dict[str, dict[str, str]]] = {"status": STATUS_NAMES, "decision": APPLICABILITY_NAMES}
_ROW_FIELDS: Final = {
    "entry": tuple(_FIELDS)[:-2],
    "note": ("text",),
    "ledger": ("officer",),
}


def history_blocks(rows: Sequence[HistoryRow], entries: Sequence[EntryRow]) -> Iterator[Block]:
    """Newest step first: a heading with time, officer and name, below it what was changed where."""
    named = {entry.id: number_words(entry) for entry in entries}
    by_seq = {row.seq: row for row in rows}
    for _, group in groupby(rows, key=lambda row: row.group):
        steps = sorted(group, key=lambda row: row.seq)
        yield Block(_heading(steps, by_seq), look="heading")
        for row in steps:
            yield Block(_changed(row), label=_where(row, named))
        yield Block("")


def _heading(steps: Sequence[HistoryRow], by_seq: Mapping[int, HistoryRow]) -> str:
    first = steps[0]
    names = "、".join(dict.fromkeys(STEP_NAMES.get(row.verb, row.verb) for row in steps))
    origin: HistoryRow | None = first
    while origin is not None and origin.undoes is not None:
        origin = by_seq.get(origin.undoes)
    taken_back = f"：{STEP_NAMES.get(origin.verb, origin.verb)}" if origin is not None and origin is not first else ""
    officer = f"  {first.officer}" if first.officer else ""
    return f"{first.at[:16].replace('T', ' ')}  {names}{taken_back}{officer}"


def _where(row: HistoryRow, named: Mapping[int, str]) -> str:
    table, _, number = row.subject.partition(":")
    if table == "ledger":
        return "台账"
    image = row.after or row.before or {}
    entry_id = image.get("entry_id") if table == "note" else int(number)
    if isinstance(entry_id, int) and entry_id in named:
        return named[entry_id]
    return f"自增事项 自{image['own_number']}" if image.get("own_number") else "已删的事项"


def _changed(row: HistoryRow) -> str:
    before, after = row.before or {}, row.after or {}
    fields = _ROW_FIELDS.get(row.subject.partition(":")[0], ())
    told = [_told(field, before.get(field), after.get(field), row) for field in fields]
    return "；".join(words for words in told if words) or "没有改动内容"


def _told(field: str, before: object, after: object, row: HistoryRow) -> str:
    if before == after or (row.before is None and field == "status"):
        return ""
    name = _FIELDS[field]
    if row.after is None:
        return f"删去{name}「{_value(field, before)}」"
    if before is None:
        return f"{name}：{_value(field, after)}"
    if after is None:
        return f"{name}：去掉「{_value(field, before)}」"
    return f"{name}：由「{_value(field, before)}」改为「{_value(field, after)}」"


def _value(field: str, value: object) -> str:
    return _NAMED_VALUES.get(field, {}).get(str(value), str(value))
