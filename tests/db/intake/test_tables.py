"""Task tables as a whole: found among others, several, going on, gaps and numbers, the clerk's columns."""

import pytest

from db.intake.parts import taken_apart
from db.intake.source import Grid
from tests.db.intake.drawn import asked, grid, kinds, read, tasks, text

HEADER = "序号|工作任务|具体要求|责任单位|完成时限"


def test_gaps_in_headings_and_numbers_are_said_and_asked_about() -> None:
    notice = read(
        grid("工作任务|具体要求|责任单位", "一、甲|1.做一。|办公室", "四、丁|4.做四。|办公室", "|5.做五。|办公室")
    )
    assert notice.said == "3 行，读出 3 项；大项编号缺 二、三；编号缺 2、3"
    assert kinds(notice) == ["number_gap", "number_gap"]
    assert [place.row for place, _ in notice.doubts if place is not None] == [3, 3]


def test_numbers_that_begin_anew_in_every_section_become_paths() -> None:
    table = grid("序号|任务内容|责任单位", "一、甲|<|<", "1|做一。|办公室", "二、乙|<|<", "1|做二。|办公室")
    notice = read(table)
    assert [one.number for one in notice.tasks] == ["一1", "二1"]
    assert kinds(notice) == ["number_twice"]


def test_a_number_twice_is_asked_about_where_it_stands() -> None:
    first, second = tasks(grid("序号|具体要求|责任单位", "1|做一。|办公室", "1|做二。|财务科"))
    assert (first.number, second.number) == ("1", "1(2)")
    assert asked(second) == [("number", "number_twice")]


def test_two_tables_below_two_headings_have_their_sections() -> None:
    one = grid("序号|任务内容|责任单位", "1|做一。|办公室")
    two = grid("序号|任务内容|责任单位", "1|做二。|办公室", part="表 2")
    notice = read(*text("一、甲类"), one, *text("二、乙类"), two)
    assert [(task.number, task.section) for task in notice.tasks] == [("一1", "一、甲类"), ("二1", "二、乙类")]
    assert [table.block for table in notice.tables] == [1, 3]


def test_two_tables_without_headings_are_told_by_their_count() -> None:
    one = grid("序号|任务内容|责任单位", "1|做一。|办公室")
    two = grid("序号|任务内容|责任单位", "1|做二。|办公室", part="表 2")
    notice = read(one, *text("附件2"), two)
    assert [task.number for task in notice.tasks] == ["1-1", "2-1"]
    assert len({task.key for task in notice.tasks}) == 2


def test_a_table_goes_on_in_the_next_grid_with_its_headings_and_merges() -> None:
    one = grid("序号|任务名称|任务内容|责任单位", "1|甲|做一。|办公室")
    two = grid("序号|任务名称|任务内容|责任单位", "2||做二。|财务科", part="表 2")
    three = grid("3||做三。|财务科", "4|丁|做四。|财务科", part="表 3")
    notice = read(one, *text("— 2 —"), two, three)
    assert [(task.number, task.matter) for task in notice.tasks] == [("1", "甲"), ("2", "甲"), ("3", "甲"), ("4", "丁")]
    assert kinds(notice) == ["columns_unsure"]
    assert notice.said == "4 行，读出 4 项"


def test_a_grid_without_a_header_behind_text_is_left_out_and_asked_about() -> None:
    one = grid("序号|任务内容|责任单位", "1|做一。|办公室")
    notice = read(one, *text("附件2"), grid("甲|乙|丙", "1|2|3"))
    assert len(notice.tasks) == 1
    assert kinds(notice) == ["table_left_out"]


def test_lines_between_two_pieces_of_a_table_of_text_are_asked_about() -> None:
    one = grid("序号|任务内容|责任单位", "1|做一。|办公室", native=False)
    notice = read(one, *text("分不开的一行"), grid("3|做三。|财务科", "4|做四。|财务科", native=False))
    assert [task.number for task in notice.tasks] == ["1", "3", "4"]
    assert {"columns_unsure", "text_left_out", "number_gap"} == set(kinds(notice))


