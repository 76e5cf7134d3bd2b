"""The rows of a task table: titles, sections, notes, two-row headers, numbers, half rows."""

import pytest

from db.intake.source import Cell, Grid, Place
from tests.db.intake.drawn import asked, grid, kinds, read, tasks, text

HEADER = "序号|工作任务|具体要求|责任单位|完成时限"


def test_a_title_row_above_the_header_goes_to_the_paragraphs_in_front() -> None:
    notice = read(grid("某局任务分解表|<|<", "序号|具体要求|责任单位", "1|做一。|办公室"))
    assert [one for _, one in notice.before] == ["某局任务分解表"]
    assert notice.tables[0].first_row == 2
    assert kinds(notice) == []


def test_a_row_of_words_above_the_header_is_asked_about() -> None:
    notice = read(grid("甲|乙|丙", "序号|具体要求|责任单位", "1|做一。|办公室"))
    assert kinds(notice) == ["text_left_out"]


@pytest.mark.parametrize(
    "rows",
    [
        ("一、夯实基础|<|<", "1|做一。|办公室", "二、抓好落实|<|<", "2|做二。|财务科"),
        ("一、夯实基础||", "1|做一。|办公室", "二、抓好落实||", "2|做二。|财务科"),
        ("|一、夯实基础|", "1|做一。|办公室", "|二、抓好落实|", "2|做二。|财务科"),
    ],
)
def test_a_section_alone_in_its_row_is_a_heading_and_no_task(rows: tuple[str, ...]) -> None:
    notice = read(grid("序号|工作任务|责任单位", *rows))
    assert [(one.number, one.section) for one in notice.tasks] == [("1", "一、夯实基础"), ("2", "二、抓好落实")]
    assert notice.said == "2 行，读出 2 项"
    assert kinds(notice) == []


def test_a_section_whose_chinese_number_has_a_cell_of_its_own_is_a_heading() -> None:
    found = tasks(grid("序号|工作任务|责任单位", "一|夯实基础|", "1|做一。|办公室", "二|抓好落实|", "2|做二。|财务科"))
    assert [(one.number, one.section) for one in found] == [("1", "夯实基础"), ("2", "抓好落实")]


def test_below_section_rows_the_one_heading_column_is_the_matter() -> None:
    notice = read(grid(HEADER, "一、总类|<|<|<|<", "1|甲|做一。|办公室|全年", "2|^|做二。|办公室|全年"))
    assert [(one.section, one.matter) for one in notice.tasks] == [("一、总类", "甲")] * 2
    assert notice.tables[0].roles[1] == "matter"


def test_two_levels_of_section_rows_are_section_and_matter() -> None:
    table = grid(
        "序号|工作任务|责任单位", "一、甲|<|<", "（一）子甲|<|<", "1|做一。|办公室", "二、乙|<|<", "2|做二。|办公室"
    )
    assert [(one.section, one.matter) for one in tasks(table)] == [("一、甲", "（一）子甲"), ("二、乙", None)]


@pytest.mark.parametrize(
    "note",
    [
        "上述任务除有明确时限的以外，均要求在12月3日前完成。",
        "注：时限为初步安排。",
        "以上任务每季度报送。",
        "备注：下同",
        "合计",
    ],
)
def test_a_tail_note_goes_behind_the_tasks(note: str) -> None:
    notice = read(grid("工作任务|具体要求|责任单位", "一、甲|1.做一。|办公室", f"{note}|<|<"), *text("某局"))
    assert len(notice.tasks) == 1
    assert [one for _, one in notice.after] == [note, "某局"]


def test_a_line_of_the_paper_below_the_table_of_a_sheet_is_no_section() -> None:
    notice = read(grid("工作任务|具体要求|责任单位", "一、甲|1.做一。|办公室", "某局印发|<|<"))
    assert [one for _, one in notice.after] == ["某局印发"]
    assert notice.tables[0].roles[0] == "section"
    assert kinds(notice) == []


def test_a_heading_behind_the_last_task_is_asked_about() -> None:
    assert kinds(read(grid("序号|具体要求|责任单位", "1|做一。|办公室", "二、乙|<|<"))) == ["text_left_out"]


def test_a_table_whose_rows_are_all_empty_has_no_task_and_says_so() -> None:
    notice = read(grid("序号|具体要求|责任单位", "一、甲|<|<", "||", "二、乙|<|<", "||"))
    assert notice.tasks == ()
    assert {"table_left_out", "no_tasks"} <= set(kinds(notice))


def test_a_header_of_two_rows_is_read_by_its_lower_words() -> None:
    notice = read(grid("序号|工作任务|责任分工|<|完成时限", "^|^|牵头|配合|^", "1|做一。|办公室|财务科|全年"))
    assert notice.tables[0].roles == ("number", "requirement", "lead", "support", "deadline")
    assert notice.tasks[0].assignments == (("lead", "办公室"), ("support", "财务科"))


def test_a_catalogue_of_two_header_rows_is_read_and_asked_about() -> None:
    notice = read(
        grid(
            "序号|公开事项|<|公开内容|公开依据|公开时限|公开主体|公开渠道|公开对象|<",
            "^|一级事项|二级事项|^|^|^|^|^|全社会|特定群体",
            "1|机构|职能|职责|条例|20个工作日内|办公室|网站|√|",
        )
    )
    (task,) = notice.tasks
    assert (task.section, task.matter, task.requirement) == ("机构", "职能", "职责")
    assert task.deadline == "20个工作日内"
    assert set(kinds(notice)) == {"columns_unsure"}
    assert any("目录" in doubt.assumed for _, doubt in notice.doubts)


