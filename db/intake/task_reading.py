"""A document's rows, taken apart, read as tasks: who, by when, how many, and every doubt with its field."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from db.intake.body import BodyMatch
from db.intake.phrases.assignments import responsibilities
from db.intake.phrases.clocks import clocks
from db.intake.phrases.deadlines import deadlines
from db.intake.phrases.first_leads import led_by_first
from db.intake.phrases.quotas import quotas
from db.intake.phrases.subjects import subjects
from db.intake.problems import Found
from db.intake.reading import Doubt, Field, Head, RawTask, ReadTask
from db.intake.row_fields import OF_OTHER_SECTION
from db.intake.settings import Settings
from db.intake.source import Place
from db.rules.notice import Deadline, NoticeUnit, Quota, Responsibility, Task
from db.rules.words import ROLE_NAMES, Role

_OPEN: Final = ("(", "（", "〔", "[", "［", "【")

ROLE_LABELS: Final[dict[Role, str]] = {"lead": "牵头", "responsible": "责任", "support": "配合"}

NO_UNITS: Final = "空白就是没有责任单位"
"""The other answer to the question whether a blank cell is the one above."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every task of a document is read with. first: the sentence by which the first of each list leads."""

    head: Head
    default: Deadline | None
    units: tuple[NoticeUnit, ...]
    settings: Settings
    first: str | None = None


def read_tasks(
    rows: Sequence[RawTask], context: Context, matches: Mapping[str, BodyMatch]
) -> tuple[tuple[ReadTask, ...], tuple[Found, ...]]:
    """Every row as a task, and what is doubtful about each. matches: the body's words on a row, by its key."""
    tasks: dict[str, ReadTask] = {}
    found: list[Found] = []
    numbers = numbered(rows)
    for one in rows:
        above = tasks.get(one.inherits) if one.inherits else None
        read, doubts = _task(one, numbers[one.key], above, context, matches.get(one.key))
        tasks[one.key] = read
        place = _row(one.places[0]) if one.places else None
        found.extend(Found(doubt, place, one.key, part) for part, doubt in doubts)
    return tuple(tasks.values()), tuple(found)


def _row(place: Place) -> Place:
    """The row: which of its columns a doubt is about is said by its field."""
    return replace(place, column=None) if place.row is not None else place


def numbered(tasks: Iterable[RawTask]) -> dict[str, str]:
    """A number for every task by its key: the printed one; where none is printed, its place in the list; a second
    time the same gets a mark behind it, since the ledger knows a task by its number."""
    taken: dict[str, int] = {}
    numbers: dict[str, str] = {}
    for position, task in enumerate(tasks, 1):
        number = task.number or str(position)
        taken[number] = taken.get(number, 0) + 1
        while taken[number] > 1 and f"{number}-{taken[number]}" in taken:
            taken[number] += 1
        unique = number if taken[number] == 1 else f"{number}-{taken[number]}"
        taken.setdefault(unique, 1)
        numbers[task.key] = unique
    return numbers


def _task(
    raw: RawTask, number: str, above: ReadTask | None, context: Context, match: BodyMatch | None
) -> tuple[ReadTask, list[tuple[Field, Doubt]]]:
    doubts: list[tuple[Field, Doubt]] = list(_of_row(raw, context.settings.blank_inherits))
    assignment, who = _who(raw, above, context, doubts)
    when, when_doubts = deadlines(
        raw.deadline,
        raw.requirement,
        year=context.head.year,
        default=context.default,
        issued_on=context.head.issued_on,
    )
    doubts.extend(("deadline", doubt) for doubt in when_doubts)
    counted, count_doubts = _quotas(raw)
    doubts.extend(("quotas", doubt) for doubt in count_doubts)
    limits, limit_doubts = clocks(raw.requirement, number)
    doubts.extend(("clocks", doubt) for doubt in limit_doubts)
    remark, remark_source = raw.remark, "cell" if raw.remark else None
    section = raw.section
    if match is not None:
        section = section or match.section
        if match.differs:
            doubts.extend(("row", doubt) for doubt in match.differs)
            who = (*who, *match.parties)
            if remark is None:
                remark, remark_source = match.sentence, "body"
    task = Task(
        number=number,
        section=section,
        matter=raw.matter,
        requirement=raw.requirement,
        assignment=assignment,
        remark=remark,
        remark_source=remark_source,
        responsibilities=who,
        deadlines=when,
        quotas=counted,
    )
    return ReadTask(raw.key, task, raw.places, limits, raw.state), doubts


def _of_row(raw: RawTask, blank_inherits: bool | None) -> Iterator[tuple[Field, Doubt]]:
    """The doubts of the row itself. That the units would be those of another section's end is asked once the clerk has
    said that a blank cell is the one above: before, the one question is what it is."""
    for part, doubt in raw.doubts:
        if doubt.assumed != OF_OTHER_SECTION or blank_inherits:
            yield part, doubt