@pytest.mark.parametrize(
    "table",
    [
        grid("索引号|1234", "发布机构|某局"),
        grid("联系人|联系电话", "（略）|（略）"),
        grid("抄送：市政府办|<", "某局办公室|某日印发"),
        grid("公开方式：主动公开"),
    ],
)
def test_a_table_about_the_paper_itself_is_left_out_in_silence(table: Grid) -> None:
    notice = read(table, grid("具体要求|责任单位", "1.做一。|办公室", part="表 2"))
    assert len(notice.tasks) == 1
    assert kinds(notice) == []


def test_any_other_table_is_asked_about() -> None:
    notice = read(grid("指标|数值", "甲|3"), grid("具体要求|责任单位", "1.做一。|办公室", part="表 2"))
    assert kinds(notice) == ["table_left_out"]
    assert notice.tables[0].block == 1


def test_units_of_another_level_are_the_remark_and_persons_are_nothing() -> None:
    table = grid(
        "序号|工作任务|区责任单位|责任领导|局责任部门|备注",
        "1|做一。|区府办|某|办公室|",
        "2|做二。|区府办|某|财务科|有话",
    )
    notice = read(table)
    assert [(one.assignments, one.remark) for one in notice.tasks] == [
        (((None, "办公室"),), "区府办"),
        (((None, "财务科"),), "有话"),
    ]
    assert [doubt.text for _, doubt in notice.doubts] == ["区府办"]


def test_columns_that_are_read_into_nothing_are_named_once() -> None:
    notice = read(grid("序号|具体要求|检查对象|责任单位|进展情况", "1|做一。|企业|办公室|已办"))
    assert [(doubt.kind, doubt.text) for _, doubt in notice.doubts] == [("columns_unsure", "检查对象")]


def test_two_columns_of_time_are_kept_together_and_asked_about() -> None:
    notice = read(grid("序号|检查内容|责任单位|开始时间|结束时间", "1|做一。|办公室|3月|5月"))
    assert notice.tasks[0].deadline == "3月 5月"
    assert kinds(notice) == ["columns_unsure"]


def test_the_clerk_names_the_columns_of_a_table_that_was_not_understood() -> None:
    table = grid("甲栏|乙栏|丙栏", "做一。|办公室|全年")
    assert read(table).tasks == ()
    notice = taken_apart((table,), {(0, 0): "requirement", (0, 1): "assignment", (0, 2): "deadline"})
    (task,) = notice.tasks
    assert (task.requirement, task.assignments, task.deadline) == ("做一。", ((None, "办公室"),), "全年")


def test_the_clerks_role_of_a_column_wins() -> None:
    table = grid("工作任务|具体要求|责任单位", "甲|做一。|办公室")
    notice = taken_apart((table,), {(0, 0): "matter", (0, 2): "lead"})
    assert notice.tables[0].roles == ("matter", "requirement", "lead")
    assert (notice.tasks[0].matter, notice.tasks[0].assignments) == ("甲", (("lead", "办公室"),))


def test_places_begin_with_the_requirement() -> None:
    (task,) = tasks(grid("序号|具体要求|责任单位", "1|做一。|办公室"))
    assert [place.column for place in task.places] == [2, 1, 3]


def test_a_table_wider_than_any_is_none() -> None:
    notice = read(grid("|".join(["具体要求", "责任单位"] * 40), "|".join(["做。"] * 80)))
    assert notice.tasks == ()
    assert "table_left_out" in kinds(notice)


def test_thousands_of_half_rows_do_not_all_go_to_one_task() -> None:
    rows = ["-|半句|-"] * 3000
    notice = read(grid("序号|具体要求|责任单位", "1|做|办公室", *rows, native=False))
    assert len(notice.tasks) > 50
