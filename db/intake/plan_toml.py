"""A reading in TOML -> NoticeDraft, strictly: what is not understood is refused, naming file, key and reason.

Grammar of the file (every string verbatim from the notice unless said otherwise):
    format = 1   plan   year   agency? title? document_number? issued_on?
    [headings]? section? number? matter? requirement assignment? deadline? remark?    in the table's order
    [default_deadline]? text month day quote
    [[unit]] name kind quote            [[task]] number section? matter? requirement assignment? inherits? remark?
    [[unit_quota]] [[clock_rule]]       remark_source? recurrence? responsibilities deadline? quotas
    [[report]] [[rule]] [[other_number]]
    [source]? text                      the notice itself, where it does not lie beside the reading
Places are named from 1: task[12].deadline.month is the month of the twelfth [[task]]. `also` holds other
wordings of the same number, checked against the text and not carried further.
"""

import re
from typing import Final, get_args

from db.errors import ReadingError
from db.intake.plan_deadlines import LATEST_YEAR_OFFSET, default_deadline, month_day
from db.intake.plan_table import Table
from db.intake.plan_tasks import quotas, tasks
from db.intake.toml_text import parsed
from db.rules.notice import ClockRule, NoticeDraft, NoticeUnit, OtherNumber, Report, Rule, Task
from db.rules.squeezed import squeezed
from db.rules.words import UNIT_KINDS, WHOLE_BUREAU, Bound, DayKind, Direction, RuleKind

LARGEST_FILE: Final = 1_000_000
"""Bytes of a reading or of a notice's text; the largest notice seen has 18,000."""

OTHER_NUMBER_REASONS: Final = ("cited_document", "count_of_things", "name", "issue_date")
ROOT_KEYS: Final = (
    "format",
    "plan",
    "agency",
    "title",
    "document_number",
    "year",
    "issued_on",
    "headings",
    "default_deadline",
    "unit",
    "task",
    "unit_quota",
    "clock_rule",
    "report",
    "rule",
    "other_number",
    "source",
)
COLUMNS: Final = ("section", "number", "matter", "requirement", "assignment", "deadline", "remark")
"""The columns of a notice's table by our names."""
PLAN_SHAPE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_plan(name: str, toml_text: str, notice_text: str | None) -> NoticeDraft:
    """The reviewed reading of one notice. name: the file's name, for messages; notice_text: None where the reading
    carries the notice itself ([source]).

    Raises ReadingError: not TOML, over 1 MB, an unknown or missing key, a wrong type, a word outside its list,
    a date that does not exist, a quote that does not stand in the notice.
    """
    _refuse_large(name, toml_text, LARGEST_FILE if notice_text is not None else 4 * LARGEST_FILE)
    values = parsed(name, toml_text)
    if notice_text is None:
        notice_text = _own_text(Table(name, "", values, ""))
    _refuse_large(f"{name} 的通知原文", notice_text, LARGEST_FILE)
    root = Table(name, "", values, squeezed(notice_text))
    root.only(*ROOT_KEYS)
    root.whole("format", 1, 1)
    units = _units(root)
    found = tasks(root, {unit.name for unit in units}, default_deadline(root))
    return NoticeDraft(
        plan=_plan(root),
        agency=root.optional_verbatim("agency"),
        title=root.optional_verbatim("title"),
        document_number=root.optional_verbatim("document_number"),
        year=root.whole("year", 2000, 2100),
        issued_on=root.optional_day("issued_on"),
        text=notice_text,
        units=units,
        tasks=found,
        unit_quotas=quotas(root, "unit_quota"),
        clock_rules=_clock_rules(root, found),
        reports=tuple(_report(one) for one in root.tables("report")),
        rules=tuple(_rule(one) for one in root.tables("rule")),
        other_numbers=tuple(_other_number(one) for one in root.tables("other_number")),
        headings=_headings(root),
    )


