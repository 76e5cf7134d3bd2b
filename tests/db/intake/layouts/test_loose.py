"""Tables without a sign between their cells, and flattened ones (notice-patterns.md section 1)."""

import pytest

from db.intake.layouts.loose import cut_header
from tests.db.intake.layouts.texts import Seen, read

HEAD = ["序号", "任务名称", "任务内容", "责任单位", "完成时限"]

CASES: dict[str, tuple[str, list[Seen]]] = {
    "blank lines between the cells": (
        "附件\n\n序号\n\n任务名称\n\n任务内容\n\n责任单位\n\n完成时限\n\n1\n\n目录公开\n\n公开重大决策目录。\n\n法规科\n\n3月底前\n\n2\n\n督查公开\n\n公开督查结果。\n\n督查室\n\n全年",
        [
            "附件",
            [
                HEAD,
                ["1", "目录公开", "公开重大决策目录。", "法规科", "3月底前"],
                ["2", "督查公开", "公开督查结果。", "督查室", "全年"],
            ],
        ],
    ),
    "a blank cell has vanished, three units are three lines": (
        "序号\n\n任务名称\n\n任务内容\n\n责任单位\n\n完成时限\n\n1\n\n目录公开\n\n公开重大决策目录。\n\n法规科\n\n督查室\n\n登记科\n\n3月底前\n\n2\n\n公开重大决策的草案和结果。\n\n法规科\n\n全年\n\n3\n\n公开会议。\n\n6月底前",
        [
            [
                HEAD,
                ["1", "目录公开", "公开重大决策目录。", "法规科\n督查室\n登记科", "3月底前"],
                ["2", None, "公开重大决策的草案和结果。", "法规科", "全年"],
                ["3", None, "公开会议。", None, "6月底前"],
            ]
        ],
    ),
    "no separators at all": (
        "任务内容\n责任科室\n1.公开重大决策目录。\n法规科\n2.公开督查结果，\n按季更新。\n督查室\n3.公开会议。\n办公室、法规科",
        [
            [
                ["任务内容", "责任科室"],
                ["1.公开重大决策目录。", "法规科"],
                ["2.公开督查结果，\n按季更新。", "督查室"],
                ["3.公开会议。", "办公室、法规科"],
            ]
        ],
    ),
    "text and unit in turn without a number": (
        "任务内容\n责任科室\n公开重大决策目录\n法规科\n公开督查结果\n督查室",
        [[["任务内容", "责任科室"], ["公开重大决策目录", "法规科"], ["公开督查结果", "督查室"]]],
    ),
    "headings in front of some rows": (
        "工作任务\n\n具体要求\n\n责任单位\n\n一、决策公开\n\n1.公开目录。\n\n法规科\n\n2.公开草案。\n\n法规科\n\n二、执行公开\n\n3.公开督查。\n\n督查室",
        [
            [
                ["工作任务", "具体要求", "责任单位"],
                ["一、决策公开", "1.公开目录。", "法规科"],
                [None, "2.公开草案。", "法规科"],
                ["二、执行公开", "3.公开督查。", "督查室"],
            ]
        ],
    ),
    "section rows in a table whose rows are numbered": (
        "序号\n任务内容\n责任单位\n一、决策公开\n1\n公开目录。\n法规科\n二、执行公开\n2\n公开督查。\n督查室",
        [
            [
                ["序号", "任务内容", "责任单位"],
                ["一、决策公开", None, None],
                ["1", "公开目录。", "法规科"],
                ["二、执行公开", None, None],
                ["2", "公开督查。", "督查室"],
            ]
        ],
    ),
    "what stands behind the last row is no part of it": (
        "序号\n任务内容\n责任单位\n1\n公开目录。\n法规科\n2\n公开督查。\n督查室\n市局办公室印发本表，请遵照执行。\n联系人：（略）",
        [
            [["序号", "任务内容", "责任单位"], ["1", "公开目录。", "法规科"], ["2", "公开督查。", "督查室"]],
            "市局办公室印发本表，请遵照执行。",
            "联系人：（略）",
        ],
    ),
    "much stands behind the last row": (
        "序号\n任务内容\n责任单位\n1\n公开目录。\n法规科\n2\n公开督查。\n督查室\n附件：1.目录\n某局\n2021年5月6日\n抄送：某办\n"
        "一、说明\n以上由某局解释，请遵照。\n二、其他\n无其他事项，特此说明。",
        [
            [["序号", "任务内容", "责任单位"], ["1", "公开目录。", "法规科"], ["2", "公开督查。", "督查室"]],
            *("附件：1.目录", "某局", "2021年5月6日", "抄送：某办", "一、说明", "以上由某局解释，请遵照。"),
            *("二、其他", "无其他事项，特此说明。"),
        ],
    ),
    "prose with headings behind the table is no row": (
        "任务内容\n责任单位\n1.公开目录。\n法规科\n2.公开督查。\n督查室\n一、加强领导\n各单位要高度重视，抓好落实，确保取得实效。",
        [
            [["任务内容", "责任单位"], ["1.公开目录。", "法规科"], ["2.公开督查。", "督查室"]],
            "一、加强领导",
            "各单位要高度重视，抓好落实，确保取得实效。",
        ],
    ),
    "a row that cannot be told apart stays as lines": (
        "序号\n任务内容\n主责单位\n申报单位\n1\n公开目录。\n法规科\n2\n公开督查。\n督查室\n办公室",
        [
            "序号",
            "任务内容",
            "主责单位",
            "申报单位",
            "1",
            "公开目录。",
            "法规科",
            "2",
            "公开督查。",
            "督查室",
            "办公室",
        ],
    ),
    "header words in prose are no table": (
        "责任单位\n完成时限\n各单位要明确责任单位和完成时限。",
        ["责任单位", "完成时限", "各单位要明确责任单位和完成时限。"],
    ),
    "a flattened table, each row on a line": (
        "序号工作任务责任单位完成时限\n1公开重大决策目录。法规科3月底前\n2公开督查结果，按季更新。督查室、办公室全年",
        [
            [
                ["序号", "工作任务", "责任单位", "完成时限"],
                ["1", "公开重大决策目录。", "法规科", "3月底前"],
                ["2", "公开督查结果，按季更新。", "督查室、办公室", "全年"],
            ]
        ],
    ),
    "a flattened table, all rows on one line": (
        "序号工作任务责任单位完成时限\n1公开重大决策目录2份。法规科3月底前2公开督查结果。督查室全年3公开会议。办公室12月底前",
        [
            [
                ["序号", "工作任务", "责任单位", "完成时限"],
                ["1", "公开重大决策目录2份。", "法规科", "3月底前"],
                ["2", "公开督查结果。", "督查室", "全年"],
                ["3", "公开会议。", "办公室", "12月底前"],
            ]
        ],
    ),
    "a flattened table with two columns of text cannot be told apart": (
        "序号工作任务具体要求责任单位\n1目录公开公开重大决策目录。法规科",
        ["序号工作任务具体要求责任单位", "1目录公开公开重大决策目录。法规科"],
    ),
    "a flattened row without an end of its sentence stays as it is": (
        "序号工作任务责任单位\n1公开目录。法规科\n2公开督查结果督查室",
        [[["序号", "工作任务", "责任单位"], ["1", "公开目录。", "法规科"]], "2公开督查结果督查室"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_tables_without_separators_become_a_grid_as_far_as_they_can_be_told(name: str) -> None:
    text, expected = CASES[name]
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("序号工作任务责任单位完成时限", ["序号", "工作任务", "责任单位", "完成时限"]),
        ("序号工作任务具体要求责任单位", ["序号", "工作任务", "具体要求", "责任单位"]),
        ("工作任务责任单位", ["工作任务", "责任单位"]),
        ("责任单位", []),
        ("关于加强责任单位管理的通知", []),
        ("", []),
    ],
)
def test_a_glued_header_is_cut_into_its_known_words(text: str, words: list[str]) -> None:
    assert list(cut_header(text)) == words
