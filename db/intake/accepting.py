"""A reading without open questions -> the NoticeDraft that the store takes, checked by writing and reading it again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from db.errors import ReadingError
from db.intake.plan_toml import read_plan
from db.intake.reading import Problem, Reading
from db.intake.toml_writing import inherits, to_toml
from db.rules.assigned import for_everybody
from db.rules.differences import SUPPLEMENT
from db.rules.limits import quoted_text
from db.rules.notice import Deadline, NoticeDraft, NoticeUnit, Responsibility, Scope, Task
from db.rules.squeezed import squeezed


def notice_draft(reading: Reading) -> NoticeDraft:
    """What is taken in. Raises ReadingError, naming them, while blocking problems are open, or there is no task."""
    if reading.blocking:
        raise ReadingError(
            f"还有 {len(reading.blocking)} 个必须核对的问题，没有入库。", "请逐个核对：照读稿确认，或改正后再入库。"
        )
    draft = unchecked_draft(reading)
    name = reading.source.name
    again = read_plan(name, to_toml(draft), None)
    if replace(again, other_numbers=()) != draft:
        raise ReadingError(f"“{name}”的读稿写出后再读不一样，没有入库。", "请把这份文件反馈给程序的维护者。")
    return draft


def unchecked_draft(reading: Reading) -> NoticeDraft:
    """The reading as a NoticeDraft with its problems still open, for the TOML of a draft.

    Raises ReadingError where there is nothing that could be one: no task, no year.
    """
    if not reading.tasks:
        raise ReadingError(
            f"“{reading.source.name}”里没有读出任务。", "请核对文件；也可以用 --import-template 的表格填写后导入。"
        )
    head = reading.head
    if head.year is None:
        raise ReadingError("通知没有写明年份。", "请写明是哪一年的任务：在核对界面里填，或者加 --year 2026。")
    draft = NoticeDraft(
        plan=reading.plan,
        agency=_line(head.agency),
        title=_line(head.title),
        document_number=_line(head.document_number),
        year=head.year,
        issued_on=head.issued_on,
        text=quoted_text(reading.text)[0],
        units=tuple(_unit(unit) for unit in reading.units),
        tasks=_with_own(_task(one.task) for one in reading.tasks),
        unit_quotas=tuple(replace(one, quote=_cut(one.quote)) for one in reading.unit_quotas),
        clock_rules=tuple(
            replace(
                one,
                trigger=_cut(one.trigger),
                action=_cut(one.action),
                quote=_cut(one.quote),
                task=_line(one.task),
            )
            for one in reading.limits
        ),
        reports=tuple(
            replace(
                one,
                what=_cut(one.what),
                to=_cut(one.to),
                quote=_cut(one.quote),
                attachments=tuple(cut for words in one.attachments if (cut := _cut(words))),
            )
            for one in reading.reports
        ),
        rules=tuple(replace(one, text=_cut(one.text)) for one in reading.rules),
        headings=_headings(reading.headings),
    )
    return supplemented(with_everybody(draft))


def with_everybody(draft: NoticeDraft) -> NoticeDraft:
    """The draft with a task that names nobody possible for every unit: else it would be in no unit's ledger."""
    tasks = tuple(
        task if task.responsibilities else replace(task, responsibilities=(for_everybody(task.number),))
        for task in draft.tasks
    )
    return replace(draft, tasks=tasks)


def restorable(draft: NoticeDraft) -> NoticeDraft:
    """A notice of the file so that its TOML can be taken in again: tasks kept from a former reading are not in its text
    and may have inherited from one that is gone."""
    return supplemented(with_everybody(replace(draft, tasks=_with_own(draft.tasks))))


def open_problems(reading: Reading) -> tuple[tuple[str | None, Problem], ...]:
    """The problems that are still open, each with the number of its task."""
    numbers = {one.key: one.task.number for one in reading.tasks}
    return tuple((numbers.get(one.task or ""), one) for one in reading.problems if not one.answered)


def supplemented(draft: NoticeDraft) -> NoticeDraft:
    """The draft whose text holds every word that it quotes: what the source does not say so is added, and marked."""
    source = squeezed(draft.text)
    missing = [words for words in dict.fromkeys(_quoted(draft)) if squeezed(words) not in source]
    if not missing:
        return draft
    marked = () if SUPPLEMENT in draft.text else ("", SUPPLEMENT)
    return replace(draft, text="\n".join((draft.text.rstrip("\n"), *marked, *missing)) + "\n")


