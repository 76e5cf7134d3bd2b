"""A source -> its Reading: layouts, tables and prose, then the phrases of every task, then the letter around them.

Pure and the same each time: replaying a draft reads the same source again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from db.intake import head as heads
from db.intake.body import body_of
from db.intake.filled_template import head_of, without_cover
from db.intake.layouts.blocks import structured
from db.intake.parts import taken_apart
from db.intake.phrases.assignments import names
from db.intake.phrases.deadlines import deadlines, default_deadline
from db.intake.phrases.first_leads import first_leads, marked_leads
from db.intake.phrases.reports import reports
from db.intake.phrases.roster import roster
from db.intake.phrases.rules import letter
from db.intake.phrases.signs import folded
from db.intake.phrases.subjects import subject_names
from db.intake.problems import Found, collapsed, reader_problems, told
from db.intake.reading import Doubt, Head, RawNotice, Reading, ReadTask
from db.intake.settings import NOTHING_SETTLED, Settings
from db.intake.source import LossKind, Source, plain_text
from db.intake.task_reading import Context, read_tasks
from db.rules.notice import Deadline, NoticeUnit

ADDRESS_WITHIN: Final = 20
"""The address line (各科室、单位：) stands among the first paragraphs."""

HEAD_NAMES: Final = {"agency": "发文机关", "title": "标题", "document_number": "文号"}
ISSUED: Final = "印发日期"
UNIT_COLUMNS: Final = ("assignment", "lead", "responsible", "support")
SPOKEN_OF: Final[tuple[LossKind, ...]] = (
    *("unread_text", "number", "formula", "encoding", "picture", "page_joint", "clamped_span"),
    *("hidden_rows", "hidden_sheet", "hidden_text", "inserted", "deleted"),
)
"""Losses that can hide a task or a word, or show one that is none: each is a problem; the others are only told."""


@lru_cache(maxsize=32)
def understood(source: Source, settings: Settings = NOTHING_SETTLED) -> Reading:
    """The reading of a document, with every doubt as a problem. Never raises for what the document says."""
    cover = without_cover(structured(source))
    raw = taken_apart(cover.blocks, {(block, column): role for block, column, role in settings.roles})
    around = (*raw.before, *raw.after)
    if "reports" in cover.said:
        around = (*around, (len(cover.blocks), cover.said["reports"]))
    head, head_doubts = _head(raw, around, settings, cover.said)
    found = [Found(doubt, None, None, None) for doubt in head_doubts]
    found.extend(Found(doubt, place, None, None) for place, doubt in raw.doubts)
    default, default_doubts = _default(around, head, settings, cover.said.get("default"))
    units, unit_doubts = _roster(raw, settings)
    found.extend(Found(doubt, None, None, None) for doubt in unit_doubts)
    matches = {match.task: match for match in body_of(raw.before, raw.tasks)}
    notes = "\n".join((*(text for _, text in around), *(word for table in raw.tables for word in table.headings)))
    first = first_leads(notes)
    if marks := marked_leads(notes):
        found.append(Found(Doubt("first_leads", marks, "字体上的记号读不出来，没有按它定牵头"), None, None, None))
    tasks, of_tasks = read_tasks(raw.tasks, Context(head, default, units, settings, first), matches)
    found.extend(of_tasks)
    found.extend(Found(doubt, None, None, None) for doubt in _of_default(default_doubts, tasks))
    said = letter(around, head.year, tasks)
    found.extend(Found(doubt, None, None, None) for doubt in said.doubts)
    asked, report_doubts = reports("\n".join(text for _, text in around), head.year)
    found.extend(Found(doubt, None, None, None) for doubt in report_doubts)
    problems = (*reader_problems(source, SPOKEN_OF), *collapsed(found, tasks))
    return Reading(
        source=source,
        plan=_plan(head, settings),
        head=head,
        tasks=tasks,
        units=units,
        problems=problems,
        tables=raw.tables,
        default_deadline=default,
        unit_quotas=said.unit_quotas,
        clock_rules=said.clock_rules,
        reports=asked,
        rules=said.rules,
        headings=headings(raw),
        said="；".join(part for part in (raw.said, told(source, SPOKEN_OF)) if part),
        text=plain_text(source),
    )


def _head(
    raw: RawNotice, around: Sequence[tuple[int, str]], settings: Settings, cover: Mapping[str, str]
) -> tuple[Head, tuple[Doubt, ...]]:
    """What the letter says, over it what the cover of a template says, over it what the clerk has set."""
    if cover:
        read, doubts = head_of(cover)
    else:
        read, doubts = heads.head(tuple(around), (task.requirement for task in raw.tasks), raw.about)
    given = dict(settings.head)
    found = Head(
        given.get("agency", read.agency),
        given.get("title", read.title),
        given.get("document_number", read.document_number),
        settings.year or read.year,
        settings.issued[0] if settings.issued else read.issued_on,
    )
    return found, tuple(left for doubt in doubts if (left := _still_asked(doubt, settings)) is not None)


def _still_asked(doubt: Doubt, settings: Settings) -> Doubt | None:
    """A doubt about the head, as far as the clerk has not set what it is about."""
    given = {HEAD_NAMES[field] for field, _ in settings.head if field in HEAD_NAMES}
    if settings.issued:
        given.add(ISSUED)
    if doubt.kind in ("year_unknown", "year_assumed"):
        return None if settings.year else doubt
    if doubt.kind == "head_unsure":
        about = next((name for name in HEAD_NAMES.values() if doubt.assumed.startswith(name)), ISSUED)
        return None if about in given else doubt
    if doubt.kind == "head_missing":
        left = "、".join(name for name in doubt.text.split("、") if name not in given)
        return replace(doubt, text=left) if left else None
    return doubt


def _plan(head: Head, settings: Settings) -> str:
    """The short name: the clerk's, else made of the document's number and year (notice-233-2021)."""
    given = dict(settings.head).get("plan")
    if given:
        return given
    number = (head.document_number or "").rstrip("号")
    digits = number[max(number.rfind(sign) for sign in "〕]）)】") + 1 :].strip()
    middle = f"{int(digits)}-" if digits.isascii() and digits.isdigit() and len(digits) < 7 else ""
    return f"notice-{middle}{head.year or 'year'}"


def _default(
    around: Sequence[tuple[int, str]], head: Head, settings: Settings, written: str | None
) -> tuple[Deadline | None, tuple[Doubt, ...]]:
    """The date of every task without its own: the clerk's phrase, else the first sentence that sets one."""
    if settings.default:
        phrase = settings.default[0]
        return (None, ()) if phrase is None else _spoken_default(phrase, head)
    if written is not None:
        return _spoken_default(written, head)
    for _, text in around:
        found, doubts = default_deadline(text, year=head.year)
        if found is not None or doubts:
            return found, doubts
    return None, ()