def _who(
    raw: RawTask, above: ReadTask | None, context: Context, doubts: list[tuple[Field, Doubt]]
) -> tuple[str | None, tuple[Responsibility, ...]]:
    """Who is responsible, and the cell as written.

    A merge of the document is the cell above. A blank or missing cell of a text is proposed as the cell above and
    asked once for the document; an empty cell of a real table is empty.
    """
    if raw.state == "written":
        who, unsure = responsibilities(without_deadline(raw), context.units)
        if not who and not unsure:
            return spoken_assignment(raw.assignments), _subjects(raw, context, doubts)
        doubts.extend(("assignment", doubt) for doubt in (*unsure, *_of_roles(raw, who)))
        led = led_by_first(who) if context.first is not None else who
        if led != who:
            words = "各行列第一位的单位都读作牵头"
            doubts.append(("assignment", Doubt("first_leads", context.first or "", words)))
        return spoken_assignment(raw.assignments), led
    if above is None or not above.task.responsibilities:
        return None, _subjects(raw, context, doubts)
    if raw.state == "merged":
        return above.task.assignment, above.task.responsibilities
    if context.settings.blank_inherits is None:
        words = "沿用上一行" if raw.inherits else "没有责任单位"
        doubts.append(("assignment", Doubt("blank_cells", "", words, (NO_UNITS,), blocks=True)))
    elif not context.settings.blank_inherits:
        return None, ()
    if raw.state == "missing" or context.settings.blank_inherits:
        return above.task.assignment, above.task.responsibilities
    return None, tuple(replace(one, through="inherited") for one in above.task.responsibilities)


def _of_roles(raw: RawTask, who: Sequence[Responsibility]) -> Iterator[Doubt]:
    """A unit that does the work and supports itself in it; a row of columns of roles in which nobody has the work."""
    roles: dict[str, set[Role]] = {}
    for one in who:
        if one.scope is None:
            roles.setdefault(one.name, set()).add(one.role)
    twice = [name for name, found in roles.items() if len(found) > 1 and "support" in found]
    if twice and not any(doubt.kind == "row_unsure" for _, doubt in raw.doubts):
        names = [ROLE_NAMES[role] for role in ROLE_LABELS if role in roles[twice[0]]]
        yield Doubt("units_clause", "、".join(twice), f"同一行里既{'又'.join(names)}，都照写列入")
    of_columns = all(role == "support" for role, text in raw.assignments if text)
    if who and of_columns and all(one.role == "support" for one in who):
        yield Doubt("units_clause", spoken_assignment(raw.assignments) or "", "只有配合单位，没有牵头或责任单位")


def without_deadline(raw: RawTask) -> tuple[tuple[Role | None, str], ...]:
    """The unit cells without the deadline that was taken out of a bracket of prose (某科牵头，6月底前)."""
    deadline = raw.deadline
    if deadline is None:
        return raw.assignments
    return tuple((role, _cut(text, deadline) if text[:1] in _OPEN else text) for role, text in raw.assignments)


def _cut(text: str, deadline: str) -> str:
    """Behind a label of its own (完成时限：) it does no harm."""
    before, found, behind = text.partition(deadline)
    return text if not found or before.endswith(("：", ":")) else before + behind


def _subjects(raw: RawTask, context: Context, doubts: list[tuple[Field, Doubt]]) -> tuple[Responsibility, ...]:
    """Who the sentences of a row make responsible that has no unit cell: always doubtful, once for a row."""
    who, unsure = subjects(raw.requirement, context.units)
    if not who:
        unsure = (Doubt("units_missing", raw.requirement[:30], "没有责任单位"),)
    if not any(part == "row" for part, _ in doubts):
        doubts.extend(("assignment", doubt) for doubt in unsure)
    return who


def spoken_assignment(cells: Sequence[tuple[Role | None, str]]) -> str | None:
    """The unit cells of a row as one text: of one column as written, of several with each role's name before it."""
    texts = [(role, text) for role, text in cells if text]
    if len(texts) == 1 and texts[0][0] in (None, "responsible"):
        return texts[0][1]
    return "；".join(_labelled(role, text) for role, text in texts) or None


def _labelled(role: Role | None, text: str) -> str:
    """With the role before it, unless the cell says it itself (牵头单位：…)."""
    word = ROLE_LABELS.get(role, "") if role else ""
    own = re.match("[^:：,，、；;。]{0,6}[:：]", text[len(word) :]) if text.startswith(word) else None
    return text if own is not None or not word else f"{word}：{text}"


def _quotas(raw: RawTask) -> tuple[tuple[Quota, ...], tuple[Doubt, ...]]:
    """Those of the requirement, then those of a column of amounts that the requirement does not have."""
    found, doubts = quotas(raw.requirement)
    if raw.quota:
        more, more_doubts = quotas(raw.quota)
        known = {(one.target, one.counter, one.period) for one in found}
        found = (*found, *(one for one in more if (one.target, one.counter, one.period) not in known))
        doubts = (*doubts, *more_doubts)
    return found, doubts
