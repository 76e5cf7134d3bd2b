"""The cells of a task table: what is merged, blank, missing, repeated after a page break, or as above."""

import pytest

from db.intake.reading import CellState
from tests.db.intake.drawn import asked, grid, read, tasks

HEADER = "序号|工作任务|具体要求|责任单位|完成时限"


def test_a_merge_of_the_document_brings_its_text_down_to_every_row() -> None:
    first, second, third = tasks(
        grid(HEADER, "1|甲|做一。|办公室|6月底前", "2|^|做二。|^|^", "3|乙|做三。|财务科|全年")
    )
    assert (second.section, second.assignments, second.state) == ("甲", ((None, "办公室"),), "merged")
    assert (second.deadline, second.inherits) == ("6月底前", first.key)
    assert (third.section, third.state, third.inherits) == ("乙", "written", None)


def test_an_empty_cell_of_a_native_table_is_empty_and_a_blank_heading_is_inherited_all_the_same() -> None:
    _, second = tasks(grid(HEADER, "1|甲|做一。|办公室|6月底前", "2||做二。||"))
    assert (second.section, second.assignments, second.state, second.inherits) == ("甲", (), "blank", None)
    assert second.deadline is None
    assert asked(second) == []


@pytest.mark.parametrize(("cell", "state"), [("", "blank"), ("-", "missing"), ("^", "missing")])
def test_in_lines_of_text_a_cell_without_words_may_be_the_one_above(cell: str, state: CellState) -> None:
    table = grid(
        "工作任务|具体要求|责任单位", "一、甲|1.做一。|办公室", f"|2.做二。|{cell}", f"|3.做三。|{cell}", native=False
    )
    first, second, third = tasks(table)
    assert (second.assignments, second.state, second.inherits) == ((), state, first.key)
    assert third.inherits == first.key
    assert asked(second) == []


def test_a_blank_cell_below_another_section_is_asked_about() -> None:
    table = grid("工作任务|具体要求|责任单位", "一、甲|1.做一。|办公室", "二、乙|2.做二。|-", native=False)
    assert asked(tasks(table)[1]) == [("assignment", "row_unsure")]


def test_a_blank_cell_above_every_written_one_inherits_from_nothing() -> None:
    table = grid("具体要求|责任单位", "1.做一。|-", "2.做二。|办公室", native=False)
    assert tasks(table)[0].inherits is None


def test_a_blank_deadline_in_lines_of_text_may_be_the_one_above() -> None:
    table = grid("具体要求|责任单位|完成时限", "1.做一。|办公室|6月底前", "2.做二。|财务科|-", native=False)
    second = tasks(table)[1]
    assert second.deadline is None
    assert [doubt.others for _, doubt in second.doubts] == [("沿用上栏：6月底前",)]


def test_as_above_in_words_is_the_cell_above() -> None:
    first, second = tasks(grid(HEADER, "1|甲|做一。|办公室|全年", "2|同上|做二。|同上|同上"))
    assert (second.section, second.assignments, second.state) == ("甲", ((None, "办公室"),), "merged")
    assert (second.deadline, second.inherits) == ("全年", first.key)


def test_as_above_in_the_first_row_stays_what_it_is() -> None:
    assert tasks(grid("具体要求|责任单位", "1.做一。|同上"))[0].assignments == ((None, "同上"),)


def test_a_row_that_shares_only_one_of_its_unit_cells_writes_them_all() -> None:
    table = grid("序号|具体要求|牵头单位|配合单位", "1|做一。|办公室|财务科", "2|做二。|^|法规科", "3|做三。|^|^")
    _, second, third = tasks(table)
    assert (second.assignments, second.state) == ((("lead", "办公室"), ("support", "法规科")), "written")
    assert (third.assignments, third.state, third.inherits) == (second.assignments, "merged", second.key)


def test_a_unit_that_goes_on_while_its_partner_is_empty_is_not_the_row_above() -> None:
    table = grid("序号|具体要求|牵头单位|配合单位", "1|做一。|办公室|财务科", "2|做二。|^|")
    second = tasks(table)[1]
    assert (second.assignments, second.state) == ((("lead", "办公室"),), "written")


def test_a_first_level_heading_repeated_after_a_page_break_resets_nothing() -> None:
    header = "工作任务|序号|工作事项|具体要求|责任单位"
    found = tasks(
        grid(header, "甲|1|子甲|做一。|办公室", "|2||做二。|办公室", "甲|3||做三。|办公室", "乙|4||做四。|办公室")
    )
    assert [(one.section, one.matter) for one in found] == [("甲", "子甲")] * 3 + [("乙", None)]


def test_a_repeated_header_is_no_row_and_resets_nothing() -> None:
    notice = read(
        grid(
            "序号|任务名称|任务内容|责任单位",
            "1|甲|做一。|办公室",
            "序 号|任务名称|任务内容|责任单位",
            "2||做二。|办公室",
        )
    )
    assert [one.matter for one in notice.tasks] == ["甲", "甲"]
    assert notice.tables[0].repeated == (2,)
    assert notice.said == "2 行，读出 2 项"
