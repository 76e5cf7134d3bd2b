"""Tasks in prose: brackets, lines with labels, records, units as headings or subjects; letters without a task."""

import pytest

from db.intake.prose_signs import unit_brackets
from tests.db.intake.drawn import asked, grid, kinds, read, tasks, text


@pytest.mark.parametrize(
    "bracket",
    [
        "(牵头科室:登记科;责任科室:局机关科室、中心)",
        "(牵头科室:登记科,责任科室:局机关科室、中心)",
        "（责任单位：综合科、法规科）",
        "〔办公室牵头，各科室配合〕",
        "[办公室、法规科]",
        "【牵头单位：市司法局（行政复议局）；责任单位：各县（市、区）政府】",
        "（财务科负责）",
        "（综合科）",
        "（办公室牵头，12月底前完成）",
        "（牵头单位：办公室；完成时限：6月底前）",
    ],
)
def test_a_bracket_at_the_end_of_a_paragraph_names_the_units(bracket: str) -> None:
    (task,) = tasks(*text(f"（一）做好规划公开。{bracket}"))
    assert (task.number, task.requirement, task.assignments) == ("(一)", "做好规划公开。", ((None, bracket),))
    assert (task.state, asked(task)) == ("written", [])


@pytest.mark.parametrize(
    ("bracket", "deadline"),
    [
        ("（办公室牵头，12月底前完成）", "12月底前完成"),
        ("（牵头单位：办公室；完成时限：6月底前）", "6月底前"),
        ("（完成时限：6月底前；责任单位：办公室）", "6月底前"),
        ("（责任单位：办公室）", None),
    ],
)
def test_a_deadline_in_the_bracket_is_the_tasks(bracket: str, deadline: str | None) -> None:
    assert tasks(*text(f"1.做好公开。{bracket}"))[0].deadline == deadline


@pytest.mark.parametrize(
    "line",
    [
        "一、按《办法（试行）》落实。",
        "一、做好公开（试行）",
        "一、落实文件要求（国发〔2019〕60号）。",
        "一、做好公开工作(附件2)。",
        "一、做好公开。（略）",
        "一、做好公开。（此件主动公开）",
        "一、由综合服务股(行政审批股)",
        "一、做好公开。（责任单位：",
        "一、做好公开。责任单位：）",
        "",
    ],
)
def test_other_brackets_name_no_units(line: str) -> None:
    assert unit_brackets(line) == ()
    assert tasks(*text(line)) == ()


def test_the_full_stop_may_stand_behind_the_bracket() -> None:
    found = tasks(*text("1.公开规划（责任单位：综合科）。", "2.公开预算（财务科负责）；"))
    assert [(one.requirement, one.assignments[0][1]) for one in found] == [
        ("公开规划", "（责任单位：综合科）"),
        ("公开预算", "（财务科负责）"),
    ]


def test_numbers_are_paths_and_headings_on_their_own_line_are_section_and_matter() -> None:
    found = tasks(
        *text(
            "一、聚焦发展",
            "（一）推进公开",
            "做好公开。（责任单位：办公室）",
            "（二）围绕监管",
            "1.公开清单。逐项公布。（责任单位：法规科）",
            "2.公开结果。（责任单位：法规科）",
            "二、完善平台",
            "（一）建设网站。调整栏目。（责任单位：办公室）",
        )
    )
    assert [(one.number, one.section, one.matter, one.requirement) for one in found] == [
        ("一(一)", "一、聚焦发展", "（一）推进公开", "做好公开。"),
        ("一(二)1", "一、聚焦发展", "（二）围绕监管", "公开清单。逐项公布。"),
        ("一(二)2", "一、聚焦发展", "（二）围绕监管", "公开结果。"),
        ("二(一)", "二、完善平台", None, "建设网站。调整栏目。"),
    ]


def test_a_line_with_a_label_below_an_item_names_its_units() -> None:
    notice = read(
        *text(
            "关于工作的通知",
            "一、主要任务",
            "（一）公开规划",
            "做好规划公开。",
            "责任单位：综合科、法规科",
            "（二）公开预算。",
            "牵头单位：财务科",
            "配合单位：办公室",
            "完成时限：6月底前",
            "联系人：（略）",
        )
    )
    one, two = notice.tasks
    assert (one.number, one.matter, one.requirement) == ("一(一)", "（一）公开规划", "做好规划公开。")
    assert one.assignments == (("responsible", "综合科、法规科"),)
    assert (two.matter, two.requirement, two.deadline) == (None, "公开预算。", "6月底前")
    assert two.assignments == (("lead", "财务科"), ("support", "办公室"))
    assert [line for _, line in notice.before] == ["关于工作的通知"]
    assert [line for _, line in notice.after] == ["联系人：（略）"]


