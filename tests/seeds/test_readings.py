"""What holds for every shipped reading: complete numbering, verbatim quotes, values that stand in their sentence."""

import re
from datetime import date

import pytest

from db.rules.notice import Quota
from tests.seeds.shelf import FOLDER, NUMBERS, PLANS, bare, bare_text, draft, raw, strings_under

VERBATIM = frozenset(
    {"section", "matter", "requirement", "assignment", "remark", "quote", "text", "also", "title", "agency"}
    | {"document_number", "party"}
)
PERIOD_WORDS = {"month": "每月", "quarter": "每季度", "year": "每年", "item": "每项"}

on_every_plan = pytest.mark.parametrize("plan", PLANS)


def stands_in(piece: str, whole: str) -> bool:
    return bare(piece) in bare(whole)


def test_the_folder_holds_exactly_the_five_notices_each_with_its_text() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == {*PLANS, "statute"}
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(PLANS)


def test_the_five_notices_hold_148_tasks() -> None:
    assert [len(draft(plan).tasks) for plan in PLANS] == [39, 16, 33, 28, 32]


@on_every_plan
def test_the_numbering_is_complete_and_in_order(plan: str) -> None:
    assert tuple(task.number for task in draft(plan).tasks) == NUMBERS[plan]


@on_every_plan
def test_every_verbatim_string_stands_in_the_text(plan: str) -> None:
    strings = list(strings_under(raw(plan), VERBATIM))
    assert len(strings) > 2 * len(NUMBERS[plan])
    assert [(key, value) for key, value in strings if bare(value) not in bare_text(plan)] == []


@on_every_plan
def test_no_verbatim_string_carries_a_line_break_or_loose_ends(plan: str) -> None:
    strings = list(strings_under(raw(plan), VERBATIM))
    assert [value for _, value in strings if value != value.strip() or "\n" in value or "\t" in value] == []


@on_every_plan
def test_every_unit_stands_in_its_quote_and_every_name_in_its_cell(plan: str) -> None:
    notice = draft(plan)
    assert [unit.name for unit in notice.units if not stands_in(unit.name, unit.quote)] == []
    misplaced = [
        (task.number, one.name)
        for task in notice.tasks
        for one in task.responsibilities
        if one.through != "inherited" and not stands_in(one.name, one.quote or task.assignment or "")
    ]
    assert misplaced == []


@on_every_plan
def test_every_task_reaches_somebody_and_every_named_unit_is_in_the_roster(plan: str) -> None:
    notice = draft(plan)
    roster = {unit.name for unit in notice.units}
    assert [task.number for task in notice.tasks if not task.responsibilities] == []
    named = {one.name for task in notice.tasks for one in task.responsibilities if one.scope is None}
    assert named <= roster
    scoped = {name for task in notice.tasks for one in task.responsibilities if one.scope for name in one.scope.units}
    assert scoped <= roster


@on_every_plan
def test_every_unit_of_the_roster_is_named_in_a_cell_or_in_the_address_line(plan: str) -> None:
    notice = draft(plan)
    named = {one.name for task in notice.tasks for one in task.responsibilities}
    address = {unit.name for unit in notice.units if unit.quote.endswith((":", "："))}
    assert {unit.name for unit in notice.units} - named - address == set()


@on_every_plan
def test_what_the_requirement_sets_stands_in_that_requirement(plan: str) -> None:
    for task in draft(plan).tasks:
        for deadline in task.deadlines:
            if deadline.source == "requirement":
                assert stands_in(deadline.quote, task.requirement), task.number
        for quota in task.quotas:
            assert stands_in(quota.quote, task.requirement), task.number


@on_every_plan
def test_a_rule_of_one_task_stands_in_that_task(plan: str) -> None:
    by_number = {task.number: task for task in draft(plan).tasks}
    for rule in draft(plan).clock_rules:
        if rule.task is not None:
            assert stands_in(rule.quote, by_number[rule.task].requirement), rule.task


def floor_of(quota: Quota) -> list[int]:
    """The numbers that the quote sets for the quota's period and counter; 1—2次 is a floor of 1, 一次 is 1."""
    period = "" if quota.counter == "%" else PERIOD_WORDS[quota.period] + r"[^、，,。]*?"
    found = re.findall(period + rf"(\d+|一)(?:—\d+)?{quota.counter}", bare(quota.quote))
    return [1 if number == "一" else int(number) for number in found]


