"""Tables by bars: a row a line, a cell a line, markdown (notice-patterns.md section 1 and 6)."""

import pytest

from db.intake.layouts import structured
from db.intake.source import Grid
from tests.db.intake.layouts.texts import Seen, read, source

HEAD = "工作任务|具体要求|责任单位|完成时限"
WORDS = ["工作任务", "具体要求", "责任单位", "完成时限"]

CASES: dict[str, tuple[str, list[Seen]]] = {
    "full rows": (
        "工作任务 | 具体要求 | 责任部门 |\n一、规划公开。 | 1.公开规划。 | 综合科 |",
        [[["工作任务", "具体要求", "责任部门"], ["一、规划公开。", "1.公开规划。", "综合科"]]],
    ),
    "merged cells vanish in front, behind, on both sides": (
        f"{HEAD}|\n一、规划公开。|1.公开规划全文。|综合科|9月底前|\n2.归集历史规划。|综合科|全年|\n3.解读规划。|11月底前|\n4.回应关切。|",
        [
            [
                WORDS,
                ["一、规划公开。", "1.公开规划全文。", "综合科", "9月底前"],
                [None, "2.归集历史规划。", "综合科", "全年"],
                [None, "3.解读规划。", None, "11月底前"],
                [None, "4.回应关切。", None, None],
            ]
        ],
    ),
    "an empty written cell is a cell": (
        f"|{HEAD}|\n| |1.公开规划。| |全年|",
        [[WORDS, ["", "1.公开规划。", "", "全年"]]],
    ),
    "an empty cell at the end where lines do not end with bars": (
        f"{HEAD}\n一、规划公开。|1.公开规划。|综合科|\n一、规划公开。|2.归集规划。|综合科|全年",
        [
            [
                WORDS,
                ["一、规划公开。", "1.公开规划。", "综合科", ""],
                ["一、规划公开。", "2.归集规划。", "综合科", "全年"],
            ]
        ],
    ),
    "a section row with bars behind it, one without and one with a bar": (
        f"{HEAD}\n一、决策公开|||\n事项公开|1.公开目录。|法规科|3月底前\n二、执行公开\n"
        "督查公开|2.公开督查。|督查室|全年\n三、管理公开 |\n清单公开|3.公开清单。|法规科|全年",
        [
            [
                WORDS,
                ["一、决策公开", "", "", ""],
                ["事项公开", "1.公开目录。", "法规科", "3月底前"],
                ["二、执行公开", None, None, None],
                ["督查公开", "2.公开督查。", "督查室", "全年"],
                ["三、管理公开", "", None, None],
                ["清单公开", "3.公开清单。", "法规科", "全年"],
            ]
        ],
    ),
    "blank lines between rows say nothing": (
        "任务名称|任务内容|责任科室\n\n目录|公开目录。|法规科\n\n\n督查|公开督查。|督查室",
        [[["任务名称", "任务内容", "责任科室"], ["目录", "公开目录。", "法规科"], ["督查", "公开督查。", "督查室"]]],
    ),
    "a row wrapped within a cell goes on": (
        "任务名称|任务内容|责任科室|\n目录|公开决策事项\n目录并更新。|法规科|\n督查|公开督查。|督查室、\n法规科|",
        [
            [
                ["任务名称", "任务内容", "责任科室"],
                ["目录", "公开决策事项\n目录并更新。", "法规科"],
                ["督查", "公开督查。", "督查室、\n法规科"],
            ]
        ],
    ),
    "the header repeated on a page and the page number stay as rows": (
        "任务名称|任务内容|责任科室\n目录|公开目录。|法规科\n— 15 -\n任务名称|任务内容|责任科室\n"
        "督查|公开督查。|督查室",
        [
            [
                ["任务名称", "任务内容", "责任科室"],
                ["目录", "公开目录。", "法规科"],
                ["— 15 -", None, None],
                ["任务名称", "任务内容", "责任科室"],
                ["督查", "公开督查。", "督查室"],
            ]
        ],
    ),
    "a table about the document is a grid of its own": (
        "索引号|A01|发布机构|市局\n文号|1号|主题词|公开\n\n任务分解表\n\n任务名称|任务内容|责任科室\n目录|公开目录。|法规科",
        [
            [["索引号", "A01", "发布机构", "市局"], ["文号", "1号", "主题词", "公开"]],
            "任务分解表",
            [["任务名称", "任务内容", "责任科室"], ["目录", "公开目录。", "法规科"]],
        ],
    ),
    "a number column without a word": (
        "任务内容|责任科室|完成时限\n1|公开目录。|法规科|全年\n2|公开督查。|督查室|全年",
        [
            [
                [None, "任务内容", "责任科室", "完成时限"],
                ["1", "公开目录。", "法规科", "全年"],
                ["2", "公开督查。", "督查室", "全年"],
            ]
        ],
    ),
    "two unit columns and one name: not to be told, left as a line": (
        "任务内容|主责单位|申报单位|完成时限\n公开目录。|法规科|登记科|全年\n公开督查。|督查室|6月底前",
        [
            [["任务内容", "主责单位", "申报单位", "完成时限"], ["公开目录。", "法规科", "登记科", "全年"]],
            "公开督查。|督查室|6月底前",
        ],
    ),
    "two unit columns and a phrase that says its role": (
        "任务内容|牵头单位|配合单位|完成时限\n公开目录。|法规科|登记科|全年\n公开督查。|督查室牵头|6月底前",
        [
            [
                ["任务内容", "牵头单位", "配合单位", "完成时限"],
                ["公开目录。", "法规科", "登记科", "全年"],
                ["公开督查。", "督查室牵头", None, "6月底前"],
            ]
        ],
    ),
    "more cells than columns": (
        "任务内容|责任科室\n公开目录。|法规科\n公开督查。|督查室|全年|注",
        [[["任务内容", "责任科室"], ["公开目录。", "法规科"]], "公开督查。|督查室|全年|注"],
    ),
    "a line of a page's menu is no table": (
        "发布日期：2021-05-06 | 点击次数：3 | 分享到",
        ["发布日期：2021-05-06 | 点击次数：3 | 分享到"],
    ),
    "all cells empty": (
        f"{HEAD}\n一、决策公开|||\n|||\n|||",
        [[WORDS, ["一、决策公开", "", "", ""], [""] * 4, [""] * 4]],
    ),
    "a sentence alone behind the table may be anything and stays a line": (
        f"{HEAD}|\n一、规划公开。|1.公开规划。|综合科|全年|\n2.公开草案。|\n上述任务均要求在12月3日前完成。|",
        [
            [WORDS, ["一、规划公开。", "1.公开规划。", "综合科", "全年"], [None, "2.公开草案。", None, None]],
            "上述任务均要求在12月3日前完成。|",
        ],
    ),
    "a section without a number alone in a table of numbered rows": (
        f"序号|{HEAD}|\n决策公开|\n1|目录|公开目录。|法规科|全年|\n2|公开目录草案和结果。|法规科|全年|",
        [
            [
                ["序号", *WORDS],
                ["决策公开", None, None, None, None],
                ["1", "目录", "公开目录。", "法规科", "全年"],
                ["2", None, "公开目录草案和结果。", "法规科", "全年"],
            ]
        ],
    ),
    "a page break repeats the section but not the matter": (
        "工作任务|序号|工作事项|具体要求|责任处室|\n强基础|9|规章公开|公开规章正式版本。|法规处|\n10|公开清理结果和清单。|法规处|\n"
        "强基础|11|探索建立统一的文件库。|法规处|",
        [
            [
                ["工作任务", "序号", "工作事项", "具体要求", "责任处室"],
                ["强基础", "9", "规章公开", "公开规章正式版本。", "法规处"],
                [None, "10", None, "公开清理结果和清单。", "法规处"],
                ["强基础", "11", None, "探索建立统一的文件库。", "法规处"],
            ]
        ],
    ),
    "a heading and page number behind the last row are none of its rows": (
        "任务内容|责任科室\n公开目录。|法规科\n— 3 —\n一、工作要求",
        [[["任务内容", "责任科室"], ["公开目录。", "法规科"]], "— 3 —", "一、工作要求"],
    ),
    "full-width bars and bars of frames": (
        "│任务内容│责任科室│\n├────┼────┤\n│公开目录。│法规科│\n｜公开督查。｜督查室｜",
        [[["任务内容", "责任科室"], ["公开目录。", "法规科"], ["公开督查。", "督查室"]]],
    ),
    "a drawn table with rows of several lines": (
        "+------+------+\n|任务内容|责任科室|\n+------+------+\n|公开目录，|法规科、|\n|按季更新。|督查室|\n+------+------+\n|公开督查。|督查室|\n+------+------+",
        [[["任务内容", "责任科室"], ["公开目录，\n按季更新。", "法规科、\n督查室"], ["公开督查。", "督查室"]]],
    ),
}