def test_a_row_of_units_below_the_header_is_no_second_header() -> None:
    notice = read(grid("序号|具体要求|责任单位|完成时限", "1|做一。|各科室|全年"))
    assert notice.tables[0].first_row == 1


def test_a_number_at_the_head_of_the_requirement_is_taken_off() -> None:
    found = tasks(
        grid(
            "工作任务|具体要求|责任单位",
            "一、甲|1．要做一。|办公室",
            "|2. 要做二。|办公室",
            "|3.2021年底前做三。|办公室",
        )
    )
    assert [(one.number, one.requirement) for one in found] == [
        ("1", "要做一。"),
        ("2", "要做二。"),
        ("3", "2021年底前做三。"),
    ]


def test_a_list_within_every_requirement_is_no_numbering_of_the_rows() -> None:
    found = tasks(grid("工作任务|具体要求|责任单位", "甲|1.做一。2.做二。|办公室", "乙|1.做三。2.做四。|办公室"))
    assert [(one.number, one.requirement) for one in found] == [(None, "1.做一。2.做二。"), (None, "1.做三。2.做四。")]


def test_a_list_within_a_requirement_beside_a_number_column_stays() -> None:
    (task,) = tasks(grid("序号|具体要求|责任单位", "7|1.做一。2.做二。|办公室"))
    assert (task.number, task.requirement) == ("7", "1.做一。2.做二。")


def test_line_breaks_within_a_cell_go_and_two_latin_words_stay_apart() -> None:
    cells = ("工作\n事项", "具体要求", "责任\n单位", "甲\n\n乙", " 做 open\nsource\n公开。 ", "办公\n室")
    place = Place("表 1")
    table = Grid(place, 2, 3, tuple(Cell(at // 3, at % 3, one, place) for at, one in enumerate(cells)))
    (task,) = tasks(table)
    assert (task.matter, task.requirement, task.assignments) == ("甲乙", "做 open source公开。", ((None, "办公室"),))


def test_a_column_of_numbers_without_a_word_is_the_number_column() -> None:
    found = tasks(grid("|任务内容|责任单位", "001|做一。|办公室", "002|做二。|财务科"))
    assert [one.number for one in found] == ["001", "002"]


def test_a_merged_number_covers_several_tasks() -> None:
    notice = read(
        grid(
            "序号|工作任务|具体措施|责任单位", "1|甲|（1）做一。|办公室", "^|^|（2）做二。|财务科", "2|乙|做三。|办公室"
        )
    )
    assert [one.number for one in notice.tasks] == ["1", "1-2", "2"]
    assert kinds(notice) == ["number_twice"]


def test_a_merged_requirement_is_one_task_with_the_units_of_all_its_rows() -> None:
    notice = read(grid("序号|具体要求|责任单位", "1|做一。|办公室", "^|^|财务科", "2|做二。|财务科"))
    assert [one.number for one in notice.tasks] == ["1", "2"]
    assert notice.tasks[0].assignments == ((None, "办公室"), (None, "财务科"))
    assert asked(notice.tasks[0]) == [("assignment", "row_unsure")]
    assert kinds(notice) == ["count_differs"]
    assert notice.said == "3 行，读出 2 项"


def test_a_row_without_a_requirement_is_its_matter() -> None:
    first, second = tasks(grid(HEADER, "1|甲任务||办公室|全年", "2|乙任务|做二。|办公室|全年"))
    assert (first.requirement, first.section, second.section) == ("甲任务", None, "乙任务")
    assert asked(first) == [("row", "row_unsure")]


def test_half_a_row_behind_a_page_break_goes_to_the_row_above_with_a_question() -> None:
    table = grid("序号|具体要求|责任单位", "1|做好规划|办公室", "-|公开工作。|-", "2|做二。|财务科", native=False)
    notice = read(table)
    assert [one.requirement for one in notice.tasks] == ["做好规划公开工作。", "做二。"]
    assert asked(notice.tasks[0]) == [("requirement", "row_cut")]


def test_a_row_without_a_number_below_a_finished_sentence_is_a_task_of_its_own_with_a_question() -> None:
    table = grid("序号|具体要求|责任单位", "1|做好规划。|办公室", "-|另外公开。|-", native=False)
    second = tasks(table)[1]
    assert second.number is None
    assert ("number", "row_unsure") in asked(second)


def test_units_alone_in_a_row_go_to_the_row_above_with_a_question() -> None:
    notice = read(grid("序号|具体要求|责任单位", "1|做一。|办公室、", "-|-|财务科", native=False))
    assert notice.tasks[0].assignments == ((None, "办公室、"), (None, "财务科"))
    assert asked(notice.tasks[0]) == [("assignment", "row_unsure")]


def test_a_sentence_that_stops_at_a_comma_is_asked_about() -> None:
    assert asked(tasks(grid("序号|具体要求|责任单位", "1|做好规划，|办公室"))[0]) == [("requirement", "row_cut")]
