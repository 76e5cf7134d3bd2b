"""The 办理流水 in the clerk's words: each step with what it changed, old value and new."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from db.rules.clock_json import stored_extensions, stored_pauses, stored_stages
from db.rules.clock_words import pause_words
from db.rules.file_words import WHOLE_FILE, file_words
from db.rules.rows import HistoryRow
from db.rules.value import value
from db.rules.words import APPLICABILITY_NAMES, DAY_KIND_NAMES, STAGE_NAMES, STATUS_NAMES, STEP_NAMES

_ROW_FIELDS: Final[dict[str, dict[str, str]]] = {
    "entry": {
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
        "shift_confirmed": "换算的日期",
    },
    "note": {"text": "记事"},
    "ledger": {"officer": "经办人"},
    "publication": {
        "title": "标题",
        "day": "日期",
        "channel": "渠道",
        "form": "形式",
        "address": "网址版面",
        "entry_id": "所属事项",
    },
    "item": {"name": "事项", "day": "日期"},
    "count": {"number": "次数", "day": "日期", "what": "做了什么", "item_id": "所属的事项"},
    "occurrence": {"start": "一期", "done_on": "办结日期", "what_was_done": "工作做法及成效"},
    "clock": {
        "subject": "事由",
        "start_day": "起算日",
        "pauses": "暂停",
        "extensions": "延长",
        "stages": "进度",
        "closed_on": "了结日期",
        "outcome": "结果",
        "entry_id": "所属事项",
    },
    "evidence": {
        "name": "名称",
        "caption": "说明",
        "day": "日期",
        "address": "网址",
        "entry_id": "所属事项",
        "publication_id": "所属公开记录",
    },
    "report_state": {
        "what": "报送",
        "recipient": "报给",
        "due": "时间",
        "reason": "依据",
        "handed_in_on": "报送日期",
        "remark": "备注",
    },
}
_NOUNS: Final[dict[str, str]] = {
    "publication": "公开记录",
    "item": "事项",
    "count": "次数",
    "occurrence": "本期销账",
    "clock": "计时",
    "report_state": "报送登记",
    "evidence": "佐证材料",
}
"""What a whole row of what is counted and timed is; its first field says which one."""
_WITHOUT_ENTRY: Final[dict[str, str]] = {
    "ledger": "台账",
    "publication": "本单位",
    "clock": "计时",
    "report_state": "报送",
    "evidence": "公开记录",
}
_NAMED_VALUES: Final[dict[str, dict[str, str]]] = {
    "status": STATUS_NAMES,
    "decision": APPLICABILITY_NAMES,
    "shift_confirmed": {"0": "待核对", "1": "已确认"},
}
_ONLY_CHANGED: Final = frozenset({"status", "entry_id", "item_id", "shift_confirmed"})
"""What says nothing in a row that is new: it stands beside it, or is so of itself."""


DELETED: Final = "已删的事项"


@value
class ToldStep:
    """One step (销账 2 项 is one): at as stored (ISO), name in the clerk's words, changes: where and what, in order."""

    at: str
    officer: str | None
    name: str
    changes: tuple[tuple[str, str], ...]


_BRIEF: Final = 40
"""How many characters of a value tell which of two versions it is."""


def field_name(table: str, field: str) -> str:
    """What the clerk calls a column of a table; '' where it is never shown."""
    return _ROW_FIELDS.get(table, {}).get(field, "")


def row_noun(table: str) -> str:
    """What a row of a table is called."""
    return {"entry": "事项", "note": "记事", "ledger": "台账"}.get(table) or _NOUNS.get(table, table)


def named_value(field: str, value: object) -> str:
    """A value as the clerk reads it."""
    return _NAMED_VALUES.get(field, {}).get(str(value), str(value))


def differing(table: str, left: Mapping[str, object] | None, stands: Mapping[str, object] | None) -> str:
    """Two versions of a row in the clerk's words: 当时留下：…；现在：…。 None: there was, or is, no such row."""
    if left is None or stands is None:
        then, now = ("没有" if version is None else "有" for version in (left, stands))
        return f"当时{then}这条{row_noun(table)}，现在{now}。"
    told = [
        f"{name} 当时留下：{_brief(field, left[field])}；现在：{_brief(field, stands.get(field))}。"
        for field in left
        if left[field] != stands.get(field) and (name := field_name(table, field))
    ]
    return "".join(told) or "牵连到它的内容已经不同。"


def _brief(field: str, value: object) -> str:
    if value is None:
        return "空"
    words = " ".join(named_value(field, value).split())
    return words if len(words) <= _BRIEF else words[: _BRIEF - 1] + "…"


@value
class _Names:
    """What entries are called by their id, what those are that are not among them, the images of publications."""

    entries: Mapping[int, str]
    missing: str
    publications: Mapping[int, Mapping[str, object]]


def told_steps(rows: Sequence[HistoryRow], entries: Mapping[int, str], *, missing: str = DELETED) -> Iterator[ToldStep]:
    """Newest step first. rows: newest first; entries: what each is called, by its id; missing: what an entry is called
    that is not among them.
    """
    by_seq = {row.seq: row for row in rows}
    names = _Names(entries, missing, _publications(rows))
    for _, group in groupby(rows, key=lambda row: row.group):
        steps = sorted(group, key=lambda row: row.seq)
        changes = tuple((_where(row, names), _changed(row, names)) for row in steps)
        yield ToldStep(steps[0].at, steps[0].officer, _name(steps, by_seq), changes)