MARKDOWN: dict[str, tuple[str, list[Seen]]] = {
    "separator dropped, escaped bar kept": (
        "# 分工表\n\n| 任务内容 | 责任科室 |\n| --- | :---: |\n| 公开 a\\|b 目录。 | 法规科 |\n| 公开督查。 | |",
        ["分工表", [["任务内容", "责任科室"], ["公开 a|b 目录。", "法规科"], ["公开督查。", ""]]],
    ),
    "no bars at the ends, a break in a cell": (
        "任务内容|责任科室\n---|---\n公开目录。|法规科<br>督查室",
        [[["任务内容", "责任科室"], ["公开目录。", "法规科\n督查室"]]],
    ),
}

LINES: dict[str, tuple[str, list[Seen]]] = {
    "bar at the end of each cell": (
        "序号|\n任务内容|\n责任科室|\n完成时限|\n1|\n公开目录。|\n法规科|\n全年|\n2|\n公开督查。|\n|\n6月底前|",
        [
            [
                ["序号", "任务内容", "责任科室", "完成时限"],
                ["1", "公开目录。", "法规科", "全年"],
                ["2", "公开督查。", "", "6月底前"],
            ]
        ],
    ),
    "wrapped cells and a wrapped header word, ended by bars": (
        "序号|\n任务\n内容|\n责任科室|\n1|\n公开决策\n目录。|\n法规科、\n督查室|\n2|\n公开督查。|\n督查室|",
        [
            [
                ["序号", "任务\n内容", "责任科室"],
                ["1", "公开决策\n目录。", "法规科、\n督查室"],
                ["2", "公开督查。", "督查室"],
            ]
        ],
    ),
    "bars on lines of their own": (
        "序号\n|\n任务内容\n|\n责任科室\n|\n1\n|\n公开目录。\n|\n法规科\n|\n2\n|\n公开督查。\n|\n|",
        [[["序号", "任务内容", "责任科室"], ["1", "公开目录。", "法规科"], ["2", "公开督查。", ""]]],
    ),
    "lone bars between the cells, blank lines between the rows": (
        "序号\n|\n任务内容\n|\n责任科室\n\n1\n|\n公开目录。\n|\n法规科\n\n2\n|\n公开督查。\n|\n督查室",
        [[["序号", "任务内容", "责任科室"], ["1", "公开目录。", "法规科"], ["2", "公开督查。", "督查室"]]],
    ),
    "a section row among cells ended by bars": (
        "序号|\n任务内容|\n责任科室|\n一、决策公开|\n1|\n公开目录。|\n法规科|\n二、执行公开|\n2|\n公开督查。|\n督查室|",
        [
            [
                ["序号", "任务内容", "责任科室"],
                ["一、决策公开", None, None],
                ["1", "公开目录。", "法规科"],
                ["二、执行公开", None, None],
                ["2", "公开督查。", "督查室"],
            ]
        ],
    ),
    "merged cells vanished among cells ended by bars": (
        "工作任务|\n具体要求|\n责任科室|\n完成时限|\n一、决策公开|\n1.公开目录。|\n法规科|\n全年|\n2.公开督查。|\n督查室|\n6月底前|\n3.公开结果。|\n全年|",
        [
            [
                ["工作任务", "具体要求", "责任科室", "完成时限"],
                ["一、决策公开", "1.公开目录。", "法规科", "全年"],
                [None, "2.公开督查。", "督查室", "6月底前"],
                [None, "3.公开结果。", None, "全年"],
            ]
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rows_on_lines_become_a_grid(name: str) -> None:
    text, expected = CASES[name]
    assert read(text) == expected


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_tables_become_a_grid(name: str) -> None:
    text, expected = MARKDOWN[name]
    assert read(text, "md") == expected


@pytest.mark.parametrize("name", LINES)
def test_cells_on_lines_ended_by_bars_become_a_grid(name: str) -> None:
    text, expected = LINES[name]
    assert read(text) == expected


def test_a_grid_of_text_says_so_and_every_cell_has_the_line_it_begins_on() -> None:
    (grid,) = structured(source("任务内容|责任科室|\n公开\n目录。|法规科|"))
    assert isinstance(grid, Grid)
    assert not grid.native
    assert grid.place.line == 1
    assert [(cell.text, cell.place.line) for cell in grid.cells] == [
        ("任务内容", 1),
        ("责任科室", 1),
        ("公开\n目录。", 2),
        ("法规科", 3),
    ]