def _refuse_large(what: str, text: str, limit: int) -> None:
    if len(text.encode("utf-8", "surrogatepass")) > limit:
        raise ReadingError(f"{what}：超过 {limit // LARGEST_FILE} MB，不像是一份通知", "请检查是否选错了文件。")


def _own_text(root: Table) -> str:
    """The notice that the reading carries in [source]."""
    source = root.optional_table("source")
    if source is None:
        root.refuse("source", "缺少这个表", "通知原文写在 [source] 的 text 里；--draft 写出的读稿里有。")
    source.only("text")
    text = source.values.get("text")
    if not isinstance(text, str) or not text.strip():
        source.refuse("text", "应是通知的原文", "--draft 写出的读稿里有。")
    return text


def _plan(root: Table) -> str:
    plan = root.text("plan")
    if not PLAN_SHAPE.fullmatch(plan):
        root.refuse("plan", f"短名“{plan}”不合写法", "只用小写英文字母、数字和连字符，如 jiangmen-2021。")
    return plan


def _headings(root: Table) -> tuple[tuple[str, str], ...]:
    """Our name and the notice's words of each column that its table has; () where the notice has no table."""
    table = root.optional_table("headings")
    if table is None:
        return ()
    table.only(*COLUMNS)
    table.verbatim("requirement")
    return tuple((column, table.verbatim(column)) for column in table.values)


def _units(root: Table) -> tuple[NoticeUnit, ...]:
    found: dict[str, NoticeUnit] = {}
    for table in root.tables("unit"):
        table.only("name", "kind", "quote")
        name, quote = table.verbatim("name"), table.verbatim("quote")
        if name in found:
            table.refuse("name", f"“{name}”写了两次", "名册里每个单位只写一次。")
        if name == WHOLE_BUREAU:
            table.refuse("name", f"“{WHOLE_BUREAU}”不能作单位名", "它表示全部任务。")
        if squeezed(name) not in squeezed(quote):
            table.refuse("quote", f"出处里没有“{name}”", "quote 是写着这个单位的一段原文。")
        found[name] = NoticeUnit(name, table.word("kind", UNIT_KINDS), quote)
    return tuple(found.values())


def _clock_rules(root: Table, found: tuple[Task, ...]) -> tuple[ClockRule, ...]:
    numbers = {task.number for task in found}
    return tuple(_clock_rule(one, numbers) for one in root.tables("clock_rule"))


def _clock_rule(one: Table, numbers: set[str]) -> ClockRule:
    one.only("days", "day_kind", "direction", "bound", "trigger", "action", "quote", "task", "also")
    task = one.optional_text("task")
    if task is not None and task not in numbers:
        one.refuse("task", f"没有编号 {task} 的任务", "适用于全体的规则不写 task。")
    one.verbatims("also")
    day_kind: DayKind = one.word("day_kind", get_args(DayKind))
    direction: Direction = one.word("direction", get_args(Direction))
    bound: Bound = one.word("bound", get_args(Bound))
    return ClockRule(
        days=one.whole("days", 1, 3660),
        day_kind=day_kind,
        direction=direction,
        bound=bound,
        trigger=one.text("trigger"),
        action=one.text("action"),
        quote=one.verbatim("quote"),
        task=task,
    )


def _report(one: Table) -> Report:
    one.only("what", "to", "month", "day", "year_offset", "attachments", "quote", "also")
    one.verbatims("also")
    point = month_day(one)
    return Report(
        what=one.text("what"),
        to=one.text("to"),
        month=point[0],
        day=point[1],
        quote=one.verbatim("quote"),
        year_offset=one.whole("year_offset", 0, LATEST_YEAR_OFFSET, 0),
        attachments=one.texts("attachments"),
    )


def _rule(one: Table) -> Rule:
    one.only("kind", "text")
    kind: RuleKind = one.word("kind", get_args(RuleKind))
    return Rule(kind, one.verbatim("text"))


def _other_number(one: Table) -> OtherNumber:
    one.only("text", "reason")
    return OtherNumber(one.verbatim("text"), one.word("reason", OTHER_NUMBER_REASONS))