def _of_default(doubts: Sequence[Doubt], tasks: Sequence[ReadTask]) -> Iterator[Doubt]:
    """What is doubtful about the default, with how many tasks take it."""
    takers = sum(any(one.source == "notice" for one in task.task.deadlines) for task in tasks)
    for doubt in doubts:
        if doubt.kind == "deadline_default":
            doubt = replace(doubt, assumed=f"{doubt.assumed}，共 {takers} 项")
        yield doubt


def _spoken_default(phrase: str, head: Head) -> tuple[Deadline | None, tuple[Doubt, ...]]:
    """A date that the clerk typed, as the notice's default."""
    found, doubts = deadlines(phrase, "", year=head.year, default=None, issued_on=None)
    if len(found) != 1 or found[0].kind not in ("on_day", "month_end"):
        return None, doubts or (Doubt("deadline_unread", phrase, "没有统一时限", blocks=True),)
    return replace(found[0], source="notice"), doubts


def _roster(raw: RawNotice, settings: Settings) -> tuple[tuple[NoticeUnit, ...], tuple[Doubt, ...]]:
    cells: list[tuple[str, tuple[str, ...]]] = []
    for task in raw.tasks:
        if task.state == "written":
            cells.extend((text, names(text, role)) for role, text in task.assignments)
        elif task.inherits is None:
            cells.extend((quote, (name,)) for name, quote in subject_names(task.requirement))
    found, doubts = roster(cells, _address(raw))
    set_by_name = {folded(name): NoticeUnit(name, kind, name) for name, kind in settings.units}
    units = []
    for unit in found:
        mended = set_by_name.pop(folded(unit.name), unit)
        if unit.name not in settings.dropped:
            units.append(replace(unit, kind=mended.kind))
    units.extend(set_by_name.values())
    return tuple(units), doubts


def _address(raw: RawNotice) -> str | None:
    """The line that says to whom it goes: among the first paragraphs, ending in a colon."""
    for _, text in raw.before[:ADDRESS_WITHIN]:
        line = text.strip()
        if line.endswith(("：", ":")) and len(line) < 300:
            return line
    return None


def headings(raw: RawNotice) -> tuple[tuple[str, str], ...]:
    """The header words by our names of the columns, of the first task table; () where the tasks are prose."""
    columns = {"section", "number", "matter", "requirement", "deadline", "remark"}
    for table in raw.tables:
        found: dict[str, list[str]] = {}
        for role, words in zip(table.roles, table.headings, strict=True):
            name = "assignment" if role in UNIT_COLUMNS else role
            if words and (role in UNIT_COLUMNS or (role in columns and role not in found)):
                found.setdefault(name, []).append(words)
        if "requirement" in found:
            return tuple((name, "、".join(words)) for name, words in found.items())
    return ()