def _quoted(draft: NoticeDraft) -> Iterator[str]:
    """Every string that has to stand in the notice (see plan_toml)."""
    yield from (words for words in (draft.agency, draft.title, draft.document_number) if words)
    yield from (words for _, words in draft.headings)
    for unit in draft.units:
        yield from (unit.name, unit.quote)
    for task in draft.tasks:
        yield from (words for words in (task.section, task.matter, task.requirement, task.remark) if words)
        if task.assignment:
            yield task.assignment
        for one in task.responsibilities:
            yield one.name
            if one.quote:
                yield one.quote
        for deadline in task.deadlines:
            yield from (words for words in (deadline.text, deadline.quote, deadline.party) if words)
        yield from (quota.quote for quota in task.quotas)
    yield from (quota.quote for quota in draft.unit_quotas)
    yield from (rule.quote for rule in draft.clock_rules)
    yield from (report.quote for report in draft.reports)
    yield from (rule.text for rule in draft.rules)


def _headings(headings: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The header words that are words; none at all where the column of requirements has none."""
    found = tuple((column, _cut(words)) for column, words in headings if _line(words))
    return found if any(column == "requirement" for column, _ in found) else ()


def _unit(unit: NoticeUnit) -> NoticeUnit:
    name, quote = _cut(unit.name), _cut(unit.quote)
    return replace(unit, name=name, quote=quote if squeezed(name) in squeezed(quote) else name)


def _with_own(tasks: Iterable[Task]) -> tuple[Task, ...]:
    found: list[Task] = []
    for task in tasks:
        if inherits(task, found) is None:
            task = replace(task, responsibilities=tuple(_own(each) for each in task.responsibilities))
        found.append(task)
    return tuple(found)


def _own(one: Responsibility) -> Responsibility:
    """What was inherited from a cell that no task has any more (mended, dropped): still only possible."""
    if one.through != "inherited":
        return one
    return replace(one, through="related", scope=one.scope or Scope((), (one.name,)), quote=one.quote or one.name)


def _task(task: Task) -> Task:
    """The task in one line each. Words of a time limit that give no date (根据会议时间确定) are kept as a remark: the
    ledger knows no deadline without a date."""
    undated = [f"完成时限：{one.text}" for one in task.deadlines if one.kind == "none"]
    if undated:
        words = "；".join([*([task.remark] if task.remark else []), *undated])
        dated = tuple(one for one in task.deadlines if one.kind != "none")
        task = replace(task, remark=words, remark_source=task.remark_source or "cell", deadlines=dated)
    remark = _line(task.remark)
    task = replace(
        task,
        number=_cut(task.number),
        section=_line(task.section),
        matter=_line(task.matter),
        requirement=_cut(task.requirement),
        assignment=_line(task.assignment),
        remark=remark,
        remark_source=task.remark_source if remark else None,
        deadlines=tuple(_deadline(one) for one in task.deadlines),
        quotas=tuple(replace(one, quote=_cut(one.quote)) for one in task.quotas),
    )
    unique: dict[tuple[str, str], Responsibility] = {}
    for one in task.responsibilities:
        unique.setdefault((one.role, _cut(one.name)), _responsibility(one, task))
    return replace(task, responsibilities=tuple(unique.values()))


def _responsibility(one: Responsibility, task: Task) -> Responsibility:
    """Its name stands in its cell or its quote, else it is its own quote."""
    name, quote = _cut(one.name), _line(one.quote)
    stands = squeezed(name) in squeezed(quote or task.assignment or task.requirement) or one.through == "inherited"
    return replace(one, name=name, quote=quote if stands else name)


def _deadline(one: Deadline) -> Deadline:
    text, quote = _cut(one.text), _cut(one.quote)
    return replace(one, text=text, quote=quote if squeezed(text) in squeezed(quote) else text, party=_line(one.party))


def _line(text: str | None) -> str | None:
    return None if text is None else _cut(text) or None


def _cut(text: str) -> str:
    """One line of what the store takes: a line break inside a cell is no word; a tab is a space."""
    return quoted_text(text)[0].replace("\n", "").replace("\t", " ").strip()
