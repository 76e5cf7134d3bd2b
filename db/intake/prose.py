"""Tasks written as prose: numbered items with who is responsible in a bracket, on the next line, or as the subject.

    item := number? text bracket | number? text label-line+ | number? (sentence bracket){2,} | unit ':' text
    path := the printed numbers down to the item's own                       一(四)3

Items of a list that name no unit are tasks where their neighbours do or where a unit is their subject, each with a
doubt; the rest is text. Where nobody is made responsible for anything there are no tasks.
Source: notice-patterns.md sections 1 and 6; reading-the-notices.md (prose).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from db.intake.headers import LONGEST
from db.intake.layouts.signs_of_cells import is_unit
from db.intake.numbering import CHAPTER, Head, leading
from db.intake.phrases.signs import folded
from db.intake.phrases.units import is_name
from db.intake.prose_items import Item, Line, Parsed, extent, items_of, labelled, parsed_line
from db.intake.prose_records import ProseTasks, records_of
from db.intake.prose_signs import Bracket, inner_brackets, label_of, subject_of, unit_first
from db.intake.reading import Doubt, Field, RawTask
from db.intake.rows import is_finished

_DEMANDS: Final = (
    *("工作要求", "有关要求", "相关要求", "几点要求", "总体要求", "指导思想", "基本原则", "工作目标", "组织领导"),
    *("总体目标", "工作原则"),
)
_SANCTIONS: Final = ("追究", "问责", "奖惩", "绩效考核", "年度考核", "通报批评")


def tasks_of(lines: Sequence[Line]) -> ProseTasks:
    """The tasks of a text without a task table; none where nobody is made responsible for anything."""
    parsed = [parsed_line(line) for line in lines]
    records = records_of(parsed)
    if records is not None:
        return records
    bracketed = [at for at, one in enumerate(parsed) if one.brackets]
    below = labelled(parsed)
    if not bracketed and len(below) < 2 and not any(parsed[at].head for at in below):
        return _by_unit(parsed)
    marks = sorted({*bracketed, *below})
    first, last = extent(parsed, marks)
    items, headings = items_of(parsed, first, last)
    return _decided(parsed, items, headings, marks[-1])


def _decided(parsed: Sequence[Parsed], items: Sequence[Item], headings: set[int], last_mark: int) -> ProseTasks:
    """Which items are tasks: the charged ones; of the others those beside charged ones or with a unit as subject."""
    parents = {_parent(item) for item in items if item.charged}
    tasks: list[RawTask] = []
    used: set[int] = set()
    left: list[int] = []
    count = 0
    for item in items:
        beside = _parent(item) in parents and item.lines[0] <= last_mark
        found = _charged_tasks(parsed, item) if item.charged else _loose_task(parsed, item, beside)
        found = [task for task in found if task.requirement]
        count += max(len(found), item.own)
        if found:
            tasks.extend(found)
            used.update(item.lines, item.headings, item.labels)
        elif item.own and _asks(parsed, item):
            left.append(item.lines[0])
    end = max(used, default=-1)
    used.update(at for at in headings if at < end)
    return ProseTasks(tuple(tasks), frozenset(used), tuple(left), count)


def _parent(item: Item) -> tuple[tuple[int, str], ...]:
    heads = item.path[:-1] if item.own else item.path
    return tuple((head.level, head.printed) for head in heads)


def _asks(parsed: Sequence[Parsed], item: Item) -> bool:
    """Whether an item that is no task is worth a question: not where it only threatens or opens the paper."""
    text = "".join(parsed[at].line.text for at in item.lines)
    return not any(word in text for word in _SANCTIONS)


def _loose_task(parsed: Sequence[Parsed], item: Item, beside: bool) -> list[RawTask]:
    """An item that names no units in a bracket or a label. beside: those next to it do."""
    titles = "".join(parsed[at].line.text for at in item.headings) + parsed[item.lines[0]].line.text[:20]
    if not item.own or any(word in titles for word in _DEMANDS):
        return []
    task = _task(parsed, item)
    subject = subject_of(task.requirement)
    if subject is not None:
        assumed = f"没有写责任单位，以主语“{subject}”为责任单位，作为一项任务"
        return [_with(task, "row", Doubt("row_unsure", subject, assumed, ("不是任务",)))]
    if not beside:
        return []
    doubt = Doubt("row_unsure", task.requirement[:20], "没有写责任单位，仍作为一项任务", ("不是任务",))
    return [_with(task, "row", doubt)]


def _charged_tasks(parsed: Sequence[Parsed], item: Item) -> list[RawTask]:
    """One task; or one for each bracket where brackets stand behind the sentences of one paragraph."""
    task = _task(parsed, item)
    if len(item.lines) > 1:
        doubt = Doubt("row_unsure", task.requirement[:20], f"{len(item.lines)} 段合为一项", ("各段分作几项",))
        task = _with(task, "row", doubt)
    line = parsed[item.lines[-1]].line
    for words in inner_brackets(line.text, item.brackets):
        doubt = Doubt("units_clause", words, "句子中间的括号里还有单位，没有读入")
        task = _with(task, "assignment", doubt)
    if not item.brackets:
        return [task]
    last = item.brackets[-1]
    tail = line.text[last.end :].strip().strip("。；;.!！").strip()
    if len(item.brackets) == 1 and not tail:
        return [task]
    if not line.text[: item.brackets[0].start].strip():
        return [_with(_whole(task, line, item.brackets), "row", Doubt("row_unsure", line.text[:20], "括号写在段首"))]
    return _split(task, line, item.brackets, bool(tail))


def _whole(task: RawTask, line: Line, brackets: Sequence[Bracket]) -> RawTask:
    """The paragraph as one task, its brackets in it."""
    cells = tuple((None, line.text[one.start : one.end]) for one in brackets)
    return replace(task, requirement=line.text.strip(), assignments=cells)


def _split(task: RawTask, line: Line, brackets: Sequence[Bracket], tail: bool) -> list[RawTask]:
    found: list[RawTask] = []
    start = 0
    for number, bracket in enumerate(brackets):
        text = line.text[start : bracket.start]
        body = leading(text).rest if number == 0 and leading(text) else text.lstrip("。；; ")  # type: ignore[union-attr]
        found.append(
            replace(
                task,
                key=task.key if number == 0 else f"{task.key}s{number + 1}",
                number=_nth(task.number, number, len(brackets) + tail),
                requirement=body.strip(),
                assignments=((None, line.text[bracket.start : bracket.end]),),
                deadline=bracket.deadline,
                doubts=task.doubts if number == 0 else (),
            )
        )
        start = bracket.end
    if tail:
        rest = replace(
            found[-1],
            key=f"{task.key}s{len(brackets) + 1}",
            number=_nth(task.number, len(brackets), len(brackets) + 1),
            requirement=line.text[start:].strip().lstrip("。；; "),
            assignments=(),
            state="missing",
            deadline=None,
            doubts=(),
        )
        doubt = Doubt("row_unsure", rest.requirement[:20], "责任单位后面还有文字，单独作为一项", ("不是任务",))
        found.append(_with(rest, "row", doubt))
    return found


def _nth(number: str | None, nth: int, of: int) -> str | None:
    return f"{number}-{nth + 1}" if number and of > 1 else number


def _task(parsed: Sequence[Parsed], item: Item) -> RawTask:
    """The item as one task, the brackets at its end taken off its requirement."""
    texts: list[str] = []
    for at in item.lines:
        one = parsed[at]
        body = one.head.rest if one.head and at == item.lines[0] and item.own else one.line.text
        if one.label is not None:
            body = one.label.value
        texts.append(body.strip())
    assignments = list(item.units)
    deadline = item.deadline
    if item.brackets:
        line = parsed[item.lines[-1]].line
        bracket = item.brackets[-1]
        cut = len(line.text.rstrip()) - bracket.start
        texts[-1] = texts[-1][: len(texts[-1]) - cut].strip()
        assignments.insert(0, (None, line.text[bracket.start : bracket.end]))
        deadline = deadline or bracket.deadline
    above = [parsed[at].line.text.strip() for at in item.headings]
    first = parsed[item.lines[0]].line
    return RawTask(
        key=first.key,
        number="".join(head.printed for head in item.path if head.level > CHAPTER) or None,
        section=above[0] if above else None,
        matter=above[-1] if len(above) > 1 else None,
        requirement="".join(texts),
        assignments=tuple(assignments),
        state="written" if assignments else "missing",
        deadline=deadline,
        quota=None,
        remark=item.remark,
        places=tuple(parsed[at].line.place for at in item.lines),
    )


def _by_unit(parsed: Sequence[Parsed]) -> ProseTasks:
    """Without any bracket or label: units as headings, unit-first paragraphs, or units as the subject of items; from
    two, two and three of them on, each with a doubt."""
    return _under_units(parsed) or _unit_first(parsed) or _by_subject(parsed) or ProseTasks()


def _under_units(parsed: Sequence[Parsed]) -> ProseTasks | None:
    """一、办公室 or 办公室： as a heading, its items below it. Below a heading without a number an item that has none
    ends a list of numbered ones: it is the end of the letter."""
    tasks: list[RawTask] = []
    used: set[int] = set()
    units: set[int] = set()
    above: _UnitHeading | None = None
    for at, one in enumerate(parsed):
        if one.empty:
            continue
        heading = _unit_heading(one, at)
        if heading is not None or (one.head and above and above.head and one.head.level <= above.head.level):
            above = heading
            continue
        if above is None or not (one.head or is_finished(one.line.text)):
            continue
        if not (one.head or above.head) and above.at in units and parsed[at - 1].head:
            above = None
            continue
        heads = ((above.head,) if above.head else ()) + _own(one)
        task = _task(parsed, Item([at], heads, (above.at,), one.head is not None))
        task = replace(task, assignments=((None, above.name),), state="written")
        tasks.append(_with(task, "assignment", Doubt("row_unsure", above.name, "以小标题里的单位为责任单位")))
        used.update((at, above.at))
        units.add(above.at)
    return ProseTasks(tuple(tasks), frozenset(used), (), len(tasks)) if len(units) >= 2 else None


@dataclass(frozen=True, slots=True)
class _UnitHeading:
    """A unit on a line of its own: where, its number if it has one, and its name."""

    at: int
    head: Head | None
    name: str


def _unit_heading(one: Parsed, at: int) -> _UnitHeading | None:
    name = _body(one).strip()
    if one.head is None:
        if not name.endswith(("：", ":")) or len(name) > 2 * LONGEST or label_of(f"{name}X") is not None:
            return None
        name = name[:-1].rstrip()
        return _UnitHeading(at, None, name) if is_name(folded(name)) and _is_named(name) and "各" not in name else None
    return _UnitHeading(at, one.head, name) if is_unit(name) and not is_finished(name) else None


def _unit_first(parsed: Sequence[Parsed]) -> ProseTasks | None:
    """办公室：做好…, a paragraph for each unit."""
    first = {at: found for at, one in enumerate(parsed) if (found := unit_first(_body(one)))}
    if len(first) < 2:
        return None
    tasks: list[RawTask] = []
    for at, (name, rest) in first.items():
        task = _task(parsed, Item([at], _own(parsed[at]), (), parsed[at].head is not None))
        task = replace(task, requirement=rest, assignments=((None, name),), state="written")
        tasks.append(_with(task, "row", Doubt("row_unsure", name, "段首是单位，作为一项任务", ("不是任务",))))
    return ProseTasks(tuple(tasks), frozenset(first), (), len(tasks))


def _by_subject(parsed: Sequence[Parsed]) -> ProseTasks | None:
    """1.办公室要…: numbered items with a named unit as their subject, below the headings of their list."""
    subjects = [at for at, one in enumerate(parsed) if one.head and _is_named(subject_of(one.head.rest))]
    if len(subjects) < 3:
        return None
    tasks: list[RawTask] = []
    used: set[int] = set()
    for item in items_of(parsed, *extent(parsed, subjects))[0]:
        if item.lines[0] not in subjects:
            continue
        task = _task(parsed, item)
        subject = subject_of(task.requirement) or ""
        tasks.append(_with(task, "row", Doubt("row_unsure", subject, "以主语为责任单位，作为一项任务", ("不是任务",))))
        used.update(item.lines, item.headings)
    return ProseTasks(tuple(tasks), frozenset(used), (), len(tasks))


def _own(one: Parsed) -> tuple[Head, ...]:
    return (one.head,) if one.head else ()


def _body(one: Parsed) -> str:
    return one.head.rest if one.head else one.line.text.strip()


def _is_named(subject: str | None) -> bool:
    """A unit by its name, no group: a general letter bids 各科室 too."""
    return subject is not None and is_unit(subject) and not folded(subject).startswith(("各", "有关", "相关", "全"))


def _with(task: RawTask, where: Field, doubt: Doubt) -> RawTask:
    return replace(task, doubts=(*task.doubts, (where, doubt)))