@on_every_plan
def test_every_quota_is_the_number_that_its_quote_sets(plan: str) -> None:
    notice = draft(plan)
    quotas = [*notice.unit_quotas, *(quota for task in notice.tasks for quota in task.quotas)]
    assert [quota for quota in quotas if floor_of(quota) != [quota.target]] == []


@on_every_plan
def test_every_clock_is_the_number_of_days_that_its_quote_sets(plan: str) -> None:
    for rule in draft(plan).clock_rules:
        quote = bare(rule.quote)
        assert f"{rule.days}{'个工作日' if rule.day_kind == 'workday' else '天'}" in quote
        assert (rule.direction == "before") == ("提前" in quote)
        assert (rule.bound == "min") == ("不少于" in quote)


@on_every_plan
def test_every_report_is_due_on_the_day_that_its_quote_sets(plan: str) -> None:
    for report in draft(plan).reports:
        printed = re.search(r"(?:(\d{4})年)?(\d+)月(\d+)日前", bare(report.quote))
        assert printed is not None
        year = int(printed[1]) if printed[1] else draft(plan).year
        assert (year - draft(plan).year, int(printed[2]), int(printed[3])) == (
            report.year_offset,
            report.month,
            report.day,
        )
        assert all(bare(word) in bare(report.quote) for word in (report.what, report.to, *report.attachments))


COLUMNS = {
    "jiangmen-2021": {
        "section": "工作任务",
        "requirement": "具体要求",
        "assignment": "责任科室、单位（谁制作、谁发布）",
        "remark": "备注",
    },
    "liupanshui-2020": {},
    "jiangmen-culture-2021": {"section": "工作任务", "requirement": "具体要求", "assignment": "责任部门"},
    "hubei-2022": {
        "section": "工作任务",
        "number": "序号",
        "matter": "工作事项",
        "requirement": "具体要求",
        "assignment": "责任处室（单位）",
        "deadline": "完成时限",
    },
    "jiading-2021": {
        "number": "序号",
        "matter": "任务名称",
        "requirement": "任务内容",
        "assignment": "责任科室",
        "deadline": "时间节点",
    },
}


@on_every_plan
def test_the_headings_are_the_words_of_the_header_row_in_its_order(plan: str) -> None:
    assert list(draft(plan).headings) == list(COLUMNS[plan].items())


@on_every_plan
def test_a_task_carries_no_section_and_no_matter_without_a_column_for_it(plan: str) -> None:
    """But for what the prose gives: all of liupanshui-2020, and jiading-2021's sections."""
    columns = set(COLUMNS[plan]) or {"section", "matter"}
    columns |= {"section"} if plan == "jiading-2021" else set()
    tasks = draft(plan).tasks
    assert {task.section for task in tasks} == {None} or "section" in columns
    assert {task.matter for task in tasks} == {None} or "matter" in columns
    assert {task.remark for task in tasks if task.remark_source == "cell"} == set() or "remark" in columns


HEADS = {
    "jiangmen-2021": ("江门市市场监督管理局", "江市监办〔2021〕233号", 2021, date(2021, 10, 28)),
    "liupanshui-2020": ("六盘水市市场监督管理局", None, 2020, date(2020, 5, 27)),
    "jiangmen-culture-2021": (None, None, 2021, None),
    "hubei-2022": ("湖北省市场监督管理局办公室", "鄂市监办函〔2022〕50号", 2022, date(2022, 6, 23)),
    "jiading-2021": ("上海市嘉定区市场监督管理局", "嘉市监办〔2021〕102号", 2021, date(2021, 5, 6)),
}
TITLES = {
    "jiangmen-2021": "关于印发江门市市场监督管理局2021年政务公开工作要点分工方案的通知",
    "liupanshui-2020": "六盘水市市场监督管理局2020年政务公开工作实施方案",
    "jiangmen-culture-2021": "",
    "hubei-2022": "省市场监管局办公室关于贯彻落实2022年政务公开工作要点的通知",
    "jiading-2021": "上海市嘉定区市场监督管理局关于印发《2021年嘉定区市场监督管理局政务公开工作要点》的通知",
}


@on_every_plan
def test_agency_number_year_date_and_title_are_those_of_the_document(plan: str) -> None:
    notice = draft(plan)
    assert (notice.agency, notice.document_number, notice.year, notice.issued_on) == HEADS[plan]
    assert bare(notice.title or "") == TITLES[plan]
