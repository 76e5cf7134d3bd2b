"""Days off that the office writes in TOML: the same rows and checks as a pasted notice, each fault by its line."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.intake.day_off_draft import LARGEST_TEXT, DayOffDraft
from db.intake.day_off_toml import looks_like_toml, read_day_off_toml
from db.rules.calendar import DayOff
from seeds.plant import days_off
from tests.db.day_off_papers import paper, title

NAME = title(2027)


def toml_of(rows: tuple[DayOff, ...], notice: str) -> str:
    lists = {kind: "\n".join(f'  "{row.day}",' for row in rows if row.kind == kind) for kind in ("off", "work")}
    return f'notice = "{notice}"\noff = [\n{lists["off"]}\n]\nwork = [\n{lists["work"]}\n]\n'


def of_2027(off: str = '"2027-01-01", "2027-10-01"', work: str = "") -> str:
    return f'notice = "{NAME}"\noff = [{off}]\nwork = [{work}]\n'


def faults(text: str) -> list[str]:
    return [problem for problem in read_day_off_toml(text).problems if "相差" not in problem]


@pytest.mark.parametrize("year", [2023, 2025, 2026])
def test_the_published_days_of_a_year_are_read_as_they_stand(year: int) -> None:
    rows = tuple(row for row in days_off() if row.notice == title(year))
    assert read_day_off_toml(toml_of(rows, title(year))) == DayOffDraft(year, title(year), rows, ())


def test_a_day_may_stand_without_quotes_and_the_lists_may_have_any_order() -> None:
    draft = read_day_off_toml(f'\ufeffwork = []\r\noff = [2027-10-01, 2027-01-01]\r\nnotice = " {NAME} "\r\n')
    assert draft.rows == (DayOff(date(2027, 1, 1), "off", NAME), DayOff(date(2027, 10, 1), "off", NAME))


def test_a_paper_of_the_office_itself_keeps_its_name_and_takes_its_year_from_the_days() -> None:
    draft = read_day_off_toml('notice = "市政府关于运动会放假的通知"\noff = ["2027-03-05"]\n')
    assert (draft.year, draft.notice) == (2027, "市政府关于运动会放假的通知")
    assert draft.rows == (DayOff(date(2027, 3, 5), "off", "市政府关于运动会放假的通知"),)
    assert len(draft.problems) == 1


def test_a_part_of_a_year_does_not_go_by_the_name_of_the_whole() -> None:
    draft = read_day_off_toml(of_2027('"2027-01-01"'))
    assert draft.notice == f"{NAME}（摘录1月1日）"
    assert draft.problems == ("没有读到2027年国庆节（10月1日）的放假：只凭这份文字，2027年还不算已公布，仍按估算",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (of_2027(work='"2027-01-04"'), "第 3 行：work 的第 1 个：2027年1月4日是周一，本来就上班，不会是调休上班的日子"),
        (of_2027('"2027-01-01", "2027-10-01", "2028-01-01"'), "第 2 行：off 的第 3 个：2028年1月1日不在2027年"),
        (
            of_2027('"2027-01-01", "2027-10-01", "2027-02-30"'),
            "第 2 行：off 的第 3 个“2027-02-30”不是日期，或者没有这一天：应写成 2027-01-01 这样",
        ),
        (of_2027('"2027-01-01", "2027-10-01", "2027-1-2"'), "第 2 行：off 的第 3 个“2027-1-2”不是日期"),
        (of_2027('"2027-01-01", "2027-10-01", "1月2日"'), "第 2 行：off 的第 3 个“1月2日”不是日期"),
        (of_2027('"2027-01-01", "2027-10-01", ""'), "第 2 行：off 的第 3 个“”不是日期"),
        (of_2027('"2027-01-01", "2027-10-01", 20270102'), "第 2 行：off 的第 3 个“整数”不是日期"),
        (of_2027(f'"2027-01-01", "2027-10-01", 0x{"f" * 6000}'), "第 2 行：off 的第 3 个“整数”不是日期"),
        (
            of_2027('"2027-01-01", "2027-10-01", 2027-01-02T08:00:00'),
            "第 2 行：off 的第 3 个“2027-01-02T08:00:00”不是日期",
        ),
        (of_2027('"2027-01-01", "2027-10-01", ["2027-01-02"]'), "第 2 行：off 的第 3 个“数组”不是日期"),
        (of_2027('"2027-01-01", "2027-10-01", "2027-01-01"'), "第 2 行：off 的第 3 个：2027年1月1日写了两次"),
        (of_2027() + 'rest = ["2027-01-02"]\n', "第 4 行：没有 rest 这个键，可以写 notice、off、work"),
        (f'notice = "{NAME}"\noff = "2027-01-01"\n', "第 2 行：off 应是日期的数组，写的是字符串"),
        (
            of_2027('"2027-01-01", "2027-10-01", "2027-01-02"', '"2027-01-02"'),
            "2027年1月2日又写放假又写上班，没有取：“第 2 行：off 的第 3 个”“第 3 行：work 的第 1 个”",
        ),
    ],
)
def test_each_fault_is_named_with_its_line_and_the_rest_is_read(text: str, problem: str) -> None:
    draft = read_day_off_toml(text)
    assert draft.problems[0].startswith(problem)
    assert len({row.day for row in draft.rows}) == len(draft.rows)
    assert {row.day for row in draft.rows} <= {date(2027, 1, 1), date(2027, 10, 1)}


def test_a_fault_in_a_list_over_many_lines_is_named_with_its_own_line() -> None:
    days = {"off": ("2027-01-01", "2027-10-01", "2027-02-30"), "work": ("2027-10-01",)}
    lists = (f"{kind} = [\n" + "".join(f'  "{day}",\n' for day in of_kind) + "]\n" for kind, of_kind in days.items())
    text = f'notice = "{NAME}"\n{"".join(lists)}'
    first, second, *_ = faults(text)
    assert first.startswith("第 5 行：off 的第 3 个")
    assert second.startswith("第 8 行：work 的第 1 个：2027年10月1日是周五")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "第 1 行：notice 应写通知的名称，加引号，写成一行"),
        ('off = ["2027-01-01"]', "第 1 行：notice 应写"),
        ('off = []\nnotice = ""', "第 2 行：notice 应写"),
        ("off = []\nnotice = 2027", "第 2 行：notice 应写"),
        ('off = []\nnotice = """2027\n年"""', "第 2 行：notice 应写"),
        ('notice = "a\nb"', "放假安排：第 1 行第 12 列：不是合法的 TOML"),
        ('notice = "x"\nnotice = "x"\n', "放假安排：第 2 行第 13 列：不是合法的 TOML"),
        ("notice = " + "[" * 5000, "放假安排：括号套得太深"),
        ("a." * 200 + "b = 1", "放假安排：第 1 行：英文句点过多"),
        ("off = [" + "9" * 5000 + "]", "放假安排：文件末尾或某个数值：不是合法的 TOML"),
        ("\x00\x01\x02", "放假安排：第 1 行第 1 列：不是合法的 TOML"),
        ("x" * (LARGEST_TEXT + 1), "文字超过 100000 个字，不像是一份放假安排"),
        (paper(2026), "放假安排：第 1 行第 1 列：不是合法的 TOML"),
    ],
)
def test_what_is_no_such_file_is_one_problem_and_no_row(text: str, problem: str) -> None:
    draft = read_day_off_toml(text)
    assert (draft.year, draft.rows) == (None, ())
    assert draft.problems[0].startswith(problem)
    assert len(draft.problems) == 1


@pytest.mark.parametrize("days", ["", '"2027-03-05", "2028-03-05"', '"9999-12-31"', '"0001-01-01"', '"1999-10-01"'])
def test_without_a_year_nothing_is_taken(days: str) -> None:
    draft = read_day_off_toml(f'notice = "放假的通知"\noff = [{days}]\n')
    assert (draft.year, draft.rows) == (None, ())
    assert draft.problems == ("看不出是哪一年：请在 notice 里写明年份，如 2027年",)


@pytest.mark.parametrize(
    ("text", "is_toml"),
    [
        ('notice = "x"', True),
        ("\ufeff# 放假\n\n  off=[]", True),
        ("# 放假\r\n\r\nwork = [", True),
        ("", False),
        ("# 放假", False),
        ("notices = 1", False),
        ("notice", False),
        (paper(2026), False),
        ("一、元旦：off = 1", False),
        ("\n" * 90_000 + "# x" * 3000, False),
    ],
)
def test_toml_is_known_by_its_first_line(text: str, is_toml: bool) -> None:
    assert looks_like_toml(text) is is_toml


def test_the_largest_file_is_read_within_a_second() -> None:
    items = ",\n".join(["[]"] * 10_000 + ['"2027-01-01"'] * 3000)
    began = time.process_time()
    assert len(read_day_off_toml(of_2027(items)).problems) == 21
    assert time.process_time() - began < 2


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="notice=off[]work\"2027-1 \n'#.{},年月日", max_size=60))
def test_any_run_of_the_file_s_own_signs_is_read_without_an_error(text: str) -> None:
    draft = read_day_off_toml(text)
    assert all(problem for problem in draft.problems)
    assert draft.rows == () or draft.year is not None