def test_a_bracket_on_a_line_of_its_own_belongs_to_the_item_above() -> None:
    found = tasks(*text("（一）公开规划", "（办公室牵头，6月底前完成）", "（二）公开预算。", "（责任单位：财务科）"))
    assert [(one.number, one.requirement, one.deadline, asked(one)) for one in found] == [
        ("(一)", "公开规划", "6月底前完成", []),
        ("(二)", "公开预算。", None, []),
    ]
    assert [one.assignments for one in found] == [
        ((None, "（办公室牵头，6月底前完成）"),),
        ((None, "（责任单位：财务科）"),),
    ]


def test_a_bracket_in_front_of_a_paragraph_is_asked_about() -> None:
    (task,) = tasks(*text("（责任单位：财务科）；公开预算。要及时。"))
    assert (task.assignments, asked(task)) == (((None, "（责任单位：财务科）"),), [("row", "row_unsure")])


def test_two_labels_in_one_line_are_left_to_the_phrases() -> None:
    (task,) = tasks(*text("1.公开预算。", "牵头单位：财务科；配合单位：办公室"))
    assert task.assignments == ((None, "牵头单位：财务科；配合单位：办公室"),)


def test_records_of_labelled_lines_are_tasks() -> None:
    found = tasks(
        *text(
            *("活动名称：开放日", "活动时间：9月", "活动地点：大厅", "活动内容：组织参观。", "组织单位：质检所"),
            *("活动名称：讲座", "活动时间：10月", "活动内容：讲解政策。", "组织单位：法规科"),
        )
    )
    assert [(one.matter, one.requirement, one.deadline, one.assignments) for one in found] == [
        ("开放日", "组织参观。", "9月", (("responsible", "质检所"),)),
        ("讲座", "讲解政策。", "10月", (("responsible", "法规科"),)),
    ]
    assert [asked(one) for one in found] == [[("row", "row_unsure")], []]


def test_units_behind_every_sentence_part_the_paragraph() -> None:
    found = tasks(*text("（一）做好公开。公开预算。（责任单位：财务科）公开规划。（责任单位：综合科）"))
    assert [(one.key, one.number, one.requirement, one.assignments[0][1]) for one in found] == [
        ("b0", "(一)-1", "做好公开。公开预算。", "（责任单位：财务科）"),
        ("b0s2", "(一)-2", "公开规划。", "（责任单位：综合科）"),
    ]


def test_words_behind_the_bracket_are_an_item_with_a_question() -> None:
    found = tasks(*text("（一）公开规划。（责任单位：综合科）同时做好解读工作。"))
    assert [(one.requirement, one.state) for one in found] == [
        ("公开规划。", "written"),
        ("同时做好解读工作。", "missing"),
    ]
    assert asked(found[1]) == [("row", "row_unsure")]


def test_paragraphs_of_one_item_are_joined_with_a_question() -> None:
    (task,) = tasks(*text("（一）公开规划", "第一段说明。", "第二段要求。（责任单位：综合科）"))
    assert (task.number, task.requirement) == ("(一)", "第一段说明。第二段要求。")
    assert asked(task) == [("row", "row_unsure")]


def test_an_item_that_goes_on_in_the_next_paragraph_is_one_item() -> None:
    found = tasks(
        *text("1.公开规划。要及时。要准确。", "要完整。（责任单位：综合科）", "2.公开预算。（责任单位：财务科）")
    )
    assert [(one.number, one.requirement) for one in found] == [
        ("1", "公开规划。要及时。要准确。要完整。"),
        ("2", "公开预算。"),
    ]
    assert asked(found[0]) == [("row", "row_unsure")]


def test_an_item_without_units_between_others_is_a_task_with_a_question() -> None:
    found = tasks(*text("（一）甲。（责任单位：办公室）", "（二）公开预算。", "（三）丙。（责任单位：办公室）"))
    assert [(one.number, one.assignments) for one in found][1] == ("(二)", ())
    assert asked(found[1]) == [("row", "row_unsure")]


def test_items_of_a_closing_section_are_tasks_where_a_unit_is_their_subject() -> None:
    notice = read(
        *text(
            "一、公开规划",
            "（一）甲。（责任单位：办公室）",
            "二、强化保障",
            "（一）领导小组办公室要统筹推进工作。",
            "（二）各科室需明确专人。",
            "（三）工作已纳入绩效考核，对弄虚作假的追究责任。",
            "某局",
        )
    )
    assert [one.number for one in notice.tasks] == ["一(一)", "二(一)", "二(二)"]
    assert [(one.state, one.inherits, asked(one)) for one in notice.tasks[1:]] == [
        ("missing", None, [("row", "row_unsure")])
    ] * 2
    assert [line[:3] for _, line in notice.after] == ["（三）", "某局"]
    assert notice.said == "4 条，读出 3 项"
    assert kinds(notice) == []


