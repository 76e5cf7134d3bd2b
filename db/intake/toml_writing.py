"""A NoticeDraft -> the TOML that db.intake.plan_toml reads: the same keys, in the same order, and back the same values.

The notice's text stands behind the tasks, in [source]. Problems stand as comments before what they are about:
`#! ` has to be mended before the file can be taken in (the line is taken out with it), `#? ` wants to be looked at.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from db.intake.phrases.remembering import SignTable
from db.intake.reading import PROBLEM_NAMES, Problem
from db.rules.notice import (
    ClockRule,
    Deadline,
    NoticeDraft,
    NoticeUnit,
    Quota,
    Report,
    Responsibility,
    Rule,
    Task,
)

_UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
BLOCKING: Final = "#! "
OPEN: Final = "#? "
HEADER: Final = """\
# 通知的读稿（待确认稿），由 taizhang 从“{name}”读出。
# 以“#!”开头的行是必须核对的问题：改好下面的内容后删去那一行；以“#?”开头的请顺便核对。
# 全部改好后：taizhang --import {own}
#
# 怎样改（“#”开头的行只是说明；下面缩进的行是样子，写的时候不带“#”）：
# 一、改责任单位：改那一项的 responsibilities，一个单位一行，name 用 [[unit]] 里的名称。role：lead 牵头，
#    responsible 责任，support 配合。那一项有 inherits 的（沿用上栏），先删去那一行。
#        responsibilities = [
#          {{ role = "lead", name = "办公室", quote = "牵头：办公室" }},
#        ]
#    quote 要在通知里有。通知没有这句话，就在文件末尾 [source] 的 text 最后、三个引号之前加上（第一行已有的不再加）：
#        {supplement}
#        牵头：办公室
#    [[unit]] 里没有这个单位，再加一个（kind：科室、所队、中心、属下单位、其他；通知里没有的名称也这样加在 text 最后）：
#        [[unit]]
#        name = "新设科"
#        kind = "科室"
#        quote = "新设科"
# 二、改完成时限：deadline 里的 text、quote 照通知不动，只改 month（月）和 day（日）。没有 deadline 的，加一行：
#        deadline = {{ text = "9月31日前", kind = "on_day", source = "cell", month = 9, day = 30, quote = "9月31日前" }}
#    说明为“完成时限：…”的 remark 不再需要的，可以删去。
# 三、删一项：从它的 [[task]] 起，删到下一个 [[ 之前；别处写着 inherits 或 task 等于它编号的，也要改或删。
# 四、加一项：在任何一个 [[task]] 之前加（编号不能与别项相同；这些话也这样加在 text 最后）：
#        [[task]]
#        number = "新1"
#        requirement = "开好新闻发布会。"
#        responsibilities = [ {{ role = "responsible", name = "办公室", quote = "责任：办公室" }} ]
#        deadline = {{ text = "6月底前", kind = "month_end", source = "cell", month = 6, quote = "6月底前" }}
"""
FORMER_HEADER: Final = """\
# 通知“{plan}”在 {at} 更新之前的读法，由 taizhang 另存。
# 要恢复：taizhang --import {own}（台账里的办理记录都保留）。
"""


def to_toml(draft: NoticeDraft, problems: Sequence[tuple[str | None, Problem]] = (), header: str = "") -> str:
    """The reading as TOML text. problems: (number of the task or None, problem); header: comment lines at the top."""
    of_task: dict[str | None, list[Problem]] = {}
    known = {task.number for task in draft.tasks}
    for number, problem in problems:
        of_task.setdefault(number if number in known else None, []).append(problem)
    default = _default(draft)
    parts = [header + "".join(comments(of_task.pop(None, ()))) + _root(draft)]
    if draft.headings:
        parts.append(_table("headings", dict(draft.headings)))
    if default is not None:
        parts.append(
            _table(
                "default_deadline",
                {"text": default.text, "month": default.month, "day": default.day, "quote": default.quote},
            )
        )
    parts.extend(_table("unit", _unit(unit), array=True) for unit in draft.units)
    for position, task in enumerate(draft.tasks):
        before = "".join(comments(of_task.pop(task.number, ())))
        parts.append(before + _task(task, draft.tasks[:position], default))
    parts.extend(_table("unit_quota", _quota(quota), array=True) for quota in draft.unit_quotas)
    parts.extend(_table("clock_rule", _clock(rule), array=True) for rule in draft.clock_rules)
    parts.extend(_table("report", _report(report), array=True) for report in draft.reports)
    parts.extend(_table("rule", _rule(rule), array=True) for rule in draft.rules)
    parts.append(f'[source]\ntext = """\n{_long(draft.text)}"""\n')
    return "\n".join(parts)


def comments(problems: Iterable[Problem]) -> Iterable[str]:
    """A line for each problem that is still open."""
    for one in problems:
        if one.answered:
            continue
        words = [PROBLEM_NAMES[one.kind]]
        if one.place is not None:
            words.append(f"（{one.place.words()}）")
        words.append(f"：{one.text}" if one.text else "")
        words.append(f"；暂作：{one.assumed}" if one.assumed else "")
        words.append(f"；也可能：{'、'.join(one.others)}" if one.others else "")
        yield (BLOCKING if one.blocks else OPEN) + _plain("".join(words)) + "\n"


def _default(draft: NoticeDraft) -> Deadline | None:
    """The notice's default: the date that tasks carry with source notice, as a day. None where a task has no date at
    all (its own words give none): read back, the default would become its date; each then carries its own."""
    if not all(task.deadlines for task in draft.tasks):
        return None
    for task in draft.tasks:
        for deadline in task.deadlines:
            has_day = deadline.month is not None and deadline.day is not None and not deadline.year_offset
            if deadline.source == "notice" and deadline.kind in ("on_day", "recurring") and has_day:
                return replace(deadline, kind="on_day", recurrence=None)
    return None


def _root(draft: NoticeDraft) -> str:
    values: dict[str, object] = {"format": 1, "plan": draft.plan}
    for key in ("agency", "title", "document_number"):
        values[key] = getattr(draft, key)
    values["year"] = draft.year
    lines = _lines(values)
    if draft.issued_on is not None:
        lines.append(f"issued_on = {draft.issued_on.isoformat()}")
    return "\n".join(lines) + "\n"


def _unit(unit: NoticeUnit) -> dict[str, object]:
    return {"name": unit.name, "kind": unit.kind, "quote": unit.quote}


def _task(task: Task, above: Sequence[Task], default: Deadline | None) -> str:
    values: dict[str, object] = {"number": task.number, "section": task.section, "matter": task.matter}
    values["requirement"] = task.requirement
    from_above = inherits(task, above)
    if from_above is None:
        values["assignment"] = task.assignment
    values["inherits"] = from_above
    values["remark"] = task.remark
    if task.remark_source == "body":
        values["remark_source"] = "body"
    lines = ["[[task]]", *_lines(values)]
    carried = _carries_default(task, default)
    if carried is not None:
        lines.extend(_lines({"recurrence": carried.recurrence}))
    if from_above is None and task.responsibilities:
        lines.append("responsibilities = [")
        lines.extend(f"  {_inline(_responsibility(one))}," for one in task.responsibilities)
        lines.append("]")
    if task.deadlines and carried is None:
        lines.append(f"deadline = {_inline(_deadline(task.deadlines))}")
    if task.quotas:
        lines.append(f"quotas = [{', '.join(_inline(_quota(quota)) for quota in task.quotas)}]")
    return "\n".join(lines) + "\n"


def inherits(task: Task, above: Sequence[Task]) -> str | None:
    """The number of the nearest task above whose units this one has as inherited; None if it has its own."""
    if task.assignment is not None or not task.responsibilities:
        return None
    if any(one.through != "inherited" for one in task.responsibilities):
        return None
    for other in reversed(above):
        if tuple(replace(one, through="inherited") for one in other.responsibilities) == task.responsibilities:
            return other.number
    return None


def _carries_default(task: Task, default: Deadline | None) -> Deadline | None:
    """The task's deadline where it is the notice's default, as a day or as a recurrence on it."""
    if default is None or len(task.deadlines) != 1:
        return None
    one = task.deadlines[0]
    return one if one == default or one == replace(default, kind="recurring", recurrence=one.recurrence) else None


def _responsibility(one: Responsibility) -> dict[str, object]:
    values: dict[str, object] = {"role": one.role, "name": one.name}
    if one.through != "name":
        values["through"] = one.through
    if one.scope is not None:
        values["kinds"] = list(one.scope.kinds) or None
        values["units"] = list(one.scope.units) or None
        values["except_named"] = one.scope.except_named or None
    if not one.listed:
        values["listed"] = False
    values["quote"] = one.quote
    return values


def _deadline(deadlines: Sequence[Deadline]) -> dict[str, object]:
    """One date, or those of several parties under `dates`."""
    first = deadlines[0]
    values: dict[str, object] = {"text": first.text, "kind": first.kind, "source": first.source}
    if len(deadlines) == 1 and first.party is None:
        values.update(_dates(first))
        values["start_month"], values["start_day"] = first.start_month, first.start_day
        values["recurrence"] = first.recurrence
        return {**values, "quote": first.quote}
    dates = []
    for one in deadlines:
        date = {"party": one.party, **_dates(one)}
        if not one.ours:
            date["ours"] = False
        dates.append(date)
    return {**values, "dates": dates, "quote": first.quote}


def _dates(one: Deadline) -> dict[str, object]:
    return {"month": one.month, "day": one.day, "year_offset": one.year_offset or None}


def _quota(quota: Quota) -> dict[str, object]:
    return {"target": quota.target, "counter": quota.counter, "period": quota.period, "quote": quota.quote}


def _clock(rule: ClockRule) -> dict[str, object]:
    keys = ("days", "day_kind", "direction", "bound", "trigger", "action", "quote", "task")
    return {key: getattr(rule, key) for key in keys}


def _report(report: Report) -> dict[str, object]:
    values: dict[str, object] = {"what": report.what, "to": report.to, "month": report.month, "day": report.day}
    values["year_offset"] = report.year_offset or None
    values["attachments"] = list(report.attachments) or None
    return {**values, "quote": report.quote}


def _rule(rule: Rule) -> dict[str, object]:
    return {"kind": rule.kind, "text": rule.text}


def _table(name: str, values: Mapping[str, object], array: bool = False) -> str:
    head = f"[[{name}]]" if array else f"[{name}]"
    return "\n".join([head, *_lines(values)]) + "\n"


def _lines(values: Mapping[str, object]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in values.items() if value is not None]


def _inline(values: Mapping[str, object]) -> str:
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in values.items() if value is not None) + " }"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    raise TypeError(f"no TOML value of a reading: {value!r}")


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPED)}"'


def _long(text: str) -> str:
    """The text inside three quotes: line breaks stay, everything that TOML would read otherwise is escaped."""
    return text.translate(_ESCAPED_IN_LONG)


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    code = ord(sign)
    # The clerk reads it in an editor or a terminal: what cannot be seen there is written out, and stays exact.
    is_none = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    if is_none or unicodedata.category(sign) in _UNSEEN:
        return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
    return sign


_ESCAPED: Final = SignTable(_escaped)
_ESCAPED_IN_LONG: Final = SignTable(lambda sign: sign if sign in "\n\t" else _escaped(sign))


def _plain(text: str) -> str:
    """A comment is one line, and holds no control characters."""
    return "".join(sign if sign.isprintable() or sign == "　" else " " for sign in text)
