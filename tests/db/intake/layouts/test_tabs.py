"""Tables by tabs: a cell a line, tab-led, and a row a line (notice-patterns.md section 1)."""

import pytest

from tests.db.intake.layouts.texts import Seen, read

LED = ["工作任务", "具体要求", "责任单位", "备注"]

CASES: dict[str, tuple[str, list[Seen]]] = {
    "an empty cell is a lone tab": (
        "\t工作任务\n\t具体要求\n\t责任单位\n\t备注\n\n\t一、规划\n\t1．公开规划。\n\t综合科\n\t\n\n\t\n\t2．归集规划。\n\t\n\t",
        [[LED, ["一、规划", "1．公开规划。", "综合科", ""], ["", "2．归集规划。", "", ""]]],
    ),
    "a line without a tab goes on in the cell above": (
        "\t工作\n任务\n\t具体要求\n\t责任单位\n\n（谁制作、谁发布）\n\t备注\n\n\t一、规划\n\t1．公开\n规划。\n\t综合科\n\t",
        [
            [
                ["工作\n任务", "具体要求", "责任单位\n（谁制作、谁发布）", "备注"],
                ["一、规划", "1．公开\n规划。", "综合科", ""],
            ]
        ],
    ),
    "a blank line within a row": (
        "\t工作任务\n\t具体要求\n\t责任单位\n\t备注\n\n\t一、规划\n\n\t1．公开规划。\n\t综合科\n\t\n\n\t二、政策\n\t2．公开政策。\n\t法规科\n\t",
        [[LED, ["一、规划", "1．公开规划。", "综合科", ""], ["二、政策", "2．公开政策。", "法规科", ""]]],
    ),
    "a section row": (
        "\t序号\n\t任务内容\n\t责任单位\n\n\t一、决策公开\n\n\t1\n\t公开目录。\n\t法规科\n\n\t2\n\t公开草案。\n\t法规科",
        [
            [
                ["序号", "任务内容", "责任单位"],
                ["一、决策公开", None, None],
                ["1", "公开目录。", "法规科"],
                ["2", "公开草案。", "法规科"],
            ]
        ],
    ),
    "no blank line between any rows": (
        "\t序号\n\t任务内容\n\t责任单位\n\t1\n\t公开目录。\n\t法规科\n\t2\n\t公开草案。\n\t\n\t3\n\t公开结果。\n\t法规科",
        [
            [
                ["序号", "任务内容", "责任单位"],
                ["1", "公开目录。", "法规科"],
                ["2", "公开草案。", ""],
                ["3", "公开结果。", "法规科"],
            ]
        ],
    ),
    "a sentence behind the table is no row": (
        "\t序号\n\t任务内容\n\t责任单位\n\n\t1\n\t公开目录。\n\t法规科\n\n\t2\n\t公开草案。\n\t法规科\n\n\t上述任务均要求在12月3日前完成。\n\n\n公开方式：主动公开",
        [
            [["序号", "任务内容", "责任单位"], ["1", "公开目录。", "法规科"], ["2", "公开草案。", "法规科"]],
            "\t上述任务均要求在12月3日前完成。",
            "公开方式：主动公开",
        ],
    ),
    "text at once behind the last cell of a full row, after a blank line, ends the table": (
        "\t任务内容\n\t责任单位\n\n\t公开目录。\n\t法规科\n\n\t公开草案。\n\t法规科\n\n联系人：（略）",
        [[["任务内容", "责任单位"], ["公开目录。", "法规科"], ["公开草案。", "法规科"]], "联系人：（略）"],
    ),
    "a page number within a row stands behind it": (
        "\t序号\n\t任务内容\n\t责任单位\n\n\t1\n\t公开目录。\n- 2 -\n\t法规科\n\n\t2\n\t公开草案。\n\t法规科",
        [
            [
                ["序号", "任务内容", "责任单位"],
                ["1", "公开目录。", "法规科"],
                ["- 2 -", None, None],
                ["2", "公开草案。", "法规科"],
            ]
        ],
    ),
    "a blank line between all cells": (
        "\t序号\n\n\t任务内容\n\n\t责任单位\n\n\t一、决策公开\n\n\t1\n\n\t公开目录。\n\n\t法规科\n\n\t2\n\n\t公开草案。\n\n\t",
        [
            [
                ["序号", "任务内容", "责任单位"],
                ["一、决策公开", None, None],
                ["1", "公开目录。", "法规科"],
                ["2", "公开草案。", ""],
            ]
        ],
    ),
    "indented prose in front of the table": (
        "\t为做好工作，制定本表。\n\t一、加强领导。\n\t序号\n\t任务内容\n\t责任单位\n\n\t1\n\t公开目录。\n\t法规科",
        [
            "\t为做好工作，制定本表。",
            "\t一、加强领导。",
            [["序号", "任务内容", "责任单位"], ["1", "公开目录。", "法规科"]],
        ],
    ),
    "two tables of cells on lines": (
        "\t任务内容\n\t责任单位\n\n\t公开目录。\n\t法规科\n\n\t工作事项\n\t责任科室\n\t完成时限\n\n\t督查公开\n\t督查室\n\t全年",
        [
            [["任务内容", "责任单位"], ["公开目录。", "法规科"]],
            [["工作事项", "责任科室", "完成时限"], ["督查公开", "督查室", "全年"]],
        ],
    ),
    "a longer group that cannot be counted through stays as lines": (
        "\t任务内容\n\t责任单位\n\n\t公开目录。\n\t法规科\n\n\t公开草案。\n\t法规科\n\t公开结果。\n\n\t公开会议。\n\t办公室",
        [
            [["任务内容", "责任单位"], ["公开目录。", "法规科"]],
            "\t公开草案。",
            "\t法规科",
            "\t公开结果。",
            [["公开会议。", "办公室"]],
        ],
    ),
    "items of prose numbered by tabs are no table": (
        "1.\t推进清单公开。（牵头科室：法规科）\n2.\t推进执法公开。（牵头科室：执法科）\n3.\t推进服务公开。（牵头科室：登记科）",
        [
            "1.\t推进清单公开。（牵头科室：法规科）",
            "2.\t推进执法公开。（牵头科室：执法科）",
            "3.\t推进服务公开。（牵头科室：登记科）",
        ],
    ),
    "indented prose behind a table of rows on lines": (
        "序号\t任务内容\t责任科室\n1\t公开目录。\t法规科\n\n\t以上任务由各科室认真落实。",
        [[["序号", "任务内容", "责任科室"], ["1", "公开目录。", "法规科"]], "\t以上任务由各科室认真落实。"],
    ),
    "a lone indented line is no table": (
        "\t市局办公室     2021年10月29日印发",
        ["\t市局办公室     2021年10月29日印发"],
    ),
    "rows on lines, the header again, empty cells between tabs": (
        "序号\t任务名称\t任务内容\t责任科室\n1\t目录\t公开目录。\t法规科\n2\t\t公开草案。\t法规科\n\n序号\t任务名称\t任务内容\t责任科室\n3\t\t公开结果。\t",
        [
            [
                ["序号", "任务名称", "任务内容", "责任科室"],
                ["1", "目录", "公开目录。", "法规科"],
                ["2", "", "公开草案。", "法规科"],
                ["序号", "任务名称", "任务内容", "责任科室"],
                ["3", "", "公开结果。", ""],
            ]
        ],
    ),
    "tabs lost at the end of a line": (
        "序号\t任务内容\t责任科室\t备注\n1\t公开目录。\t法规科\n2\t公开草案。\t法规科\t注一",
        [
            [
                ["序号", "任务内容", "责任科室", "备注"],
                ["1", "公开目录。", "法规科", None],
                ["2", "公开草案。", "法规科", "注一"],
            ]
        ],
    ),
    "merged cells vanished from a row on a line": (
        "序号\t任务名称\t任务内容\t责任科室\n1\t目录\t公开目录。\t法规科\n2\t公开草案和结果。\t法规科",
        [
            [
                ["序号", "任务名称", "任务内容", "责任科室"],
                ["1", "目录", "公开目录。", "法规科"],
                ["2", None, "公开草案和结果。", "法规科"],
            ]
        ],
    ),
    "a row wrapped in its requirement": (
        "序号\t任务内容\t责任科室\n1\t公开目录，\n按季更新。\t法规科\n2\t公开草案。\t法规科",
        [[["序号", "任务内容", "责任科室"], ["1", "公开目录，\n按季更新。", "法规科"], ["2", "公开草案。", "法规科"]]],
    ),
    "a heading on a line of its own": (
        "序号\t任务内容\t责任科室\n一、决策公开\n1\t公开目录。\t法规科\n二、执行公开\n2\t公开草案。\t法规科",
        [
            [
                ["序号", "任务内容", "责任科室"],
                ["一、决策公开", None, None],
                ["1", "公开目录。", "法规科"],
                ["二、执行公开", None, None],
                ["2", "公开草案。", "法规科"],
            ]
        ],
    ),
    "two tables one behind the other": (
        "任务内容\t责任科室\n公开目录。\t法规科\n\n附件2\n\n工作事项\t责任单位\t完成时限\n督查公开\t督查室\t全年",
        [
            [["任务内容", "责任科室"], ["公开目录。", "法规科"]],
            "附件2",
            [["工作事项", "责任单位", "完成时限"], ["督查公开", "督查室", "全年"]],
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_tables_by_tabs_become_a_grid(name: str) -> None:
    text, expected = CASES[name]
    assert read(text) == expected