def test_demands_behind_the_list_are_no_tasks_and_are_asked_about() -> None:
    notice = read(
        *text(
            "一、提高认识。各科室要高度重视。",
            "附件",
            "一、主要任务",
            "（一）甲。（责任单位：办公室）",
            "二、工作要求",
            "（一）加强领导。各科室要加强领导。",
            "（二）及时报送信息。",
        )
    )
    assert [one.number for one in notice.tasks] == ["一(一)"]
    assert kinds(notice) == ["text_left_out"]
    assert len(notice.before) == 2
    assert len(notice.after) == 3


def test_a_gap_in_the_headings_of_prose_is_said() -> None:
    notice = read(*text("一、甲", "（一）做甲。（责任单位：办公室）", "三、丙", "（一）做丙。（责任单位：办公室）"))
    assert notice.said == "2 条，读出 2 项；大项编号缺 二"
    assert kinds(notice) == ["number_gap"]


def test_flat_items_are_their_own_number() -> None:
    found = tasks(*text("一、公开规划。（综合科）", "二、公开预算。（财务科牵头）"))
    assert [(one.number, one.section) for one in found] == [("一", None), ("二", None)]


def test_units_as_headings_have_the_items_below_them() -> None:
    found = tasks(*text("一、办公室", "1.统筹工作。", "2.编制年报。", "二、法规科", "1.清理文件。"))
    assert [(one.number, one.assignments[0][1], one.section) for one in found] == [
        ("一1", "办公室", "一、办公室"),
        ("一2", "办公室", "一、办公室"),
        ("二1", "法规科", "二、法规科"),
    ]
    assert {tuple(asked(one)) for one in found} == {(("assignment", "row_unsure"),)}


def test_paragraphs_that_begin_with_a_unit_are_tasks_with_a_question() -> None:
    found = tasks(*text("办公室：负责统筹协调全年公开工作。", "法规科：负责规范性文件的清理公开。"))
    assert [(one.requirement, one.assignments) for one in found] == [
        ("负责统筹协调全年公开工作。", ((None, "办公室"),)),
        ("负责规范性文件的清理公开。", ((None, "法规科"),)),
    ]
    assert all(asked(one) == [("row", "row_unsure")] for one in found)


def test_three_items_with_a_named_unit_as_subject_are_tasks_with_a_question() -> None:
    lines = ["1.办公室要统筹公开工作。", "2.法规科要清理文件。", "3.财务科要公开预算。"]
    found = tasks(*text(*lines))
    assert [one.number for one in found] == ["1", "2", "3"]
    assert all(asked(one) == [("row", "row_unsure")] for one in found)
    assert tasks(*text(*lines[:2])) == ()


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("", " ", "　"),
        ("某局关于放假的通知", "各科室：", "现将放假安排通知如下。", "某局"),
        (
            "一、提高认识。各科室要重视。",
            "二、加强领导。办公室要指导。",
            "三、严格考核（附件2）。",
            "联系人：（略）；电话：（略）。",
        ),
        ("版权所有", "主办单位：某市政府", "承办单位：某中心"),
        ("办公室：（略）", "法规科：（略）"),
        ("各县（市、区）局：", "各科室：现将有关事项通知如下，请认真贯彻执行。"),
    ],
)
def test_a_text_that_makes_nobody_responsible_has_no_tasks(lines: tuple[str, ...]) -> None:
    notice = read(*text(*lines))
    assert notice.tasks == ()
    assert kinds(notice) == ["no_tasks"]
    assert notice.doubts[0][1].blocks
    assert len(notice.before) == sum(1 for line in lines if line.strip())


def test_a_frame_around_text_is_text() -> None:
    found = tasks(grid("一、公开规划。（责任单位：综合科）", "二、公开预算。（责任单位：财务科）"))
    assert [one.key for one in found] == ["b0l0", "b0l1"]
    assert [one.number for one in found] == ["一", "二"]


def test_beside_a_task_table_prose_has_no_tasks() -> None:
    notice = read(*text("一、公开规划。（责任单位：综合科）"), grid("具体要求|责任单位", "1.做一。|办公室"))
    assert [one.requirement for one in notice.tasks] == ["做一。"]
    assert [line for _, line in notice.before] == ["一、公开规划。（责任单位：综合科）"]