def _publications(rows: Sequence[HistoryRow]) -> dict[int, Mapping[str, object]]:
    """The newest image of each publication that the rows tell of."""
    found: dict[int, Mapping[str, object]] = {}
    for row in rows:
        table, _, number = row.subject.partition(":")
        if table == "publication":
            found.setdefault(int(number), row.after or row.before or {})
    return found


def _name(steps: Sequence[HistoryRow], by_seq: Mapping[int, HistoryRow]) -> str:
    first = steps[0]
    names = "、".join(dict.fromkeys(STEP_NAMES.get(row.verb, row.verb) for row in steps))
    origin: HistoryRow | None = first
    while origin is not None and origin.undoes is not None:
        origin = by_seq.get(origin.undoes)
    taken_back = f"：{STEP_NAMES.get(origin.verb, origin.verb)}" if origin is not None and origin is not first else ""
    return f"{names}{taken_back}"


def _table(row: HistoryRow) -> str:
    return row.subject.partition(":")[0]


def _where(row: HistoryRow, names: _Names) -> str:
    table, _, number = row.subject.partition(":")
    if table == "file":
        return WHOLE_FILE
    image = row.after or row.before or {}
    entry_id = int(number) if table == "entry" else image.get("entry_id")
    if table == "evidence" and entry_id is None:
        of = names.publications.get(_key(image.get("publication_id")))
        entry_id, nobodys = (None, _WITHOUT_ENTRY[table]) if of is None else (of.get("entry_id"), "本单位")
        return nobodys if entry_id is None else names.entries.get(_key(entry_id), names.missing)
    if entry_id is None and table in _WITHOUT_ENTRY:
        return _WITHOUT_ENTRY[table]
    if isinstance(entry_id, int) and entry_id in names.entries:
        return names.entries[entry_id]
    return f"自增事项 自{image['own_number']}" if image.get("own_number") else names.missing


def _key(number: object) -> int:
    """The number as a key; 0, which is nobody's, for what is none."""
    return number if isinstance(number, int) else 0


def _changed(row: HistoryRow, names: _Names) -> str:
    before, after = row.before or {}, row.after or {}
    table = _table(row)
    if table == "file":
        return file_words(after)
    fields = _ROW_FIELDS.get(table, {})
    if row.after is None and table in _NOUNS:
        return f"删去{_NOUNS[table]}「{_value(next(iter(fields)), next(map(before.get, fields)), names)}」"
    told = [_told(field, name, before.get(field), after.get(field), row, names) for field, name in fields.items()]
    if table == "clock" and row.before is None:
        told.insert(1, _rule(after))
    return "；".join(words for words in told if words) or "没有改动内容"


def _told(field: str, name: str, before: object, after: object, row: HistoryRow, names: _Names) -> str:
    if before == after or (row.before is None and field in _ONLY_CHANGED):
        return ""
    if row.after is None and field == "shift_confirmed":
        return ""
    if field in _LISTS:
        return _told_list(field, name, before, after)
    if row.after is None:
        return f"删去{name}「{_value(field, before, names)}」"
    if before is None:
        return f"{name}：{_value(field, after, names)}"
    if after is None:
        return f"{name}：去掉「{_value(field, before, names)}」"
    return f"{name}：由「{_value(field, before, names)}」改为「{_value(field, after, names)}」"


def _value(field: str, value: object, names: _Names) -> str:
    if field == "entry_id" and isinstance(value, int):
        return names.entries.get(value, names.missing)
    if field == "publication_id":
        return str(names.publications.get(_key(value), {}).get("title", "一条公开记录"))
    if field == "item_id":
        return "另一事项"
    if field == "start":
        return f"{value} 起"
    return _NAMED_VALUES.get(field, {}).get(str(value), str(value))


def _rule(clock: Mapping[str, object]) -> str:
    """收到申请：20个工作日, as the clock has copied it."""
    return f"规则：{clock.get('trigger')}，{clock.get('days')} {DAY_KIND_NAMES.get(str(clock.get('day_kind')), '天')}"


# The JSON lists of a clock


def _pauses(text: str) -> list[str]:
    return [pause_words(pause) for pause in stored_pauses(text)]


def _extensions(text: str) -> list[str]:
    return [f"{each.on.isoformat()} 延长 {each.days} 天（{each.reason}）" for each in stored_extensions(text)]


def _stages(text: str) -> list[str]:
    return [f"{STAGE_NAMES[reached.stage]} {reached.on.isoformat()}" for reached in stored_stages(text)]


_LISTS: Final[dict[str, Callable[[str], list[str]]]] = {
    "pauses": _pauses,
    "extensions": _extensions,
    "stages": _stages,
}


def _told_list(field: str, name: str, before: object, after: object) -> str:
    """What came into the list and what went out of it; what is no such list is told as it stands."""
    try:
        old = _LISTS[field](before) if isinstance(before, str) else []
        new = _LISTS[field](after) if isinstance(after, str) else []
    except (ValueError, KeyError):
        return f"{name}：{after}"
    came = [words for words in new if words not in old]
    went = [words for words in old if words not in new]
    told = [f"{name}：{'、'.join(came)}"] if came else []
    told += [f"去掉{name}「{'、'.join(went)}」"] if went else []
    return "；".join(told)
