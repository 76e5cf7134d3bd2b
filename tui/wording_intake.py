"""The sentences of 导入通知: what was read of a row, what is open on it, what is different from before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from db.intake.reading import FIELD_NAMES, PROBLEM_NAMES, Problem, Reading, ReadTask
from db.intake.source import Place
from db.rules.deadlines import resolve
from db.rules.differences import Differences
from db.rules.notice import ClockRule, Deadline, NoticeDraft, Quota, Report, Task
from db.rules.rows_intake import IntakeRow
from db.rules.words import DAY_KIND_NAMES, DEADLINE_KIND_NAMES, DEADLINE_SOURCE_NAMES, PERIOD_NAMES, RATE, ROLE_NAMES
from tui.cells import one_line
from tui.wording import moment_words, recurrence_words

NO_DATE: Final = "没有具体日期"
WEEKDAYS: Final = "一二三四五六日"

DIFFERENCE_NAMES: Final[dict[str, str]] = {
    **FIELD_NAMES,
    "agency": "发文机关",
    "title": "标题",
    "document_number": "文号",
    "year": "年份",
    "issued_on": "印发日期",
    "units": "单位名册",
    "reports": "报送",
}


def not_kept_words(is_beside: bool) -> str:
    """That the file did not take the steps; is_beside: they lie in the folder of drafts."""
    return "草稿没有存进台账，先存在这台电脑上" if is_beside else "草稿没有存上，修改还在屏幕上"


def day_of_week(day: date) -> str:
    """2026-11-30 周一."""
    return f"{day.isoformat()} 周{WEEKDAYS[day.weekday()]}"


def place_words(place: Place) -> str:
    """表 2 第 3 行第 4 列; 正文第 12 段."""
    return place.words()


def row_places(places: Iterable[Place]) -> str:
    """表 2 第 3 行、表 2 第 4 行: the rows and paragraphs of several places."""
    rows = dict.fromkeys(Place(one.part, one.row, line=one.line) for one in places)
    return "、".join(map(place_words, rows))


# Problems


def open_on(reading: Reading, task: str) -> tuple[Problem, ...]:
    """The open problems of a task, those that must be answered first."""
    found = [one for one in reading.problems if one.task == task and not one.answered]
    return tuple(sorted(found, key=lambda one: not one.blocks))


def how_many_open(reading: Reading) -> str:
    """待核对 5 个（必答 2）."""
    left = sum(not one.answered for one in reading.problems)
    if not left:
        return "问题都已核对"
    must = len(reading.blocking)
    return f"待核对 {left} 个" + (f"（必答 {must}）" if must else "")


def problem_name(problem: Problem) -> str:
    return PROBLEM_NAMES[problem.kind]


def problem_line(problem: Problem) -> str:
    """One line of a problem of the whole document."""
    text = f"“{problem.text}”" if problem.text and not problem.text.startswith("第 ") else problem.text
    return f"{problem_name(problem)}：{text}{'，' if text else ''}{problem.assumed}"


def mark_of(open_problems: Sequence[Problem], task: ReadTask, *, was_asked: bool) -> str:
    """必答, 待核对, 已改, 已确认; '' for a row on which nothing was ever asked."""
    if any(one.blocks for one in open_problems):
        return "必答"
    if open_problems:
        return "待核对"
    if task.mended:
        return "已改"
    return "已确认" if task.accepted or was_asked else ""


# Fields of a task


def units_words(task: Task) -> str:
    """牵头：办公室；配合：各科室; the role alone is left out where all are 责任."""
    by_role: dict[str, list[str]] = {}
    for one in task.responsibilities:
        mark = "？" if one.through in ("related", "inherited") else ""
        by_role.setdefault(one.role, []).append(one.name + mark)
    if set(by_role) == {"responsible"}:
        return "、".join(by_role["responsible"])
    return "；".join(f"{ROLE_NAMES[role]}：{'、'.join(names)}" for role, names in by_role.items())


def due_of(task: Task, year: int | None) -> date | None:
    """The date that is ours; None where there is none or no year to count by."""
    dates = [resolve(one, year) for one in task.deadlines if one.ours] if year is not None else []
    return min((day for day in dates if day is not None), default=None)


def deadline_line(task: Task, year: int | None) -> tuple[str, str]:
    """The resolved date ('' for none) and the phrase."""
    if not task.deadlines:
        return "", DEADLINE_KIND_NAMES["none"]
    ours = next((one for one in task.deadlines if one.ours), task.deadlines[0])
    day = due_of(task, year)
    return day.isoformat() if day else "", ours.text or DEADLINE_KIND_NAMES[ours.kind]


def deadline_words(deadline: Deadline, year: int | None) -> str:
    """11月底前 → 2026-11-30 周一（月底），依据：时限栏."""
    day = resolve(deadline, year) if year is not None else None
    if day is not None:
        words = day_of_week(day)
    elif deadline.month is not None:
        words = "没有年份，算不出日期" if year is None else NO_DATE
    else:
        words = NO_DATE
    kind = DEADLINE_KIND_NAMES[deadline.kind]
    if deadline.recurrence:
        kind = recurrence_words(deadline.recurrence)
    party = f"{deadline.party}：" if deadline.party else ""
    other = "" if deadline.ours else "，不是本局的"
    return f"{party}{deadline.text} → {words}（{kind}），依据：{DEADLINE_SOURCE_NAMES[deadline.source]}{other}"


def deadlines_words(task: Task, year: int | None) -> str:
    """Every date rule on a line of its own."""
    return "\n".join(deadline_words(one, year) for one in task.deadlines) or DEADLINE_KIND_NAMES["none"]


def quota_words(quota: Quota) -> str:
    """每季度不少于 2 条."""
    gap = "" if quota.counter == RATE else " "
    return f"{PERIOD_NAMES[quota.period]}不少于 {quota.target}{gap}{quota.counter}"


def clock_words(rule: ClockRule) -> str:
    """收到申请后 5 个工作日内答复; 活动前 3 个工作日备案."""
    least = "不少于 " if rule.bound == "min" else ""
    span = f"{least}{rule.days} {DAY_KIND_NAMES[rule.day_kind]}"
    if rule.direction == "before":
        return f"{rule.trigger}前 {span}：{rule.action}"
    return f"{rule.trigger}后 {span}{'' if least else '内'}：{rule.action}"


def report_words(report: Report, year: int | None) -> str:
    day = f"{year + report.year_offset} 年" if year is not None else ""
    return f"{report.what}，报{report.to}，{day}{report.month}月{report.day}日"


# Drafts, accepting, differences


def draft_words(row: IntakeRow) -> str:
    """2026-10-28 09:30 开始，2026-10-29 08:15 改过."""
    return f"{moment_words(row.begun_at)} 开始，{moment_words(row.changed_at)} 改过"


def summary_words(draft: NoticeDraft, reading: Reading | None) -> str:
    """What is about to be taken in, a line each."""
    dated = sum(1 for task in draft.tasks if any(one.month is not None or one.recurrence for one in task.deadlines))
    lines = [
        draft.title or "没有标题",
        f"{draft.agency or '没有署名'}，{draft.year} 年，短名 {draft.plan}",
        f"任务 {len(draft.tasks)} 项（有日期的 {dated} 项），单位 {len(draft.units)} 个，报送 {len(draft.reports)} 项",
    ]
    if reading is not None:
        lines.append(unseen_words(reading) or "问题都已核对。")
        alone = sum(1 for one in reading.tasks if not one.task.responsibilities)
        if alone:
            lines.append(f"没有责任单位的任务 {alone} 项，在各单位的台账里都列为待确认。")
    return "\n".join(lines)


def unseen_words(reading: Reading) -> str:
    """That something was not looked at; '' where all was."""
    unseen = sum(not one.answered for one in reading.problems)
    return f"还有 {unseen} 个问题没有核对，照读稿入库。" if unseen else ""


def field_words(task: Task, field: str, year: int) -> str:
    """One field of a task for a comparison."""
    match field:
        case "number":
            return task.number
        case "assignment":
            return units_words(task) or "没有责任单位"
        case "deadline":
            return deadlines_words(task, year)
        case "quotas":
            return "；".join(map(quota_words, task.quotas)) or "没有"
        case _:
            value = getattr(task, field)
            return str(value) if value else "空"


def notice_field_words(draft: NoticeDraft, field: str) -> str:
    match field:
        case "units":
            return "、".join(unit.name for unit in draft.units) or "没有"
        case "reports":
            return "；".join(report_words(one, draft.year) for one in draft.reports) or "没有"
        case _:
            value = getattr(draft, field)
            return str(value) if value is not None else "没有"


def difference_lines(former: NoticeDraft, new: NoticeDraft, found: Differences) -> Iterator[tuple[str, str]]:
    """A line for each difference, with what was and what is."""
    for name in found.notice:
        was, now = notice_field_words(former, name), notice_field_words(new, name)
        yield f"通知的{DIFFERENCE_NAMES[name]}有改动", f"原：{was}\n现：{now}"
    before = {task.number: task for task in former.tasks}
    after = {task.number: task for task in new.tasks}
    for change in found.changes:
        if change.number is None:
            task = before[change.former or ""]
            yield f"没有了：原第 {task.number} 项  {one_line(task.requirement)}", "办过的保留在台账里；没有办过的去掉。"
        elif change.former is None:
            task = after[change.number]
            yield f"新增：第 {task.number} 项  {one_line(task.requirement)}", task.requirement
        else:
            old, task = before[change.former], after[change.number]
            names = "、".join(DIFFERENCE_NAMES[name] for name in change.fields)
            line = f"有改动：第 {task.number} 项  {names}  {one_line(task.requirement)}"
            yield line, "\n".join(_changed(old, task, change.fields, (former.year, new.year)))


def _changed(former: Task, new: Task, fields: Sequence[str], years: tuple[int, int]) -> Iterator[str]:
    for name in fields:
        yield f"{DIFFERENCE_NAMES[name]} 原：{field_words(former, name, years[0])}"
        yield f"{DIFFERENCE_NAMES[name]} 现：{field_words(new, name, years[1])}"
